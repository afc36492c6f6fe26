"""Comments on the review page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import curating
from claims.models import Comment
from claimtrack.languages import translated
from claimtrack.refusals import Invalid

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage


def comment(page: ReviewPage, _argument: str) -> HttpResponse | None:
    try:
        row = curating.comment(claim=page.claim, by=page.user, text=page.request.POST.get("comment", ""))
    except Invalid as refusal:
        page.problems["comment"], page.status = translated(refusal), refusal.status
        return None
    messages.success(page.request, _("Commented."), extra_tags=f"said-{page.claim.pk}")
    unknown = curating.mentioned(row.text)[1]
    if unknown:
        names = ", ".join(f"@{name}" for name in unknown)
        sentence = ngettext(
            "Nobody who reads comments is called %(names)s, so nobody was told.",
            "Nobody who reads comments is called one of these: %(names)s.",
            len(unknown),
        )
        messages.warning(page.request, sentence % {"names": names})
    return _to_comments(page)


def withdraw(page: ReviewPage, pk: str) -> HttpResponse | None:
    comments = Comment.objects.visible_to(page.user).filter(claim=page.claim)
    curating.withdraw_comment(comment=get_object_or_404(comments, pk=int(pk) if pk.isdecimal() else 0), by=page.user)
    messages.success(page.request, _("Your comment is withdrawn."))
    return _to_comments(page)


def _to_comments(page: ReviewPage) -> HttpResponse:
    return HttpResponseRedirect(f"{page.url(page.claim.pk)}#comments")
