"""Extensions and hooks of drf-spectacular: what the OpenAPI document says beyond views and serializers."""

import re

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from claimtrack.api.exceptions import MEDIA_TYPE
from claimtrack.api.filters import Schema

# Path, regular expression of the path, method, view.
Endpoint = tuple[str, str, str, object]

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
        "pointer": {"type": "string", "description": "The same as a JSON Pointer into the body (RFC 6901)."},
        "errors": {
            "type": "array",
            "description": "All that does not fit, where there may be more than one.",
            "items": {"type": "object"},
        },
        "nearest": {
            "type": "object",
            "description": "The passage most like a quote that is absent: quote, start, end.",
        },
        "candidates": {
            "type": "array",
            "description": "Where a quote stands that stands several times: start, end, prefix, suffix.",
            "items": {"type": "object"},
        },
        "version": {"type": "integer", "description": "The claim's, where it is not the one you saw."},
    },
}
LIMITS = "What you may ask in a minute, and what is left of it (draft-ietf-httpapi-ratelimit-headers)."
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "One for each request, best a UUID. Sent again within 24 hours, the request is answered as at first and "
    "changes nothing; `Idempotent-Replayed` then says true.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 257},
}


class DeskSessionScheme(OpenApiAuthenticationExtension):
    target_class = "claimtrack.api.authentication.DeskSession"
    name = "deskSession"

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class BearerTokenScheme(OpenApiAuthenticationExtension):
    target_class = "claimtrack.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "ct_…"}


def of_the_api(endpoints: list[Endpoint], **kwargs: object) -> list[Endpoint]:
    """Preprocessing hook: leave the admin out of the document."""
    asked = ("/api/", "/annotations/", "/feeds/", "/v1alpha1/")
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(asked)]


def describe_lists(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook: pages repeat their links in a header."""
    text = "The pages beside this one (RFC 8288): `rel` is next or prev."
    link = {"Link": {"description": text, "schema": {"type": "string"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", [])):
                operation["responses"]["200"]["headers"] = link
    return result


TAGS = {
    "claims": "Claims with their provenance and published reviews, and every way to list them.",
    "speakers": "Who made claims.",
    "sources": "Who publishes.",
    "articles": "What was published, and its text as it stood when taken.",
    "topics": "What claims are about.",
    "verdicts": "The desk's scale.",
    "external-reviews": "What other publishers found.",
    "formats": "The formats of the field, beside the API.",
    "root": "The collections of the API.",
}


def describe_operations(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook: each operation has a summary, its first sentence, and one of the tags."""
    used = set()
    for path, operations in result["paths"].items():
        for operation in operations.values():
            operation["summary"] = re.split(r"(?<=[^.])[.:](?:\s|$)", operation["description"].strip(), maxsplit=1)[0]
            # Its own name ends at a dot where the address has a suffix: claims.csv.
            name = operation.get("tags", ["root"])[0].partition(".")[0] if path.startswith("/api/v1/") else "formats"
            operation["tags"] = [name if name in TAGS else "root"]
            used |= {*operation["tags"]}
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.items() if name in used]
    return result


def describe_writes(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook: reading needs no account; a POST may be sent again, and says where what it made is."""
    location = {"description": "The address of what was made.", "schema": {"type": "string", "format": "uri"}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method == "get":
                operation["security"] = [*operation.get("security", []), {}]
            if method == "post":
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
                if "application/json" in operation["requestBody"]["content"]:
                    operation["requestBody"]["required"] = True
            if "201" in operation["responses"]:
                operation["responses"]["201"]["headers"] = {"Location": location}
    return result


def _problems(path: str, operation: Schema) -> dict[str, str]:
    headers = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"}
    problems = {
        "400": "The request does not fit: `code`, `field` and `pointer` say what and where.",
        "401": "The token opens nothing, or this takes one.",
        "406": "None of the media types that you accept is served.",
        "414": "The request line is longer than 8,190 bytes.",
        "429": "Too many requests: ask again after Retry-After seconds.",
        "503": "The database took too long, is busy or cannot be reached, or too many exports are being sent: `Retry-After` says "
        "when to ask again.",
    }
    if "{" in path:
        problems["404"] = "There is nothing here, or nothing that you may see."
    if operation["operationId"] == "claims_changes":
        problems["410"] = "This place of the feed was lost when the ledger was restored: begin again without `since`."
    if {} not in operation["security"]:
        problems["403"] = "Your role, or your token's scope, does not cover this."
        problems["409"] = "It does not fit the state that the ledger is in."
    if "requestBody" in operation:
        problems["413"] = "The body is too large."
        problems["415"] = "The body is of another media type."
    if "Idempotency-Key" in headers:
        problems["422"] = "The Idempotency-Key came with another request."
    if "If-Match" in headers:
        problems["412"] = "The claim is not at the version of If-Match any more."
        problems["428"] = "If-Match is missing."
    return problems


def describe_problems(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook: name the errors that each operation answers with."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    content = {MEDIA_TYPE: {"schema": reference("Problem")}}
    for path, operations in result["paths"].items():
        if not path.startswith("/api/"):
            # These addresses answer as another API defines it, errors included.
            continue
        for operation in operations.values():
            for status, description in sorted(_problems(path, operation).items()):
                operation["responses"][status] = {"description": description, "content": content}
            operation["responses"]["401"]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
            wait = {"Retry-After": {"schema": {"type": "integer"}, "description": "In seconds."}}
            limit = {
                name: {"schema": {"type": "string"}, "description": LIMITS}
                for name in ("RateLimit-Policy", "RateLimit")
            }
            operation["responses"]["429"]["headers"] = wait | limit
            operation["responses"]["503"]["headers"] = wait
    return result


def reference(component: str) -> Schema:
    return {"$ref": f"#/components/schemas/{component}"}


def content_of(operation: Schema) -> Schema:
    """Return what the operation answers with, by media type; changes to it change the document."""
    return operation.get("responses", {}).get("200", {}).get("content", {})
