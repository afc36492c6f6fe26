"""Read-only pages of the tables that only verbs write to."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from claims.admin.figures.words import KINDS
from claims.admin.steps import as_shown
from claims.admin.texts import changed_fields
from claims.models import Alias, Appearance, Distinct, Draft, Evidence, Request, Review, Suggestion, Takeover
from claimtrack.admin import Choice, Days, Options, ReadOnlyAdmin
from claimtrack.models import User

MOST_PEOPLE = 1000


class KindFilter(Choice):
    names = ("kind",)
    title = gettext_lazy("kind")

    def options(self) -> Options:
        return list(KINDS.items())

    def by(self, rows: Any, value: str) -> QuerySet:
        return rows.of_kind(value)


class PersonFilter(Choice):
    names = ("person",)
    title = gettext_lazy("person")

    def options(self) -> Options:
        """Return everybody with an account. People who left have taken steps, too."""
        return self._people

    @cached_property
    def _people(self) -> Options:
        return [
            (str(person.pk), str(person)) for person in User.objects.order_by("-is_active", "username")[:MOST_PEOPLE]
        ]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(reviewer=value)


class ReviewDays(Days):
    names = ("after", "before")
    title = gettext_lazy("when")
    column = "created_at"


@admin.register(Appearance)
class AppearanceAdmin(ReadOnlyAdmin):
    list_display = ["quoted", "claim", "article", "start_offset", "end_offset"]
    list_select_related = ["claim", "snapshot__article"]
    search_fields = ["=claim__id", "=snapshot__id"]
    ordering = ["-pk"]
    fields = ["claim", "snapshot", "in_context", "start_offset", "end_offset"]
    readonly_fields = ["in_context"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Appearance.objects.visible_to(request.user).defer("snapshot__text")

    @admin.display(description=gettext_lazy("quote"))
    def quoted(self, appearance: Appearance) -> str:
        return format_html('<span class="claim-cell">{}</span>', appearance.quote)

    @admin.display(description=gettext_lazy("article"))
    def article(self, appearance: Appearance) -> str:
        return str(appearance.snapshot.article)

    @admin.display(description=gettext_lazy("quote in its context"))
    def in_context(self, appearance: Appearance) -> str:
        return render_to_string("desk/quote.html", {"quote": appearance})


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Every step that was ever taken. A row leads to its claim, where the history shows it among the others."""

    heading = gettext_lazy("All reviews")
    lead = gettext_lazy("Every step of every claim: who took it, when, and with which verdict. None ever changes.")
    nothing = gettext_lazy("Nobody has taken a step yet. Each one is listed here, from the first.")
    list_display = ["judged_claim", "kind_of", "judged", "reviewer", "when"]
    list_display_links = None
    list_filter = [KindFilter, PersonFilter, ReviewDays]
    list_select_related = ["claim", "verdict", "reviewer", "replaces"]
    search_fields = ["rationale"]
    search_help_text = gettext_lazy("Words of a rationale, a claim or a quote; a claim’s number")
    ordering = ["-pk"]
    fields = [
        "claim", "kind_of", "judged", "reviewer", "created_at", "wording", "rationale", "evidence", "changed", "note",
        "approves", "replaces",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Review.objects.visible_to(request.user).defer("claim__search")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        return queryset.with_words(search_term) if search_term else queryset, False

    @admin.display(description=gettext_lazy("claim"))
    def judged_claim(self, review: Review) -> str:
        address = reverse("admin:claims_claim_change", args=[review.claim_id])
        words = review.wording or review.claim.text
        lead = truncatechars(as_shown(review.rationale or review.note), 160)
        return format_html(
            '<a href="{}" class="claim-cell" lang="{}">{}</a> <span class="meta">{}</span>',
            address,
            review.claim.language,
            words,
            lead,
        )

    @admin.display(description=gettext_lazy("kind"))
    def kind_of(self, review: Review) -> str:
        return str(KINDS[review.kind])

    @admin.display(description=gettext_lazy("verdict"))
    def judged(self, review: Review) -> str:
        if not review.verdict:
            return "–"
        return render_to_string("desk/verdict.html", {"verdict": review.verdict, "verdict_label": review.verdict_label})

    @admin.display(description=gettext_lazy("when"))
    def when(self, review: Review) -> str:
        address = reverse("admin:claims_review_change", args=[review.pk])
        return format_html('<a href="{}">{}</a>', address, date_format(localtime(review.created_at), "DATETIME_FORMAT"))

    @admin.display(description=Evidence._meta.verbose_name)
    def evidence(self, review: Review) -> str:
        pieces = review.evidence.for_list()
        return render_to_string("desk/review/evidence_list.html", {"pieces": pieces}) if pieces else "–"

    @admin.display(description=gettext_lazy("changes"))
    def changed(self, review: Review) -> str:
        rows = ((label, value or "–") for _, label, value in changed_fields(review.changes))
        return format_html_join("", "<p>{}: <bdi>{}</bdi></p>", rows) or "–"


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ["url", "title", "publisher", "stance", "review"]
    list_select_related = ["review"]
    search_fields = ["url", "publisher"]
    ordering = ["-pk"]


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    list_display = ["claim", "author", "updated_at"]
    list_select_related = ["claim", "author"]
    ordering = ["-updated_at"]
    fields = ["claim", "author", "updated_at", "written"]

    @admin.display(description=gettext_lazy("text"))
    def written(self, draft: Draft) -> str:
        return render_to_string("desk/review/text.html", {"text": draft, "claim": draft.claim})


@admin.register(Takeover)
class TakeoverAdmin(ReadOnlyAdmin):
    list_display = ["claim", "by", "taken_from", "at"]
    list_select_related = ["claim", "by", "taken_from"]
    ordering = ["-pk"]


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin):
    list_display = ["claim", "snapshot", "by", "at", "declined"]
    list_select_related = ["claim", "snapshot__article", "by"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        return super().get_queryset(request).defer("snapshot__text")


@admin.register(Request)
class RequestAdmin(ReadOnlyAdmin):
    list_display = ["claim", "person", "due", "priority", "by", "at"]
    list_select_related = ["claim", "person", "by"]
    ordering = ["-pk"]


@admin.register(Distinct)
class DistinctAdmin(ReadOnlyAdmin):
    list_display = ["a", "b", "by", "at"]
    list_select_related = ["claim_a", "claim_b", "speaker_a", "speaker_b", "by"]
    ordering = ["-pk"]


@admin.register(Alias)
class AliasAdmin(ReadOnlyAdmin):
    """Read-only: aliases are edited on the page of their speaker."""

    list_display = ["name", "speaker"]
    list_select_related = ["speaker"]
    search_fields = ["folded", "name"]
    ordering = ["name"]
