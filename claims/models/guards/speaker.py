"""A speaker's own name is one of its aliases, and a speaker is merged only as the merges on record say."""

import pgtrigger

from claimtrack.db.guards import Guard, refuse

OWN_NAME = refuse("speaker_own_name")

# Merges can follow one another. PL/pgSQL plans its queries once a session, while a recursive query would be planned each time.
FUNCTIONS = """
    CREATE OR REPLACE FUNCTION claims_winner(speaker bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
    DECLARE winner bigint;
    BEGIN
        LOOP
            SELECT merged_into_id INTO winner FROM claims_speaker WHERE id = speaker;
            IF winner IS NULL THEN RETURN speaker; END IF;
            speaker := winner;
        END LOOP;
    END $$;
"""
DROP_FUNCTIONS = "DROP FUNCTION claims_winner"

SPEAKER = [
    Guard(
        name="own_name",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("name"),
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (SELECT FROM claims_speaker WHERE id = NEW.id AND name = NEW.name) AND NOT EXISTS
                (SELECT FROM claims_alias WHERE speaker_id = NEW.id AND name = NEW.name)
            THEN {OWN_NAME}
            END IF;
            RETURN NULL;""",
    ),
    Guard(
        name="merge_accounted",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id"),
        func=f"""
            IF NEW.merged_into_id IS DISTINCT FROM (
                SELECT winner_speaker_id FROM claims_merge WHERE loser_speaker_id = NEW.id AND undone_at IS NULL)
            THEN {refuse("merge_unaccounted")}
            END IF;
            RETURN NEW;""",
    ),
]

ALIAS = [
    Guard(
        name="own_name_stays",
        when=pgtrigger.After,
        operation=pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (SELECT FROM claims_speaker s WHERE s.id = OLD.speaker_id AND NOT EXISTS
                (SELECT FROM claims_alias a WHERE a.speaker_id = s.id AND a.name = s.name))
            THEN {OWN_NAME}
            END IF;
            RETURN NULL;""",
    ),
]
