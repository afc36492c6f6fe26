"""What subscribers are told, and what they are not."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from claims import curating
from claims.curating import redactions
from claims.models import Alias, Delivery, Notice, Told, Topic, Verdict, Webhook
from claims.webhooks import delivering, watching
from claims.webhooks.subscribing import pause_webhook, replay_webhook, resume_webhook, rotate_secret, send_test
from claimtrack.models import Era
from sources.models import Article, Source
from tests.claims.webhooks.conftest import settled
from tests.factories import QUOTE, TEXT, make_claim, make_snapshot, make_speaker, make_user, step, take_to

pytestmark = pytest.mark.django_db(transaction=True)


def edit(claim, text):
    curating.edit_claim(claim=claim, by=make_user("editor"), expected=None, text=text)


def dismiss(claim):
    step(claim, "dismissed", by=make_user("moderator"))


def ready(webhook):
    """Let the time pass that the webhook and its messages wait."""
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    Delivery.objects.update(due_at=timezone.now())


def test_it_works(receiver, subscribe, send):
    webhook = subscribe()
    assert send(webhook) == []
    claim = make_claim("proposed")
    assert send(webhook) == [], "nothing that is not public"
    take_to(claim, "checked")
    assert send(webhook) == [("claim.updated", claim.pk)], "its last state, once"
    [body] = receiver.bodies
    assert Client().get(f"/api/v1/claims/{claim.pk}/").content in body, "as the API shows it"
    [headers] = receiver.headers
    assert headers["content-type"] == "application/json"
    row = Delivery.objects.get()
    assert (row.state, row.status, row.attempts, row.type) == ("delivered", 204, 1, "claim.updated")
    assert headers["webhook-id"] == f"msg_{row.message.hex}"
    assert send(webhook) == [], "and not again"


def test_a_hidden_claim_leaves_a_tombstone_without_text(receiver, subscribe, send):
    webhook = subscribe()
    claim = make_claim("unverified")
    assert send(webhook) == [("claim.updated", claim.pk)]
    dismiss(claim)
    settled()
    delivering.work(webhook.pk)
    [message] = receiver.messages
    assert message["data"] == {"id": claim.pk, "merged_into": None}
    assert receiver.told() == [("claim.deleted", claim.pk)]
    step(claim, "unverified", by=make_user("moderator"), rationale="After all.")
    assert send(webhook) == [("claim.updated", claim.pk)], "it comes back"


def test_the_tombstone_of_a_merged_claim_names_the_winner(receiver, subscribe, send):
    winner, loser = make_claim("unverified"), make_claim("unverified", speaker=None)
    webhook = subscribe(filters="status=unverified")
    curating.merge_claims(loser=loser, winner=winner, reason="One.", by=make_user("editor"))
    settled()
    delivering.work(webhook.pk)
    [stone] = [message["data"] for message in receiver.messages if message["type"] == "claim.deleted"]
    assert stone == {"id": loser.pk, "merged_into": winner.pk}


def test_a_claim_that_no_longer_matches_is_told_once_as_left(subscribe, send):
    before = make_claim("checked")
    webhook = subscribe(filters="status=checked")
    claim, other = make_claim("checked"), make_claim("unverified")
    assert send(webhook) == [("claim.updated", claim.pk)]
    editor = make_user("editor")
    for one in (before, claim):
        step(one, "in_review", by=editor, rationale="A new count.")
    dismiss(other)
    assert send(webhook) == [("claim.left", before.pk), ("claim.left", claim.pk)], "and no word of the other one"
    step(claim, "withdrawn", by=editor)
    assert send(webhook) == []
    assert not Told.objects.exists()


def test_a_change_of_another_row_brings_claims_in_and_out(subscribe, send):
    speaker = make_speaker("Ada Brook", aliases=["The Mayor"])
    claim, other = make_claim("unverified", speaker=speaker), make_claim("unverified")
    webhook = subscribe(filters="speaker_name=the mayor")
    curating.remove_alias(alias=Alias.objects.get(name="The Mayor"), by=make_user("moderator"))
    assert send(webhook) == [("claim.left", claim.pk)]
    curating.add_alias(speaker=other.speaker, by=make_user("moderator"), name="The Mayor")
    assert send(webhook) == [("claim.updated", other.pk)]


def test_changes_of_other_rows_are_events_of_their_own(receiver, subscribe, send):
    claim = make_claim("unverified", topics=["roads"])
    make_claim("proposed", topics=["hidden"])
    webhook = subscribe(kinds=["speaker", "source", "article", "topic", "verdict"])
    article = claim.appearances.get().snapshot.article
    curating.edit_speaker(speaker=claim.speaker, by=make_user("moderator"), name="Renamed")
    Source.objects.filter(pk=article.source_id).update(name="Renamed")
    Article.objects.filter(pk=article.pk).update(title="Renamed")
    Topic.objects.update(name="Renamed")
    Verdict.objects.filter(code="false").update(label="Wrong")
    edit(claim, "Reworded.")
    settled()
    delivering.work(webhook.pk)
    paths = {
        "speaker.updated": f"speakers/{claim.speaker_id}",
        "source.updated": f"sources/{article.source_id}",
        "topic.updated": "topics/roads",
        "verdict.updated": "verdicts/false",
    }
    told = {message["type"]: message["data"] for message in receiver.messages}
    assert told.pop("article.updated").items() <= Client().get(f"/api/v1/articles/{article.pk}/").json().items()
    assert told == {kind: Client().get(f"/api/v1/{path}/").json() for kind, path in paths.items()}


def test_what_is_dismissed_or_redacted_while_it_waits_does_not_go_out(receiver, subscribe, send, transactional_db):
    webhook = subscribe()
    hidden = make_claim("unverified", text="Xylophant counted the cars.")
    snapshot = make_snapshot(TEXT.replace("the mayor".title(), "Quaggamere").replace("The mayor", "Quaggamere"))
    shown = make_claim("checked", snapshot=snapshot, quote=QUOTE)
    receiver.answer = 503
    assert [kind for kind, _ in send(webhook)] == ["claim.updated"], "the receiver is away after the first"
    bodies = b"".join(receiver.bodies)
    assert b"Xylophant" in bodies or b"Quaggamere" in bodies
    receiver.bodies.clear()
    editor = make_user("editor")
    dismiss(hidden)
    ranges = redactions.parts(snapshot, text="Quaggamere")
    curating.redact(snapshot=snapshot, ranges=ranges, reason="A private person.", order="4 O 118/26", by=editor)
    receiver.answer = 204
    ready(webhook)
    assert dict(map(reversed, send(webhook))) == {hidden.pk: "claim.deleted", shown.pk: "claim.updated"}
    bodies = b"".join(receiver.bodies)
    assert b"Xylophant" not in bodies and b"Quaggamere" not in bodies and "█".encode() in bodies
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(d::text, ' ') || string_agg(t::text, ' ') FROM claims_delivery d, claims_told t"
        )
        [(kept,)] = cursor.fetchall()
        assert "Xylophant" not in str(kept) and "Quaggamere" not in str(kept), "nor is it kept"


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


def test_a_newer_change_replaces_one_that_waits(receiver, subscribe, send):
    webhook = subscribe()
    claim = make_claim("unverified")
    receiver.answer = 500
    send(webhook)
    [first] = Delivery.objects.values_list("message", flat=True)
    edit(claim, "Reworded once.")
    edit(claim, "Reworded twice.")
    ready(webhook)
    receiver.answer = 204
    settled()
    delivering.work(webhook.pk)
    [message] = receiver.messages
    assert message["data"]["text"] == "Reworded twice."
    assert Delivery.objects.get().message != first, "a receiver that has the older one must not take it for the same"


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


def test_both_secrets_sign_for_a_while(receiver, subscribe, send, settings):
    webhook, claim = subscribe(), make_claim("unverified")
    rotated = rotate_secret(webhook=webhook, by=make_user("editor"))
    assert rotated.shown_secret != webhook.shown_secret
    for secret in (webhook.shown_secret, rotated.shown_secret):
        receiver.secrets = [secret]
        edit(claim, f"Reworded {secret}")
        assert send(webhook) == [("claim.updated", claim.pk)]
    # The key of the site may be replaced, too.
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]
    Webhook.objects.update(old_secret_until=timezone.now())
    edit(claim, "Reworded again.")
    assert send(webhook) == [("claim.updated", claim.pk)]
    assert len(receiver.headers[-1]["webhook-signature"].split()) == 1
    settings.SECRET_KEY_FALLBACKS = []
    edit(claim, "Reworded once more.")
    assert send(webhook) == []
    assert Webhook.objects.get().off_because == "secret"
    receiver.secrets = [rotate_secret(webhook=webhook, by=make_user("editor")).shown_secret]
    resume_webhook(webhook=webhook, by=make_user("editor"))
    assert send(webhook) == [("claim.updated", claim.pk)]


def test_a_replay_tells_again_what_changed_since(receiver, subscribe, send):
    webhook, editor = subscribe(), make_user("editor")
    first = make_claim("unverified")
    send(webhook)
    place = str(Webhook.objects.get().place)
    second = make_claim("unverified")
    assert send(webhook) == [("claim.updated", second.pk)]
    moment = Delivery.objects.get(row_id=second.pk).changed_at.isoformat()
    for since, expected in (("beginning", [first, second]), (place, [second]), (moment, [second]), ("now", [])):
        replay_webhook(webhook=webhook, by=editor, since=since)
        assert send(webhook) == [("claim.updated", claim.pk) for claim in expected], since


def test_it_is_paused_and_resumed(subscribe, send):
    webhook, editor = subscribe(), make_user("editor")
    pause_webhook(webhook=webhook, by=editor)
    claim = make_claim("unverified")
    assert send(webhook) == []
    resume_webhook(webhook=webhook, by=editor)
    assert send(webhook) == [("claim.updated", claim.pk)]


def test_a_test_is_sent_at_once(subscribe, send):
    webhook = subscribe()
    send_test(webhook=webhook, by=make_user("editor"))
    assert send(webhook) == [("webhook.test", None)]


def test_after_a_restore_everything_is_told_again(receiver, subscribe, send):
    webhook = subscribe()
    claims = [make_claim("unverified") for _ in range(2)]
    send(webhook)
    # As a dump brings it into another cluster; the next change begins an era.
    Era.objects.update(life="another cluster")
    edit(claims[1], "Reworded.")
    receiver.answer = 500
    assert send(webhook) == [("ledger.restored", None)], "and nothing else before it has arrived"
    ready(webhook)
    receiver.answer = 204
    assert send(webhook) == [("ledger.restored", None), *(("claim.updated", claim.pk) for claim in claims)]
    edit(claims[0], "Reworded, too.")
    assert send(webhook) == [("claim.updated", claims[0].pk)]


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
    # A process that died has it no longer than its lease.
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
