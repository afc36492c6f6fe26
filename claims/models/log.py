"""The transparency log (claims.proof): entries in the order in which they were numbered, the tree over them, and its signed heads."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import models
from django.db.models.functions import Now

from claims.models.claim import Claim
from claims.models.guards import log as guards
from claims.models.review import Review, with_merged
from claims.models.speaker import Speaker
from claimtrack.models import Redaction
from sources.models import Snapshot


def leaf_date(leaf: str) -> datetime:
    return datetime.fromisoformat(json.loads(leaf)["at"])


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def numbered(self) -> LogEntryQuerySet:
        return self.filter(index__isnull=False)

    def about(self, claim: Claim) -> LogEntryQuerySet:
        """Return entries about the claim and those merged into it, its snapshots, speaker and redactions, in order."""
        redactions = Redaction.objects.filter(rows__claims_claim__contains=claim.pk).values_list("pk", flat=True)
        return self.filter(
            models.Q(claim__in=with_merged(claim))
            | models.Q(loser=claim)
            | models.Q(snapshot__in=claim.appearances.order_by().values("snapshot"))
            | models.Q(speaker__isnull=False, speaker=claim.speaker_id)
            | models.Q(redaction__in=list(redactions))
        ).order_by("index")


class LogEntry(models.Model):
    """A record of a publication, to which a leaf of the tree commits. Its foreign keys only help to find it."""

    index = models.BigIntegerField(
        null=True, unique=True, help_text="The place in the tree; null until it is numbered."
    )
    kind = models.CharField(max_length=20)
    leaf = models.TextField(help_text="The bytes that are hashed: canonical JSON.")
    body = models.TextField(help_text="What readers saw, as canonical JSON with each text replaced by its salted hash.")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+", db_index=False)
    loser = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+", help_text="Of a merge.")
    review = models.OneToOneField(Review, models.PROTECT, null=True, related_name="logged")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, null=True, related_name="logged")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="+")
    redaction = models.OneToOneField(Redaction, models.PROTECT, null=True, related_name="logged")
    earlier = models.BooleanField(default=False, help_text="Published before the log began.")
    at = models.DateTimeField(db_default=Now())

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "log entries"
        indexes = [
            # what is known about a claim
            models.Index(fields=["claim", "index"], name="logentry_claim"),
            # entries that wait for a number
            models.Index(fields=["-earlier", "id"], condition=models.Q(index=None), name="logentry_unnumbered"),
        ]
        triggers = guards.ENTRY

    def __str__(self) -> str:
        return f"{self.kind} {self.index}"

    @property
    def said_at(self) -> datetime:
        """When it was recorded, by its leaf: the tree proves that, and not the column."""
        return leaf_date(self.leaf)


class LogOpening(models.Model):
    """The salt and the text of each salted hash of an entry. A redaction destroys them."""

    entry = models.OneToOneField(LogEntry, models.PROTECT, primary_key=True, related_name="opening")
    texts = models.JSONField()

    class Meta:
        triggers = guards.OPENING

    def __str__(self) -> str:
        return f"Entry {self.entry_id}"


class LogTile(models.Model):
    """Up to 256 hashes of one level of the tree (claims.proof.merkle)."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="logtile_once")]
        triggers = guards.TILE

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def newest(self) -> Checkpoint | None:
        """Return the checkpoint in force, with its cosignatures."""
        return self.prefetch_related("cosignatures").order_by("pk").last()


class Checkpoint(models.Model):
    """A signed note with the root of the tree at a size. The last one is in force."""

    size = models.BigIntegerField()
    note = models.TextField()
    at = models.DateTimeField(db_default=Now())

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        triggers = guards.CHECKPOINT

    def __str__(self) -> str:
        return f"{self.size}"

    @property
    def cosigned(self) -> str:
        """The note with the last cosignature of each witness."""
        last = {row.witness: row.line for row in self.cosignatures.all()}
        return self.note + "".join(f"{line}\n" for line in last.values())


class Cosignature(models.Model):
    """The line by which a witness confirms that a checkpoint extends those that it has seen before (claims.proof.witnessing)."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=300)
    line = models.TextField(unique=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        triggers = guards.CHECKPOINT

    def __str__(self) -> str:
        return f"{self.checkpoint}: {self.witness}"


class Timestamp(models.Model):
    """The statement of an authority (RFC 3161) that a checkpoint existed on a day (claims.proof.stamping)."""

    day = models.DateField(unique=True, help_text="In UTC.")
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="timestamps")
    response = models.BinaryField(help_text="The authority's answer, TimeStampResp in DER.")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = guards.CHECKPOINT

    def __str__(self) -> str:
        return f"{self.day}"
