"""One verb for many claims: choose them in the queue, fill in one form, and read the result of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from claims import curating, reviewing
from claims.admin.forms import NOT_PUBLIC, AskForm, TextField, show_refusal
from claims.models import Claim, Review
from claims.transitions import BY_NAME, Status
from claimtrack.models import User
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

if TYPE_CHECKING:
    # Exists only in django-stubs.
    from django.utils.functional import _StrPromise

# Each claim is locked, checked and recorded on its own, which limits how many fit into one request.
MOST = 200

Action = Callable[[admin.ModelAdmin, HttpRequest, QuerySet[Claim]], HttpResponse]
Verb = Callable[[Claim, User, int | None, Mapping[str, Any]], object]


class NoteForm(forms.Form):
    note = TextField(required=False, label=_("Internal note"), help_text=_("For the desk only."))


class ReasonForm(forms.Form):
    rationale = TextField(required=False, label=_("Rationale"), help_text=NOT_PUBLIC)
    note = TextField(required=False, label=_("Internal note"), help_text=_("For the desk only."))


@dataclass(frozen=True)
class Task:
    """The action on each claim. `becomes`: the status after it, if it changes.

    If the action publishes submissions, `publishes` is set, and the page shows them first.
    """

    action: _StrPromise
    title: Promise
    form: type[forms.Form]
    verb: Verb
    becomes: str = ""
    publishes: bool = False


def _step(name: str, action: _StrPromise, title: Promise) -> Task:
    step = BY_NAME[name]

    def take(claim: Claim, by: User, expected: int | None, given: Mapping[str, Any]) -> object:
        return reviewing.review(claim=claim, to=step.target, by=by, expected=expected, **given)

    form = ReasonForm if "rationale" in step.needs else NoteForm
    return Task(action, title, form, take, step.target, step.target == Status.CHECKED)


def _take_over(claim: Claim, by: User, expected: int | None, given: Mapping[str, Any]) -> object:
    return curating.take_over(claim=claim, by=by, expected=expected)


def _ask(claim: Claim, by: User, expected: int | None, given: Mapping[str, Any]) -> object:
    return curating.ask(claim=claim, by=by, **given)


TASKS = {
    "accept": _step(
        "accept",
        _("Accept the chosen claims"),
        ngettext_lazy("Accept %(count)d claim", "Accept %(count)d claims", "count"),
    ),
    "take": _step(
        "take",
        _("Take the chosen claims"),
        ngettext_lazy("Take %(count)d claim", "Take %(count)d claims", "count"),
    ),
    "take_over": Task(
        _("Take over the chosen claims"),
        ngettext_lazy("Take over %(count)d claim", "Take over %(count)d claims", "count"),
        forms.Form,
        _take_over,
    ),
    "ask": Task(
        _("Ask somebody for the chosen claims"),
        ngettext_lazy("Ask somebody for %(count)d claim", "Ask somebody for %(count)d claims", "count"),
        AskForm,
        _ask,
    ),
    "release": _step(
        "release",
        _("Release the chosen claims"),
        ngettext_lazy("Release %(count)d claim", "Release %(count)d claims", "count"),
    ),
    "dismiss": _step(
        "dismiss",
        _("Dismiss the chosen claims"),
        ngettext_lazy("Dismiss %(count)d claim", "Dismiss %(count)d claims", "count"),
    ),
    "approve": _step(
        "approve",
        _("Approve the chosen claims"),
        ngettext_lazy("Approve %(count)d claim", "Approve %(count)d claims", "count"),
    ),
}


def _to_page(name: str) -> Action:
    @admin.action(description=TASKS[name].action)
    def action(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse:
        chosen = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[: MOST + 1])
        address = request.GET.urlencode()
        request.session["bulk"] = {"claims": chosen, "address": address}
        return HttpResponseRedirect(reverse("admin:claims_claim_bulk", args=[name]))

    action.__name__ = name
    return action


accept, take, take_over, ask, release, dismiss, approve = (_to_page(name) for name in TASKS)


def page(model_admin: admin.ModelAdmin, request: HttpRequest, name: str) -> HttpResponse:
    """Show the chosen claims and the form; on POST, call the verb for each and show the results."""
    if name not in TASKS or role_of(request.user) < Role.MODERATOR:
        raise Http404
    task = TASKS[name]
    kept = request.session.get("bulk", {})
    chosen = request.POST.get("claims", kept.get("claims", ""))
    ids = [int(pk) for pk in chosen.split(",") if pk.isdecimal()]
    found = Claim.objects.visible_to(request.user).filter(pk__in=ids[:MOST]).for_list().select_related("assignee")
    claims = sorted(found, key=lambda claim: ids.index(claim.pk))
    form = task.form(request.POST or None)
    results: list[tuple[Claim, Refused | None]] = []
    if request.method == "POST" and form.is_valid():
        results = [(claim, _call(task.verb, claim, request, form.cleaned_data)) for claim in claims]
        refusals = [refusal for __, refusal in results if refusal and refusal.field in form.fields]
        if results and len(refusals) == len(results):
            # Every row has the same refusal, so the user can correct the form.
            show_refusal(form, refusals[0])
            results = []
    submitted = _submitted(claims) if task.publishes and not results else {}
    back = request.POST.get("address", kept.get("address", ""))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": task.title % {"count": len(claims)},
        "opts": model_admin.opts,
        "becomes": task.becomes,
        "claims": [(claim, submitted.get(claim.pk)) for claim in claims],
        "submissions": submitted,
        "chosen": ",".join(str(claim.pk) for claim in claims),
        "too_many": len(ids) > MOST,
        "most": MOST,
        "form": form,
        "results": results,
        "succeeded": sum(1 for __, refusal in results if not refusal),
        "address": back,
        "back": f"{reverse('admin:claims_claim_changelist')}?{back}",
    }
    return TemplateResponse(request, "admin/claims/claim/bulk.html", context)


def _submitted(claims: list[Claim]) -> dict[int, Review]:
    """Return the submission of each claim, which an approval would publish."""
    waiting = [claim.pk for claim in claims if claim.status == Status.AWAITING_APPROVAL]
    rows = Review.objects.filter(claim__in=waiting, to_status=Status.AWAITING_APPROVAL)
    # The last submission of each claim counts.
    return {row.claim_id: row for row in rows.for_history()}


def _call(verb: Verb, claim: Claim, request: HttpRequest, given: Mapping[str, Any]) -> Refused | None:
    """Return why the verb refused, or None. `version-…` is the version that the person saw."""
    seen = request.POST.get(f"version-{claim.pk}", "")
    try:
        verb(claim, signed_in(request.user), int(seen) if seen.isdecimal() else None, given)
    except Refused as refusal:
        return refusal
    return None
