"""Pairs of speakers with similar names, to be merged or marked as two people."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from claims import curating
from claims.models import Speaker
from claims.models.queue import possible_duplicates
from claimtrack.languages import translated
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

SHOWN = 100


def page(model_admin: "ModelAdmin[Speaker]", request: HttpRequest) -> HttpResponse:
    """List the pairs. POST `one` and `other` marks two speakers as distinct."""
    user = signed_in(request.user)
    if role_of(user) < Role.MODERATOR:
        raise PermissionDenied
    if request.method == "POST":
        one, other = (
            get_object_or_404(Speaker, pk=pk if pk.isdecimal() else None)
            for pk in (request.POST.get("one", ""), request.POST.get("other", ""))
        )
        try:
            curating.judge_distinct(a=one, b=other, by=user)
            messages.success(
                request,
                _("%(one)s (%(one_id)s) and %(other)s (%(other_id)s) are two speakers, and no longer listed.")
                % {"one": one, "one_id": one.pk, "other": other, "other_id": other.pk},
            )
        except Refused as refusal:
            messages.error(request, translated(refusal))
        return HttpResponseRedirect(request.get_full_path())
    pairs = possible_duplicates(SHOWN + 1)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Possible duplicates"),
        "opts": model_admin.opts,
        "pairs": pairs[:SHOWN],
        "more": len(pairs) > SHOWN,
        "may_merge": role_of(user) >= Role.EDITOR,
    }
    return TemplateResponse(request, "admin/claims/speaker/duplicates.html", context)
