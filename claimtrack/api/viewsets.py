"""The base class of the viewsets of both apps, and the root of the API."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, cast

from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from claimtrack import __version__
from claimtrack.addresses import address
from claimtrack.api.conditional import Answer, conditional
from claimtrack.api.filters import Given, StrictFilterSet, read_one, refuse_unknown
from claimtrack.api.pagination import PAGING, Cursor, KeysetPagination, Window, beginning_at, ordering_field, sort_key
from claimtrack.api.renderers import Representation, Row, Selection, with_warnings
from claimtrack.db.replicas import use_primary
from claimtrack.db.statements import Values
from claimtrack.examples import API, SITE
from claimtrack.refusals import Invalid
from claimtrack.roles import Role, role_of
from claimtrack.warnings import InputWarning

POSITION = "cursor"


class LedgerViewSet(GenericViewSet):
    """A list of the rows that the user may see, and a detail.

    The list is filtered by `filterset_class` and ordered by one of the `orderings`, the first by default. A row that the user
    may not see is answered 404. Each request reads its filters, chooses its page, and lets the negotiated Representation
    fetch and write the rows.
    """

    filterset_class: type[StrictFilterSet] = StrictFilterSet
    orderings: tuple[str, ...] = ("id",)
    # The sort columns of orderings that are not fields of the model.
    sort_keys: Mapping[str, Field] = {}
    lookup_value_converter = "int"
    pagination_class: type[KeysetPagination] | None = KeysetPagination
    paginator: KeysetPagination
    renderer_classes: Sequence[type[Representation]]

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.request.user)

    def read_filters(self) -> Given:
        """Return the values of the filters. Raises Invalid for a parameter that neither filters nor pages take."""
        also: tuple[str, ...] = ()
        if self.pagination_class is not None:
            pages = () if all(one.whole for one in self.renderer_classes) else PAGING
            also = (*pages, "ordering") if len(self.orderings) > 1 else pages
        return self.filterset_class.read(self.request.query_params, (*also, *self.representation.parameters))

    def choose(self, values: Given, ordering: str) -> Any:
        """Return the rows that the filters keep. `values` may be Placeholders."""
        return self.filterset_class.apply(self.representation.narrow(self.get_queryset()), values)

    def get_renderers(self) -> list[BaseRenderer]:
        """Writes are answered in the first form, and whole lists only where a list is asked for."""
        renderers: list[Any] = super().get_renderers()
        if self.request.method not in SAFE_METHODS:
            return renderers[:1]
        # A method that is not allowed has no action, but its refusal needs a form too.
        return [one for one in renderers if not one.whole or self.action == "list"] or renderers[:1]

    @property
    def representation(self) -> Representation:
        return cast(Representation, self.request.accepted_renderer)

    @conditional
    def list(self, request: Request, *args: object, **kwargs: object) -> Answer:
        if self.representation.whole:
            return self._whole_list(request)
        values = self.read_filters()
        window = self.paginator.window(request, self)
        rows, number = self.representation.rows(self, self._selection(values, window))
        content, headers = self.paginator.page(request, window, rows)
        return self.answer(content, headers), number

    @conditional
    def retrieve(self, request: Request, *args: object, **kwargs: object) -> Answer:
        if request.query_params:
            refuse_unknown(request.query_params, ())
        rows, number = self.representation.rows(self, self.only(kwargs[self.lookup_field]))
        for row in rows:
            return self.answer(row.content, _headers(row)), number
        raise Http404

    def answer(self, content: object, headers: dict[str, str]) -> HttpResponseBase:
        return Response(content, headers=headers, content_type=self.representation.content_type)

    def only(self, value: object) -> Selection:
        """Select the row that has this value in the lookup field."""

        def choose(values: Values) -> QuerySet[Model]:
            [one] = values[self.lookup_field]
            return self.representation.narrow(self.get_queryset()).filter(**{self.lookup_field: one})

        return Selection(choose, {self.lookup_field: [value]}, shape=self._shape("detail"), single=True)

    def _selection(self, given: Given, window: Window) -> Selection:
        def choose(values: Values) -> QuerySet[Model]:
            filters = {name: those for name, those in values.items() if name != POSITION}
            rows = self.choose(filters, window.ordering)
            return beginning_at(rows, window, values.get(POSITION))[: window.limit + 1]

        position = {POSITION: window.cursor.position} if window.cursor.position else {}
        filters = self.filterset_class.base_filters
        fixed = window.ordering != "relevance" and all(filters[name].fixed_sql for name in given)
        shape = self._shape(window.ordering, window.cursor.backwards, window.limit) if fixed else None
        return Selection(choose, {**given, **position}, window.key.attname, shape)

    def _shape(self, *parts: Hashable) -> Hashable:
        """Return what the SQL depends on beside the values; None if it depends on the user, as for a Contributor's own claims."""
        role = role_of(self.request.user) if self.request.user.is_authenticated else None
        return None if role == Role.CONTRIBUTOR else (type(self), role, *parts)

    def _whole_list(self, request: Request) -> Answer:
        """Stream the whole list, from the primary: a standby ends long queries, and a half-sent file cannot be asked for again."""
        use_primary()
        values = self.read_filters()
        for name in PAGING:
            if name in request.query_params:
                raise Invalid(
                    "An export is whole: it takes no %(name)s.", code="parameter", field=name, params={"name": name}
                )
        orderings = tuple(ordering for ordering in self.orderings if ordering != "relevance")
        ordering = read_one(request.query_params, "ordering", ordering_field(orderings), orderings[0])
        window = Window(ordering, sort_key(self, ordering), Cursor(False, None), 0)
        return self.representation.stream(self, beginning_at(self.choose(values, ordering), window, None))

    def shown(self, row: Model, status: int = 200, *, warnings: Iterable[InputWarning] | None = None) -> Response:
        """Answer a write with the row as its author sees it and the `warnings`, if any. 201 adds the `Location`."""
        lookup = getattr(row, self.lookup_field)
        [found], _ = self.representation.rows(self, self.only(lookup))
        headers = _headers(found)
        if status == 201:
            headers["Location"] = address(f"{self.basename}-detail", lookup)
        content = found.content if warnings is None else with_warnings(found.content, warnings)
        return Response(content, status, headers=headers)


def _headers(row: Row) -> dict[str, str]:
    """Return the version of a row as its ETag, for If-Match. Anonymous readers get the revision of the ledger instead."""
    return {} if row.version is None else {"ETag": f'"{int(row.version)}"'}


COLLECTIONS = ("claims", "speakers", "sources", "articles", "topics", "verdicts", "external-reviews")
ROOT = {
    "version": __version__,
    **{name: f"{API}/{name}/" for name in COLLECTIONS},
    **{name: f"{SITE}/api/{name}/" for name in ("schema", "docs")},
}


class RootView(APIView):
    """The collections of the API, and the version of claimtrack that answers."""

    @extend_schema(
        operation_id="root",
        responses={
            200: {
                "type": "object",
                "required": ["version"],
                "properties": {"version": {"type": "string"}},
                "additionalProperties": {"type": "string", "format": "uri"},
            }
        },
        examples=[OpenApiExample("Answer", ROOT)],
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ())
        routes = {**{name: f"{name}-list" for name in COLLECTIONS}, "schema": "schema", "docs": "docs"}
        return Response({"version": __version__, **{name: address(route) for name, route in routes.items()}})
