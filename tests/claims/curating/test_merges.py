import pytest
from django.apps import apps
from django.db import IntegrityError

from claims import curating
from claims.models import (
    Alias,
    Change,
    Claim,
    Distinct,
    Document,
    FrequencyChange,
    LogEntry,
    LogOpening,
    Merge,
    Speaker,
)
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import QUOTE, make_claim, make_external_review, make_snapshot, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


def merge(loser, winner, by=None, reason="The same."):
    verb = curating.merge_claims if isinstance(loser, Claim) else curating.merge_speakers
    return verb(loser=loser, winner=winner, reason=reason, by=by or make_user("editor"))


def undo(record, by=None):
    return curating.undo_merge(merge=record, by=by or make_user("editor"))


def refused(kind, verb, *args, **given):
    with pytest.raises(kind) as refusal:
        verb(*args, **given)
    assert not isinstance(refusal.value.__cause__, IntegrityError), "the verb says so before the database has to"
    return refusal.value.code


def pair(**fields):
    """Two claims that share a speaker."""
    fields = {"speaker": make_speaker(), **fields}
    return make_claim(**fields), make_claim(**fields)


def ledger():
    """Who said what, where, as it stands: what an undone merge must bring back. Documents follow from it."""
    models = [model for model in apps.get_app_config("claims").get_models() if not model.__name__.endswith("Event")]
    hidden = {"version", "updated_at", "search"}
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in hidden}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in models
        if model not in (Merge, Change, Document, LogEntry, LogOpening, FrequencyChange)
    }


def test_it_works():
    editor = make_user("editor")
    shared = make_snapshot()
    loser, winner = pair(snapshot=shared, topics=["roads"])
    more = curating.add_appearance(claim=loser, by=editor, snapshot=make_snapshot(), quote=QUOTE)
    kept = loser.appearances.get(snapshot=shared)
    curating.edit_claim(
        claim=loser, by=editor, expected=None, topics=["roads", curating.create_topic(by=editor, name="Air")]
    )
    step(loser, "unverified", by=editor)
    before, seen = ledger(), winner.version

    record = merge(loser, winner, by=editor, reason=" The same. ")
    loser, winner = Claim.objects.get(pk=loser.pk), Claim.objects.get(pk=winner.pk)
    assert (loser.merged_into, loser.winner, loser.status) == (winner, winner, "unverified")
    assert (record.by, record.reason, record.kind) == (editor, "The same.", "claim")
    assert set(winner.appearances.all()) == {*winner.appearances.filter(snapshot=shared), more}
    assert list(loser.appearances.all()) == [kept], "the winner has this place already"
    assert {topic.slug for topic in winner.topics.all()} == {"roads", "air"}
    assert {topic.slug for topic in loser.topics.all()} == {"roads", "air"}, "the loser keeps what the winner copied"
    assert loser.reviews.count() == 1 and not winner.reviews.exists()
    assert winner.version > seen

    record = undo(record, by=editor)
    assert (record.undone_by, record.undone_at is not None) == (editor, True)
    assert ledger() == before
    assert merge(loser, winner, by=editor), "what was undone may be done again"


def test_undoing_brings_back_exactly_what_moved():
    loser, winner = pair()
    record = merge(loser, winner)
    own = curating.add_appearance(claim=winner, by=make_user("editor"), snapshot=make_snapshot(), quote=QUOTE)
    undo(record)
    assert own in winner.appearances.all() and winner.appearances.count() == 2
    assert loser.appearances.count() == 1


def test_a_chain():
    editor, speaker = make_user("editor"), make_speaker()
    a, b, c = (make_claim(speaker=speaker) for _ in range(3))
    before = ledger()
    first, second = merge(a, b), merge(b, c)
    a = Claim.objects.get(pk=a.pk)
    assert (a.winner, c.appearances.count(), a.appearances.count(), b.appearances.count()) == (c, 3, 0, 0)
    assert refused(Conflict, undo, first, by=editor) == "merged", "from the end on"
    undo(second)
    assert b.appearances.count() == 2
    undo(first)
    assert ledger() == before


@pytest.mark.parametrize("what", ["appearance", "review"])
def test_what_two_bring_goes_with_the_first_of_them_last(what):
    speaker, shared = make_speaker(), make_snapshot()
    c = make_claim(speaker=speaker)
    a, b = (make_claim(speaker=speaker, snapshot=shared if what == "appearance" else make_snapshot()) for _ in range(2))
    for claim in (a, b) if what == "review" else ():
        make_external_review(claim, url="https://other.example/1")
    before = ledger()
    first, second = merge(a, c), merge(b, c)
    assert refused(Conflict, undo, first) == "merged_later"
    undo(second)
    undo(first)
    assert ledger() == before


def test_two_into_one():
    speaker = make_speaker()
    a, b, c = (make_claim(speaker=speaker) for _ in range(3))
    before = ledger()
    first, second = merge(a, c), merge(b, c)
    undo(first)
    undo(second)
    assert ledger() == before


