from typing import Any

from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from claimtrack.addresses import address
from claimtrack.api.viewsets import LedgerViewSet

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
        rows, user = view.queryset, self.request.user
        loser = rows.merged_away_for(user).filter(pk=pk).first()
        if loser is None or not rows.visible_to(user).filter(pk=loser.winner.pk).exists():
            return None
        winner = address(f"{self.basename}-detail", loser.winner.pk)
        return Response(status=308, headers={"Location": winner, "Cache-Control": "no-cache"})
