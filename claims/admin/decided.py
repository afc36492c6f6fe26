"""The page after a decision: what was decided, where readers find it, the next claim, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from claims import reviewing
from claims.admin.queue import neighbours
from claims.admin.steps import KINDS
from claims.models import Claim, Review
from claims.transitions import PUBLIC
from claimtrack.addresses import claim_page

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage


def show(page: ReviewPage, pk: int) -> HttpResponse:
    claim, request = page.claim, page.request
    rows = Review.objects.visible_to(page.user).filter(claim=claim).for_history()
    row = get_object_or_404(rows, pk=pk)
    following = neighbours(claim, page.address, page.user)[1]
    context = {
        **page.site.each_context(request),
        "title": KINDS[row.kind],
        "opts": Claim._meta,
        "page": page,
        "claim": claim,
        "row": row,
        "public": claim_page(claim.pk) if claim.status in PUBLIC and not claim.merged_into_id else "",
        "next": page.url(following) if following else "",
        "may_undo": reviewing.may_undo(claim, row, page.user),
    }
    return TemplateResponse(request, "desk/review/decided.html", context)