def test_a_topic_that_two_losers_brought_goes_with_the_last():
    speaker = make_speaker()
    a, b = (make_claim(speaker=speaker, topics=["roads"]) for _ in range(2))
    winner = make_claim(speaker=speaker)
    before = ledger()
    first, second = merge(a, winner), merge(b, winner)
    undo(first)
    assert [topic.slug for topic in winner.topics.all()] == ["roads"]
    undo(second)
    assert ledger() == before


def test_a_winner_with_a_verdict_gets_what_the_loser_has_and_gives_it_back():
    loser, winner = pair()
    for status in ("unverified", "in_review", "checked"):
        step(winner, status, by=make_user("editor"))
    record = merge(loser, winner)
    assert winner.appearances.count() == 2
    undo(record)
    assert (winner.appearances.count(), Claim.objects.get(pk=winner.pk).status) == (1, "checked")


def test_a_speaker_not_known_is_no_other_speaker():
    winner = make_claim()
    loser = make_claim(speaker=None)
    assert merge(loser, winner).winner == winner


ROLES = [(None, "no role"), ("contributor", "nor this one"), ("moderator", "merging takes an Editor")]


@pytest.mark.parametrize(("role", "reason"), ROLES)
def test_who_may_not(role, reason):
    by, (loser, winner) = make_user(role), pair()
    assert refused(NotAllowed, merge, loser, winner, by=by) == "not_allowed", reason
    assert refused(NotAllowed, merge, make_speaker(), make_speaker(), by=by) == "not_allowed", reason
    assert refused(NotAllowed, undo, merge(loser, winner), by=by) == "not_allowed", reason


def test_what_is_no_merge():
    loser, winner = pair()
    assert refused(Invalid, merge, loser, loser) == "same"
    assert refused(Invalid, merge, loser, winner, reason=" ") == "required"
    assert refused(Conflict, merge, loser, make_claim()) == "merge_speakers_differ"


def test_a_loser_with_a_verdict_in_force():
    loser, winner = make_claim("checked"), make_claim(speaker=None)
    assert refused(Conflict, merge, loser, winner) == "merge_verdict"
    step(loser, "in_review", by=make_user("editor"), rationale="Again.")
    assert refused(Conflict, merge, loser, winner) == "merge_verdict"
    step(loser, "withdrawn", by=make_user("editor"))
    assert refused(Conflict, merge, loser, winner) == "merge_hides_history", "readers would lose what was published"
    step(winner, "unverified", by=make_user("editor"))
    merge(loser, winner)


def test_neither_awaits_approval():
    waiting, other = make_claim("awaiting_approval"), make_claim(speaker=None)
    assert refused(Conflict, merge, waiting, other) == "awaiting_approval"
    assert refused(Conflict, merge, other, waiting) == "awaiting_approval"


def test_nothing_is_undone_under_a_submission():
    loser, winner = pair()
    record, editor = merge(loser, winner), make_user("editor")
    for status in ("unverified", "in_review", "awaiting_approval"):
        step(winner, status, by=editor)
    assert refused(Conflict, undo, record) == "awaiting_approval"
    step(winner, "in_review", by=editor, note="One more thing.")
    undo(record)


def test_what_was_merged_away_merges_no_more():
    loser, winner = pair()
    record = merge(loser, winner)
    assert refused(Conflict, merge, loser, make_claim(speaker=None)) == "merged"
    assert refused(Conflict, merge, make_claim(speaker=None), loser) == "merged"
    undo(record)
    assert refused(Conflict, undo, record) == "undone"


def test_a_merged_claim_takes_no_edit():
    loser, winner = pair()
    merge(loser, winner)
    by = make_user("editor")
    place = {"snapshot": make_snapshot(), "quote": QUOTE}
    assert refused(Conflict, curating.edit_claim, claim=loser, by=by, expected=None, text="x") == "merged"
    assert refused(Conflict, curating.edit_claim, claim=loser, by=by, expected=None, topics=[]) == "merged"
    assert refused(Conflict, curating.add_appearance, claim=loser, by=by, **place) == "merged"
    assert not curating.may_edit(Claim.objects.get(pk=loser.pk), by)


def test_an_appearance_that_came_with_a_merge_goes_with_its_undoing():
    loser, winner = pair()
    moved = loser.appearances.get()
    merge(loser, winner)
    moved.refresh_from_db()
    by = make_user("editor")
    assert refused(Conflict, curating.remove_appearance, appearance=moved, by=by) == "merged_appearance"


def test_the_winner_is_not_left_without_appearance():
    loser, winner = pair()
    own, by = winner.appearances.get(), make_user("editor")
    record = merge(loser, winner)
    curating.remove_appearance(appearance=own, by=by)
    assert refused(Conflict, undo, record) == "last_appearance"
    curating.add_appearance(claim=winner, by=by, snapshot=make_snapshot(), quote=QUOTE)
    undo(record)
    assert (loser.appearances.count(), winner.appearances.count()) == (1, 1)


