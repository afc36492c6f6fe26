"""The functions that triggers and reads of this app call, and what Django cannot say of a column, for the initial migration:
after the tables."""

from claims.models import search
from claims.models.guards import change, document, speaker

# ANALYZE takes the owner of the tables. So may everybody who serves the site, of these tables and while they are small.
COUNT_ROWS = """
    CREATE OR REPLACE FUNCTION claims_count_rows() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE
        counted regclass;
    BEGIN
        FOR counted IN SELECT oid FROM pg_class WHERE reltuples < 50000 AND oid = ANY('{claims_speaker, claims_alias,
            claims_topic, claims_appearance, claims_claimtopic, claims_claim, claims_review}'::regclass[])
        LOOP EXECUTE format('ANALYZE %s', counted);
        END LOOP;
    END $$;
"""
# Functions that run as their owner read this schema, and nobody's temporary tables.
SEARCH_PATH = """
    DO $$ DECLARE signature regprocedure;
    BEGIN
        FOR signature IN SELECT oid FROM pg_proc WHERE prosecdef AND proname LIKE 'claims%'
            AND pronamespace = current_schema()::regnamespace
        LOOP EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', signature, current_schema());
        END LOOP;
    END $$;
"""

FUNCTIONS = change.FUNCTIONS + document.FUNCTIONS + speaker.FUNCTIONS + search.STATISTICS + COUNT_ROWS + SEARCH_PATH
DROP_FUNCTIONS = (
    f"DROP FUNCTION claims_count_rows; {speaker.DROP_FUNCTIONS}; {document.DROP_FUNCTIONS}; {change.DROP_FUNCTIONS}"
)
