"""What may be set once, later, in rows that otherwise never change: publishing, withdrawing and undoing by SQL are found, and so
is another archive address. What the verbs set is no fault, whenever it is sealed."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from claims import curating
from claims.curating import redactions, rereading
from claims.models import Claim, Inquiry
from claims.proof import sealing, sequencing
from claims.proof.notes import make_key
from claims.proof.receipts import receipt
from claims.proof.verifying import CHECKS
from claims.proof.verifying.checks import Scope
from sources import ingesting
from sources.models import Reading
from tests.factories import TEXT, make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db
ARCHIVED = "https://archive.example/mill"


@pytest.fixture(autouse=True)
def key(settings, tmp_path, monkeypatch):
    settings.CLAIMTRACK_LOG_KEY = tmp_path / "key.pem"
    make_key(settings.CLAIMTRACK_LOG_KEY)
    monkeypatch.setattr(sealing, "SLACK", timedelta(0))


@pytest.fixture
def editor():
    return make_user("editor")


def found():
    """Return the tables and reasons that `verify` names."""
    return {(one.table, one.reason) for check in CHECKS for one in check.run(Scope())}


def by_sql(statement):
    """Do what somebody can do who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        assert cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")


def ask(claim, by, **given):
    asked = {"name": "Roads Office", "asked_for": "reply", "channel": "email", "asked_on": "2026-01-05"}
    return curating.inquire(claim=claim, by=by, **asked, text="Who counted?", **given)


def archive_evidence(claim, by):
    """Give the archive address of an evidence in force, as the list of readings does."""
    rereading.enrol()
    curating.keep_archive(reading=Reading.objects.get(url__contains="roads"), by=by, archive_url=ARCHIVED)


def archive_snapshot(claim, by):
    """Give the archive address of the text on record, by recording the same text again."""
    article = claim.appearances.get().snapshot.article
    ingesting.ingest(url=article.url, text=TEXT, archive_url=ARCHIVED, by=by)


def publish(claim, by):
    curating.publish_told(row=ask(claim, by), by=by)


def publish_at_once(claim, by):
    inquiry = ask(claim, by, public=True)
    curating.record_outcome(inquiry=inquiry, by=by, answer="declined", came_on="2026-01-12", public=True)


def withdraw(claim, by):
    curating.withdraw_told(row=ask(claim, by, public=True), by=by)


def undo(claim, by):
    twin = make_claim("unverified", speaker=claim.speaker)
    curating.undo_merge(merge=curating.merge_claims(loser=twin, winner=claim, reason="The same.", by=by), by=by)


VERBS = [archive_evidence, archive_snapshot, publish, publish_at_once, withdraw, undo]
# What somebody does by SQL after all these verbs, the table that it is found in, and why.
FORGERIES = [
    ("UPDATE claims_inquiry SET withdrawn_at = NULL, withdrawn_by_id = NULL", "claims_inquiry", "readers see again what was withdrawn"),
    ("UPDATE claims_inquiry SET withdrawn_at = withdrawn_at - interval '1 year'", "claims_inquiry", "an earlier date"),
    ("UPDATE claims_inquiry SET published_at = published_at + interval '1 second'", "claims_inquiry", "a later date"),
    ("UPDATE claims_inquiry SET published_by_id = (SELECT max(id) FROM claimtrack_user)", "claims_inquiry", "by somebody else"),
    ("UPDATE claims_inquiry SET text = 'Who lied?'", "claims_inquiry", "another text"),
    ("UPDATE claims_inquiry SET note = 'By phone.'", "claims_inquiry", "another note, which only the desk sees"),
    ("UPDATE claims_outcome SET answer = 'replied'", "claims_outcome", "another answer"),
    ("DELETE FROM claims_outcome", "claims_outcome", "an outcome that is gone"),
    ("UPDATE claims_merge SET undone_at = NULL, undone_by_id = NULL", "claims_merge", "an undoing taken back"),
    ("UPDATE claims_evidence SET archive_url = 'https://forged.example/'", "claims_evidence", "another copy of the evidence"),
    ("UPDATE claims_evidence SET archive_url = NULL", "claims_evidence", "no copy of the evidence"),
    ("UPDATE sources_snapshot SET archive_url = 'https://forged.example/' WHERE archive_url IS NOT NULL",
     "sources_snapshot", "another copy of the article"),
]  # fmt: skip


@pytest.fixture
def claim(editor):
    found = make_claim("in_review", speaker=make_speaker())
    step(found, "checked", by=found.assignee, evidence=[{"url": "https://roads.example/count", "stance": "refutes"}])
    return Claim.objects.get(pk=found.pk)


