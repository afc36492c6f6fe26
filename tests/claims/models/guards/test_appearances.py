"""What the database refuses when SQL bypasses the verbs: appearances."""

import pytest

from claims.models import Appearance, Claim, ClaimSource
from tests.factories import make_claim, make_snapshot, make_source, make_user, take_to
from tests.psql import NEW_CLAIM, insert, refusal, run

pytestmark = pytest.mark.django_db

# The emoji counts as one: in UTF-16 it would be two.
TEXT = "😀 The mayor said: nine thousand cars. Nobody asked." + " Later" * 40
START = TEXT.index("nine")
SLICE = {
    "quote": "nine thousand cars",
    "start_offset": START,
    "end_offset": START + 18,
    "prefix": TEXT[:START],
    "suffix": TEXT[START + 18 : START + 118],
}


def row(claim, snapshot, **changed):
    return insert("claims_appearance", claim_id=claim.pk, snapshot_id=snapshot.pk, **{**SLICE, **changed})


def test_the_slice_as_it_stands_goes_in():
    claim = make_claim()
    run(row(claim, make_snapshot(TEXT)))
    assert claim.appearances.count() == 2


NOT_THE_SLICE = [
    # what differs, which guard, why
    ({"quote": "four thousand cars"}, "quote_not_slice", "other words of the same length"),
    ({"quote": "Nine thousand cars"}, "quote_not_slice", "another case"),
    ({"quote": None}, "quote", "no quote"),
    ({"quote": "", "end_offset": START}, "appearance_offsets", "nothing, found everywhere"),
    ({"quote": "nine thousand car"}, "appearance_length", "the length is not end minus start"),
    ({"start_offset": START + 1, "end_offset": START + 19}, "quote_not_slice", "counted in UTF-16 units"),
    ({"start_offset": START + 3, "end_offset": START + 21}, "quote_not_slice", "counted in bytes"),
    ({"start_offset": 9000, "end_offset": 9018}, "quote_not_slice", "beyond the end"),
    ({"start_offset": None}, "start_offset", "no start"),
    ({"start_offset": -1, "end_offset": 17}, "appearance_offsets", "before the beginning"),
    ({"prefix": ""}, "quote_not_slice", "no prefix, though something stands before"),
    ({"prefix": TEXT[1:START]}, "quote_not_slice", "a prefix shorter than what stands before"),
    ({"prefix": "x" * START}, "quote_not_slice", "another prefix"),
    ({"suffix": ""}, "quote_not_slice", "no suffix, though something stands after"),
    ({"suffix": TEXT[START + 18 : START + 68]}, "quote_not_slice", "half a suffix"),
    ({"suffix": "x" * 100}, "quote_not_slice", "another suffix"),
    ({"suffix": None}, "suffix", "null is no suffix"),
]


@pytest.mark.parametrize(("changed", "guard", "reason"), NOT_THE_SLICE)
def test_a_quote_that_is_not_the_slice(changed, guard, reason):
    assert refusal(row(make_claim(), make_snapshot(TEXT), **changed)) == guard, reason


def test_a_snapshot_that_comes_later_in_the_transaction():
    """Its foreign key is deferred: the quote would go in before there is a text that it could be a slice of."""
    claim, snapshot = make_claim(), make_snapshot(TEXT)
    snapshot.pk += 1000
    assert refusal(row(claim, snapshot)) == "quote_not_slice"


def test_one_bad_row_among_good_ones():
    claim, snapshot = make_claim(), make_snapshot(TEXT)
    sql, good = row(claim, snapshot)
    _, bad = row(claim, make_snapshot(TEXT), quote="four thousand cars")
    assert refusal((f"{sql}, ({', '.join(['%s'] * len(bad))})", good + bad)) == "quote_not_slice"


def test_twice_at_the_same_place():
    claim, snapshot = make_claim(), make_snapshot(TEXT)
    run(row(claim, snapshot))
    assert refusal(row(claim, snapshot)) == "appearance_once"


