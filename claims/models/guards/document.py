"""The SQL that keeps documents right. `claims.models.document` explains what they are.

Three rules make two changes at the same moment safe, in PostgreSQL's usual isolation (READ COMMITTED):

- A transaction that composes a document first locks the claim, then the rows that the claim shows (FOR SHARE). It composes in a
  later statement, which sees everything that was committed meanwhile. So a document is right when it is committed.
- A transaction that changes a row that claims share waits for those locks. Then it inserts a mark (`claims_stale`) and leaves the
  documents alone, so renaming a source takes as long with a million claims as with one.
- A document is not used while a mark exists for a row that its claim shows. `claims_catch_up` renews the documents of a mark in
  batches, in the order of claims; the mark no longer counts for the claims up to `done`. `claims_fill_documents` composes
  documents that are absent, for example after a restore.

Only these functions write documents and marks. They run as their owner, with a fixed search path. Whatever ids they are called
with, all that they can do is make documents right.
"""

import pgtrigger

from claimtrack.db.guards import Guard, refuse

BATCH = 500

# For each claim, the shared rows that its document shows, by kind. An article without an address shows its source's domain.
SHOWN = """
    CREATE VIEW claims_document_shows (kind, row_id, claim_id) AS
        SELECT 'speaker', speaker_id, id FROM claims_claim
        UNION ALL SELECT 'topic', topic_id, claim_id FROM claims_claimtopic
        UNION ALL SELECT 'source', source_id, claim_id FROM claims_claimsource
        UNION ALL SELECT 'article', s.article_id, a.claim_id
            FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id
        UNION ALL SELECT 'domain', r.source_id, a.claim_id
            FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id
            JOIN sources_article r ON r.id = s.article_id WHERE r.canonical_url IS NULL;
"""

# For the same reason as in `claims_compose`.
BY_INDEX = "SET enable_seqscan = off"

RENEW = f"""
    CREATE OR REPLACE FUNCTION claims_renew_documents(ids bigint[]) RETURNS bigint[]
    LANGUAGE plpgsql SECURITY DEFINER {BY_INDEX} AS $$
    DECLARE
        -- Ids are kept in arrays, because PostgreSQL plans joins with row locks so that they read whole tables.
        mine bigint[];
        articles bigint[];
        shown bigint[];
    BEGIN
        IF ids = '{{}}' THEN RETURN ids; END IF;
        -- Skip claims that another transaction has locked: it will renew their documents.
        mine := ARRAY(SELECT id FROM claims_claim WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED);
        shown := ARRAY(SELECT DISTINCT speaker_id FROM claims_claim WHERE id = ANY(mine) AND speaker_id IS NOT NULL);
        PERFORM FROM claims_speaker WHERE id = ANY(shown) ORDER BY id FOR SHARE;
        shown := ARRAY(SELECT DISTINCT topic_id FROM claims_claimtopic WHERE claim_id = ANY(mine));
        PERFORM FROM claims_topic WHERE id = ANY(shown) ORDER BY id FOR SHARE;
        articles := ARRAY(SELECT DISTINCT s.article_id FROM claims_appearance a
            JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE a.claim_id = ANY(mine));
        PERFORM FROM sources_article WHERE id = ANY(articles) ORDER BY id FOR SHARE;
        shown := ARRAY(SELECT DISTINCT source_id FROM sources_article WHERE id = ANY(articles));
        PERFORM FROM sources_source WHERE id = ANY(shown) ORDER BY id FOR SHARE;
        INSERT INTO claims_document AS d (claim_id, head, tail)
            SELECT c.id, composed.head, composed.tail FROM unnest(mine) AS c (id), claims_compose(c.id) composed
            ON CONFLICT (claim_id) DO UPDATE SET head = excluded.head, tail = excluded.tail
                WHERE (d.head, d.tail) IS DISTINCT FROM (excluded.head, excluded.tail);
        DELETE FROM claims_document d WHERE claim_id = ANY(ids) AND claim_id <> ALL(mine)
            AND NOT EXISTS (SELECT FROM claims_claim WHERE id = d.claim_id);
        RETURN mine;
    END $$;
"""

MARK = """
    CREATE OR REPLACE FUNCTION claims_mark_stale(what text, changed bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        -- A transaction that inserts a claim locks the rows that it shows, so no claim is missed here.
        INSERT INTO claims_stale (kind, row_id, done) SELECT what, changed, 0 WHERE EXISTS
            (SELECT FROM claims_document_shows WHERE kind = what AND row_id = changed);
    END $$;
"""

# A batch gives up soon after it meets a locked row, so that PostgreSQL never cancels another transaction in a deadlock with it.
SHORT_WAIT = "SET lock_timeout = '100ms'"

# Returns true when the mark is finished, false when there is more to do, null when another transaction holds a row.
CATCH_UP = f"""
    CREATE OR REPLACE FUNCTION claims_catch_up(mark bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER {SHORT_WAIT} AS $$
    DECLARE
        stale claims_stale;
        ids bigint[];
        renewed bigint[];
        held bigint;
    BEGIN
        SELECT * INTO stale FROM claims_stale WHERE id = mark FOR UPDATE SKIP LOCKED;
        IF NOT FOUND THEN RETURN true; END IF;
        ids := ARRAY(SELECT DISTINCT claim_id FROM claims_document_shows
            WHERE kind = stale.kind AND row_id = stale.row_id AND claim_id > stale.done ORDER BY claim_id LIMIT {BATCH});
        renewed := claims_renew_documents(ids);
        SELECT min(id) INTO held FROM unnest(ids) AS id WHERE id <> ALL(renewed);
        IF held = ids[1] THEN RETURN NULL; END IF;
        IF held IS NULL AND cardinality(ids) < {BATCH} THEN
            DELETE FROM claims_stale WHERE id = mark;
            RETURN true;
        END IF;
        UPDATE claims_stale SET done = COALESCE(held - 1, ids[cardinality(ids)]) WHERE id = mark;
        RETURN false;
    EXCEPTION WHEN lock_not_available THEN RETURN NULL;
    END $$;
"""

