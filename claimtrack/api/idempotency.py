"""Execute a POST once, however often it is sent: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07).

A client that got no answer sends the same request with the same key again and gets the first answer, for 24 hours.

The key is a row that is committed before the work begins. It is a lease: while it lasts, the same key is refused (409), and
when the process that holds it dies, the key can be taken again after LEASE. The answer is written into that row in the
transaction of the work, so either both exist or neither does. A request that takes over an expired lease replaces the row. If
the first request was only slow, it then finds its row gone and its transaction is rolled back: a key never does its work twice.
Verbs with their own transactions, which a view marks with `own_transactions`, change nothing when they are run again.

A refusal is kept too. Our own faults (5xx), refusals before the body was read, and deadlocks are not kept.
"""

import re
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar

import orjson
from django.db import Error, IntegrityError
from django.db.models import Q, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claimtrack.api.exceptions import MEDIA_TYPE
from claimtrack.db.attribution import acting
from claimtrack.models import KeptAnswer, User
from claimtrack.refusals import Conflict, Invalid, Message, Refused
from claimtrack.roles import signed_in

P = ParamSpec("P")
View = TypeVar("View", bound=APIView)
Method = Callable[Concatenate[View, Request, P], Response]

KEPT = timedelta(hours=24)
# Longer than a request takes. A longer one loses its work if the key is sent again.
LEASE = timedelta(minutes=2)
HEADERS = ("Location", "ETag", "Preference-Applied")


class KeyReused(Refused):
    """The key came with another request."""

    status = 422
    code = "idempotency_key_reused"


def idempotent(method: Method[View, P]) -> Method[View, P]:
    """Let `method` answer a request with an Idempotency-Key once, and repeat that answer."""

    @wraps(method)
    def answer(self: View, request: Request, *args: P.args, **kwargs: P.kwargs) -> Response:
        header = request.headers.get("Idempotency-Key")
        if header is None:
            return method(self, request, *args, **kwargs)
        key = _key(header)
        fingerprint = _fingerprint(request)
        kept, is_new = _take(signed_in(request.user), key, fingerprint)
        if is_new:
            return _first(lambda: method(self, request, *args, **kwargs), self, kept)
        if kept.fingerprint != fingerprint:
            raise KeyReused("This Idempotency-Key came with another request: take a new one for each.")
        if kept.status is None:
            raise _in_progress()
        return _again(kept, kept.status)

    return answer


def purge() -> int:
    """Delete expired answers."""
    return KeptAnswer.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def _key(header: str) -> str:
    """A string of RFC 8941, or the same without quotation marks, as most clients send it."""
    key = re.fullmatch(r'(?:"([\x20-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))', header.strip())
    if key is None:
        raise Invalid("An Idempotency-Key has 1 to 255 ASCII characters; a UUID is best.", code="idempotency_key")
    return key[1] or key[2]


def _fingerprint(request: Request) -> str:
    _ = request.data  # reading it makes the digest
    parts = [request.get_full_path(), request.headers.get("If-Match", ""), getattr(request, "digest", "")]
    return sha256("\n".join(parts).encode()).hexdigest()


def _in_progress() -> Conflict:
    sentence = Message("A request with this Idempotency-Key is being answered: ask again in a moment.")
    return Conflict(sentence, code="idempotency_in_progress")


def _take(user: User, key: str, fingerprint: str) -> tuple[KeptAnswer, bool]:
    """Return the row of the key, and whether this request has just made it and so holds the lease."""
    now = timezone.now()
    has_ended = Q(created_at__lt=now - KEPT) | Q(status=None, created_at__lt=now - LEASE)
    KeptAnswer.objects.filter(has_ended, user=user, key=key).delete()
    try:
        return KeptAnswer.objects.get_or_create(user=user, key=key, defaults={"fingerprint": fingerprint})
    except IntegrityError as error:
        # Another request held the key and gave it back before its row could be read.
        raise _in_progress() from error


def _first(method: Callable[[], Response], view: APIView, lease: KeptAnswer) -> Response:
    mine = KeptAnswer.objects.filter(pk=lease.pk)

    def keep(response: Response) -> None:
        headers = {name: response[name] for name in HEADERS if name in response}
        body = orjson.dumps(response.data).decode()
        if not mine.update(status=response.status_code, headers=headers, body=body):
            raise _in_progress()

    try:
        with nullcontext() if getattr(view, "own_transactions", False) else acting(lease.user):
            response = method()
            keep(response)
    except Exception as exception:
        try:
            # Our own faults are raised again.
            response = view.handle_exception(exception)
        except Exception:
            _give_back(mine)
            raise
        if response.status_code >= 500 or getattr(exception, "code", "") == "deadlock":
            _give_back(mine)
        else:
            keep(response)
    return response


def _give_back(mine: QuerySet[KeptAnswer]) -> None:
    """End the lease. If the database is away, it expires by itself; if the commit succeeded after all, the answer stays."""
    with suppress(Error):
        mine.filter(status=None).delete()


def _again(kept: KeptAnswer, status: int) -> Response:
    headers = {**kept.headers, "Idempotent-Replayed": "true"}
    media_type = MEDIA_TYPE if status >= 400 else None
    return Response(orjson.loads(kept.body), status, headers=headers, content_type=media_type)
