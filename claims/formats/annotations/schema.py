"""What the OpenAPI document says of W3C Web Annotations."""

from claimtrack.api.filters import Schema
from claimtrack.api.schema import content_of, reference

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
COMPONENTS = {"Annotation": ANNOTATION, "AnnotationPage": ANNOTATION_PAGE}


def describe(path: str, operation: Schema) -> None:
    if path.startswith("/annotations/"):
        content, named = content_of(operation), "Annotation" if "{" in path else "AnnotationPage"
        content |= {media: {"schema": reference(named)} for media in content}
