from typing import Any

import pytest

from claims.formats.claimreview.validating import validate
from claims.formats.claimreview.writing import write
from tests.claims.formats.claimreview.test_writing import WHOLE

GOOD: dict[str, Any] = {"@context": "https://schema.org", **write(WHOLE)}


def rated(**members: Any) -> dict[str, Any]:
    return {**GOOD, "reviewRating": {**GOOD["reviewRating"], **members}}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_it_works():
    assert validate(GOOD, site="lantern.example") == []


@pytest.mark.parametrize(
    ("node", "path", "reason"),
    [
        (without("claimReviewed"), "", "required"),
        (without("reviewRating"), "", "required"),
        (without("url"), "", "required"),
        ({**GOOD, "@type": "Review"}, "@type", "another type"),
        ({**GOOD, "claimReviewed": " "}, "claimReviewed", "empty"),
        ({**GOOD, "url": "/checks/1"}, "url", "not absolute"),
        ({**GOOD, "url": "https://lantern.example.org/1"}, "url", "another site that begins alike"),
        ({**GOOD, "datePublished": "0001-01-01"}, "datePublished", "a program's null"),
        ({**GOOD, "datePublished": "2025-03-04 10:00"}, "datePublished", "no ISO 8601"),
        ({**GOOD, "author": {"@type": "Organization"}}, "author", "nameless"),
        ({**GOOD, "itemReviewed": {"@type": "Claim", "author": {"name": "A"}}}, "itemReviewed.author", "typeless"),
        (rated(alternateName=""), "reviewRating.alternateName", "empty"),
        (rated(ratingValue="many"), "reviewRating.ratingValue", "no number"),
        (rated(ratingValue=6), "reviewRating.ratingValue", "above the best"),
        (rated(ratingValue=0), "reviewRating.ratingValue", "below the worst"),
        (rated(worstRating=0), "reviewRating.worstRating", "below 1"),
        (rated(ratingValue=-1, bestRating=-1, worstRating=-1), "reviewRating.worstRating", "-1 for none"),
        (rated(bestRating=1, worstRating=5), "reviewRating.bestRating", "upside down"),
        (rated(bestRating=1, worstRating=1), "reviewRating.bestRating", "one step"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors(node, path, reason):
    errors = [finding for finding in validate(node, site="lantern.example") if finding.severity == "error"]
    assert path in {finding.path for finding in errors}


@pytest.mark.parametrize(
    ("claim", "label", "tells"),
    [
        ("False: the town sold it", "False", True),
        ("Fact Check: did the town sell it?", "False", True),
        ("The town sold it (MISLEADING)", "Misleading", True),
        ("The town sold it – false.", "False", True),
        ("False teeth were found in the lighthouse", "False", False),
        ("The mayor calls the report false", "False", False),
        ("True", "True", False),
    ],
)
def test_a_claim_does_not_tell_the_verdict(claim, label, tells):
    paths = {finding.path for finding in validate({**rated(alternateName=label), "claimReviewed": claim})}
    assert ("claimReviewed" in paths) == tells


@pytest.mark.parametrize(
    ("node", "path"),
    [
        ({**GOOD, "claimReviewed": "a" * 76}, "claimReviewed"),
        (without("author"), "author"),
        (without("itemReviewed"), "itemReviewed"),
        ({**GOOD, "author": {"@type": "Organization", "name": "Lantern"}}, "author.url"),
        ({**GOOD, "reviewRating": {"@type": "Rating", "alternateName": "Unclear"}}, "reviewRating.ratingValue"),
        ({**GOOD, "itemReviewed": {"@type": "Claim"}}, "itemReviewed.author"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_warnings(node, path):
    findings = validate(node, site="lantern.example")
    assert {finding.severity for finding in findings} == {"warning"}
    assert path in {finding.path for finding in findings}


def test_a_review_on_a_subdomain_is_on_the_site():
    assert validate({**GOOD, "url": "https://checks.lantern.example/1"}, site="lantern.example") == []
