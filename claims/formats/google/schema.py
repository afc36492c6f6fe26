"""The part of the OpenAPI document about Google's claims:search."""

from claims import examples
from claims.formats.claimreview import schema as claimreview
from claims.formats.google import answers
from claimtrack.api.filters import Schema
from claimtrack.api.schema import content_of, example, reference

_MOMENT = {"type": "string", "format": "date-time"}
_TEXT = {"type": "string"}
_PUBLISHER = {"type": "object", "properties": {"name": _TEXT, "site": _TEXT}}
FACT_CHECKED = {
    "type": "object",
    "description": "Members without a value are absent.",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": _TEXT,
                    "claimant": _TEXT,
                    "claimDate": _MOMENT,
                    "claimReview": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "publisher": _PUBLISHER,
                                "url": {"type": "string", "format": "uri"},
                                "title": _TEXT,
                                "reviewDate": _MOMENT,
                                "textualRating": _TEXT,
                                "languageCode": _TEXT,
                            },
                        },
                    },
                },
            },
        },
        "nextPageToken": {"type": "string", "description": "Of the next page; absent on the last."},
    },
}

REFUSAL = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "status"],
            "properties": {"code": {"type": "integer"}, "message": _TEXT, "status": _TEXT},
        }
    },
}
COMPONENTS = {"FactCheckedClaims": FACT_CHECKED, "FactCheckError": REFUSAL}
REFUSALS = {
    400: "Give a query or a reviewPublisherSiteFilter.",
    401: "Authorization takes a token: Bearer ct_…",
    429: "Request was throttled. Expected available in 42 seconds.",
}
EXAMPLE = answers.answer(
    [
        answers.claim(
            claimreview.EXAMPLE.text,
            examples.SPEAKER["name"],
            claimreview.EXAMPLE.said,
            [claimreview.EXAMPLE],
        )
    ],
    "",
)


def describe(path: str, operation: Schema) -> None:
    if path.startswith("/v1alpha1/"):
        for media in content_of(operation).values():
            media |= example(EXAMPLE)


def refusal(status: int) -> Schema:
    """Return what Google's clients read where an operation is refused with this status."""
    return {
        "application/json": {"schema": reference("FactCheckError"), **example(answers.error(status, REFUSALS[status]))}
    }
