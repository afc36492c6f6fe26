"""The outbox behind GET /api/v1/claims/changes/: one row for each change of what is public, written by triggers.

Neither a sequence nor a timestamp gives changes an order in which none is missed: a transaction may commit after one that took
a later number. So each row carries its transaction's id, rows are read in the order (xact, id), and only those whose
transactions lie below the oldest one still open (pg_snapshot_xmin): nothing can come before them any more. A transaction
that stays open, anywhere in the cluster, delays the feed; it never loses a change.

A cluster's transaction ids begin anew when a dump is loaded into another one. Rows from before then carry ids that this
cluster has not reached; the first change after that opens a new `era`, which sorts after all before it.

What is written of a row, and that it is written, depends on what is public at that moment: a claim that never was leaves no
trace. Whoever changes what is not public, as far as can be seen, waits for those who are publishing something, and looks again:
else a speaker renamed while another transaction publishes the first claim would keep the old name at every consumer. A row says
what changed and not to what: it stays true, and the current JSON is one request away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import connection, models
from django.db.models.functions import Now

from claims.transitions import PUBLIC
from claimtrack.db.guards import Guard

_STATUSES = ", ".join(f"'{status}'" for status in PUBLIC)
_PUBLIC = f"{{}}.status IN ({_STATUSES}) AND {{}}.merged_into_id IS NULL"


def _public(row: str) -> str:
    return _PUBLIC.format(row, row)


_FOUND_IN = (
    "sources_snapshot n JOIN claims_appearance a ON a.snapshot_id = n.id JOIN claims_claim c ON c.id = a.claim_id"
)

# Held by who publishes, shared, and by who changes what is not public, alone.
_PUBLISHING = "(70215, 0)"

FUNCTIONS = f"""
    CREATE OR REPLACE FUNCTION claims_era() RETURNS smallint LANGUAGE plpgsql AS $$
    DECLARE last record;
    BEGIN
        SELECT era, xact INTO last FROM claims_change ORDER BY era DESC, xact DESC, id DESC LIMIT 1;
        IF NOT FOUND THEN RETURN 0; END IF;
        IF last.xact >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
           AND last.xact <> pg_current_xact_id()::text::bigint
        THEN RETURN last.era + 1;
        END IF;
        RETURN last.era;
    END $$;

    CREATE OR REPLACE FUNCTION claims_shown(what text, changed bigint) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
        RETURN (CASE what
            WHEN 'claim' THEN EXISTS (SELECT FROM claims_claim c WHERE c.id = changed AND {_public("c")})
            WHEN 'speaker' THEN EXISTS (SELECT FROM claims_claim c WHERE c.speaker_id = changed AND {_public("c")})
            WHEN 'topic' THEN EXISTS (SELECT FROM claims_claimtopic t JOIN claims_claim c ON c.id = t.claim_id
                WHERE t.topic_id = changed AND {_public("c")})
            WHEN 'article' THEN EXISTS (SELECT FROM {_FOUND_IN} WHERE n.article_id = changed AND {_public("c")})
            WHEN 'source' THEN EXISTS (SELECT FROM sources_article r JOIN {_FOUND_IN} ON n.article_id = r.id
                WHERE r.source_id = changed AND {_public("c")})
            ELSE true END);
    END $$;

    CREATE OR REPLACE FUNCTION claims_report(what text, changed bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT claims_shown(what, changed) THEN
            IF what = 'claim' THEN RETURN; END IF;
            PERFORM pg_advisory_xact_lock{_PUBLISHING};
            IF NOT claims_shown(what, changed) THEN RETURN; END IF;
        END IF;
        INSERT INTO claims_change (era, xact, kind, row_id, change)
        VALUES (claims_era(), pg_current_xact_id()::text::bigint, what, changed, 'upsert') ON CONFLICT DO NOTHING;
    END $$;
"""

# Statements touch many claims: their tombstones alone are looked up, and only where there can be one.
CLAIMS_CHANGED = f"""
    IF EXISTS (SELECT FROM after c WHERE {_public("c")}) THEN PERFORM pg_advisory_xact_lock_shared{_PUBLISHING}; END IF;
    this_era := claims_era();
    INSERT INTO claims_change (era, xact, kind, row_id, change)
        SELECT this_era, pg_current_xact_id()::text::bigint, 'claim', c.id, 'upsert'
        FROM after c WHERE {_public("c")} ORDER BY c.id;
    IF EXISTS (SELECT FROM after c WHERE NOT ({_public("c")})) AND EXISTS (SELECT FROM before c WHERE {_public("c")}) THEN
        INSERT INTO claims_change (era, xact, kind, row_id, change, merged_into)
        SELECT this_era, pg_current_xact_id()::text::bigint, 'claim', c.id, 'tombstone', winner.id
        FROM before was JOIN claims_claim c ON c.id = was.id AND NOT ({_public("c")})
        LEFT JOIN claims_claim winner ON winner.id = c.merged_into_id AND {_public("winner")}
        WHERE {_public("was")} ORDER BY c.id;
    END IF;
    RETURN NULL;"""

DROP_FUNCTIONS = "DROP FUNCTION claims_report; DROP FUNCTION claims_shown; DROP FUNCTION claims_era"

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


def changes_since(place: Place | None, most: int) -> tuple[list[Change], float]:
    """Return the next `most` settled changes, and the feed's lag in seconds.

    `place` None: the last `most` changes. The lag is the age of the oldest change that waits for a transaction to end.
    """
    start = place or Place()
    with connection.cursor() as cursor:
        cursor.execute(READ.format(direction="ASC" if place else "DESC"), [start.era, start.xact, start.id, most])
        rows = cursor.fetchall()
    return [Change(*row[:-1]) for row in rows if row[0] is not None], rows[0][-1]


def reporting(kind: str, row: str, operation: Any = pgtrigger.Update, **kwargs: Any) -> Guard:
    """Return the trigger that reports `row` (an SQL expression of NEW and OLD) of this kind when rows of a table change."""
    func = f"PERFORM claims_report('{kind}', {row}); RETURN NULL;"
    return Guard(name=f"report_{kind}", when=pgtrigger.After, operation=operation, func=func, **kwargs)


def claims_reporting() -> Guard:
    """Return the trigger that reports claims: those that are public, and those that no longer are."""
    return Guard(
        name="report_claims",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="before", new="after"),
        declare=[("this_era", "smallint")],
        func=CLAIMS_CHANGED,
    )
