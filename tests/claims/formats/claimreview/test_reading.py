import json
from pathlib import Path
from typing import Any

import pytest

from claims.formats.claimreview import Claimant, ClaimReview, Rating, Unreadable, files, read

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples"

NODE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://www.lantern.example/checks/lighthouse",
    "name": "No, the lighthouse was not sold",
    "claimReviewed": "The town sold the lighthouse to a brewery.",
    "datePublished": "2025-03-04T18:30:00+02:00",
    "inLanguage": "en_GB",
    "author": {"@type": "Organization", "name": "Lantern Checks", "url": "https://www.lantern.example"},
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Wide of the mark",
    },
    "itemReviewed": {
        "@type": "Claim",
        "datePublished": "2025-03-01",
        "author": {
            "@type": "Person",
            "name": "Ottoline Brandt",
            "jobTitle": "Councillor",
            "sameAs": "https://www.wikidata.org/wiki/Q424242",
        },
    },
}

REVIEW = ClaimReview(
    url="https://www.lantern.example/checks/lighthouse",
    text="The town sold the lighthouse to a brewery.",
    publisher="Lantern Checks",
    site="lantern.example",
    label="Wide of the mark",
    rating=Rating(2, 5, 1),
    claimant=Claimant("Ottoline Brandt", "Person", "Councillor", ("https://www.wikidata.org/wiki/Q424242",)),
    said="2025-03-01",
    published="2025-03-04",
    language="en-GB",
    title="No, the lighthouse was not sold",
)


def one(**members: Any) -> Any:
    (found,) = read({**NODE, **members})
    return found


def rated(**members: Any) -> Any:
    found = one(reviewRating={"alternateName": "Nonsense", **members})
    return found.label, found.rating


