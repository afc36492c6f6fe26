"""What lets a redaction pass the guards of frozen tables.

A redaction is a row (`claimtrack.models.Redaction`) that names the rows which lose text. During its transaction, a guard accepts
an UPDATE of such a row if it does nothing but black out characters of its texts. A row without a redaction stays frozen, and a
redaction without an UPDATE changes nothing, so every removal is on record.
"""

# Replaces a removed character, so that offsets stay valid.
MASK = "█"

# A transaction id may recur in another cluster, where a dump was loaded: compare the time too.
OF_THIS_TRANSACTION = "transaction = pg_current_xact_id()::text::bigint AND at >= now()"

FUNCTIONS = f"""
    CREATE OR REPLACE FUNCTION claimtrack_is_masked(before jsonb, after jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
    -- Whether the one becomes the other if characters of its strings are blacked out.
    BEGIN
        IF before IS NOT DISTINCT FROM after THEN RETURN true; END IF;
        IF jsonb_typeof(before) IS DISTINCT FROM jsonb_typeof(after) THEN RETURN false; END IF;
        IF jsonb_typeof(before) = 'object' THEN
            RETURN NOT EXISTS (SELECT FROM jsonb_each(before) b FULL JOIN jsonb_each(after) a USING (key)
                WHERE a.value IS NULL OR b.value IS NULL OR NOT claimtrack_is_masked(b.value, a.value));
        ELSIF jsonb_typeof(before) = 'array' THEN
            RETURN NOT EXISTS (SELECT FROM ROWS FROM (jsonb_array_elements(before), jsonb_array_elements(after)) AS t (b, a)
                WHERE a IS NULL OR b IS NULL OR NOT claimtrack_is_masked(b, a));
        ELSIF jsonb_typeof(before) = 'string' THEN
            RETURN NOT EXISTS (SELECT FROM ROWS FROM (string_to_table(before #>> '{{}}', NULL), string_to_table(after #>> '{{}}', NULL))
                AS t (b, a) WHERE a IS NULL OR b IS NULL OR a <> b AND a <> '{MASK}');
        END IF;
        RETURN false;
    END $$;

    CREATE OR REPLACE FUNCTION claimtrack_redacts(place text, key bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    -- Whether a redaction of this transaction names this row.
    BEGIN
        RETURN EXISTS (SELECT FROM claimtrack_redaction WHERE {OF_THIS_TRANSACTION} AND rows->place @> to_jsonb(key));
    END $$;

    CREATE OR REPLACE FUNCTION claimtrack_blacked_out(words text, ranges jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
    -- The text without what stands in the ranges, each a start and a length.
    DECLARE part jsonb;
    BEGIN
        FOR part IN SELECT jsonb_array_elements(ranges) LOOP
            words := overlay(words PLACING repeat('{MASK}', (part->>1)::integer)
                FROM (part->>0)::integer + 1 FOR (part->>1)::integer);
        END LOOP;
        RETURN words;
    END $$;
"""
DROP_FUNCTIONS = (
    "DROP FUNCTION claimtrack_blacked_out; DROP FUNCTION claimtrack_redacts; DROP FUNCTION claimtrack_is_masked"
)


def redacted(key: str = "id", *, but: str = "") -> str:
    """Return the PL/pgSQL condition that a redaction names this row, and that the UPDATE only blacks out characters.

    `but`: the columns that are derived from others, with commas between them.
    """
    left_out = f" - '{{{but}}}'::text[]" if but else ""
    return (
        f"(claimtrack_redacts(TG_TABLE_NAME, NEW.{key})"
        f" AND claimtrack_is_masked(to_jsonb(OLD){left_out}, to_jsonb(NEW){left_out}))"
    )
