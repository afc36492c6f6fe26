"""Topics and the scale of verdicts: plain forms, with where each is used."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims.models import Claim, Review, Topic, Verdict
from claimtrack.admin import DeskAdmin


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    list_display = ["name", "slug", "used"]
    search_fields = ["name", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    @admin.display(description="used")
    def used(self, topic: Topic) -> str:
        return format_html('<a href="{}?topic={}">claims</a>', reverse("admin:claims_claim_changelist"), topic.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        used = obj is not None and Claim.objects.filter(topics=obj).exists()
        return not used and super().has_delete_permission(request, obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A published slug is an address: it follows the name only at first.
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
