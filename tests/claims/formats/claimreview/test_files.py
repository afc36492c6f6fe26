import gzip
import json
import time
from contextlib import nullcontext, suppress
from dataclasses import replace

import pytest

from claims.formats.claimreview import ClaimReview, Rating, files
from tests.claims.formats.claimreview.test_reading import NODE, REVIEW
from tests.claims.formats.claimreview.test_samples import SAMPLES

TABLE = (
    "URL\tAuthor\tdatePublished\tclaimReviewed\ttitle\tratingValue\tbestRating\talternativeName\tother\n"
    "https://lantern.example/1\tLantern\t2024-05-06 10:00:00\tThe ferry is free.\tIs it?\t4\t6\tFalso\tx\n"
    "https://lantern.example/1\tLantern\t2024-05-06\t\tIs it?\t\t6\t\tx\n"
)
PAGE = f"<!doctype html><title>A page</title><script type='application/ld+json'>{json.dumps(NODE)}</script>"


def test_a_table_with_named_columns():
    (first, review), (second, without_claim) = files.read_file(TABLE.encode()).items
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
        warnings=review.warnings,
    )
    assert [(warning.code, warning.field) for warning in review.warnings] == [("column_left_out", "other")]
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
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_kinds_of_files(content, places, reason, pack):
    found = files.read_file(pack(content.encode())).items
    assert [place for place, _ in found] == places
    assert all(item == REVIEW for _, item in found)


