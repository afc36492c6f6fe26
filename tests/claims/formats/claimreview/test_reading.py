import json
from typing import Any

import pytest

from claims.formats.claimreview import Claimant, ClaimReview, Rating, Unreadable, read

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
        ({"@type": "schema:ClaimReview", **{f"schema:{k}": v for k, v in NODE.items() if k[0] != "@"}}, "a prefix"),
        (
            {
                "@context": [{"s": "http://schema.org/"}, "https://a.example/context"],
                "@type": "s:ClaimReview",
                **{f"s:{k}": v for k, v in NODE.items() if k[0] != "@"},
            },
            "a prefix that the document declares",
        ),
        (
            [
                {
                    "@type": ["https://schema.org/ClaimReview"],
                    **{
                        f"https://schema.org/{name}": [value if isinstance(value, dict) else {"@value": value}]
                        for name, value in NODE.items()
                        if name not in ("@type", "@context", "url")
                    },
                    "https://schema.org/url": [{"@id": NODE["url"]}],
                }
            ],
            "expanded JSON-LD",
        ),
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


@pytest.mark.parametrize(
    ("rating", "reason"),
    [
        ({"alternateName": "", "ratingValue": "Falso"}, "in the place of the number"),
        ({"name": "Falso", "ratingValue": ""}, "as the rating's name"),
        ({"alternateName": "Falso", "name": "Rating"}, "as both: alternateName is what Google documents"),
        ("Falso", "alone"),
        ([{"alternateName": "Falso"}], "in a list"),
        ({"schema:alternateName": "Falso"}, "with a prefix"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_label_is_found_elsewhere(rating, reason):
    found = one(reviewRating=rating)
    assert (found.label, found.rating) == ("Falso", None)


@pytest.mark.parametrize(
    ("members", "code", "field", "reason"),
    [
        ({"datePublished": "03/05/2025"}, "date_left_out", "datePublished", "which is the month?"),
        ({"datePublished": "some day"}, "date_left_out", "datePublished", "words"),
        ({"datePublished": 1583366400}, "date_left_out", "datePublished", "seconds since 1970"),
        ({"datePublished": {"year": 2025}}, "date_left_out", "datePublished", "an object of another kind"),
        (
            {"itemReviewed": {"datePublished": "3.5.2025"}},
            "date_left_out",
            "itemReviewed.datePublished",
            "of the claim",
        ),
        ({"inLanguage": "English"}, "language_left_out", "inLanguage", "the name of a language"),
        ({"inLanguage": {"@type": "Language", "name": "Deutsch"}}, "language_left_out", "inLanguage", "an object"),
        ({"claimReviewed": ["Sold.", "Bought."]}, "several_values", "claimReviewed", "which claim is it?"),
        ({"itemReviewed": {"author": {"name": ["A", "B"]}}}, "several_values", "itemReviewed.author.name", "who?"),
        (
            {"reviewRating": [{"alternateName": "A"}, {"alternateName": "B"}]},
            "several_values",
            "reviewRating",
            "which?",
        ),
        (
            {"reviewRating": {"ratingValue": 4}},
            "rating_left_out",
            "reviewRating.ratingValue",
            "a number without a label",
        ),
        (
            {"reviewRating": {"alternateName": "A", "ratingValue": 9, "bestRating": 5}},
            "rating_left_out",
            "reviewRating.ratingValue",
            "a number beyond the scale",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_left_out_is_said(members, code, field, reason):
    assert [(warning.code, warning.field) for warning in one(**members).warnings] == [(code, field)]


@pytest.mark.parametrize(
    "members",
    [{"datePublished": "0001-01-01"}, {"datePublished": ""}, {"inLanguage": ""}, {"reviewRating": {"ratingValue": -1}}],
    ids=str,
)
def test_a_placeholder_is_left_out_without_a_word(members):
    assert one(**members).warnings == ()


@pytest.mark.parametrize("written", ["0999-12-31", "3000-01-01", "5 March 12025"])
def test_a_year_that_cannot_be_right_is_refused(written):
    found = one(datePublished=written)
    if written == "5 March 12025":
        assert [warning.code for warning in found.warnings] == ["date_left_out"]
    else:
        assert found == Unreadable(
            f"datePublished: The year {int(written[:4])} cannot be right: years go from 1000 to 2999."
        )


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"claimReviewed": {"@type": "Claim", "text": "It sank."}}, "a Claim object"),
        ({"claimReviewed": {"@type": "Claim", "name": "It sank."}}, "a Claim that has a name alone"),
        ({"claimReviewed": [{"@type": "Claim", "text": ["", "It sank."]}]}, "in lists"),
        ({"claimReviewed": "", "itemReviewed": {"@type": "Claim", "text": "It sank."}}, "the text of the item"),
        ({"claimReviewed": "", "itemReviewed": {"@type": "Claim", "name": "It sank."}}, "its name"),
        ({"claimReviewed": {"@id": "#c"}, "mentions": {"@id": "#c", "text": "It sank."}}, "a reference"),
        ({"claimReviewed": {"@value": "It sank.", "@language": "en"}}, "a value object"),
        ({"claimReviewed": None, "schema:claimReviewed": "It sank."}, "a prefix, the bare name empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_claim_is_found_where_the_vocabulary_allows_it(members, reason):
    assert one(**members).text == "It sank."


@pytest.mark.parametrize(
    ("item", "names", "reason"),
    [
        ({"author": [{"name": "Ada Brook"}, {"name": "Bo Lin"}]}, ["Ada Brook", "Bo Lin"], "several authors"),
        ({"author": ["Ada Brook", "Bo Lin"]}, ["Ada Brook", "Bo Lin"], "by name alone"),
        ({"author": {"@set": ["Ada Brook", {"name": "Bo Lin"}]}}, ["Ada Brook", "Bo Lin"], "a set"),
        ({"author": [{"@list": ["Ada Brook", "Bo Lin"]}]}, ["Ada Brook", "Bo Lin"], "a list object"),
        ({"creator": ["Ada Brook", "Bo Lin"]}, ["Ada Brook", "Bo Lin"], "the creator is the author"),
        (
            {"author": [{"givenName": "Ada", "familyName": "Brook"}, {"familyName": "Lin"}]},
            ["Ada Brook", "Lin"],
            "names in parts",
        ),
        ([{"author": "Ada Brook"}, {"author": "Bo Lin"}], ["Ada Brook", "Bo Lin"], "several items"),
        ([{"author": "Ada Brook"}, {}], ["Ada Brook", None], "one of them nobody's"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_several_claimants_make_several_reviews(item, names, reason):
    found = list(read({**NODE, "itemReviewed": item}))
    assert [review.claimant and review.claimant.name for review in found] == names
    assert {(review.url, review.text, review.label) for review in found} == {(REVIEW.url, REVIEW.text, REVIEW.label)}


def test_a_claim_object_says_who_made_it():
    claim = {
        "@type": "Claim",
        "text": "It sank.",
        "author": {"@type": "Person", "name": "Ada Brook"},
        "datePublished": "2025",
    }
    found = one(claimReviewed=claim, itemReviewed=None)
    assert (found.text, found.claimant, found.said) == ("It sank.", Claimant("Ada Brook"), "2025")


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
        (20190101, "2019-01-01", "a day as a number"),
        (2019, "2019", "a year as a number"),
        ({"@type": "Date", "@value": "2019-01-23"}, "2019-01-23", "a value object"),
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


def test_a_document_as_deep_as_it_likes():
    document: Any = NODE
    for _ in range(20_000):
        document = [document]
    assert list(read(document)) == [REVIEW]
