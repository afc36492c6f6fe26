"""What the OpenAPI document says of all formats; what it says of one stands beside it in its room."""

from claims.formats.annotations import schema as annotations
from claims.formats.claimreview import schema as claimreview
from claims.formats.google import schema as google
from claimtrack.api.exceptions import MEDIA_TYPE
from claimtrack.api.filters import Schema
from claimtrack.api.schema import reference

PROBLEMS = {
    "400": "A parameter is unknown or its value does not fit.",
    "401": "The token opens nothing, or this takes one.",
    "414": "The request line is longer than 8,190 bytes.",
    "429": "Too many requests: ask again after Retry-After seconds.",
}


def describe(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook: describe JSON-LD, and the problems that the routes outside /api/ answer with."""
    result["components"]["schemas"] |= claimreview.COMPONENTS | annotations.COMPONENTS
    for path, operations in result["paths"].items():
        operation = operations.get("get", {})
        claimreview.describe(path, operation)
        annotations.describe(path, operation)
        if not path.startswith("/api/"):
            _describe_problems(path, operation)
    return result


def _describe_problems(path: str, operation: Schema) -> None:
    problem = {MEDIA_TYPE: {"schema": reference("Problem")}}
    content = {"application/json": {"schema": google.REFUSAL}} if path.startswith("/v1alpha1/") else problem
    problems = PROBLEMS | ({"404": "There is nothing here, or nothing that you may see."} if "{" in path else {})
    for status, description in problems.items():
        operation["responses"][status] = {"description": description, "content": content}
    # gunicorn refuses a long request line before it is known which API is asked.
    operation["responses"]["414"]["content"] = problem
