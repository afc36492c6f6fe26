"""No cache gives one reader's answer to another."""

import pytest
from rest_framework.test import APIClient

from claimtrack import tokens
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"


def test_a_public_answer_may_be_kept_and_is_told_apart(client):
    make_claim("unverified")
    response = client.get(URL)
    assert response["Cache-Control"] == "public, no-cache"
    assert {"Accept", "Authorization"} <= set(response["Vary"].split(", "))


def test_a_desk_may_let_shared_caches_answer(client, settings):
    settings.CLAIMTRACK_CACHE_SECONDS = 60
    assert client.get(URL)["Cache-Control"] == "public, max-age=0, s-maxage=60"


# path, reason
PATHS = [
    (URL, "a list"),
    (f"{URL}1/", "what is not there"),
    (f"{URL}?speeker=1", "a refusal"),
    (f"{URL}changes/", "the feed"),
    ("/feeds/verdicts/", "outside /api/"),
    ("/annotations/", "likewise"),
]


@pytest.mark.parametrize(("path", "reason"), PATHS)
def test_an_answer_to_a_token_is_kept_by_nobody(path, reason):
    user = make_user("moderator")
    secret = tokens.create_token(by=user, user=user, scope="review", name="test").secret
    response = APIClient().get(path, headers={"authorization": f"Bearer {secret}"})
    assert response["Cache-Control"] == "private, no-store", reason
    assert "Authorization" in response["Vary"], reason


def test_nor_is_one_to_a_token_that_opens_nothing(client):
    response = client.get(URL, headers={"authorization": "Bearer ct_nothing"})
    assert (response.status_code, response["Cache-Control"]) == (401, "private, no-store")


@pytest.mark.parametrize(("path", "reason"), PATHS)
def test_nor_one_to_a_session(client, path, reason):
    client.force_login(make_user("moderator"))
    assert client.get(path)["Cache-Control"] == "private, no-store", reason


def test_only_a_request_with_a_session_cookie_reads_a_session(client):
    assert not hasattr(client.get(URL).wsgi_request, "session")
    client.force_login(make_user("moderator"))
    assert client.get(URL).wsgi_request.session.session_key


# what, path, headers
ANSWERS = [
    ("a list", URL, {}),
    ("a list as CSV", URL, {"Accept": "text/csv"}),
    ("an export", f"{URL[:-1]}.ndjson", {}),
    ("the ClaimReview feed", "/feeds/claimreview/", {}),
    ("an Atom feed", "/feeds/verdicts/", {}),
    ("annotations", "/annotations/", {}),
    ("Google's API", "/v1alpha1/claims:search?query=ferry", {}),
    ("the documents", "/api/docs/", {}),
    ("the schema", "/api/schema/", {}),
    ("a refusal", f"{URL}?speeker=1", {}),
    ("what is not there", f"{URL}999999/", {}),
    ("no route", "/api/v1/nothing/", {}),
    ("a form that is not made", URL, {"Accept": "image/png"}),
]


@pytest.mark.parametrize(("what", "path", "headers"), ANSWERS, ids=[row[0] for row in ANSWERS])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_every_answer_says_what_it_depends_on(client, method, what, path, headers):
    response = getattr(client, method)(path, headers=headers)
    response.getvalue()
    assert {"Accept", "Authorization", "origin"} <= set(response["Vary"].split(", "))
    assert "no-cache" in response["Cache-Control"], "a cache that decides by itself would keep it"
    assert not response.cookies


@pytest.mark.parametrize(("what", "path", "headers"), ANSWERS[:7], ids=[row[0] for row in ANSWERS[:7]])
def test_head_and_304_say_what_the_answer_says(client, what, path, headers):
    make_claim("unverified")
    told = ("ETag", "Cache-Control", "Vary", "Last-Modified")
    answer = client.get(path, headers=headers)
    answer.getvalue()
    head = client.head(path, headers=headers)
    head.getvalue()
    assert {name: head.get(name) for name in told} == {name: answer.get(name) for name in told}
    if "ETag" in answer:
        again = client.get(path, headers={**headers, "If-None-Match": answer["ETag"]})
        assert again.status_code == 304
        assert {name: again.get(name) for name in told} == {name: answer.get(name) for name in told}


def test_a_version_is_no_validator_of_a_public_answer(client):
    claim = make_claim("unverified")
    user = make_user("moderator")
    secret = tokens.create_token(by=user, user=user, scope="review", name="test").secret
    mine = client.get(f"{URL}{claim.pk}/", headers={"authorization": f"Bearer {secret}"})["ETag"]
    assert client.get(f"{URL}{claim.pk}/", headers={"If-None-Match": mine}).status_code == 200
    public = client.get(f"{URL}{claim.pk}/")["ETag"]
    response = client.get(f"{URL}{claim.pk}/", headers={"authorization": f"Bearer {secret}", "If-None-Match": public})
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
