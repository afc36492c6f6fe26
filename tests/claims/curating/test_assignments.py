from datetime import date

import pytest
from django.db import IntegrityError

from claims import curating
from claims.admin.timeline import timeline
from claims.models import Claim, Request, Takeover
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Stale
from tests.factories import make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


def refused(kind, verb, **given):
    with pytest.raises(kind) as refusal:
        verb(**given)
    assert not isinstance(refusal.value.__cause__, IntegrityError), "the verb says so before the database has to"
    return refusal.value


def test_assign():
    moderator, other = make_user("moderator"), make_user("moderator")
    claim = make_claim("unverified")
    step(claim, "in_review", by=moderator)
    assert curating.assign(claim=claim, by=moderator, to=other).assignee == other
    assert curating.assign(claim=claim, by=other, to=None).assignee is None
    assert curating.assign(claim=claim, by=moderator, to=moderator).assignee == moderator
    assert curating.assign(claim=claim, by=make_user("editor"), to=other).assignee == other


def test_who_may_not_assign():
    moderator, other = make_user("moderator"), make_user("moderator")
    claim = make_claim("unverified")
    refusal = refused(Conflict, curating.assign, claim=claim, by=moderator, to=moderator)
    assert refusal.code == "not_in_review"
    step(claim, "in_review", by=moderator)
    assert refused(NotAllowed, curating.assign, claim=claim, by=other, to=other).code == "not_assignee"
    refused(NotAllowed, curating.assign, claim=claim, by=make_user("contributor"), to=other)
    for nobody in (make_user("contributor"), make_user("moderator", is_active=False)):
        refusal = refused(Invalid, curating.assign, claim=claim, by=moderator, to=nobody)
        assert (refusal.code, refusal.field) == ("not_a_moderator", "to")
    curating.assign(claim=claim, by=moderator, to=None)
    refused(NotAllowed, curating.assign, claim=claim, by=moderator, to=other)


def test_take_over():
    first, second = make_user("moderator"), make_user("moderator")
    claim = make_claim("unverified")
    step(claim, "in_review", by=first)
    row = curating.take_over(claim=claim, by=second, expected=claim.version)
    assert (row.taken_from, row.by, row.claim.assignee) == (first, second, second)
    assert row.claim.version == claim.version + 1
    step(row.claim, "checked", by=second)
    assert Takeover.objects.get().claim == claim


def test_the_history_tells_of_a_takeover_once():
    claim, moderator = make_claim("in_review"), make_user("moderator")
    before = claim.assignee
    curating.take_over(claim=claim, by=moderator, expected=None)
    entries = timeline(Claim.objects.get(pk=claim.pk), moderator)
    assert [(entry.by, entry.what) for entry in entries if entry.kind == "takeover"] == [
        (moderator, f"Took the claim over from {before}")
    ]
    assert not [entry for entry in entries if entry.kind == "edit"]
    assert not [entry for entry in timeline(claim, make_user("contributor")) if entry.kind == "takeover"]


NOT_TAKEN_OVER = [
    # status, who, how, code, why
    ("in_review", "contributor", NotAllowed, "not_allowed", "it takes a Moderator"),
    ("unverified", "moderator", Conflict, "not_in_review", "one takes it instead"),
    ("awaiting_approval", "editor", Conflict, "not_in_review", "it is submitted"),
]


@pytest.mark.parametrize(("status", "role", "kind", "code", "reason"), NOT_TAKEN_OVER)
def test_what_is_not_taken_over(status, role, kind, code, reason):
    claim = make_claim(status)
    assert refused(kind, curating.take_over, claim=claim, by=make_user(role), expected=None).code == code, reason
    assert not Takeover.objects.exists()


def test_ones_own_claim_and_nobodys_are_not_taken_over():
    claim = make_claim("in_review")
    assert refused(Conflict, curating.take_over, claim=claim, by=claim.assignee, expected=None).code == "own_claim"
    curating.assign(claim=claim, by=claim.assignee, to=None)
    refusal = refused(Conflict, curating.take_over, claim=claim, by=make_user("moderator"), expected=None)
    assert refusal.code == "not_assigned"


def test_a_takeover_rests_on_the_version_that_was_seen():
    claim = make_claim("in_review")
    curating.edit_claim(claim=claim, by=claim.assignee, expected=None, text="Reworded.")
    refused(Stale, curating.take_over, claim=claim, by=make_user("moderator"), expected=claim.version)


@pytest.mark.parametrize("status", ["proposed", "unverified", "in_review", "awaiting_approval", "checked", "withdrawn"])
def test_ask(status):
    claim, moderator, other = make_claim(status), make_user("moderator"), make_user("editor")
    asked = curating.ask(claim=claim, by=moderator, person=other, due=date(2026, 12, 4), priority="high")
    assert (asked.person, asked.due, asked.priority, asked.by) == (other, date(2026, 12, 4), "high", moderator)
    assert Claim.objects.get(pk=claim.pk).version == claim.version, "it stands beside the claim"
    again = curating.ask(claim=claim, by=other, person=moderator)
    assert (Request.objects.get(), again.due, again.priority) == (again, None, "normal")
    assert curating.ask(claim=claim, by=moderator, person=None) is None
    assert not Request.objects.exists()
    told = [entry.what for entry in timeline(claim, moderator) if entry.kind == "request"]
    assert sorted(told) == [
        f"Asked {moderator}. Priority: Normal",
        f"Asked {other}, by 4 December 2026. Priority: High",
        f"{moderator} is no longer asked",
    ]


def test_no_right_depends_on_who_is_asked():
    claim = make_claim("in_review")
    curating.ask(claim=claim, by=make_user("editor"), person=make_user("moderator"))
    step(claim, "checked", by=claim.assignee)
    assert Request.objects.exists(), "asked until somebody says otherwise"


def test_who_is_not_asked():
    claim, moderator = make_claim(), make_user("moderator")
    for nobody in (make_user("contributor"), make_user("moderator", is_active=False)):
        refusal = refused(Invalid, curating.ask, claim=claim, by=moderator, person=nobody)
        assert (refusal.code, refusal.field) == ("not_a_moderator", "person")
    refused(NotAllowed, curating.ask, claim=claim, by=make_user("contributor"), person=moderator)
    refusal = refused(Invalid, curating.ask, claim=claim, by=moderator, person=moderator, priority="urgent")
    assert (refusal.code, refusal.field) == ("choice", "priority")
    refusal = refused(Invalid, curating.ask, claim=claim, by=moderator, person=moderator, due=date(1, 1, 1))
    assert refusal.field == "due"


def test_nobody_is_asked_for_a_merged_claim():
    speaker, editor = make_speaker(), make_user("editor")
    loser, winner = make_claim(speaker=speaker), make_claim(speaker=speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    assert refused(Conflict, curating.ask, claim=loser, by=editor, person=editor).code == "merged"


def test_who_is_deactivated_has_no_claim_and_is_not_asked():
    claim, other = make_claim("in_review"), make_claim("unverified")
    left = claim.assignee
    curating.ask(claim=other, by=make_user("editor"), person=left)
    left.is_active = False
    left.save()
    assert Claim.objects.get(pk=claim.pk).assignee is None
    assert not Request.objects.exists()


def test_a_claim_that_was_merged_away_holds_nobody_at_the_desk():
    speaker, editor = make_speaker(), make_user("editor")
    loser, winner = make_claim("in_review", speaker=speaker), make_claim("in_review", speaker=speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    left = loser.assignee
    left.is_active = False
    left.save()
    assert Claim.objects.get(pk=loser.pk).assignee == left