@pytest.mark.parametrize("is_sealed", [False, True], ids=["sealed before", "sealed before and afterwards"])
def test_what_verbs_set_is_no_fault(claim, editor, is_sealed):
    for verb in VERBS:
        sealing.seal()
        verb(claim, editor)
        if is_sealed:
            sealing.seal()
    sequencing.number()
    assert not found()


@pytest.mark.parametrize(("statement", "table", "reason"), FORGERIES, ids=[row[2] for row in FORGERIES])
def test_what_is_done_by_sql_is_found(claim, editor, statement, table, reason):
    """Nothing is sealed in between: what the verbs enter is enough."""
    for verb in VERBS:
        verb(claim, editor)
    make_user("editor")
    with transaction.atomic():
        by_sql(statement)
        tables = {name for name, _ in found()}
        transaction.set_rollback(True)
    assert table in tables, reason


# What was not set by a verb, whether the row is sealed before it, and what is said of it.
SET_BY_SQL = [
    ("UPDATE claims_inquiry SET published_at = now(), published_by_id = by_id", False, "its published_at is set, and no entry says so"),
    ("UPDATE claims_inquiry SET published_at = now(), published_by_id = by_id", True, "its published_at is set, and no entry says so"),
    ("UPDATE claims_inquiry SET published_at = at, published_by_id = by_id", True, "its published_at is set, and no entry says so"),
    ("UPDATE claims_evidence SET archive_url = 'https://forged.example/'", False, "its evidence.0.archive_url is not what entry"),
    ("UPDATE sources_snapshot SET archive_url = 'https://forged.example/'", False, "its archive_url is not what entry"),
    ("UPDATE claims_evidence SET archive_url = 'https://forged.example/'", True, "of the log sealed it, and no event says so"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "is_sealed", "reason"), SET_BY_SQL)
def test_what_no_verb_has_set_is_found(claim, editor, statement, is_sealed, reason):
    ask(claim, editor)
    if is_sealed:
        sealing.seal()
    by_sql(statement)
    assert any(reason in said for _, said in found())


def test_the_entry_is_in_no_receipt(claim, editor):
    """It has what the desk keeps for itself, such as the note."""
    withdraw(claim, editor)
    sequencing.number()
    assert "Who counted?" not in str(receipt(claim))


def test_a_redaction_explains_that_such_a_row_has_changed(claim, editor):
    curating.inquire(
        claim=claim, by=editor, name="Orla Tannenfeld", asked_for="reply", channel="email", asked_on="2026-01-05",
        text="We asked Orla Tannenfeld who counted.", public=True,
    )  # fmt: skip
    secret = ingesting.ingest(
        url="https://roads.example/staff", text="The count was made by Orla Tannenfeld alone.", by=editor
    ).snapshot
    ranges = redactions.parts(secret, text="Orla Tannenfeld")
    curating.redact(snapshot=secret, ranges=ranges, by=editor, reason="A private person.", order="Court, 4 O 1/26")
    assert "Tannenfeld" not in Inquiry.objects.get().text
    sequencing.number()
    assert not found()


def test_a_row_that_lost_text_is_sealed_anew(claim, editor):
    """The redaction explains what it did, and nothing that is done to the row afterwards."""
    secret = ingesting.ingest(
        url="https://roads.example/staff", text="The count was made by Orla Tannenfeld alone.", by=editor
    ).snapshot
    sealing.seal()
    ranges = redactions.parts(secret, text="Orla Tannenfeld")
    curating.redact(snapshot=secret, ranges=ranges, by=editor, reason="A private person.", order="Court, 4 O 1/26")
    assert not found()
    sealing.seal()
    sequencing.number()
    assert not found()
    by_sql(f"UPDATE sources_snapshot SET final_url = 'https://forged.example/' WHERE id = {secret.pk}")
    assert any(table == "sources_snapshot" and "of the log sealed it" in reason for table, reason in found())


def test_a_redaction_excuses_no_event_that_is_forged_later(claim, editor):
    """Black on both sides, an edit of removed text looks as if it had changed nothing. So does an event that is made up."""
    secret = ingesting.ingest(
        url="https://roads.example/staff", text="Orla Tannenfeld said the count was made twice.", by=editor
    ).snapshot
    curating.add_appearance(claim=claim, by=editor, snapshot=secret, quote="the count was made twice")
    ranges = redactions.parts(secret, text="Orla Tannenfeld")
    curating.redact(snapshot=secret, ranges=ranges, by=editor, reason="A private person.", order="Court, 4 O 1/26")
    sealing.seal()
    sequencing.number()
    assert not found()
    by_sql(
        "INSERT INTO claims_appearanceevent SELECT (jsonb_populate_record(e, '{\"pgh_id\": 9000000}')).*"
        " FROM claims_appearanceevent e WHERE pgh_label = 'update' AND prefix LIKE '█%' LIMIT 1"
    )
    assert any(table == "claims_appearanceevent" and "changed nothing" in reason for table, reason in found())
