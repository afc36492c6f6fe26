"""The list of everybody who was asked for a reply or a correction, to which the figures of a period lead."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.models import Inquiry, Outcome
from claims.models.inquiry import WAITING
from claimtrack.admin import Choice, Days, Options, ReadOnlyAdmin
from claimtrack.admin.lists import Filter
from claimtrack.api.filters import DateField, IdentifierField, TextField

NOT_YET = "waiting"
ANSWERS: Options = [*Outcome.Answer.choices, (NOT_YET, WAITING)]


class AskedForFilter(Choice):
    names = ("asked_for",)
    title = gettext_lazy("asked for")

    def options(self) -> Options:
        return Inquiry.AskedFor.choices


class AnswerFilter(Choice):
    names = ("answer",)
    title = gettext_lazy("what came of it")

    def options(self) -> Options:
        return ANSWERS

    def by(self, rows: Any, value: str) -> QuerySet:
        return rows.filter(answer=None if value == NOT_YET else value)


class AskedDays(Days):
    names = ("after", "before")
    title = gettext_lazy("asked on")

    def narrow(self, rows: QuerySet) -> QuerySet:
        for name, lookup in zip(self.names, ("gte", "lte"), strict=True):
            try:
                rows = (
                    rows.filter(**{f"asked_on__{lookup}": DateField().read(self.given[name])})
                    if self.given[name]
                    else rows
                )
            except ValueError:
                self.refuse(self.given[name])
        return rows


class WhomFilter(Filter):
    """Whom an address from the figures names: a speaker, a source, or the name of somebody else."""

    names = ("speaker", "source", "name")
    title = gettext_lazy("whom")
    template = "desk/filters/kept.html"

    def narrow(self, rows: Any) -> QuerySet:
        fields = {"speaker": IdentifierField(), "source": IdentifierField(), "name": TextField()}
        for name, field in fields.items():
            if not self.given[name]:
                continue
            try:
                value = field.read(self.given[name])
            except ValueError:
                self.refuse(self.given[name])
                continue
            rows = rows.of_speaker(value) if name == "speaker" else rows.filter(**{name: value})
        return rows


@admin.register(Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    heading = gettext_lazy("Asked, and what came of it")
    lead = gettext_lazy("Whom the desk asked for a reply or a correction, of every claim. A row leads to its claim.")
    nothing = gettext_lazy("Nobody has been asked yet. Each claim’s page has a place for it.")
    list_display = ["whom", "asked_claim", "asked_for", "channel", "asked_on", "came_of_it"]
    list_display_links = None
    list_filter = [AskedForFilter, AnswerFilter, AskedDays, WhomFilter]
    list_select_related = ["claim", "speaker", "source"]
    search_fields = ["name", "speaker__name", "source__name", "=claim__id"]
    search_help_text = gettext_lazy("Part of a name; a claim’s number")
    ordering = ["-asked_on", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inquiry]:
        return Inquiry.objects.visible_to(request.user).with_answer().defer("claim__search")

    @admin.display(description=gettext_lazy("whom"))
    def whom(self, inquiry: Inquiry) -> str:
        return inquiry.asked

    @admin.display(description=gettext_lazy("claim"))
    def asked_claim(self, inquiry: Inquiry) -> str:
        address = reverse("admin:claims_claim_change", args=[inquiry.claim_id])
        return format_html(
            '<a href="{}#inquiries" class="claim-cell" lang="{}">{}</a>',
            address,
            inquiry.claim.language,
            inquiry.claim.text,
        )

    @admin.display(description=pgettext_lazy("of an inquiry", "what came of it"))
    def came_of_it(self, inquiry: Any) -> str:
        return str(dict(ANSWERS)[inquiry.answer or NOT_YET])
