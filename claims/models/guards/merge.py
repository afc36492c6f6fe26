"""A merge agrees with the row that was merged away, and changes only by being undone."""

import pgtrigger

from claimtrack.db.guards import Guard, never_truncated, refuse
from claimtrack.db.redacting import redacted

TRIGGERS = [
    Guard(
        name="merge_insert",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF EXISTS (SELECT FROM claims_merge WHERE undone_at IS NULL
                       AND (loser_claim_id = NEW.winner_claim_id OR loser_speaker_id = NEW.winner_speaker_id))
            THEN {refuse("merge_winner")}
            END IF;
            IF NEW.undone_at IS NOT NULL
            THEN {refuse("merge_unaccounted")}
            END IF;
            NEW.at := statement_timestamp();
            RETURN NEW;""",
    ),
    Guard(
        name="merge_update",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF {redacted()} THEN RETURN NEW; END IF;
            IF OLD.undone_at IS NOT NULL OR
               to_jsonb(OLD) - '{{undone_at,undone_by_id,moved}}'::text[]
                   IS DISTINCT FROM to_jsonb(NEW) - '{{undone_at,undone_by_id,moved}}'::text[]
               OR (NEW.moved IS DISTINCT FROM OLD.moved AND OLD.moved <> '{{}}')
            THEN {refuse("frozen")}
            END IF;
            IF NEW.undone_at IS NOT NULL
            THEN NEW.undone_at := statement_timestamp();
            END IF;
            RETURN NEW;""",
    ),
    Guard(
        name="merge_settled",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("undone_at"),
        timing=pgtrigger.Deferred,
        func=f"""
            IF (SELECT merged_into_id FROM claims_claim WHERE id = NEW.loser_claim_id) IS DISTINCT FROM
               (SELECT winner_claim_id FROM claims_merge
                WHERE loser_claim_id = NEW.loser_claim_id AND undone_at IS NULL)
               OR (SELECT merged_into_id FROM claims_speaker WHERE id = NEW.loser_speaker_id) IS DISTINCT FROM
                  (SELECT winner_speaker_id FROM claims_merge
                   WHERE loser_speaker_id = NEW.loser_speaker_id AND undone_at IS NULL)
            THEN {refuse("merge_unaccounted")}
            END IF;
            RETURN NULL;""",
    ),
    Guard(
        name="merge_delete",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=refuse("frozen"),
    ),
    never_truncated(),
]
