import gzip
import json

import pytest

from claims.formats.claimreview import ClaimReview, Rating, files
from tests.claims.formats.claimreview.test_reading import NODE, REVIEW, SAMPLES

TABLE = (
    "URL\tAuthor\tdatePublished\tclaimReviewed\ttitle\tratingValue\tbestRating\talternativeName\tother\n"
    "https://lantern.example/1\tLantern\t2024-05-06 10:00:00\tThe ferry is free.\tIs it?\t4\t6\tFalso\tx\n"
    "https://lantern.example/1\tLantern\t2024-05-06\t\tIs it?\t\t6\t\tx\n"
)
PAGE = f"<!doctype html><title>A page</title><script type='application/ld+json'>{json.dumps(NODE)}</script>"


def test_a_table_with_named_columns():
    (first, review), (second, without_claim) = files.items(TABLE.encode())
    assert (first, second) == ("line 2", "line 3")
    assert review == ClaimReview(
        url="https://lantern.example/1",
        text="The ferry is free.",
        publisher="Lantern",
        site="lantern.example",
        label="Falso",
        rating=Rating(4, 6, 1),
        published="2024-05-06",
        title="Is it?",
    )
    assert isinstance(without_claim, ClaimReview)
    assert (without_claim.text, without_claim.label, without_claim.rating) == ("", "", None)


@pytest.mark.parametrize(
    ("content", "places", "reason"),
    [
        (json.dumps(NODE), ["item 1"], "JSON-LD"),
        (json.dumps({"@graph": [NODE, NODE]}), ["item 1", "item 2"], "a graph is not counted twice"),
        (json.dumps({"dataFeedElement": [{"item": [NODE]}]}), ["item 1"], "a feed"),
        (f"{json.dumps(NODE)}\n\n{json.dumps(NODE)}\n", ["line 1", "line 3"], "one object a line"),
        (PAGE, ["item 1"], "a page"),
        (f"\ufeff{json.dumps(NODE)}", ["item 1"], "a byte order mark"),
        ("[]", [], "nothing"),
        ("<p>Nothing to see.", [], "a page without any"),
        ("<!-- -->", [], "a page without anything"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_kinds_of_files(content, places, reason, pack):
    found = list(files.items(pack(content.encode())))
    assert [place for place, _ in found] == places
    assert all(item == REVIEW for _, item in found)


def test_a_line_that_is_not_json_is_named():
    found = dict(files.items(f"{json.dumps(NODE)}\n{{oops\n{json.dumps(NODE)}".encode()))
    assert found["line 1"] == found["line 3"] == REVIEW
    assert isinstance(found["line 2"], files.Unreadable)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x1f\x8b rubbish", "a broken gzip file"),
        (gzip.compress(b"{}" * 1000)[:-20], "a torn gzip file"),
        ("Ürü".encode("latin-1"), "another encoding"),
        (b"name\tvalue\n1\t2\n", "a table of something else"),
        (b"", "an empty file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_such_file_is_refused(data, reason):
    with pytest.raises(files.NotClaimReview):
        list(files.items(data))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_sample_table():
    found = [item for _, item in files.items((SAMPLES / "claimreview/FACTCKBR.tsv").read_bytes())]
    reviews = [item for item in found if isinstance(item, ClaimReview)]
    assert len(found) == len(reviews) == 1313
    assert sum(not review.text for review in reviews) == 13
    assert all(review.published for review in reviews)
    assert {review.site for review in reviews} == {"aosfatos.org", "apublica.org", "piaui.folha.uol.com.br"}
