"""The moderation desk: thin pages over the verbs of `curating` and `reviewing`, without rules of their own."""

from claims.admin import articles, claims, external_reviews, merges, rationale_templates, records, scale, speakers

__all__ = [
    "articles",
    "claims",
    "external_reviews",
    "merges",
    "rationale_templates",
    "records",
    "scale",
    "speakers",
]
