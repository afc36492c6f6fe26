"""The actions of the review page besides decisions: wording, quotes, people and similar claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims import curating
from claims.admin.forms import AmendForm, AppearanceForm, AskForm, show_refusal, show_warnings
from claims.admin.people import assignees
from claims.models import Appearance, Claim, Suggestion
from claimtrack.refusals import Refused

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage


def edit(page: ReviewPage, __: str) -> HttpResponse | None:
    page.edit = AmendForm(page.request.POST, prefix="edit")
    if not page.edit.is_valid():
        return None
    try:
        edited = curating.edit_claim(
            claim=page.claim,
            by=page.user,
            expected=page.edit.cleaned_data["expected"],
            **{name: value for name, value in page.edit.columns().items() if f"edit-{name}" in _sent(page, "edit")},
        )
    except Refused as refusal:
        show_refusal(page.edit, refusal)
        page.status = refusal.status
        return None
    messages.success(page.request, _("Saved."))
    if "edit-said_at" in page.request.POST:
        show_warnings(page.request, edited.warnings)
    return page.back()


def _sent(page: ReviewPage, prefix: str) -> set[str]:
    # A list of topics without a choice sends nothing, and neither do closed fields, which are not shown.
    return {*page.request.POST, f"{prefix}-topics"}


def add(page: ReviewPage, __: str) -> HttpResponse | None:
    data = page.request.POST.copy()
    if "nearest" in data:
        data.setlist("appearance-quote", data.getlist("nearest"))
    page.appearance = AppearanceForm(data, prefix="appearance")
    if not page.appearance.is_valid():
        return None
    given = page.appearance.cleaned_data
    try:
        curating.add_appearance(
            claim=page.claim, by=page.user, snapshot=given["article"].current_snapshot, quote=given["quote"]
        )
    except Refused as refusal:
        show_refusal(page.appearance, refusal)
        page.problems["nearest"] = refusal.extra.get("nearest", {}).get("quote", "")
        page.status = refusal.status
        return None
    messages.success(page.request, _("Quote added."))
    return page.back()


def remove(page: ReviewPage, pk: str) -> HttpResponse:
    appearance = get_object_or_404(Appearance, pk=pk if pk.isdecimal() else None, claim=page.claim)
    curating.remove_appearance(appearance=appearance, by=page.user)
    messages.success(page.request, _("Quote removed."))
    return page.back()


def accept_suggestion(page: ReviewPage, pk: str) -> HttpResponse:
    curating.accept_suggestion(suggestion=_suggestion(page, pk), by=page.user)
    messages.success(page.request, _("Quote added."))
    return page.back()


def decline_suggestion(page: ReviewPage, pk: str) -> HttpResponse:
    curating.decline_suggestion(suggestion=_suggestion(page, pk), by=page.user)
    messages.success(page.request, _("Declined. This passage is not suggested for the claim again."))
    return page.back()


def _suggestion(page: ReviewPage, pk: str) -> Suggestion:
    suggestions = Suggestion.objects.visible_to(page.user)
    return get_object_or_404(suggestions, pk=pk if pk.isdecimal() else None, claim=page.claim)


def assign(page: ReviewPage, chosen: str) -> HttpResponse:
    """Hand the claim on to the person whose id is `chosen` by the button, or else in the list."""
    chosen = chosen or page.request.POST.get("to", "")
    to = next((person for person in assignees() if str(person.pk) == chosen), None)
    curating.assign(claim=page.claim, by=page.user, to=to)
    if to is None:
        told = _("Nobody has this claim now.")
    elif to == page.user:
        told = _("You are working on this claim now.")
    else:
        told = _("Handed on to %(person)s.") % {"person": to}
    messages.success(page.request, told)
    return page.back()


def take_over(page: ReviewPage, __: str) -> HttpResponse:
    seen = page.request.POST.get("version", "")
    taken = curating.take_over(
        claim=page.claim, by=page.user, expected=int(seen) if seen.isdecimal() else page.claim.version
    )
    told = _("Taken over from %(person)s. It is yours now.") % {"person": taken.taken_from}
    messages.success(page.request, told)
    return page.back()


def ask(page: ReviewPage, __: str) -> HttpResponse | None:
    page.asking = AskForm(page.request.POST, prefix="ask")
    if not page.asking.is_valid():
        return None
    asked = curating.ask(claim=page.claim, by=page.user, **page.asking.cleaned_data)
    told = _("%(person)s is asked.") % {"person": asked.person} if asked else _("Nobody is asked any more.")
    messages.success(page.request, told)
    return page.back()


def distinct(page: ReviewPage, pk: str) -> HttpResponse:
    other = get_object_or_404(Claim.objects.visible_to(page.user), pk=pk if pk.isdecimal() else None)
    curating.judge_distinct(a=page.claim, b=other, by=page.user)
    messages.success(page.request, _("Remembered: not the same claim."))
    return page.back()
