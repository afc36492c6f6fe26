"""What the OpenAPI document says of the formats of the field."""

from typing import Any

JSON = "application/json"
CLAIM_REVIEW = {
    "type": "object",
    "description": "A schema.org ClaimReview of a claim with a verdict in force (404 where none is), or a graph of several.",
    "required": ["@context"],
    "properties": {"@context": {"type": "string", "const": "https://schema.org"}},
    "additionalProperties": True,
}

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


def describe(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Postprocessing hook: what comes as JSON-LD is not what the same address gives as JSON."""
    result["components"]["schemas"]["ClaimReview"] = CLAIM_REVIEW
    refusal = {
        "description": "A parameter is unknown or its value does not fit.",
        "content": {JSON: {"schema": REFUSAL}},
    }
    result["paths"]["/v1alpha1/claims:search"]["get"]["responses"]["400"] = refusal
    for operations in result["paths"].values():
        for operation in operations.values():
            content = operation["responses"].get("200", {}).get("content", {})
            if {JSON, "application/ld+json"} <= set(content):
                content["application/ld+json"]["schema"] = {"$ref": "#/components/schemas/ClaimReview"}
    return result
