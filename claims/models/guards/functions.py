"""The SQL that the initial migration runs after it has made the tables: functions, and settings of columns that Django lacks."""

from claims.models import search
from claims.models.guards import change, document, speaker
from claimtrack.db import redacting

# Only the owner of a table may ANALYZE it. This function lets the role that serves the site do so while the tables are small.
ANALYZE = """
    CREATE OR REPLACE FUNCTION claims_analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE
        counted regclass;
    BEGIN
        FOR counted IN SELECT oid FROM pg_class WHERE reltuples < 50000 AND oid = ANY('{claims_speaker, claims_alias,
            claims_topic, claims_appearance, claims_claimtopic, claims_claim, claims_review}'::regclass[])
        LOOP EXECUTE format('ANALYZE %s', counted);
        END LOOP;
    END $$;
"""
# A function that runs as its owner must not find somebody's temporary table or another schema first.
SEARCH_PATH = """
    DO $$ DECLARE signature regprocedure;
    BEGIN
        FOR signature IN SELECT oid FROM pg_proc WHERE prosecdef AND proname LIKE 'claims%'
            AND pronamespace = current_schema()::regnamespace
        LOOP EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', signature, current_schema());
        END LOOP;
    END $$;
"""

FUNCTIONS = (
    redacting.FUNCTIONS
    + change.FUNCTIONS
    + document.FUNCTIONS
    + speaker.FUNCTIONS
    + search.STATISTICS
    + ANALYZE
    + SEARCH_PATH
)
DROP_FUNCTIONS = (
    f"DROP FUNCTION claims_analyze; {speaker.DROP_FUNCTIONS}; {document.DROP_FUNCTIONS}; {change.DROP_FUNCTIONS}; "
    f"{redacting.DROP_FUNCTIONS}"
)
