"""Whatever the filters, the ordering and the size of the pages: a walk meets each matching row once, while others come too."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.api.views.claims import ClaimViewSet
from claims.curating import edit_claim
from claims.models import Claim
from tests.factories import QUOTE, make_claim, make_snapshot, make_source, make_speaker, make_topic, make_user, step

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BRIDGE, FERRY = "The bridge carries cars.", "A ferry sails."


class Desk:
    """Public claims that share and lack all that can be filtered by; `add` makes one more."""

    def __init__(self):
        self.author, self.editor = make_user("contributor"), make_user("editor")
        self.speakers = [make_speaker("Mara Quill", aliases=["The Mayor"]), make_speaker("Ole Brandt"), None]
        sources = [make_source("one.example"), make_source("two.example")]
        published = [NOON, NOON + timedelta(days=30)]
        self.snapshots = [
            make_snapshot(
                source=source, canonical_url=f"https://{host}.example/a", published_at=at, published_precision="day"
            )
            for source, host, at in zip(sources, ("one", "two"), published, strict=True)
        ]
        self.topics = [make_topic("roads"), make_topic("ferries")]
        self.numbers = count()
        for status in ["unverified", "checked", "in_review", "unverified", "withdrawn", "unverified", "checked"]:
            self.add(status)
        [corrected] = Claim.objects.filter(status="checked").order_by("pk")[:1]
        step(corrected, "checked", by=self.editor, verdict="satire")
        corrected.refresh_from_db()
        edit_claim(claim=corrected, by=self.editor, expected=None, review_by="2027-02-01")

    def add(self, status="unverified"):
        number = next(self.numbers)
        claim = make_claim(
            status,
            text=[BRIDGE, FERRY][number % 2],
            speaker=self.speakers[number % 3],
            language=["en", "de", ""][number % 3],
            said_at=["2025", "2025-03-01", ""][number % 3],
            due_on=["2027", "2027-03", ""][number % 3],
            topics=[["roads"], ["roads", "ferries"], []][number % 3],
            appearances=[{"snapshot": s, "quote": QUOTE} for s in self.snapshots[: 1 + number % 2]],
        )
        Claim.objects.filter(pk=claim.pk).update(updated_at=NOON + timedelta(seconds=number % 2))
        return claim.pk

    def filters(self):
        """Each filter with values to give it, and whether a claim's row passes any of those."""
        ids = [snapshot.article_id for snapshot in self.snapshots]
        sources = [snapshot.article.source_id for snapshot in self.snapshots]
        known = [speaker.pk for speaker in self.speakers if speaker]

        def provenance(member, name="id"):
            return lambda row, values: any(place[member][name] in values for place in row["provenance"])

        def day(text):
            return (text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10]

        return {
            "status": (["unverified", "checked", "dismissed"], lambda row, values: row["status"] in values),
            "verdict": (["false", "satire"], lambda row, values: (row["verdict"] or {}).get("code") in values),
            "has_verdict": (["true", "false"], lambda row, values: str(row["verdict"] is not None).lower() in values),
            "corrected": (["true", "false"], lambda row, values: str(row["corrected"]).lower() in values),
            "speaker": ([*known, "none"], lambda row, values: (row["speaker"] or {"id": "none"})["id"] in values),
            "speaker_name": (["the mayor", "OLE BRANDT"], lambda row, values: row["speaker"] and (
                row["speaker"]["name"] in {"the mayor": "Mara Quill", "OLE BRANDT": "Ole Brandt"}[values[0]]
                or row["speaker"]["name"] in {"the mayor": "Mara Quill", "OLE BRANDT": "Ole Brandt"}[values[-1]])),
            "source": (sources, provenance("source")),
            "source_domain": (["one.example", "two.example"], provenance("source", "domain")),
            "article": (ids, provenance("article")),
            "article_url": (["https://one.example/a", "https://two.example/a"], provenance("article", "url")),
            "topic": (["roads", "ferries"], lambda row, values: bool({*row["topics"]} & {*values})),
            "language": (["en", "de"], lambda row, values: row["language"] in values),
            "said_after": (["2025-02-01"], lambda row, values: row["said_at"] and day(row["said_at"]) >= values[0]),
            "said_before": (["2025-02-01"], lambda row, values: row["said_at"] and day(row["said_at"]) < values[0]),
            "reviewed_after": (["2020-01-01"], lambda row, values: row["reviewed_at"] is not None),
            "reviewed_before": (["2020-01-01"], lambda row, values: False),
            "published_after": (["2026-03-15"], lambda row, values: len(row["provenance"]) == 2),
            "published_before": (["2026-03-15"], lambda row, values: True),
            "review_by_after": (["2027-01-01"], lambda row, values: (row["review_by"] or "") >= values[0]),
            "review_by_before": (["2027-02-02"], lambda row, values: "" < (row["review_by"] or "") < values[0]),
            "due_after": (["2027-04-01"], lambda row, values: row["due_on"] == "2027"),
            "due_before": (["2027-04-01"], lambda row, values: row["due_on"] == "2027-03"),
            "updated_since": (["2026-03-01", "2020-01-01"], lambda row, values: True),
            "q": (["ferry", "cars"], lambda row, values: any(
                {"ferry": "ferry", "cars": "cars"}[v] in row["text"] + QUOTE for v in values)),
            "ids": (["1,2,3", "4"], lambda row, values: str(row["id"]) in ",".join(values).split(",")),
        }  # fmt: skip


@pytest.fixture
def desk(db):
    return Desk()


def rows_of(client, **parameters):
    body = client.get(URL, parameters).json()
    return body["results"], body["next"]


def test_the_table_knows_every_filter(desk):
    assert desk.filters().keys() == ClaimViewSet.filterset_class.base_filters.keys()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.data(), limit=st.integers(1, 6), ordering=st.sampled_from(ClaimViewSet.orderings[:-1]), add=st.booleans()
)
def test_any_walk_meets_each_row_once(desk, data, limit, ordering, add):
    client = Client()
    known = desk.filters()
    corrected = {row["id"] for row in rows_of(client, corrected="true", limit=200)[0]}
    everything = [{**row, "corrected": row["id"] in corrected} for row in rows_of(client, limit=200)[0]]
    assert len(corrected) == 1

    names = data.draw(st.lists(st.sampled_from(sorted(known)), max_size=3, unique=True))
    chosen = {name: data.draw(st.lists(st.sampled_from(known[name][0]), min_size=1, unique=True)) for name in names}
    expected = {row["id"] for row in everything if all(known[name][1](row, values) for name, values in chosen.items())}

    page, address = rows_of(client, **chosen, ordering=ordering, limit=limit)
    met = [row["id"] for row in page]
    while address:
        if add and len(everything) < 100 and len(met) < 3 * limit:
            desk.add()
        body = client.get(address).json()
        met += [row["id"] for row in body["results"]]
        address = body["next"]
    assert len(met) == len(set(met)), "no row twice"
    assert expected <= set(met), "none is missed"
    assert set(met) - expected <= {pk for pk in met if pk > max(row["id"] for row in everything)}, (
        "and no other but new ones"
    )
    if not add:
        again = rows_of(client, **chosen, ordering=ordering, limit=200)[0]
        assert [row["id"] for row in again] == met, "in the order of the whole list"
