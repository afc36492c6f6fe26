"""What the OpenAPI document says of the formats of the field."""

from typing import Any

CLAIM_REVIEW = {
    "type": "object",
    "description": "A schema.org ClaimReview of a claim with a verdict in force (404 where none is), or a graph of several.",
    "required": ["@context"],
    "properties": {"@context": {"type": "string", "const": "https://schema.org"}},
    "additionalProperties": True,
}


def describe(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Postprocessing hook: what comes as JSON-LD is not what the same address gives as JSON."""
    result["components"]["schemas"]["ClaimReview"] = CLAIM_REVIEW
    for operations in result["paths"].values():
        for operation in operations.values():
            content = operation["responses"].get("200", {}).get("content", {})
            if {"application/json", "application/ld+json"} <= set(content):
                content["application/ld+json"]["schema"] = {"$ref": "#/components/schemas/ClaimReview"}
    return result
