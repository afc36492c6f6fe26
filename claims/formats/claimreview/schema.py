"""The part of the OpenAPI document about schema.org ClaimReview."""

from collections.abc import Iterable

from claims import examples
from claims.formats.claimreview.items import Claimant, ClaimReview, Rating, Work
from claims.formats.claimreview.writing import graph, write
from claimtrack.api.filters import Schema
from claimtrack.api.schema import content_of, example, reference
from claimtrack.examples import SITE

JSON, JSON_LD = "application/json", "application/ld+json"
CLAIM_REVIEW = {
    "type": "object",
    "description": "A schema.org ClaimReview of a claim with a verdict in force (404 where none is), or a graph of several.",
    "required": ["@context"],
    "properties": {"@context": {"type": "string", "const": "https://schema.org"}},
    "additionalProperties": True,
}
COMPONENTS = {"ClaimReview": CLAIM_REVIEW}
PUBLISHED = examples.REVIEW["created_at"][:10]
EXAMPLE = ClaimReview(
    url=f"{SITE}/claims/{examples.CLAIM['id']}/",
    text=examples.CLAIM["text"],
    publisher=examples.REVIEW["reviewer"],
    publisher_url=SITE,
    site="desk.example",
    label=examples.VERDICT["label"],
    rating=Rating(examples.VERDICT["value"], 5, 1),
    claimant=Claimant(examples.SPEAKER["name"], "Person", examples.SPEAKER["role"]),
    said=examples.CLAIM["said_at"],
    published=PUBLISHED,
    modified=PUBLISHED,
    explanation=examples.REVIEW["rationale"],
    language="en",
    appearances=(
        Work(
            url=examples.ARTICLE_REF["url"],
            title=examples.ARTICLE_REF["title"],
            published=examples.ARTICLE_REF["published_at"],
            publisher=examples.SOURCE_REF["name"],
        ),
    ),
    citations=tuple(
        Work(
            url=piece["url"],
            title=piece["title"],
            publisher=piece["publisher"] or "",
            quote=piece["quote"],
            read=piece["accessed_at"],
        )
        for piece in examples.REVIEW["evidence"]
    ),
    license="https://spdx.org/licenses/CC-BY-4.0.html",
    receipt=examples.CLAIM["receipt"],
)

# Other media types of a route are described in prose: generated clients take one type from one address.
OTHER_FORMS = (
    "Also as schema.org ClaimReview (`Accept: application/ld+json`), one graph a page, and whole as {exports}; at addresses of"
    " their own: /api/v1/claims.jsonld, .ndjson and .csv."
)
ALSO_CLAIM_REVIEW = (
    "Also as schema.org ClaimReview, with `Accept: application/ld+json`: 404 where no verdict is in force."
)


def describe(path: str, operation: Schema, exports: Iterable[str]) -> None:
    """Describe an operation. `exports`: the media types in which the whole list of claims is available."""
    content = content_of(operation)
    if path == "/api/v1/claims.jsonld":
        content[JSON_LD] = {"schema": reference("ClaimReview"), **example(graph([write(EXAMPLE)]))}
    elif path.startswith("/api/") and {JSON, JSON_LD} <= set(content):
        for media in content.keys() - {JSON}:
            del content[media]
        others = OTHER_FORMS.format(exports=" or ".join(f"`{media}`" for media in exports))
        operation["description"] += "\n\n" + (ALSO_CLAIM_REVIEW if "{" in path else others)
