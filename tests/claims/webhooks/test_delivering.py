"""Which messages subscribers get, and which they do not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client import REGISTRY

from claims import curating
from claims.curating import redactions
from claims.models import Alias, Delivery, Told, Topic, Verdict, Webhook
from claims.webhooks import delivering
from claims.webhooks.collecting import collect
from claims.webhooks.subscribing import replay_webhook, resume_webhook, rotate_secret, send_test
from claimtrack.models import Era
from sources.models import Article, Source
from tests.claims.webhooks.conftest import dismiss, edit, ready, settled
from tests.factories import QUOTE, TEXT, make_claim, make_snapshot, make_speaker, make_user, step, take_to

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_test_is_sent_at_once(subscribe, send):
    webhook = subscribe()
    send_test(webhook=webhook, by=make_user("editor"))
    assert send(webhook) == [("webhook.test", None)]


def test_after_a_restore_everything_is_told_again(receiver, subscribe, send):
    webhook = subscribe()
    claims = [make_claim("unverified") for _ in range(2)]
    send(webhook)
    # As after a restore into another cluster; the next change begins an era.
    Era.objects.update(life="another cluster")
    edit(claims[1], "Reworded.")
    receiver.answer = 500
    assert send(webhook) == [("ledger.restored", None)], "and nothing else before it has arrived"
    ready(webhook)
    receiver.answer = 204
    assert send(webhook) == [("ledger.restored", None), *(("claim.updated", claim.pk) for claim in claims)]
    edit(claims[0], "Reworded, too.")
    assert send(webhook) == [("claim.updated", claims[0].pk)]


def test_a_page_of_the_feed_takes_as_many_queries_whatever_has_changed(subscribe):
    webhook = subscribe(filters="status=checked&topic=roads")
    asked, matching = [], 0
    # The first page begins where no place has to be looked for.
    for number in (1, 1, 8):
        for _ in range(number):
            make_claim("checked", topics=["roads"])
            make_claim("unverified")
        settled()
        with CaptureQueriesContext(connection) as queries:
            assert collect(webhook)
        asked.append(len(queries))
        matching += number
        assert Delivery.objects.count() == matching, "and only what matches makes a row"
    assert asked[1] == asked[2] <= 14


def test_metrics_say_what_waits(receiver, subscribe, send):
    webhook = subscribe()
    make_claim("unverified")
    receiver.answer = 503
    send(webhook)
    delivering.measure()
    labels = {"webhook": str(webhook.pk)}
    assert REGISTRY.get_sample_value("claimtrack_webhook_waiting", labels) == 1
    assert REGISTRY.get_sample_value("claimtrack_webhook_lag_seconds", labels) > 0
