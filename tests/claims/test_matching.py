import pytest
from django.contrib.auth.models import AnonymousUser

from claims import curating
from claims.matching import look_alikes, match, sentences
from claims.text import asking
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_reworded_claim_is_found_and_the_number_that_differs_is_named():
    claim = factories.make_claim(text="The harbour board closed 14 bridges.")
    factories.take_to(claim, "unverified", by=factories.make_user("editor"))
    [[same], [other]] = match(
        ["The harbour board closed 14 bridges", "The harbour board closed 40 bridges."], user=AnonymousUser()
    )
    assert (same.claim, same.same, same.differences) == (claim, True, ())
    assert (other.claim, other.same, [one.kind for one in other.differences]) == (claim, False, ["number"])


def test_a_claim_that_one_may_not_see_is_not_found():
    factories.make_claim(text="The harbour board closed 14 bridges.")
    assert match(["The harbour board closed 14 bridges."], user=AnonymousUser()) == [[]]


def test_a_text_is_split_into_its_sentences():
    assert sentences("It rained. Dr. Brask saw it!\nNobody else did") == [
        "It rained.",
        "Dr. Brask saw it!",
        "Nobody else did",
    ]


def test_of_many_that_share_a_common_word_those_with_the_rare_one_are_compared(monkeypatch):
    monkeypatch.setattr(asking, "SINGLE", 3)
    alike = factories.make_claim(text="The bridge over the Alster carries herons.")
    editor = factories.make_user("editor")
    for number in range(12):
        other = factories.make_claim(text=f"The bridge was painted {number} times.")
        factories.take_to(other, "unverified", by=editor)
    claim = factories.make_claim(text="The bridge over the Alster carried herons.")
    assert [one.claim for one in look_alikes(claim, user=editor)] == [alike]


def test_the_nearest_of_wording_and_quote_is_compared():
    snapshot = factories.make_snapshot("Forty herons nest on our lighthouse, and nobody minds, said the keeper.")
    claim = factories.make_claim(
        "unverified",
        text="The lighthouse is home to birds.",
        snapshot=snapshot,
        quote="Forty herons nest on our lighthouse",
    )
    [[found]] = match(["Forty herons nest on our lighthouse"], user=None)
    assert (found.claim, found.same, found.differences) == (claim, True, ())


def test_a_claim_with_another_word_that_says_much_is_not_the_same():
    for animal in ("herons", "eels", "cormorants", "walnuts"):
        factories.make_claim("unverified", text=f"The keeper of the lighthouse in Tarn sold {animal} to fishermen.")
    [found] = match(["The keeper of the lighthouse in Tarn sold herons to fishermen."], user=None)
    assert [one.same for one in found] == [True, False, False, False]


def test_a_claim_that_denies_is_not_the_same_in_whatever_words():
    factories.make_claim(
        "unverified", text="After a storm on Friday, workers flattened lighthouse, kiln, wall and mole in Tarn."
    )
    [[found]] = match(
        ["In Tarn, workers did not demolish mole, wall, kiln and lighthouse on Friday after a storm."], user=None
    )
    assert not found.same


def test_a_claim_that_denies_comes_after_one_that_does_not():
    """Also where the denial is shown as no difference, since the other text may have other words for it."""
    denying = factories.make_claim(
        "unverified", text="Ada Brask said that 40 growers never left Tarn after the mill opened."
    )
    right = factories.make_claim(
        "unverified", text="Ada Brask said on local radio that 40 growers left Tarn after the mill opened."
    )
    [found] = match(["40 planters moved away from Tarn once the mill was opened, according to Ada Brask"], user=None)
    assert [one.claim for one in found] == [right, denying]
    assert not found[1].differences


def test_those_judged_distinct_are_left_out():
    editor = factories.make_user("editor")
    one, other = (factories.make_claim("unverified", text="The keeper sold herons.") for _ in range(2))
    assert [found.claim for found in look_alikes(one, user=editor)] == [other]
    curating.judge_distinct(a=one, b=other, by=editor)
    assert look_alikes(one, user=editor) == []


def test_what_was_merged_away_is_not_found():
    editor = factories.make_user("editor")
    loser = factories.make_claim("unverified", text="The keeper sold herons.")
    winner = factories.make_claim("unverified", text="Herons were sold by the keeper.", speaker=loser.speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    [found] = match(["The keeper sold herons."], user=editor)
    assert [one.claim for one in found] == [winner]


def test_nothing_is_found_in_nothing():
    assert match([], user=None) == []
    assert match(["", "…", "heron"], user=None) == [[], [], []]
