"""Articles in the admin. They are registered here, since the workbench shows claims, which `sources` must not import."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from claims.admin import fetches, languages
from claims.admin.forms import TextField, autocomplete, show_refusal, show_warnings
from claims.admin.handed_in import FileField, check_one, content_of, field_of, show_html_was_read
from claims.admin.redactions import RedactionPage
from claims.admin.widgets import Autocomplete
from claims.admin.workbench import Workbench
from claims.models import Appearance, Claim
from claimtrack.admin import Days, DeskAdmin, Filter
from claimtrack.api.filters import IdentifierField
from claimtrack.dates import check_year, warnings_about
from claimtrack.languages import translated
from claimtrack.refusals import Refused, reason
from claimtrack.roles import Role, role_of, signed_in
from sources.ingesting import ingest
from sources.ingesting.fetches import ask
from sources.ingesting.fields import read_published
from sources.models import Article, Fetch, Source


class IngestForm(forms.Form):
    """An article to ingest: its address, its text, or both."""

    url = forms.CharField(
        required=False, label=gettext_lazy("Address"), widget=forms.URLInput({"placeholder": "https://"})
    )
    text = TextField(
        required=False,
        label=gettext_lazy("Text"),
        widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy(
            "Empty: the address is fetched. Paste the text of a transcript, or of a page that cannot be fetched; its HTML too."
        ),
    )
    file = FileField()
    source = forms.ModelChoiceField(
        Source.objects.all(),
        required=False,
        label=pgettext_lazy("who publishes", "Source"),
        help_text=gettext_lazy("Follows from the address if its domain is known."),
    )
    new_source = forms.CharField(
        required=False,
        label=gettext_lazy("New source"),
        help_text=gettext_lazy("Name of a source that is not in the list yet."),
    )
    title = forms.CharField(required=False, label=gettext_lazy("Title"))
    byline = forms.CharField(required=False, label=gettext_lazy("Byline"))
    published_at = forms.CharField(
        required=False,
        label=gettext_lazy("Published at"),
        help_text=gettext_lazy("2026-03-18 or 2026-03-18T05:30Z."),
    )
    language = forms.CharField(
        required=False, label=gettext_lazy("Language"), help_text=gettext_lazy("BCP 47, such as en or pt-BR.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        autocomplete(self, source=Article._meta.get_field("source"))

    def clean(self) -> None:
        check_one(self, "text")


class DetailsForm(forms.ModelForm):
    """The details of an article that a page or a person states."""

    def clean_published_at(self) -> datetime | None:
        day: datetime | None = self.cleaned_data["published_at"]
        if day:
            try:
                check_year(day)
            except ValueError as error:
                raise ValidationError(translated(reason(error))) from error
        return day


class SourceFilter(Filter):
    names = ("source",)
    title = gettext_lazy("source")
    template = "desk/filters/widget.html"
    widget = Autocomplete(Article._meta.get_field("source"), IdentifierField())

    @property
    def control(self) -> str:
        given = self.given["source"]
        return self.widget.render("source", [given] if given else [], {"id": "filter-source"})

    def narrow(self, rows: QuerySet) -> QuerySet:
        try:
            return rows.filter(source=IdentifierField().clean(self.given["source"]))
        except ValidationError as error:
            self.errors += error.messages
            return rows


class PublishedDays(Days):
    names = ("after", "before")
    title = gettext_lazy("published")
    column = "published_at"


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = DetailsForm
    heading = gettext_lazy("Articles")
    lead = gettext_lazy("What was published, with its text as it stood. Open one to select a claim in it.")
    nothing = gettext_lazy("No article is on record. Add one by its address: the page is fetched and read.")
    add_label = gettext_lazy("Add an article")
    list_display = ["headline", "source", "published_on", "claim_count", "language", "added"]
    list_select_related = ["source"]
    list_filter = [SourceFilter, PublishedDays]
    search_fields = ["title"]
    search_help_text = gettext_lazy("Words of a title, a source, or an address")
    ordering = ["-pk"]
    fields = ["source", "title", "byline", "language", "published_at", "published_precision", "url", "canonical_url"]
    readonly_fields = ["source", "url", "canonical_url"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        return queryset.with_words(search_term) if search_term else queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        # The change list leaves out the media of its filters.
        context = {"media": self.media + SourceFilter.widget.media, **(extra_context or {})}
        return super().changelist_view(request, context)

    def complete(self, request: HttpRequest, rows: QuerySet[Article]) -> None:
        found = Appearance.objects.filter(snapshot__article__in=[row.pk for row in rows])
        visible = found.filter(claim__in=Claim.objects.visible_to(request.user)).order_by()
        pairs = visible.values("snapshot__article").annotate(n=Count("claim", distinct=True))
        counts = dict(pairs.values_list("snapshot__article", "n"))
        row: Any
        for row in rows:
            row.claims_total = counts.get(row.pk, 0)

    @admin.display(description=gettext_lazy("article"))
    def headline(self, article: Article) -> str:
        return format_html('<span class="claim-cell" lang="{}">{}</span>', article.language, article)

    @admin.display(description=gettext_lazy("published"))
    def published_on(self, article: Article) -> date | None:
        if article.published_at is None:
            return None
        if article.published_precision == Article.Precision.DAY:
            return article.published_at.astimezone(UTC).date()
        return article.published_at

    @admin.display(description=gettext_lazy("claims"))
    def claim_count(self, article: Any) -> str:
        n = article.claims_total
        return ngettext("%(n)s claim", "%(n)s claims", n) % {"n": n}

    @admin.display(description=gettext_lazy("added"))
    def added(self, article: Article) -> date:
        return localtime(article.created_at).date()

    def get_urls(self) -> list[URLPattern]:
        details = self.admin_site.admin_view(self.details_view)
        said_again = self.admin_site.admin_view(self.said_again_view)
        return [
            path("<int:pk>/details/", details, name="sources_article_details"),
            path("<int:pk>/said-again/", said_again, name="sources_article_said_again"),
            path("<int:pk>/redact/", self.admin_site.admin_view(self.redact_view), name="sources_article_redact"),
            *languages.urls(self),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        """Show the workbench."""
        bench = self._bench(request, object_id)
        if bench is None:
            return self.not_found(request, object_id)
        if request.method == "POST":
            return bench.act()
        return bench.widen(request.GET["widen"]) if "widen" in request.GET else bench.render()

    def said_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        bench = self._bench(request, str(pk))
        if bench is None:
            return self.not_found(request, str(pk))
        if role_of(request.user) < Role.CONTRIBUTOR:
            raise PermissionDenied
        return bench.said_again()

    def redact_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        bench = self._bench(request, str(pk))
        if bench is None:
            return self.not_found(request, str(pk))
        return RedactionPage(request, bench.article, bench.snapshot, self.admin_site).answer()

    def _bench(self, request: HttpRequest, object_id: str) -> Workbench | None:
        """Return the workbench of an article, None if there is none that the user may see. Raises PermissionDenied."""
        articles = Article.objects.visible_to(request.user).select_related("source", "current_snapshot")
        article = articles.filter(pk=object_id).first() if object_id.isdecimal() else None
        if article is None:
            return None
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return Workbench(request, article, self.admin_site)

    def details_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Edit title, byline, language and date in Django's own form."""
        return self.changeform_view(request, str(pk), "", {"title": _("Details of the article")})

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        show_warnings(request, warnings_about(obj.published_at, "published_at"))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:sources_article_change", args=[obj.pk]))

    def add_view(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = IngestForm(request.POST or None, request.FILES or None)
        if request.method == "POST":
            if form.is_valid() and (address := self._ingest(request, form)):
                return HttpResponseRedirect(address)
        elif found := fetches.failed(request, Fetch.Purpose.ARTICLE):
            failed, refusal = found
            form = IngestForm(failed.typed or {"url": failed.url})
            if form.is_valid():
                _show_refusal(form, refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add an article"),
            "opts": self.opts,
            "form": form,
            "media": form.media,
        }
        return TemplateResponse(request, "admin/sources/article/add.html", context)

    def _ingest(self, request: HttpRequest, form: IngestForm) -> str | None:
        """Record the text that was handed in, or queue the fetching of the address. Return the address of the next page."""
        given = form.cleaned_data
        content = content_of(form, "text")
        by = signed_in(request.user)
        try:
            arguments: dict[str, Any] = {
                "source_name": given["new_source"] or (given["source"].name if given["source"] else ""),
                "source_domain": given["source"].main_domain if given["source"] and not given["new_source"] else "",
                "url": given["url"],
                "title": given["title"],
                "byline": given["byline"],
                "published_at": read_published(given["published_at"]) if given["published_at"] else None,
                "language": given["language"],
            }
            if given["url"] and not content:
                typed = {name: form.data[name] for name in form.fields if name in form.data}
                return fetches.page_of(ask(by=by, typed=typed, **arguments))
            done = ingest(by=by, **content, **arguments)
        except Refused as refusal:
            _show_refusal(form, refusal)
            return None
        show_html_was_read(request, content)
        fetches.show_added(request, done.warnings, is_new=done.article_is_new)
        return reverse("admin:sources_article_change", args=[done.article.pk])

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False


def _show_refusal(form: IngestForm, refusal: Refused) -> None:
    named = "new_source" if form.cleaned_data["new_source"] else "source"
    at = named if refusal.field.startswith("source") else field_of(form, "text", refusal.field)
    show_refusal(form, refusal, at=at)
