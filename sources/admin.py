"""The admin of sources and snapshots. That of articles is in `claims`, since it shows claims."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, ngettext

from claimtrack.admin import Choice, DeskAdmin, Options, ReadOnlyAdmin, tally
from claimtrack.admin.lists import capped
from claimtrack.languages import translated
from claimtrack.refusals import Invalid
from sources.ingesting.fields import domain
from sources.models import Article, Domain, Snapshot, Source


class DomainForm(forms.ModelForm):
    # Longer than the column, so that a whole address can be pasted.
    host = forms.CharField(
        label=gettext_lazy("Host"),
        validators=[MaxLengthValidator(2000)],
        help_text=gettext_lazy("Such as example.org; a leading www. is dropped."),
    )

    class Meta:
        model = Domain
        fields = ["source", "host"]

    def clean_host(self) -> str:
        try:
            return domain(self.cleaned_data["host"])
        except Invalid as refusal:
            raise ValidationError(translated(refusal)) from refusal


class DomainInline(admin.StackedInline):
    """Stacked, because Django's tabular form begins with an empty heading."""

    model = Domain
    form = DomainForm
    extra = 1


class KindFilter(Choice):
    names = ("kind",)
    title = gettext_lazy("kind")

    def options(self) -> Options:
        return Source.Kind.choices


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    heading = gettext_lazy("Sources")
    lead = gettext_lazy("Who publishes: papers, broadcasters, agencies, ministries, platforms, each with its domains.")
    nothing = gettext_lazy("No source is on record. One is made with the first article from it, or here.")
    add_label = gettext_lazy("Add a source")
    list_display = ["name", "kind", "domain_list", "article_count", "last_article", "country", "language"]
    list_filter = [KindFilter]
    search_fields = ["name", "domains__host"]
    search_help_text = gettext_lazy("Any word of a name, or a domain")
    ordering = ["name", "pk"]
    inlines = [DomainInline]
    fields = ["name", "kind", "homepage", "country", "language", "notes"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return Source.objects.for_list().order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        """Find sources by any words of their names, or by a part of a domain."""
        if not search_term:
            return queryset, False
        hosts = Domain.objects.filter(host__icontains=search_term.strip()).values("source")
        return queryset.filter(Q(pk__in=Source.objects.with_words(search_term)) | Q(pk__in=hosts)), False

    def complete(self, request: HttpRequest, rows: QuerySet[Source]) -> None:
        tally(rows, Article.objects.filter(source=OuterRef("pk")).order_by("-pk"), "created_at")

    @admin.display(description=gettext_lazy("domains"))
    def domain_list(self, source: Source) -> str:
        return ", ".join(domain.host for domain in source.domains.all())

    @admin.display(description=gettext_lazy("articles"))
    def article_count(self, source: Any) -> str:
        words = ngettext("%(n)s article", "%(n)s articles", source.n) % {"n": capped(source.n)}
        address = reverse("admin:sources_article_changelist")
        return format_html('<a href="{}?source={}">{}</a>', address, source.pk, words)

    @admin.display(description=gettext_lazy("last article added"))
    def last_article(self, source: Any) -> date | None:
        return source.last

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        used = obj is not None and Article.objects.filter(source=obj).exists()
        return not used and super().has_delete_permission(request, obj)


@admin.register(Domain)
class DomainAdmin(DeskAdmin):
    heading = gettext_lazy("Domains")
    lead = gettext_lazy("The hosts of the sources. An article from a host belongs to the host’s source.")
    add_label = gettext_lazy("Add a domain")
    form = DomainForm
    list_display = ["host", "source"]
    list_select_related = ["source"]
    search_fields = ["host", "source__name"]
    search_help_text = gettext_lazy("A host, or the name of a source")
    autocomplete_fields = ["source"]
    ordering = ["host"]


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    heading = gettext_lazy("Snapshots")
    lead = gettext_lazy("The texts of articles as they stood when they were taken. They never change.")
    list_display = ["id", "article", "method", "taken_at", "taken_by"]
    list_select_related = ["article", "taken_by"]
    search_fields = ["sha256", "article__title"]
    ordering = ["-pk"]
    fields = [
        "article", "sha256", "method", "taken_at", "taken_by", "final_url", "archive_url", "extractor",
        "extractor_version", "text",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        # Texts may have megabytes.
        return super().get_queryset(request).defer("text")
