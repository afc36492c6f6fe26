"""Authentication: a token, or the session of somebody who is signed in to the admin."""

from django.conf import settings
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claimtrack import tokens
from claimtrack.models import Token, User
from claimtrack.signing_in.factors import lacks_second_factor


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer ct_…` (RFC 6750). Other credentials and unknown tokens get 401: they never count as anonymous."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        if "HTTP_AUTHORIZATION" not in request.META:
            return None
        scheme, _, secret = request.META["HTTP_AUTHORIZATION"].strip().partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationFailed("Authorization takes a token: Bearer ct_…", "bad_token")
        try:
            token = tokens.opened_by(secret.strip())
        except tokens.BadToken as refusal:
            raise AuthenticationFailed(refusal.message, refusal.code) from refusal
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="claimtrack"'


class DeskSession(SessionAuthentication):
    """The session of the admin.

    A request without the session cookie never touches the session. Its answer then needs no query and no `Vary: Cookie`.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        signed_in = super().authenticate(request)
        if signed_in and lacks_second_factor(signed_in[0]):
            raise AuthenticationFailed(
                "This desk requires a second factor: add one in the desk.", "second_factor_required"
            )
        return signed_in
