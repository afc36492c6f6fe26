"""What the database refuses when SQL bypasses the verbs: merges, and the names of speakers."""

import pytest

from claims import curating
from claims.models import Appearance, Claim
from claimtrack.names import fold, identity
from tests.claims import statements
from tests.factories import make_claim, make_snapshot, make_speaker, make_topic, make_user, step
from tests.psql import insert, refusal, run

pytestmark = pytest.mark.django_db


def merge(**columns):
    return insert("claims_merge", **{"moved": "{}", "reason": "One.", "by_id": make_user("editor").pk, **columns})


def merged(kind, loser, winner):
    return f"UPDATE claims_{kind} SET merged_into_id = {winner.pk} WHERE id = {loser.pk}"


def pair():
    speaker = make_speaker()
    return make_claim(speaker=speaker), make_claim(speaker=speaker)


def test_a_merge_in_psql():
    loser, winner = pair()
    run(
        merge(loser_claim_id=loser.pk, winner_claim_id=winner.pk),
        merged("claim", loser, winner),
        f"UPDATE claims_appearance SET claim_id = {winner.pk} WHERE claim_id = {loser.pk}",
    )
    assert winner.appearances.count() == 2
    assert Claim.objects.get(pk=loser.pk).merged_into == winner


@pytest.mark.parametrize("kind", ["claim", "speaker"])
def test_merged_away_without_a_merge(kind):
    loser, winner = pair() if kind == "claim" else (make_speaker(), make_speaker())
    assert refusal(merged(kind, loser, winner)) == "merge_unaccounted"


@pytest.mark.parametrize("kind", ["claim", "speaker"])
def test_a_merge_that_is_not_carried_out(kind):
    loser, winner = pair() if kind == "claim" else (make_speaker(), make_speaker())
    ids = {f"loser_{kind}_id": loser.pk, f"winner_{kind}_id": winner.pk}
    assert refusal(merge(**ids)) == "merge_unaccounted"
    assert refusal(merge(**ids), merged(kind, loser, loser)) == "merge_unaccounted"


@pytest.mark.parametrize("kind", ["claim", "speaker"])
def test_an_undoing_that_is_not_carried_out(kind):
    loser, winner = pair() if kind == "claim" else (make_speaker(), make_speaker())
    verb = curating.merge_claims if kind == "claim" else curating.merge_speakers
    editor = make_user("editor")
    verb(loser=loser, winner=winner, reason="One.", by=editor)
    assert refusal(f"UPDATE claims_{kind} SET merged_into_id = NULL WHERE id = {loser.pk}") == "merge_unaccounted"
    assert refusal(f"UPDATE claims_merge SET undone_at = now(), undone_by_id = {editor.pk}") == "merge_unaccounted"


def test_what_makes_no_merge():
    claims, speaker = pair(), make_speaker()
    one, other = (claim.pk for claim in claims)
    assert refusal(merge(loser_claim_id=one, winner_claim_id=one)) == "merge_two"
    assert refusal(merge(loser_claim_id=one)) == "merge_kind"
    assert refusal(merge(loser_claim_id=one, winner_speaker_id=speaker.pk)) == "merge_kind"
    assert refusal(merge(loser_claim_id=one, winner_claim_id=other, undone_at="2026-01-01")) == "merge_unaccounted"


def test_a_chain_that_bites_its_tail():
    a, b = pair()
    c = make_claim(speaker=a.speaker)
    editor = make_user("editor")
    curating.merge_claims(loser=a, winner=b, reason="One.", by=editor)
    assert refusal(merge(loser_claim_id=b.pk, winner_claim_id=a.pk)) == "merge_winner"
    assert refusal(merge(loser_claim_id=a.pk, winner_claim_id=c.pk)) == "merge_claim_once"
    curating.merge_claims(loser=b, winner=c, reason="One.", by=editor)
    assert refusal(merge(loser_claim_id=c.pk, winner_claim_id=a.pk)) == "merge_winner"


