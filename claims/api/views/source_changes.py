from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating
from claims.api.serializers.source_changes import (
    SourceChangeSerializer,
    SourceDecisionInput,
    SourceDecisionSerializer,
)
from claims.api.views.claims import visible_claim
from claims.models import Claim, SourceChange, SourceDecision
from claims.models.source_change import SourceChangeQuerySet, SourceDecisionQuerySet
from claimtrack.addresses import address
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import signed_in


class SourceChangeViewSet(LedgerViewSet):
    """Changes of passages that public claims quote, which wait for a decision, oldest first. Only Moderators see them."""

    queryset = SourceChange.objects.all()
    serializer_class = SourceChangeSerializer

    def get_queryset(self) -> SourceChangeQuerySet:
        return super().get_queryset().waiting().for_list()


class SourceDecisionViewSet(LedgerViewSet):
    """The desk's decisions about changes of passages that a claim, or one merged into it, quotes, oldest first."""

    queryset = SourceDecision.objects.all()
    serializer_class = SourceDecisionSerializer

    def get_queryset(self) -> SourceDecisionQuerySet:
        claim = get_object_or_404(Claim.objects.visible_to(self.request.user), pk=self.kwargs["claim"])
        return super().get_queryset().of_claim_and_merged(claim).for_list()

    @extend_schema(request=SourceDecisionInput, responses={201: SourceDecisionSerializer})
    @idempotent
    def create(self, request: Request, claim: int) -> Response:
        """Decide about a change. Takes a Moderator, or an Editor if the claim has a verdict in force."""
        row = visible_claim(request, claim)
        body = read_body(request, SourceDecisionInput)
        made = curating.decide_source(
            change=body["change"],
            later=body["later_snapshot"],
            of=row.pk,
            by=signed_in(request.user),
            decision=body["decision"],
        )
        shown = SourceDecisionSerializer(made).data
        return Response(shown, 201, headers={"Location": address("source-decisions-list", claim)})
