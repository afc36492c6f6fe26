"""When messages are sent again, and what a failing receiver delays."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from claims.models import Delivery, Notice, Webhook
from claims.webhooks import delivering, watching
from claims.webhooks.subscribing import pause_webhook, replay_webhook, resume_webhook
from tests.claims.webhooks.conftest import edit, ready, settled
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_message_that_fails_is_sent_again_under_its_id(receiver, subscribe, send):
    webhook = subscribe()
    claim = make_claim("unverified")
    receiver.answer = 500
    settled()
    delivering.work(webhook.pk)
    [first], webhook = receiver.ids, Webhook.objects.get()
    row = Delivery.objects.get()
    assert (row.state, row.status, row.error, row.attempts) == ("waiting", 500, "http_status", 1)
    seconds = (row.due_at - row.attempted_at).total_seconds()
    assert 5 <= seconds <= 6 and webhook.rests_until and webhook.failures == 1
    assert delivering.work(webhook.pk) == 0, "it rests"
    ready(webhook)
    receiver.answer = 204
    delivering.work(webhook.pk)
    assert receiver.ids == [first, first]
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since, webhook.rests_until) == (0, None, None)
    assert receiver.told()[-1] == ("claim.updated", claim.pk)


def test_the_pauses_grow_to_a_day_and_a_refused_message_is_given_up(receiver, subscribe, send):
    editor = make_user("editor")
    webhook = subscribe()
    bad, good = make_claim("unverified"), make_claim("unverified")
    receiver.answer = lambda path: 400 if receiver.messages[-1]["data"]["id"] == bad.pk else 204
    pauses = []
    for _ in range(10):
        send(webhook)
        row = Delivery.objects.get(row_id=bad.pk)
        pauses.append(row.due_at - row.attempted_at)
        ready(webhook)
        edit(good, f"Reworded {len(pauses)}.")
    hours = [pause.total_seconds() / 3600 for pause in pauses[:9]]
    assert hours == sorted(hours) and 24 <= hours[-1] <= 27
    assert Delivery.objects.filter(row_id=good.pk, state="delivered").count() >= 9, "others are told meanwhile"
    assert (row.state, row.attempts) == ("given_up", 10)
    assert Webhook.objects.get().state == "active"
    assert Notice.objects.get(person=editor).kind == "gave_up"
    edit(bad, "Reworded.")
    receiver.answer = 204
    assert ("claim.updated", bad.pk) in send(webhook), "its next change is told"


def test_a_receiver_says_when_to_come_again(receiver, subscribe, send):
    webhook = subscribe()
    make_claim("unverified")
    receiver.answer = (429, {"Retry-After": "7200"})
    send(webhook)
    webhook.refresh_from_db()
    assert timedelta(minutes=119) < webhook.rests_until - timezone.now() < timedelta(minutes=121)
    assert Delivery.objects.get().due_at >= webhook.rests_until - timedelta(seconds=1)


# what the receiver answers, since when it has been failing, what comes of the webhook and why
OFF = [
    (410, timedelta(0), ("off", "gone"), "the receiver is gone"),
    (500, timedelta(days=6), ("off", "failing"), "after days"),
    (500, timedelta(days=4), ("active", ""), "not before"),
]


@pytest.mark.parametrize(("answer", "since", "expected", "why"), OFF, ids=[row[3] for row in OFF])
def test_a_receiver_that_is_gone_is_switched_off_with_a_notice(receiver, subscribe, send, answer, since, expected, why):
    editor, moderator = make_user("editor"), make_user("moderator")
    webhook = subscribe()
    claim = make_claim("unverified")
    Webhook.objects.update(failing_since=timezone.now() - since)
    receiver.answer = answer
    send(webhook)
    webhook.refresh_from_db()
    assert (webhook.state, webhook.off_because) == expected
    off = expected[0] == "off"
    assert [row.kind for row in Notice.objects.filter(person=editor)] == ["webhook_off"] * off
    assert not Notice.objects.filter(person=moderator).exists()
    receiver.answer = 204
    ready(webhook)
    edit(claim, "Reworded.")
    if off:
        assert send(webhook) == []
        resume_webhook(webhook=webhook, by=editor)
    assert send(webhook) == [("claim.updated", claim.pk)], "nothing was lost"


def test_no_redirect_is_followed(receiver, subscribe, send):
    webhook = subscribe()
    make_claim("unverified")
    receiver.answer = (307, {"Location": receiver.url + "/elsewhere"})
    assert len(send(webhook)) == 1
    assert Delivery.objects.get().error == "http_status"


def test_an_address_that_is_not_public_is_refused_at_sending(receiver, subscribe, settings, send):
    webhook = subscribe()
    make_claim("unverified")
    settings.DEVELOPMENT = False
    for endpoint in (receiver.url, receiver.url.replace("http:", "https:"), "https://169.254.1.1/"):
        Webhook.objects.update(endpoint=endpoint)
        ready(webhook)
        assert send(webhook) == []
        assert Delivery.objects.get().error == "address_refused", endpoint


def test_it_is_paused_and_resumed(subscribe, send):
    webhook, editor = subscribe(), make_user("editor")
    pause_webhook(webhook=webhook, by=editor)
    claim = make_claim("unverified")
    assert send(webhook) == []
    resume_webhook(webhook=webhook, by=editor)
    assert send(webhook) == [("claim.updated", claim.pk)]


def test_one_process_at_a_time_works_on_a_webhook(receiver, subscribe, send):
    webhook = subscribe()
    make_claim("unverified")
    settled()

    def beside(path):
        assert delivering.work(webhook.pk) == 0
        connection.close()
        return 204

    receiver.answer = beside
    assert delivering.work(webhook.pk) == 1
    Webhook.objects.update(
        lease="00000000-0000-0000-0000-000000000001", leased_until=timezone.now() + timedelta(hours=1)
    )
    assert delivering.due() == []
    # A dead process keeps the webhook only until its lease ends.
    Webhook.objects.update(leased_until=timezone.now())
    replay_webhook(webhook=webhook, by=make_user("editor"), since="beginning")
    receiver.answer = 204
    assert delivering.due() == [webhook.pk] and delivering.work(webhook.pk) == 1


def test_a_slow_receiver_holds_up_no_other(receiver, subscribe):
    slow = subscribe(name="Slow")
    Webhook.objects.filter(pk=slow.pk).update(endpoint=receiver.url + "/slow")
    subscribe(name="Quick")
    claim = make_claim("unverified")
    settled()
    arrived = threading.Event()

    def answer(path):
        """Answer the slow one only after the quick one has got its message."""
        if path == "/hook":
            arrived.set()
        return 204 if arrived.wait(10) else 500

    receiver.answer = answer
    assert watching.send_due() == 2
    assert receiver.told() == [("claim.updated", claim.pk)] * 2
    assert {*Delivery.objects.values_list("webhook__name", "status")} == {("Slow", 204), ("Quick", 204)}


def test_a_receiver_that_never_answers_is_given_up_in_time(receiver, subscribe, send, monkeypatch):
    monkeypatch.setattr("claims.webhooks.sending.TIMEOUT", 0.2)
    webhook = subscribe()
    make_claim("unverified")
    receiver.answer = lambda path: receiver.closing.wait(10)
    send(webhook)
    assert Delivery.objects.get().error == "timeout"
