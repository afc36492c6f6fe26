from django.db.models import Field, FloatField
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating, examples
from claims.api.filters import ClaimFilterSet
from claims.api.serializers.appearances import placed
from claims.api.serializers.claims import ClaimChangesInput, ClaimInput, ClaimSerializer, WrittenClaimSerializer
from claims.api.views.merged import MERGED, MergeableViewSet
from claims.formats.representations import CLAIM_FORMATS
from claims.matching import same_warnings
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claimtrack.api.conditional import IF_MATCH, as_seen
from claimtrack.api.filters import Given
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.refusals import Invalid
from claimtrack.roles import signed_in

CHANGES = [
    OpenApiExample("Another wording and date", examples.CLAIM_CHANGES, request_only=True),
    OpenApiExample("Answer", examples.CHANGED_CLAIM, response_only=True),
]
# What ClaimQuerySet.ranked() annotates.
RANK: Field = FloatField()
RANK.set_attributes_from_name("rank")


@extend_schema_view(retrieve=extend_schema(responses={200: ClaimSerializer, 308: MERGED}))
class ClaimViewSet(MergeableViewSet):
    """Claims, each with its speaker, verdict and provenance."""

    queryset = Claim.objects.all()
    serializer_class = ClaimSerializer
    renderer_classes = CLAIM_FORMATS
    filterset_class = ClaimFilterSet
    orderings = (
        "-created_at", "created_at", "-updated_at", "updated_at", "-reviewed_at", "reviewed_at", "-said_at", "said_at",
        "relevance",
    )  # fmt: skip
    sort_keys = {"relevance": RANK}

    def choose(self, values: Given, ordering: str) -> ClaimQuerySet:
        return ranked(super().choose(values, ordering), values, ordering)

    @extend_schema(request=ClaimInput, responses={201: WrittenClaimSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Propose a claim. Takes a Contributor."""
        body = read_body(request, ClaimInput)
        places = [placed(place, request.user, f"appearances.{n}.") for n, place in enumerate(body.pop("appearances"))]
        proposed = curating.propose(by=signed_in(request.user), appearances=places, origin=Claim.Origin.API, **body)
        [alike] = same_warnings([proposed.claim.text], user=request.user, but=[proposed.claim.pk])
        return self.shown(proposed.claim, 201, warnings=[*proposed.warnings, *alike])

    @extend_schema(request=ClaimChangesInput, responses=WrittenClaimSerializer, parameters=[IF_MATCH], examples=CHANGES)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change wording or metadata. A Contributor: own claims while proposed. A Moderator: any without a verdict in force.

        An Editor: also topics, language and review_by of one that has a verdict; the rest then changes by a correction.
        """
        claim = visible_claim(request, pk)
        with as_seen(request) as expected:
            changes = read_body(request, ClaimChangesInput)
            claim = curating.edit_claim(claim=claim, by=signed_in(request.user), expected=expected, **changes)
        return self.shown(claim, warnings=claim.warnings)


def ranked(claims: ClaimQuerySet, values: Given, ordering: str) -> ClaimQuerySet:
    """Return the claims, with their rank where that is the ordering. Raises Invalid if there is nothing to rank them by."""
    if ordering != "relevance":
        return claims
    if "q" not in values:
        raise Invalid("ordering=relevance takes a q to be relevant to.", code="parameter", field="ordering")
    return claims.ranked(values["q"])


def visible_claim(request: Request, pk: int) -> Claim:
    """Return the claim of this id, if there is one that the user may see. Raises Http404."""
    return get_object_or_404(Claim.objects.visible_to(request.user), pk=pk)
