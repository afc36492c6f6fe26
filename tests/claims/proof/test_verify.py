"""`manage.py verify` passes a ledger that only the verbs have written, and finds whatever else was done to it."""

import re
from contextlib import closing
from datetime import timedelta
from io import StringIO

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from claims import curating
from claims.curating import redactions
from claims.models import Checkpoint, ExternalReview, Inquiry, RationaleTemplate, SourceChange, Verdict
from claims.proof import recording, sealing, sequencing
from claims.proof.notes import make_key
from claims.proof.verifying import CHECKS
from claims.proof.verifying.checks import Scope
from claims.webhooks.subscribing import create_webhook
from sources.models import Source
from tests.factories import TEXT, make_claim, make_external_review, make_snapshot, make_speaker, make_user, step

pytestmark = pytest.mark.django_db
ELSEWHERE = "Elsewhere it was raining. “Nobody has counted the cars,” the porter said, and closed the window."


def build():
    """Make a ledger with every kind of record."""
    editor, other = make_user("editor"), make_user("editor")
    ada = make_speaker("Ada Norrby")
    claim = make_claim("checked", speaker=ada, topics=["traffic"], verdict="false")
    step(claim, "checked", by=editor, verdict="true", changes={"text": "The bridge carries nine thousand cars."})
    step(claim, "checked", by=editor, verdict="true")
    step(claim, "in_review", by=editor, rationale="Somebody counted again.")
    step(claim, "awaiting_approval", by=editor)
    step(claim, "in_review", by=editor, note="The count is of a Sunday.")
    snapshot = make_snapshot(ELSEWHERE)
    piece = {
        "url": snapshot.article.url,
        "stance": "context",
        "snapshot": snapshot.pk,
        "quote": "Nobody has counted the cars",
    }
    step(claim, "awaiting_approval", by=editor, evidence=[piece])
    step(claim, "checked", by=other)
    curating.suggest_appearance(claim=claim, by=other, snapshot=snapshot, quote="the cars")
    curating.add_appearance(claim=claim, by=editor, snapshot=snapshot, quote="Nobody has counted the cars")
    curating.edit_speaker(speaker=ada, by=editor, name="Ada Norrby-Hale")
    twin = make_claim("unverified", speaker=ada, topics=["bridges"])
    twice = curating.merge_claims(loser=twin, winner=claim, reason="The same.", by=editor)
    curating.undo_merge(merge=twice, by=editor)
    curating.merge_claims(loser=twin, winner=claim, reason="The same after all.", by=editor)
    alias = make_speaker("A. Norrby")
    make_claim("checked", speaker=alias)
    curating.merge_speakers(loser=alias, winner=ada, reason="One person.", by=editor)
    gone = make_claim("withdrawn")
    step(gone, "in_review", by=editor, rationale="It is said again.")
    step(gone, "withdrawn", by=editor)
    wrong = curating.add_appearance(claim=gone, by=editor, snapshot=snapshot, quote="the cars")
    curating.remove_appearance(appearance=wrong, by=editor)
    Verdict.objects.filter(code="misleading").update(label="Misleading, on the whole")
    recording.scale_changed()
    make_claim("dismissed")
    build_beside(claim, editor, other)


def build_beside(claim, editor, other):
    """Make the records besides claims."""
    asked = {"claim": claim, "by": editor, "name": "Roads Office", "asked_for": "reply", "channel": "email"}
    for public in (True, True, False):
        inquiry = curating.inquire(**asked, asked_on="2026-01-05", text="We asked who counted.", public=public)
        curating.record_outcome(inquiry=inquiry, by=editor, answer="declined", came_on="2026-01-12", public=public)
    curating.withdraw_told(row=Inquiry.objects.filter(claim=claim).earliest("pk"), by=editor)
    make_external_review(claim)
    ExternalReview.objects.update(label="Far from it")
    softer = make_claim("checked")
    article = softer.appearances.get().snapshot.article
    make_snapshot(TEXT.replace("nine", "four"), article=article)
    curating.compare(article, by=editor)
    [change] = SourceChange.objects.filter(claim=softer)
    curating.decide_source(change=change.pk, later=change.later_id, by=editor, decision="corrected")
    open_ = make_claim("in_review")
    curating.take_over(claim=open_, by=other, expected=None)
    curating.ask(claim=open_, person=editor, by=other)
    secret = make_snapshot(TEXT.replace("The mayor", "Orla Tannenfeld of Mill Row"))
    make_claim("checked", snapshot=secret)
    ranges = redactions.parts(secret, text="Orla Tannenfeld of Mill Row")
    curating.redact(snapshot=secret, ranges=ranges, by=editor, reason="A private person.", order="Court, 4 O 1/26")
    create_webhook(by=editor, name=f"Partner {claim.pk}", endpoint="https://partner.example/hook")
    RationaleTemplate.objects.create(name=f"Counted {claim.pk}", text="Counted anew.")
    RationaleTemplate.objects.update(text="Counted once more.")


