"""What the OpenAPI document says beyond what drf-spectacular finds in views and serializers."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension

from claimtrack.problems import MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail", "field"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "The name of the HTTP status."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Which problem it is, for machines."},
        "detail": {"type": "string", "description": "What would be right."},
        "field": {"type": ["string", "null"], "description": "The input at fault; null where it is the whole request."},
    },
}


class DeskSessionScheme(OpenApiAuthenticationExtension):
    target_class = "claimtrack.authentication.DeskSession"
    name = "deskSession"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class BearerTokenScheme(OpenApiAuthenticationExtension):
    target_class = "claimtrack.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "ct_…"}


def of_the_api(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """Preprocessing hook: the document describes what programs ask, not the admin."""
    asked = ("/api/", "/annotations/", "/feeds/", "/v1alpha1/")
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(asked)]


EXPORTS = {
    "application/x-ndjson": "The whole list, one of `results` a line.",
    "text/csv": "The whole list as a table; /api/v1/claims/dictionary/ describes its columns.",
}


def describe_lists(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Postprocessing hook: pages repeat their links in a header; a list that is exported is no page."""
    text = "The pages beside this one (RFC 8288): `rel` is next or prev."
    link = {"Link": {"description": text, "schema": {"type": "string"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", [])):
                operation["responses"]["200"]["headers"] = link
                for media_type in EXPORTS.keys() & operation["responses"]["200"]["content"].keys():
                    schema = {"type": "string", "description": EXPORTS[media_type]}
                    operation["responses"]["200"]["content"][media_type] = {"schema": schema}
    return result


def describe_problems(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Postprocessing hook: name the errors that each operation answers with."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path, operations in result["paths"].items():
        if not path.startswith("/api/"):
            # It answers in the manner of another API, errors too.
            continue
        problems = {
            "400": "A parameter is unknown or its value does not fit.",
            "406": "None of the media types that you accept is served.",
        }
        if "{" in path:
            problems["404"] = "There is nothing here, or nothing that you may see."
        for operation in operations.values():
            for status, description in sorted(problems.items()):
                operation["responses"][status] = {"description": description, "content": content}
    return result
