"""Middleware for the API."""

import re
from functools import cache

from corsheaders.middleware import CorsMiddleware
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from rest_framework.permissions import SAFE_METHODS

from claimtrack.api.throttling import WINDOW


@cache
def _policy() -> str:
    return build_policy() or ""


class ContentSecurityPolicy(CSPMiddleware):
    """Builds the policy once. To build it for each answer costs more than to find a claim."""

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
    """Keeps answers to signed-in readers, errors included, out of every cache.

    A proxy that caches by time alone would serve a moderator's view to strangers.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if re.match(settings.CORS_URLS_REGEX, request.path_info):
            if "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES:
                response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Accept", "Authorization"])
        return response


class RateLimitHeaders(MiddlewareMixin):
    """Adds what is left of the rate limit that the request was counted under (claimtrack.api.throttling)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if counted := getattr(request, "rate_limit", None):
            name, limit, remaining, left = counted
            response["RateLimit-Policy"] = f'"{name}";q={limit};w={WINDOW}'
            response["RateLimit"] = f'"{name}";r={remaining};t={left}'
        return response
