"""GET /annotations/ and its detail: appearances as W3C Web Annotations."""

from datetime import UTC

import pytest

from claims import curating
from sources.models import Snapshot
from tests.factories import make_claim, make_snapshot, make_user

pytestmark = pytest.mark.django_db

URL = "/annotations/"
PROFILE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@pytest.fixture(autouse=True)
def desk(settings):
    settings.CLAIMTRACK_SITE_URL = "https://checks.example"
    settings.CLAIMTRACK_DESK_NAME = "The Harbour Desk"


def items(client, **parameters):
    response = client.get(URL, parameters)
    assert response.status_code == 200, response.content
    return response.json()["items"]


def test_it_works(client):
    text = "Tuesday 🌉. “Nine thousand cars a day,” she said."
    snapshot = make_snapshot(text, canonical_url="https://post.example/bridge")
    claim = make_claim(
        "checked",
        verdict="false",
        text="Nine thousand.",
        language="en",
        snapshot=snapshot,
        quote="Nine thousand cars a day",
    )
    appearance = claim.appearances.get()
    response = client.get(f"{URL}{appearance.pk}/")
    assert response.headers["Content-Type"] == PROFILE

    def moment(value):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    expected = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"https://checks.example/annotations/{appearance.pk}/",
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {"type": "Organization", "name": "The Harbour Desk"},
        "created": moment(claim.created_at),
        "body": [
            {
                "type": "TextualBody",
                "value": "Nine thousand.",
                "format": "text/plain",
                "purpose": "describing",
                "language": "en",
            },
            {"type": "TextualBody", "value": "False", "format": "text/plain", "purpose": "classifying"},
            {
                "id": f"https://checks.example/api/v1/claims/{claim.pk}/",
                "format": "application/json",
                "purpose": "linking",
            },
        ],
        "target": {
            "source": "https://post.example/bridge",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "Nine thousand cars a day",
                    "prefix": "Tuesday 🌉. “",
                    "suffix": ",” she said.",
                },
                {"type": "TextPositionSelector", "start": 12, "end": 36},
            ],
            "state": {"type": "TimeState", "sourceDate": moment(snapshot.taken_at)},
        },
    }
    assert response.json() == expected
    page = client.get(URL, {"article_url": "http://post.example/bridge#top"}).json()
    assert (page["type"], page["items"]) == ("AnnotationPage", [expected])
    assert page["id"].startswith("https://checks.example/annotations/?article_url=")


def test_both_selectors_mean_the_quote(client):
    claim = make_claim(
        "unverified", snapshot=make_snapshot("One 🌉 two. Three 🌉 four, said Ada. Five."), quote="Three 🌉 four"
    )
    [annotation] = items(client, claim=claim.pk)
    quoted, placed = annotation["target"]["selector"]
    text = Snapshot.objects.get().text
    assert text[placed["start"] : placed["end"]] == quoted["exact"]
    assert quoted["prefix"] + quoted["exact"] + quoted["suffix"] in text


def test_without_a_verdict_it_assesses_nothing(client):
    make_claim("unverified")
    [annotation] = items(client)
    assert annotation["motivation"] == "highlighting"
    assert [body["purpose"] for body in annotation["body"]] == ["describing", "linking"]
    assert "language" not in annotation["body"][0]


def test_each_appearance_is_one(client):
    snapshot = make_snapshot()
    claim = make_claim("unverified", snapshot=snapshot)
    curating.add_appearance(claim=claim, by=make_user("moderator"), snapshot=snapshot, quote="Nobody asked")
    make_claim("unverified")
    assert len(items(client)) == 3
    assert len(items(client, article=snapshot.article_id)) == len(items(client, claim=claim.pk)) == 2


def test_pages_follow_one_another(client):
    for _ in range(3):
        make_claim("unverified")
    page = client.get(URL, {"limit": 2}).json()
    assert "prev" not in page
    rest = client.get(page["next"].removeprefix("https://checks.example")).json()
    assert len(page["items"]) == 2 and len(rest["items"]) == 1
    assert "next" not in rest and "prev" in rest


def test_a_transcript_without_an_address_cannot_be_annotated(client):
    claim = make_claim("unverified", snapshot=make_snapshot(canonical_url=None))
    assert items(client) == []
    assert client.get(f"{URL}{claim.appearances.get().pk}/").status_code == 404


def test_it_comes_as_json_to_whoever_asks_for_that(client):
    make_claim("unverified")
    response = client.get(URL, headers={"Accept": "application/json"})
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["type"] == "AnnotationPage"


def test_an_unknown_parameter_is_refused(client):
    response = client.get(URL, {"artcle": 1})
    assert (response.status_code, response.json()["code"]) == (400, "unknown_parameter")


def test_its_queries_do_not_grow(client, django_assert_num_queries):
    for count in (1, 3):
        for _ in range(count):
            make_claim("checked")
        with django_assert_num_queries(3):
            items(client)
