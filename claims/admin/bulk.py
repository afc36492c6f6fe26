"""One step for many claims: choose them in the queue, give one rationale, and read the result of each."""

from collections.abc import Callable

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from claims import reviewing
from claims.admin.forms import TextField, tell
from claims.models import Claim
from claims.transitions import BY_NAME, Transition
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

STEPS = ("accept", "take", "release", "dismiss", "approve")
# Each claim is locked, checked and recorded on its own, which limits how many fit into one request.
MOST = 200

Action = Callable[[admin.ModelAdmin, HttpRequest, QuerySet[Claim]], HttpResponse]


class BulkForm(forms.Form):
    rationale = TextField(required=False, help_text="Public, and the same for every claim.")
    note = TextField(required=False, label="Internal note", help_text="For the desk only.")


def _to_page(name: str) -> Action:
    @admin.action(description=f"{name.capitalize()} the chosen claims")
    def action(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse:
        chosen = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[: MOST + 1])
        address = request.GET.urlencode()
        request.session["bulk"] = {"claims": chosen, "address": address}
        return HttpResponseRedirect(reverse("admin:claims_claim_bulk", args=[name]))

    action.__name__ = name
    return action


accept, take, release, dismiss, approve = (_to_page(name) for name in STEPS)


def page(model_admin: admin.ModelAdmin, request: HttpRequest, name: str) -> HttpResponse:
    """Show the chosen claims and ask for a rationale; on POST, take the step with each and show the results."""
    if name not in STEPS or role_of(request.user) < Role.MODERATOR:
        raise Http404
    step = BY_NAME[name]
    kept = request.session.get("bulk", {})
    chosen = request.POST.get("claims", kept.get("claims", ""))
    ids = [int(pk) for pk in chosen.split(",") if pk.isdecimal()]
    found = Claim.objects.visible_to(request.user).filter(pk__in=ids[:MOST]).for_list().select_related("assignee")
    claims = sorted(found, key=lambda claim: ids.index(claim.pk))
    form = BulkForm(request.POST or None)
    results: list[tuple[Claim, Refused | None]] = []
    if request.method == "POST" and form.is_valid():
        results = [(claim, _take(step, claim, request, form.cleaned_data)) for claim in claims]
        refusals = [refusal for _, refusal in results if refusal and refusal.field in form.fields]
        if results and len(refusals) == len(results):
            # Every row has the same refusal, which the form can put right.
            tell(form, refusals[0])
            results = []
    back = request.POST.get("address", kept.get("address", ""))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{name.capitalize()} {len(claims)} claim{'' if len(claims) == 1 else 's'}",
        "opts": model_admin.opts,
        "step": step,
        "claims": claims,
        "chosen": ",".join(str(claim.pk) for claim in claims),
        "too_many": len(ids) > MOST,
        "most": MOST,
        "form": form,
        "results": results,
        "succeeded": sum(1 for _, refusal in results if not refusal),
        "address": back,
        "back": f"{reverse('admin:claims_claim_changelist')}?{back}",
    }
    return TemplateResponse(request, "admin/claims/claim/bulk.html", context)


def _take(step: Transition, claim: Claim, request: HttpRequest, given: dict[str, str]) -> Refused | None:
    """Return why the step was refused, or None. `version-…` is the version that the person saw."""
    seen = request.POST.get(f"version-{claim.pk}", "")
    try:
        reviewing.review(
            claim=claim,
            to=step.target,
            by=signed_in(request.user),
            expected=int(seen) if seen.isdecimal() else None,
            rationale=given["rationale"] if "rationale" in step.needs else "",
            note=given["note"],
        )
    except Refused as refusal:
        return refusal
    return None
