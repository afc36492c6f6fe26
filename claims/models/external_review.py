from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim, visible
from claims.text import partial_dates
from claimtrack.cleaning import LANGUAGE
from claimtrack.db import events
from claimtrack.db.languages import LanguageField, PrimarySubtag
from claimtrack.models import User

_PRECISIONS = [(precision, precision) for precision in partial_dates.PRECISIONS]


class ExternalReviewQuerySet(models.QuerySet["ExternalReview"]):
    def visible_to(self, user: User | AnonymousUser | None) -> ExternalReviewQuerySet:
        return self.filter(visible(user, via="claim__"))

    def public(self) -> ExternalReviewQuerySet:
        return self.visible_to(None)

    def still_published(self) -> ExternalReviewQuerySet:
        """Leave out reviews that are gone from their page."""
        return self.filter(gone_at=None)

    def with_changes(self) -> ExternalReviewQuerySet:
        """Mark with `has_changed` those of which `changed` is true."""
        return self.annotate(has_changed=self._has_other_words())

    def changed(self) -> ExternalReviewQuerySet:
        """Return reviews whose label, title or wording of the claim was changed by their publisher."""
        return self.filter(self._has_other_words())

    def _has_other_words(self) -> models.Exists:
        events: Any = self.model._meta.get_field("events").related_model
        words = {name: models.OuterRef(name) for name in ("label", "title", "claim_reviewed")}
        return models.Exists(events.objects.filter(pgh_obj=models.OuterRef("pk"), pgh_label="update").exclude(**words))

    def on_site(self, site: str) -> ExternalReviewQuerySet:
        """Return reviews published on this host or a subdomain."""
        return self.filter(models.Q(publisher_site=site) | models.Q(publisher_site__endswith=f".{site}"))


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class ExternalReview(models.Model):
    """Another publisher's review of a claim, in their words. It neither is nor changes this desk's verdict.

    The rating is a number on the publisher's own scale, which means nothing without its label.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="external_reviews", verbose_name=_("claim"))
    publisher = models.CharField(_("publisher"), max_length=300)
    publisher_site = models.CharField(
        _("publisher site"), max_length=253, help_text=_("The host of the review's address, without www.")
    )
    url = models.CharField(_("URL"), max_length=2000, help_text=_("As it was given first."))
    address = models.CharField(
        _("address"),
        max_length=2000,
        editable=False,
        help_text=_("The same in the spelling that finds the page again."),
    )
    claim_reviewed = models.TextField(_("claim reviewed"), blank=True, help_text=_("The claim in their words."))
    claimant = models.CharField(
        _("claimant"), max_length=300, blank=True, help_text=_("Who made the claim according to them.")
    )
    key = models.CharField(
        _("key"),
        max_length=64,
        editable=False,
        help_text=_("Address, claimant and wording of the claim: which review it is."),
    )
    gone_at = models.DateTimeField(
        _("gone at"), null=True, blank=True, editable=False, help_text=_("When it was found to be gone from its page.")
    )
    title = models.CharField(_("title"), max_length=1000, blank=True)
    label = models.CharField(_("label"), max_length=1000, blank=True, help_text=_("Their verdict, as they write it."))
    rating_value = models.FloatField(_("rating value"), null=True, blank=True)
    rating_best = models.FloatField(_("rating best"), null=True, blank=True)
    rating_worst = models.FloatField(_("rating worst"), null=True, blank=True)
    reviewed_at = models.DateField(
        _("reviewed at"), null=True, blank=True, help_text=_("The first day that it covers.")
    )
    reviewed_precision = models.CharField(_("reviewed precision"), max_length=5, blank=True, choices=_PRECISIONS)
    language = LanguageField(_("language"), max_length=35, blank=True)
    claimed_at = models.DateField(
        _("claimed at"), null=True, blank=True, help_text=_("When they say the claim was made.")
    )
    claimed_precision = models.CharField(_("claimed precision"), max_length=5, blank=True, choices=_PRECISIONS)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("imported by")
    )
    imported_at = models.DateTimeField(_("imported at"), db_default=Now(), editable=False)

    objects = ExternalReviewQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("external review"), _("external reviews")
        constraints = [
            models.UniqueConstraint(fields=["key", "claim"], name="external_review_once"),
            models.CheckConstraint(condition=models.Q(url__regex="^https?://"), name="external_review_url"),
            models.CheckConstraint(
                condition=~models.Q(publisher="") & ~models.Q(publisher_site=""), name="external_review_publisher"
            ),
            models.CheckConstraint(condition=models.Q(language__regex=LANGUAGE), name="external_review_language"),
            models.CheckConstraint(
                condition=models.Q(rating_value=None, rating_best=None, rating_worst=None)
                # Without these three, a comparison with NULL would let a row pass.
                | models.Q(rating_value__isnull=False, rating_best__isnull=False, rating_worst__isnull=False)
                & ~models.Q(label="")
                & (
                    models.Q(rating_value__range=(models.F("rating_worst"), models.F("rating_best")))
                    | models.Q(rating_value__range=(models.F("rating_best"), models.F("rating_worst")))
                )
                & ~models.Q(rating_best=models.F("rating_worst")),
                name="external_review_rating",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}_at": None, f"{name}_precision": ""})
                    | models.Q(
                        **{f"{name}_at__isnull": False, f"{name}_precision__in": partial_dates.PRECISIONS},
                    ),
                    name=f"external_review_{name}",
                )
                for name in ("reviewed", "claimed")
            ),
        ]
        indexes = [
            # claims:search?reviewPublisherSiteFilter=…
            models.Index(fields=["publisher_site", "claim"], name="external_review_site"),
            # the languages in which q searches
            models.Index(PrimarySubtag("language"), name="external_review_languages"),
            # the reviews on record for a page, at an import
            models.Index(fields=["address"], name="external_review_address"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.label}"

    @property
    def reviewed(self) -> str | None:
        """The date of the review, as precise as it is known: 2025, 2025-09 or 2025-09-05."""
        return partial_dates.format_date(self.reviewed_at, self.reviewed_precision)

    @property
    def claimed(self) -> str | None:
        """The date of the claim according to the publisher, as precise as they say."""
        return partial_dates.format_date(self.claimed_at, self.claimed_precision)
