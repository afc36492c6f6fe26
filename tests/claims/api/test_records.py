"""Speakers, topics and the scale over the API."""

import pytest

from claims import curating
from claims.models import Verdict
from tests.factories import make_claim, make_speaker, make_topic, make_user

pytestmark = pytest.mark.django_db


def listed(client, kind, **parameters):
    response = client.get(f"/api/v1/{kind}/", parameters)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_speakers(client):
    speaker = make_speaker(
        "Mára Quill", kind="person", role="Minister", wikidata_id="Q42", website="https://quill.example/",
        aliases=["The Mayor"],
    )  # fmt: skip
    make_claim("unverified", speaker=speaker)
    [shown] = listed(client, "speakers")
    assert {**shown, "aliases": sorted(shown["aliases"])} == {
        "id": speaker.pk,
        "name": "Mára Quill",
        "kind": "person",
        "role": "Minister",
        "wikidata_id": "Q42",
        "website": "https://quill.example/",
        "aliases": ["Mára Quill", "The Mayor"],
        "merged_into": None,
        "created_at": shown["created_at"],
    }
    assert client.get(f"/api/v1/speakers/{speaker.pk}/").json() == shown


def test_speakers_by_name(client):
    for name in ("Mára Quill", "Ole Møller"):
        make_claim("unverified", speaker=make_speaker(name, aliases=[f"{name} the elder"]))
    assert [row["name"] for row in listed(client, "speakers", name="mara quill")] == ["Mára Quill"]
    names = ["MARA QUILL THE ELDER", "Ole Møller"]
    assert [row["name"] for row in listed(client, "speakers", name=names)] == ["Mára Quill", "Ole Møller"]
    assert listed(client, "speakers", name="Quill") == []


def test_a_speaker_without_a_public_claim_does_not_exist(client):
    speaker = make_claim("dismissed").speaker
    assert listed(client, "speakers") == []
    assert client.get(f"/api/v1/speakers/{speaker.pk}/").status_code == 404


def test_contributors_see_every_speaker_and_topic(client):
    loser, winner, topic = make_speaker("Mara Quil"), make_speaker("Mara Quill"), make_topic("unused")
    curating.merge_speakers(loser=loser, winner=winner, reason="A typing error.", by=make_user("editor"))
    client.force_login(make_user("contributor"))
    merged = {row["name"]: row["merged_into"] for row in listed(client, "speakers")}
    assert merged == {"Mara Quil": winner.pk, "Mara Quill": None}
    assert [row["slug"] for row in listed(client, "topics")] == [topic.slug]


def test_topics(client):
    make_claim("unverified", topics=["traffic"])
    make_claim("proposed", topics=["secret"])
    [shown] = listed(client, "topics")
    assert {**shown, "id": 0} == {"id": 0, "name": "Traffic", "slug": "traffic", "review_after": None}
    assert client.get("/api/v1/topics/traffic/").json() == shown
    assert client.get("/api/v1/topics/secret/").status_code == 404


def test_the_scale_is_public_and_in_the_desks_order(client):
    Verdict.objects.filter(code="true").update(position=99)
    Verdict.objects.filter(code="satire").update(description="Meant in jest.")
    codes = ["mostly_true", "half_true", "mostly_false", "false", "misleading", "unverifiable", "satire", "true"]
    assert [row["code"] for row in listed(client, "verdicts")] == codes
    shown = client.get("/api/v1/verdicts/satire/").json()
    assert shown == {"code": "satire", "label": "Satire", "value": None, "description": "Meant in jest."}
    assert client.get("/api/v1/verdicts/rather_true/").status_code == 404


def test_the_scale_comes_in_pages_too(client):
    page = client.get("/api/v1/verdicts/", {"limit": 3}).json()
    codes = [row["code"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        codes += [row["code"] for row in page["results"]]
    assert codes == list(Verdict.objects.values_list("code", flat=True))


# list, queries: the ledger's revision, the rows, and the names of speakers
QUERIES = [("speakers", 3), ("topics", 2), ("verdicts", 2)]


@pytest.mark.parametrize(("kind", "queries"), QUERIES)
@pytest.mark.parametrize("count", [1, 6])
def test_a_list_takes_as_many_queries_at_any_size(client, django_assert_num_queries, kind, queries, count):
    for number in range(count):
        make_claim("unverified", topics=[f"topic-{number}"])
    with django_assert_num_queries(queries):
        assert len(listed(client, kind)) >= count
