"""Conditional requests (RFC 9110, section 13): ETag and 304 for reads, If-Match for writes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar
from zlib import crc32

from django.conf import settings
from django.core.cache import BaseCache
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from claimtrack import __version__
from claimtrack.db import revision
from claimtrack.languages import desk_time_zone
from claimtrack.refusals import Invalid, Refused, Stale

VERSION = r'"[0-9]{1,19}"|\*'
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": f"^({VERSION})$"},
    OpenApiParameter.HEADER,
    required=True,
    description='The version of the claim that you saw, in quotation marks: `"4"`. It is its `version`, and the ETag of '
    "each answer that a token is given. Another one meanwhile is 412; `*` stands for any.",
)
# Public answers also depend on these settings.
SHOWN_SETTINGS = (
    "SITE_URL",
    "CLAIM_URL",
    "DESK_NAME",
    "DATA_LICENSE",
    "PUBLIC_TEXT",
    "DEFAULT_LANGUAGE",
    "LANGUAGE",
    "TIME_ZONE",
    "LOG_KEY",
)

Answer = tuple[HttpResponseBase, int]
P = ParamSpec("P")
View = TypeVar("View")


def etag(asked: bytes, number: int) -> str:
    """Return the validator of a public answer at this revision of the ledger, in this form, by this release.

    It is weak, since the same answer may be sent in another encoding.
    """
    return f'W/"{number:x}-{crc32(asked):x}"'


def _key(asked: bytes, number: int) -> str:
    """Return the key under which a cache keeps that answer. Unlike an ETag, it must be unique among all addresses."""
    return f"{revision.moment(number)}-{sha256(asked).hexdigest()}"


def _asked(view: object, request: Request) -> bytes:
    """Return what the answer depends on beside the revision."""
    day = str(timezone.localdate(timezone=desk_time_zone())) if getattr(view, "dated", False) else ""
    site = [str(getattr(settings, f"CLAIMTRACK_{name}")) for name in SHOWN_SETTINGS]
    return "\n".join([__version__, request.get_full_path(), request.accepted_media_type, day, *site]).encode()


def cache_control() -> str:
    """Return what caches may do with a public answer.

    By default they must revalidate their copy each time. nginx and Varnish store nothing under `no-cache`, so a desk may
    let shared caches, and only these, answer without asking for CLAIMTRACK_CACHE_SECONDS.
    """
    seconds = settings.CLAIMTRACK_CACHE_SECONDS
    return f"public, max-age=0, s-maxage={seconds}" if seconds else "public, no-cache"


def conditional(
    method: Callable[Concatenate[View, Request, P], Answer],
) -> Callable[Concatenate[View, Request, P], HttpResponseBase]:
    """Decorate a view's method that returns a response and its revision, so that it answers 304 when it can.

    A view whose answers take long to make names a cache, `answers`, that keeps them by address and revision. So a change of the
    ledger need not remove anything from it. A view that compares with today is `dated`: each day has its own answers.

    An answer to a signed-in reader gets no such validator, and no cache stores it (claimtrack.middleware.CacheHeaders).
    """

    @wraps(method)
    def answer(self: View, request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response: HttpResponseBase | None = None
        number = 0
        answers: BaseCache | None = getattr(self, "answers", None)
        if request.user.is_authenticated:
            return method(self, request, *args, **kwargs)[0]
        # The day is read first: if it ends while the answer is made, the next request gets a new answer.
        asked = _asked(self, request)
        if answers is not None or "HTTP_IF_NONE_MATCH" in request.META:
            number = revision.current()
            response = get_conditional_response(request, etag=etag(asked, number))
        if answers is not None and response is None:
            response = answers.get(_key(asked, number))
        if response is None:
            before = number
            response, number = method(self, request, *args, **kwargs)
            # If the ledger changed meanwhile, the answer may have parts from before.
            if answers is not None and response.status_code == 200 and number == before:
                answers.set(_key(asked, number), response)
        response["ETag"] = etag(asked, number)
        response["Cache-Control"] = cache_control()
        return response

    return answer


class PreconditionRequired(Refused):
    """The request does not say which version of the claim it changes (RFC 6585)."""

    status = 428
    code = "if_match_required"


@contextmanager
def as_seen(request: Request) -> Iterator[int | None]:
    """Yield the version that `If-Match` names, None for `*`. Raises PreconditionRequired, Invalid. Stale is answered 412."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise PreconditionRequired('Send If-Match with the version of the claim that you saw, such as "4".')
    # A weak validator never matches (RFC 9110, section 13.1.1), and no other ETag of ours is that of a claim.
    if not re.fullmatch(VERSION, header):
        raise Invalid(
            'If-Match takes the version of the claim in quotation marks, such as "4", or *; this is %(given)s.',
            code="if_match_malformed",
            params={"given": header},
        )
    try:
        yield None if header == "*" else int(header.strip('"'))
    except Stale as refusal:
        refusal.status = 412
        raise
