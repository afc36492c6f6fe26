"""GET /api/v1/claims/ and its detail as schema.org ClaimReview (Accept: application/ld+json)."""

from datetime import UTC, datetime

import pytest

from claims import curating
from claims.formats.claimreview import read
from claims.formats.claimreview.validating import validate
from tests.factories import make_claim, make_snapshot, make_source, make_speaker, make_user, step, take_to

pytestmark = pytest.mark.django_db

JSON_LD = "application/ld+json"


@pytest.fixture(autouse=True)
def desk(settings):
    settings.CLAIMTRACK_SITE_URL = "https://checks.example"
    settings.CLAIMTRACK_DESK_NAME = "The Harbour Desk"


def get(client, path="", **parameters):
    return client.get(f"/api/v1/claims/{path}", parameters, headers={"Accept": JSON_LD})


def graph(client, **parameters):
    response = get(client, **parameters)
    assert response.status_code == 200, response.content
    return response.json()["@graph"]


def test_it_works(client):
    snapshot = make_snapshot(
        source=make_source(name="The Harbour Post"),
        canonical_url="https://post.example/bridge",
        title="Nine thousand cars",
        published_at=datetime(2025, 9, 5, tzinfo=UTC),
        published_precision="day",
    )
    speaker = make_speaker("Mara Quill", wikidata_id="Q4242", website="https://quill.example")
    claim = make_claim(
        "checked",
        verdict="mostly_false",
        text="The bridge carries nine thousand cars a day.",
        speaker=speaker,
        speaker_role="Mayor",
        said_at="2025-09",
        language="en",
        snapshot=snapshot,
    )
    response = get(client, f"{claim.pk}/")
    assert response.headers["Content-Type"] == JSON_LD
    assert "Accept" in response.headers["Vary"]
    today = claim.reviewed_at.date().isoformat()
    work = {
        "@type": "CreativeWork",
        "url": "https://post.example/bridge",
        "headline": "Nine thousand cars",
        "datePublished": "2025-09-05",
        "publisher": {"@type": "Organization", "name": "The Harbour Post"},
    }
    assert response.json() == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"https://checks.example/claims/{claim.pk}/",
        "url": f"https://checks.example/claims/{claim.pk}/",
        "claimReviewed": "The bridge carries nine thousand cars a day.",
        "inLanguage": "en",
        "datePublished": today,
        "dateModified": today,
        "author": {"@type": "Organization", "name": "The Harbour Desk", "url": "https://checks.example"},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 2,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "Mostly false",
            "ratingExplanation": "Counted, and it was four thousand.",
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {
                "@type": "Person",
                "name": "Mara Quill",
                "jobTitle": "Mayor",
                "sameAs": ["https://www.wikidata.org/wiki/Q4242", "https://quill.example"],
            },
            "datePublished": "2025-09",
            "firstAppearance": work,
            "appearance": [work],
        },
        "citation": [
            {
                "@type": "CreativeWork",
                "url": "https://archive.example/count",
                "headline": "Traffic count",
                "publisher": {"@type": "Organization", "name": "Roads Office"},
            }
        ],
        "license": "https://spdx.org/licenses/CC-BY-4.0.html",
    }
    assert validate(response.json(), site="checks.example") == []


def test_a_list_is_a_graph_of_those_with_a_verdict_in_force(client):
    shown = [
        make_claim("checked", verdict="false", topics=["roads"]),
        make_claim("checked", verdict="satire", speaker=None),
        make_claim("checked", verdict="true"),
    ]
    step(shown[2], "in_review", by=make_user("editor"), rationale="Looked at again.")
    for status in ("unverified", "in_review", "awaiting_approval", "withdrawn", "proposed"):
        make_claim(status)
    nodes = graph(client)
    assert [node["reviewRating"]["alternateName"] for node in nodes] == ["True", "Satire", "False"]
    assert all(not [f for f in validate(node, site="checks.example") if f.severity == "error"] for node in nodes)
    assert [node["url"] for node in graph(client, topic="roads")] == [f"https://checks.example/claims/{shown[0].pk}/"]
    assert len(graph(client, limit=2)) == 2


