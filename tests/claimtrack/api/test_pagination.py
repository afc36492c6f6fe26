"""Keyset pagination of the API's lists."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.api.views.claims import ClaimViewSet
from claims.models import Claim
from tests.factories import make_claim, make_speaker, make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def moderator():
    client = Client()
    client.force_login(make_user("moderator"))
    return client


def bulk(count, **fields):
    """Claims by the shortest way: of this origin they need no appearance."""
    by = make_user("contributor")
    common = {"created_by": by, "origin": "claimreview", **fields}
    return Claim.objects.bulk_create(Claim(text=f"Claim {number}.", **common) for number in range(count))


def move(claims, moment):
    """Say that the claims were made then, past the guards."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(created_at=moment)
        cursor.execute("SET LOCAL session_replication_role = origin")


def page(client, url, **parameters):
    response = client.get(url, parameters or None)
    assert response.status_code == 200, response.content
    return response.json()


def walk(client, direction="next", start=None, **parameters):
    """The pages from the first one on, or from `start` backwards, each as a list of ids."""
    current = page(client, start) if start else page(client, URL, **parameters)
    pages = [[row["id"] for row in current["results"]]]
    while current[direction]:
        current = page(client, current[direction])
        pages.append([row["id"] for row in current["results"]])
    return pages


def test_it_works():
    client, claims = moderator(), [claim.pk for claim in bulk(5)]
    first = page(client, URL, limit=2, ordering="created_at")
    assert ([row["id"] for row in first["results"]], first["previous"]) == (claims[:2], None)
    second = page(client, first["next"])
    assert [row["id"] for row in second["results"]] == claims[2:4]
    third = page(client, second["next"])
    assert ([row["id"] for row in third["results"]], third["next"]) == (claims[4:], None)
    assert page(client, third["previous"])["results"] == second["results"]
    assert page(client, second["previous"])["results"] == first["results"]
    assert page(client, second["previous"])["previous"] is None


def test_thousands_that_share_a_timestamp_come_once_each():
    client = moderator()
    expected = {claim.pk for claim in bulk(2_500)}
    assert Claim.objects.values("created_at").distinct().count() == 1
    seen = [pk for ids in walk(client, limit=200) for pk in ids]
    assert len(seen) == 2_500 and set(seen) == expected


@pytest.fixture
def mixed():
    """Claims with few different dates and many missing ones, some published."""
    speakers = [make_speaker(), make_speaker(), None]
    for number, speaker in enumerate(speakers * 3):
        said = [None, date(2025, 1, 1), date(2025, 1, 2)][number % 4 % 3]
        created = NOON + timedelta(microseconds=number % 5)
        move(bulk(3, speaker=speaker, said_at=said, said_precision="day" if said else ""), created)
    for status in ("checked", "unverified", "withdrawn"):
        make_claim(status, said_at="2025")
    return moderator()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ordering=st.sampled_from([name for name in ClaimViewSet.orderings if name != "relevance"]),
    limit=st.integers(1, 40),
    status=st.sets(st.sampled_from(["proposed", "unverified", "checked", "withdrawn"])),
    none=st.booleans(),
    said=st.booleans(),
)
def test_any_walk_meets_each_row_once_in_order(mixed, ordering, limit, status, none, said):
    parameters = {"ordering": ordering, "limit": limit}
    expected = Claim.objects.all()
    if status:
        parameters["status"], expected = sorted(status), expected.filter(status__in=status)
    if none:
        parameters["speaker"], expected = "none", expected.filter(speaker=None)
    if said:
        parameters["said_after"], expected = "2025-01-01", expected.filter(said_at__gte="2025-01-01")
    key, down = ordering.lstrip("-"), ordering.startswith("-")
    rows = sorted(expected, key=lambda claim: claim.pk, reverse=down)
    known = sorted((row for row in rows if getattr(row, key)), key=lambda row: getattr(row, key), reverse=down)
    order = [row.pk for row in [*known, *(row for row in rows if not getattr(row, key))]]

    pages = walk(mixed, **parameters)
    assert [pk for ids in pages for pk in ids] == order
    assert all(len(ids) == limit for ids in pages[:-1])


@pytest.mark.parametrize("ordering", ["-said_at", "said_at", "-created_at", "reviewed_at"])
def test_the_way_back_meets_the_same_rows(mixed, ordering):
    current = page(mixed, URL, ordering=ordering, limit=7)
    forwards = [[row["id"] for row in current["results"]]]
    while current["next"]:
        last = current["next"]
        current = page(mixed, last)
        forwards.append([row["id"] for row in current["results"]])
    backwards = walk(mixed, "previous", last)
    assert len(forwards) == 5 and backwards[::-1] == forwards


def test_rows_that_come_or_go_meanwhile_shift_nothing():
    client, claims = moderator(), [claim.pk for claim in bulk(6)]
    first = page(client, URL, limit=3)
    bulk(2)
    Claim.objects.filter(pk=claims[4]).delete()
    assert [row["id"] for row in page(client, first["next"])["results"]] == claims[2::-1]


def test_from_an_emptied_page_the_way_back_is_open():
    client, claims = moderator(), [claim.pk for claim in bulk(4)]
    after = page(client, URL, limit=2)["next"]
    Claim.objects.filter(pk__in=claims[:2]).delete()
    empty = page(client, after)
    assert (empty["results"], empty["next"]) == ([], None)
    last = page(client, empty["previous"])
    assert [row["id"] for row in last["results"]] == [claims[3], claims[2]]
    before = page(client, page(client, URL, limit=1)["next"])["previous"]
    Claim.objects.filter(pk=claims[3]).delete()
    empty = page(client, before)
    assert (empty["results"], empty["previous"]) == ([], None)
    assert [row["id"] for row in page(client, empty["next"])["results"]] == [claims[2]]


