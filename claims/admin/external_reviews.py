"""Other publishers' reviews: found by words, publisher and state, each with what its publisher changed. Imports alone write them."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import ExternalReview
from claims.pages.dates import partial_date
from claimtrack.admin import Choice, Options, ReadOnlyAdmin
from claimtrack.db.history import edits

MOST_PUBLISHERS = 30  # hosts that the filter offers; the others are found by their name


class PublisherFilter(Choice):
    names = ("publisher",)
    title = gettext_lazy("publisher")

    def options(self) -> Options:
        """Return the hosts with the most reviews, and the requested one."""
        return self._options

    @cached_property
    def _options(self) -> Options:
        reviews = ExternalReview.objects.visible_to(self.request.user)
        counted = reviews.values("publisher_site").annotate(n=Count("pk")).order_by("-n", "publisher_site")
        counts = {row["publisher_site"]: row["n"] for row in counted[:MOST_PUBLISHERS]}
        if self.value and self.value not in counts and "\0" not in self.value:
            counts |= {self.value: n} if (n := reviews.on_site(self.value).count()) else {}
        return [(site, f"{site} ({n})") for site, n in counts.items()]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(pk__in=ExternalReview.objects.on_site(value))


class StateFilter(Choice):
    names = ("state",)
    title = gettext_lazy("state")

    def options(self) -> Options:
        return [
            ("shown", _("Shown by its publisher")),
            ("gone", _("No longer shown")),
            ("changed", _("Changed since the import")),
        ]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        conditions = {
            "shown": Q(gone_at=None),
            "gone": Q(gone_at__isnull=False),
            "changed": Q(pk__in=ExternalReview.objects.changed()),
        }
        return rows.filter(conditions[value])


@admin.register(ExternalReview)
class ExternalReviewAdmin(ReadOnlyAdmin):
    list_display = ["wording", "publisher", "label", "claimant", "reviewed_on", "state", "of_claim"]
    list_display_links = ["wording"]
    list_filter = [StateFilter, PublisherFilter]
    list_select_related = ["claim"]
    search_fields = ["claim_reviewed", "title", "label", "claimant", "publisher", "publisher_site", "url", "=claim__id"]
    search_help_text = gettext_lazy("Words of a claim, label or name; an address; a claim’s number")
    heading = gettext_lazy("External reviews")
    lead = gettext_lazy(
        "Other publishers’ reviews of claims that are on record here. They are never verdicts of this desk."
    )
    nothing = gettext_lazy("There are none. Import a file of ClaimReview, and its reviews are listed here.")
    ordering = ["-pk"]
    fieldsets = [
        (None, {"fields": ["claim_link", "claim_reviewed", "claimant", "claimed_on", "label", "rating", "state"]}),
        (
            gettext_lazy("Where it stands"),
            {"fields": ["publisher", "publisher_site", "link", "title", "reviewed_on", "language"]},
        ),
        (gettext_lazy("On record"), {"fields": ["imported_by", "imported_at", "what_changed"]}),
    ]
    readonly_fields = ["claim_link", "claimed_on", "rating", "state", "link", "reviewed_on", "what_changed"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return ExternalReview.objects.visible_to(request.user).with_changes()

    @admin.display(description=gettext_lazy("claim as they word it"), ordering="claim_reviewed")
    def wording(self, review: ExternalReview) -> str:
        return review.claim_reviewed or review.title or review.url

    @admin.display(description=gettext_lazy("reviewed"), ordering="reviewed_at")
    def reviewed_on(self, review: ExternalReview) -> str:
        return partial_date(review.reviewed) if review.reviewed else "-"

    @admin.display(description=gettext_lazy("claimed"))
    def claimed_on(self, review: ExternalReview) -> str:
        return partial_date(review.claimed) if review.claimed else "-"

    @admin.display(description=gettext_lazy("state"))
    def state(self, review: ExternalReview) -> str:
        if review.gone_at:
            return _("No longer shown (%(day)s)") % {"day": date_format(review.gone_at, "SHORT_DATE_FORMAT")}
        return _("Changed") if getattr(review, "has_changed", False) else _("Shown")

    @admin.display(description=gettext_lazy("claim"), ordering="claim")
    def of_claim(self, review: ExternalReview) -> str:
        address = reverse("admin:claims_claim_change", args=[review.claim_id])
        return format_html('<a href="{}">{}</a>', address, _("Claim %(number)s") % {"number": review.claim_id})

    @admin.display(description=gettext_lazy("claim"))
    def claim_link(self, review: ExternalReview) -> str:
        address = reverse("admin:claims_claim_change", args=[review.claim_id])
        return format_html('<a href="{}">{}</a>', address, review.claim)

    @admin.display(description=gettext_lazy("rating"))
    def rating(self, review: ExternalReview) -> str:
        if review.rating_value is None:
            return "-"
        return _("%(value)s, where %(worst)s is worst and %(best)s best") % {
            "value": number_format(f"{review.rating_value:g}"),
            "worst": number_format(f"{review.rating_worst:g}"),
            "best": number_format(f"{review.rating_best:g}"),
        }

    @admin.display(description=gettext_lazy("address"))
    def link(self, review: ExternalReview) -> str:
        return format_html('<a href="{}" rel="noreferrer noopener">{}</a>', review.url, review.url)

    @admin.display(description=gettext_lazy("what changed"))
    def what_changed(self, review: ExternalReview) -> str:
        return render_to_string("desk/edits.html", {"edits": edits(review)[::-1]})
