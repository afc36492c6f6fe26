"""Idempotency-Key: a POST is executed once, however often it is sent."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from claims import curating
from claims.models import Topic
from claimtrack.api.idempotency import KEPT, LEASE
from claimtrack.models import KeptAnswer
from sources.models import Article
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/topics/"


@pytest.fixture
def token():
    return make_token("contributor")


def post(client, token, key, body, url=URL, **headers):
    headers = {**bearing(token), "Idempotency-Key": key, **headers}
    return client.post(url, body, content_type="application/json", headers=headers)


def test_it_works(client, token):
    first = post(client, token, "0b6f", {"name": "Ferries"})
    assert first.status_code == 201 and "Idempotent-Replayed" not in first
    for key in ("0b6f", '"0b6f"', " 0b6f"):
        again = post(client, token, key, {"name": "Ferries"})
        assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
        assert again["Idempotent-Replayed"] == "true" and again["Content-Type"] == first["Content-Type"]
    assert Topic.objects.count() == 1


def test_another_body_is_422(client, token):
    post(client, token, "k", {"name": "Ferries"})
    refused = post(client, token, "k", {"name": "Roads"})
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert refused["Content-Type"] == "application/problem+json"
    assert post(client, token, "k", {"name": "Ferries"}, url="/api/v1/speakers/").status_code == 422, "another route"
    assert Topic.objects.count() == 1


def test_a_key_is_its_users_own(client, token):
    post(client, token, "k", {"name": "Ferries"})
    assert post(client, make_token("contributor"), "k", {"name": "Roads"}).status_code == 201


def test_a_refusal_is_kept_too(client, token):
    refused = post(client, token, "k", {"name": ""})
    again = post(client, token, "k", {"name": ""})
    assert again.status_code == refused.status_code == 400
    assert again.content == refused.content and again["Content-Type"] == "application/problem+json"
    assert again["Idempotent-Replayed"] == "true"


def test_a_fault_of_ours_is_not_kept(client, token, monkeypatch):
    def fail(**given):
        curating_create(**given)
        raise RuntimeError("Broken.")

    client.raise_request_exception = False
    curating_create = curating.create_topic
    monkeypatch.setattr(curating, "create_topic", fail)
    assert post(client, token, "k", {"name": "Ferries"}).status_code == 500
    assert not KeptAnswer.objects.exists() and not Topic.objects.exists(), "neither the answer nor what it tells of"
    monkeypatch.setattr(curating, "create_topic", curating_create)
    assert post(client, token, "k", {"name": "Ferries"}).status_code == 201


def test_what_was_refused_at_the_door_is_not_kept(client, token):
    assert post(client, "ct_x", "k", {"name": "Ferries"}).status_code == 401
    assert client.post(URL, "{", content_type="application/json", headers=bearing(token)).status_code == 400
    assert not KeptAnswer.objects.exists()


def test_it_is_kept_for_a_day(client, token):
    post(client, token, "old", {"name": "Ferries"})
    KeptAnswer.objects.update(created_at=timezone.now() - KEPT + timedelta(minutes=1))
    assert post(client, token, "old", {"name": "Ferries"})["Idempotent-Replayed"] == "true"
    KeptAnswer.objects.update(created_at=timezone.now() - KEPT - timedelta(minutes=1))
    assert post(client, token, "old", {"name": "Ferries"}).status_code == 409, "the topic is there now"


def test_an_ingest_is_repeated_too(client, token):
    body = {"text": "Nine boats.", "source_name": "Harbour Post"}
    first = post(client, token, "k", body, url="/api/v1/articles/")
    assert first.status_code == 201
    again = post(client, token, "k", body, url="/api/v1/articles/")
    assert (again.status_code, again.content) == (201, first.content)
    assert Article.objects.count() == 1


@pytest.mark.parametrize("key", ["", "é", "a" * 256, 'a"b', "a b"])
def test_a_key_that_is_none_is_refused(client, token, key):
    refused = post(client, token, key, {"name": "Ferries"})
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key")


def test_what_the_database_could_not_do_is_not_kept(client, token, monkeypatch):
    def fail(**given):
        raise OperationalError from LockNotAvailable()

    with monkeypatch.context() as patch:
        patch.setattr(curating, "create_topic", fail)
        assert post(client, token, "k", {"name": "Ferries"}).status_code == 503
    assert post(client, token, "k", {"name": "Ferries"}).status_code == 201


def died(monkeypatch, client, token):
    """A request whose process ends while it works: nothing after it runs, and its lease stays."""

    def die(**given):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(curating, "create_topic", die)
        with pytest.raises(SystemExit):
            post(client, token, "k", {"name": "Ferries"})


def test_a_crash_leaves_a_lease_that_ends(client, token, monkeypatch):
    died(monkeypatch, client, token)
    refused = post(client, token, "k", {"name": "Ferries"})
    assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_in_progress")
    assert post(client, token, "k", {"name": "Roads"}).status_code == 422, "the key is of another request"
    KeptAnswer.objects.update(created_at=timezone.now() - LEASE - timedelta(seconds=1))
    assert post(client, token, "k", {"name": "Ferries"}).status_code == 201
    assert post(client, token, "k", {"name": "Ferries"})["Idempotent-Replayed"] == "true"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one():
    token = make_token(user=make_user("contributor"))
    answers = []
    entered, go_on = threading.Event(), threading.Event()
    create = curating.create_topic

    def slowly(**given):
        entered.set()
        go_on.wait(10)
        return create(**given)

    def send():
        answers.append(post(Client(), token, "k", {"name": "Ferries"}).status_code)
        connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curating, "create_topic", slowly)
        thread = threading.Thread(target=send)
        thread.start()
        assert entered.wait(10)
        refused = post(Client(), token, "k", {"name": "Ferries"})
        go_on.set()
        thread.join()
    assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_in_progress")
    assert answers == [201] and Topic.objects.count() == 1
    assert post(Client(), token, "k", {"name": "Ferries"})["Idempotent-Replayed"] == "true"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("worked", ["before", "after"])
def test_who_is_slower_than_the_lease_does_nothing(worked):
    """The second request takes the key over: before the first has done its work, or after that and before its commit."""
    token = make_token(user=make_user("contributor"))
    answers = []
    entered, go_on = threading.Event(), threading.Event()
    create = curating.create_topic

    def slowly(name, **given):
        made = create(name=name, **given) if worked == "before" else None
        entered.set()
        go_on.wait(10)
        return made or create(name=name, **given)

    def send():
        answers.append(post(Client(), token, "k", {"name": "Ferries"}))
        connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curating, "create_topic", slowly)
        thread = threading.Thread(target=send)
        thread.start()
        assert entered.wait(10)
        KeptAnswer.objects.update(created_at=timezone.now() - LEASE - timedelta(seconds=1))
        # What the first has made and not committed would hold up a topic of the same name.
        patch.setattr(curating, "create_topic", lambda name, **given: create(name=f"{name} again", **given))
        second = post(Client(), token, "k", {"name": "Ferries"})
        go_on.set()
        thread.join()
    assert second.status_code == 201
    assert (answers[0].status_code, answers[0].json()["code"]) == (409, "idempotency_in_progress")
    assert [topic.name for topic in Topic.objects.all()] == ["Ferries again"]
    assert post(Client(), token, "k", {"name": "Ferries"}).content == second.content


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_the_work_once():
    token = make_token(user=make_user("contributor"))
    answers = []
    start = threading.Barrier(6)

    def send():
        start.wait()
        answers.append(post(Client(), token, "k", {"name": "Ferries"}))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [answer.content for answer in answers if answer.status_code == 201]
    assert done and len({*done}) == 1 and Topic.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
