"""Passages that were removed from snapshots, or that somebody proposes to remove. The text itself is never here."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claimtrack.db import revision
from claimtrack.db.guards import Guard, dated, frozen, refuse
from claimtrack.models import Redaction
from sources.models.published import Snapshot

HASH = r"^[0-9a-f]{64}$"


class RedactedSnapshotQuerySet(models.QuerySet["RedactedSnapshot"]):
    def once(self) -> RedactedSnapshotQuerySet:
        """Return one row for each redaction, that of its last snapshot."""
        rows = self.select_related("redaction__by", "redaction__approved_by")
        return rows.order_by("redaction", "-pk").distinct("redaction")


class RedactedSnapshot(models.Model):
    """Where a redaction removed characters of a snapshot, and the fingerprints of the passages for later readings of the article."""

    redaction = models.ForeignKey(
        Redaction, models.PROTECT, related_name="snapshots", db_index=False, verbose_name=_("redaction")
    )
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="redactions", verbose_name=_("snapshot"))
    ranges = models.JSONField(_("ranges"), help_text=_("Start and length of each, in code points."))
    original = models.CharField(
        _("original"), max_length=64, help_text=_("Keyed hash of the SHA-256 of the text as it was.")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the text as it is now."))
    removed = models.JSONField(
        _("removed"), help_text=_("Of each passage, the number of its letters and digits, and their keyed hash.")
    )
    key = models.CharField(_("key"), max_length=16, help_text=_("Which key made the hashes."))

    objects = RedactedSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("redacted snapshot"), _("redacted snapshots")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["redaction", "snapshot"], name="redacted_snapshot_once"),
            models.CheckConstraint(
                condition=models.Q(original__regex=HASH, sha256__regex=HASH), name="redacted_snapshot_hashes"
            ),
        ]
        triggers = [
            *frozen(),
            Guard(
                name="own_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (SELECT FROM claimtrack_redaction WHERE id = NEW.redaction_id
                       AND transaction = pg_current_xact_id()::text::bigint AND at >= now())
                    THEN {refuse("redaction_late")}
                    END IF;
                    RETURN NEW;""",
            ),
            revision.trigger(),
        ]

    def __str__(self) -> str:
        return gettext("Removed from snapshot %(id)s: %(characters)s characters") % {
            "id": self.snapshot_id,
            "characters": self.characters,
        }

    @property
    def characters(self) -> int:
        """How many characters were removed."""
        return sum(length for _start, length in self.ranges)


class RedactionProposal(models.Model):
    """A redaction that one Editor proposes and another carries out or declines, where the desk requires approval."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("snapshot"))
    ranges = models.JSONField(_("ranges"))
    reason = models.TextField(_("reason"))
    order = models.CharField(_("order"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("proposed redaction"), _("proposed redactions")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(order=""), name="redaction_proposal_says_why"
            ),
        ]
        triggers = [*frozen(settable_once="decided_by_id"), dated("at")]

    def __str__(self) -> str:
        return gettext("Proposed for snapshot %(id)s") % {"id": self.snapshot_id}
