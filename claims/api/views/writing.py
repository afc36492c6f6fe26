"""The routes of the API that change claims, each by one verb."""

import io
from typing import Any

import orjson
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from claims import curating, importing, reviewing
from claims.api.serializers.appearances import AppearanceInput, placed
from claims.api.serializers.bulk import BulkSerializer
from claims.api.serializers.claims import ClaimChangesInput, ClaimInput, ClaimSerializer
from claims.api.serializers.reviews import DeskReviewSerializer, ReviewInput
from claims.api.serializers.speakers import SpeakerInput, SpeakerSerializer
from claims.api.serializers.topics import TopicInput, TopicSerializer
from claims.importing import lines
from claims.models import Appearance, Claim
from claimtrack.api.conditional import IF_MATCH, MakingViewSet, address, as_seen
from claimtrack.api.filters import one_of, read_one, refuse_unknown
from claimtrack.api.idempotency import idempotent
from claimtrack.api.parsers import BodyTooLarge, Ndjson
from claimtrack.api.renderers import NdjsonRenderer, OrjsonRenderer
from claimtrack.api.serializers import given
from claimtrack.api.viewsets import ReadingViewSet
from claimtrack.db import json as sqljson

FLAG = one_of(["true", "false"])
FLAGS = [
    OpenApiParameter(name, {**FLAG.schema, "default": "false"}, description=description)
    for name, description in (
        ("dry_run", "Change nothing and say what would happen."),
        ("accept", "Also accept each that is still proposed. Takes a Moderator."),
    )
]
LINE = (
    '{"source": {"name": "Harbour Post"}, "article": {"url": "https://paper.example/a"}, "speaker": {"name": "Ada Brook"},'
    ' "claim": {"text": "Nine ferries sail a day."}, "quote": "Nine boats sail each day"}'
)


def tagged(response: Response) -> Response:
    """Tell the claim's version as its ETag, which If-Match takes."""
    version = orjson.loads(orjson.dumps(response.data)).get("version")
    if version is not None:
        response["ETag"] = f'"{version}"'
    return response


def claim_of(request: Request, pk: int) -> Claim:
    """The claim of this id, if there is one that the user may see. Raises Http404."""
    return get_object_or_404(Claim.objects.visible_to(request.user), pk=pk)


def shown(claim: Claim, request: Request, status: int = 200) -> Response:
    """The claim's JSON as it stands now."""
    [(json,)] = sqljson.rows(Claim.objects.visible_to(request.user).filter(pk=claim.pk), ClaimSerializer)
    return tagged(Response(orjson.Fragment(json), status))


