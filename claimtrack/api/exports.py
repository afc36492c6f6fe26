"""Whole lists as streams. A process sends only a few at a time, so that slow downloads leave threads for other requests."""

import weakref
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from rest_framework.exceptions import APIException

free = BoundedSemaphore(settings.CLAIMTRACK_EXPORTS)


class TooManyExports(APIException):
    status_code = 503
    default_code = "too_many_exports"
    default_detail = (
        "As many exports are being sent as this server allows at a time: ask again after Retry-After seconds."
    )
    # Seconds; Django REST framework makes Retry-After of it.
    wait = 10


class ExportResponse(StreamingHttpResponse):
    """A stream that counts as an export until it is closed, also if the reader disconnects. Raises TooManyExports."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not free.acquire(blocking=False):
            raise TooManyExports
        # An answer that an error replaces is never closed, only garbage-collected.
        self._give_back = weakref.finalize(self, free.release)
        super().__init__(*args, **kwargs)

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._give_back()
