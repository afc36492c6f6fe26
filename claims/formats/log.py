"""The transparency log as C2SP's tlog-tiles describes it: /log/checkpoint, /log/tile/…, and its public key at /log/key."""

import re
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.models import Checkpoint, LogEntry, Timestamp
from claims.proof.merkle import HASH, WIDTH
from claims.proof.sequencing import NotStarted, signer, tiles
from claimtrack.api.filters import refuse_unknown
from claimtrack.db.replicas import use_primary

TILE = re.compile(
    r"(?P<level>[0-9]|[1-5][0-9]|6[0-3]|entries)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)
PLAIN = "text/plain; charset=utf-8"
STAMP = "application/timestamp-reply"
FOREVER = "public, max-age=31536000, immutable"


class LogView(APIView):
    """Reads the primary: to a reader of two servers, the log would seem to shrink."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        use_primary()
        super().initial(request, *args, **kwargs)


class CheckpointView(LogView):
    """The newest checkpoint with its cosignatures, or the newest that has one."""

    checkpoints = Checkpoint.objects.all()

    def get(self, request: Request) -> HttpResponse:
        refuse_unknown(request.query_params, ())
        head = self.checkpoints.newest()
        if head is None:
            raise Http404
        return HttpResponse(head.cosigned, content_type=PLAIN, headers={"Cache-Control": "no-cache"})


class KeyView(APIView):
    def get(self, request: Request) -> HttpResponse:
        refuse_unknown(request.query_params, ())
        try:
            verifier = signer().verifier
        except NotStarted as refusal:
            raise Http404 from refusal
        return HttpResponse(f"{verifier}\n", content_type=PLAIN, headers={"Cache-Control": "no-cache"})


class TileView(LogView):
    """A tile never changes: of the last one, a client asks for as many hashes as there are."""

    def get(self, request: Request, tile: str) -> HttpResponse:
        refuse_unknown(request.query_params, ())
        named = TILE.fullmatch(tile)
        if named is None:
            raise Http404
        index, width = int(re.sub("[x/]", "", named["index"])), int(named["width"] or WIDTH)
        whole = named["level"] != "entries"
        body = hashes(int(named["level"]), index, width) if whole else leaves(index, width)
        return HttpResponse(body, content_type="application/octet-stream", headers={"Cache-Control": FOREVER})


class TimestampView(LogView):
    """The time stamp of a day (RFC 3161), or the checkpoint that it is of, byte by byte."""

    def get(self, request: Request, day: str, checkpoint: str | None = None) -> HttpResponse:
        refuse_unknown(request.query_params, ())
        try:
            found = Timestamp.objects.select_related("checkpoint").filter(day=date.fromisoformat(day)).first()
        except ValueError as error:
            raise Http404 from error
        if found is None:
            raise Http404
        body, kind = (found.checkpoint.note, PLAIN) if checkpoint else (found.response, STAMP)
        return HttpResponse(body, content_type=kind, headers={"Cache-Control": FOREVER})


def hashes(level: int, index: int, width: int) -> bytes:
    """Return the first `width` hashes of a tile. Raises Http404 if there are fewer."""
    found = tiles([(level, index)]).get((level, index), b"")
    if width > WIDTH or len(found) < width * HASH:
        raise Http404
    return found[: width * HASH]


def leaves(index: int, width: int) -> bytes:
    """Return the first `width` leaves under a tile of level 0, each after its length in two bytes."""
    first = index * WIDTH
    found: Any = LogEntry.objects.filter(index__gte=first, index__lt=first + min(width, WIDTH)).order_by("index")
    rows = [leaf.encode() for leaf in found.values_list("leaf", flat=True)]
    if len(rows) < width:
        raise Http404
    return b"".join(len(leaf).to_bytes(2) + leaf for leaf in rows)
