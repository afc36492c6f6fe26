"""Evidence with a snapshot over the API and wherever readers see it: its snapshot is shown, and makes nothing public."""

import json
from functools import partial

import pytest

from sources.ingesting import ingest
from sources.models import Article
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_claim, make_snapshot, make_source, make_user, step
from tests.sources.ingesting.pages import BODY, URL, page, serving

pytestmark = pytest.mark.django_db

TEXT = f"{'Of that nobody reads. ' * 6}The register has four thousand cars. {'Nor of this. ' * 12}"
QUOTE = "The register has four thousand cars"


@pytest.fixture
def snapshot():
    return make_snapshot(TEXT, source=make_source("register.example"), canonical_url="https://register.example/cars")


@pytest.fixture
def claim():
    return make_claim("unverified", text="Nine thousand.")


def piece(snapshot, /, **given):
    return {"url": snapshot.article.url, "stance": "refutes", "quote": QUOTE, "snapshot": snapshot.pk, **given}


def publish(client, claim, *evidence, **headers):
    """Take the claim and publish a verdict on this evidence."""
    by = make_token()
    step(claim, "in_review", by=by.user)
    body = {"to": "checked", "expected": claim.version, "verdict": "false", "rationale": "Read.", "evidence": evidence}
    path = f"/api/v1/claims/{claim.pk}/reviews/"
    headers = {**bearing(by), **headers}
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def read(client, claim, headers=None):
    return client.get(f"/api/v1/claims/{claim.pk}/reviews/", headers=headers).json()["results"][-1]["evidence"][0]


def test_it_works(client, claim, snapshot):
    answer = publish(client, claim, piece(snapshot, archive_url="https://keep.example/1", accessed_at="2026-03-05"))
    assert answer.status_code == 201 and answer.json()["warnings"] == []
    start = TEXT.index(QUOTE)
    wanted = {
        "url": "https://register.example/cars",
        "title": None,
        "publisher": None,
        "quote": QUOTE,
        "stance": "refutes",
        "archive_url": "https://keep.example/1",
        "accessed_at": "2026-03-05",
        "start": start,
        "end": start + len(QUOTE),
        "prefix": TEXT[start - 100 : start],
        "suffix": TEXT[start + len(QUOTE) :][:100],
    }
    shown = read(client, claim)
    place = shown.pop("snapshot")
    assert shown == wanted
    # Readers are told what the text is, and not where to find it.
    assert place.pop("taken_at") and place == {"sha256": snapshot.sha256, "article": None}
    assert client.get(f"/api/v1/articles/{snapshot.article_id}/").status_code == 404


def test_whoever_may_see_the_snapshot_gets_a_link(client, claim, snapshot):
    link = publish(client, claim, piece(snapshot)).json()["evidence"][0]["snapshot"]["article"]
    assert link.endswith(f"/api/v1/articles/{snapshot.article_id}/")
    assert read(client, claim)["snapshot"]["article"] is None
    assert read(client, claim, bearing(make_token()))["snapshot"]["article"] == link
    # So does everybody once a public claim appears in it.
    make_claim("unverified", snapshot=snapshot, quote=QUOTE)
    assert read(client, claim)["snapshot"]["article"] == link
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_a_quote_that_is_not_there(client, claim, snapshot):
    answer = publish(client, claim, piece(snapshot, quote="The register has five thousand cars"))
    body = answer.json()
    assert (answer.status_code, body["code"]) == (400, "quote_absent")
    assert body["errors"][0]["pointer"] == "/evidence/0/quote" if "errors" in body else "/evidence/0/quote" in str(body)
    assert body["nearest"]["quote"] == QUOTE


def test_ingest_is_true_or_false(client, claim):
    answer = publish(client, claim, {"url": URL, "stance": "context", "ingest": "yes"})
    assert answer.status_code == 400 and not Article.objects.filter(canonical_url=URL).exists()


def test_a_page_is_ingested_on_the_way(client, claim, monkeypatch):
    monkeypatch.setattr("claims.curating.evidence.ingest", partial(ingest, fetcher=serving(page())))
    given = {"url": URL, "stance": "supports", "quote": BODY[2], "ingest": True}
    answer = publish(client, claim, given, **{"Idempotency-Key": "k1"})
    assert answer.status_code == 201, answer.content
    [shown] = answer.json()["evidence"]
    article = Article.objects.get(canonical_url=URL)
    assert shown["snapshot"]["sha256"] == article.current_snapshot.sha256
    assert (shown["title"], shown["publisher"]) == ("Mill sold", article.source.name) and shown["accessed_at"]


def test_a_page_that_cannot_be_ingested_is_evidence_without_a_snapshot(client, claim):
    answer = publish(client, claim, {"url": "http://127.0.0.1/x", "stance": "supports", "quote": "x", "ingest": True})
    assert answer.status_code == 201 and answer.json()["evidence"][0]["snapshot"] is None
    [warning] = answer.json()["warnings"]
    assert (warning["code"], warning["field"]) == ("no_snapshot", "evidence.0.url")


def test_a_snapshot_that_there_is_not(client, claim, snapshot):
    answer = publish(client, claim, piece(snapshot, snapshot=2**62))
    assert (answer.status_code, answer.json()["code"]) == (400, "not_found")


@pytest.fixture
def published(client, claim, snapshot):
    given = piece(snapshot, archive_url="https://keep.example/1", accessed_at="2026-03-05", title="Register")
    assert publish(client, claim, given).status_code == 201
    return claim


def test_claim_review_has_quote_archive_address_and_the_day_it_was_read(client, published):
    answer = client.get(f"/api/v1/claims/{published.pk}/", headers={"Accept": "application/ld+json"})
    assert answer.json()["citation"] == [
        {
            "@type": "CreativeWork",
            "url": "https://register.example/cars",
            "headline": "Register",
            "archivedAt": "https://keep.example/1",
            "hasPart": {"@type": "Quotation", "text": QUOTE},
            "potentialAction": {
                "@type": "ReadAction",
                "actionStatus": "https://schema.org/CompletedActionStatus",
                "endTime": "2026-03-05",
            },
        }
    ]


def test_so_has_the_public_page(client, published, snapshot):
    answer = client.get(f"/claims/{published.pk}/").content.decode()
    assert f"<mark>{QUOTE}</mark>" in answer and "https://keep.example/1" in answer and "5 March 2026" in answer
    assert snapshot.sha256 in answer and f"/articles/{snapshot.article_id}" not in answer


def test_the_history_takes_no_query_for_each_piece(client, claim, snapshot, django_assert_num_queries):
    path = f"/api/v1/claims/{claim.pk}/reviews/"
    step(claim, "in_review", by=make_user("editor"))
    pieces = [piece(snapshot), {"url": "https://a.example/", "stance": "context"}, piece(snapshot)]
    step(claim, "checked", by=claim.assignee, evidence=pieces)
    # The claim, the revision, the reviews, those of merged claims, and all evidence at once.
    with django_assert_num_queries(5):
        assert len(client.get(path).json()["results"][0]["evidence"]) == 3
