"""Other publishers' reviews: found by words, publisher and state, each with what its publisher changed. Imports alone write them."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from claims.models import ExternalReview
from claimtrack.admin import ReadOnlyAdmin
from claimtrack.db.history import edits

MOST_PUBLISHERS = 30  # offered as a filter; the others are found by their host


class PublisherFilter(admin.SimpleListFilter):
    title = parameter_name = "publisher"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        """The hosts with the most reviews, and the one that is asked for."""
        sites = ExternalReview.objects.visible_to(request.user).values("publisher_site").annotate(n=Count("pk"))
        counts = {row["publisher_site"]: row["n"] for row in sites.order_by("-n", "publisher_site")[:MOST_PUBLISHERS]}
        if (asked := request.GET.get("publisher")) and asked not in counts:
            counts[asked] = ExternalReview.objects.visible_to(request.user).on_site(asked).count()
        return [(site, f"{site} ({n})") for site, n in counts.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ExternalReview]) -> QuerySet[ExternalReview]:
        site = self.value()
        return queryset.filter(pk__in=ExternalReview.objects.on_site(site)) if site else queryset


class StateFilter(admin.SimpleListFilter):
    title = parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return [
            ("shown", "Shown by its publisher"),
            ("gone", "No longer shown"),
            ("changed", "Changed since the import"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ExternalReview]) -> QuerySet[ExternalReview]:
        match self.value():
            case "shown":
                return queryset.filter(gone_at=None)
            case "gone":
                return queryset.filter(gone_at__isnull=False)
            case "changed":
                return queryset.filter(pk__in=ExternalReview.objects.changed())
        return queryset


@admin.register(ExternalReview)
class ExternalReviewAdmin(ReadOnlyAdmin):
    list_display = ["wording", "publisher", "label", "claimant", "reviewed_on", "state", "of_claim"]
    list_display_links = ["wording"]
    list_filter = [StateFilter, PublisherFilter]
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ["claim"]
    search_fields = ["claim_reviewed", "title", "label", "claimant", "publisher", "publisher_site", "url", "=claim__id"]
    search_help_text = (
        "Words of the claim, the title or the label; a claimant, a publisher, an address; the number of a claim."
    )
    ordering = ["-pk"]
    fieldsets = [
        (None, {"fields": ["claim_link", "claim_reviewed", "claimant", "claimed_on", "label", "rating", "state"]}),
        ("Where it stands", {"fields": ["publisher", "publisher_site", "link", "title", "reviewed_on", "language"]}),
        ("On record", {"fields": ["imported_by", "imported_at", "what_changed"]}),
    ]
    readonly_fields = ["claim_link", "claimed_on", "rating", "state", "link", "reviewed_on", "what_changed"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return ExternalReview.objects.visible_to(request.user).with_changes()

    @admin.display(description="claim as they word it", ordering="claim_reviewed")
    def wording(self, review: ExternalReview) -> str:
        return review.claim_reviewed or review.title or review.url

    @admin.display(description="reviewed", ordering="reviewed_at")
    def reviewed_on(self, review: ExternalReview) -> str:
        return review.reviewed or "-"

    @admin.display(description="claimed")
    def claimed_on(self, review: ExternalReview) -> str:
        return review.claimed or "-"

    @admin.display(description="state")
    def state(self, review: ExternalReview) -> str:
        if review.gone_at:
            return f"No longer shown ({review.gone_at:%Y-%m-%d})"
        return "Changed" if getattr(review, "has_changed", False) else "Shown"

    @admin.display(description="claim", ordering="claim")
    def of_claim(self, review: ExternalReview) -> str:
        address = reverse("admin:claims_claim_change", args=[review.claim_id])
        return format_html('<a href="{}">No. {}</a>', address, review.claim_id)

    @admin.display(description="claim")
    def claim_link(self, review: ExternalReview) -> str:
        address = reverse("admin:claims_claim_change", args=[review.claim_id])
        return format_html('<a href="{}">{}</a>', address, review.claim)

    @admin.display(description="rating")
    def rating(self, review: ExternalReview) -> str:
        if review.rating_value is None:
            return "-"
        return f"{review.rating_value:g}, where {review.rating_worst:g} is worst and {review.rating_best:g} best"

    @admin.display(description="address")
    def link(self, review: ExternalReview) -> str:
        return format_html('<a href="{}" rel="noreferrer noopener">{}</a>', review.url, review.url)

    @admin.display(description="what changed")
    def what_changed(self, review: ExternalReview) -> str:
        return render_to_string("desk/edits.html", {"edits": edits(review)[::-1]})
