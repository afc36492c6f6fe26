"""GET /api/v1/claims/ and its detail."""

import re
from datetime import UTC, datetime

import pytest

from claims import curating
from claims.models import Claim
from sources.models import Domain
from tests.factories import make_claim, make_snapshot, make_source, make_speaker, make_user, step

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"
STAMP = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"


def listed(client, **parameters):
    response = client.get(URL, parameters)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_it_works(client, settings):
    settings.CLAIMTRACK_SITE_URL = "https://claims.example"
    snapshot = make_snapshot(
        "Monday. “Nine thousand cars a day,” she said. Nobody asked.",
        source=make_source("harbour.example", name="The Harbour Post"),
        canonical_url="https://www.harbour.example/bridge",
        title="Traffic",
        published_at=datetime(2025, 9, 5, 10, tzinfo=UTC),
        published_precision="second",
    )
    speaker = make_speaker("Mara Quill", role="Minister")
    claim = make_claim(
        "checked",
        verdict="false",
        text="The bridge carries nine thousand cars a day.",
        speaker=speaker,
        speaker_role="Mayor",
        said_at="2025-09",
        language="en",
        topics=["traffic", "bridges"],
        snapshot=snapshot,
        quote="Nine thousand cars a day",
    )
    [shown] = listed(client)
    for member in ("created_at", "updated_at", "reviewed_at"):
        assert re.fullmatch(STAMP, shown[member])
    assert re.fullmatch(STAMP, shown["provenance"][0]["snapshot"].pop("taken_at"))
    appearance = claim.appearances.get()
    expected = {
        "id": claim.pk,
        "url": f"https://claims.example/api/v1/claims/{claim.pk}/",
        "receipt": None,
        "text": "The bridge carries nine thousand cars a day.",
        "language": "en",
        "status": "checked",
        "verdict": {"code": "false", "label": "False", "value": 1},
        "speaker": {"id": speaker.pk, "name": "Mara Quill", "role": "Mayor"},
        "said_at": "2025-09",
        "due_on": None,
        "topics": ["bridges", "traffic"],
        "provenance": [
            {
                "id": appearance.pk,
                "quote": "Nine thousand cars a day",
                "start": 9,
                "end": 33,
                "prefix": "Monday. “",
                "suffix": ",” she said. Nobody asked.",
                "snapshot": {"id": snapshot.pk, "sha256": snapshot.sha256, "method": "text", "current": True},
                "article": {
                    "id": snapshot.article_id,
                    "title": "Traffic",
                    "url": "https://www.harbour.example/bridge",
                    "published_at": "2025-09-05T10:00:00Z",
                },
                "source": {"id": snapshot.article.source_id, "name": "The Harbour Post", "domain": "harbour.example"},
            }
        ],
        "version": claim.version,
        "created_at": shown["created_at"],
        "updated_at": shown["updated_at"],
        "review_by": None,
        "reviewed_at": shown["reviewed_at"],
    }
    assert shown == expected
    assert list(shown) == list(expected)
    assert client.get(f"{URL}{claim.pk}/").json() == client.get(URL).json()["results"][0]


def test_what_is_missing_is_null(client):
    snapshot = make_snapshot(source=make_source("first.example"), canonical_url=None, title="")
    Domain.objects.create(source=snapshot.article.source, host="second.example")
    make_claim("unverified", speaker=None, snapshot=snapshot)
    [shown] = listed(client)
    missing = ["language", "verdict", "speaker", "said_at", "reviewed_at"]
    assert {member: shown[member] for member in missing} == dict.fromkeys(missing)
    assert shown["topics"] == []
    [appearance] = shown["provenance"]
    assert appearance["article"] == {"id": snapshot.article_id, "title": None, "url": None, "published_at": None}
    assert appearance["source"]["domain"] == "first.example"


def test_a_speaker_without_a_role_then_has_none(client):
    make_claim("unverified", speaker=make_speaker("Mara Quill", role="Minister today"))
    assert listed(client)[0]["speaker"]["role"] is None


