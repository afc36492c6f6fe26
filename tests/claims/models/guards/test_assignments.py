"""The database also refuses by SQL: takeovers that did not happen, and claims of people who left."""

import pytest

from claims import curating
from claims.models import Claim, Request, Takeover
from tests.factories import make_claim, make_user, step
from tests.psql import insert, refusal, run

pytestmark = pytest.mark.django_db


def given_to(claim, person):
    return f"UPDATE claims_claim SET assignee_id = {person.pk} WHERE id = {claim.pk}"


def row(claim, taken_from, by):
    return insert("claims_takeover", claim_id=claim.pk, taken_from_id=taken_from.pk, by_id=by.pk)


def test_a_takeover_in_psql():
    claim, person = make_claim("in_review"), make_user("moderator")
    run(given_to(claim, person), row(claim, claim.assignee, person))
    assert Takeover.objects.get().taken_from == claim.assignee


def test_a_takeover_that_did_not_happen():
    claim, person = make_claim("in_review"), make_user("moderator")
    assert refusal(row(claim, claim.assignee, person)) == "takeover_unaccounted"
    assert refusal(given_to(claim, person), row(claim, make_user("editor"), person)) == "takeover_unaccounted"
    assert refusal(given_to(claim, person), row(claim, person, person)) == "takeover_unaccounted"


def test_a_takeover_of_what_is_not_in_review():
    claim, person = make_claim("in_review"), make_user("moderator")
    before = claim.assignee
    step(claim, "awaiting_approval", by=before)
    assert refusal(given_to(claim, person), row(claim, before, person)) == "takeover_unaccounted"


@pytest.mark.parametrize("statement", ["UPDATE claims_takeover SET at = now()", "DELETE FROM claims_takeover"])
def test_a_takeover_stays_on_record(statement):
    curating.take_over(claim=make_claim("in_review"), by=make_user("moderator"), expected=None)
    assert refusal(statement) == "frozen"


def test_one_request_for_a_claim_with_a_priority_that_there_is():
    claim, person = make_claim(), make_user("moderator")
    columns = {"claim_id": claim.pk, "person_id": person.pk, "by_id": person.pk}
    assert refusal(insert("claims_request", **columns, priority="urgent")) == "request_priority"
    run(insert("claims_request", **columns, priority="low"))
    assert "claim_id" in refusal(insert("claims_request", **columns, priority="low"))


def test_who_is_deactivated_in_psql():
    claim = make_claim("in_review")
    left = claim.assignee
    curating.ask(claim=claim, by=left, person=left)
    run(f"UPDATE claimtrack_user SET is_active = false WHERE id = {left.pk}")
    assert Claim.objects.get(pk=claim.pk).assignee is None and not Request.objects.exists()
