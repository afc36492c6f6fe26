"""Read-only pages of the tables that only verbs write to."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from claims.models import Alias, Appearance, Distinct, Draft, Evidence, Request, Review, Takeover
from claimtrack.admin import ReadOnlyAdmin


@admin.register(Appearance)
class AppearanceAdmin(ReadOnlyAdmin):
    list_display = ["quote", "claim", "article", "start_offset", "end_offset"]
    list_select_related = ["claim", "snapshot__article"]
    search_fields = ["=claim__id", "=snapshot__id"]
    ordering = ["-pk"]
    fields = ["claim", "snapshot", "in_context", "start_offset", "end_offset"]
    readonly_fields = ["in_context"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Appearance.objects.visible_to(request.user).defer("snapshot__text")

    @admin.display(description="article")
    def article(self, appearance: Appearance) -> str:
        return str(appearance.snapshot.article)

    @admin.display(description="quote in its context")
    def in_context(self, appearance: Appearance) -> str:
        return render_to_string("desk/quote.html", {"quote": appearance})


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["claim", "kind", "verdict_label", "reviewer", "created_at"]
    list_select_related = ["claim", "reviewer", "replaces"]
    search_fields = ["=claim__id", "=reviewer__username"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Review.objects.visible_to(request.user)


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


@admin.register(Takeover)
class TakeoverAdmin(ReadOnlyAdmin):
    list_display = ["claim", "by", "taken_from", "at"]
    list_select_related = ["claim", "by", "taken_from"]
    ordering = ["-pk"]


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
