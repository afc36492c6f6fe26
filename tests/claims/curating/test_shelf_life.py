"""By when verdicts are looked at again, and when claims about the future come due."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from claims import curating, notices
from claims.curating.shelf_life import today
from claims.models import Claim, Notice, Review
from claims.models.queue import come_due, to_look_at_again
from claims.proof.verifying import readers
from claims.proof.verifying.checks import Scope
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import make_claim, make_topic, make_user, step

pytestmark = pytest.mark.django_db
IN_A_YEAR = today() + timedelta(days=365)


def edited(claim, *, by=None, **changes):
    return curating.edit_claim(claim=claim, by=by or make_user("editor"), expected=None, **changes)


def days(slug, n):
    topic = make_topic(slug)
    curating.review_topic_after(topic=topic, by=make_user("editor"), days=n)
    return topic


def passed(claim, day):
    """Let the day by which it is looked at again be an earlier one, without waiting for it."""
    Claim.objects.filter(pk=claim.pk).update(review_by=day, review_by_given=True)
    claim.refresh_from_db()


def test_a_publication_gives_the_day():
    claim = make_claim("in_review")
    editor = make_user("editor")
    review = step(claim, "checked", by=editor, changes={"review_by": IN_A_YEAR.isoformat()})
    assert (claim.review_by, claim.review_by_given) == (IN_A_YEAR, True)
    assert Review.objects.get(pk=review.pk).changes == {"review_by": IN_A_YEAR.isoformat()}


def test_the_earliest_day_of_several_topics_holds():
    days("prices", 90), days("rents", 30), make_topic("ferries")
    claim = make_claim("checked", topics=["prices", "rents", "ferries"])
    assert (claim.review_by, claim.review_by_given) == (today() + timedelta(days=30), False)


def test_a_submission_hands_the_day_to_its_approval():
    claim = make_claim("in_review")
    step(claim, "awaiting_approval", by=make_user("moderator"), changes={"review_by": IN_A_YEAR.isoformat()})
    assert claim.review_by is None
    step(claim, "checked", by=make_user("editor"))
    assert claim.review_by == IN_A_YEAR


def test_a_confirmation_renews_the_day():
    days("prices", 90)
    claim = make_claim("checked", topics=["prices"])
    passed(claim, today() - timedelta(days=1))
    assert list(Claim.objects.filter(to_look_at_again(today()))) == [claim]
    row = step(claim, "checked", by=make_user("editor"))
    assert (row.kind, claim.review_by) == ("confirmation", today() + timedelta(days=90))
    assert not Claim.objects.filter(to_look_at_again(today())).exists()


def test_a_publication_keeps_a_day_by_hand_that_is_still_to_come():
    days("prices", 90)
    claim = make_claim("checked", topics=["prices"])
    edited(claim, review_by=IN_A_YEAR.isoformat())
    step(claim, "checked", by=make_user("editor"), verdict="true")
    assert claim.review_by == IN_A_YEAR
    step(claim, "checked", by=make_user("editor"), verdict="true", changes={"review_by": None})
    assert (claim.review_by, claim.review_by_given) == (today() + timedelta(days=90), False)


def test_topics_move_the_day_that_follows_from_them():
    topic = days("prices", 90)
    claim = make_claim("checked", topics=["prices"])
    by_hand = make_claim("checked", topics=["prices"])
    edited(by_hand, review_by=IN_A_YEAR.isoformat())
    curating.review_topic_after(topic=topic, by=make_user("editor"), days=30)
    assert Claim.objects.get(pk=claim.pk).review_by == today() + timedelta(days=30)
    assert Claim.objects.get(pk=by_hand.pk).review_by == IN_A_YEAR
    assert edited(claim, topics=[]).review_by is None
    assert edited(by_hand, review_by=None).review_by == today() + timedelta(days=30)


def test_an_edit_that_changes_nothing_writes_nothing():
    days("prices", 90)
    claim = make_claim("checked", topics=["prices"])
    assert edited(claim, review_by="").version == claim.version
    given = edited(claim, review_by=IN_A_YEAR.isoformat())
    assert edited(given, review_by=IN_A_YEAR.isoformat()).version == given.version


def test_a_withdrawn_verdict_is_not_looked_at_again():
    claim = make_claim("checked")
    edited(claim, review_by=IN_A_YEAR.isoformat())
    step(claim, "withdrawn", by=make_user("editor"))
    assert (claim.review_by, claim.review_by_given) == (None, False)


@pytest.mark.parametrize(
    ("status", "role", "changes", "kind", "code"),
    [
        ("checked", "moderator", {"review_by": "2100-01-01"}, NotAllowed, "not_allowed"),
        ("unverified", "editor", {"review_by": "2100-01-01"}, Conflict, "no_verdict"),
        ("checked", "editor", {"review_by": "2020-01-01"}, Invalid, "past"),
        ("checked", "editor", {"review_by": "2100-01"}, Invalid, "invalid"),
        ("checked", "editor", {"due_on": "2100"}, Conflict, "closed"),
        ("unverified", "editor", {"due_on": "next year"}, Invalid, "invalid"),
    ],
)
def test_what_an_edit_refuses(status, role, changes, kind, code):
    with pytest.raises(kind) as refusal:
        edited(make_claim(status), by=make_user(role), **changes)
    assert (refusal.value.code, refusal.value.field) == (code, "" if kind is NotAllowed else next(iter(changes)))


def test_days_of_a_topic_take_an_editor():
    with pytest.raises(NotAllowed):
        curating.review_topic_after(topic=make_topic("prices"), by=make_user("moderator"), days=90)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"review_by": IN_A_YEAR}, "no verdict is in force"),
        ({"review_by_given": True}, "a day given by hand is a day"),
        ({"due_on": IN_A_YEAR}, "a date has a precision"),
    ],
)
def test_what_the_database_refuses(columns, why):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=make_claim("unverified").pk).update(**columns)


def test_the_database_refuses_another_day_than_the_publication_gave():
    claim = make_claim("checked")
    with pytest.raises(IntegrityError, match="only with the publication"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(due_on=IN_A_YEAR, due_precision="day")


@pytest.mark.parametrize(
    ("due", "last"), [("2030", date(2030, 12, 31)), ("2028-02", date(2028, 2, 29)), ("2030-09-05", date(2030, 9, 5))]
)
def test_a_claim_about_the_future_comes_due_on_the_last_day_that_its_date_covers(due, last):
    claim = make_claim("unverified", due_on=due)
    assert (claim.due, claim.due_on) == (due, last)


def test_a_claim_has_come_due_until_it_is_judged():
    yesterday = (today() - timedelta(days=1)).isoformat()
    waits, later = make_claim("unverified", due_on=yesterday), make_claim("unverified", due_on="2999")
    make_claim("dismissed", due_on=yesterday)
    make_claim("checked", due_on=yesterday)
    with timezone.override("UTC"):
        assert list(Claim.objects.filter(come_due(today()))) == [waits]
        assert later in Claim.objects.filter(come_due(date(2999, 12, 31)))


def test_a_verdict_of_before_the_day_does_not_settle_it():
    claim = make_claim("checked", due_on=today().isoformat())
    in_a_week = today() + timedelta(days=7)
    corrected = make_claim("checked")
    step(corrected, "checked", by=make_user("editor"), changes={"due_on": in_a_week.isoformat()})
    with timezone.override("UTC"):
        assert list(Claim.objects.filter(come_due(in_a_week))) == [corrected]
        assert claim not in Claim.objects.filter(come_due(in_a_week)), "it was judged on its day"


def test_whom_it_concerns_is_told_once():
    editor = make_user("editor")
    claim = make_claim("in_review")
    step(claim, "checked", by=editor)
    passed(claim, today())
    due = make_claim("unverified", due_on=today().isoformat())
    asked = make_user("moderator")
    curating.ask(claim=due, by=editor, person=asked)
    Notice.objects.all().delete()
    with timezone.override("UTC"):
        assert (notices.notify_due(today()), notices.notify_due(today())) == (2, 0)
    told = set(Notice.objects.values_list("person", "kind", "claim"))
    assert told == {(editor.pk, "review_by", claim.pk), (asked.pk, "come_due", due.pk)}


def test_the_page_says_when_a_verdict_is_past_its_date():
    claim = make_claim("checked")
    passed(claim, today())
    page, address = Client(), f"/claims/{claim.pk}/"
    before = page.get(address)
    assert "to be looked at again by" in before.text and "past its date" not in before.text
    assert page.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        after = page.get(address, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after["ETag"] == before["ETag"]) == (200, False)
    assert "This verdict is past its date." in after.text


def test_the_log_goes_on_agreeing_with_what_readers_see(log):
    topic = days("prices", 90)
    claim = make_claim("checked", topics=["prices"], due_on="2030")
    assert not list(readers.check(Scope()))
    curating.review_topic_after(topic=topic, by=make_user("editor"), days=30)
    edited(claim, review_by=IN_A_YEAR.isoformat())
    assert not list(readers.check(Scope()))


def test_review_by_in_claim_review():
    claim = make_claim("checked")
    edited(claim, review_by=IN_A_YEAR.isoformat())
    shown = Client().get(f"/api/v1/claims/{claim.pk}/", headers={"Accept": "application/ld+json"}).json()
    assert shown["expires"] == IN_A_YEAR.isoformat()