def test_a_publication_known_to_the_day_is_a_date(client):
    day = datetime(2025, 9, 5, tzinfo=UTC)
    make_claim("unverified", snapshot=make_snapshot(published_at=day, published_precision="day"))
    assert listed(client)[0]["provenance"][0]["article"]["published_at"] == "2025-09-05"


def test_provenance_is_ordered_by_publication_then_id(client):
    dates = [None, datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)]
    snapshots = [make_snapshot(published_at=date, published_precision="day" if date else "") for date in dates]
    quotes = [{"snapshot": snapshot, "quote": "nine thousand cars"} for snapshot in snapshots]
    make_claim("unverified", appearances=quotes)
    shown = [appearance["snapshot"]["id"] for appearance in listed(client)[0]["provenance"]]
    assert shown == [snapshots[place].pk for place in (2, 1, 3, 0)]


def test_a_snapshot_that_the_article_outgrew_is_not_current(client):
    snapshot = make_snapshot()
    make_claim("unverified", snapshot=snapshot)
    make_snapshot("Something else altogether.", article=snapshot.article)
    assert listed(client)[0]["provenance"][0]["snapshot"]["current"] is False


def test_the_host_that_was_asked_appears_nowhere(client, settings):
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    for _ in range(2):
        make_claim("unverified")
    response = client.get(URL, {"limit": 1}, headers={"host": "elsewhere.example"})
    assert b"elsewhere" not in response.content


def test_orderings(client):
    first, second = (make_claim("checked", said_at=date) for date in ("2024", "2025-03-01"))
    unsaid = make_claim("unverified")
    step(first, "withdrawn", by=make_user("editor"))
    orders = {
        "created_at": [first, second, unsaid],
        "-created_at": [unsaid, second, first],
        "-updated_at": [first, unsaid, second],
        "updated_at": [second, unsaid, first],
        "reviewed_at": [first, second, unsaid],
        "-reviewed_at": [second, first, unsaid],
        "said_at": [first, second, unsaid],
        "-said_at": [second, first, unsaid],
    }
    for ordering, claims in orders.items():
        assert [row["id"] for row in listed(client, ordering=ordering)] == [claim.pk for claim in claims], ordering
    assert listed(client) == listed(client, ordering="-created_at")


@pytest.mark.parametrize("count", [1, 7])
def test_the_list_takes_one_query(client, django_assert_num_queries, count):
    for _ in range(count):
        make_claim("checked", topics=["traffic"], appearances=[{"snapshot": make_snapshot(), "quote": "nine thousand"}])
    # the claims, with everything that nests in them and the ledger's revision
    with django_assert_num_queries(1):
        assert len(listed(client)) == count


def test_public_answers_can_be_cached_by_anybody(client):
    response = client.get(URL)
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_whoever_is_signed_in_sees_more_and_no_cache_shares_it(client):
    contributor = make_user("contributor")
    own, other = make_claim(by=contributor), make_claim()
    assert listed(client) == []
    client.force_login(contributor)
    assert [row["id"] for row in listed(client)] == [own.pk]
    response = client.get(URL)
    assert ("Cookie" in response["Vary"], response["Cache-Control"]) == (True, "private, no-store")
    client.force_login(make_user("moderator"))
    assert {row["id"] for row in listed(client)} == {own.pk, other.pk}


def test_a_merged_claim_leaves_the_list_and_leads_to_its_winner(client):
    loser, winner = make_claim("unverified"), make_claim("unverified", speaker=None)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=make_user("editor"))
    assert [row["id"] for row in listed(client)] == [winner.pk]
    assert client.get(f"{URL}{loser.pk}/").status_code == 308


@pytest.mark.parametrize("status", ["proposed", "dismissed"])
def test_a_hidden_claim_does_not_exist(client, status):
    claim = make_claim(status)
    assert listed(client) == []
    assert client.get(f"{URL}{claim.pk}/").status_code == 404


def test_a_detail_takes_no_filters(client):
    claim = make_claim("unverified")
    response = client.get(f"{URL}{claim.pk}/", {"status": "checked"})
    assert (response.status_code, response.json()["field"]) == (400, "status")


def test_no_claims_give_an_empty_page(client):
    assert not Claim.objects.exists()
    assert client.get(URL).json() == {"next": None, "previous": None, "results": []}
