from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim, visible
from claims.models.guards import appearance as guards
from claims.text.quoting import CONTEXT
from claimtrack.db import events
from claimtrack.models import User
from sources.models import Domain, Snapshot


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def visible_to(self, user: User | AnonymousUser | None) -> AppearanceQuerySet:
        return self.filter(visible(user, via="claim__"))

    def on_pages(self) -> AppearanceQuerySet:
        """Return appearances in articles that have an address."""
        return self.filter(snapshot__article__canonical_url__isnull=False)

    def for_list(self) -> AppearanceQuerySet:
        """Return them in the order of provenance (publication, then id), with everything that JSON shows, but without the text."""
        domains = models.Prefetch("snapshot__article__source__domains", Domain.objects.order_by("pk"))
        return (
            self.select_related("snapshot__article__source")
            .defer("snapshot__text")
            .prefetch_related(domains)
            .order_by(models.F("snapshot__article__published_at").asc(nulls_last=True), "pk")
        )


@pghistory.track(
    events.InsertEvent(level=pgtrigger.Statement), events.UpdateEvent(row=pghistory.Old), events.DeleteEvent()
)
class Appearance(models.Model):
    """Where the claim is found: an exact slice of a snapshot. Offsets count Unicode code points, 0-based, end exclusive.

    `prefix` and `suffix` repeat the text around the quote, so that no list has to read the whole text. They cannot become
    stale, since snapshot and slice are immutable.
    """

    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="appearances", db_index=False, verbose_name=_("claim")
    )
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="appearances", verbose_name=_("snapshot"))
    quote = models.TextField(_("quote"))
    start_offset = models.PositiveIntegerField(_("start offset"))
    end_offset = models.PositiveIntegerField(_("end offset"))
    prefix = models.CharField(_("prefix"), max_length=CONTEXT, blank=True)
    suffix = models.CharField(_("suffix"), max_length=CONTEXT, blank=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("appearance"), _("appearances")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_offset__gte=0, start_offset__lt=models.F("end_offset")),
                name="appearance_offsets",
            ),
            models.CheckConstraint(
                condition=models.Q(end_offset=models.F("start_offset") + Length("quote")), name="appearance_length"
            ),
            models.UniqueConstraint(fields=["claim", "snapshot", "start_offset"], name="appearance_once"),
        ]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        return f"“{self.quote}”"
