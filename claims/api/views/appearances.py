from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating, examples
from claims.api.serializers.appearances import AppearanceInput, placed
from claims.api.serializers.claims import ClaimSerializer, WrittenClaimSerializer
from claims.api.views.claims import visible_claim
from claims.formats.json import ClaimJson
from claims.models import Appearance, Claim
from claimtrack.addresses import address
from claimtrack.api.conditional import IF_MATCH, as_seen
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import signed_in

EXAMPLES = [
    OpenApiExample("An appearance", examples.SECOND_PLACE_INPUT, request_only=True),
    OpenApiExample("Answer", examples.CLAIM_WITH_ANOTHER_PLACE, response_only=True),
]


class AppearanceViewSet(LedgerViewSet):
    """Where a claim is found."""

    # It answers with the claim.
    queryset = Claim.objects.all()
    serializer_class = ClaimSerializer
    renderer_classes = (ClaimJson,)

    @extend_schema(
        request=AppearanceInput, responses={201: WrittenClaimSerializer}, parameters=[IF_MATCH], examples=EXAMPLES
    )
    @idempotent
    def create(self, request: Request, claim: int) -> Response:
        """Add a place where the claim is found, and answer with the claim. Takes somebody who may edit the claim."""
        row = visible_claim(request, claim)
        with as_seen(request) as expected:
            place = placed(read_body(request, AppearanceInput), request.user)
            appearance = curating.add_appearance(claim=row, by=signed_in(request.user), expected=expected, **place)
        response = self.shown(row, warnings=row.warnings)
        response.status_code = 201
        response["Location"] = address("appearances-detail", claim, appearance.pk)
        return response

    @extend_schema(responses={204: None}, parameters=[IF_MATCH])
    def destroy(self, request: Request, claim: int, appearance: int) -> Response:
        """Delete an appearance, but never the last one, or one of a claim with a verdict in force."""
        visible_claim(request, claim)
        row = get_object_or_404(Appearance.objects.visible_to(request.user), claim=claim, pk=appearance)
        with as_seen(request) as expected:
            curating.remove_appearance(appearance=row, by=signed_in(request.user), expected=expected)
        return Response(status=204)
