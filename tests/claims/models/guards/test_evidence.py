"""What the database refuses of evidence that quotes a snapshot, when SQL bypasses the verbs."""

import pytest

from claims.models import Evidence
from tests.claims.statements import evidence, row, settled
from tests.factories import QUOTE, TEXT, make_claim, make_snapshot, make_user, step
from tests.psql import refusal, run

pytestmark = pytest.mark.django_db

START = TEXT.index(QUOTE)
END = START + len(QUOTE)
SLICE = {"quote": QUOTE, "start_offset": START, "end_offset": END, "prefix": TEXT[:START], "suffix": TEXT[END:]}


@pytest.fixture
def anchored():
    return {"snapshot_id": make_snapshot().pk, **SLICE}


def entered(claim, **columns):
    return row(claim, "checked"), evidence(**columns), settled(claim)


def test_a_slice_goes_in(anchored):
    run(*entered(make_claim("in_review"), **anchored))
    assert Evidence.objects.get(review=9_000_000).quote == QUOTE


MOVED = [
    ({"quote": QUOTE.upper()}, "quote_not_slice", "another quote"),
    ({"start_offset": START + 1, "end_offset": END + 1}, "quote_not_slice", "another place"),
    ({"prefix": ""}, "quote_not_slice", "no prefix, though the text has one"),
    ({"suffix": TEXT[END:].upper()}, "quote_not_slice", "another suffix"),
    ({"suffix": ""}, "quote_not_slice", "no suffix, though the text has one"),
    ({"start_offset": None}, "evidence_offsets", "no start"),
    ({"end_offset": None}, "evidence_offsets", "no end"),
    ({"snapshot_id": None}, "evidence_offsets", "offsets without a snapshot"),
    (
        {"snapshot_id": None, "start_offset": None, "end_offset": None},
        "evidence_offsets",
        "surroundings without a snapshot",
    ),
    ({"quote": "", "end_offset": START}, "evidence_offsets", "an empty quote"),
    ({"end_offset": END + 1}, "evidence_length", "an end that is not that of the quote"),
]


@pytest.mark.parametrize(("changed", "guard", "reason"), MOVED)
def test_what_is_no_slice(anchored, changed, guard, reason):
    claim = make_claim("in_review")
    assert refusal(*entered(claim, **{**anchored, **changed})) == guard, reason


def test_the_slice_of_another_snapshot(anchored):
    other = make_snapshot(TEXT.replace("nine", "five")).pk
    assert refusal(*entered(make_claim("in_review"), **{**anchored, "snapshot_id": other})) == "quote_not_slice"


@pytest.mark.parametrize(
    "change", ["snapshot_id = NULL, start_offset = NULL, end_offset = NULL", "start_offset = 1", "suffix = ''"]
)
def test_it_never_changes(anchored, change):
    run(*entered(make_claim("in_review"), **anchored))
    assert refusal(f"UPDATE claims_evidence SET {change}") == "frozen"


def test_a_snapshot_that_evidence_quotes_stays(anchored):
    run(*entered(make_claim("in_review"), **anchored))
    assert refusal(f"DELETE FROM sources_snapshot WHERE id = {anchored['snapshot_id']}") == "frozen"


COPIES = [
    (
        {"snapshot_id": None, "start_offset": None, "end_offset": None, "prefix": "", "suffix": ""},
        "without the snapshot",
    ),
    ({"snapshot_id": "other"}, "from another snapshot"),
    ({"start_offset": 0, "end_offset": 3}, "from another place"),
]


@pytest.mark.parametrize(("changed", "reason"), COPIES)
def test_an_approval_takes_over_snapshot_and_offsets(changed, reason):
    place, text = make_snapshot("One. Two. One."), "One. Two. One."
    given = {"url": place.article.url, "stance": "refutes", "snapshot": place.pk, "quote": "One", "start": 10}
    claim = make_claim("in_review")
    step(claim, "awaiting_approval", by=make_user("moderator"), evidence=[given])
    columns = {"snapshot_id": place.pk, "start_offset": 10, "end_offset": 13} | changed
    if columns["snapshot_id"] == "other":
        columns["snapshot_id"] = make_snapshot(text).pk
    start, end = columns["start_offset"], columns["end_offset"]
    around = {"prefix": text[:start], "suffix": text[end:]} if start is not None else {}
    copy = {"url": given["url"], "quote": "One", **around, **columns}
    assert refusal(row(claim, "checked"), evidence(**copy), settled(claim)) == "approves", reason
