"""/api/v1/claims/{id}/assignee/ and …/request/: who works on a claim, and who is asked to."""

import pytest

from claims import curating
from claims.models import Claim, Request
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    user = make_user("moderator", first_name="Ada", last_name="Brook")
    client.force_login(user)
    return user


def url(claim, what="assignee"):
    return f"/api/v1/claims/{claim.pk}/{what}/"


def send(client, method, address, body=None, version="*"):
    headers = {"If-Match": version if version == "*" else f'"{version}"'}
    return getattr(client, method)(address, body, content_type="application/json", headers=headers)


def test_it_works(client, moderator):
    claim = make_claim("in_review")
    before = claim.assignee
    assert client.get(url(claim)).json()["assignee"] == {"id": before.pk, "name": str(before)}
    response = send(client, "post", url(claim), {"expected": claim.version})
    assert response.status_code == 200, response.content
    answer = response.json()
    [row] = answer["takeovers"]
    assert answer["assignee"] == row["by"] == {"id": moderator.pk, "name": str(moderator)}
    assert row["taken_from"]["id"] == before.pk
    assert response["ETag"] == f'"{answer["version"]}"' == f'"{claim.version + 1}"'
    other = make_user("editor")
    assert send(client, "put", url(claim), {"to": other.pk}).json()["assignee"]["id"] == other.pk


def test_the_verdict_of_a_colleagues_claim_is_refused_until_it_is_taken_over(client, moderator):
    claim = make_claim("in_review")
    body = {"to": "dismissed", "expected": claim.version, "rationale": "A joke."}
    answer = send(client, "post", url(claim, "reviews"), body)
    assert answer.status_code == 403 and answer.json()["code"] == "not_assignee"
    version = send(client, "post", url(claim), {"expected": claim.version}).json()["version"]
    assert send(client, "post", url(claim, "reviews"), {**body, "expected": version}).status_code == 201


def test_a_takeover_says_which_version_was_seen(client, moderator):
    claim = make_claim("in_review")
    answer = send(client, "post", url(claim), {})
    assert (answer.status_code, answer.json()["field"]) == (400, "expected")
    answer = send(client, "post", url(claim), {"expected": claim.version - 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert Claim.objects.get(pk=claim.pk).assignee == claim.assignee


def test_handing_on_says_which_version_was_seen(client, moderator):
    claim = make_claim("in_review")
    curating.take_over(claim=claim, by=moderator, expected=None)
    answer = client.put(url(claim), {"to": None}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (428, "if_match_required")
    answer = send(client, "put", url(claim), {"to": None}, version=claim.version)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")


def test_nobody_hands_on_a_colleagues_claim(client, moderator):
    claim = make_claim("in_review")
    answer = send(client, "put", url(claim), {"to": moderator.pk})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_assignee")


def test_a_person_who_is_not_there(client, moderator):
    answer = send(client, "put", url(make_claim("in_review")), {"to": 987654})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "not_found", "to")
    answer = send(client, "put", url(make_claim(), "request"), {"person": 987654})
    assert (answer.status_code, answer.json()["field"]) == (400, "person")


def test_somebody_is_asked(client, moderator):
    claim, other = make_claim(), make_user("moderator")
    address = url(claim, "request")
    assert client.get(address).status_code == 404
    body = {"person": other.pk, "due": "2026-12-04", "priority": "high"}
    answer = send(client, "put", address, body)
    assert answer.status_code == 200, answer.content
    shown = client.get(address).json()
    assert shown.pop("at") and shown == {
        "person": {"id": other.pk, "name": str(other)},
        "due": "2026-12-04",
        "priority": "high",
        "by": {"id": moderator.pk, "name": str(moderator)},
    }
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404 and not Request.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "person"), ({"person": 1, "due": "Friday"}, "due"), ({"person": 1, "priority": "urgent"}, "priority")],
)
def test_a_request_that_is_none(client, moderator, body, field):
    answer = send(client, "put", url(make_claim(), "request"), body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_readers_are_told_neither(client):
    claim = make_claim("in_review")
    curating.ask(claim=claim, by=make_user("editor"), person=claim.assignee)
    client.force_login(make_user("contributor"))
    for what in ("assignee", "request"):
        assert client.get(url(claim, what)).status_code == 404
    assert send(client, "put", url(claim), {"to": 987654}).status_code == 403
    assert send(client, "put", url(claim, "request"), {"person": 987654}).status_code == 403
