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
