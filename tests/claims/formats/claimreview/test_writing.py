from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.formats.claimreview import Claimant, ClaimReview, Correction, Rating, Work, read
from claims.formats.claimreview.validating import validate
from claims.formats.claimreview.writing import feed_item, graph, write
from tests.claims.formats.claimreview.test_reading import REVIEW

WHOLE = replace(
    REVIEW,
    modified="2025-04-01",
    publisher_url="https://www.lantern.example",
    explanation="The deed names another buyer.",
    appearances=(
        Work("https://paper.example/1", "Sold!", "2025-03-01", "The Paper", "https://archive.example/1"),
        Work(title="A speech"),
    ),
    citations=(Work("https://registry.example/deed", "The deed"),),
    corrections=(Correction("We had the wrong year.", "2025-04-01"),),
    license="https://creativecommons.org/licenses/by/4.0/",
)


def test_it_works():
    node = write(WHOLE)
    assert node["itemReviewed"]["author"]["name"] == "Ottoline Brandt"
    assert node["itemReviewed"]["firstAppearance"] == {
        "@type": "CreativeWork",
        "url": "https://paper.example/1",
        "headline": "Sold!",
        "datePublished": "2025-03-01",
        "publisher": {"@type": "Organization", "name": "The Paper"},
        "archivedAt": "https://archive.example/1",
    }
    assert [work["headline"] for work in node["itemReviewed"]["appearance"]] == ["Sold!", "A speech"]
    assert node["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Wide of the mark",
        "ratingExplanation": "The deed names another buyer.",
    }
    assert node["citation"] == [
        {"@type": "CreativeWork", "url": "https://registry.example/deed", "headline": "The deed"}
    ]
    assert node["correction"] == [
        {"@type": "CorrectionComment", "text": "We had the wrong year.", "datePublished": "2025-04-01"}
    ]
    assert validate({"@context": "https://schema.org", **node}, site="lantern.example") == []


def test_an_organisation_has_no_job():
    ministry = Claimant("Roads Office", "Organization", "Authority")
    assert "jobTitle" not in write(replace(REVIEW, claimant=ministry))["itemReviewed"]["author"]


def test_what_is_not_known_is_left_out():
    node = write(ClaimReview("https://lantern.example/1", "It is so.", "Lantern", "lantern.example", "Unclear"))
    assert node["itemReviewed"] == {"@type": "Claim"}
    assert node["reviewRating"] == {"@type": "Rating", "alternateName": "Unclear"}
    assert not {"citation", "correction", "license", "inLanguage", "dateModified"} & set(node)


def test_a_feed_names_the_site_and_both_dates():
    item = feed_item(WHOLE)
    assert (item["url"], item["dateCreated"], item["dateModified"]) == (
        "https://www.lantern.example",
        "2025-03-04",
        "2025-04-01",
    )
    assert list(read({"dataFeedElement": [item]})) == [REVIEW]


words = st.from_regex(r"[A-Za-zÀ-ɏ一-鿿]{1,9}( [A-Za-z0-9’-]{1,9}){0,3}", fullmatch=True)
# Years before and after these may be of another calendar, and are not read.
dates = st.one_of(st.just(""), st.dates(date(1481, 1, 1), date(2439, 12, 31)).map(str))
reviews = st.builds(
    ClaimReview,
    url=st.just("https://www.lantern.example/checks/1"),
    text=words,
    publisher=words,
    site=st.just("lantern.example"),
    label=words,
    rating=st.one_of(st.none(), st.builds(Rating, st.integers(1, 5), st.just(5), st.just(1))),
    claimant=st.one_of(
        st.none(),
        st.builds(Claimant, words, st.just("Person"), words),
        st.builds(Claimant, words, st.just("Organization")),
    ),
    said=dates,
    published=dates,
    language=st.sampled_from(["", "en", "pt-BR", "sr-Latn"]),
    title=words,
)


@given(st.lists(reviews, max_size=3))
def test_what_is_written_reads_back_the_same(written):
    assert list(read(graph([write(review) for review in written]))) == written


@pytest.mark.parametrize("best", [5, 1])
def test_half_steps_stay(best):
    review = replace(REVIEW, rating=Rating(2.5, best, 6 - best))
    assert list(read(write(review))) == [review]
