"""What keeps documents right: the SQL behind `claims.models.document`, which says why.

Three rules make two changes at the same moment safe, in PostgreSQL's usual isolation (READ COMMITTED):

- Who composes a document holds its claim, then what the claim shows (FOR SHARE), and composes in a later statement, which sees
  all that was committed meanwhile. A document that is entered is therefore right at its commit.
- Who changes what claims share waits for those who hold it, and then leaves a mark (`claims_stale`) instead of touching the
  documents: a rename takes as long with a million claims as with one.
- A document is not believed while there is a mark of anything that its claim shows, but for the claims that a mark is done with.
  Marks are worked off by `claims_catch_up`, a batch at a time. Documents that are absent, after a restore for example, are
  filled in by `claims_fill_documents`.

Nobody but these functions writes documents and marks. They run as their owner, with a fixed search path, and whoever calls
them with whatever ids can only make documents right.
"""

import pgtrigger

from claimtrack.db.guards import Guard, refuse

BATCH = 500

# Which rows that claims share each claim's document shows, by kind. A domain stands in where an article has no address.
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
        -- As arrays: of joins that lock, PostgreSQL makes plans that read whole tables.
        mine bigint[];
        articles bigint[];
        shown bigint[];
    BEGIN
        IF ids = '{{}}' THEN RETURN ids; END IF;
        -- A claim that somebody else holds is left to them: who changes it renews its document.
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
        -- Whoever enters a claim that shows the row holds it, so none is missed here.
        INSERT INTO claims_stale (kind, row_id, done) SELECT what, changed, 0 WHERE EXISTS
            (SELECT FROM claims_document_shows WHERE kind = what AND row_id = changed);
    END $$;
"""

# A batch takes a fraction of a second, and gives way at once to whoever holds a row that it needs: so nobody ever waits for it
# long enough to be given up as one of a deadlock.
GIVES_WAY = "SET lock_timeout = '100ms'"

# True: done with the mark. False: got on. Null: somebody holds a row.
CATCH_UP = f"""
    CREATE OR REPLACE FUNCTION claims_catch_up(mark bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER {GIVES_WAY} AS $$
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

# The last of the claims that it looked at. Null: there are no more. The same claim again: somebody holds a row.
FILL = f"""
    CREATE OR REPLACE FUNCTION claims_fill_documents(after bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER {GIVES_WAY} AS $$
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

# A document of up to 8 kB stays in its row as it is: to unpack it would cost each reader.
STORAGE = "ALTER TABLE claims_document SET (toast_tuple_target = 8160);"

FUNCTIONS = STORAGE + SHOWN + RENEW + MARK + CATCH_UP + FILL + IS_STALE
DROP_FUNCTIONS = """
    DROP FUNCTION claims_is_stale; DROP FUNCTION claims_fill_documents; DROP FUNCTION claims_catch_up;
    DROP FUNCTION claims_mark_stale; DROP FUNCTION claims_renew_documents; DROP VIEW claims_document_shows
"""


def written_by(*functions: str) -> Guard:
    """Return the guard of a derived table: statements of these functions pass, and no others."""
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
            THEN {refuse("derived", "Documents follow from what they show: only the functions that compose them write them")}
            END IF;
            RETURN NULL;""",
    )


def renewing() -> list[Guard]:
    """Return the triggers of Claim. Appearances and topics need none: they raise the version of their claims."""
    return [
        Guard(
            # Before the trigger `listed`, in the order of names: it files claims by what is held here.
            name=f"document_{operation}".lower(),
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(**{side: "rows"}),
            func="PERFORM claims_renew_documents(ARRAY(SELECT id FROM rows)); RETURN NULL;",
        )
        for operation, side in ((pgtrigger.Insert, "new"), (pgtrigger.Update, "new"), (pgtrigger.Delete, "old"))
    ]


def marking(kind: str, *columns: str) -> Guard:
    """Return the trigger for rows that claims share, when one of the fields that documents show changes."""
    return Guard(
        name="mark_documents",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*columns),
        func=f"PERFORM claims_mark_stale('{kind}', NEW.id); RETURN NULL;",
    )


def marking_domains() -> Guard:
    """Return the trigger for domains: a source's first one stands in where an article has no address."""
    return Guard(
        name="mark_documents",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            -- The source itself does not change: it is held against those who hold it to compose.
            PERFORM FROM sources_source WHERE id IN (OLD.source_id, NEW.source_id) ORDER BY id FOR NO KEY UPDATE;
            PERFORM claims_mark_stale('domain', id) FROM sources_source WHERE id IN (OLD.source_id, NEW.source_id);
            RETURN NULL;""",
    )
