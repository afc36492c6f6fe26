"""What the OpenAPI document says of the formats of the field."""

from typing import Any

from claimtrack.api.exceptions import MEDIA_TYPE

JSON, JSON_LD = "application/json", "application/ld+json"
CLAIM_REVIEW = {
    "type": "object",
    "description": "A schema.org ClaimReview of a claim with a verdict in force (404 where none is), or a graph of several.",
    "required": ["@context"],
    "properties": {"@context": {"type": "string", "const": "https://schema.org"}},
    "additionalProperties": True,
}

_MOMENT = {"type": "string", "format": "date-time"}
_TEXT = {"type": "string"}
_PUBLISHER = {"type": "object", "properties": {"name": _TEXT, "site": _TEXT}}
FACT_CHECKED = {
    "type": "object",
    "description": "Members without a value are absent.",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": _TEXT,
                    "claimant": _TEXT,
                    "claimDate": _MOMENT,
                    "claimReview": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "publisher": _PUBLISHER,
                                "url": {"type": "string", "format": "uri"},
                                "title": _TEXT,
                                "reviewDate": _MOMENT,
                                "textualRating": _TEXT,
                                "languageCode": _TEXT,
                            },
                        },
                    },
                },
            },
        },
        "nextPageToken": {"type": "string", "description": "Of the next page; absent on the last."},
    },
}

REFUSAL = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "status"],
            "properties": {"code": {"type": "integer"}, "message": _TEXT, "status": _TEXT},
        }
    },
}


ANNOTATION = {
    "type": "object",
    "description": "A W3C Web Annotation (https://www.w3.org/TR/annotation-model/).",
    "required": ["@context", "id", "type", "motivation", "body", "target"],
    "properties": {"id": {"type": "string", "format": "uri"}, "type": {"type": "string", "const": "Annotation"}},
    "additionalProperties": True,
}
ANNOTATION_PAGE = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"type": "string", "const": "AnnotationPage"},
        "next": {"type": "string", "format": "uri", "description": "The next page; absent on the last."},
        "prev": {"type": "string", "format": "uri", "description": "The page before; absent on the first."},
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Annotation"}},
    },
    "additionalProperties": True,
}
COMPONENTS = {"ClaimReview": CLAIM_REVIEW, "Annotation": ANNOTATION, "AnnotationPage": ANNOTATION_PAGE}


# Media types that a route answers in beside JSON are told in prose: typed clients read one type from one address.
OTHER_FORMS = (
    "Also as schema.org ClaimReview (`Accept: application/ld+json`), one graph a page, and whole as `application/x-ndjson` or"
    " `text/csv`; at addresses of their own: /api/v1/claims.jsonld, .ndjson and .csv."
)
ALSO_CLAIM_REVIEW = (
    "Also as schema.org ClaimReview, with `Accept: application/ld+json`: 404 where no verdict is in force."
)


def describe(result: dict[str, Any], **kwargs: object) -> dict[str, Any]:
    """Postprocessing hook: what JSON-LD holds, and which problems the routes outside /api/ answer with."""
    result["components"]["schemas"] |= COMPONENTS
    for path, operations in result["paths"].items():
        operation = operations.get("get", {})
        content = operation.get("responses", {}).get("200", {}).get("content", {})
        if path.startswith("/annotations/"):
            named = "Annotation" if "{" in path else "AnnotationPage"
            content |= {media: {"schema": _ref(named)} for media in content}
        elif path == "/api/v1/claims.jsonld":
            content[JSON_LD] = {"schema": _ref("ClaimReview")}
        elif path.startswith("/api/") and {JSON, JSON_LD} <= set(content):
            for media in content.keys() - {JSON}:
                del content[media]
            operation["description"] += "\n\n" + (ALSO_CLAIM_REVIEW if "{" in path else OTHER_FORMS)
        if not path.startswith("/api/"):
            google = path.startswith("/v1alpha1/")
            problem = {JSON: {"schema": REFUSAL}} if google else {MEDIA_TYPE: {"schema": _ref("Problem")}}
            refused = {
                "400": "A parameter is unknown or its value does not fit.",
                "401": "The token opens nothing, or this takes one.",
                "414": "The request line is longer than 8,190 bytes.",
                "429": "Too many requests: ask again after Retry-After seconds.",
            }
            if "{" in path:
                refused["404"] = "There is nothing here, or nothing that you may see."
            for status, description in refused.items():
                operation["responses"][status] = {"description": description, "content": problem}
            # gunicorn refuses it, before anybody knows whom it is for.
            operation["responses"]["414"]["content"] = {MEDIA_TYPE: {"schema": _ref("Problem")}}
    return result


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
