"""The triggers that write the feed of changes: `claims.models.change` says why."""

import pgtrigger

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
        VALUES (claimtrack_era(), pg_current_xact_id()::text::bigint, what, changed, 'upsert') ON CONFLICT DO NOTHING;
    END $$;
"""

# Statements touch many claims: their tombstones alone are looked up, and only where there can be one.
CLAIMS_CHANGED = f"""
    IF EXISTS (SELECT FROM after c WHERE {_public("c")}) THEN PERFORM pg_advisory_xact_lock_shared{_PUBLISHING}; END IF;
    this_era := claimtrack_era();
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

DROP_FUNCTIONS = "DROP FUNCTION claims_report; DROP FUNCTION claims_shown"


def reporting(
    kind: str,
    row: str,
    operation: pgtrigger.Operation = pgtrigger.Update,
    condition: pgtrigger.Condition | None = None,
) -> Guard:
    """Return the trigger that reports `row` (an SQL expression of NEW and OLD) of this kind when rows of a table change."""
    func = f"PERFORM claims_report('{kind}', {row}); RETURN NULL;"
    return Guard(name=f"report_{kind}", when=pgtrigger.After, operation=operation, func=func, condition=condition)


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
