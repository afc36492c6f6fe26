"""Fetching inside a request, for clients that do not ask for a job. Few may run at a time, so slow pages leave threads for readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings
from rest_framework.exceptions import APIException
from rest_framework.request import Request

RESPOND_ASYNC = "respond-async"
# Exports take up to half of the threads.
free = BoundedSemaphore(max(1, settings.CLAIMTRACK_THREADS // 4))


class TooManyFetches(APIException):
    status_code = 503
    default_code = "too_many_fetches"
    default_detail = (
        "As many pages are being fetched inside requests as this server allows at a time: ask again after Retry-After seconds,"
        " or with Prefer: respond-async."
    )
    # Seconds; Django REST framework makes Retry-After of it.
    wait = 10


@contextmanager
def fetch_slot() -> Iterator[None]:
    """Hold one of the slots in which pages are fetched. Raises TooManyFetches."""
    if not free.acquire(blocking=False):
        raise TooManyFetches
    try:
        yield
    finally:
        free.release()


def prefers_async(request: Request) -> bool:
    """Return whether the client asks not to wait for the result (RFC 7240)."""
    preferences = request.headers.get("Prefer", "").split(",")
    return any(one.partition(";")[0].strip().lower() == RESPOND_ASYNC for one in preferences)
