from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Claim, Speaker
from claimtrack.addresses import address
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.models import User

MERGED = OpenApiResponse(description="Merged into another, whose address `Location` says.")


class MergeableViewSet(LedgerViewSet):
    """Rows that can be merged. The address of a loser redirects to the winner, but not permanently: a merge can be undone."""

    def retrieve(self, request: Request, *args: object, **kwargs: Any) -> HttpResponseBase:
        # A reader's own claim would still be found; for the public, only one that is not found may have been merged.
        if request.user.is_authenticated and (redirect := self._redirect(kwargs["pk"])):
            return redirect
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            if redirect := self._redirect(kwargs["pk"]):
                return redirect
            raise

    def _redirect(self, pk: int) -> Response | None:
        view: Any = self
        winner = winner_for(view.queryset, pk, self.request.user)
        if winner is None:
            return None
        headers = {"Location": address(f"{self.basename}-detail", winner.pk), "Cache-Control": "no-cache"}
        return Response(status=308, headers=headers)


def winner_for(rows: Any, pk: int, user: User | AnonymousUser) -> Claim | Speaker | None:
    """Return the row that this one of the `rows` was merged into, if the user may see it."""
    loser = rows.merged_away_for(user).filter(pk=pk).first()
    if loser is None or not rows.visible_to(user).filter(pk=loser.winner.pk).exists():
        return None
    return loser.winner
