import pytest
from django.contrib.auth.models import AnonymousUser

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
