"""The doors that are closed to the owner (tests/claims/models/guards/test_closed_doors.py) are closed to the serving role, too."""

import psycopg
import pytest

from tests.operations.conftest import OWNER, SERVING

NAMES = "SELECT string_agg(tgname, ',') FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%'"


@pytest.fixture(params=[SERVING, OWNER])
def connection(ledger, request):
    with ledger.connect(request.param) as connection:
        yield connection


REFUSED = [
    # what, the guard, why
    ("UPDATE claims_review SET rationale = 'Because.'", "frozen", "reviews"),
    ("DELETE FROM claims_evidence", "frozen", "evidence"),
    ("UPDATE sources_snapshot SET taken_at = '2020-01-01'", "frozen", "snapshots"),
    ("DELETE FROM claims_claimevent", "frozen", "events"),
    ("INSERT INTO claims_claimevent SELECT * FROM claims_claimevent", "derived", "forged events"),
    ("INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (gen_random_uuid(), '{}', now(), now())",
     "derived", "forged authors"),
    ("DELETE FROM claims_change", "frozen", "the feed"),
    ("UPDATE claims_change SET change = 'tombstone'", "frozen", "the feed"),
    ("INSERT INTO claims_change SELECT * FROM claims_change", "derived", "the feed"),
    ("UPDATE claims_verdict SET value = 5 WHERE code = 'false'", "used_step", "the scale"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "guard", "reason"), REFUSED)
def test_it_is_refused(connection, sql, guard, reason):
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        connection.execute(sql)
    assert refused.value.diag.constraint_name == guard, reason


def test_the_owner_truncates_nothing_on_record(ledger):
    with ledger.connect(OWNER) as owner:
        for table in ("claims_review", "claims_claimevent", "sources_snapshot", "claims_change"):
            with pytest.raises(psycopg.errors.CheckViolation):
                owner.execute(f"TRUNCATE {table} CASCADE")


def test_the_history_goes_on_under_the_switch(connection):
    with connection.transaction(force_rollback=True):
        connection.execute(f"SELECT set_config('pgtrigger.ignore', '{{' || ({NAMES}) || '}}', true)")
        events = "SELECT count(*) FROM claims_claimevent"
        before = connection.execute(events).fetchone()[0]
        changed = connection.execute("UPDATE claims_claim SET language = 'en-IE' WHERE merged_into_id IS NULL").rowcount
        assert changed > 5
        assert connection.execute(events).fetchone()[0] == before + changed
