"""Other publishers' reviews: read by anybody, recorded by the desk."""

from typing import IO, Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import examples
from claims.api.serializers.external_reviews import ExternalReviewSerializer, ImportedSerializer
from claims.formats.claimreview import files
from claims.importing import external_reviews
from claims.models import Claim, ExternalReview
from claimtrack.api.filters import (
    AnyOf,
    BooleanField,
    IdentifierField,
    StrictFilterSet,
    read_one,
    refuse_unknown,
)
from claimtrack.api.idempotency import idempotent
from claimtrack.api.parsers import BoundedParser
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.refusals import Amount, Invalid, reason
from claimtrack.roles import signed_in
from sources.filters import DomainField

MOST = 1_000
NODE = {"type": "object", "additionalProperties": True}
NODES = {"oneOf": [NODE, {"type": "array", "items": NODE}]}
CLAIM, ACCEPT = IdentifierField(), BooleanField()


class ExternalReviewFilterSet(StrictFilterSet):
    claim = AnyOf(IdentifierField(), "Of this claim.")
    publisher_site = AnyOf(DomainField(), "Published on this host.")


class JsonLd(BoundedParser):
    """The raw body, which claims.formats.claimreview reads."""

    media_type = "application/ld+json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        return self.read(stream, parser_context)


class Json(JsonLd):
    media_type = "application/json"


class Page(JsonLd):
    media_type = "text/html"


class Table(JsonLd):
    media_type = "text/tab-separated-values"


class Csv(JsonLd):
    media_type = "text/csv"


class ExternalReviewViewSet(LedgerViewSet):
    """What other publishers found about public claims, in their own words."""

    queryset = ExternalReview.objects.all()
    serializer_class = ExternalReviewSerializer
    filterset_class = ExternalReviewFilterSet
    parser_classes = [JsonLd, Json, Page, Table, Csv]
    # Each review has a transaction of its own, and importing it again changes nothing.
    own_transactions = True
    max_body = 10_000_000

    @extend_schema(
        request={
            **dict.fromkeys((JsonLd.media_type, Json.media_type), NODES),
            **dict.fromkeys((Page.media_type, Table.media_type, Csv.media_type), OpenApiTypes.STR),
        },
        responses={200: ImportedSerializer},
        parameters=[
            OpenApiParameter(
                "claim",
                CLAIM.schema,
                description="The claim that they review. Without it, each proposes the claim that it names.",
            ),
            OpenApiParameter(
                "accept", ACCEPT.schema, description="`true`: also accept those claims. Takes a Moderator."
            ),
        ],
        filters=False,
        examples=[
            OpenApiExample(
                "A review", examples.EXTERNAL_REVIEW_INPUT, request_only=True, media_type="application/ld+json"
            ),
            OpenApiExample("Answer", examples.IMPORTED, response_only=True),
        ],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Record other publishers' reviews: schema.org ClaimReview in JSON-LD, a web page, or a table. Takes a Contributor.

        A request has at most 1,000. A refused review leaves nothing behind, and the others are recorded. Sending the same reviews
        again changes nothing.
        """
        refuse_unknown(request.query_params, ("claim", "accept"))
        accept = read_one(request.query_params, "accept", ACCEPT, False)
        pk = read_one(request.query_params, "claim", CLAIM, None)
        by = signed_in(request.user)
        external_reviews.require_import(by, accept=accept)
        body = cast(bytes, request.data or b"")
        try:
            contents = files.read_upload(body, most=self.max_body, most_items=MOST)
        except files.NotClaimReview as error:
            raise Invalid(reason(error), code="not_claimreview") from error
        except files.TooManyReviews as error:
            raise Invalid(
                "At most %(limit)s reviews fit into one request; these are more.",
                code="too_many",
                params={"limit": Amount(MOST)},
            ) from error
        claim = Claim.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
        if pk and claim is None:
            raise Invalid("There is no claim %(id)s.", code="not_found", field="claim", params={"id": pk})
        report = external_reviews.import_reviews(
            items=contents.items, by=by, claim=claim, accept=accept, page=contents.page
        )
        return Response(ImportedSerializer(report).data)
