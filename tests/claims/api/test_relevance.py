from urllib.parse import urlsplit

import pytest

from claims.models import claim as claims
from tests.factories import make_claim

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"


def ids(body):
    return [row["id"] for row in body["results"]]


@pytest.fixture
def found():
    """Claims by how well they match “ferry”: best, middling, least; and one that does not."""
    least = make_claim("unverified", text="Of many ships in this harbour the ferry sails first, said those who know.")
    best = make_claim("unverified", text="Ferry by ferry, the ferry company grows: ferries for all.")
    middling = make_claim("unverified", text="A ferry is a ferry.")
    make_claim("unverified", text="The harbour is silted up.")
    return [best.pk, middling.pk, least.pk]


def test_it_works(client, found):
    assert ids(client.get(URL, {"q": "ferry", "ordering": "relevance"}).json()) == found


def test_pages_go_on_where_the_last_ended(client, found):
    first = client.get(URL, {"q": "ferry", "ordering": "relevance", "limit": 2}).json()
    second = client.get(first["next"]).json()
    assert (ids(first), ids(second), second["next"]) == (found[:2], found[2:], None)
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_any_of_several_queries_counts(client, found):
    body = client.get(URL, {"q": ["ferry", "harbour"], "ordering": "relevance"}).json()
    assert len(ids(body)) == 4


def test_only_the_newest_are_ranked(client, found, monkeypatch):
    monkeypatch.setattr(claims, "MAX_RANKED", 2)
    assert ids(client.get(URL, {"q": "ferry", "ordering": "relevance"}).json()) == found[:2]


@pytest.mark.parametrize("q", ["", "-ferry"])
def test_a_query_that_matches_nothing_well_is_no_error(client, found, q):
    assert client.get(URL, {"q": q, "ordering": "relevance"}).status_code == 200


@pytest.mark.parametrize("ordering", ["relevance", "created_at"])
@pytest.mark.parametrize("query", ["the of", "!!!", '"'])
def test_a_query_of_which_nothing_is_left_is_refused(client, found, ordering, query):
    problem = client.get(URL, {"q": ["ferry", query], "ordering": ordering}).json()
    assert (problem["status"], problem["code"], problem["field"]) == (400, "stop_words", "q")


def test_the_words_are_read_in_the_language_asked_for(client):
    claim = make_claim("unverified", text="Das war teuer.", language="de")
    make_claim("unverified", text="The war is over.", language="en")
    for ordering in ("relevance", "created_at"):
        asked = {"ordering": ordering, "language": "de"}
        assert client.get(URL, {"q": "war", **asked}).json()["code"] == "stop_words"
        assert ids(client.get(URL, {"q": "war teuer", **asked}).json()) == [claim.pk]


def test_without_a_query_it_is_refused(client):
    problem = client.get(URL, {"ordering": "relevance"}).json()
    assert (problem["status"], problem["code"], problem["field"]) == (400, "parameter", "ordering")


def test_the_link_header_repeats_the_links_of_the_body(client, found):
    first = client.get(URL, {"limit": 2})
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    last = client.get(first.json()["next"])
    assert last["Link"] == f'<{last.json()["previous"]}>; rel="prev"'
    assert urlsplit(last.json()["previous"]).path == URL
    assert "Link" not in client.get(URL)
