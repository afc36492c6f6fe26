"""Pages that are read again: when, with which result, and which of them are gone or have moved."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curating
from claims.admin.forms import show_refusal
from claimtrack.admin import Choice, Options, ReadOnlyAdmin
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in
from sources.models import Reading

# The address at which the Internet Archive shows its newest copy of a page.
ARCHIVE = "https://web.archive.org/web/2/"
LISTED = "listed"
# Why a page was not read, by the code of the refusal.
WHY = {
    "timeout": gettext_lazy("The server took too long to answer."),
    "connection": gettext_lazy("The server could not be reached, or closed the connection."),
    "address_refused": gettext_lazy("The address does not lead to a public web server."),
    "redirected_away": gettext_lazy("The address leads to another page for now."),
    "nothing_extracted": gettext_lazy("No article text was found in the page."),
    "another_page": gettext_lazy("The page shows something else in place of the article, such as a form to sign in."),
    "redaction_key": gettext_lazy("The secret key is gone that recognises what was removed from the article."),
}
OTHER = gettext_lazy("The page cannot be read.")
MISSED = (Reading.Outcome.GONE, Reading.Outcome.MOVED, Reading.Outcome.FAILED)


class ArchiveForm(forms.Form):
    archive_url = forms.CharField(label=gettext_lazy("Address of the archived copy"), max_length=2000)


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
            told = (
                _("The server answered with status %(status)s.") % {"status": row.status}
                if row.status
                else WHY.get(row.code, OTHER)
            )
            return format_html('{} <span class="meta">{}</span>', words, told)
        return words

    @admin.display(description=gettext_lazy("archived copy"))
    def archived(self, row: Reading) -> str:
        kept = row.article.current_snapshot.archive_url if row.article and row.article.current_snapshot else ""
        if kept:
            return format_html('<a href="{}" rel="noreferrer">{}</a>', kept, _("archived copy"))
        if row.outcome not in MISSED:
            return ""
        address = reverse("admin:sources_reading_archive", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("look for a copy"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.archive_view)
        return [path("<int:pk>/archive/", view, name="sources_reading_archive"), *super().get_urls()]

    def archive_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offer a copy of a page that is gone, and keep its address."""
        user = signed_in(request.user)
        if role_of(user) < Role.MODERATOR:
            raise PermissionDenied
        reading = get_object_or_404(Reading.objects.select_related("article"), pk=pk)
        form, status = ArchiveForm(request.POST or None), 200
        if form.is_valid():
            try:
                curating.keep_archive(reading=reading, by=user, archive_url=form.cleaned_data["archive_url"])
                messages.success(request, _("The archived copy is on record."))
                return HttpResponseRedirect(reverse("admin:sources_reading_changelist") + f"?outcome={LISTED}")
            except Refused as refusal:
                show_refusal(form, refusal, at="archive_url")
                status = refusal.status
        context = {
            **self.admin_site.each_context(request),
            "title": _("Archived copy"),
            "opts": self.opts,
            "reading": reading,
            "look": f"{ARCHIVE}{reading.url}",
            "form": form,
            "media": form.media,
        }
        return TemplateResponse(request, "admin/sources/reading/archive.html", context, status=status)
