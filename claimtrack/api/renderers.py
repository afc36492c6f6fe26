"""What a list or a detail is answered as: one small object for each media type, which negotiation chooses.

Most are pages of JSON. A Representation may also pick and write the rows in another way, or stream a whole list; a view names
those that it serves in `renderer_classes`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from claimtrack.db import revision
from claimtrack.db.statements import Values
from claimtrack.warnings import InputWarning

if TYPE_CHECKING:
    from claimtrack.api.viewsets import LedgerViewSet


@dataclass(frozen=True)
class Selection:
    """The rows that a request asks for.

    `choose(values)` returns them as a queryset; it also takes Places for values (claimtrack.db.statements) unless `shape` is
    None. `shape` is all else that the queryset depends on. `key` is the column that sorts the rows.
    """

    choose: Callable[[Values], QuerySet[Any]]
    values: Values
    key: str = "pk"
    shape: Hashable = None


def with_warnings(content: Any, warnings: Iterable[InputWarning]) -> orjson.Fragment:
    """Return the JSON of an object with `warnings` as its last member, without reading it again."""
    return orjson.Fragment(orjson.dumps(content)[:-1] + b',"warnings":' + orjson.dumps([*warnings]) + b"}")


class Row(NamedTuple):
    """What stands in `results`, the sort key, the id, and the version where the rows have one."""

    content: object
    key: object
    pk: int | bytes
    version: int | None = None


class Representation(JSONRenderer):
    """JSON in UTF-8, a page at a time, by the view's serializer. orjson is some ten times as fast as the standard library."""

    # Whether it answers a list with the whole of it, as a stream, and not with a page.
    whole = False
    # What it takes beside the parameters of the list.
    parameters: tuple[str, ...] = ()
    # Where it says more than `media_type`.
    content_type: str | None = None

    def narrow(self, rows: Any) -> Any:
        """Return those of the rows (a queryset) that can be written so."""
        return rows

    def rows(self, view: "LedgerViewSet", selection: Selection) -> tuple[Sequence[Row], int]:
        """Return the rows, with the revision of the ledger that they are of."""
        # Before the rows: what changes meanwhile makes the next answer another one.
        number = revision.current()
        serializer = view.get_serializer()
        found = selection.choose(selection.values)
        return [Row(serializer.to_representation(row), getattr(row, selection.key), row.pk) for row in found], number

    def stream(self, view: "LedgerViewSet", rows: QuerySet[Model]) -> tuple[StreamingHttpResponse, int]:
        """Answer with the whole list; only where `whole` is true."""
        raise NotImplementedError

    def render(
        self, data: object, accepted_media_type: str | None = None, renderer_context: Mapping[str, object] | None = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data)


class NdjsonRenderer(Representation):
    """Each of the `results` on a line of its own; a problem as it is."""

    media_type = "application/x-ndjson"
    format = "ndjson"

    def render(
        self, data: object, accepted_media_type: str | None = None, renderer_context: Mapping[str, object] | None = None
    ) -> bytes:
        if isinstance(data, dict) and "results" in data:
            return b"".join(self.lines(data["results"]))
        return super().render(data)

    def lines(self, rows: Sequence[object]) -> Iterator[bytes]:
        return (orjson.dumps(row) + b"\n" for row in rows)


class Negotiation(DefaultContentNegotiation):
    """DRF's, and at once where nearly every client asks for what comes first anyway."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        if first.media_type == "application/json" and request.META.get("HTTP_ACCEPT", "*/*") in (
            "*/*",
            first.media_type,
        ):
            return first, first.media_type
        return super().select_renderer(request, renderers, format_suffix)
