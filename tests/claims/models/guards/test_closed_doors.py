"""What even the owner of the tables cannot do with ordinary SQL: switch the history off, truncate, back-date, forge events."""

import pgtrigger
import pytest
from django.apps import apps
from pghistory.models import Event

from claims import curating
from claims.models import Merge, Review, Verdict
from tests.claims.statements import evidence, row, settled
from tests.factories import make_claim, make_snapshot, make_speaker, make_user
from tests.psql import NEW_CLAIM, insert, refusal, run, value

pytestmark = pytest.mark.django_db

EVENTS = [model._meta.db_table for model in apps.get_models() if issubclass(model, Event)]
FROZEN = [
    "sources_snapshot", "claims_review", "claims_evidence", "claims_merge", "claims_appearance", "claims_takeover",
    "claims_comment", "claims_change",
    "claims_logentry", "claims_logopening", "claims_logtile", "claims_checkpoint",
    "claims_cosignature", "claims_timestamp", "pghistory_context", *EVENTS,
]  # fmt: skip


def test_no_trigger_heeds_the_switch_of_pgtrigger():
    ours = [trigger.get_pgid(model) for model, trigger in pgtrigger.registered()]
    heeding = "SELECT count(*) FROM pg_proc WHERE proname = ANY(%s) AND prosrc LIKE '%%ignore%%'"
    assert len(ours) > 100 and value(heeding, ours) == 0


def test_a_session_does_not_switch_the_history_off():
    claim = make_claim()
    named = ",".join(trigger.get_pgid(model) for model, trigger in pgtrigger.registered())
    run(f"SET LOCAL pgtrigger.ignore = '{{{named}}}'", f"UPDATE claims_claim SET text = 'Other.' WHERE id = {claim.pk}")
    assert claim.events.get().text == claim.text


@pytest.mark.parametrize("table", FROZEN)
def test_nothing_on_record_is_truncated(table):
    assert refusal(f"TRUNCATE {table} CASCADE") == "frozen"


def test_every_frozen_table_refuses_it():
    named = (
        "SELECT array_agg(DISTINCT tgrelid::regclass::text) FROM pg_trigger WHERE tgname LIKE %s AND tgenabled = 'O'"
    )
    refusing = set(value(named, "pgtrigger_frozen_truncate_%"))
    assert set(value(named, "pgtrigger_frozen_delete_%")) <= refusing
    assert set(FROZEN) <= refusing


def test_the_database_dates_a_review():
    claim = make_claim("in_review")
    run(
        row(claim, "checked", created_at="2020-01-01", transaction=1, claim_version=99),
        evidence(),
        settled(claim),
    )
    review = Review.objects.latest("pk")
    assert review.created_at.year > 2020
    assert (review.transaction, review.claim_version) == (value("SELECT pg_current_xact_id()::text::bigint"), 4)


def test_the_database_dates_a_claim():
    columns = {**NEW_CLAIM, "origin": "claimreview", "created_by_id": make_user("contributor").pk}
    for at in ("2020-01-01", "2040-01-01"):
        run(insert("claims_claim", **columns, created_at=at, updated_at=at))
    assert {2020, 2040}.isdisjoint(value("SELECT array_agg(extract(year FROM created_at)) FROM claims_claim"))
    assert value("SELECT bool_and(updated_at = created_at) FROM claims_claim")


def test_the_database_dates_a_snapshot():
    article = make_snapshot().article
    columns = {"article_id": article.pk, "method": "text", "extractor": "", "extractor_version": "", "final_url": ""}
    digest = "encode(sha256(convert_to('Another text.', 'UTF8')), 'hex')"
    run(
        insert(
            "sources_snapshot", **columns, text="Another text.", sha256=value(f"SELECT {digest}"),
            taken_by_id=article.created_by_id, taken_at="2020-01-01",
        )
    )  # fmt: skip
    assert article.snapshots.latest("pk").taken_at.year > 2020


def test_the_database_dates_a_merge_and_its_undoing():
    editor = make_user("editor")
    one, other = make_speaker(), make_speaker()
    run(
        insert(
            "claims_merge", loser_speaker_id=one.pk, winner_speaker_id=other.pk, moved="{}", reason="One.",
            by_id=editor.pk, at="2020-01-01",
        ),
        f"UPDATE claims_speaker SET merged_into_id = {other.pk} WHERE id = {one.pk}",
    )  # fmt: skip
    run(
        f"UPDATE claims_merge SET undone_at = '2020-01-02', undone_by_id = {editor.pk}",
        f"UPDATE claims_speaker SET merged_into_id = NULL WHERE id = {one.pk}",
    )
    merge = Merge.objects.get()
    assert merge.at.year > 2020 and merge.undone_at.year > 2020


@pytest.mark.parametrize("table", [*EVENTS, "claims_change", "pghistory_context"])
def test_nobody_writes_history_but_its_triggers(table):
    assert refusal(f"INSERT INTO {table} SELECT * FROM {table}") == "derived"


@pytest.mark.parametrize("change", ["UPDATE claims_change SET change = 'tombstone'", "DELETE FROM claims_change"])
def test_the_feed_is_append_only(change):
    make_claim("unverified")
    assert refusal(change) == "frozen"


def test_the_feed_takes_no_row_by_its_function():
    claim = make_claim("unverified")
    assert refusal(f"SELECT claims_record_change('claim', {claim.pk})") == "derived"


@pytest.mark.parametrize("change", ["code = 'wrong'", "value = 5"])
def test_a_used_verdict_keeps_code_and_value(change):
    make_claim("checked", verdict="false")
    assert refusal(f"UPDATE claims_verdict SET {change} WHERE code = 'false'") == "used_step"


def test_a_review_keeps_the_label_as_judged():
    claim = make_claim("checked", verdict="false")
    Verdict.objects.filter(code="false").update(label="Untrue")
    assert claim.reviews.latest("pk").verdict_label == "False"
    assert refusal("UPDATE claims_review SET verdict_label = 'Untrue' WHERE verdict_label = 'False'") == "frozen"


def test_a_label_is_the_scale_s():
    assert refusal(row(make_claim("in_review"), "checked", verdict_label="Truer")) == "review_incomplete"


def test_a_merge_does_not_enter_as_undone():
    claims = [make_claim(speaker=None), make_claim(speaker=None)]
    editor = make_user("editor")
    made = curating.merge_claims(loser=claims[0], winner=claims[1], reason="One.", by=editor)
    curating.undo_merge(merge=made, by=editor)
    columns = {"loser_claim_id": claims[0].pk, "winner_claim_id": claims[1].pk, "moved": "{}", "reason": "One."}
    forged = insert("claims_merge", **columns, by_id=editor.pk, undone_by_id=editor.pk, undone_at="2020-01-01")
    assert refusal(forged) == "merge_unaccounted"
