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


LONG_AGO = "timestamptz '2020-01-01'"
NEW = {"text": "'Nobody proposed this.'", "speaker_role": "''", "said_precision": "''", "language": "''", "status": "'proposed'",
       "origin": "'claimreview'", "version": "1", "created_by_id": "(SELECT min(id) FROM claimtrack_user)"}  # fmt: skip
CLAIM = f"INSERT INTO claims_claim ({', '.join(NEW)}, created_at, updated_at) VALUES ({', '.join(NEW.values())}, {{at}}, {{at}})"
BACKDATED = [
    # what is inserted with the date `at`, and the columns that hold the true one
    (CLAIM, "created_at, updated_at"),
    ("INSERT INTO claims_review (claim_id, from_status, to_status, verdict_label, wording, rationale, note, changes, reviewer_id,"
     " claim_version, created_at, transaction) SELECT id, 'proposed', 'unverified', '', '', '', '', '{{}}',"
     " (SELECT min(id) FROM claimtrack_user), 1, {at}, 1 FROM claims_claim WHERE status = 'proposed' LIMIT 1", "created_at"),
    ("INSERT INTO sources_snapshot (article_id, text, sha256, method, extractor, extractor_version, final_url, taken_by_id, taken_at)"
     " SELECT min(id), 'x', encode(sha256('x'), 'hex'), 'text', '', '', '', (SELECT min(id) FROM claimtrack_user), {at}"
     " FROM sources_article", "taken_at"),
    ("INSERT INTO claims_merge (loser_speaker_id, winner_speaker_id, moved, reason, by_id, at)"
     " SELECT max(id), min(id), '{{}}', 'One.', (SELECT min(id) FROM claimtrack_user), {at} FROM claims_speaker"
     " WHERE merged_into_id IS NULL", "at"),
    ("INSERT INTO claims_logentry (kind, leaf, body, earlier, at) VALUES ('scale', '{{}}', '{{}}', false, {at})", "at"),
    ("INSERT INTO claims_checkpoint (size, note, at) VALUES (0, '', {at})", "at"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "columns"), BACKDATED, ids=[columns for _, columns in BACKDATED])
def test_nothing_is_back_dated(connection, sql, columns):
    with connection.transaction(force_rollback=True):
        dated = connection.execute(f"{sql.format(at=LONG_AGO)} RETURNING {columns}").fetchone()
        [now] = connection.execute("SELECT now()").fetchone()
        assert all(now <= at for at in dated)


def test_evidence_enters_with_its_review(connection):
    """It has no date of its own, and that of the review is true."""
    with connection.transaction(force_rollback=True), pytest.raises(psycopg.errors.CheckViolation) as refused:
        connection.execute(
            "INSERT INTO claims_evidence (review_id, url, title, publisher, quote, stance)"
            " SELECT max(id), 'https://archive.example/', '', '', '', 'refutes' FROM claims_review"
        )
    assert refused.value.diag.constraint_name == "evidence_late"


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
