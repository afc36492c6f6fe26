"""What the OpenAPI document says of schema.org ClaimReview."""

from claimtrack.api.filters import Schema
from claimtrack.api.schema import content_of, reference

JSON, JSON_LD = "application/json", "application/ld+json"
CLAIM_REVIEW = {
    "type": "object",
    "description": "A schema.org ClaimReview of a claim with a verdict in force (404 where none is), or a graph of several.",
    "required": ["@context"],
    "properties": {"@context": {"type": "string", "const": "https://schema.org"}},
    "additionalProperties": True,
}
COMPONENTS = {"ClaimReview": CLAIM_REVIEW}

# Other media types of a route are described in prose: generated clients take one type from one address.
OTHER_FORMS = (
    "Also as schema.org ClaimReview (`Accept: application/ld+json`), one graph a page, and whole as `application/x-ndjson` or"
    " `text/csv`; at addresses of their own: /api/v1/claims.jsonld, .ndjson and .csv."
)
ALSO_CLAIM_REVIEW = (
    "Also as schema.org ClaimReview, with `Accept: application/ld+json`: 404 where no verdict is in force."
)


def describe(path: str, operation: Schema) -> None:
    content = content_of(operation)
    if path == "/api/v1/claims.jsonld":
        content[JSON_LD] = {"schema": reference("ClaimReview")}
    elif path.startswith("/api/") and {JSON, JSON_LD} <= set(content):
        for media in content.keys() - {JSON}:
            del content[media]
        operation["description"] += "\n\n" + (ALSO_CLAIM_REVIEW if "{" in path else OTHER_FORMS)