def test_a_verdict_off_the_scale_has_no_number_and_an_unknown_speaker_no_author(client):
    make_claim("checked", verdict="unverifiable", speaker=None)
    [node] = graph(client)
    assert (node["reviewRating"]["alternateName"], "ratingValue" in node["reviewRating"]) == ("Unverifiable", False)
    assert "author" not in node["itemReviewed"]


def test_a_correction_is_told_and_a_confirmation_is_not(client):
    editor = make_user("editor")
    claim = make_claim("checked", verdict="true")
    step(claim, "checked", by=editor, verdict="true", rationale="Still so.")
    assert "correction" not in graph(client)[0]
    step(claim, "checked", by=editor, verdict="false", rationale="We had counted lorries twice.")
    [node] = graph(client)
    today = claim.reviewed_at.date().isoformat()
    assert node["correction"] == [
        {"@type": "CorrectionComment", "text": "We had counted lorries twice.", "datePublished": today}
    ]
    assert node["reviewRating"]["alternateName"] == "False"


def test_a_desk_with_a_site_of_its_own_names_that(client, settings):
    settings.CLAIMTRACK_CLAIM_URL = "https://harbour.example/checks?claim={id}"
    claim = make_claim("checked")
    [node] = graph(client)
    assert node["url"] == node["@id"] == f"https://harbour.example/checks?claim={claim.pk}"
    assert not [found for found in validate(node, site="harbour.example") if found.severity == "error"]


def test_an_article_with_two_quotes_is_one_appearance(client):
    snapshot = make_snapshot()
    claim = make_claim(snapshot=snapshot)
    curating.add_appearance(claim=claim, by=make_user("moderator"), snapshot=snapshot, quote="Nobody asked")
    take_to(claim, "checked")
    [node] = graph(client)
    assert len(node["itemReviewed"]["appearance"]) == 1


def test_the_terms_are_the_desks(client, settings):
    settings.CLAIMTRACK_DATA_LICENSE = "https://checks.example/terms"
    make_claim("checked")
    assert graph(client)[0]["license"] == "https://checks.example/terms"


@pytest.mark.parametrize("status", ["unverified", "withdrawn", "proposed"])
def test_what_has_no_verdict_in_force_has_no_review(client, status):
    response = get(client, f"{make_claim(status).pk}/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert response.headers["Content-Type"] == "application/problem+json"


def test_problems_stay_problems(client):
    response = get(client, verdit="false")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")


def test_whoever_asks_for_nothing_special_gets_json(client):
    make_claim("checked")
    for accept in ("*/*", "application/json", "application/json, application/ld+json"):
        response = client.get("/api/v1/claims/", headers={"Accept": accept})
        assert response.headers["Content-Type"] == "application/json"
        assert response.json()["results"][0]["verdict"]["code"] == "false"


def test_its_queries_do_not_grow(client, django_assert_num_queries):
    for count in (1, 3):
        for _ in range(count):
            make_claim("checked", topics=["roads"])
        with django_assert_num_queries(7):
            get(client)


def test_others_read_what_was_written(client):
    claim = make_claim("checked", verdict="half_true", said_at="2025-09-05", language="pt-BR", speaker_role="Mayor")
    [review] = read(get(client, f"{claim.pk}/").json())
    assert (review.text, review.label, review.rating.value) == (claim.text, "Half true", 3)
    assert (review.claimant.name, review.claimant.role) == (claim.speaker.name, "Mayor")
    assert (review.publisher, review.site, review.language) == ("The Harbour Desk", "checks.example", "pt-BR")
    assert (review.said, review.published) == ("2025-09-05", claim.reviewed_at.date().isoformat())
