"""The ledger's revision: a number that differs after any change of what public JSON shows.

It is the validator (RFC 9110, ETag) of every public answer, known before the answer is made. Statement triggers raise it, so
a renamed speaker is noticed as well as a new claim, whoever made the change and by whatever SQL.

A sequence would not do: it rises before the change can be seen, so an answer from before would carry the number from
after. One row would make all writers queue until the other has committed. So each transaction adds to one of SLOTS rows
that no other open transaction holds, and the revision is their sum: it changes at the moment when the change can be seen.

One more row holds where the revisions of this era begin (claimtrack.db.eras), so that none comes again after a restore.
"""

import pgtrigger
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from claimtrack.db import eras, statements
from claimtrack.db.guards import Guard

SLOTS = 64

# Advisory locks are tried, never waited for (but when all slots are taken), so they cannot deadlock with row locks.
FUNCTION = f"""{eras.FUNCTIONS}
    CREATE OR REPLACE FUNCTION claimtrack_raise_revision() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        mine integer := pg_backend_pid() % {SLOTS};
    BEGIN
        IF current_setting('claimtrack.raised', true) = pg_current_xact_id()::text THEN RETURN; END IF;
        PERFORM claimtrack_era();
        FOR try IN 1..{SLOTS} LOOP
            EXIT WHEN pg_try_advisory_xact_lock(70214, mine);
            mine := (mine + 1) % {SLOTS};
            IF try = {SLOTS} THEN PERFORM pg_advisory_xact_lock(70214, mine); END IF;
        END LOOP;
        INSERT INTO claimtrack_revision AS revision (slot, value) VALUES (mine, 1)
            ON CONFLICT (slot) DO UPDATE SET value = revision.value + 1;
        PERFORM set_config('claimtrack.raised', pg_current_xact_id()::text, true);
    END $$;
"""
DROP_FUNCTION = f"DROP FUNCTION claimtrack_raise_revision; {eras.DROP_FUNCTIONS}"


def raising(operation: pgtrigger.Operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete) -> Guard:
    """Return the trigger that raises the revision when rows of a table change."""
    return Guard(
        name="raise_revision",
        when=pgtrigger.After,
        operation=operation,
        level=pgtrigger.Statement,
        func="PERFORM claimtrack_raise_revision(); RETURN NULL;",
    )


SQL = "(SELECT COALESCE(sum(value), 0)::bigint FROM claimtrack_revision)"
# The revision as a column, so that rows bring along the one that they are of.
CURRENT = RawSQL(SQL, (), output_field=BigIntegerField())


def current() -> int:
    """Return the revision, 0 for a ledger that nothing was written into."""
    [(number,)] = statements.read(f"SELECT {SQL}")
    return int(number)
