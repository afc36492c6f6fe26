"""Pages that are being fetched: people wait here for a page, and go on when it is recorded or refused."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.forms import show_warnings
from claimtrack.admin import Choice, Options, ReadOnlyAdmin
from claimtrack.health import has_worker
from claimtrack.refusals import Refused
from claimtrack.roles import signed_in
from claimtrack.warnings import InputWarning
from sources.ingesting import fetches
from sources.models import Fetch

# The parameter that tells a form to show the refusal of a fetch.
PARAMETER = "fetch"


class StateFilter(Choice):
    names = ("state",)
    title = gettext_lazy("state")

    def options(self) -> Options:
        return Fetch.State.choices


@admin.register(Fetch)
class FetchAdmin(ReadOnlyAdmin):
    heading = gettext_lazy("Pages being fetched")
    lead = gettext_lazy("Addresses that somebody asked for, and what came of them in the last seven days.")
    nothing = gettext_lazy("No page is being fetched, and none was in the last seven days.")
    list_display = ["url", "purpose", "state", "by", "asked_at", "ended_at"]
    list_select_related = ["by"]
    list_filter = [StateFilter]
    search_fields = ["url"]
    search_help_text = gettext_lazy("A part of an address")
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fetch]:
        return Fetch.objects.visible_to(request.user).order_by(*self.ordering)

    def change_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        """Show that the page is being fetched, and redirect to the next page when the fetch has ended."""
        row = _found(request, object_id)
        if row is None:
            return self.not_found(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if request.method == "POST":
            fetches.stop(fetch=row, by=signed_in(request.user))
            return HttpResponseRedirect(page_of(row))
        works = has_worker()
        # The state that the page shows. Its script asks whether this is still current.
        stamp = f"{row.state}-{row.attempts}-{bool(row.refused)}-{works}"
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"stamp": stamp})
        if address := _onward(request, row):
            return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "title": row.get_state_display(),
            "opts": self.opts,
            "row": row,
            "stamp": stamp,
            "works": works,
        }
        return TemplateResponse(request, "admin/sources/fetch/page.html", context)


def page_of(row: Fetch) -> str:
    return reverse("admin:sources_fetch_change", args=[row.pk])


def failed(request: HttpRequest, purpose: str) -> tuple[Fetch, Refused] | None:
    """Return the fetch whose form this page shows again, and its refusal."""
    row = _found(request, request.GET.get(PARAMETER, ""))
    if row is None or row.purpose != purpose or row.state != Fetch.State.FAILED or row.refusal is None:
        return None
    return row, row.refusal


def show_added(request: HttpRequest, warnings: Iterable[InputWarning], *, is_new: bool) -> None:
    show_warnings(request, warnings)
    messages.success(request, _("Article added.") if is_new else _("This article is on record already."))


def show_new_snapshot(request: HttpRequest, warnings: Iterable[InputWarning], *, is_new: bool) -> None:
    show_warnings(request, warnings)
    messages.success(request, _("A new snapshot. No quote was moved.") if is_new else _("The text has not changed."))


def _found(request: HttpRequest, pk: str) -> Fetch | None:
    rows: Any = Fetch.objects.visible_to(request.user).select_related("snapshot", "by")
    return rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None


def _onward(request: HttpRequest, row: Fetch) -> str:
    """Return the page on which a fetch that has ended goes on, "" if there is none."""
    if row.snapshot:
        if row.purpose == Fetch.Purpose.ARTICLE:
            show_added(request, row.warnings, is_new=row.article_is_new)
        elif row.purpose == Fetch.Purpose.SNAPSHOT:
            show_new_snapshot(request, row.warnings, is_new=row.snapshot_is_new)
        return reverse("admin:sources_article_change", args=[row.snapshot.article_id])
    if row.state == Fetch.State.FAILED and row.purpose == Fetch.Purpose.ARTICLE:
        return f"{reverse('admin:sources_article_add')}?{PARAMETER}={row.pk}"
    if row.state == Fetch.State.FAILED and row.article_id:
        return f"{reverse('admin:sources_article_change', args=[row.article_id])}?{PARAMETER}={row.pk}#id_newer"
    return ""
