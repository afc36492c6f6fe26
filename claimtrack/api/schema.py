"""Extensions and hooks of drf-spectacular: what the OpenAPI document says besides views and serializers."""

import re

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from claimtrack.api.filters import Schema

# Path, regular expression of the path, method, view.
Endpoint = tuple[str, str, str, object]

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "One for each request, best a UUID. Sent again within 24 hours, the request is answered as at first and "
    "changes nothing; `Idempotent-Replayed` then says true.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 257},
}
# Extension of an operation: it changes nothing, although it is a POST.
READS = "x-reads"


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
    "fetches": "Pages that jobs fetch.",
    "topics": "What claims are about.",
    "verdicts": "The desk's scale.",
    "external-reviews": "What other publishers found.",
    "webhooks": "Other systems that are told of changes of what is public, by signed messages.",
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
    """Postprocessing hook: reading needs no account; a POST may be sent again, and its `Location` is the new object."""
    location = {"description": "The address of what was made.", "schema": {"type": "string", "format": "uri"}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            reads = method == "get" or operation.get(READS, False)
            if reads:
                operation["security"] = [*operation.get("security", []), {}]
            if method == "post":
                if not reads:
                    operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
                if body := operation["requestBody"]["content"].get("application/json"):
                    # Without a body, an operation takes what `{}` says, which is then among its examples.
                    takes_nothing = any(given["value"] == {} for given in body.get("examples", {}).values())
                    operation["requestBody"]["required"] = not takes_nothing
            for status in {"201", "202"} & operation["responses"].keys():
                operation["responses"][status]["headers"] = {"Location": location}
    return result


def reference(component: str) -> Schema:
    return {"$ref": f"#/components/schemas/{component}"}


def example(value: object) -> Schema:
    return {"examples": {"Answer": {"value": value}}}


def content_of(operation: Schema) -> Schema:
    """Return what the operation answers with, by media type; changes to it change the document."""
    return operation.get("responses", {}).get("200", {}).get("content", {})