def test_it_works():
    assert list(read(NODE)) == [REVIEW]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([NODE], "a list"),
        ({"@graph": [{"@type": "WebSite"}, NODE]}, "a graph"),
        ({"@type": "NewsArticle", "review": {"claims": [NODE]}}, "inside an article"),
        ({"@type": "DataFeed", "dataFeedElement": [{"item": [NODE]}, {"item": None}]}, "a feed, one item of it empty"),
        ({**NODE, "@type": ["Review", "https://schema.org/ClaimReview"]}, "several types, one a full address"),
        ({"type": "ClaimReview", **{k: v for k, v in NODE.items() if k != "@type"}}, "type for @type"),
        ({"source": "a dump", "jsonld": json.loads(json.dumps(NODE))}, "wrapped by whoever collected it"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_reviews_are_found_wherever_they_are(document, reason):
    assert list(read(document)) == [REVIEW]


@pytest.mark.parametrize(
    ("rating", "expected", "reason"),
    [
        ({"ratingValue": "5", "bestRating": "1", "worstRating": "5"}, Rating(5, 1, 5), "upside down, and as text"),
        ({"ratingValue": 3}, Rating(3, 5, 1), "schema.org assumes 1 to 5"),
        ({"ratingValue": 1, "bestRating": 2, "worstRating": 0}, Rating(1, 2, 0), "a scale that begins at 0"),
        ({"ratingValue": -1, "bestRating": -1, "worstRating": -1}, None, "-1 stands for none"),
        ({"ratingValue": 1, "bestRating": 1, "worstRating": 1}, None, "a scale of one step"),
        ({"ratingValue": 6, "bestRating": 5, "worstRating": 1}, None, "beyond the scale"),
        ({"ratingValue": "", "bestRating": "8"}, None, "no number"),
        ({"ratingValue": "NaN"}, None, "what Python reads as a number"),
        ({"ratingValue": True}, None, "a boolean"),
        ({"ratingValue": 4, "bestRating": "five"}, None, "an end of the scale is no number"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_number_counts_only_where_it_means_something(rating, expected, reason):
    assert rated(**rating) == ("Nonsense", expected)


def test_a_number_without_a_label_does_not_count():
    assert rated(alternateName="", ratingValue=4) == ("", None)


def test_a_label_in_the_place_of_the_number_is_the_label():
    assert rated(alternateName="", ratingValue="Falso") == ("Falso", None)


@pytest.mark.parametrize(
    ("written", "expected", "reason"),
    [
        ("2020-10-07 20:05", "2020-10-07", "a space, no zone"),
        ("2017-03-01 20:30:17 UTC", "2017-03-01", "a zone by name"),
        ("2019-01-23T23:59:00+0100", "2019-01-23", "the day in its own zone"),
        ("2019-11", "2019-11", "a month"),
        ("0001-01-01 00:00:00Z", "", "a program's null"),
        ("2019-02-30", "", "no such day"),
        ("yesterday", "", "words"),
        (20190101, "", "a number"),
        (None, "", "null"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_dates(written, expected, reason):
    assert one(datePublished=written).published == expected


@pytest.mark.parametrize(
    ("members", "expected", "reason"),
    [
        ({"author": {"name": "https://www.lantern.example"}}, "lantern.example", "an address is no name"),
        ({"author": {"url": "https://www.lantern.example"}}, "lantern.example", "no name, but an address"),
        ({"author": {"name": "https:lantern"}}, "lantern.example", "neither: the review's own host"),
        ({"author": None}, "lantern.example", "nobody at all"),
        ({"author": "Lantern Checks"}, "Lantern Checks", "a bare name"),
        ({"author": [{"name": "First"}, {"name": "Second"}]}, "First", "several"),
        (
            {
                "author": {"@type": "Person", "name": "Ada Quill"},
                "publisher": {"@type": "Organization", "name": "Lantern"},
            },
            "Lantern",
            "the organisation rather than its writer",
        ),
        ({"author": {"@type": "Person", "name": "Ada Quill"}}, "Ada Quill", "a person alone"),
        (
            {"author": {"@id": "#us"}, "about": {"@id": "#us", "name": "Lantern &amp; Sons"}},
            "Lantern & Sons",
            "a reference",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_publishers(members, expected, reason):
    assert one(**members).publisher == expected


@pytest.mark.parametrize(
    ("written", "expected", "reason"),
    [
        ("  The town\n sold it. ", "The town sold it.", "white space"),
        ("&quot;Sold&quot; &amp;#8211; to whom?", '"Sold" &#8211; to whom?', "escaped once too often, and read once"),
        ("<p>The <b>town</b> sold it.</p>", "The town sold it.", "tags of the page"),
        ("Prices are <5 and >3.", "Prices are <5 and >3.", "signs that are no tags"),
        ({"@value": "Sold.", "@language": "en"}, "Sold.", "a value object"),
        (["", "Sold.", "Bought."], "Sold.", "several: the first that says something"),
        (None, "", "null"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_texts(written, expected, reason):
    assert one(claimReviewed=written).text == expected


@pytest.mark.parametrize(
    ("item", "expected", "reason"),
    [
        ({"author": {"@type": "Person", "name": " Ottoline \n Brandt"}}, Claimant("Ottoline Brandt"), "white space"),
        ({"author": {"type": "Organization", "name": "Quay Line"}}, Claimant("Quay Line", "Organization"), "type"),
        ({"author": "Ottoline Brandt"}, Claimant("Ottoline Brandt"), "a bare name"),
        ({"author": {"name": "A", "sameAs": ["a.example", ""]}}, Claimant("A"), "what is no address identifies nobody"),
        ({"author": {"@type": "Person", "name": ""}}, None, "an empty name"),
        ({"author": []}, None, "an empty list"),
        (None, None, "no item"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_claimants(item, expected, reason):
    assert one(itemReviewed=item).claimant == expected


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"url": ""}, "an empty address"),
        ({"url": "checks/lighthouse"}, "a relative one, found nowhere"),
        ({"url": "ftp://lantern.example/"}, "not of the web"),
        ({"url": 17}, "no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_review_without_an_address_is_refused(members, reason):
    assert isinstance(one(**members), Unreadable)


@pytest.mark.parametrize(
    ("members", "page"),
    [
        ({"url": "", "mainEntityOfPage": {"@id": REVIEW.url}}, ""),
        ({"url": None, "@id": REVIEW.url}, ""),
        ({"url": "/checks/lighthouse"}, "https://www.lantern.example/checks/"),
        ({"url": ""}, REVIEW.url),
    ],
    ids=["page of the review", "its id", "relative to where it was found", "where it was found"],
)
def test_the_address_is_found_elsewhere(members, page):
    (found,) = read({**NODE, **members}, page=page)
    assert isinstance(found, ClaimReview)
    assert found.url == REVIEW.url


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_samples_come_through():
    found = dict(files.items((SAMPLES / "claimreview/claimreview_real.jsonl").read_bytes()))
    raw = [json.loads(line) for line in (SAMPLES / "claimreview/claimreview_real.jsonl").read_text().splitlines()]
    assert len(found) == 11
    for number, line in enumerate(raw, 1):
        item = found[f"line {number}"]
        node = line["jsonld"].get("@graph", [line["jsonld"]])[0]
        assert isinstance(item, ClaimReview)
        assert (item.url, item.label) == (node["url"], node["reviewRating"]["alternateName"])
        assert item.text == " ".join(node["claimReviewed"].split())
        assert item.published == node.get("datePublished", "")[:10]
        assert item.publisher == node["author"].get("name", "politifact.com")
        claimant = node["itemReviewed"].get("author", {}).get("name", "").strip()
        assert (item.claimant.name if item.claimant else "") == claimant
        assert (item.rating is None) == (number in (3, 6, 10))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_sample_pages_say_what_the_samples_say():
    known = [item for _, item in files.items((SAMPLES / "claimreview/claimreview_real.jsonl").read_bytes())]
    for page in (SAMPLES / "html/claimreview_pages").glob("*.gz"):
        ((_, item),) = files.items(page.read_bytes())
        assert item in known


def test_a_document_as_deep_as_it_likes():
    document: Any = NODE
    for _ in range(20_000):
        document = [document]
    assert list(read(document)) == [REVIEW]
