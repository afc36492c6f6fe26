"""POST /api/v1/articles/ and /sources/."""

import pytest

from sources.models import Article, Snapshot, Source
from tests.claimtrack.test_tokens import bearing, make_token

pytestmark = pytest.mark.django_db

TEXT = "Nine boats sail each day. Nobody knows why."
HTML = f"<html lang=en><title>Boats</title><article><h1>Boats</h1><p>{TEXT * 5}</p></article></html>"


@pytest.fixture
def post(client):
    def post(path, body, role="contributor"):
        headers = bearing(make_token(role))
        return client.post(f"/api/v1/{path}/", body, content_type="application/json", headers=headers)

    return post


def refused(response, status, code, pointer=None):
    body = response.json()
    assert (response.status_code, body["code"], body.get("pointer")) == (status, code, pointer), body


def test_it_works(post, client):
    body = {"url": "https://paper.example/a?utm_source=x", "text": TEXT, "title": "Boats", "published_at": "2025-09-05"}
    response = post("articles", body)
    assert response.status_code == 201, response.content
    shown, article = response.json(), Article.objects.get()
    assert response["Location"].endswith(f"/api/v1/articles/{article.pk}/")
    assert (shown["url"], shown["title"], shown["published_at"]) == ("https://paper.example/a", "Boats", "2025-09-05")
    [snapshot] = shown["snapshots"]
    assert (snapshot["text"], snapshot["method"], snapshot["current"]) == (TEXT, "text", True)
    assert shown["ingested"] == {
        "snapshot": snapshot["id"],
        "article_is_new": True,
        "snapshot_is_new": True,
        "source_is_new": True,
        "warnings": [],
    }
    assert article.source.domains.get().host == "paper.example"


def test_the_same_again_is_200(post):
    body = {"url": "https://paper.example/a", "text": TEXT}
    assert [post("articles", body).status_code for _ in range(2)] == [201, 200]
    assert post("articles", {**body, "text": "Ten."}).status_code == 201
    assert (Article.objects.count(), Snapshot.objects.count()) == (1, 2)


def test_html_is_extracted(post):
    shown = post("articles", {"url": "https://paper.example/a", "html": HTML}).json()
    assert shown["title"] == "Boats" and shown["snapshots"][0]["method"] == "html"


# body, status, code, pointer, reason
UNFIT = [
    ({}, 400, "required", "/url", "nothing to ingest"),
    ({"url": "http://127.0.0.1/"}, 400, "address_refused", "/url", "our own network"),
    ({"url": "ftp://paper.example/a", "text": TEXT}, 400, "url", "/url", "no web address"),
    ({"text": TEXT, "html": HTML, "source_name": "P"}, 400, "invalid", "/html", "text or HTML?"),
    ({"text": TEXT}, 400, "source_missing", "/source_name", "whose?"),
    ({"text": " ", "source_name": "P"}, 400, "required", "/text", "blank"),
    ({"text": "a" * 2_000_001, "source_name": "P"}, 400, "too_long", "/text", "longer than any novel"),
    ({"text": TEXT, "source_name": "P", "published_at": "soon"}, 400, "invalid", "/published_at", "no date"),
    ({"text": TEXT, "source": "P"}, 400, "unknown_field", "/source", "a member that there is not"),
    ({"text": TEXT, "source_name": {"name": "P"}}, 400, "invalid", "/source_name", "an object"),
]


@pytest.mark.parametrize(("body", "status", "code", "pointer", "reason"), UNFIT)
def test_what_does_not_fit_is_refused(post, body, status, code, pointer, reason):
    refused(post("articles", body), status, code, pointer)
    assert not Snapshot.objects.exists(), reason


def test_without_a_role_nobody_ingests(post):
    refused(post("articles", {"text": TEXT, "source_name": "P"}, role=None), 403, "not_allowed")


def test_a_moderator_makes_a_source(post):
    body = {"name": "The Post", "kind": "newspaper", "domains": ["www.post.example"], "notes": "Ring twice."}
    response = post("sources", body, "moderator")
    assert response.status_code == 201
    shown = response.json()
    assert (shown["name"], shown["kind"], shown["domains"]) == ("The Post", "newspaper", ["post.example"])
    assert "notes" not in shown and Source.objects.get().notes == "Ring twice."
    refused(post("sources", {**body, "name": "Other"}, "moderator"), 409, "domain_taken", "/domains")
    refused(post("sources", {"name": "X", "country": "Eire"}, "moderator"), 400, "invalid", "/country")
    refused(post("sources", {"name": "X"}), 403, "not_allowed")
