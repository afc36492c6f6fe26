"""POST once, however often it is sent: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07).

A client that got no answer sends the same request with the same key again and gets the first answer, for 24 hours. The
answer is written in the transaction that made what it tells of: either both are there or neither is. Verbs with
transactions of their own, which a view marks with `own_transactions`, change nothing when they are run again anyway.

A refusal is kept too; a fault of ours (5xx) is not, nor what was refused before the body was looked at.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar

import orjson
from django.db import connection
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claimtrack.api.exceptions import MEDIA_TYPE
from claimtrack.db.attribution import acting
from claimtrack.models import KeptAnswer, User
from claimtrack.refusals import Conflict, Invalid, Refused
from claimtrack.roles import signed_in

P = ParamSpec("P")
View = TypeVar("View", bound=APIView)
Method = Callable[Concatenate[View, Request, P], Response]

KEPT = timedelta(hours=24)
HEADERS = ("Location", "ETag")

PURGE = """DELETE FROM claimtrack_keptanswer WHERE id IN
    (SELECT id FROM claimtrack_keptanswer WHERE created_at < %s LIMIT 100 FOR UPDATE SKIP LOCKED)"""


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
        user = signed_in(request.user)
        with _alone(user, key):
            mine = KeptAnswer.objects.filter(user=user, key=key)
            mine.filter(created_at__lt=timezone.now() - KEPT).delete()
            kept = mine.first()
            if kept is None:
                return _first(lambda: method(self, request, *args, **kwargs), self, user, key, fingerprint)
            if kept.fingerprint != fingerprint:
                raise KeyReused("This Idempotency-Key came with another request: take a new one for each.")
            return _again(kept)

    return answer


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


@contextmanager
def _alone(user: User, key: str) -> Iterator[None]:
    """Hold the key while the request runs. Raises Conflict where another one does."""
    lock = [f"idempotency {user.pk} {key}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", lock)
        if not cursor.fetchone()[0]:
            sentence = "A request with this Idempotency-Key is being answered: ask again in a moment."
            raise Conflict(sentence, code="idempotency_in_progress")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", lock)


def _first(method: Callable[[], Response], view: APIView, user: User, key: str, fingerprint: str) -> Response:
    def keep(response: Response) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PURGE, [timezone.now() - KEPT])
        KeptAnswer.objects.create(
            user=user,
            key=key,
            fingerprint=fingerprint,
            status=response.status_code,
            headers={name: response[name] for name in HEADERS if name in response},
            body=orjson.dumps(response.data).decode(),
        )

    try:
        with nullcontext() if getattr(view, "own_transactions", False) else acting(user):
            response = method()
            keep(response)
    except Exception as exception:
        # What is a fault of ours is raised again, and not kept.
        response = view.handle_exception(exception)
        keep(response)
    return response


def _again(kept: KeptAnswer) -> Response:
    headers = {**kept.headers, "Idempotent-Replayed": "true"}
    media_type = MEDIA_TYPE if kept.status >= 400 else None
    return Response(orjson.loads(kept.body), kept.status, headers=headers, content_type=media_type)