def verify(**options):
    """Return the output of the command, and whether everything holds."""
    out = StringIO()
    try:
        call_command("verify", stdout=out, **options)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


@pytest.fixture(scope="module")
def ledger(django_db_setup, django_db_blocker, tmp_path_factory):
    """One ledger for all tests of this module, which undo what they do to it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        from django.conf import settings

        patch.setattr(settings, "CLAIMTRACK_LOG_KEY", tmp_path_factory.mktemp("log") / "key.pem")
        patch.setattr(settings, "CLAIMTRACK_SITE_URL", "https://claims.example")
        make_key(settings.CLAIMTRACK_LOG_KEY)
        with transaction.atomic():
            build()
            sequencing.number()
            build()
            patch.setattr(sealing, "SLACK", timedelta(0))
            sealing.seal()
            sequencing.number()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            yield
            transaction.set_rollback(True)


def test_it_works(ledger):
    said, holds = verify()
    assert holds, said
    assert "ok: " in said and "note: " not in said
    assert verify(verbosity=0) == ("", True), "cron would send it"


def test_what_does_not_hold_is_said(ledger):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM claims_claimsource")
        cursor.execute("SET LOCAL session_replication_role = origin")
        said, holds = verify(verbosity=0)
        transaction.set_rollback(True)
    assert not holds
    assert not re.search("(?m)^ok: ", said)
    assert "not ok: every claim is listed under the sources" in said
    assert re.search(
        "(?m)^    claims_claimsource [0-9]+/[0-9]+: claim [0-9]+ is listed wrongly under source [0-9]+", said
    )


# The trigger that keeps reviews as they are.
FROZEN = next(
    str(trigger.compile(model).sql.kwargs["pgid"])
    for model, trigger in pgtrigger.registered()
    if model._meta.model_name == "review" and trigger.name == "frozen_update"
)
# SQL of somebody who owns the database, and the finding: its table, and a part of its reason.
MUTATIONS = [
    ("UPDATE sources_snapshot SET text = overlay(text placing 'M' from 5) WHERE id = (SELECT min(id) FROM sources_snapshot)",
     "sources_snapshot", "another SHA-256"),
    ("UPDATE claims_appearance SET quote = overlay(quote placing 't' from 1) WHERE id = (SELECT min(id) FROM claims_appearance)",
     "claims_appearance", "not the slice"),
    ("UPDATE claims_appearance SET suffix = '' WHERE id = (SELECT min(id) FROM claims_appearance)",
     "claims_appearance", "not the slice"),
    ("UPDATE claims_evidence SET start_offset = start_offset + 1, end_offset = end_offset + 1 WHERE snapshot_id IS NOT NULL",
     "claims_evidence", "not the slice"),
    ("UPDATE claims_evidence SET title = 'Another count' WHERE title <> ''", "claims_review", "evidence.0.title is not what entry"),
    ("UPDATE claims_review SET rationale = 'Never counted.' WHERE to_status = 'checked'", "claims_review", "rationale is not what"),
    ("UPDATE claims_review SET verdict_label = 'Quite true' WHERE to_status = 'checked'", "claims_review", "verdict.label is not"),
    ("UPDATE claims_review SET created_at = created_at - interval '1 day' WHERE replaces_id IS NOT NULL",
     "claims_review", "dated before"),
    ("UPDATE claims_review SET to_status = 'withdrawn' WHERE replaces_id IS NOT NULL", "claims_review", "no step leads"),
    ("UPDATE claims_review SET replaces_id = NULL", "claims_review", "does not name the publication"),
    ("UPDATE claims_review SET reviewer_id = (SELECT a.reviewer_id FROM claims_review a WHERE a.id = claims_review.approves_id)"
     " WHERE approves_id IS NOT NULL", "claims_review", "by the same person"),
    ("UPDATE claims_review SET reviewer_role = 1 WHERE to_status = 'checked'", "claims_review", "it takes the role"),
    # A correction removed, with all that hangs on it, and the claim put back.
    ("DELETE FROM claims_review WHERE id = (SELECT min(id) FROM claims_review WHERE replaces_id IS NOT NULL)",
     "claims_logentry", "is gone"),
    ("UPDATE claims_claim SET text = 'The bridge carries none.' WHERE verdict_id IS NOT NULL", "claims_claim", "worded otherwise"),
    ("UPDATE claims_claim SET said_at = '2020-01-01', said_precision = 'day' WHERE verdict_id IS NOT NULL",
     "claims_claim", "another said_at"),
    ("UPDATE claims_claim SET status = 'unverified' WHERE status = 'dismissed'", "claims_claim", "do not account"),
    ("UPDATE claims_claim SET merged_into_id = NULL", "claims_claim", "the merges say"),
    ("UPDATE claims_merge SET undone_at = now(), undone_by_id = by_id WHERE undone_at IS NULL", "claims_claim", "the merges say"),
    ("DELETE FROM claims_merge", "claims_appearance", "without a merge"),
    ("UPDATE claims_speaker SET name = 'Somebody Else'", "claims_claim", "another speaker.name"),
    ("UPDATE claims_verdict SET value = 3 WHERE value = 1", "claims_claim", "another verdict.value"),
    ("UPDATE sources_article SET title = 'No cars at all'", "claims_document", "composed"),
    ("DELETE FROM claims_appearance WHERE id = (SELECT max(id) FROM claims_appearance)", "claims_appearanceevent", "no event says so"),
    ("DELETE FROM claims_claimsource", "claims_claimsource", "listed wrongly"),
    ("UPDATE claims_document SET head = head || ' '", "claims_document", "composed"),
    ("UPDATE claims_claim SET search = 'nothing' WHERE verdict_id IS NOT NULL", "claims_claim", "its search column"),
    # The history.
    ("UPDATE claims_appearanceevent SET quote = 'the cats' WHERE pgh_label = 'insert'", "claims_appearanceevent", "as it left it"),
    ("DELETE FROM claims_claimtopicevent", "claims_claimtopic", "no event says that it was inserted"),
    ("INSERT INTO claims_claimevent SELECT (jsonb_populate_record(NULL::claims_claimevent, to_jsonb(c) || jsonb_build_object("
     " 'pgh_id', 9000001, 'pgh_label', 'update', 'pgh_created_at', now(), 'pgh_obj_id', id))).* FROM claims_claim c LIMIT 1",
     "claims_claimevent", "it changed nothing"),
    ("INSERT INTO claims_claimevent SELECT (jsonb_populate_record(NULL::claims_claimevent, to_jsonb(c) || jsonb_build_object("
     " 'pgh_id', 9000001, 'pgh_label', 'update', 'pgh_created_at', now(), 'pgh_obj_id', id, 'text', 'Never said.')))"
     ".* FROM claims_claim c LIMIT 1", "claims_claimevent", "does not begin with what row"),
    ("UPDATE claims_speakerevent SET pgh_obj_id = pgh_obj_id + 900000", "claims_speakerevent", "and shows row"),
    ("UPDATE claims_claimevent SET pgh_label = 'delete'", "claims_claimevent", "which is still there"),
    # Rows that were never public.
    ("UPDATE claims_review SET note = 'Never mind.' WHERE to_status = 'in_review'", "claims_review", "has changed since entry"),
    ("UPDATE claims_claimevent SET text = 'It was worded otherwise.'", "claims_claimevent", "has changed since entry"),
    ("UPDATE pghistory_context SET metadata = '{\"user\": 1}'", "claims_claimevent", "has changed since entry"),
    ("UPDATE claims_merge SET undone_at = undone_at + interval '1 day' WHERE undone_at IS NOT NULL", "claims_merge",
     "undone_at is not what entry"),
    ("UPDATE claims_outcome SET answer = 'replied'", "claims_outcome", "has changed since entry"),
    ("UPDATE sources_source SET homepage = 'https://elsewhere.example/'", "sources_source", "has changed since entry"),
    ("DELETE FROM claims_change WHERE id = (SELECT min(id) FROM claims_change)", "claims_change", "is gone since entry"),
    # The log.
    ("UPDATE claims_logentry SET leaf = replace(leaf, 'publication', 'confirmation')", "claims_logtile", "the hash of entry"),
    ("UPDATE claims_logentry SET body = replace(body, 'checked', 'withdrawn')", "claims_logentry", "another hash than its leaf"),
    ("UPDATE claims_logopening SET texts = replace(texts::text, 'Counted', 'Guessed')::jsonb", "claims_logopening", "not the one"),
    ("UPDATE claims_logopening SET texts = '{}'", "claims_logopening", "no redaction says so"),
    ("DELETE FROM claims_logopening", "claims_logentry", "nothing opens"),
    ("DELETE FROM claims_logentry WHERE index = 3", "claims_logentry", "instead of 3"),
    ("ALTER TABLE claims_logentry DROP CONSTRAINT claims_logentry_index_key;"
     " UPDATE claims_logentry SET index = 9 - index WHERE index IN (4, 5)", "claims_logtile", "the hash of entry 4"),
    ("UPDATE claims_logentry SET claim_id = NULL WHERE kind = 'correction'", "claims_logentry", "its columns"),
    ("UPDATE claims_logentry SET loser_id = (SELECT min(id) FROM claims_claim) WHERE kind = 'speaker_renamed'",
     "claims_logentry", "its columns"),
    ("UPDATE claims_logtile SET hashes = set_byte(hashes, 40, 7)", "claims_logtile", "the hash of entry 1"),
    ("DELETE FROM claims_logtile", "claims_logtile", "missing"),
    ("UPDATE claims_checkpoint SET size = 1 WHERE id = (SELECT max(id) FROM claims_checkpoint)", "claims_checkpoint", "its size"),
    ("DELETE FROM claims_checkpoint WHERE id = (SELECT max(id) FROM claims_checkpoint)", "claims_logentry", "the last checkpoint"),
    # The guards.
    ("ALTER TABLE claims_review DISABLE TRIGGER USER", "pg_trigger", "switched off"),
    (f"CREATE OR REPLACE FUNCTION {FROZEN}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
     "pg_trigger", "its function"),
    (f"DROP TRIGGER {FROZEN} ON claims_review", "pg_trigger", "missing"),
    (f"DROP TRIGGER {FROZEN} ON claims_review; CREATE TRIGGER {FROZEN} BEFORE UPDATE ON claims_review FOR EACH ROW"
     f" WHEN (OLD.id < 0) EXECUTE FUNCTION {FROZEN}()", "pg_trigger", "other moments"),
    ("CREATE OR REPLACE FUNCTION claims_winner(speaker bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END'",
     "pg_proc", "its body"),
    ("ALTER FUNCTION claims_renew_documents RESET ALL", "pg_proc", "its options"),
    ("CREATE FUNCTION claims_json(text) RETURNS text LANGUAGE sql AS 'SELECT $1'", "pg_proc", "two functions"),
    ("CREATE RULE quiet AS ON DELETE TO claims_review DO INSTEAD NOTHING", "pg_rewrite", "rewrites"),
    ("ALTER TABLE claims_review ENABLE ROW LEVEL SECURITY", "pg_class", "hides rows"),
    ("ALTER TABLE claims_claim DROP CONSTRAINT claim_status", "pg_constraint", "missing"),
    ("ALTER TABLE claims_claim DROP CONSTRAINT claim_status, ADD CONSTRAINT claim_status CHECK (status <> '')",
     "pg_constraint", "not the one"),
    ("DROP INDEX merge_claim_once; CREATE UNIQUE INDEX merge_claim_once ON claims_merge (loser_claim_id) WHERE undone_by_id > 0",
     "pg_constraint", "not the one"),
    ("ALTER TABLE claims_appearance DROP CONSTRAINT appearance_once; CREATE UNIQUE INDEX appearance_once ON claims_appearance"
     " (claim_id, snapshot_id, start_offset, id)", "pg_constraint", "not the one"),
    ("DROP INDEX verdict_label_once; CREATE UNIQUE INDEX verdict_label_once ON claims_verdict (label)",
     "pg_constraint", "not the one"),
    ("ALTER TABLE claims_claim DROP CONSTRAINT claims_claim_version_check, ADD CONSTRAINT claims_claim_version_check"
     " CHECK (version >= -1)", "pg_constraint", "not the one"),
    ("ALTER TABLE claims_review ALTER rationale DROP NOT NULL", "pg_constraint", "missing"),
    ("ALTER TABLE claims_logentry DROP CONSTRAINT claims_logentry_index_key", "pg_constraint", "missing"),
    ("DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE claims_evidence DROP CONSTRAINT %I', conname) FROM pg_constraint"
     " WHERE conrelid = 'claims_evidence'::regclass AND confrelid = 'claims_review'::regclass); END $$",
     "pg_constraint", "missing"),
]  # fmt: skip


def named(table, reason):
    """Return whether a check reports this. Later checks are skipped, which halves the time."""
    for check in CHECKS:
        with closing(check.run(Scope())) as findings:
            if any(finding.table == table and reason in finding.reason for finding in findings):
                return True
    return False


@pytest.mark.parametrize(("statement", "table", "reason"), MUTATIONS, ids=[row[0][:60] for row in MUTATIONS])
def test_what_is_wrong_is_named(ledger, statement, table, reason):
    with transaction.atomic():
        with connection.cursor() as cursor:
            # No triggers and no constraints: the owner of the database can switch them off.
            cursor.execute("ALTER TABLE sources_snapshot DROP CONSTRAINT snapshot_sha256")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement)
            assert cursor.rowcount, "it changed nothing"
            cursor.execute("SET LOCAL session_replication_role = origin")
        found = named(table, reason)
        transaction.set_rollback(True)
    assert found


def test_a_checkpoint_that_was_kept_elsewhere(ledger, tmp_path):
    kept, forged = tmp_path / "kept", tmp_path / "forged"
    kept.write_text(Checkpoint.objects.earliest("pk").note)
    forged.write_text(sequencing.signer().checkpoint(2, bytes(32)))
    assert verify(checkpoint=[kept])[1]
    said, holds = verify(checkpoint=[kept, forged])
    assert not holds
    assert f"checkpoint {forged}: the first 2 entries of the log do not have its root: the log was rewritten" in said


@pytest.mark.parametrize("since", [timezone.now() + timedelta(days=1), 10**9], ids=["a date", "an id"])
def test_only_what_has_changed_since(ledger, since):
    statement = "UPDATE claims_claim SET said_at = '2020-01-01', said_precision = 'day' WHERE verdict_id IS NOT NULL"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
        said, _ = verify(since=since)
        assert "another said_at" not in said
        transaction.set_rollback(True)


def test_an_edit_is_no_change_behind_the_back(ledger, monkeypatch):
    # All of this is one transaction, whose events have the time of its beginning.
    monkeypatch.setattr(sealing, "SLACK", timedelta(hours=1))
    with transaction.atomic():
        source = Source.objects.earliest("pk")
        source.homepage = "https://elsewhere.example/"
        source.save(update_fields=["homepage"])
        assert verify()[1]
        sealing.seal()
        sequencing.number()
        assert verify()[1]
        transaction.set_rollback(True)


def test_without_a_log(ledger, settings):
    settings.CLAIMTRACK_LOG_KEY = None
    make_claim("checked")
    said, holds = verify()
    assert holds, said
    assert "note: The log is not started" in said
    assert "note: 2 entries of the log wait for their number." in said


def test_a_file_that_cannot_be_read(db):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify", "--checkpoint", "/no/such/file")


def test_rows_that_another_key_has_sealed_are_said(ledger, log_key):
    """The key was replaced, and nothing is sealed with the new one yet."""
    said, _ = verify()
    assert "blocks of rows were sealed with another key of the log, so they were not compared." in said