def test_a_verdict_in_force_merged_away():
    speaker = make_speaker()
    loser, winner = make_claim("checked", speaker=speaker), make_claim(speaker=speaker)
    statements = merge(loser_claim_id=loser.pk, winner_claim_id=winner.pk), merged("claim", loser, winner)
    assert refusal(*statements) == "merge_verdict"


REWRITTEN = [
    ("reason = 'Two.'", "why"),
    ("by_id = (SELECT max(id) FROM claimtrack_user)", "who"),
    ("at = now() - interval '1 day'", "when"),
    ("winner_claim_id = (SELECT max(id) FROM claims_claim)", "into what"),
    ("moved = '{}'", "what moved"),
]


@pytest.mark.parametrize(("change", "reason"), REWRITTEN)
def test_a_merge_on_record_is_not_rewritten(change, reason):
    loser, winner = pair()
    curating.merge_claims(loser=loser, winner=winner, reason="One.", by=make_user("editor"))
    make_claim(by=make_user("contributor"))
    assert refusal(f"UPDATE claims_merge SET {change}") == "frozen", reason


def test_a_merge_stays_on_record():
    loser, winner = pair()
    editor = make_user("editor")
    record = curating.merge_claims(loser=loser, winner=winner, reason="One.", by=editor)
    curating.undo_merge(merge=record, by=editor)
    assert refusal("DELETE FROM claims_merge") == "frozen"
    assert refusal("UPDATE claims_merge SET undone_at = NULL, undone_by_id = NULL") == "frozen"


def test_a_claim_that_was_merged_away_takes_no_edit_step_or_appearance():
    loser, winner = pair()
    curating.merge_claims(loser=loser, winner=winner, reason="One.", by=make_user("editor"))
    assert refusal(f"UPDATE claims_claim SET text = 'x' WHERE id = {loser.pk}") == "merged"
    snapshot = make_snapshot("Herons nest here.")
    place = {"quote": "Herons", "start_offset": 0, "end_offset": 6, "prefix": "", "suffix": " nest here."}
    row = insert("claims_appearance", claim_id=loser.pk, snapshot_id=snapshot.pk, **place)
    assert refusal(row) == "appearances_closed"
    assert refusal(statements.row(loser, "unverified")) == "merged"


def test_what_no_merge_moved_stays_though_one_was_undone():
    loser, winner = pair()
    editor = make_user("editor")
    curating.undo_merge(merge=curating.merge_claims(loser=loser, winner=winner, reason="One.", by=editor), by=editor)
    assert refusal(f"UPDATE claims_appearance SET claim_id = {loser.pk} WHERE claim_id = {winner.pk}") == "frozen"


def test_an_appearance_that_came_with_a_merge_is_not_deleted():
    loser, winner = pair()
    moved = loser.appearances.get()
    curating.merge_claims(loser=loser, winner=winner, reason="One.", by=make_user("editor"))
    assert refusal(f"DELETE FROM claims_appearance WHERE id = {moved.pk}") == "merged_appearance"


def test_moving_the_last_appearance_away():
    loser, winner = pair()
    record = merge(loser_claim_id=loser.pk, winner_claim_id=winner.pk)
    move = f"UPDATE claims_appearance SET claim_id = {winner.pk} WHERE claim_id = {loser.pk}"
    assert refusal(record, move, merged("claim", loser, winner)) == "last_appearance"


def test_nothing_moves_to_a_claim_that_awaits_approval():
    loser, winner = pair()
    for status in ("unverified", "in_review", "awaiting_approval"):
        step(winner, status, by=make_user("editor"))
    record = merge(loser_claim_id=loser.pk, winner_claim_id=winner.pk)
    move = f"UPDATE claims_appearance SET claim_id = {winner.pk} WHERE claim_id = {loser.pk}"
    assert refusal(record, merged("claim", loser, winner), move) == "appearances_closed"


