"""Inquiries and outcomes on the review page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims import curating
from claims.admin.forms import TextField, show_refusal
from claims.curating import shelf_life
from claims.models import Claim, Inquiry, Outcome
from claimtrack.refusals import Refused
from sources.models import Source

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage

SPEAKER, OTHER = "speaker", "other"
PUBLIC = gettext_lazy("Readers see it at once")
TWO_ROWS = {"rows": 2}


class ToldForm(forms.Form):
    """The fields of both forms. The field `day` begins as today."""

    text = TextField(
        required=False,
        label=gettext_lazy("For readers"),
        widget=forms.Textarea(TWO_ROWS),
        help_text=gettext_lazy("Without e-mail addresses and phone numbers."),
    )
    note = TextField(
        required=False,
        label=gettext_lazy("Internal note"),
        widget=forms.Textarea(TWO_ROWS),
        help_text=gettext_lazy("For the desk only: whom exactly, and how they are reached."),
    )
    public = forms.BooleanField(required=False, label=PUBLIC)

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["public"]


def _day(label: Any) -> forms.CharField:
    return forms.CharField(
        required=False, label=label, initial=shelf_life.today, widget=forms.DateInput({"type": "date"})
    )


class InquiryForm(ToldForm):
    whom = forms.ChoiceField(label=gettext_lazy("Whom"))
    name = forms.CharField(required=False, label=gettext_lazy("Name"), help_text=gettext_lazy("Of somebody else."))
    asked_for = forms.ChoiceField(label=gettext_lazy("Asked for"), choices=Inquiry.AskedFor.choices)
    channel = forms.ChoiceField(label=pgettext_lazy("by which means", "How"), choices=Inquiry.Channel.choices)
    asked_on = _day(gettext_lazy("Asked on"))
    field_order = ["whom", "name", "asked_for", "channel", "asked_on", "text", "note", "public"]

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = Source.objects.filter(articles__snapshots__appearances__claim=claim).distinct().order_by("name", "pk")
        choices = [(SPEAKER, str(claim.speaker))] if claim.speaker else []
        choices += [(str(source.pk), source.name) for source in sources]
        whom: Any = self.fields["whom"]
        whom.choices = [*choices, (OTHER, _("Somebody else"))]

    def given(self) -> dict[str, Any]:
        """Return the arguments of the verb."""
        given = dict(self.cleaned_data)
        whom = given.pop("whom")
        name = given.pop("name")
        if whom == OTHER:
            return {**given, "name": name}
        return given if whom == SPEAKER else {**given, "source": int(whom)}


class OutcomeForm(ToldForm):
    answer = forms.ChoiceField(label=gettext_lazy("What came of it"), choices=Outcome.Answer.choices)
    came_on = _day(gettext_lazy("On"))
    url = forms.CharField(
        required=False, label=gettext_lazy("Where it can be seen"), widget=forms.URLInput({"placeholder": "https://"})
    )
    field_order = ["answer", "came_on", "text", "url", "note", "public"]


def section(page: ReviewPage) -> dict[str, Any]:
    """Return the context of the section on the review page. A refused form is shown again."""
    claim = page.claim
    may_publish = curating.may_publish_told(claim, page.user)
    rows = (
        Inquiry.objects.visible_to(page.user).of_claim_and_merged(claim).for_list(page.user).order_by("asked_on", "pk")
    )
    shown = [(row, page.outcomes.get(row.pk) or _outcome_form(row, may_publish)) for row in rows]
    form = page.inquiry or InquiryForm(claim=claim, may_publish=may_publish, prefix="inquiry")
    return {"inquiries": shown, "inquiry_form": form, "may_publish_told": may_publish}


def _outcome_form(row: Inquiry, may_publish: bool, data: Any = None) -> OutcomeForm:
    return OutcomeForm(data, may_publish=may_publish and row.is_shown, prefix=f"outcome-{row.pk}")


def inquire(page: ReviewPage, __: str) -> HttpResponse | None:
    may_publish = curating.may_publish_told(page.claim, page.user)
    page.inquiry = form = InquiryForm(page.request.POST, claim=page.claim, may_publish=may_publish, prefix="inquiry")
    return _done(page, form, lambda: curating.inquire(claim=page.claim, by=page.user, **form.given()))


def record(page: ReviewPage, pk: str) -> HttpResponse | None:
    row = _inquiry(page, pk)
    may_publish = curating.may_publish_told(page.claim, page.user)
    page.outcomes[row.pk] = form = _outcome_form(row, may_publish, page.request.POST)
    return _done(page, form, lambda: curating.record_outcome(inquiry=row, by=page.user, **form.cleaned_data))


def publish(page: ReviewPage, what: str) -> HttpResponse:
    curating.publish_told(row=_row(page, what), by=page.user)
    messages.success(page.request, _("Readers see it now."))
    return _to_section(page)


def withdraw(page: ReviewPage, what: str) -> HttpResponse:
    curating.withdraw_told(row=_row(page, what), by=page.user)
    messages.success(page.request, _("Readers do not see it any more. The desk keeps it."))
    return _to_section(page)


def _done(page: ReviewPage, form: forms.Form, verb: Callable[[], object]) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        verb()
    except Refused as refusal:
        show_refusal(form, refusal)
        page.status = refusal.status
        return None
    messages.success(page.request, _("Recorded."))
    return _to_section(page)


def _row(page: ReviewPage, what: str) -> Any:
    """Return the inquiry or outcome of this claim that a button names, such as outcome-7."""
    kind, __, pk = what.partition("-")
    if kind == "inquiry":
        return _inquiry(page, pk)
    outcomes = Outcome.objects.visible_to(page.user).select_related("inquiry__claim")
    return get_object_or_404(outcomes, pk=pk if pk.isdecimal() else None, inquiry__claim=page.claim)


def _inquiry(page: ReviewPage, pk: str) -> Inquiry:
    rows = Inquiry.objects.visible_to(page.user).select_related("claim")
    return get_object_or_404(rows, pk=pk if pk.isdecimal() else None, claim=page.claim)


def _to_section(page: ReviewPage) -> HttpResponse:
    return HttpResponseRedirect(f"{page.url(page.claim.pk)}#inquiries")