class WritesClaims(ReadingViewSet):
    @extend_schema(request=ClaimInput, responses={201: ClaimSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Propose a claim. Takes a Contributor."""
        body = given(request, ClaimInput)
        places = [placed(place, request.user, f"appearances.{n}.") for n, place in enumerate(body.pop("appearances"))]
        claim = curating.propose(by=request.user, appearances=places, origin=Claim.Origin.API, **body).claim
        response = shown(claim, request, 201)
        response["Location"] = address("claims-detail", claim.pk)
        return response

    @extend_schema(request=ClaimChangesInput, responses=ClaimSerializer, parameters=[IF_MATCH])
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change wording or metadata. A Contributor: own claims while proposed. A Moderator: any without a verdict in force.

        An Editor: also topics and language of one that has a verdict; the rest then changes by a correction.
        """
        claim = claim_of(request, pk)
        with as_seen(request) as expected:
            changes = given(request, ClaimChangesInput)
            claim = curating.edit_claim(claim=claim, by=request.user, expected=expected, **changes)
        return shown(claim, request)

    def get_renderers(self) -> Any:
        # ClaimReview is for reading.
        reading = self.request.method in SAFE_METHODS
        return super().get_renderers() if reading else [OrjsonRenderer()]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().retrieve(request, *args, **kwargs)
        return tagged(response) if request.user.is_authenticated else response


class AppearanceViewSet(GenericViewSet):
    """Where a claim is found."""

    queryset = Appearance.objects.all()
    serializer_class = ClaimSerializer

    @extend_schema(request=AppearanceInput, responses={201: ClaimSerializer}, parameters=[IF_MATCH])
    @idempotent
    def create(self, request: Request, claim: int) -> Response:
        """Add a place where the claim is found. The answer is the claim as it stands then. Takes whoever may edit it."""
        row = claim_of(request, claim)
        with as_seen(request) as expected:
            place = placed(given(request, AppearanceInput), request.user)
            appearance = curating.add_appearance(claim=row, by=request.user, expected=expected, **place)
        response = shown(row, request, 201)
        response["Location"] = address("appearances-detail", claim, appearance.pk)
        return response

    @extend_schema(responses={204: None}, parameters=[IF_MATCH])
    def destroy(self, request: Request, claim: int, appearance: int) -> Response:
        """Take a place out again: never the last one, or one of a claim with a verdict in force."""
        claim_of(request, claim)
        row = get_object_or_404(Appearance.objects.visible_to(request.user), claim=claim, pk=appearance)
        with as_seen(request) as expected:
            curating.remove_appearance(appearance=row, by=request.user, expected=expected)
        return Response(status=204)


class BulkView(APIView):
    """Claims in bulk."""

    parser_classes = [Ndjson]
    renderer_classes = [OrjsonRenderer, NdjsonRenderer]
    # Each line is one, and what is on record already stays as it is.
    own_transactions = True
    max_body = 10_000_000
    max_lines = 1_000

    @extend_schema(
        operation_id="claims_bulk",
        request={"application/x-ndjson": OpenApiTypes.STR},
        responses={
            (200, "application/json"): BulkSerializer,
            (200, "application/x-ndjson"): OpenApiResponse(OpenApiTypes.STR, "One of `results` a line."),
        },
        parameters=FLAGS,
        examples=[OpenApiExample("A line", LINE, request_only=True, media_type="application/x-ndjson")],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Propose the claim of each line, one JSON object, as `manage.py import_claims` does. Takes a Contributor.

        A line that is refused leaves nothing behind, and the others go in; the same again changes nothing. At most 1,000
        lines. Their articles must be in the ledger.
        """
        refuse_unknown(request, ("dry_run", "accept"))
        flags = {name: read_one(request, name, FLAG, "false") == "true" for name in ("dry_run", "accept")}
        body: Any = request.data or b""
        given_lines = list(lines.split(io.BytesIO(body)))
        if len(given_lines) > self.max_lines:
            raise BodyTooLarge(f"At most {self.max_lines:,} lines go at once; these are {len(given_lines):,}.")
        results: list[dict[str, Any]] = []
        report = importing.import_lines(
            lines=given_lines, by=request.user, progress=lambda report: results.append(result(report.last)), **flags
        )
        numbered = [number for number, line in enumerate(given_lines, 1) if line.strip()]
        for number, row in zip(numbered, results, strict=True):
            row["line"] = number
            row["claim"] = row["claim"] if report.kept else None
        counts = {name: getattr(report, name) for name in ("new", "known", "accepted", "refused", "kept")}
        return Response({**counts, "results": results})


def result(last: Any) -> dict[str, Any]:
    """What became of a line; which one is filled in by whoever counts."""
    if isinstance(last, importing.Done):
        done = {"line": 0, "result": "new" if last.created else "known", "claim": last.claim}
        return {**done, **dict.fromkeys(("code", "detail", "pointer"))}
    why = {"code": last.code, "detail": last.message, "pointer": last.pointer}
    return {"line": last.line, "result": "refused", "claim": None, **why, **last.extra}


class WritesReviews:
    @extend_schema(request=ReviewInput, responses={201: DeskReviewSerializer})
    @idempotent
    def create(self, request: Request, claim: int) -> Response:
        """Take a claim to another status, with verdict, rationale and evidence where the step needs them. Takes a Moderator."""
        body = given(request, ReviewInput)
        row = reviewing.review(claim=claim_of(request, claim), by=request.user, **body)
        return Response(DeskReviewSerializer(row).data, 201, headers={"Location": address("reviews-list", claim)})


class WritesSpeakers(MakingViewSet):
    @extend_schema(request=SpeakerInput, responses={201: SpeakerSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Make a speaker. Namesakes are allowed; a Wikidata id belongs to one. Takes a Contributor."""
        return self.shown(curating.create_speaker(by=request.user, **given(request, SpeakerInput)), 201)


class WritesTopics(MakingViewSet):
    @extend_schema(request=TopicInput, responses={201: TopicSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Make a topic. Takes a Contributor."""
        return self.shown(curating.create_topic(by=request.user, **given(request, TopicInput)), 201)