# Returns the last claim of the batch, null when no document is absent, or `after` itself when another transaction holds a row.
FILL = f"""
    CREATE OR REPLACE FUNCTION claims_fill_documents(after bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER {SHORT_WAIT} AS $$
    DECLARE
        ids bigint[];
    BEGIN
        ids := ARRAY(SELECT id FROM claims_claim c WHERE id > after AND NOT EXISTS
            (SELECT FROM claims_document WHERE claim_id = c.id) ORDER BY id LIMIT {BATCH});
        PERFORM claims_renew_documents(ids);
        RETURN ids[cardinality(ids)];
    EXCEPTION WHEN lock_not_available THEN RETURN after;
    END $$;
"""

IS_STALE = """
    CREATE OR REPLACE FUNCTION claims_is_stale(claim bigint) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS $$
    BEGIN
        RETURN EXISTS (SELECT FROM claims_document_shows w WHERE w.claim_id = claim AND EXISTS
            (SELECT FROM claims_stale s WHERE s.kind = w.kind AND s.row_id = w.row_id AND s.done < claim));
    END $$;
"""

# All of a claim's JSON after `id` and `url`, from the SQL of the claim's id and of its verdict's. PostgreSQL checks once for all
# rows of a statement whether there are marks, of which there are usually none.
JSON = """COALESCE(
        (SELECT head || ',"verdict":' || COALESCE((SELECT row_to_json(v)::text FROM
            (SELECT code, label, value FROM claims_verdict WHERE id = {1}) v), 'null') || ',' || tail
        FROM claims_document WHERE claim_id = {0} AND (NOT EXISTS (SELECT FROM claims_stale) OR NOT claims_is_stale({0}))),
        (SELECT c.head || ',' || c.verdict || ',' || c.tail FROM claims_compose({0}) c))"""

# The JSON of one claim. PL/pgSQL plans it once in a session, which saves 0.10 of the 0.24 ms that PostgreSQL takes for a detail. A
# page does not call it, since fifty calls take longer than the planning.
JSON_OF_ONE = f"""
    CREATE OR REPLACE FUNCTION claims_json(claim bigint, verdict_id bigint) RETURNS text LANGUAGE plpgsql STABLE {BY_INDEX} AS $$
    BEGIN
        RETURN {JSON.format("claim", "verdict_id")};
    END $$;
"""

# Documents of up to 8 kB are stored uncompressed in their rows, since each read would have to decompress them.
STORAGE = "ALTER TABLE claims_document SET (toast_tuple_target = 8160);"

FUNCTIONS = STORAGE + SHOWN + RENEW + MARK + CATCH_UP + FILL + IS_STALE + JSON_OF_ONE
DROP_FUNCTIONS = """
    DROP FUNCTION claims_json; DROP FUNCTION claims_is_stale; DROP FUNCTION claims_fill_documents; DROP FUNCTION claims_catch_up;
    DROP FUNCTION claims_mark_stale; DROP FUNCTION claims_renew_documents; DROP VIEW claims_document_shows
"""


def only_written_by(*functions: str) -> Guard:
    """Return the guard of a derived table, which refuses all statements except those of these SQL functions."""
    called = " OR ".join(f"position('{function}' IN stack) > 0" for function in functions)
    return Guard(
        name="derived",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        level=pgtrigger.Statement,
        declare=[("stack", "text")],
        func=f"""
            GET DIAGNOSTICS stack = PG_CONTEXT;
            IF NOT ({called})
            THEN {refuse("derived")}
            END IF;
            RETURN NULL;""",
    )


def document_triggers() -> list[Guard]:
    """Return the triggers of Claim. A change of appearances or topics fires them too, since it raises the claim's version."""
    return [
        Guard(
            # PostgreSQL fires triggers in the order of their names. This one must lock rows before `listed` reads them.
            name=f"document_{operation}".lower(),
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(**{side: "rows"}),
            func="PERFORM claims_renew_documents(ARRAY(SELECT id FROM rows)); RETURN NULL;",
        )
        for operation, side in ((pgtrigger.Insert, "new"), (pgtrigger.Update, "new"), (pgtrigger.Delete, "old"))
    ]


def stale_trigger(kind: str, *fields: str) -> Guard:
    """Return the trigger of a model that claims share. It marks documents when one of the fields that they show changes."""
    return Guard(
        name="mark_documents",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        func=f"PERFORM claims_mark_stale('{kind}', NEW.id); RETURN NULL;",
    )


def domain_stale_trigger() -> Guard:
    """Return the trigger of Domain: articles without an address show the first domain of their source."""
    return Guard(
        name="mark_documents",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            -- The source does not change, but transactions that compose documents lock the source, not the domain.
            PERFORM FROM sources_source WHERE id IN (OLD.source_id, NEW.source_id) ORDER BY id FOR NO KEY UPDATE;
            PERFORM claims_mark_stale('domain', id) FROM sources_source WHERE id IN (OLD.source_id, NEW.source_id);
            RETURN NULL;""",
    )
