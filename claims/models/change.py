"""The outbox behind GET /api/v1/claims/changes/: one row for each public change, written by triggers.

With a sequence or a timestamp, readers could miss changes, since a transaction may commit after one that took a later number.
Therefore each row contains the id of its transaction, and rows are read in the order (xact, id), up to the oldest transaction
that is still open (pg_snapshot_xmin). No row can be added before that point any more. An open transaction anywhere in the
cluster delays the feed, but the feed never loses a change.

When a dump is loaded into another cluster, transaction ids start again. Therefore each row contains its era too
(claimtrack.db.eras), and rows of earlier eras come first. If the place of a consumer was lost with the changes after the dump,
it gets an error (PlaceLost).

Changes are recorded only of rows that are public at that moment, so a claim that was never public leaves no trace. A transaction that
changes a row which does not seem to be public waits for transactions that are publishing a claim which shows it, and looks again.
Otherwise, if a speaker is renamed while another transaction publishes the speaker's first claim, consumers would keep the old
name. A row says what changed, but not how, so it stays true; consumers request the current JSON.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, models
from django.db.models.functions import Now

from claims.models.guards import change as guards
from claimtrack.refusals import Refused

# One statement, so that rows and horizon come from one snapshot.
READ = """
    WITH last AS (SELECT era, xact FROM claims_change ORDER BY era DESC, xact DESC, id DESC LIMIT 1),
    horizon AS (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin,
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xmax),
    edge AS (SELECT CASE WHEN last.xact >= xmax THEN last.era + 1 ELSE last.era END AS era,
        CASE WHEN last.xact >= xmax THEN 0 ELSE xmin END AS xact FROM last, horizon)
    SELECT c.id, c.era, c.xact, c.kind, c.row_id, c.change, c.merged_into, c.at,
        (SELECT COALESCE(EXTRACT(epoch FROM clock_timestamp() - min(w.at)), 0)::float FROM claims_change w, edge
         WHERE (w.era, w.xact) >= (edge.era, edge.xact))
    FROM (SELECT 1) once LEFT JOIN (
        SELECT c.* FROM claims_change c, edge
        WHERE (c.era, c.xact) < (edge.era, edge.xact) AND (c.era, c.xact, c.id) > (%s, %s, %s)
        ORDER BY c.era {direction}, c.xact {direction}, c.id {direction} LIMIT %s) c ON true
    ORDER BY c.era, c.xact, c.id"""


class Change(models.Model):
    """The public part of a row has changed, or the row is no longer public."""

    class Kind(models.TextChoices):
        CLAIM = "claim"
        SPEAKER = "speaker"
        SOURCE = "source"
        ARTICLE = "article"
        TOPIC = "topic"
        VERDICT = "verdict"

    class Type(models.TextChoices):
        UPSERT = "upsert"
        TOMBSTONE = "tombstone"

    era = models.SmallIntegerField()
    xact = models.BigIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    row_id = models.BigIntegerField()
    change = models.CharField(max_length=9, choices=Type)
    merged_into = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            # the feed's order
            models.Index(fields=["era", "xact", "id"], name="change_order"),
        ]
        constraints = [
            # All changes that one transaction makes to a speaker and its aliases are one row.
            models.UniqueConstraint(
                fields=["era", "xact", "kind", "row_id"], condition=~models.Q(kind="claim"), name="change_once"
            ),
        ]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        return f"{self.change} {self.kind} {self.row_id}"

    @property
    def place(self) -> FeedPosition:
        return FeedPosition(self.era, self.xact, self.pk)


@dataclass(frozen=True)
class FeedPosition:
    """The position of a consumer in the feed: after the row with this era, transaction and id."""

    era: int = 0
    xact: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.era}.{self.xact}.{self.id}"


class PlaceLost(Refused):
    """The row at the consumer's position is not in the feed, because the ledger was restored from an older backup."""

    status = 410
    code = "place_lost"


def changes_since(place: FeedPosition | None, most: int) -> tuple[list[Change], float]:
    """Return the next `most` changes that are settled, or the last ones without a `place`, and the lag in seconds.

    The lag is the age of the oldest change that waits for an open transaction. Raises PlaceLost.
    """
    start = place or FeedPosition()
    if start != FeedPosition() and not Change.objects.filter(era=start.era, xact=start.xact, pk=start.id).exists():
        raise PlaceLost(
            "This feed has no such place; the ledger may have been restored from a backup. Drop your copy and begin again"
            " without `since`.",
            field="since",
        )
    with connection.cursor() as cursor:
        cursor.execute(READ.format(direction="ASC" if place else "DESC"), [start.era, start.xact, start.id, most])
        rows = cursor.fetchall()
    return [Change(*row[:-1]) for row in rows if row[0] is not None], rows[0][-1]
