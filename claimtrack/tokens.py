"""Tokens, by which programs act for a user.

A token is `ct_` followed by 256 random bits. It is shown once, and only its SHA-256 is stored, so a copy of the database
gives no access. It needs no salt and no slow hash, unlike a password, since nobody can guess 256 bits.

The scope of a token limits the role of its user for the request: `read` to no role, which sees what the public sees,
`propose` to Contributor, `review` to Moderator, and `admin` to Editor.
"""

import secrets
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from claimtrack.afterwards import afterwards
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
COARSE = timedelta(minutes=1)
# Waits neither for a lock on the row nor for the disk.
NOTE_USE = """
    UPDATE claimtrack_token SET last_used_at = clock_timestamp() FROM set_config('synchronous_commit', 'off', true)
    WHERE id = (SELECT id FROM claimtrack_token WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)"""


class BadToken(Refused):
    """The token gives no access (any more). Codes: token_unknown, token_revoked, token_expired."""

    status = 401


def create_token(*, by: User, user: User, scope: str, name: str, expires_at: datetime | None = None) -> Token:
    """Create a token for `user` and return it with its `secret`, which is not stored.

    Users create tokens for themselves, and superusers for everybody. Raises NotAllowed, Invalid.
    """
    _require_own(user, by)
    name = clean_line(name, "name", limit=100)
    if not name:
        raise Invalid("Name the token after what uses it, in at most 100 characters.", code="required", field="name")
    if scope not in Token.Scope.values:
        scopes = ", ".join(Token.Scope.values)
        raise Invalid(
            "“%(scope)s” is no scope: %(scopes)s.",
            code="invalid_choice",
            field="scope",
            params={"scope": scope, "scopes": scopes},
        )
    require_ahead(expires_at)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(user=user, scope=scope, name=name, expires_at=expires_at, digest=_digest(secret))
    token.secret = secret
    return token


def require_ahead(expires_at: datetime | None) -> None:
    """Raise Invalid for a time in the past."""
    if expires_at and expires_at <= timezone.now():
        raise Invalid("The token would have expired already.", field="expires_at")


def revoke_token(*, by: User, token: Token) -> None:
    """Revoke the token. Raises NotAllowed, and Conflict if it is revoked already."""
    _require_own(token.user, by)
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        raise Conflict("This token is revoked already.", code="revoked")


def opened_by(secret: str) -> Token:
    """Return the token with this secret, with the role of its user limited by its scope. Raises BadToken.

    The use is recorded after the answer, at most once in COARSE, so that reading with a token writes nothing in the request.
    """
    try:
        token = Token.objects.select_related("user").get(digest=_digest(secret), user__is_active=True)
    except Token.DoesNotExist:
        raise BadToken("This token is not known.", code="token_unknown") from None
    now = timezone.now()
    if token.revoked_at:
        raise BadToken("This token was revoked.", code="token_revoked")
    if token.expires_at and token.expires_at <= now:
        raise BadToken("This token has expired.", code="token_expired")
    if token.last_used_at is None or token.last_used_at < now - COARSE:
        afterwards(partial(_note_use, token.pk))
    most = ROLES[Token.Scope(token.scope)]
    token.user.role = min(token.user.role, most) if most else most
    return token


def _note_use(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE_USE, [pk])


def _require_own(user: User, by: User) -> None:
    if by.pk != user.pk and not by.is_superuser:
        raise NotAllowed("Everybody makes and revokes their own tokens.", code="not_own")


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
