"""Middleware of the whole site. Each class handles the requests that it is for, and passes the others on."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from time import perf_counter
from uuid import uuid4

from corsheaders.middleware import CorsMiddleware
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from rest_framework.permissions import SAFE_METHODS
from structlog.contextvars import bind_contextvars, clear_contextvars

from claimtrack import health
from claimtrack.api.throttling import WINDOW
from claimtrack.db.clock import clock
from claimtrack.languages import DESK, asked_for, chosen_before_signing_in, desk_time_zone, language_of
from claimtrack.signing_in.factors import lacks_second_factor

if settings.CLAIMTRACK_METRICS:
    from claimtrack import metrics

    metrics.install()

# Such as a UUID, nginx's $request_id or a trace id. Any other content of the header is not logged.
REQUEST_ID = re.compile(r"[A-Za-z0-9._:=/+-]{1,128}")

# In the WSGI environment, under names of ours.
ID, BEGAN = "claimtrack.request_id", "claimtrack.began"

# Pages for users who lack a required second factor: to add one, and to sign out.
EXEMPT = ("/admin/account/", "/admin/login/", "/admin/logout/", "/admin/jsi18n/")

logger = logging.getLogger("claimtrack.requests")


def is_api(request: HttpRequest) -> bool:
    """Return whether the path is one of those for programs: the API, the feeds and the formats of others."""
    return re.match(settings.CORS_URLS_REGEX, request.path_info) is not None


class RequestLog(MiddlewareMixin):
    """Gives each request an id, which its answer and all its log lines carry, and writes a line when it is answered.

    The line has the route, and no query string or body. It has the path only for the API, since other paths may contain a key.
    """

    def process_request(self, request: HttpRequest) -> None:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request.META[ID] = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        request.META[BEGAN] = perf_counter()
        clock.seconds = 0.0
        bind_contextvars(request_id=request.META[ID])

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response["X-Request-ID"] = request.META[ID]
        # A file may be sent by the operating system, which a wrapper would prevent.
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _until_the_end(request, response, iter(response))
        else:
            _log(request, response)
        return response


def _until_the_end(request: HttpRequest, response: HttpResponseBase, content: Iterator[bytes]) -> Iterator[bytes]:
    whole = False
    try:
        yield from content
        whole = True
    finally:
        _log(request, response, **({} if whole else {"cut": True}))


def _log(request: HttpRequest, response: HttpResponseBase, **more: object) -> None:
    seconds = perf_counter() - request.META[BEGAN]
    if request.resolver_match:
        route = request.resolver_match.route
    else:
        route = "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject):
        # If no view has looked up the user, a look-up now would cost a query.
        user = getattr(request, "_cached_user", None)
    if request.path_info not in health.PATHS:
        if is_api(request):
            more["path"] = request.path_info
        members = {
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "user": user.pk if user else None,
            "seconds": seconds,
            **more,
            "event": "request",
            "request_id": request.META[ID],
        }
        logger.info(members)
    if settings.CLAIMTRACK_METRICS:
        metrics.observe(request.method, route, response.status_code, seconds)
    # The next lines of this thread are about another request.
    clear_contextvars()


class HealthChecks(MiddlewareMixin):
    """Answers /livez and /readyz before anything checks the host, the scheme or the user."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        return health.answer(request) if request.path_info in health.PATHS else None


@cache
def _policy() -> str:
    return build_policy() or ""


class ContentSecurityPolicy(CSPMiddleware):
    """Builds the policy once, since building it for each answer would cost more than finding a claim."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.DEBUG or hasattr(response, "_csp_update"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


class CrossOriginReads(CorsMiddleware):
    """Lets pages of other origins read, and nothing else."""

    def is_enabled(self, request: HttpRequest) -> bool:
        return request.method in SAFE_METHODS and super().is_enabled(request)


class CacheHeaders(MiddlewareMixin):
    """Keeps answers to signed-in readers, errors included, out of every cache; all answers if anonymous reading is off.

    A proxy that caches by time alone would serve a moderator's view to strangers. Answers that say nothing about caches, of the
    API or not, are `no-cache`: Varnish would keep them for two minutes.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if is_api(request):
            signed_in = "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES
            if signed_in or not settings.CLAIMTRACK_ANONYMOUS_READ:
                response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Accept", "Authorization"])
        anybody = settings.CLAIMTRACK_ANONYMOUS_READ and not request.path_info.startswith(DESK)
        response.headers.setdefault("Cache-Control", "no-cache" if anybody else "private, no-store")
        return response


class RateLimitHeaders(MiddlewareMixin):
    """Adds what is left of the rate limit that the request was counted under (claimtrack.api.throttling)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if counted := getattr(request, "rate_limit", None):
            name, limit, remaining, left = counted
            response["RateLimit-Policy"] = f'"{name}";q={limit};w={WINDOW}'
            response["RateLimit"] = f'"{name}";r={remaining};t={left}'
        return response


def _may_have_session(request: HttpRequest) -> bool:
    """Return whether the answer may depend on the session: always at the desk, and elsewhere if the request has a session cookie.

    Otherwise the three middlewares below do nothing. Together they would cost a request to the API 55 µs of CPU.
    """
    if request.path_info.startswith(DESK):
        return True
    reads = is_api(request) or not settings.CLAIMTRACK_ANONYMOUS_READ
    return reads and settings.SESSION_COOKIE_NAME in request.COOKIES


class Sessions(SessionMiddleware):
    """Hides the CSRF cookie where no session matters: Django would answer a bad one with a new one, which a cache may keep."""

    def process_request(self, request: HttpRequest) -> None:
        if _may_have_session(request):
            super().process_request(request)
        else:
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)


class Authentication(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if _may_have_session(request):
            super().process_request(request)


class Messages(MessageMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if _may_have_session(request):
            super().process_request(request)


class DeskLanguage(MiddlewareMixin):
    """Activates the language and the time zone of the desk for the pages under /admin/."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith(DESK):
            return
        if request.user.is_authenticated:
            language = language_of(request.user)
        else:
            language = asked_for(request) or chosen_before_signing_in(request) or settings.CLAIMTRACK_LANGUAGE
        translation.activate(language)
        timezone.activate(desk_time_zone())

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(DESK):
            return response
        # The next request of this thread may be one that is answered in English.
        translation.activate(settings.LANGUAGE_CODE)
        timezone.deactivate()
        if (asked := asked_for(request)) and request.user.is_anonymous:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                path=DESK,  # the public pages read and set no cookie
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


class SecondFactor(MiddlewareMixin):
    """Keeps users without a required second factor out of the desk."""

    def process_request(self, request: HttpRequest) -> HttpResponseRedirect | None:
        path = request.path_info
        if path.startswith(DESK) and not path.startswith(EXEMPT) and lacks_second_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None
