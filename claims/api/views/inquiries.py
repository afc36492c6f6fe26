from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating
from claims.api.serializers.inquiries import (
    DeskInquirySerializer,
    DeskOutcomeSerializer,
    InquiryInput,
    InquirySerializer,
    OutcomeInput,
)
from claims.api.views.claims import visible_claim
from claims.models import Claim, Inquiry
from claims.models.inquiry import InquiryQuerySet
from claimtrack.addresses import address
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import Role, require, role_of, signed_in


@extend_schema(responses=DeskInquirySerializer(many=True))
class InquiryViewSet(LedgerViewSet):
    """Whom the desk asked for a reply or a correction of a claim, and the outcomes, also of claims that were merged into it."""

    queryset = Inquiry.objects.all()

    def get_queryset(self) -> InquiryQuerySet:
        claim = get_object_or_404(Claim.objects.visible_to(self.request.user), pk=self.kwargs["claim"])
        return super().get_queryset().of_claim_and_merged(claim).for_list(self.request.user)

    def get_serializer_class(self) -> type[InquirySerializer]:
        return DeskInquirySerializer if role_of(self.request.user) >= Role.MODERATOR else InquirySerializer

    @extend_schema(request=InquiryInput, responses={201: DeskInquirySerializer})
    @idempotent
    def create(self, request: Request, claim: int) -> Response:
        """Record whom the desk asked. Takes a Moderator, or an Editor to publish it on a claim with a verdict."""
        row, body = visible_claim(request, claim), read_body(request, InquiryInput)
        made = curating.inquire(claim=row, by=signed_in(request.user), **body)
        return self._told(DeskInquirySerializer(made).data, claim)

    @extend_schema(request=OutcomeInput, responses={201: DeskOutcomeSerializer})
    @idempotent
    def record(self, request: Request, claim: int, inquiry: int) -> Response:
        """Record an outcome of an inquiry. Takes a Moderator, or an Editor to publish it on a claim with a verdict."""
        visible_claim(request, claim)
        require(request.user, Role.MODERATOR, "You may not record what came of it: this takes a Moderator.")
        row = get_object_or_404(Inquiry.objects.select_related("claim"), claim=claim, pk=inquiry)
        made = curating.record_outcome(inquiry=row, by=signed_in(request.user), **read_body(request, OutcomeInput))
        return self._told(DeskOutcomeSerializer(made).data, claim)

    def _told(self, data: dict[str, object], claim: int) -> Response:
        return Response(data, 201, headers={"Location": address("inquiries-list", claim)})
