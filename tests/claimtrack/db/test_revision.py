import threading

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from claims import curating
from claims.models import Claim, Speaker, Topic
from claimtrack.db import revision
from claimtrack.models import User
from sources.models import Source
from tests.factories import make_claim, make_user

URL = "/api/v1/claims/"
# Nothing of these stands in public JSON.
UNSEEN = {
    "document", "stale", "draft", "merge", "distinct", "change", "claimsource", "request", "takeover", "comment", "notice",
}  # fmt: skip
UNSEEN |= {
    "rationaletemplate",
    "savedview",
    "upload",
    "suggestion",
    "frequency",
    "frequencychange",
    "redactionproposal",
    "reading",
    "host",
    "sourcechange",
    "webhook",
    "delivery",
    "told",
    "fetch",
}
# Receipts and tiles have no ETag of the ledger.
UNSEEN |= {"logentry", "logopening", "logtile", "checkpoint", "cosignature", "timestamp"}


@pytest.mark.django_db(transaction=True)
def test_it_works():
    client = Client()
    claim = make_claim("checked", topics=["traffic"])
    first = client.get(URL)
    assert first["Cache-Control"] == "public, no-cache"
    etag = first["ETag"]
    unchanged = client.get(URL, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", etag)

    curating.edit_speaker(speaker=claim.speaker, by=make_user("moderator"), name="Renamed")
    changed = client.get(URL, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.json()["results"][0]["speaker"]["name"] == "Renamed"
    assert client.get(f"{URL}{claim.pk}/", headers={"If-None-Match": changed["ETag"]}).status_code == 200, "per address"


CHANGES = [
    (lambda: Source.objects.update(name="Another paper"), "a source's name nests in claims"),
    (lambda: Topic.objects.update(slug="roads"), "so does a topic's slug"),
    (lambda: Claim.objects.update(language="de"), "bulk updates count"),
    (lambda: User.objects.update(public_name="M. Marple"), "a reviewer's name stands in histories"),
    (
        lambda: connection.cursor().execute("UPDATE claims_verdict SET label = 'Wrong' WHERE code = 'false'"),
        "raw SQL too",
    ),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("change", "reason"), CHANGES)
def test_a_change_of_what_is_shown_raises_it(change, reason):
    make_claim("checked", topics=["traffic"])
    before = revision.current()
    change()
    assert revision.current() > before, reason


@pytest.mark.django_db(transaction=True)
def test_signing_in_does_not_raise_it():
    user = make_user("editor")
    before = revision.current()
    Client().force_login(user)
    assert revision.current() == before


@pytest.mark.django_db(transaction=True)
def test_it_changes_when_the_change_can_be_seen_and_writers_do_not_queue():
    make_claim("unverified")
    before, written, seen = revision.current(), threading.Event(), threading.Event()

    def slow_writer():
        try:
            with transaction.atomic():
                Speaker.objects.update(role="Mayor")
                written.set()
                seen.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert written.wait(10)
    assert revision.current() == before, "not committed yet"
    Source.objects.update(name="Meanwhile")
    between = revision.current()
    assert between > before, "another writer does not wait for the slow one"
    seen.set()
    writer.join()
    assert revision.current() > between, "the slow one counts although a later one came first"


@pytest.mark.parametrize(
    "model",
    [model for label in ("sources", "claims") for model in apps.get_app_config(label).get_models()],
    ids=lambda model: model._meta.model_name,
)
@pytest.mark.django_db
def test_every_table_raises_it_or_is_never_shown(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_raise_revision%%'",
            [model._meta.db_table],
        )
        raises = bool(cursor.fetchone()[0])
    history = model._meta.model_name.endswith("event")
    assert raises != (history or model._meta.model_name in UNSEEN)


@pytest.mark.django_db
def test_what_is_made_for_one_reader_has_no_etag(client):
    client.force_login(make_user("moderator"))
    response = client.get(URL)
    assert "ETag" not in response
    assert "private" in response["Cache-Control"]
