"""Keyset pagination: a page begins after the row where the last one ended, whatever was added or removed meanwhile.

Pages compare rows by `(sort key, id)`. So each row comes exactly once even if thousands share a sort key, and page 10,000
costs as much as page 1 (Markus Winand, "No Offset", use-the-index-luke.com/no-offset). There is no COUNT.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, BooleanField, DateTimeField, Expression, F, Field, Func, Value
from django.db.models.functions import Cast
from django.utils.timezone import is_naive
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from claimtrack import opaque
from claimtrack.addresses import absolute
from claimtrack.api import filters
from claimtrack.api.renderers import Row
from claimtrack.db.statements import Placeholder
from claimtrack.refusals import Invalid, Message

if TYPE_CHECKING:
    from claimtrack.api.viewsets import LedgerViewSet

DEFAULT, MOST = 50, 200
LIMIT = filters.WholeNumberField(1, MOST)
CURSOR = filters.TextField()
IDENTIFIER = filters.IdentifierField()
VERSION = 1
PAGING = ("cursor", "limit")


@dataclass(frozen=True)
class Cursor:
    """A place between two rows, and the direction to read in.

    `position` is the sort key and id of the row beside it. None means the beginning, or the end when reading backwards.
    """

    backwards: bool
    position: tuple[object, int] | None

    def encode(self, key: Field, fingerprint: str) -> str:
        """Return the opaque form, valid only for the filters and the ordering of this `fingerprint`."""
        position = self.position and (_written(key, self.position[0]), self.position[1])
        parts = [VERSION, fingerprint, int(self.backwards), position]
        return opaque.encode(parts)

    @classmethod
    def decode(cls, text: str, key: Field, fingerprint: str) -> "Cursor":
        """Read the opaque form. Raises Invalid `cursor`, also for a cursor of another list."""
        try:
            version, mark, backwards, position = opaque.decode(text)
            if version != VERSION or backwards not in (0, 1):
                raise ValueError
            if position is not None:
                value, pk = position
                position = (_read(key, value), IDENTIFIER.read(str(pk)))
        except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
            raise Invalid(
                "This is not a cursor of this API: take one from next or previous.", code="cursor", field="cursor"
            ) from None
        if mark != fingerprint:
            sentence = Message("This cursor belongs to other filters or another ordering: begin again without it.")
            raise Invalid(sentence, code="cursor", field="cursor")
        return cls(bool(backwards), position)


def _written(key: Field, value: object) -> object:
    if isinstance(value, bytes):
        return value.decode()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(key: Field, text: object) -> object:
    value = key.to_python(text)
    key.run_validators(value)
    naive = isinstance(key, DateTimeField) and value is not None and is_naive(value)
    if naive or (value is None and not key.null):
        raise ValueError
    return value


@dataclass(frozen=True)
class Window:
    """The part of a list that a request asks for. `key` is the column that sorts the list."""

    ordering: str
    key: Field
    cursor: Cursor
    limit: int

    @property
    def descending(self) -> bool:
        return self.ordering.startswith("-") or self.ordering == "relevance"


class KeysetPagination(BasePagination):
    """Reads `cursor` and `limit`, and `ordering` where the view has several `orderings` (the first is the default)."""

    default_limit = DEFAULT

    def window(self, request: Request, view: "LedgerViewSet") -> Window:
        def read(name: str, field: filters.ParameterField, default: object) -> Any:
            query = request.query_params
            return filters.read_one(query, name, field, default) if name in query else default

        limit = read("limit", LIMIT, self.default_limit)
        ordering = read("ordering", ordering_field(view.orderings), view.orderings[0])
        key = sort_key(view, ordering)
        text = read("cursor", CURSOR, None)
        cursor = Cursor.decode(text, key, _fingerprint(request, ordering)) if text else Cursor(False, None)
        return Window(ordering, key, cursor, limit)

    def page(self, request: Request, window: Window, rows: Sequence[Row]) -> tuple[dict[str, object], dict[str, str]]:
        """Return the page with links to the next and previous one, and the headers that repeat the links.

        `rows` start at the cursor and follow its direction. There is one more than the limit if there is another page.
        """
        cursor = window.cursor
        more = len(rows) > window.limit
        kept = list(rows[: window.limit])
        if cursor.backwards:
            kept.reverse()

        def link(backwards: bool) -> str:
            # An empty page links back from the very end of the list.
            edge = kept[0 if backwards else -1] if kept else None
            position = edge and (edge.key, int(edge.pk))
            fingerprint = _fingerprint(request, window.ordering)
            return _url(request, Cursor(backwards, position).encode(window.key, fingerprint))

        following = link(False) if more or cursor.backwards else None
        previous = link(True) if (more if cursor.backwards else "cursor" in request.query_params) else None
        links = [f'<{url}>; rel="{rel}"' for url, rel in ((following, "next"), (previous, "prev")) if url]
        content: dict[str, object] = {"next": following, "previous": previous, "results": [row.content for row in kept]}
        return content, {"Link": ", ".join(links)} if links else {}

    def get_paginated_response_schema(self, schema: filters.Schema) -> filters.Schema:
        link = {"type": ["string", "null"], "format": "uri", "example": None}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "The next page; null on the last."},
                "previous": {**link, "description": "The page before; null on the first."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[filters.Schema]:
        if all(representation.whole for representation in view.renderer_classes):
            # A whole list has no pages.
            return []
        cursor = "Where the page begins: taken from `next` or `previous` of another page, with the same filters and ordering."
        parameters = [
            ("cursor", {"type": "string", "minLength": 1}, cursor),
            ("limit", {**LIMIT.schema, "default": self.default_limit}, "How many rows a page has at most."),
        ]
        if len(view.orderings) > 1:
            schema = {**ordering_field(view.orderings).schema, "default": view.orderings[0]}
            parameters.append(
                ("ordering", schema, "The order; - is descending. Rows without a value come last both ways.")
            )
        return [
            {"name": name, "in": "query", "schema": schema, "description": text} for name, schema, text in parameters
        ]


def beginning_at(queryset: filters.Rows, window: Window, position: Sequence[object] | None) -> filters.Rows:
    """Return the rows from a position on, in the direction of the window's cursor.

    `position` is the sort key and id of the row beside it, as values or Placeholders, and None for the beginning. A queryset may
    annotate `created_at_indexed` and `id_indexed`: the same values from a table whose index begins with the filter.
    """
    key, descending = window.key, window.descending

    def known(expression: F | Expression) -> F | Expression:
        """Return the key with nulls replaced by infinity, so that they come last and can be compared."""
        if not key.null:
            return expression
        end = "-infinity" if descending else "infinity"
        return Func(expression, template=f"COALESCE(%(expressions)s, '{end}')", output_field=key)

    def row(*parts: F | Expression) -> Func:
        return Func(*parts, template="(%(expressions)s)", output_field=key)

    down = descending != window.cursor.backwards
    parts: list[F | Expression]
    indexed = queryset.query.annotations
    if f"{key.name}_indexed" in indexed:
        parts = [F(f"{key.name}_indexed"), F("id_indexed")]
    else:
        parts = [known(F(key.name))] if key.primary_key else [known(F(key.name)), F("pk")]
    if position:
        value, pk = (one if isinstance(one, Placeholder) else Value(one) for one in position)
        edge = [known(Cast(value, key)), Cast(pk, BigIntegerField())][: len(parts)]
        compare = " < " if down else " > "
        queryset = queryset.filter(
            Func(row(*parts), row(*edge), template="%(expressions)s", arg_joiner=compare, output_field=BooleanField())
        )
    return queryset.order_by(*(part.desc() if down else part.asc() for part in parts))


def sort_key(view: "LedgerViewSet", ordering: str) -> Field:
    """Return the column that `ordering` sorts the view's rows by."""
    view_set: Any = view
    return view.sort_keys.get(ordering) or view_set.queryset.model._meta.get_field(ordering.lstrip("-"))


@cache
def ordering_field(orderings: tuple[str, ...]) -> filters.ChoiceField:
    return filters.ChoiceField(orderings)


def _fingerprint(request: Request, ordering: str) -> str:
    """Identify a list by its path, its filters in any order, and its ordering."""
    names = sorted(set(request.query_params) - {*PAGING, "ordering"})
    filters = [(name, sorted(set(request.query_params.getlist(name)))) for name in names]
    return opaque.fingerprint([request.path, filters, ordering])


def _url(request: Request, cursor: str) -> str:
    query = [(name, values) for name, values in request.query_params.lists() if name != "cursor"]
    return absolute(f"{request.path}?{urlencode([*query, ('cursor', cursor)], doseq=True)}")
