from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import reviewing
from claims.api.serializers.reviews import DeskReviewSerializer, ReviewInput, ReviewSerializer, WrittenReviewSerializer
from claims.api.views.claims import visible_claim
from claims.models import Claim, Review
from claims.models.review import ReviewQuerySet
from claimtrack.addresses import address
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import Role, role_of, signed_in


@extend_schema(responses=DeskReviewSerializer(many=True))
class ReviewViewSet(LedgerViewSet):
    """The history of a claim, oldest first: publications, corrections, reopenings, withdrawals; of those merged into it too."""

    queryset = Review.objects.for_history()

    def get_queryset(self) -> ReviewQuerySet:
        claim = get_object_or_404(Claim.objects.visible_to(self.request.user), pk=self.kwargs["claim"])
        return super().get_queryset().of_claim_and_merged(claim)

    def get_serializer_class(self) -> type[ReviewSerializer]:
        return DeskReviewSerializer if role_of(self.request.user) >= Role.MODERATOR else ReviewSerializer

    @extend_schema(request=ReviewInput, responses={201: WrittenReviewSerializer})
    @idempotent
    def create(self, request: Request, claim: int) -> Response:
        """Take a claim to another status, with verdict, rationale and evidence where the step needs them. Takes a Moderator.

        403 has one of these codes. `not_allowed`: the step takes a higher role. `not_assignee`: submit, publish and dismiss of an
        assigned claim are its assignee's, also where an Editor asks; release is the assignee's or an Editor's. `not_submitter`:
        return is the submitter's or an Editor's. `own_submission`: nobody approves what they submitted.
        """
        body = read_body(request, ReviewInput)
        row = reviewing.review(claim=visible_claim(request, claim), by=signed_in(request.user), **body)
        return Response(WrittenReviewSerializer(row).data, 201, headers={"Location": address("reviews-list", claim)})
