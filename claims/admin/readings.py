"""Pages that are read again: when, what came of it, and which of them are gone or have moved."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimtrack.admin import Choice, Options, ReadOnlyAdmin
from sources.models import Reading

# Where the Internet Archive shows its newest copy of a page.
ARCHIVE = "https://web.archive.org/web/2/"
LISTED = "listed"


class OutcomeFilter(Choice):
    names = ("outcome",)
    title = gettext_lazy("outcome")

    def options(self) -> Options:
        named = [(value, label) for value, label in Reading.Outcome.choices if value]
        return [(LISTED, gettext_lazy("Gone, moved or not read")), *named]

    def by(self, rows: Any, value: str) -> QuerySet:
        return rows.listed() if value == LISTED else rows.filter(outcome=value, due_at__isnull=False)


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    heading = gettext_lazy("Pages that are read again")
    lead = gettext_lazy(
        "Articles that public claims quote, and the addresses of evidence. Where a page is gone, its archived copy may still be there."
    )
    nothing = gettext_lazy("No page is read again yet: this begins when a claim with an article is public.")
    list_display = ["page", "outcome_of", "read_at", "due_at", "archived"]
    list_display_links = None
    list_filter = [OutcomeFilter]
    search_fields = ["url"]
    search_help_text = gettext_lazy("A part of the address")
    ordering = ["due_at", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        return (
            Reading.objects.filter(due_at__isnull=False)
            .select_related("article__current_snapshot")
            .defer("article__current_snapshot__text", "furniture")
        )

    @admin.display(description=gettext_lazy("page"))
    def page(self, row: Reading) -> str:
        if row.article is None:
            return format_html('<a href="{}" rel="noreferrer">{}</a>', row.url, row.url)
        address = reverse("admin:sources_article_change", args=[row.article_id])
        return format_html(
            '<a href="{}" class="claim-cell">{}</a> <span class="meta">{}</span>', address, row.article, row.url
        )

    @admin.display(description=gettext_lazy("outcome"))
    def outcome_of(self, row: Reading) -> str:
        words = str(row.get_outcome_display())
        if row.moved_to:
            return format_html(
                '{} <span class="meta">→ <a href="{}" rel="noreferrer">{}</a></span>', words, row.moved_to, row.moved_to
            )
        if row.outcome in (Reading.Outcome.FAILED, Reading.Outcome.GONE):
            told = _("status %(status)s") % {"status": row.status} if row.status else row.code
            return format_html('{} <span class="meta">{}, {}×</span>', words, told, row.failures)
        return words

    @admin.display(description=gettext_lazy("archived copy"))
    def archived(self, row: Reading) -> str:
        kept = row.article.current_snapshot.archive_url if row.article and row.article.current_snapshot else ""
        if kept:
            return format_html('<a href="{}" rel="noreferrer">{}</a>', kept, _("archived copy"))
        return format_html('<a href="{}{}" rel="noreferrer">{}</a>', ARCHIVE, row.url, _("look for a copy"))
