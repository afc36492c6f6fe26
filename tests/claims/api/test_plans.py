"""Every documented filter and ordering uses an index, according to PostgreSQL's plans.

Sequential scans, and the joins that need them, are disabled, because a table with a few rows would always be read as a whole.
So a plan shows whether there is an index at all.
"""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import QueryDict

from claims.api.filters import ClaimFilterSet
from claims.api.views.claims import ClaimViewSet
from claims.models import Claim, Speaker, Topic
from claimtrack.api.pagination import Cursor, Window, beginning_at
from sources.models import Article, Snapshot, Source
from tests.factories import make_claim, make_snapshot, make_source, make_speaker
from tests.planner import without_index_scans

pytestmark = pytest.mark.django_db

# A value for each parameter (ids: of the first row of that model); a new parameter without one fails.
VALUES = {
    "speaker": Speaker, "speaker_name": "Ada Bell", "status": "withdrawn", "verdict": "false", "source": Source,
    "source_domain": "harbour.example", "article": Article, "article_url": "https://harbour.example/1", "topic": "roads",
    "language": "de", "said_after": "2026-01-01", "said_before": "1950-01-01",
    "published_after": "2026-01-01T00:00Z", "published_before": "1950-01-01T00:00Z",
    "reviewed_after": "2026-01-01T00:00Z", "reviewed_before": "1950-01-01T00:00Z",
    "review_by_after": "2100-01-01", "review_by_before": "1950-01-01", "due_after": "2100-01-01", "due_before": "1950-01-01",
    "updated_since": "2100-01-01T00:00Z", "q": "ferry", "ids": Claim,
}  # fmt: skip
# These choose half of all claims and more: read in the order of the page, as many as it takes.
BROAD = {"has_verdict", "corrected"}

# Two thousand proposed claims, spread over the snapshots; each appearance before its claim, as the verb does it.
CROWD = """
    INSERT INTO claims_appearance (claim_id, snapshot_id, quote, start_offset, end_offset, prefix, suffix)
    SELECT 1000000 + n, s.id, a.quote, a.start_offset, a.end_offset, a.prefix, a.suffix
    FROM generate_series(1, 2000) n, (SELECT * FROM claims_appearance ORDER BY id LIMIT 1) a,
        (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS places FROM sources_snapshot) s
    WHERE s.place = 1 + n % s.places;
    INSERT INTO claims_claim (id, text, speaker_id, speaker_role, said_at, said_precision, language, status, origin, version,
        created_by_id, created_at, updated_at)
    SELECT 1000000 + n, 'The bridge is busy.', s.id, '', date '2000-01-01' + n, 'day', 'en', 'proposed', 'import', 1,
        (SELECT min(id) FROM claimtrack_user), clock_timestamp(), now()
    FROM generate_series(1, 2000) n,
        (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS places FROM claims_speaker) s
    WHERE s.place = 1 + n % s.places;
    ANALYZE;
    SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"""


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """Make the rows once for this module, whose tests only read them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_crowd()
        yield
        transaction.set_rollback(True)


def make_crowd():
    for number in range(40):
        make_snapshot(
            source=make_source(f"harbour{number or ''}.example"), canonical_url=f"https://harbour.example/{number}"
        )
        make_speaker("" if number else "Ada Bell")
    article = Snapshot.objects.order_by("pk")[0]
    make_claim("checked", snapshot=article, topics=["roads"], language="de")
    make_claim("withdrawn", snapshot=article, quote="nine thousand cars", said_at="1949", speaker=None)
    with without_index_scans(), connection.cursor() as cursor:
        cursor.execute(CROWD)


def nodes(queryset):
    """Yield the nodes of the plan, outermost first."""
    plan = json.loads(queryset.explain(format="json"))[0]["Plan"]
    waiting = [plan]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        yield node


def value_of(name):
    value: Any = VALUES[name]
    return value if isinstance(value, str) else str(value.objects.order_by("pk")[0].pk)


def test_filters_have_indexes(crowd):
    for name in ClaimFilterSet.base_filters:
        if name in BROAD:
            continue
        given = ClaimFilterSet.read(QueryDict(urlencode({name: value_of(name)})))
        claims = ClaimFilterSet.apply(Claim.objects.values("pk").order_by(), given)
        for node in nodes(claims):
            if node.get("Relation Name") in ("claims_claim", "claims_appearance"):
                assert node["Node Type"] != "Seq Scan", (name, node)
                # An index read from end to end is a table read from end to end.
                assert node["Node Type"] == "Bitmap Heap Scan" or "Index Cond" in node, (name, node)


def test_orderings_have_indexes(crowd):
    # Of so few rows, gathering and sorting may be cheaper: with that off too, only what has no index in its order sorts.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    for ordering in ClaimViewSet.orderings:
        if "relevance" in ordering:
            continue
        key = Claim._meta.get_field(ordering.lstrip("-"))
        for position in (None, (getattr(Claim.objects.order_by("pk")[1], key.name), 2)):
            page = beginning_at(Claim.objects.all(), Window(ordering, key, Cursor(False, position), 50), position)
            plan = list(nodes(page.values("pk")[:50]))
            kinds = {node["Node Type"] for node in plan}
            assert kinds <= {"Limit", "Index Scan", "Index Only Scan", "Result"}, (ordering, plan)
            # The cursor is where the scan begins.
            assert position is None or any("Index Cond" in node for node in plan), (ordering, plan)


@pytest.mark.parametrize("model", [Source, Speaker, Topic])
def test_one_public_claim_is_enough_to_show_a_row(crowd, model):
    shown = model.objects.visible_to(AnonymousUser()).filter(pk=1)
    assert "SubPlan" in {node.get("Parent Relationship") for node in nodes(shown)}, "a join reads all of its claims"


# The newest of these are found in an index that has them in this order, however many there are.
IN_ORDER = ["speaker", "status", "verdict", "source", "source_domain", "topic", "language"]


@pytest.mark.parametrize("name", IN_ORDER)
@pytest.mark.parametrize("position", [None, (datetime(2100, 1, 1, tzinfo=UTC), 2)])
def test_the_newest_are_read_in_order(crowd, name, position):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    found = ClaimFilterSet.base_filters[name]
    claims = found.filter(Claim.objects.all(), [found.value_field.clean(value_of(name))])
    window = Window("-created_at", Claim._meta.get_field("created_at"), Cursor(False, position), 50)
    page = beginning_at(claims, window, position)
    plan = list(nodes(page.values("pk")[:50]))
    assert "Sort" not in {node["Node Type"] for node in plan}, plan
    # Not the order of all claims, with most of them passed by; and the cursor is where the scan begins.
    [index] = [node for node in plan if "created_at" in str(node.get("Index Cond" if position else "Index Name"))] or [
        {}
    ]
    assert index.get("Index Name") != "claim_created", plan
    assert position is None or index, plan


def test_there_are_values_for_every_filter():
    assert ClaimFilterSet.base_filters.keys() <= VALUES.keys() | BROAD
