"""Middleware: anonymous requests read a replica, if DATABASE_REPLICA_URL names any."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from claimtrack.db import replicas
from claimtrack.languages import DESK


class ReadReplicas:
    """Chooses the server that a request reads: a replica for anonymous requests, and the primary for all others.

    A user with a token or a session may have written a moment ago. If a replica cannot answer, the request is run again on the
    primary before anything was sent. This is the innermost middleware, so that nothing else is done twice.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        alias = replicas.choose() if _reads_what_is_public(request) else None
        if alias is not None:
            with replicas.reading(alias):
                response = self.get_response(request)
                if not isinstance(response, Unanswered) and not replicas.was_promoted():
                    return response
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not replicas.may_ask_again(exception):
            return None
        replicas.give_up(exception)
        return Unanswered()


class Unanswered(HttpResponse):
    """A placeholder for the answer that a replica could not give. It is never sent."""

    status_code = 503


def _reads_what_is_public(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in request.META
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        # The forms of the desk, the sign-in page among them, write.
        and not request.path_info.startswith(DESK)
    )
