"""Django's own middleware for people who sign in, passed by where nobody can be signed in.

A public read neither has a session nor makes one, and most reads are public. Subclasses, so that Django's checks still find
what the admin needs.
"""

from functools import cache
from typing import Any

from corsheaders.middleware import CorsMiddleware
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.permissions import SAFE_METHODS


def nobody(request: HttpRequest) -> bool:
    """Whether the request is for the API and brings no session."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.path_info.startswith("/admin")


class _ForPeople:
    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request) if nobody(request) else super().__call__(request)  # type: ignore[misc]


class Sessions(_ForPeople, SessionMiddleware):
    pass


class Authentication(_ForPeople, AuthenticationMiddleware):
    pass


class Messages(_ForPeople, MessageMiddleware):
    pass


@cache
def _policy() -> str:
    return build_policy() or ""


class ContentSecurityPolicy(CSPMiddleware):
    """Puts the policy together once: for each answer anew, it costs more than to find a claim."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.DEBUG or hasattr(response, "_csp_update"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


class ReadingAcrossOrigins(CorsMiddleware):
    def is_enabled(self, request: HttpRequest) -> bool:
        return request.method in SAFE_METHODS and super().is_enabled(request)
