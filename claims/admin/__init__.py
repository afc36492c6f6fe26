"""The moderation desk: thin pages over the verbs of `curating` and `reviewing`, without rules of their own."""

from claims.admin import (
    articles,
    claims,
    external_reviews,
    fetches,
    inquiries,
    merges,
    rationale_templates,
    readings,
    records,
    scale,
    source_changes,
    speakers,
    webhooks,
)

__all__ = [
    "articles",
    "claims",
    "external_reviews",
    "fetches",
    "inquiries",
    "merges",
    "rationale_templates",
    "readings",
    "records",
    "scale",
    "source_changes",
    "speakers",
    "webhooks",
]
