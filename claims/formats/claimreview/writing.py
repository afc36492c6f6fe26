"""Write ClaimReview as schema.org defines it and as Google documents it for fact checks.

https://schema.org/ClaimReview, https://developers.google.com/search/docs/appearance/structured-data/factcheck. Unknown members
are left out, because an empty one would be read as a statement.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from claims.formats.claimreview.items import ClaimReview, Work

CONTEXT = "https://schema.org"


def write(review: ClaimReview) -> dict[str, object]:
    """Return the review as a JSON-LD node without `@context`. The earliest appearance comes first."""
    works = [_work(work) for work in review.appearances]
    claimant = review.claimant
    return _without_empty(
        {
            "@type": "ClaimReview",
            "@id": review.url,
            "url": review.url,
            "name": review.title,
            "claimReviewed": review.text,
            "inLanguage": review.language,
            "subjectOf": {"@type": "DigitalDocument", "url": review.receipt, "encodingFormat": "application/json"}
            if review.receipt
            else None,
            "datePublished": review.published,
            "dateModified": review.modified,
            "expires": review.expires,
            "author": _without_empty({"@type": "Organization", "name": review.publisher, "url": review.publisher_url}),
            "reviewRating": _without_empty(
                {
                    "@type": "Rating",
                    **_number(review),
                    "alternateName": review.label,
                    "ratingExplanation": review.explanation,
                }
            ),
            "itemReviewed": _without_empty(
                {
                    "@type": "Claim",
                    "author": claimant
                    and _without_empty(
                        {
                            "@type": claimant.kind,
                            "name": claimant.name,
                            # In schema.org, only persons have a jobTitle.
                            "jobTitle": claimant.role if claimant.kind == "Person" else "",
                            "sameAs": list(claimant.same_as),
                        }
                    ),
                    "datePublished": review.said,
                    "firstAppearance": works[0] if works else None,
                    "appearance": works,
                }
            ),
            "citation": [_work(work) for work in review.citations],
            "correction": [
                {"@type": "CorrectionComment", "text": correction.text, "datePublished": correction.published}
                for correction in review.corrections
            ],
            "license": review.license,
        }
    )


def graph(nodes: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return several nodes as one document."""
    return {"@context": CONTEXT, "@graph": nodes}


def feed_item(review: ClaimReview) -> dict[str, object]:
    """Return the review as an element of a Data Commons feed (https://datacommons.org/factcheck/download)."""
    parts = urlsplit(review.url)
    return _without_empty(
        {
            "@type": "DataFeedItem",
            "dateCreated": review.published,
            "dateModified": review.modified,
            "url": f"{parts.scheme}://{parts.netloc}",
            "item": [{"@context": CONTEXT, **write(review)}],
        }
    )


def _number(review: ClaimReview) -> dict[str, float]:
    if review.rating is None:
        return {}
    numbers = {
        "ratingValue": review.rating.value,
        "bestRating": review.rating.best,
        "worstRating": review.rating.worst,
    }
    return {name: int(value) if value == int(value) else value for name, value in numbers.items()}


def _work(work: Work) -> dict[str, object]:
    publisher = {"@type": "Organization", "name": work.publisher} if work.publisher else None
    members = {
        "url": work.url,
        "headline": work.title,
        "datePublished": work.published,
        "publisher": publisher,
        "archivedAt": work.archived_at,
        "hasPart": {"@type": "Quotation", "text": work.quote} if work.quote else None,
        # schema.org has no date of access, but an action that was done with a work, and when.
        "potentialAction": {
            "@type": "ReadAction",
            "actionStatus": f"{CONTEXT}/CompletedActionStatus",
            "endTime": work.read,
        }
        if work.read
        else None,
    }
    return {"@type": "CreativeWork", **_without_empty(members)}


def _without_empty(members: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value not in (None, "", [])}
