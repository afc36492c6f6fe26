from collections.abc import Iterable
from typing import Any, cast

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating, reviewing
from claims.api.serializers.reviews import DeskReviewSerializer, ReviewInput, ReviewSerializer, WrittenReviewSerializer
from claims.models import Claim, Review
from claims.models.review import ReviewQuerySet
from claimtrack.addresses import address
from claimtrack.api.fetching import fetch_slot
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.models import User
from claimtrack.roles import Role, role_of, signed_in
from claimtrack.warnings import InputWarning
from sources.serializers import WarningSerializer


@extend_schema(responses=DeskReviewSerializer(many=True))
class ReviewViewSet(LedgerViewSet):
    """The history of a claim and of those merged into it, oldest first: publications, corrections, reopenings, withdrawals."""

    queryset = Review.objects.all()

    def get_queryset(self) -> ReviewQuerySet:
        return super().get_queryset().of_claim_and_merged(self._claim()).for_reader(self.request.user)

    def _claim(self) -> Claim:
        return get_object_or_404(Claim.objects.visible_to(self.request.user), pk=self.kwargs["claim"])

    def get_serializer_class(self) -> type[ReviewSerializer]:
        return DeskReviewSerializer if role_of(self.request.user) >= Role.MODERATOR else ReviewSerializer

    @extend_schema(request=ReviewInput, responses={201: WrittenReviewSerializer})
    def create(self, request: Request, claim: int) -> Response:
        """Take a claim to another status, with verdict, rationale and evidence where the step needs them. Takes a Moderator.

        403 has one of these codes. `not_allowed`: the step takes a higher role. `not_assignee`: only the assignee may submit, publish
        or dismiss an assigned claim, not even an Editor; only the assignee or an Editor may release it. `not_submitter`: only the
        submitter or an Editor may return it. `own_submission`: nobody approves their own submission.
        """
        row, by = self._claim(), signed_in(request.user)
        body = read_body(request, ReviewInput)
        # A transaction around it would stay open while pages are fetched. Repeating an ingest changes nothing.
        body["evidence"], warnings = _with_pages(body.get("evidence", []), by)
        return self._take_step(request, row, by, body, warnings)

    @idempotent
    def _take_step(
        self, request: Request, claim: Claim, by: User, body: dict[str, Any], warnings: list[InputWarning]
    ) -> Response:
        row = Review.objects.for_reader(by).get(pk=reviewing.review(claim=claim, by=by, **body).pk)
        told = WarningSerializer([*warnings, *row.warnings], many=True).data
        answer = {**DeskReviewSerializer(row).data, "warnings": told}
        return Response(answer, 201, headers={"Location": address("reviews-list", claim.pk)})


def _with_pages(
    evidence: Iterable[dict[str, Any]], by: User
) -> tuple[list[curating.EvidenceFields], list[InputWarning]]:
    """Ingest the pages of the pieces that ask for it."""
    found, warnings = [], []
    for index, given in enumerate(evidence):
        piece = cast(curating.EvidenceFields, {name: value for name, value in given.items() if name != "ingest"})
        if given.get("ingest"):
            with fetch_slot():
                piece, told = curating.read_page(index=index, given=piece, by=by)
            warnings += told
        found.append(piece)
    return found, warnings
