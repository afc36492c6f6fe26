"""The part of the OpenAPI document about W3C Web Annotations."""

from claims import examples
from claims.formats.annotations import model
from claimtrack.api.filters import Schema
from claimtrack.api.schema import content_of, example, reference
from claimtrack.examples import SITE

_URI = {"type": "string", "format": "uri"}
_CONTEXT = {"type": "string", "const": model.CONTEXT}
_OBJECT = {"type": "object", "additionalProperties": True}
ANNOTATION = {
    "type": "object",
    "description": "A W3C Web Annotation (https://www.w3.org/TR/annotation-model/).",
    "required": ["@context", "id", "type", "motivation", "body", "target"],
    "properties": {
        "@context": _CONTEXT,
        "id": _URI,
        "type": {"type": "string", "const": "Annotation"},
        "motivation": {
            "type": "string",
            "enum": ["assessing", "highlighting"],
            "description": "assessing: a verdict is in force.",
        },
        "body": {
            "type": "array",
            "items": _OBJECT,
            "description": "The wording, the verdict, and a link to the claim.",
        },
        "target": {
            "type": "object",
            "required": ["source", "selector", "state"],
            "properties": {"source": _URI, "selector": {"type": "array", "items": _OBJECT}, "state": _OBJECT},
        },
    },
    "additionalProperties": True,
}
ANNOTATION_PAGE = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": _CONTEXT,
        "id": _URI,
        "type": {"type": "string", "const": "AnnotationPage"},
        "next": {**_URI, "description": "The next page; absent on the last."},
        "prev": {**_URI, "description": "The page before; absent on the first."},
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Annotation"}},
    },
    "additionalProperties": True,
}
COMPONENTS = {"Annotation": ANNOTATION, "AnnotationPage": ANNOTATION_PAGE}

PLACE = examples.CLAIM["provenance"][0]
ADDRESS = f"{SITE}/annotations/"
EXAMPLE = model.annotation(
    address=f"{ADDRESS}{PLACE['id']}/",
    place=model.Quotation(
        page=PLACE["article"]["url"],
        **{name: PLACE[name] for name in ("quote", "prefix", "suffix", "start", "end")},
        taken_at=PLACE["snapshot"]["taken_at"],
    ),
    claim=examples.CLAIM["text"],
    claim_address=examples.CLAIM["url"],
    language=examples.CLAIM["language"],
    verdict=examples.VERDICT["label"],
    by=examples.REVIEW["reviewer"],
    created=examples.CLAIM["created_at"],
)
EXAMPLES = {
    "Annotation": EXAMPLE,
    "AnnotationPage": model.page(f"{ADDRESS}?claim={examples.CLAIM['id']}", [EXAMPLE], None, None),
}


def describe(path: str, operation: Schema) -> None:
    if path.startswith("/annotations/"):
        content, named = content_of(operation), "Annotation" if "{" in path else "AnnotationPage"
        content |= {media: {"schema": reference(named), **example(EXAMPLES[named])} for media in content}
