"""Topics and verdicts in the admin, with links to the claims that use them."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from claims.models import Claim, Review, Topic, Verdict
from claimtrack.admin import DeskAdmin


class TopicSlugs(AutocompleteJsonView):
    """Returns topics by their slugs, for the filter of the queue."""

    def process_request(self, request: HttpRequest) -> tuple[str, admin.ModelAdmin, ForeignKey, str]:
        term, model_admin, source_field, _ = super().process_request(request)
        return term, model_admin, source_field, "slug"


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    list_display = ["name", "slug", "used"]
    search_fields = ["name", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    @admin.display(description="used")
    def used(self, topic: Topic) -> str:
        return format_html('<a href="{}?topic={}">claims</a>', reverse("admin:claims_claim_changelist"), topic.slug)

    def get_urls(self) -> list[URLPattern]:
        slugs = self.admin_site.admin_view(TopicSlugs.as_view(admin_site=self.admin_site))
        return [path("slugs/", slugs, name="claims_topic_slugs"), *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        used = obj is not None and Claim.objects.filter(topics=obj).exists()
        return not used and super().has_delete_permission(request, obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, Sequence[str]]:
        # A slug is part of addresses, so it is made from the name only once.
        return {} if obj else self.prepopulated_fields


@admin.register(Verdict)
class VerdictAdmin(DeskAdmin):
    list_display = ["label", "code", "value", "position", "in_force", "used"]
    list_editable = ["position"]
    search_fields = ["label", "code"]
    ordering = ["position", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Verdict | None = None) -> list[str]:
        return ["code", "value"] if obj and _judged(obj) else []

    @admin.display(description="in force on")
    def in_force(self, verdict: Verdict) -> str:
        claims = Claim.objects.filter(verdict=verdict)[: self.paginator.CAP].count()
        return format_html(
            '<a href="{}?verdict={}">{} claims</a>', reverse("admin:claims_claim_changelist"), verdict.code, claims
        )

    @admin.display(description="used by a review", boolean=True)
    def used(self, verdict: Verdict) -> bool:
        return _judged(verdict)

    def has_delete_permission(self, request: HttpRequest, obj: Verdict | None = None) -> bool:
        return not (obj and _judged(obj)) and super().has_delete_permission(request, obj)


def _judged(verdict: Verdict) -> bool:
    return Review.objects.filter(verdict=verdict).exists()
