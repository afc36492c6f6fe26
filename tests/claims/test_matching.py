import pytest
from django.contrib.auth.models import AnonymousUser

from claims.matching import match, sentences
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
