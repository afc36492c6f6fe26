"""The JSON of Google's Fact Check Tools API, without HTTP."""

import pytest

from claims.formats.google import answers
from tests.claims.formats.claimreview.test_reading import REVIEW


def test_a_claim():
    assert answers.claim("It is so.", "Ottoline Brandt", "2025-03", [REVIEW]) == {
        "text": "It is so.",
        "claimant": "Ottoline Brandt",
        "claimDate": "2025-03-01T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Lantern Checks", "site": "lantern.example"},
                "url": REVIEW.url,
                "title": "No, the lighthouse was not sold",
                "reviewDate": "2025-03-04T00:00:00Z",
                "textualRating": "Wide of the mark",
                "languageCode": "en-GB",
            }
        ],
    }


def test_absent_members_are_absent():
    assert answers.claim("It is so.", "", "", []) == {"text": "It is so."}
    assert answers.answer([], "") == {}


def test_a_year_begins_on_its_first_day():
    assert answers.claim("", "", "2025", [])["claimDate"] == "2025-01-01T00:00:00Z"


def test_a_token_holds_for_its_question():
    token = answers.page_token(7, ["ferries", None, 10])
    assert answers.read_token(token, ["ferries", None, 10]) == 7
    with pytest.raises(ValueError, match=r"^$"):
        answers.read_token(token, ["ferries", "en", 10])


@pytest.mark.parametrize("token", ["", "7", "é", "W10", "bnVsbA", "WzEsICIiLCAiNyJd"])
def test_what_is_no_token_is_refused(token):
    with pytest.raises((ValueError, TypeError)):
        answers.read_token(token, [])


ANSWER = {
    "claims": [{"text": "A", "claimant": "B", "claimReview": [{"url": "u", "title": "t", "publisher": {"site": "s"}}]}],
    "nextPageToken": "n",
}


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        ("*", ANSWER),
        ("nextPageToken", {"nextPageToken": "n"}),
        ("claims", {"claims": ANSWER["claims"]}),
        ("claims/text,nextPageToken", {"claims": [{"text": "A"}], "nextPageToken": "n"}),
        ("claims(text,claimReview/url)", {"claims": [{"text": "A", "claimReview": [{"url": "u"}]}]}),
        (
            "claims/claimReview(url,publisher/site)",
            {"claims": [{"claimReview": [{"url": "u", "publisher": {"site": "s"}}]}]},
        ),
        ("claims/*/url", {"claims": [{"text": "A", "claimant": "B", "claimReview": [{"url": "u"}]}]}),
        ("claims/text,claims/claimant", {"claims": [{"text": "A", "claimant": "B"}]}),
        ("none", {}),
    ],
)
def test_masks(mask, expected):
    assert answers.masked(ANSWER, answers.read_mask(mask)) == expected


@pytest.mark.parametrize(
    "mask", ["", ",", "claims(", "claims(text", "claims)", "claims//text", "claims text", "a,", "1"]
)
def test_what_is_no_mask_is_refused(mask):
    with pytest.raises(ValueError, match=r"^$"):
        answers.read_mask(mask)
