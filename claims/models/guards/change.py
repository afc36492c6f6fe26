"""The triggers that write the feed of changes. `claims.models.change` explains it."""

import pgtrigger

from claims.transitions import PUBLIC
from claimtrack.db.guards import Guard, frozen, written_by_triggers

_STATUSES = ", ".join(f"'{status}'" for status in PUBLIC)


def _is_public(claim: str) -> str:
    return f"{claim}.status IN ({_STATUSES}) AND {claim}.merged_into_id IS NULL"


_SNAPSHOT_TO_CLAIM = (
    "sources_snapshot n JOIN claims_appearance a ON a.snapshot_id = n.id JOIN claims_claim c ON c.id = a.claim_id"
)

FUNCTIONS = f"""
    CREATE OR REPLACE FUNCTION claims_is_public(what text, changed bigint) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
        RETURN (CASE what
            WHEN 'claim' THEN EXISTS (SELECT FROM claims_claim c WHERE c.id = changed AND {_is_public("c")})
            WHEN 'speaker' THEN EXISTS (SELECT FROM claims_claim c WHERE c.speaker_id = changed AND {_is_public("c")})
            WHEN 'topic' THEN EXISTS (SELECT FROM claims_claimtopic t JOIN claims_claim c ON c.id = t.claim_id
                WHERE t.topic_id = changed AND {_is_public("c")})
            WHEN 'article' THEN EXISTS (SELECT FROM {_SNAPSHOT_TO_CLAIM} WHERE n.article_id = changed AND {_is_public("c")})
            WHEN 'source' THEN EXISTS (SELECT FROM sources_article r JOIN {_SNAPSHOT_TO_CLAIM} ON n.article_id = r.id
                WHERE r.source_id = changed AND {_is_public("c")})
            ELSE true END);
    END $$;

    CREATE OR REPLACE FUNCTION claims_record_change(what text, changed bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT claims_is_public(what, changed) THEN
            IF what = 'claim' THEN RETURN; END IF;
            -- A transaction that publishes a claim holds the rows that the claim shows (`claims_renew_documents`), so this waits
            -- for it. An update of the row itself has waited already; an alias, a domain and a snapshot are rows of their own.
            CASE what
                WHEN 'speaker' THEN PERFORM FROM claims_speaker WHERE id = changed FOR NO KEY UPDATE;
                WHEN 'article' THEN PERFORM FROM sources_article WHERE id = changed FOR NO KEY UPDATE;
                WHEN 'source' THEN PERFORM FROM sources_source WHERE id = changed FOR NO KEY UPDATE;
                ELSE NULL;
            END CASE;
            IF NOT claims_is_public(what, changed) THEN RETURN; END IF;
        END IF;
        INSERT INTO claims_change (era, xact, kind, row_id, change)
        VALUES (claimtrack_era(), pg_current_xact_id()::text::bigint, what, changed, 'upsert') ON CONFLICT DO NOTHING;
    END $$;
"""

# A statement may change many claims, so winners of merges are looked up for tombstones only.
RECORD_CLAIMS = f"""
    this_era := claimtrack_era();
    INSERT INTO claims_change (era, xact, kind, row_id, change)
        SELECT this_era, pg_current_xact_id()::text::bigint, 'claim', c.id, 'upsert'
        FROM after c WHERE {_is_public("c")} ORDER BY c.id;
    IF EXISTS (SELECT FROM after c WHERE NOT ({_is_public("c")})) AND EXISTS (SELECT FROM before c WHERE {_is_public("c")}) THEN
        INSERT INTO claims_change (era, xact, kind, row_id, change, merged_into)
        SELECT this_era, pg_current_xact_id()::text::bigint, 'claim', c.id, 'tombstone', winner.id
        FROM before was JOIN claims_claim c ON c.id = was.id AND NOT ({_is_public("c")})
        LEFT JOIN claims_claim winner ON winner.id = c.merged_into_id AND {_is_public("winner")}
        WHERE {_is_public("was")} ORDER BY c.id;
    END IF;
    RETURN NULL;"""

# The feed is append-only, and only the triggers of this module append to it.
TRIGGERS = [*frozen(), written_by_triggers(pgtrigger.Insert)]

DROP_FUNCTIONS = "DROP FUNCTION claims_record_change; DROP FUNCTION claims_is_public"


def change_trigger(
    kind: str,
    pk: str,
    operation: pgtrigger.Operation = pgtrigger.Update,
    condition: pgtrigger.Condition | None = None,
) -> Guard:
    """Return the trigger that records a change of a row of this kind. `pk` is SQL over NEW and OLD."""
    func = f"PERFORM claims_record_change('{kind}', {pk}); RETURN NULL;"
    return Guard(name=f"report_{kind}", when=pgtrigger.After, operation=operation, func=func, condition=condition)


def claim_change_trigger() -> Guard:
    """Return the trigger that records changes of claims: of public ones, and of those that are no longer public."""
    return Guard(
        name="report_claims",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="before", new="after"),
        declare=[("this_era", "smallint")],
        func=RECORD_CLAIMS,
    )