@pytest.mark.parametrize(
    ("script", "texts", "reason"),
    [
        ("{0}{1}", ["Sold.", "Bought."], "two objects in one script"),
        ("{0},\n{1};", ["Sold.", "Bought."], "with a comma between them"),
        ("<!-- {0} -->", ["Sold."], "inside a comment"),
        ("// <![CDATA[\n{0}\n// ]]>", ["Sold."], "inside a CDATA section"),
        ("\ufeff{0}", ["Sold."], "after a byte order mark"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_scripts_as_sites_write_them(script, texts, reason):
    nodes = [json.dumps({**NODE, "claimReviewed": text}) for text in ("Sold.", "Bought.")]
    page = f"<!doctype html><script type='application/ld+json'>{script.format(*nodes)}</script>"
    found = files.read_file(page.encode()).items
    assert [review.text for _, review in found] == texts
    assert not any(review.warnings for _, review in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('She said "no" today.', "around a word"),
        ('"No," she said.', "at the beginning, with a comma"),
        ('He calls it "a sale"', "at the end"),
        ('"Sold", "bought", "let": all of it.', "a list of words"),
        ('The 5" pipe', "one alone"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quotation_marks_that_were_not_escaped_are_put_right_with_a_warning(text, reason):
    written = json.dumps({**NODE, "claimReviewed": "…"}, ensure_ascii=False).replace("…", text)
    page = f"<!doctype html><script type='application/ld+json'>{written}</script>"
    [(_, review)] = files.read_file(page.encode()).items
    assert review == replace(REVIEW, text=text, warnings=review.warnings)
    assert [warning.code for warning in review.warnings] == ["json_repaired"]


@pytest.mark.parametrize(
    ("script", "codes", "reason"),
    [
        (
            '{"@type": "ClaimReview", // who\n"url": "https://a.example/1", "claimReviewed": "It //is/* so"}',
            [],
            "a comment",
        ),
        (
            '{"@type": "ClaimReview", /* who */ "url": "https://a.example/1", "claimReviewed": "It //is/* so",}',
            [],
            "of two kinds",
        ),
        (
            "{&quot;@type&quot;: &quot;ClaimReview&quot;, &quot;url&quot;: &quot;https://a.example/1&quot;,"
            " &quot;claimReviewed&quot;: &quot;It //is/* so&quot;}",
            [],
            "escaped for HTML",
        ),
        (
            r"""{"@type": "ClaimReview", "url": "https://a.example/1", "claimReviewed": "It \//is\/* \so"}""",
            ["json_repaired"],
            "what JSON does not escape",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_ways_to_miss_json(script, codes, reason):
    page = f"<!doctype html><script type='Application/LD+JSON; charset=utf-8'>{script}</script>"
    [(_, review)] = files.read_file(page.encode()).items
    assert review.text == "It //is/* so", reason
    assert [warning.code for warning in review.warnings] == codes


def test_a_column_of_another_name_is_left_out_with_a_warning():
    table = (
        "url\tclaimReviewed\tverdict\nhttps://a.example/1\tNine boats\tWrong\nhttps://a.example/2\tTen boats\tRight\n"
    )
    first, second = [review for _, review in files.read_file(table.encode()).items]
    assert [(warning.code, warning.field) for warning in first.warnings] == [("column_left_out", "verdict")]
    assert second.warnings == ()


def test_scripts_of_a_page_may_refer_to_each_other():
    """One plugin describes the site, another the review, and a third prints it behind the end of the page."""
    site = [
        {"@type": "Organization", "@id": "#site", "name": "Lantern"},
        {"@type": "Person", "@id": "#ann", "name": "Ann"},
    ]
    broken = '<script type="application/ld+json">{"@id": "#site", oops</script>'
    script = '<script type="application/ld+json">%s</script>'
    claim = {"@type": "Claim", "author": {"@id": "#ann"}}
    node = {**NODE, "author": {"@id": "#site"}, "itemReviewed": claim}
    page = f"<html><body>{script % json.dumps({'@graph': site})}{broken}</body></html>{script % json.dumps(node)}"
    [(_, review)] = files.read_file(page.encode()).items
    assert (review.publisher, review.claimant.name) == ("Lantern", "Ann")


def test_a_script_beyond_repair_is_named_and_the_others_are_read():
    page = f"{PAGE}<script type='application/ld+json'>{{'@type': 'ClaimReview'}}</script><script>{{</script>"
    (first, review), (second, unreadable) = files.read_file(page.encode()).items
    assert (first, review) == ("item 1", REVIEW)
    assert (second, unreadable.reason[:16]) == ("script 2", "It is not JSON: ")


@pytest.mark.parametrize(
    ("cells", "text", "reason"),
    [
        ('https://a.example/1\t"Nine boats" sail\tWrong', '"Nine boats" sail', "a cell that begins with a mark"),
        ('https://a.example/1\t"We closed none\tWrong', '"We closed none', "a mark that nothing closes"),
        ('https://a.example/1\tFive" of rain\tWrong', 'Five" of rain', "a mark inside"),
        ("https://a.example/1\t«Nine boats»\tWrong\r", "«Nine boats»", "the line end of Windows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_with_tabs_has_no_quotation_marks(cells, text, reason):
    table = f"url\tclaimReviewed\talternateName\n{cells}\nhttps://a.example/2\tTen boats sail\tRight\n"
    found = [item for _, item in files.read_file(table.encode()).items]
    assert [(review.text, review.label) for review in found] == [(text, "Wrong"), ("Ten boats sail", "Right")]


@pytest.mark.parametrize("row", ["https://a.example/1\tA cell is missing", "https://a.example/1\ta\tb\tc"])
def test_a_row_with_another_number_of_cells_is_refused_alone(row):
    table = f"url\tclaimReviewed\talternateName\n{row}\nhttps://a.example/2\tTen boats sail\tRight\n"
    (place, refused), (_, review) = files.read_file(table.encode()).items
    assert (place, isinstance(refused, files.Unreadable), review.label) == ("line 2", True, "Right")


@pytest.mark.parametrize(
    ("head", "url", "page", "reason"),
    [
        ("", "https://lantern.example/1", "https://lantern.example/1", "the one address of its reviews"),
        ("", "http://lantern.example/1?utm_source=a", "https://lantern.example/1", "in its canonical spelling"),
        ("<link rel=canonical href='/1'>", "https://lantern.example/1", "https://lantern.example/1", "it says so too"),
        (
            "<link rel=canonical href='https://other.example/'>",
            "https://lantern.example/1",
            "",
            "another page's review",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_page_that_a_file_is(head, url, page, reason):
    script = json.dumps({**NODE, "url": url})
    content = f"<!doctype html><head>{head}<script type='application/ld+json'>{script}</script>"
    assert files.read_file(content.encode()).page == page


def test_a_file_that_is_no_page_or_lists_those_of_several_has_no_address():
    assert files.read_file(json.dumps(NODE).encode()).page == ""
    other = json.dumps({**NODE, "url": "https://lantern.example/2"})
    assert files.read_file(f"{PAGE}<script type='application/ld+json'>{other}</script>".encode()).page == ""


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{**NODE, "url": f"https://a.example/{n}", "padding": "x" * 400} for n in range(5_000)]),
        '{"@type": "ClaimReview", "a": "' + '"' * 5_000_000,
        "[" * 5_000_000,
        "{" + '"@type": "ClaimReview", ' * 200_000,
        "<div itemscope itemtype='https://schema.org/ClaimReview'>" + "<b itemprop=name>" * 200 + "x y " * 1_200_000,
        "url\tclaimReviewed\n" + "\t" * 5_000_000,
    ],
    ids=["many reviews", "quotation marks", "brackets", "names", "markup inside markup", "tabs"],
)
def test_five_megabytes_cost_less_than_two_seconds(content):
    data = content.encode()
    before = time.process_time()
    with suppress(files.NotClaimReview):
        files.read_file(data)
    assert time.process_time() - before < 2


def test_a_line_that_is_not_json_is_named():
    found = dict(files.read_file(f"{json.dumps(NODE)}\n{{oops\n{json.dumps(NODE)}".encode()).items)
    assert found["line 1"] == found["line 3"] == REVIEW
    assert isinstance(found["line 2"], files.Unreadable)


def test_a_line_without_a_review_is_named():
    article = json.dumps({"@type": "NewsArticle", "url": "https://lantern.example/1"})
    found = dict(files.read_file(f"{json.dumps(NODE)}\n{article}".encode()).items)
    assert (found["line 1"], found["line 2"]) == (REVIEW, files.Unreadable("It contains no ClaimReview."))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x1f\x8b rubbish", "a broken gzip file"),
        (gzip.compress(b"{}" * 1000)[:-20], "a torn gzip file"),
        ("Ürü".encode("latin-1"), "another encoding"),
        (b"name\tvalue\n1\t2\n", "a table of something else"),
        (b"", "an empty file"),
        (b"[]", "a list of nothing"),
        (b'[{"@type": "NewsArticle", "url": "https://lantern.example/1"}]', "JSON-LD of other things"),
        (b"<p>Nothing to see.", "a page without any"),
        (b"<!-- -->", "a page without anything"),
        (b"<script type='application/ld+json'>{oops</script>", "a page whose script says nothing of reviews"),
        (b"url\tclaimReviewed\n", "a table without rows"),
        (b"url\tclaimReviewed\turl\nhttps://a.example\tx\ty\n", "a table with two columns of one name"),
        (b"url|claimReviewed\nhttps://a.example|x\n", "strokes in the place of tabs"),
        ("url;claimReviewed\nhttps://a.example;é\n".encode("cp1252"), "an encoding that nothing names"),
        (b'[{"@type": "ClaimReview", ', "JSON that ends too early"),
        (f"<p {' '.join(f'a{n}' for n in range(40_000))}>".encode(), "a page made to keep the parser busy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_such_file_is_refused(data, reason):
    with pytest.raises(files.NotClaimReview):
        files.read_file(data)


def script_of(content):
    return f"<script type='application/ld+json'>{content}</script>"


UNREPAIRED = '{"@type": "ClaimReview", "a": "' + '"x" ' * 200_000
COSTLY = [
    # content, what comes of it, why
    ("url\tclaimReviewed\n" + "a\n" * 2_400_000, files.TooManyReviews, "rows that are refused count"),
    ('{"a": 1}\n' * 550_000, files.TooManyReviews, "lines that are refused, too"),
    (script_of('{"@type": "ClaimReview"}' * 200_000), files.TooManyReviews, "objects in a row"),
    (script_of(UNREPAIRED) * 6, None, "quotation marks that nobody escaped, in script after script"),
    ("[" * 2_400_000 + "]" * 2_400_000, files.NotClaimReview, "brackets"),
    (
        json.dumps(
            {"@type": "ClaimReview", "url": "https://a.example/", "itemReviewed": {"author": ["Ann"] * 600_000}}
        ),
        files.TooManyReviews,
        "claimants",
    ),
]


@pytest.mark.parametrize(("content", "refused", "reason"), COSTLY, ids=[row[2] for row in COSTLY])
def test_the_worst_five_megabytes_cost_under_two_seconds(content, refused, reason):
    started = time.process_time()
    with pytest.raises(refused) if refused else nullcontext():
        files.read_file(content.encode(), most_items=1_000)
    assert time.process_time() - started < 2


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_sample_table():
    found = [item for _, item in files.read_file((SAMPLES / "claimreview/FACTCKBR.tsv").read_bytes()).items]
    reviews = [item for item in found if isinstance(item, ClaimReview)]
    assert len(found) == len(reviews) == 1313
    assert sum(not review.text for review in reviews) == 13
    assert all(review.published for review in reviews)
    assert {review.site for review in reviews} == {"aosfatos.org", "apublica.org", "piaui.folha.uol.com.br"}
