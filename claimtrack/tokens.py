"""Tokens, by which programs act for a person at the desk.

A token reads `ct_` and 256 random bits. Only its SHA-256 is kept: it is shown once, and a copy of the database opens
nothing. No salt or stretching is needed, for nobody guesses 256 bits (OWASP Password Storage is about passwords).

Its scope lowers its user's role for the request, by which everything else is decided: `read` leaves none, so it sees what
the public sees, `propose` at most a Contributor, `review` a Moderator, `admin` an Editor.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q
from django.utils import timezone

from claimtrack.cleaning import clean_line
from claimtrack.models import Token, User
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Refused
from claimtrack.roles import Role

PREFIX = "ct_"
ROLES = {
    Token.Scope.READ: Role.NONE,
    Token.Scope.PROPOSE: Role.CONTRIBUTOR,
    Token.Scope.REVIEW: Role.MODERATOR,
    Token.Scope.ADMIN: Role.EDITOR,
}
COARSE = timedelta(hours=1)


class BadToken(Refused):
    """The token opens nothing (any more). Codes: token_unknown, token_revoked, token_expired."""

    status = 401


def create_token(*, by: User, user: User, scope: str, name: str, expires_at: datetime | None = None) -> Token:
    """Make a token for `user` and return it with its `secret`, which nobody can show again.

    Everybody makes their own, a superuser also others'. Raises NotAllowed, Invalid.
    """
    _require_own(user, by)
    name = clean_line(name, "name", limit=100)
    if not name:
        raise Invalid("Name the token after what uses it, in at most 100 characters.", code="required", field="name")
    if scope not in Token.Scope.values:
        scopes = ", ".join(Token.Scope.values)
        raise Invalid(f"“{scope}” is no scope: {scopes}.", code="invalid_choice", field="scope")
    require_ahead(expires_at)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(user=user, scope=scope, name=name, expires_at=expires_at, digest=_digest(secret))
    token.secret = secret
    return token


def require_ahead(expires_at: datetime | None) -> None:
    """Raise Invalid for a moment that has passed."""
    if expires_at and expires_at <= timezone.now():
        raise Invalid("The token would have expired already.", field="expires_at")


def revoke_token(*, by: User, token: Token) -> None:
    """Make the token open nothing from now on. Raises NotAllowed, Conflict when it is revoked already."""
    _require_own(token.user, by)
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        raise Conflict("This token is revoked already.", code="revoked")


def opened_by(secret: str) -> Token:
    """Return the token of this secret, its user's role lowered to its scope. Raises BadToken.

    When it was last used is written at most once in COARSE, not with each request.
    """
    token = Token.objects.select_related("user").filter(digest=_digest(secret)).first()
    if token is None or not token.user.is_active:
        raise BadToken("This token is not known.", code="token_unknown")
    now = timezone.now()
    if token.revoked_at:
        raise BadToken("This token was revoked.", code="token_revoked")
    if token.expires_at and token.expires_at <= now:
        raise BadToken("This token has expired.", code="token_expired")
    if token.last_used_at is None or token.last_used_at < now - COARSE:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - COARSE)
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    most = ROLES[Token.Scope(token.scope)]
    token.user.role = min(token.user.role, most) if most else most
    return token


def _require_own(user: User, by: User) -> None:
    if by.pk != user.pk and not by.is_superuser:
        raise NotAllowed("Everybody makes and revokes their own tokens.", code="not_own")


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