CHANGES = [
    ("quote = 'four thousand cars'", "the quote"),
    ("start_offset = start_offset + 1, end_offset = end_offset + 1", "where it is"),
    ("prefix = ''", "what stands before"),
    ("snapshot_id = (SELECT max(id) FROM sources_snapshot)", "the snapshot"),
    ("claim_id = (SELECT max(id) FROM claims_claim)", "the claim, without a merge"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES)
def test_an_appearance_does_not_change(change, reason):
    appearance = make_claim().appearances.get()
    make_claim()
    assert refusal(f"UPDATE claims_appearance SET {change} WHERE id = {appearance.pk}") == "frozen", reason


def test_the_last_appearance_stays():
    claim, snapshot = make_claim(), make_snapshot(TEXT)
    run(row(claim, snapshot))
    run(f"DELETE FROM claims_appearance WHERE snapshot_id = {snapshot.pk}")
    assert refusal(f"DELETE FROM claims_appearance WHERE claim_id = {claim.pk}") == "last_appearance"


def test_the_last_appearances_stay_though_deleted_together():
    claim = make_claim()
    run(row(claim, make_snapshot(TEXT)))
    assert refusal("DELETE FROM claims_appearance") == "last_appearance"


def test_a_claimreview_may_lose_its_last_appearance():
    claim = make_claim(origin="claimreview")
    run(f"DELETE FROM claims_appearance WHERE claim_id = {claim.pk}")
    assert not Appearance.objects.exists()


@pytest.mark.parametrize("status", ["checked", "awaiting_approval"])
def test_an_appearance_under_a_verdict_stays(status):
    claim, snapshot = make_claim(), make_snapshot(TEXT)
    run(row(claim, snapshot))
    take_to(claim, status)
    assert refusal(f"DELETE FROM claims_appearance WHERE snapshot_id = {snapshot.pk}") == "appearances_closed"


def test_a_claim_that_awaits_approval_gets_no_other():
    claim = make_claim("awaiting_approval")
    assert refusal(row(claim, make_snapshot(TEXT))) == "appearances_closed"


def test_a_claim_without_appearance_does_not_get_in():
    claim = insert("claims_claim", created_by_id=make_user("contributor").pk, **NEW_CLAIM)
    assert refusal(claim) == "no_appearance"


def test_which_sources_a_claim_is_found_in_is_nobodys_to_write():
    claim, other = make_claim(topics=["roads"]), make_source("other.example")
    for statement in (
        insert("claims_claimsource", claim_id=claim.pk, source_id=other.pk, created_at=claim.created_at),
        f"UPDATE claims_claimsource SET source_id = {other.pk}",
        "DELETE FROM claims_claimsource",
    ):
        assert refusal(statement) == "derived"
    assert refusal("UPDATE claims_claimtopic SET created_at = now()") == "frozen"
    assert refusal("UPDATE claims_claimtopic SET created_at = NULL") == "frozen"


def test_an_article_takes_its_claims_along_to_another_source():
    claim, other = make_claim(), make_source("other.example")
    there = claim.appearances.get().snapshot.article
    run(f"UPDATE sources_article SET source_id = {other.pk} WHERE id = {there.pk}")
    assert list(ClaimSource.objects.values_list("claim", "source")) == [(claim.pk, other.pk)]
    assert list(Claim.objects.in_source([other.pk])) == [claim]
    assert not Claim.objects.in_source([there.source_id]).exists()


def test_one_appearance_less_leaves_a_source_that_another_is_in():
    claim = make_claim()
    first = claim.appearances.get()
    run(row(claim, make_snapshot(TEXT, source=first.snapshot.article.source)))
    run(row(claim, make_snapshot(TEXT, source=make_source("other.example"))))
    assert ClaimSource.objects.count() == 2
    run(f"DELETE FROM claims_appearance WHERE id = {first.pk}")
    assert ClaimSource.objects.count() == 2
    claim.appearances.order_by("pk").last().delete()
    assert list(ClaimSource.objects.values_list("source", flat=True)) == [first.snapshot.article.source_id]
