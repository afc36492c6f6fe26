"""The rules for a claim and for changes to it."""

from collections.abc import Iterable

import pgtrigger

from claims.models.guards.claim_source import copy_recording_dates, list_under_sources
from claims.transitions import CLOSED_COLUMNS
from claimtrack.db.guards import Guard, refuse
from claimtrack.db.redacting import redacted

# SQL: whether the reviews of the row `{claim}` account for its status, verdict and date of publication.
ACCOUNTED = """(
    {claim}.status = COALESCE(
        (SELECT to_status FROM claims_review WHERE claim_id = {claim}.id ORDER BY id DESC LIMIT 1), 'proposed')
    AND {claim}.verdict_id IS NOT DISTINCT FROM (
        CASE WHEN {claim}.status IN ('checked', 'in_review', 'awaiting_approval') THEN
            (SELECT verdict_id FROM claims_review WHERE claim_id = {claim}.id AND to_status IN ('checked', 'withdrawn')
             ORDER BY id DESC LIMIT 1) END)
    AND {claim}.reviewed_at IS NOT DISTINCT FROM
        (SELECT created_at FROM claims_review WHERE claim_id = {claim}.id AND to_status = 'checked'
         ORDER BY id DESC LIMIT 1))"""

CLOSED_BUT_SPEAKER = [column for column in CLOSED_COLUMNS if column != "speaker_id"]


