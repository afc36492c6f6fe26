"""Files and pages of ClaimReview that would keep a worker busy for minutes are refused, or read, in about a second."""

import json
import time

import pytest

from tests.claims.api.test_external_reviews import desk as desk
from tests.claims.api.test_external_reviews import send
from tests.claims.formats.claimreview.test_reading import NODE

pytestmark = pytest.mark.django_db

LD = "application/ld+json"
SCRIPT = '<script type="application/ld+json">%s</script>'
MANY = 80_000
PEOPLE = [{"name": f"Ann {number}"} for number in range(MANY)]
BROKEN = '{"@type": "ClaimReview", "text": "%s"}'
SHARED = {"@id": "#work", "@type": "Claim", "firstAppearance": {"author": PEOPLE[:40_000]}}


def review(**members):
    return json.dumps({**NODE, **members})


def of(**members):
    return review(itemReviewed={"@type": "Claim", **members})


HOSTILE = [
    (LD, BROKEN % (r"\x" * 480_000), "escapes that JSON does not have"),
    (LD, BROKEN % ('x"y' * 320_000), "quotation marks inside a text"),
    (LD, '{"a": x' + "{" * 400_000 + "}" * 400_000 + '"ClaimReview"', "brackets in what is repaired"),
    (LD, review(**{f"itemReviewed.author.n{number}": "x" for number in range(MANY)}), "a hundred thousand paths"),
    (LD, of(author={"name": "a. " * 1_500_000}), "a name of megabytes"),
    (LD, of(author={"name": "-" * 4_000_000 + "a"}), "a name of hyphens"),
    (LD, of(appearance=[{"author": person} for person in PEOPLE]), "authors of works"),
    (LD, of(author=PEOPLE), "claimants"),
    (
        LD,
        json.dumps([SHARED, *({**NODE, "itemReviewed": {"@id": "#work"}} for _ in range(900))]),
        "one work, 900 times",
    ),
    (LD, review(claimReviewed=[{"@list": [f"x{number}"]} for number in range(MANY)]), "wordings"),
    (LD, review(claimReviewed="<b" * 2_000_000), "a wording of tags"),
    (LD, "[" * 4_000_000, "lists in each other"),
    (LD, review(reviewRating={"ratingValue": 10}).replace("10}", "9" * 4_000_000 + "}"), "a number of megabytes"),
    ("text/csv", ",".join(f"c{number}" for number in range(MANY)), "columns"),
    ("text/csv", '"' + "c" * 200_000 + '",url,claimReviewed\n', "a heading longer than cells may be"),
    ("text/csv", "sep=\r\r\nurl,claimReviewed\nx,y\n", "a sign that separates nothing"),
    ("text/html", "<p>" + (SCRIPT % (BROKEN % r"\x")) * 60_000, "broken scripts"),
    ("text/html", "<p>" + SCRIPT % (BROKEN % (r"\x" * 480_000)), "a broken script"),
    ("text/html", "<div itemscope itemtype=ClaimReview " + " ".join(f"a{n}=1" for n in range(90_000)), "attributes"),
    (
        "text/html",
        "<div itemscope itemtype='https://schema.org/ClaimReview' itemprop='about'>" * 50_000,
        "items in items",
    ),
]


@pytest.mark.parametrize(("kind", "body", "what"), HOSTILE, ids=[row[2] for row in HOSTILE])
def test_no_file_takes_long(desk, kind, body, what):
    begun = time.monotonic()
    response = send(desk, body, kind)
    # The limit is 1.1 seconds of CPU time; the rest is for a machine that does other things as well.
    assert time.monotonic() - begun < 8
    assert response.status_code in (200, 400)
    report = response.json()
    assert report.get("new") or report.get("refused") or report["detail"]
    assert len(report.get("warnings", ())) < 50


def test_people_who_need_not_have_made_the_claim_are_named_or_counted(desk):
    report = send(desk, of(appearance=[{"author": person} for person in PEOPLE[:30]])).json()
    assert [warning["code"] for warning in report["warnings"]] == ["claimant_left_out"] * 21
    assert report["warnings"][-1]["detail"].startswith("10 more people")


def test_a_number_of_many_digits_is_no_rating(desk):
    body = review(reviewRating={"alternateName": "False", "ratingValue": 10}).replace("10}", "9" * 5_000 + "}")
    report = send(desk, body).json()
    assert (report["new"], report["refused"]) == (1, [])
