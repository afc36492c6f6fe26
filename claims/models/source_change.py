"""Quoted passages that a later text of the article no longer has, and the desk's decisions about them.

A row names passages by snapshot and offsets and never repeats them, so a redaction of the snapshots covers them too.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now, Substr
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim, visible
from claims.models.guards import source_change as guards
from claims.models.review import with_merged
from claimtrack.models import User
from claimtrack.roles import Role, role_of
from sources.models import Snapshot


class Kind(models.TextChoices):
    CHANGED = "changed", pgettext_lazy("passage", "Changed")
    GONE = "gone", pgettext_lazy("passage", "Gone")
    NOTE = "note", _("A note of a correction")


class Decision(models.TextChoices):
    SAME_CLAIM = "same_claim", _("The same claim in other words")
    CHANGED_CLAIM = "changed_claim", _("Another claim now")
    CORRECTED = "corrected", _("Corrected by the paper")
    REMOVED = "removed", _("Removed by the paper")


def _slice(snapshot: str, start: str, end: str) -> Substr:
    return Substr(f"{snapshot}__text", models.F(start) + 1, models.F(end) - models.F(start))


def _with_passages(rows: models.QuerySet) -> models.QuerySet:
    """Return them with `quote` and `later_quote`, and without the whole texts."""
    return (
        rows.select_related("claim__speaker", "claim__verdict", "snapshot", "later__article__source")
        .defer("claim__search", "snapshot__text", "later__text")
        .annotate(
            quote=_slice("snapshot", "start_offset", "end_offset"),
            later_quote=_slice("later", "later_start", "later_end"),
        )
    )


class SourceChangeQuerySet(models.QuerySet["SourceChange"]):
    def visible_to(self, user: User | AnonymousUser | None) -> SourceChangeQuerySet:
        return self if role_of(user) >= Role.MODERATOR else self.none()

    def waiting(self) -> SourceChangeQuerySet:
        """Return changes of public claims. Those of a merged claim wait until the merge is undone."""
        return self.filter(visible(None, via="claim__"))

    def for_list(self) -> models.QuerySet:
        return _with_passages(self).order_by("pk")


class SourceDecisionQuerySet(models.QuerySet["SourceDecision"]):
    def visible_to(self, user: User | AnonymousUser | None) -> SourceDecisionQuerySet:
        """Return decisions about visible claims. Those of a merged claim are shown at its winner."""
        if role_of(user) >= Role.MODERATOR:
            return self
        return self.filter(visible(user, via="claim__") | models.Q(claim__merged_into__isnull=False))

    def of_claim_and_merged(self, claim: Claim) -> SourceDecisionQuerySet:
        return self.filter(claim__in=with_merged(claim))

    def for_list(self) -> models.QuerySet:
        return _with_passages(self).select_related("by").order_by("pk")


class Passages(models.Model):
    """A passage of one snapshot, and the passage in its place in a later snapshot of the same article.

    `later_start` and `later_end` are null if there is nothing in its place. For a note of a correction, they are the place of the note;
    the quoted passage has not changed.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+", db_index=False, verbose_name=_("claim"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", db_index=False, verbose_name=_("snapshot"))
    start_offset = models.PositiveIntegerField(_("start offset"))
    end_offset = models.PositiveIntegerField(_("end offset"))
    later = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="+", db_index=False, verbose_name=_("later snapshot")
    )
    later_start = models.PositiveIntegerField(_("start offset in it"), null=True)
    later_end = models.PositiveIntegerField(_("end offset in it"), null=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    # The passages themselves, which for_list() annotates.
    quote: str
    later_quote: str | None

    class Meta:
        abstract = True

    OFFSETS: ClassVar = models.Q(start_offset__lt=models.F("end_offset")) & (
        models.Q(later_start=None, later_end=None, kind=Kind.GONE)
        | models.Q(
            later_start__isnull=False,
            later_end__isnull=False,
            later_start__lt=models.F("later_end"),
            kind__in=[Kind.CHANGED, Kind.NOTE],
        )
    )


class SourceChange(Passages):
    """A passage that waits for the desk's decision. A program found it; it is never public."""

    found_at = models.DateTimeField(_("found at"), db_default=Now())

    objects = SourceChangeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("change at the source"), _("changes at the source")
        constraints = [
            models.CheckConstraint(condition=Passages.OFFSETS, name="source_change_offsets"),
            models.UniqueConstraint(
                fields=["claim", "snapshot", "start_offset", "end_offset"], name="source_change_once"
            ),
        ]

    def __str__(self) -> str:
        return gettext("A change at the source of claim %(claim)s") % {"claim": self.claim_id}


class SourceDecision(Passages):
    """The desk's decision about a change at the source. It is public, and changes neither status nor verdict."""

    decision = models.CharField(_("decision"), max_length=13, choices=Decision)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = SourceDecisionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("decision about a source"), _("decisions about sources")
        constraints = [
            models.CheckConstraint(condition=Passages.OFFSETS, name="source_decision_offsets"),
            models.CheckConstraint(
                condition=models.Q(decision__in=["same_claim", "changed_claim", "corrected", "removed"]),
                name="source_decision_decision",
            ),
        ]
        indexes = [
            # those of a claim
            models.Index(fields=["claim", "id"], name="source_decision_claim"),
        ]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        return gettext("Claim %(claim)s: %(decision)s") % {
            "claim": self.claim_id,
            "decision": self.get_decision_display(),
        }