def test_merging_speakers():
    editor = make_user("editor")
    loser = make_speaker("Ada Norrby", aliases=["A. Norrby", "Ada N."])
    winner = make_speaker("Ada Norby", aliases=["ada n."], wikidata_id="Q42")
    claim, checked, other = make_claim(speaker=loser), make_claim("checked", speaker=loser), make_claim(speaker=winner)
    merged_claim = make_claim(speaker=loser)
    merge(merged_claim, claim)
    before = ledger()

    record = merge(loser, winner, by=editor)
    loser = Speaker.objects.get(pk=loser.pk)
    assert (loser.merged_into, loser.winner, record.kind) == (winner, winner, "speaker")
    assert set(Claim.objects.filter(speaker=winner)) == {claim, checked, other, merged_claim}
    assert {alias.name for alias in winner.aliases.all()} == {"Ada Norby", "ada n.", "Ada Norrby", "A. Norrby"}
    assert list(Speaker.objects.named("a. NORRBY")) == [winner]
    assert set(Claim.objects.by_speakers([loser.pk])) == set(Claim.objects.by_speakers([winner.pk]))

    undo(record, by=editor)
    assert ledger() == before


def test_a_claim_made_meanwhile_stays_with_the_winner():
    loser, winner = make_speaker(), make_speaker()
    record = merge(loser, winner)
    loser.refresh_from_db()
    claim = make_claim(speaker=loser)
    assert claim.speaker == winner, "whoever names the loser means the winner"
    undo(record)
    assert Claim.objects.get(pk=claim.pk).speaker == winner, "it was never the loser's"


def test_a_claim_that_went_to_somebody_else_since_stays_there():
    loser, winner, third = make_speaker(), make_speaker(), make_speaker()
    claim = make_claim(speaker=loser)
    record = merge(loser, winner)
    curating.edit_claim(claim=claim, by=make_user("editor"), expected=None, speaker=third)
    undo(record)
    assert Claim.objects.get(pk=claim.pk).speaker == third


def test_a_name_that_the_winner_took_over_stays():
    loser, winner = make_speaker("Ada Norrby"), make_speaker("Ada Norby")
    record = merge(loser, winner)
    curating.edit_speaker(speaker=winner, by=make_user("editor"), name="Ada Norrby")
    undo(record)
    assert Alias.objects.filter(speaker=winner, name="Ada Norrby").exists()


def test_a_name_that_two_losers_brought_goes_with_the_last():
    a, b, winner = make_speaker("Bo"), make_speaker("BO"), make_speaker("Robert Holm")
    before = ledger()
    first, second = merge(a, winner), merge(b, winner)
    undo(first)
    assert winner in Speaker.objects.named("bo")
    undo(second)
    assert ledger() == before


def test_a_chain_of_speakers():
    a, b, c = make_speaker(), make_speaker(), make_speaker()
    make_claim(speaker=a)
    before = ledger()
    first, second = merge(a, b), merge(b, c)
    assert set(Claim.objects.by_speakers([a.pk])) == set(Claim.objects.filter(speaker=c)) != set()
    assert refused(Conflict, undo, first) == "merged"
    undo(second)
    undo(first)
    assert ledger() == before


def test_speakers_who_are_two():
    one, other = make_speaker(wikidata_id="Q1"), make_speaker(wikidata_id="Q2")
    assert refused(Conflict, merge, one, other) == "wikidata_differs"
    assert refused(Invalid, merge, one, one) == "same"
    third = make_speaker()
    merge(third, one)
    assert refused(Conflict, merge, third, other) == "merged"
    assert refused(Conflict, merge, other, third) == "merged"


def test_speakers_whose_claims_were_merged_since_stay_one():
    """Else a claim would be merged into one of another speaker."""
    a, b = make_speaker(), make_speaker()
    loser, winner = make_claim(speaker=a), make_claim(speaker=b)
    speakers = merge(a, b)
    claims = merge(loser, winner)
    assert refused(Conflict, undo, speakers) == "merged_claims"
    undo(claims)
    reverse = merge(winner, loser)
    assert refused(Conflict, undo, speakers) == "merged_claims", "whichever of the two won"
    undo(reverse)
    undo(speakers)
    assert {claim.speaker for claim in Claim.objects.all()} == {a, b}


def test_judged_distinct():
    moderator, (a, b) = make_user("moderator"), pair()
    judged = curating.judge_distinct(a=b, b=a, by=moderator)
    assert (judged.claim_a, judged.claim_b, judged.by) == (a, b, moderator)
    assert curating.judge_distinct(a=a, b=b, by=make_user("editor")) == judged
    assert Distinct.objects.count() == 1
    one, other = make_speaker(), make_speaker()
    assert curating.judge_distinct(a=other, b=one, by=moderator).a == one
    assert refused(Invalid, curating.judge_distinct, a=a, b=a, by=moderator) == "same"
    assert refused(NotAllowed, curating.judge_distinct, a=a, b=b, by=make_user("contributor")) == "not_allowed"