def _columns(record: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{record}.{column}" for column in columns)


# FOR SHARE: a merge of the speaker waits for this transaction, and moves its claims afterwards.
SPEAKER_IS_NOT_MERGED = f"""
    SELECT merged_into_id INTO into_id FROM claims_speaker WHERE id = NEW.speaker_id FOR SHARE;
    IF into_id IS NOT NULL
    THEN {refuse("merged_speaker")}
    END IF;"""

REDACTED = redacted(but="search,version,updated_at")

CLAIM_CHANGED = f"""
    IF OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL
       AND to_jsonb(OLD) - '{{speaker_id,search,version,updated_at}}'::text[]
           IS DISTINCT FROM to_jsonb(NEW) - '{{speaker_id,search,version,updated_at}}'::text[]
       AND NOT {REDACTED}
    THEN {refuse("merged")}
    END IF;
    IF (OLD.created_by_id, OLD.created_at, OLD.origin, OLD.origin_key) IS DISTINCT FROM
       (NEW.created_by_id, NEW.created_at, NEW.origin, NEW.origin_key)
    THEN {refuse("origin")}
    END IF;
    IF (OLD.status, OLD.verdict_id, OLD.reviewed_at) IS DISTINCT FROM (NEW.status, NEW.verdict_id, NEW.reviewed_at)
       AND NOT {ACCOUNTED.format(claim="NEW")}
    THEN {refuse("status_unaccounted")}
    END IF;
    IF NEW.reviewed_at IS DISTINCT FROM OLD.reviewed_at THEN
        -- The statement that puts a publication in force applies all changes of the publication, and no others.
        SELECT * INTO publication FROM claims_review WHERE claim_id = NEW.id AND to_status = 'checked' ORDER BY id DESC LIMIT 1;
        IF NEW.text IS DISTINCT FROM publication.wording
           OR NEW.speaker_role <> COALESCE(publication.changes->>'speaker_role', OLD.speaker_role)
           OR (CASE WHEN publication.changes ? 'speaker'
              THEN NEW.speaker_id IS DISTINCT FROM (publication.changes->>'speaker')::bigint AND NOT EXISTS
                  (SELECT FROM claims_speaker WHERE id = (publication.changes->>'speaker')::bigint AND merged_into_id IS NOT NULL)
              ELSE NEW.speaker_id IS DISTINCT FROM OLD.speaker_id END)
           OR (CASE WHEN publication.changes ? 'said_at'
              THEN COALESCE(publication.changes->>'said_at', '') <> COALESCE(to_char(NEW.said_at,
                  CASE NEW.said_precision WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END), '')
              ELSE (NEW.said_at, NEW.said_precision) IS DISTINCT FROM (OLD.said_at, OLD.said_precision) END)
           OR (CASE WHEN publication.changes ? 'due_on'
              THEN COALESCE(publication.changes->>'due_on', '') <> COALESCE(to_char(NEW.due_on,
                  CASE NEW.due_precision WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END), '')
              ELSE (NEW.due_on, NEW.due_precision) IS DISTINCT FROM (OLD.due_on, OLD.due_precision) END)
           OR (publication.changes->>'review_by')::date IS DISTINCT FROM NEW.review_by
              AND publication.changes->>'review_by' IS NOT NULL
        THEN {refuse("closed")}
        END IF;
    ELSIF (OLD.verdict_id IS NOT NULL OR NEW.verdict_id IS NOT NULL
           OR 'awaiting_approval' IN (OLD.status, NEW.status))
       AND ({_columns("OLD", CLOSED_COLUMNS)}) IS DISTINCT FROM ({_columns("NEW", CLOSED_COLUMNS)})
       -- A merge of speakers moves the speaker and nothing else.
       AND NOT (({_columns("OLD", CLOSED_BUT_SPEAKER)}) IS NOT DISTINCT FROM ({_columns("NEW", CLOSED_BUT_SPEAKER)})
            AND EXISTS (SELECT FROM claims_merge WHERE
                (loser_speaker_id = OLD.speaker_id AND winner_speaker_id = NEW.speaker_id AND undone_at IS NULL) OR
                (winner_speaker_id = OLD.speaker_id AND loser_speaker_id = NEW.speaker_id AND undone_at IS NOT NULL
                 AND moved->'claims' @> to_jsonb(NEW.id))))
       AND NOT {REDACTED}
    THEN {refuse("closed")}
    END IF;
    IF NEW.speaker_id IS DISTINCT FROM OLD.speaker_id THEN {SPEAKER_IS_NOT_MERGED} END IF;
    NEW.version := OLD.version + 1;
    NEW.updated_at := statement_timestamp();
    IF (NEW.text, NEW.language) IS DISTINCT FROM (OLD.text, OLD.language)
    THEN NEW.search := claims_search(NEW.id, NEW.text, NEW.language);
    END IF;
    RETURN NEW;"""

TRIGGERS = [
    Guard(
        name="claim_insert",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("into_id", "bigint")],
        func=f"""
            IF NEW.status <> 'proposed' OR num_nonnulls(NEW.verdict_id, NEW.reviewed_at, NEW.merged_into_id) > 0
            THEN {refuse("status_unaccounted")}
            END IF;
            {SPEAKER_IS_NOT_MERGED}
            NEW.version := 1;
            NEW.search := claims_search(NEW.id, NEW.text, NEW.language);
            RETURN NEW;""",
    ),
    Guard(
        name="dated",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            -- An import dates the claims of a batch, and their links to topics, by one time within its transaction.
            IF (NEW.created_at BETWEEN now() AND clock_timestamp()) IS NOT TRUE
            THEN NEW.created_at := statement_timestamp();
            END IF;
            NEW.updated_at := NEW.created_at;
            RETURN NEW;""",
    ),
    Guard(
        name="claim_changed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        # `version` is included, so that no statement can lower it.
        condition=pgtrigger.AnyChange(exclude=["search", "updated_at"]),
        declare=[("publication", "claims_review"), ("into_id", "bigint")],
        func=CLAIM_CHANGED,
    ),
    Guard(
        name="merge_accounted",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("merged_into_id"),
        condition=pgtrigger.AnyChange("merged_into"),
        func=f"""
            IF NEW.merged_into_id IS DISTINCT FROM (
                SELECT winner_claim_id FROM claims_merge WHERE loser_claim_id = NEW.id AND undone_at IS NULL)
            THEN {refuse("merge_unaccounted")}
            END IF;
            IF NEW.merged_into_id IS NOT NULL AND NEW.verdict_id IS NOT NULL
            THEN {refuse("merge_verdict")}
            END IF;
            RETURN NEW;""",
    ),
    Guard(
        name="listed",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="entered"),
        func=list_under_sources("SELECT id FROM entered")
        + copy_recording_dates("(SELECT id AS claim_id FROM entered)")
        + " RETURN NULL;",
    ),
    Guard(
        name="appears",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__origin__in=["desk", "import", "api"]),
        func=f"""
            IF NOT EXISTS (SELECT FROM claims_appearance WHERE claim_id = NEW.id)
               AND EXISTS (SELECT FROM claims_claim WHERE id = NEW.id AND merged_into_id IS NULL)
            THEN {refuse("no_appearance")}
            END IF;
            RETURN NULL;""",
    ),
]


def touch(table: str) -> str:
    """Return PL/pgSQL that raises the version, and renews the search column, of the claims of the rows in a transition table."""
    return f"""
        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language), version = c.version + 1,
            updated_at = statement_timestamp()
        WHERE c.id IN (SELECT claim_id FROM {table});"""
