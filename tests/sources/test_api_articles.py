"""Articles with their snapshots, and sources, over the API."""

from datetime import UTC, datetime

import pytest

from tests.factories import TEXT, make_claim, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/articles/"


def listed(client, path=URL, **parameters):
    response = client.get(path, parameters)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def detail(client, article):
    response = client.get(f"{URL}{article.pk}/")
    assert response.status_code == 200, response.content
    return response.json()


def test_it_works(client):
    source = make_source("harbour.example", name="The Harbour Post")
    snapshot = make_snapshot(
        source=source,
        canonical_url="https://www.harbour.example/bridge",
        title="Traffic",
        byline="Ada Lock",
        language="en",
        published_at=datetime(2025, 9, 5, tzinfo=UTC),
        published_precision="day",
    )
    make_claim("unverified", snapshot=snapshot)
    article = snapshot.article
    [shown] = listed(client)
    assert shown == {
        "id": article.pk,
        "title": "Traffic",
        "url": "https://www.harbour.example/bridge",
        "published_at": "2025-09-05",
        "byline": "Ada Lock",
        "language": "en",
        "source": {"id": source.pk, "name": "The Harbour Post", "domain": "harbour.example"},
        "current_snapshot": snapshot.pk,
        "created_at": shown["created_at"],
    }
    whole = detail(client, article)
    [taken] = whole.pop("snapshots")
    assert whole == shown
    assert taken == {
        "id": snapshot.pk,
        "sha256": snapshot.sha256,
        "taken_at": taken["taken_at"],
        "method": "text",
        "current": True,
        "archive_url": None,
        "text": None,
        "redactions": [],
    }


def test_a_quote_is_the_slice_of_the_text_that_is_served(client, settings):
    settings.CLAIMTRACK_PUBLIC_TEXT = True
    text = "\N{MUSICAL SYMBOL G CLEF} Zoe\u0308 said: “Wir fahren nicht.” 🚢🚢 Nobody knew why."
    snapshot = make_snapshot(text.replace("e\u0308", "ë"))
    make_claim("unverified", snapshot=snapshot, quote="Wir fahren nicht.” 🚢🚢")
    [claim] = client.get("/api/v1/claims/").json()["results"]
    for appearance in claim["provenance"]:
        shown = client.get(f"{URL}{appearance['article']['id']}/").json()["snapshots"]
        [text] = [taken["text"] for taken in shown if taken["id"] == appearance["snapshot"]["id"]]
        start, end = appearance["start"], appearance["end"]
        assert text[start:end] == appearance["quote"]
        assert text[:start].endswith(appearance["prefix"]) and text[end:].startswith(appearance["suffix"])


# reader's role, CLAIMTRACK_PUBLIC_TEXT, whether the full text is shown
READERS = [
    ("anonymous", False, False),
    ("anonymous", True, True),
    (None, False, False),
    ("contributor", False, True),
    ("editor", False, True),
]


@pytest.mark.parametrize(("role", "public", "shown"), READERS)
def test_the_text_goes_to_whom_the_publisher_would_let_read_it(client, settings, role, public, shown):
    settings.CLAIMTRACK_PUBLIC_TEXT = public
    snapshot = make_snapshot()
    make_claim("unverified", snapshot=snapshot)
    if role != "anonymous":
        client.force_login(make_user(role))
    assert detail(client, snapshot.article)["snapshots"][0]["text"] == (TEXT if shown else None)


def test_a_snapshot_without_a_public_claim_is_not_named(client):
    first = make_snapshot()
    article = first.article
    make_claim("unverified", snapshot=first)
    second = make_snapshot(f"{TEXT} A correction.", article=article)
    make_claim("proposed", snapshot=second)
    shown = detail(client, article)
    assert [(taken["id"], taken["current"]) for taken in shown["snapshots"]] == [(first.pk, False)]
    assert shown["current_snapshot"] is None
    assert listed(client)[0]["current_snapshot"] is None
    client.force_login(make_user("contributor"))
    shown = detail(client, article)
    assert [taken["id"] for taken in shown["snapshots"]] == [first.pk, second.pk]
    assert shown["current_snapshot"] == second.pk


def test_the_newest_entry_comes_first(client):
    snapshots = [make_snapshot() for _ in range(3)]
    for snapshot in snapshots:
        make_claim("unverified", snapshot=snapshot)
    assert [row["id"] for row in listed(client)] == [snapshot.article_id for snapshot in snapshots[::-1]]


def test_articles_by_source_and_address(client):
    source = make_source("harbour.example")
    found = make_snapshot(source=source, canonical_url="https://harbour.example/a?id=7").article
    for snapshot in (found.current_snapshot, make_snapshot()):
        make_claim("unverified", snapshot=snapshot)
    for query in ({"source": source.pk}, {"url": "http://HARBOUR.example/a?id=7&utm_source=x#top"}):
        assert [row["id"] for row in listed(client, **query)] == [found.pk]


def test_an_article_without_a_public_claim_does_not_exist(client):
    article = make_claim("proposed").appearances.get().snapshot.article
    assert listed(client) == []
    for path in (f"{URL}{article.pk}/", f"/api/v1/sources/{article.source_id}/"):
        assert client.get(path).status_code == 404
    assert listed(client, "/api/v1/sources/") == []


def test_sources(client):
    source = make_source(
        "harbour.example", name="The Harbour Post", kind="newspaper", homepage="https://harbour.example/",
        country="IE", notes="Pays late.",
    )  # fmt: skip
    make_claim("unverified", snapshot=make_snapshot(source=source, canonical_url=None))
    source.domains.create(host="harbour-post.example")
    make_claim("unverified")
    [shown] = listed(client, "/api/v1/sources/", domain="https://www.harbour-post.example/")
    assert shown == {
        "id": source.pk,
        "name": "The Harbour Post",
        "kind": "newspaper",
        "homepage": "https://harbour.example/",
        "country": "IE",
        "language": None,
        "domains": ["harbour.example", "harbour-post.example"],
        "created_at": shown["created_at"],
    }
    assert client.get(f"/api/v1/sources/{source.pk}/").json() == shown


# list, queries: the ledger's revision, the rows, then what is prefetched
QUERIES = [(URL, 3), ("/api/v1/sources/", 3)]


@pytest.mark.parametrize(("url", "queries"), QUERIES)
@pytest.mark.parametrize("count", [1, 6])
def test_a_list_takes_as_many_queries_at_any_size(client, django_assert_num_queries, url, queries, count):
    for _ in range(count):
        make_claim("unverified")
    with django_assert_num_queries(queries):
        assert len(listed(client, url)) == count


def test_a_detail_takes_five_queries(client, django_assert_num_queries):
    snapshot = make_snapshot()
    make_claim("unverified", snapshot=snapshot)
    # the ledger's revision; article with source; domains; snapshots; what was removed from them
    with django_assert_num_queries(5):
        detail(client, snapshot.article)
