"""The outbox behind GET /api/v1/claims/changes/: one row for each change of what is public, written by triggers.

Neither a sequence nor a timestamp gives changes an order in which none is missed: a transaction may commit after one that took
a later number. So each row carries its transaction's id, rows are read in the order (xact, id), and only those whose
transactions lie below the oldest one still open (pg_snapshot_xmin): nothing can come before them any more. A transaction
that stays open, anywhere in the cluster, delays the feed; it never loses a change.

A cluster's transaction ids begin anew when a dump is loaded into another one. So each row carries its era too
(claimtrack.db.eras), and rows of an earlier era sort before all that this cluster writes. A consumer whose place was lost with
what came after the dump is told so (PlaceLost).

What is written of a row, and that it is written, depends on what is public at that moment: a claim that never was leaves no
trace. Whoever changes what is not public, as far as can be seen, waits for those who are publishing something, and looks again:
else a speaker renamed while another transaction publishes the first claim would keep the old name at every consumer. A row says
what changed and not to what: it stays true, and the current JSON is one request away.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, models
from django.db.models.functions import Now

from claimtrack.refusals import Refused

# One statement, hence one snapshot: the rows and the edge up to which they are settled belong together.
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
    """That a row changed in what is public of it, or is public no more."""

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
            # One row tells of all that a transaction does to a speaker and the names that it is known by.
            models.UniqueConstraint(
                fields=["era", "xact", "kind", "row_id"], condition=~models.Q(kind="claim"), name="change_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.kind} {self.row_id}"

    @property
    def place(self) -> Place:
        return Place(self.era, self.xact, self.pk)


@dataclass(frozen=True)
class Place:
    """Where in the feed a consumer stands: behind the row of this era, transaction and id."""

    era: int = 0
    xact: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.era}.{self.xact}.{self.id}"


class PlaceLost(Refused):
    """The row that a consumer stands behind is not in the feed: the ledger was restored from before it."""

    status = 410
    code = "place_lost"


def changes_since(place: Place | None, most: int) -> tuple[list[Change], float]:
    """Return the next `most` settled changes, and the feed's lag in seconds. Raises PlaceLost.

    `place` None: the last `most` changes. The lag is the age of the oldest change that waits for a transaction to end.
    """
    start = place or Place()
    if start != Place() and not Change.objects.filter(era=start.era, xact=start.xact, pk=start.id).exists():
        raise PlaceLost(
            "This feed has no such place; the ledger may have been restored from a backup. Drop your copy and begin again"
            " without `since`.",
            field="since",
        )
    with connection.cursor() as cursor:
        cursor.execute(READ.format(direction="ASC" if place else "DESC"), [start.era, start.xact, start.id, most])
        rows = cursor.fetchall()
    return [Change(*row[:-1]) for row in rows if row[0] is not None], rows[0][-1]
