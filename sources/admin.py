"""The admin of sources and snapshots. That of articles is in `claims`, since it shows claims."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from claimtrack.admin import DeskAdmin, ReadOnlyAdmin
from claimtrack.languages import translated
from claimtrack.refusals import Invalid
from sources.ingesting.fields import domain
from sources.models import Article, Domain, Snapshot, Source


class DomainForm(forms.ModelForm):
    # Longer than the column, so that a whole address can be pasted.
    host = forms.CharField(max_length=2000, help_text="Such as example.org; a leading www. is dropped.")

    class Meta:
        model = Domain
        fields = ["source", "host"]

    def clean_host(self) -> str:
        try:
            return domain(self.cleaned_data["host"])
        except Invalid as refusal:
            raise ValidationError(translated(refusal)) from refusal


class DomainInline(admin.TabularInline):
    model = Domain
    form = DomainForm
    extra = 1


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    list_display = ["name", "kind", "domain_list", "article_count", "country", "language"]
    list_filter = ["kind"]
    search_fields = ["name", "domains__host"]
    ordering = ["name", "pk"]
    inlines = [DomainInline]
    readonly_fields = ["article_count"]
    fields = ["name", "kind", "homepage", "country", "language", "notes", "article_count"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return Source.objects.for_list().annotate(articles_total=Count("articles")).order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        # The search joins domains, but grouping by source (for the count of articles) leaves one row for each.
        queryset, _ = super().get_search_results(request, queryset, search_term)
        return queryset, True

    @admin.display(description="domains")
    def domain_list(self, source: Source) -> str:
        return ", ".join(domain.host for domain in source.domains.all())

    @admin.display(description="articles")
    def article_count(self, source: Source) -> int:
        return getattr(source, "articles_total", 0)

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        used = obj is not None and Article.objects.filter(source=obj).exists()
        return not used and super().has_delete_permission(request, obj)


@admin.register(Domain)
class DomainAdmin(DeskAdmin):
    form = DomainForm
    list_display = ["host", "source"]
    list_select_related = ["source"]
    search_fields = ["host", "source__name"]
    autocomplete_fields = ["source"]
    ordering = ["host"]


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
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
