from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating
from claims.api.serializers.comments import CommentInput, CommentSerializer
from claims.api.views.claims import visible_claim
from claims.models import Claim, Comment
from claims.models.comment import CommentQuerySet
from claimtrack.addresses import address
from claimtrack.api.filters import refuse_unknown
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import Role, require, role_of, signed_in


class CommentViewSet(LedgerViewSet):
    """What Moderators and Editors say to each other about a claim, oldest first. Nobody else may read it."""

    queryset = Comment.objects.select_related("author")
    serializer_class = CommentSerializer

    def get_queryset(self) -> CommentQuerySet:
        claim = get_object_or_404(Claim.objects.visible_to(self.request.user), pk=self.kwargs["claim"])
        if role_of(self.request.user) < Role.MODERATOR:
            raise Http404
        return super().get_queryset().filter(claim=claim)

    @extend_schema(request=CommentInput, responses={201: CommentSerializer})
    @idempotent
    def create(self, request: Request, claim: int) -> Response:
        """Comment on a claim. Those whom it mentions or whom the claim concerns get a notice. Takes a Moderator."""
        row = visible_claim(request, claim)
        made = curating.comment(claim=row, by=signed_in(request.user), **read_body(request, CommentInput))
        return Response(CommentSerializer(made).data, 201, headers={"Location": address("comments-list", claim)})

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, claim: int, comment: int) -> Response:
        """Withdraw your own comment: its text is removed, and a record of it stays. Takes a Moderator."""
        visible_claim(request, claim)
        require(request.user, Role.MODERATOR, "You may not comment on claims: this takes a Moderator.")
        refuse_unknown(request.query_params, ())
        row = get_object_or_404(Comment.objects.visible_to(request.user), claim=claim, pk=comment)
        curating.withdraw_comment(comment=row, by=signed_in(request.user))
        return Response(status=204)
