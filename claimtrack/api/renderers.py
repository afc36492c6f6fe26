"""The forms of a list or a detail: a Representation for each media type, chosen by content negotiation.

Most are pages of JSON. A Representation may also select and write the rows in another way, or stream a whole list. A view
lists its representations in `renderer_classes`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.db.models import Model, QuerySet
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from claimtrack.api.exports import ExportResponse
from claimtrack.db import revision
from claimtrack.db.statements import Values
from claimtrack.warnings import InputWarning

if TYPE_CHECKING:
    from claimtrack.api.viewsets import LedgerViewSet


@dataclass(frozen=True)
class Selection:
    """The rows that a request asks for.

    `choose(values)` returns them as a queryset. Unless `shape` is None, it also accepts Placeholders as values
    (claimtrack.db.statements). `shape` is everything else that the queryset depends on, and `key` the column that sorts it.
    `single` says that it has one row at most.
    """

    choose: Callable[[Values], QuerySet[Any]]
    values: Values
    key: str = "pk"
    shape: Hashable = None
    single: bool = False


def with_warnings(content: Any, warnings: Iterable[InputWarning]) -> orjson.Fragment:
    """Return the JSON of an object with `warnings` as its last member, without reading it again."""
    return orjson.Fragment(orjson.dumps(content)[:-1] + b',"warnings":' + orjson.dumps([*warnings]) + b"}")


class Row(NamedTuple):
    """A member of `results`, with its sort key, its id, and its version if the model has versions."""

    content: object
    key: object
    pk: int | bytes
    version: int | None = None


class Representation(JSONRenderer):
    """JSON in UTF-8, a page at a time, by the view's serializer. orjson is some ten times as fast as the standard library."""

    # Whether it answers with the whole list as a stream, not with a page.
    whole = False
    # Query parameters beside those of the list.
    parameters: tuple[str, ...] = ()
    # The Content-Type, if it says more than `media_type`.
    content_type: str | None = None

    def narrow(self, rows: Any) -> Any:
        """Return the rows that have this representation."""
        return rows

    def rows(self, view: "LedgerViewSet", selection: Selection) -> tuple[Sequence[Row], int]:
        """Return the rows and the revision of the ledger at which they were read."""
        # Read before the rows, so that a change in between gives the next answer another ETag.
        number = revision.current()
        serializer = view.get_serializer()
        found = selection.choose(selection.values)
        return [Row(serializer.to_representation(row), getattr(row, selection.key), row.pk) for row in found], number

    def stream(self, view: "LedgerViewSet", rows: QuerySet[Model]) -> tuple[ExportResponse, int]:
        """Answer with the whole list, if `whole` is true."""
        raise NotImplementedError

    def render(
        self, data: object, accepted_media_type: str | None = None, renderer_context: Mapping[str, object] | None = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data)


class NdjsonRenderer(Representation):
    """One of the `results` on each line. Problems stay JSON documents."""

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
    """DRF's negotiation, with a shortcut for the JSON that nearly every client asks for."""

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
