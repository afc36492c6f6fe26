"""Notices by e-mail: at once or one a day, in each person's language, without any text of a claim, and sent once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPServerDisconnected
from threading import Barrier

import pytest
from django.contrib.auth.models import Group
from django.core import mail as outgoing
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from claims import curating
from claims.models import Notice
from claims.notices import mail
from claimtrack.models import User
from tests import factories
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo(db):
    return factories.make_user("moderator", username="mo", email="mo@desk.example", notices_by_email="at_once")


@pytest.fixture
def ed(db):
    return factories.make_user("editor", username="ed")


@pytest.fixture
def happens(mo, ed):
    """Return a function that mentions `mo` on a new claim, and returns the claim."""

    def happens():
        claim = factories.make_claim(text="Xylophant said it.")
        curating.comment(claim=claim, by=ed, text="@mo Quaggamere?")
        run_jobs()
        return claim

    return happens


def daily(user):
    user.notices_by_email = "daily"
    user.save()


MORNING = datetime(2031, 5, 6, 7, 30, tzinfo=UTC)


def ago(**some):
    Notice.objects.update(at=MORNING - timedelta(**some))


def test_it_is_sent_at_once(happens, settings):
    settings.CLAIMTRACK_SITE_URL = "https://desk.example"
    claim = happens()
    [message] = outgoing.outbox
    assert message.to == ["mo@desk.example"]
    assert message.subject == f"[claimtrack] ed mentioned you in a comment on claim {claim.pk}."
    assert f"https://desk.example/admin/claims/claim/{claim.pk}/change/#comment-" in message.body
    assert "https://desk.example/admin/preferences/" in message.body
    assert "Xylophant" not in message.body and "Quaggamere" not in message.body
    row = Notice.objects.get()
    assert row.sent_at and not row.to_send


def test_it_is_sent_by_a_job(mo, ed):
    curating.comment(claim=factories.make_claim(), by=ed, text="@mo?")
    assert outgoing.outbox == []
    run_jobs()
    assert len(outgoing.outbox) == 1


def test_who_wants_none_gets_none(happens, mo):
    User.objects.update(notices_by_email="none")
    happens()
    assert (outgoing.outbox, Notice.objects.get().to_send) == ([], False)


def test_where_the_desk_sends_no_mail_nothing_waits(happens, settings):
    settings.CLAIMTRACK_SENDS_EMAIL = False
    happens()
    assert (outgoing.outbox, Notice.objects.get().to_send) == ([], False)


def test_the_mail_of_the_day_has_all_of_them(happens, mo):
    daily(mo)
    claims = [happens(), happens()]
    assert outgoing.outbox == []
    ago(hours=2)
    assert mail.send_waiting(MORNING) == 1
    [message] = outgoing.outbox
    assert message.subject == "[claimtrack] 2 notices"
    for claim in claims:
        assert f"on claim {claim.pk}." in message.body
    assert mail.send_waiting(MORNING) == 0


def test_it_waits_for_the_morning_of_the_desk(happens, mo, settings):
    daily(mo)
    happens()
    ago(hours=2)
    settings.CLAIMTRACK_TIME_ZONE = "America/New_York"
    assert mail.send_waiting(MORNING) == 0
    settings.CLAIMTRACK_TIME_ZONE = "Europe/Berlin"
    assert mail.send_waiting(MORNING) == 1


def test_there_is_one_a_day(happens, mo):
    daily(mo)
    happens()
    ago(hours=2)
    assert mail.send_waiting(MORNING) == 1
    Notice.objects.update(sent_at=MORNING)
    happens()
    Notice.objects.filter(to_send=True).update(at=MORNING)
    assert mail.send_waiting(MORNING + timedelta(hours=3)) == 0
    assert mail.send_waiting(MORNING + timedelta(days=1)) == 1


def test_what_was_read_meanwhile_is_not_sent(happens, mo, client):
    daily(mo)
    claim = happens()
    ago(hours=2)
    client.force_login(mo)
    client.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert mail.send_waiting(MORNING) == 0
    assert not Notice.objects.filter(to_send=True).exists()


@pytest.mark.parametrize("fate", ["deactivated", "demoted", "without an address", "wants none"])
def test_roles_are_checked_again_when_it_is_sent(happens, mo, fate):
    daily(mo)
    happens()
    ago(hours=2)
    if fate == "deactivated":
        User.objects.filter(pk=mo.pk).update(is_active=False)
        assert not Notice.objects.filter(to_send=True).exists()
        # Whatever set it back.
        Notice.objects.update(to_send=True)
    elif fate == "demoted":
        mo.groups.set([Group.objects.get(name="Contributor")])
    else:
        User.objects.filter(pk=mo.pk).update(
            **{"email": ""} if fate == "without an address" else {"notices_by_email": "none"}
        )
    assert mail.send_waiting(MORNING) == 0
    assert outgoing.outbox == [] and Notice.objects.get().sent_at is None


class Broken(EmailBackend):
    """A mail server that is down."""

    attempts = 0

    def send_messages(self, messages):
        Broken.attempts += 1
        raise SMTPServerDisconnected("Connection unexpectedly closed")


def test_what_a_mail_server_does_not_take_is_sent_later(client, mo, ed, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.claims.notices.test_mail.Broken"
    claim = factories.make_claim()
    client.force_login(ed)
    for text in ("@mo one", "@mo two"):
        answer = client.post(f"/admin/claims/claim/{claim.pk}/change/", {"action": "comment", "comment": text})
        assert answer.status_code == 302
    assert Broken.attempts == 0
    run_jobs()
    assert Notice.objects.filter(to_send=True, sent_at=None).count() == 2
    assert Broken.attempts == 2
    settings.EMAIL_BACKEND = backend
    call_command("notices")
    # The server may have accepted it after all, so the same e-mail is sent with the same id.
    [message] = outgoing.outbox
    assert message.subject == "[claimtrack] 2 notices"
    assert message.extra_headers["Message-ID"] == f"<{Notice.objects.earliest('pk').message}@127.0.0.1>"
    call_command("notices")
    assert len(outgoing.outbox) == 1


def test_after_three_days_it_is_given_up(happens, mo):
    daily(mo)
    happens()
    ago(days=4)
    assert mail.send_waiting(MORNING) == 0
    assert not Notice.objects.filter(to_send=True).exists() and Notice.objects.unread().count() == 1


def test_it_is_in_the_persons_language(mo, ed):
    User.objects.filter(pk=mo.pk).update(language="de")
    curating.ask(claim=factories.make_claim(), by=ed, person=mo, due=date(2020, 1, 31))
    call_command("notices")
    assert "31. Januar 2020" in outgoing.outbox[0].body


def test_many_at_once_do_not_flood_a_mailbox(happens):
    claims = [happens() for _ in range(3)]
    assert len(outgoing.outbox) == 1
    call_command("notices")
    [_, rest] = outgoing.outbox
    assert rest.subject == "[claimtrack] 2 notices"
    assert all(f"on claim {claim.pk}." in rest.body for claim in claims[1:])


def test_the_command_tells_what_is_due_and_sends_it(mo, ed, capsys):
    curating.ask(claim=factories.make_claim(), by=ed, person=mo, due=date(2020, 1, 1))
    Notice.objects.update(to_send=False)
    call_command("notices")
    assert capsys.readouterr().out == "Due: 1. E-mails: 1.\n"
    assert "is due: you are asked to work on it by 1 January 2020." in outgoing.outbox[0].body
    call_command("notices")
    assert capsys.readouterr().out == "" and len(outgoing.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_nothing_twice():
    people = [factories.make_user("moderator", email=f"m{n}@desk.example", notices_by_email="daily") for n in range(4)]
    claim, ed = factories.make_claim(), factories.make_user("editor")
    for person in people:
        curating.ask(claim=claim, by=ed, person=person)
    now = timezone.now().replace(hour=12)
    ready = Barrier(3)

    def run():
        try:
            ready.wait()
            return mail.send_waiting(now)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        runs = [pool.submit(run) for _ in range(3)]
        assert sum(one.result() for one in runs) == 4
    assert sorted(message.to[0] for message in outgoing.outbox) == [person.email for person in people]