def test_links_keep_the_filters_and_begin_with_the_sites_url(settings):
    settings.CLAIMTRACK_SITE_URL = "https://claims.example"
    client = moderator()
    bulk(3)
    parts = urlsplit(page(client, URL, limit=1, status=["proposed", "checked"], q="claim")["next"])
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "claims.example", URL)
    query = parse_qs(parts.query)
    query.pop("cursor")
    assert query == {"limit": ["1"], "status": ["proposed", "checked"], "q": ["claim"]}


def test_a_page_may_change_its_size_on_the_way():
    client, claims = moderator(), [claim.pk for claim in bulk(5)]
    after = page(client, URL, limit=1)["next"].replace("limit=1", "limit=3")
    assert [row["id"] for row in page(client, after)["results"]] == claims[3:0:-1]


def test_the_order_of_the_filters_does_not_matter():
    client = moderator()
    bulk(3)
    cursor = cursor_of(page(client, URL, limit=1, status=["proposed", "checked"], q="claim")["next"])
    assert len(page(client, f"{URL}?q=claim&status=checked&status=proposed&cursor={cursor}")["results"]) == 2


def cursor_of(url):
    return parse_qs(urlsplit(url).query)["cursor"][0]


# query beside the cursor, reason
ELSEWHERE = [
    ("/api/v1/claims/", "the filter is gone"),
    ("/api/v1/claims/?status=checked", "another value"),
    ("/api/v1/claims/?status=proposed&language=en", "another filter"),
    ("/api/v1/claims/?status=proposed&ordering=created_at", "another ordering"),
    ("/api/v1/speakers/", "another list"),
]


@pytest.mark.parametrize(("url", "reason"), ELSEWHERE)
def test_a_cursor_of_another_list_is_refused(url, reason):
    client = moderator()
    bulk(2)
    cursor = cursor_of(page(client, URL, limit=1, status="proposed")["next"])
    response = client.get(f"{url}{'&' if '?' in url else '?'}cursor={cursor}")
    assert (response.status_code, response.json()["code"], response.json()["field"]) == (400, "cursor", "cursor"), (
        reason
    )


def forged(change):
    def forge(cursor):
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        change(parts)
        return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()

    return forge


# what becomes of a good cursor, reason
SPOILT = [
    (lambda cursor: cursor[:-5], "cut off"),
    (lambda cursor: "é", "not ASCII"),
    (lambda cursor: "1", "no base64"),
    (lambda cursor: base64.b64encode(b"[]").decode(), "no parts"),
    (lambda cursor: base64.b64encode(b"7").decode(), "a number"),
    (lambda cursor: base64.b64encode(b"\xff\xfe").decode(), "no UTF-8"),
    (forged(lambda parts: parts.__setitem__(0, 2)), "another version"),
    (forged(lambda parts: parts.__setitem__(2, 7)), "a third direction"),
    (forged(lambda parts: parts.__setitem__(3, ["2026-03-01", 1])), "a date for a time"),
    (forged(lambda parts: parts.__setitem__(3, ["2026-03-01T12:00:00", 1])), "a time without a zone"),
    (forged(lambda parts: parts.__setitem__(3, [None, 1])), "null where none can be"),
    (forged(lambda parts: parts.__setitem__(3, ["2026-03-01T12:00:00+00:00", "x"])), "an id that is none"),
    (forged(lambda parts: parts[3].__setitem__(1, 2**63)), "an id that no column holds"),
    (forged(lambda parts: parts[3].__setitem__(1, float("inf"))), "an id without end"),
    (lambda cursor: base64.b64encode(b"[" * 3000).decode(), "nested deeper than anybody reads"),
    (forged(lambda parts: parts.__setitem__(3, [{}, 1])), "a key of another type"),
    (forged(lambda parts: parts.__setitem__(3, [1])), "half a position"),
]


@pytest.mark.parametrize(("spoil", "reason"), SPOILT, ids=[reason for _, reason in SPOILT])
def test_a_spoilt_cursor_is_refused(spoil, reason):
    client = moderator()
    bulk(2)
    cursor = cursor_of(page(client, URL, limit=1)["next"])
    response = client.get(URL, {"cursor": spoil(cursor)})
    assert (response.status_code, response.json()["code"]) == (400, "cursor")


# list, sort key, reason
KEYS = [
    ("/api/v1/verdicts/?", 10**30, "a number that no column holds"),
    ("/api/v1/claims/?q=claim&ordering=relevance", 10**400, "a number that no float holds"),
]


@pytest.mark.parametrize(("url", "value", "reason"), KEYS)
def test_a_sort_key_out_of_bounds_is_refused(url, value, reason):
    client = moderator()
    bulk(2)
    cursor = cursor_of(page(client, f"{url}&limit=1")["next"])
    response = client.get(f"{url}&cursor={forged(lambda parts: parts[3].__setitem__(0, value))(cursor)}")
    assert (response.status_code, response.json()["code"]) == (400, "cursor"), reason


def test_no_page_counts_or_skips():
    client = Client()
    for _ in range(3):
        make_claim("unverified")
    after = page(client, URL, limit=1)["next"]
    with CaptureQueriesContext(connection) as queries:
        page(client, after)
    sql = "; ".join(query["sql"] for query in queries.captured_queries)
    assert "COUNT(" not in sql and "OFFSET" not in sql
    assert '("claims_claim"."created_at", "claims_claim"."id") < (' in sql
