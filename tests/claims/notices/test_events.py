"""Which event notifies whom: each verb, and the people who get a notice."""

from datetime import date

import pytest
from django.contrib.auth.models import Group

from claims import curating, notices, reviewing
from claims.models import Notice
from claimtrack.refusals import Stale
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo():
    return factories.make_user("moderator", username="mo")


@pytest.fixture
def ed():
    return factories.make_user("editor", username="ed")


@pytest.fixture
def claim(mo):
    """A claim in review that `mo` took."""
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=mo)
    return claim


def told():
    """Return the notices since the last call: the person, the kind and the author of each."""
    rows = [(row.person.username, row.kind, row.by and row.by.username) for row in Notice.objects.order_by("pk")]
    Notice.objects.all().delete()
    return rows


def test_who_is_assigned(claim, mo, ed):
    assert told() == []
    curating.assign(claim=claim, by=mo, to=ed)
    assert told() == [("ed", "assigned", "mo")]


def test_an_editor_hands_a_colleagues_claim_on(claim, mo, ed):
    curating.assign(claim=claim, by=ed, to=None)
    assert told() == [("mo", "handed_on", "ed")]


def test_handing_a_claim_to_whom_has_it_tells_nobody(claim, mo, ed):
    curating.assign(claim=claim, by=ed, to=mo)
    assert told() == []


def test_who_is_taken_from(claim, mo, ed):
    curating.take_over(claim=claim, by=ed, expected=None)
    assert told() == [("mo", "taken_over", "ed")]


def test_who_is_asked_is_told_again_only_of_another_day(claim, mo, ed):
    for due in (None, None, date(2026, 12, 4)):
        curating.ask(claim=claim, by=ed, person=mo, due=due)
    assert told() == [("mo", "asked", "ed"), ("mo", "asked", "ed")]
    curating.ask(claim=claim, by=ed, person=ed)
    assert told() == []


def test_the_submitter_learns_what_became_of_it(claim, mo, ed):
    factories.step(claim, "awaiting_approval", by=mo)
    factories.step(claim, "in_review", by=ed, note="Which year?")
    assert told() == [("mo", "returned", "ed")]
    factories.step(claim, "awaiting_approval", by=mo)
    factories.step(claim, "checked", by=ed)
    assert told() == [("mo", "approved", "ed")]


def test_who_gave_the_verdict_learns_what_becomes_of_it(claim, mo, ed):
    factories.step(claim, "checked", by=mo)
    assert told() == []
    for step, kind in (("in_review", "reopened"), ("checked", "corrected")):
        factories.step(claim, step, by=ed, rationale="A new count.", verdict="true")
        assert told() == [("mo", kind, "ed")]
    # The verdict in force is the Editor's now.
    other = factories.make_user("editor", username="other")
    factories.step(claim, "withdrawn", by=other)
    assert told() == [("ed", "withdrawn", "other")]


def test_a_confirmation_corrects_nobody(claim, mo, ed):
    factories.step(claim, "checked", by=mo)
    factories.step(claim, "checked", by=ed)
    assert told() == []


def test_of_an_approved_verdict_both_who_gave_it_are_told(claim, mo, ed):
    factories.step(claim, "awaiting_approval", by=mo)
    factories.step(claim, "checked", by=ed)
    told()
    factories.step(claim, "in_review", by=factories.make_user("editor", username="other"), rationale="Look again.")
    assert sorted(told()) == [("ed", "reopened", "other"), ("mo", "reopened", "other")]


def test_whom_a_comment_concerns(claim, mo, ed):
    asked = factories.make_user("moderator", username="asked")
    curating.ask(claim=claim, by=ed, person=asked)
    told()
    factories.make_user("moderator", username="ines")
    curating.comment(claim=claim, by=ed, text="@ines, @ed: which year?")
    assert sorted(told()) == [("asked", "commented", "ed"), ("ines", "mentioned", "ed"), ("mo", "commented", "ed")]
    # Earlier commenters are notified, and a mentioned person gets only one notice.
    curating.comment(claim=claim, by=mo, text="@ed 2024.")
    assert sorted(told()) == [("asked", "commented", "mo"), ("ed", "mentioned", "mo")]


def test_what_a_refused_step_tells(claim, mo, ed):
    with pytest.raises(Stale):
        curating.take_over(claim=claim, by=ed, expected=claim.version + 1)
    assert told() == []


@pytest.mark.parametrize("fate", ["deactivated", "demoted"])
def test_who_may_not_read_comments_any_more_is_told_nothing(claim, mo, ed, fate):
    curating.comment(claim=claim, by=mo, text="Mine.")
    if fate == "deactivated":
        mo.is_active = False
        mo.save()
    else:
        mo.groups.set([Group.objects.get(name="Contributor")])
    curating.comment(claim=claim, by=ed, text="@mo, yours?")
    assert told() == []
    mo = type(mo).objects.get(pk=mo.pk)
    assert not Notice.objects.visible_to(mo).exists()


TODAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("due", "status", "expected"),
    [
        (TODAY, "unverified", 1),  # its last day
        (date(2026, 12, 1), "in_review", 1),  # overdue
        (date(2026, 12, 5), "unverified", 0),  # tomorrow
        (None, "unverified", 0),  # no day
        (TODAY, "checked", 0),  # it is decided
    ],
)
def test_who_is_due(mo, ed, due, status, expected):
    curating.ask(claim=factories.make_claim(status), by=ed, person=mo, due=due)
    told()
    assert notices.notify_due(TODAY) == expected
    assert told() == [("mo", "due", None)] * expected


def test_due_is_told_once(mo, ed):
    claim = factories.make_claim()
    curating.ask(claim=claim, by=ed, person=mo, due=TODAY)
    assert (notices.notify_due(TODAY), notices.notify_due(TODAY)) == (1, 0)
    # A new day sends a new notice.
    curating.ask(claim=claim, by=ed, person=mo, due=date(2026, 12, 3))
    assert notices.notify_due(TODAY) == 1


def test_accepting_many_claims_at_once_tells_nobody(ed):
    reviewing.accept(claims=[factories.make_claim().pk], by=ed)
    assert told() == []


def test_ones_own_are_read_and_nobody_elses(claim, mo, ed):
    other = factories.make_user("moderator", username="other")
    for text in ("@mo @other one", "@mo @other two"):
        curating.comment(claim=claim, by=ed, text=text)
    curating.comment(claim=factories.make_claim(), by=ed, text="@mo elsewhere")
    first, *_ = Notice.objects.filter(person=mo).order_by("pk")
    assert notices.read(by=mo, one=first.pk) == 1
    assert notices.read(by=mo, one=Notice.objects.filter(person=other).first().pk) == 0
    assert notices.read(by=mo, claim=claim) == 1
    assert notices.read(by=mo, until=Notice.objects.order_by("pk").last().pk) == 1
    assert Notice.objects.unread().filter(person=mo).count() == 0
    assert Notice.objects.unread().filter(person=other).count() == 2
