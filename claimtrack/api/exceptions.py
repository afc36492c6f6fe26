"""Every error of the API is a problem document (RFC 9457): status, a code for machines, a sentence, the field at fault.

`type` is always "about:blank", the RFC's type for problems that add nothing to their status. `code` tells problems apart.
"""

import sys
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from psycopg.errors import DeadlockDetected, DiskFull, LockNotAvailable, QueryCanceled, SerializationFailure
from rest_framework.exceptions import APIException, ErrorDetail, NotAuthenticated, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from claimtrack.db import replicas
from claimtrack.refusals import Message, Refused

# The errors of a serializer, nested as its input is.
Detail = ErrorDetail | list["Detail"] | dict[str, "Detail"]

MEDIA_TYPE = "application/problem+json"
RETRY = {"Retry-After": "10"}
NOT_AUTHENTICATED = Message("This takes a token: send it as Authorization: Bearer ct_…")
NOT_FOUND = Message("There is nothing here, or nothing that you may see.")

# Failures of the database that neither the request nor the program caused. InterfaceError means that a lost connection is used.
DatabaseFailure = (OperationalError, InterfaceError)
FAILURES: dict[tuple[type[Exception], ...], tuple[str, Message]] = {
    (QueryCanceled,): (
        "too_slow",
        Message("This took the database too long: narrow it down by filters, or ask again later."),
    ),
    (LockNotAvailable, DeadlockDetected, SerializationFailure): (
        "busy",
        Message("Somebody else is changing the same rows. Nothing was changed: try again in a moment."),
    ),
    (DiskFull,): (
        "disk_full",
        Message("The database's disk is full. Nothing was changed: try again when its operator has made room."),
    ),
}
# RFC 9110's names where those of the standard library depend on the version of Python.
TITLES = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}
AWAY = "database_away", Message("The database cannot be reached at the moment: try again in a little while.")

logger = structlog.get_logger(__name__)


def unavailable(failure: Exception) -> tuple[str, Message]:
    """Return the code and the sentence for a failure of the database."""
    found = (answer for kinds, answer in FAILURES.items() if isinstance(failure.__cause__, kinds))
    return next(found, AWAY)


def problem(status: int, code: str, detail: str, field: str = "", **extra: object) -> dict[str, object]:
    """Return the members of a problem document. `field` is the dotted name of the input at fault, empty for the whole request."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    members = {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail}
    return {**members, "field": field or None, **extra}


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Return the answer to a refusal or an HTTP error, and None for a programming error (500)."""
    if isinstance(exc, Refused):
        parts = exc.field.split(".") if exc.field else []
        body = problem(
            exc.status, exc.code, exc.message, exc.field, **_pointing(parts, context["request"]), **exc.extra
        )
        return Response(body, exc.status, content_type=MEDIA_TYPE)
    if replicas.may_ask_again(exc):
        # For claimtrack.api.replicas.
        return None
    if isinstance(exc, DatabaseFailure):
        logger.error("The database failed.", path=context["request"].path, exc_info=exc)
        code, sentence = unavailable(exc)
        return Response(problem(503, code, sentence), 503, headers=RETRY, content_type=MEDIA_TYPE)
    response = exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, ValidationError):
        errors: list[dict[str, Any]] = [
            {
                "code": detail.code,
                "detail": str(detail),
                "field": ".".join(parts),
                **_pointing(parts, context["request"]),
            }
            for parts, detail in _errors(exc.detail)
        ]
        response.data = problem(response.status_code, **errors[0], errors=errors)
    elif isinstance(exc, NotAuthenticated):
        response.data = problem(response.status_code, str(exc.get_codes()), NOT_AUTHENTICATED)
    elif isinstance(exc, APIException):
        response.data = problem(response.status_code, str(exc.get_codes()), str(exc.detail))
    else:
        # Django's Http404 and PermissionDenied. The message of Http404 may name a model, so it is not shown.
        not_found = response.status_code == HTTPStatus.NOT_FOUND
        code, detail = ("not_found", NOT_FOUND) if not_found else ("permission_denied", Message("You may not do this."))
        response.data = problem(response.status_code, code, detail)
    response.content_type = MEDIA_TYPE
    return response


def _errors(detail: Detail, *parts: str) -> Iterator[tuple[tuple[str, ...], ErrorDetail]]:
    """Yield each error of a serializer with its path, such as ("appearances", "0", "quote")."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            whole = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from _errors(value, *parts, *([] if whole else [str(key)]))
    elif isinstance(detail, list):
        for position, value in enumerate(detail):
            yield from _errors(value, *parts, *([] if isinstance(value, str) else [str(position)]))
    else:
        yield parts, detail


def _pointing(parts: Sequence[str], request: Request) -> dict[str, str]:
    """Return the JSON Pointer (RFC 6901) to the input at fault, if it is part of the body."""
    if request.method in SAFE_METHODS or not parts or parts[0] in request.query_params:
        return {}
    return {"pointer": "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)}


def _page(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> HttpResponse:
    body = orjson.dumps(problem(status, code, detail))
    return HttpResponse(body, content_type=MEDIA_TYPE, status=status, headers=headers)


@csrf_exempt
def unrouted(request: HttpRequest) -> HttpResponse:
    """Answer a path under /api/ that no route serves. A redirect to the path with a slash would repeat the Host header."""
    detail: str = NOT_FOUND
    try:
        if resolve(f"{request.path}/").func is not unrouted:
            detail = f"Every address of the API ends with a slash: {request.path}/"
    except Resolver404:
        pass
    return _page(HTTPStatus.NOT_FOUND, "not_found", detail)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400, for requests that reach no view."""
    if request.path.startswith("/api/"):
        return _page(HTTPStatus.BAD_REQUEST, "bad_request", "The request cannot be read.")
    return _plain(HTTPStatus.BAD_REQUEST)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the exception is handled, wherever it was raised: in a view or in middleware."""
    failure = sys.exception()
    if isinstance(failure, DatabaseFailure):
        code, detail = unavailable(failure)
        if request.path.startswith("/api/"):
            return _page(HTTPStatus.SERVICE_UNAVAILABLE, code, detail, RETRY)
        return _plain(HTTPStatus.SERVICE_UNAVAILABLE, RETRY, detail=detail)
    if request.path.startswith("/api/"):
        sentence = "Something went wrong on our side; it has been logged."
        return _page(HTTPStatus.INTERNAL_SERVER_ERROR, "server_error", sentence)
    return _plain(HTTPStatus.INTERNAL_SERVER_ERROR)


def _plain(status: HTTPStatus, headers: dict[str, str] | None = None, **context: object) -> HttpResponse:
    """Answer with a page that needs nothing but its template: what context processors add is in the database."""
    with translation.override(settings.CLAIMTRACK_LANGUAGE):
        page = render_to_string(f"{status.value}.html", context)
    return HttpResponse(page, status=status, headers=headers)
