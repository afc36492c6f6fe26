"""/claims/17/: a claim, what the desk found, and on what evidence."""

from django.urls import reverse
from rest_framework.request import Request

from claims.formats.claimreview.publishing import claim_review
from claims.formats.claimreview.writing import CONTEXT, write
from claims.models import Claim
from claims.pages.fact_check import fact_check
from claims.pages.page import Page, not_public
from claims.proof.receipts import has_receipt
from claimtrack.addresses import claim_page
from claimtrack.api.conditional import Answer, conditional
from claimtrack.db import revision


class ClaimPage(Page):
    # The page says when a verdict is past its date.
    dated = True

    @conditional
    def show(self, request: Request, pk: int) -> Answer:
        number = revision.current()
        claim = Claim.objects.public().for_list().filter(pk=pk).first()
        if claim is None:
            not_public(Claim.objects.all(), pk, "pages:claim")
        check = fact_check(claim)
        context = {
            "check": check,
            "address": claim_page(pk),
            "json": reverse("claims-detail", args=[pk]),
            "receipt": reverse("claims-receipt", args=[pk]) if has_receipt(claim) else None,
            "review": {"@context": CONTEXT, **write(claim_review(claim))} if check.verdict else None,
        }
        return self.page("pages/claim.html", context), number
