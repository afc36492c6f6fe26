"""Whole lists of claims at their own addresses, for links and for programs that set no Accept header."""

from collections.abc import Iterable

import orjson
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims import examples
from claims.api.views.claims import ClaimViewSet
from claims.formats import csv
from claims.formats.claimreview.views import ClaimReviewGraph
from claims.formats.exports import ClaimNdjson
from claimtrack.api.pagination import ordering_field

ORDERINGS = tuple(ordering for ordering in ClaimViewSet.orderings if ordering != "relevance")
ORDERING = OpenApiParameter(
    "ordering",
    {**ordering_field(ORDERINGS).schema, "default": ORDERINGS[0]},
    description="The order; - is descending. Rows without a value come last both ways.",
)
CLAIM = orjson.dumps(examples.CLAIM).decode()
# Not a schema, because the document would turn it into a list.
WHOLE = OpenApiResponse(OpenApiTypes.STR, "The whole list, as a stream.")


class ByAddress(BaseContentNegotiation):
    """Chooses the form by the address, whatever Accept says."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        [renderer] = renderers
        return renderer, str(renderer.media_type)


class ExportViewSet(ClaimViewSet):
    """All claims that the filters keep, as one file."""

    content_negotiation_class = ByAddress

    def list(self, request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
        """Stream the whole list. It takes the filters and orderings of /api/v1/claims/, and no cursor or limit."""
        return super().list(request, *args, **kwargs)


@extend_schema_view(
    list=extend_schema(
        operation_id="claims_csv",
        filters=True,
        parameters=[ORDERING, csv.BOM_PARAMETER],
        responses={(200, "text/csv"): WHOLE},
        description="The whole list as a table, streamed. /api/v1/claims/dictionary/ describes its columns.",
        examples=[OpenApiExample("Answer", csv.HEADER + csv.lines([CLAIM]), media_type="text/csv")],
    )
)
class ClaimCsvViewSet(ExportViewSet):
    renderer_classes = (csv.ClaimCsv,)


@extend_schema_view(
    list=extend_schema(
        operation_id="claims_ndjson",
        filters=True,
        parameters=[ORDERING],
        responses={(200, "application/x-ndjson"): WHOLE},
        description="The whole list, streamed: a line is a claim, as in `results` of /api/v1/claims/.",
        examples=[OpenApiExample("Answer", CLAIM + "\n", media_type="application/x-ndjson")],
    )
)
class ClaimNdjsonViewSet(ExportViewSet):
    renderer_classes = (ClaimNdjson,)


@extend_schema_view(
    list=extend_schema(
        operation_id="claims_jsonld",
        filters=True,
        parameters=[ORDERING],
        responses={(200, "application/ld+json"): {"type": "object", "additionalProperties": True}},
        description="Claims with a verdict in force as one graph of schema.org ClaimReview, streamed.",
    )
)
class ClaimJsonLdViewSet(ExportViewSet):
    renderer_classes = (ClaimReviewGraph,)
