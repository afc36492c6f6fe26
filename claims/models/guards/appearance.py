"""A quote is a slice of its snapshot and never moves, except that a redaction blacks out both."""

import pgtrigger

from claims.models.guards.claim import touch
from claims.models.guards.claim_source import list_under_sources, relist_under_sources
from claims.models.guards.slice import SLICE, SLICE_OF_NEW
from claimtrack.db.guards import Guard, never_truncated, refuse
from claimtrack.db.redacting import redacted

OPEN = f"""
    IF EXISTS (SELECT FROM inserted a JOIN claims_claim c ON c.id = a.claim_id
               WHERE c.status = 'awaiting_approval' OR c.merged_into_id IS NOT NULL)
    THEN {refuse("appearances_closed")}
    END IF;"""

MOVED = "(SELECT claim_id FROM before UNION SELECT claim_id FROM after)"

TRIGGERS = [
    Guard(
        name="slice",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="inserted"),
        func=SLICE + OPEN + touch("inserted") + list_under_sources("SELECT claim_id FROM inserted") + " RETURN NULL;",
    ),
    Guard(
        name="only_a_merge_moves",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF {redacted()} AND {SLICE_OF_NEW} THEN RETURN NEW; END IF;
            IF to_jsonb(OLD) - 'claim_id' IS DISTINCT FROM to_jsonb(NEW) - 'claim_id' OR NOT EXISTS (
                SELECT FROM claims_merge WHERE
                (loser_claim_id = OLD.claim_id AND winner_claim_id = NEW.claim_id AND undone_at IS NULL) OR
                (winner_claim_id = OLD.claim_id AND loser_claim_id = NEW.claim_id AND undone_at IS NOT NULL
                 AND moved->'appearances' @> to_jsonb(OLD.id)))
            THEN {refuse("frozen")}
            END IF;
            RETURN NEW;""",
    ),
    Guard(
        name="moved",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="before", new="after"),
        func=f"""
            IF EXISTS (SELECT FROM claims_claim c WHERE c.status = 'awaiting_approval' AND c.id IN {MOVED})
               AND NOT claimtrack_redacts('claims_appearance', (SELECT min(id) FROM after))
            THEN {refuse("appearances_closed")}
            END IF;
            IF EXISTS (SELECT FROM claims_claim c WHERE c.id IN (SELECT claim_id FROM before)
                       AND c.origin <> 'claimreview' AND c.merged_into_id IS NULL
                       AND NOT EXISTS (SELECT FROM claims_appearance WHERE claim_id = c.id))
            THEN {refuse("last_appearance")}
            END IF;"""
        + touch(f"{MOVED} moved")
        + relist_under_sources(MOVED[1:-1])
        + " RETURN NULL;",
    ),
    Guard(
        name="last_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        declare=[("c", "claims_claim")],
        func=f"""
            SELECT * INTO c FROM claims_claim WHERE id = OLD.claim_id FOR NO KEY UPDATE;
            IF c.verdict_id IS NOT NULL OR c.status = 'awaiting_approval' OR c.merged_into_id IS NOT NULL
            THEN {refuse("appearances_closed")}
            END IF;
            IF c.origin <> 'claimreview' AND NOT EXISTS
                (SELECT FROM claims_appearance WHERE claim_id = OLD.claim_id AND id <> OLD.id)
            THEN {refuse("last_appearance")}
            END IF;
            IF EXISTS (SELECT FROM claims_merge WHERE winner_claim_id = OLD.claim_id AND undone_at IS NULL
                       AND moved->'appearances' @> to_jsonb(OLD.id))
            THEN {refuse("merged_appearance")}
            END IF;
            RETURN OLD;""",
    ),
    Guard(
        name="deleted",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="deleted"),
        func=touch("deleted") + relist_under_sources("SELECT claim_id FROM deleted") + " RETURN NULL;",
    ),
    never_truncated(),
]
