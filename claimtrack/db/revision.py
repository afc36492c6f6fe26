"""The revision of the ledger: a number that rises with every change of public JSON.

It is the ETag (RFC 9110) of every public answer, so an answer's ETag is known before the answer is made. Statement triggers raise
it. So it covers a renamed speaker as well as a new claim, whoever made the change and by whatever SQL.

A sequence would rise before the change is visible, so an old answer could carry a new number. A single row would make all writers
wait for each other. Therefore each transaction adds to one of SLOTS rows, one that no other open transaction has locked, and the
revision is their sum. It rises exactly when the change becomes visible.

One more row holds the first revision of the era (claimtrack.db.eras), so that no revision is used twice after a restore.
"""

import pgtrigger
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from claimtrack.db import eras, replicas, statements
from claimtrack.db.guards import Guard

SLOTS = 64

# A transaction waits for an advisory lock only if all slots are taken, so these locks do not deadlock with row locks.
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

    -- PL/pgSQL plans it once a session: planning it takes longer than reading it.
    CREATE OR REPLACE FUNCTION claimtrack_current_revision() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
    BEGIN
        RETURN (SELECT COALESCE(sum(value), 0)::bigint FROM claimtrack_revision);
    END $$;
"""
DROP_FUNCTION = f"""
    DROP FUNCTION claimtrack_current_revision; DROP FUNCTION claimtrack_raise_revision; {eras.DROP_FUNCTIONS}
"""


def trigger(operation: pgtrigger.Operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete) -> Guard:
    """Return the trigger that raises the revision when rows of a table change."""
    return Guard(
        name="raise_revision",
        when=pgtrigger.After,
        operation=operation,
        level=pgtrigger.Statement,
        func="PERFORM claimtrack_raise_revision(); RETURN NULL;",
    )


# In parentheses, so that it is read once for all rows.
SQL = "(SELECT claimtrack_current_revision())"
# The revision as a column of a queryset, so that rows and revision come from one snapshot.
CURRENT = RawSQL(SQL, (), output_field=BigIntegerField())


def moment(number: int) -> str:
    """Return the key under which a process caches rows of this revision.

    If two transactions commit at the same time, a standby may see first what the primary saw second. For that moment, both have
    the same revision and different rows. So rows from a replica have their own keys.
    """
    return f"{number:x}r" if replicas.reads_replica() else f"{number:x}"


def current() -> int:
    """Return the revision, 0 for an empty ledger."""
    [(number,)] = statements.read(f"SELECT {SQL}")
    return int(number)
