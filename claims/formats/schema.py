"""The part of the OpenAPI document about all formats. Each format has a schema.py for its own part."""

from claims.formats import datapackage
from claims.formats.annotations import schema as annotations
from claims.formats.claimreview import schema as claimreview
from claims.formats.feeds import schema as feeds
from claims.formats.google import schema as google
from claims.formats.representations import CLAIM_FORMATS
from claims.webhooks.schema import WEBHOOKS
from claimtrack.api import problems
from claimtrack.api.filters import Schema

STATUSES = (400, 401, 414, 429)
EXPORTS = [str(form.media_type) for form in CLAIM_FORMATS if form.whole]


def describe(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook: describe JSON-LD, messages of webhooks, and the problems that the routes outside /api/ answer with."""
    result["webhooks"] = WEBHOOKS
    result["components"]["schemas"] |= (
        claimreview.COMPONENTS | annotations.COMPONENTS | google.COMPONENTS | datapackage.COMPONENTS
    )
    for path, operations in result["paths"].items():
        operation = operations.get("get", {})
        claimreview.describe(path, operation, EXPORTS)
        annotations.describe(path, operation)
        feeds.describe(path, operation)
        google.describe(path, operation)
        if not path.startswith("/api/"):
            _describe_problems(path, operation)
    return result


def _describe_problems(path: str, operation: Schema) -> None:
    responses = operation["responses"]
    for status in (*STATUSES, *([404] if "{" in path else [])):
        responses[str(status)] = problems.answer(status)
    responses["400"] = problems.answer(400, problems.unknown_parameter(operation))
    if path.startswith("/v1alpha1/"):
        # gunicorn refuses a long request line before it is known which API is asked.
        for status in {*STATUSES} - {414}:
            responses[str(status)]["content"] = google.refusal(status)