def test_a_merge_of_speakers_reaches_claims_with_a_verdict_in_force():
    loser, winner = make_speaker(), make_speaker()
    claim, other = make_claim("checked", speaker=loser), make_claim("checked", speaker=winner)
    editor = make_user("editor")
    record = curating.merge_speakers(loser=loser, winner=winner, reason="One.", by=editor)
    assert Claim.objects.get(pk=claim.pk).speaker == winner
    curating.undo_merge(merge=record, by=editor)
    assert Claim.objects.get(pk=claim.pk).speaker == loser
    take = f"UPDATE claims_claim SET speaker_id = {loser.pk} WHERE id = {other.pk}"
    assert refusal(take) == "closed", "an undone merge is no licence for claims that it never moved"


def speaker(name="Ada Norrby", **columns):
    return insert("claims_speaker", id=9_000_000, name=name, kind="person", role="", website="", **columns)


def alias(name="Ada Norrby"):
    return insert("claims_alias", speaker_id=9_000_000, name=name, key=identity(name), folded=fold(name))


def test_a_speaker_s_own_name_is_an_alias():
    assert refusal(speaker()) == "speaker_own_name"
    assert refusal(speaker(), alias("Ada Norby")) == "speaker_own_name"
    run(speaker(), alias())
    assert refusal("DELETE FROM claims_alias WHERE speaker_id = 9000000") == "speaker_own_name"
    assert refusal("UPDATE claims_alias SET name = 'A. Norrby' WHERE speaker_id = 9000000") == "speaker_own_name"
    assert refusal("UPDATE claims_speaker SET name = 'A. Norrby' WHERE id = 9000000") == "speaker_own_name"
    run(
        "UPDATE claims_speaker SET name = 'ADA NORRBY' WHERE id = 9000000",
        "UPDATE claims_alias SET name = 'ADA NORRBY' WHERE speaker_id = 9000000",
    )


MALFORMED = [
    ({"name": ""}, "speaker_name", "no name"),
    ({"kind": "robot"}, "speaker_kind", "no kind"),
    ({"wikidata_id": "42"}, "speaker_wikidata_id", "an id without Q"),
    ({"wikidata_id": "Q042"}, "speaker_wikidata_id", "two spellings of one id"),
    ({"merged_into_id": 1}, "merge_unaccounted", "merged away from the start"),
]


@pytest.mark.parametrize(("changed", "guard", "reason"), MALFORMED)
def test_a_speaker_who_is_none(changed, guard, reason):
    columns = {"name": "Ada Norrby", "kind": "person", "role": "", "website": "", **changed}
    assert refusal(insert("claims_speaker", **columns)) == guard, reason


def test_a_name_twice_or_none():
    run(speaker(), alias())
    assert refusal(alias("ada  NORRBY")) == "alias_once"
    assert refusal(alias("\u200b")) == "alias_forms"


def test_the_topics_of_a_claim():
    claim, topic = make_claim(topics=["roads"]), make_topic("roads")
    row = insert("claims_claimtopic", claim_id=claim.pk, topic_id=topic.pk)
    assert refusal(row) == "claim_topic_once"
    assert "topic_id" in refusal("DELETE FROM claims_topic")
    assert refusal(insert("claims_topic", name="Roads", slug="Roads!")) == "topic_slug"
    assert refusal(insert("claims_topic", name="", slug="nothing")) == "topic_name"


def test_two_claims_judged_distinct():
    a, b = (claim.pk for claim in pair())
    by = make_user("moderator").pk
    run(insert("claims_distinct", claim_a_id=a, claim_b_id=b, by_id=by))
    assert refusal(insert("claims_distinct", claim_a_id=a, claim_b_id=b, by_id=by)) == "distinct_once"
    assert refusal(insert("claims_distinct", claim_a_id=b, claim_b_id=a, by_id=by)) == "distinct_order"
    assert Appearance.objects.count() == 2
