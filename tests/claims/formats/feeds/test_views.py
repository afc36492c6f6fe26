"""GET /feeds/…: verdicts and corrections as Atom, all published reviews as a Data Commons feed."""

import json
from datetime import UTC, datetime

import pytest
from lxml import etree

from claims.formats.claimreview import read
from claims.formats.feeds import atom as feeds
from tests.factories import make_claim, make_snapshot, make_source, make_speaker, make_user, step

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(settings):
    settings.CLAIMTRACK_SITE_URL = "https://checks.example"
    settings.CLAIMTRACK_DESK_NAME = "The Harbour Desk"


def atom(client, name, **parameters):
    response = client.get(f"/feeds/{name}/", parameters)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def titles(client, name, **parameters):
    return [title.text for title in atom(client, name, **parameters).findall("atom:entry/atom:title", ATOM)]


@db
def test_it_works(client):
    claim = make_claim("checked", verdict="false", text="The bridge carries <nine> & more.")
    feed = atom(client, "verdicts")

    def text(path):
        return feed.findtext(path, namespaces=ATOM)

    moment = claim.reviewed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert text("atom:id") == "https://checks.example/feeds/verdicts/"
    assert (text("atom:title"), text("atom:updated")) == ("The Harbour Desk: Verdicts", moment)
    links = {link.get("rel"): link.get("href") for link in feed.findall("atom:link", ATOM)}
    assert links == {
        "self": "https://checks.example/feeds/verdicts/",
        "license": "https://spdx.org/licenses/CC-BY-4.0.html",
    }
    reviews = f"https://checks.example/api/v1/claims/{claim.pk}/reviews/"
    assert text("atom:entry/atom:id") == f"{reviews}#{claim.reviews.last().pk}"
    assert text("atom:entry/atom:title") == "False: The bridge carries <nine> & more."
    assert text("atom:entry/atom:summary") == "Counted, and it was four thousand."
    assert text("atom:entry/atom:updated") == moment
    assert text("atom:entry/atom:author/atom:name") == "The Harbour Desk"
    assert feed.find("atom:entry/atom:link", ATOM).get("href") == f"https://checks.example/claims/{claim.pk}/"


@db
def test_corrections_are_among_the_verdicts_and_have_a_feed_of_their_own(client):
    editor = make_user("editor", public_name="Ada Quill")
    claim = make_claim("checked", verdict="true", text="Nine thousand.")
    make_claim("checked", verdict="satire", text="Ten thousand.")
    step(claim, "checked", by=editor, verdict="true")
    step(claim, "checked", by=editor, verdict="false")
    assert titles(client, "corrections") == ["False: Nine thousand."]
    assert titles(client, "verdicts") == [
        "False: Nine thousand.",
        "True: Nine thousand.",
        "Satire: Ten thousand.",
        "True: Nine thousand.",
    ]
    feed = atom(client, "corrections")
    assert feed.findtext("atom:entry/atom:author/atom:name", namespaces=ATOM) == "Ada Quill"


@db
@pytest.mark.parametrize("name", ["verdicts", "claimreview"])
def test_by_speaker_source_or_topic(client, name):
    speaker, source = make_speaker(), make_source()
    by = {
        "speaker": make_claim("checked", speaker=speaker, text="By speaker."),
        "source": make_claim("checked", snapshot=make_snapshot(source=source), text="By source."),
        "topic": make_claim("checked", topics=["roads"], text="By topic."),
    }
    for parameter, value in {"speaker": speaker.pk, "source": source.pk, "topic": "roads"}.items():
        response = client.get(f"/feeds/{name}/", {parameter: value})
        content = response.getvalue().decode()
        assert [key for key, claim in by.items() if claim.text in content] == [parameter]


@db
def test_the_newest_fifty(client):
    editor = make_user("editor")
    claim = make_claim("checked", verdict="true")
    for verdict in ("false", "true") * 26:
        step(claim, "checked", by=editor, verdict=verdict)
    assert len(titles(client, "verdicts")) == 50


@db
def test_a_withdrawn_verdict_is_no_news(client):
    step(make_claim("checked"), "withdrawn", by=make_user("editor"))
    assert titles(client, "verdicts") == []
    assert atom(client, "verdicts").findtext("atom:updated", namespaces=ATOM) == "1970-01-01T00:00:00Z"


@db
def test_all_published_reviews_are_one_feed(client):
    claims = [make_claim("checked", text=f"Claim {n}.", topics=["roads"]) for n in range(3)]
    make_claim("unverified")
    response = client.get("/feeds/claimreview/")
    assert response.headers["Content-Type"] == "application/ld+json"
    feed = json.loads(response.getvalue())
    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    assert feed["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert {item["@type"] for item in feed["dataFeedElement"]} == {"DataFeedItem"}
    assert [review.text for review in read(feed)] == ["Claim 2.", "Claim 1.", "Claim 0."]
    assert feed["dataFeedElement"][0]["dateCreated"] == claims[0].reviewed_at.date().isoformat()


@db
def test_a_desk_without_verdicts_has_an_empty_feed(client):
    assert json.loads(client.get("/feeds/claimreview/").getvalue())["dataFeedElement"] == []


@db
def test_whoever_holds_the_newest_gets_304(client):
    make_claim("checked")
    for name in ("verdicts", "claimreview"):
        tag = client.get(f"/feeds/{name}/").headers["ETag"]
        assert client.get(f"/feeds/{name}/", headers={"If-None-Match": tag}).status_code == 304


@db
@pytest.mark.parametrize("name", ["verdicts", "corrections", "claimreview"])
def test_another_parameter_is_refused(client, name):
    response = client.get(f"/feeds/{name}/", {"verdict": "false"})
    assert (response.status_code, response.json()["code"]) == (400, "unknown_parameter")
    assert response.headers["Content-Type"] == "application/problem+json"


@db
def test_queries_do_not_grow(client, django_assert_num_queries):
    for count in (1, 3):
        for _ in range(count):
            make_claim("checked", topics=["roads"])
        with django_assert_num_queries(3):
            atom(client, "verdicts")
        # Two of them begin and end a transaction, and one lifts its time-outs.
        with django_assert_num_queries(10):
            client.get("/feeds/claimreview/").getvalue()


def test_what_xml_cannot_hold_is_replaced():
    entry = feeds.Entry(
        "https://a.example/1", "https://a.example/", "A\x0bB\ufffeC 🌉", "", "", datetime(2025, 9, 5, tzinfo=UTC)
    )
    document = feeds.atom(
        address="https://a.example/", title="T", author="A", rights="https://a.example/terms", entries=[entry]
    )
    feed = etree.fromstring(document)
    assert feed.findtext("atom:entry/atom:title", namespaces=ATOM) == "A\ufffdB\ufffdC 🌉"
