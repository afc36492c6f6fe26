"""The messages of webhooks in the OpenAPI document: its member `webhooks`."""

from claims import examples
from claims.models import Change
from claims.webhooks.composing import DELETED, LEFT, RESTORED, TEST, UPDATED
from claimtrack.api.filters import Schema
from claimtrack.api.schema import reference
from claimtrack.examples import API, PUBLISHED
from sources import examples as sources

ID: Schema = {"type": "integer", "format": "int64"}
HEADERS = {
    "webhook-id": "Identifies the message: the same when it is sent again.",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970.",
    "webhook-signature": "v1, and the HMAC-SHA256 of id.timestamp.body in base64, once for each secret in force.",
}
DATA = {
    Change.Kind.SPEAKER: ("Speaker", examples.SPEAKER),
    Change.Kind.SOURCE: ("Source", sources.SOURCE),
    Change.Kind.ARTICLE: ("Article", sources.ARTICLE),
    Change.Kind.TOPIC: ("Topic", examples.TOPIC),
    Change.Kind.VERDICT: ("Verdict", examples.VERDICT),
}


def _object(**members: Schema) -> Schema:
    return {"type": "object", "required": list(members), "properties": members}


def _message(kind: str, summary: str, data: Schema, example: object) -> Schema:
    schema = _object(type={"const": kind}, timestamp={"type": "string", "format": "date-time"}, data=data)
    shown = {"type": kind, "timestamp": PUBLISHED, "data": example}
    return {
        "post": {
            "operationId": kind.replace(".", "_"),
            "summary": summary,
            "description": f"{summary}. Signed as Standard Webhooks defines.",
            "tags": ["webhooks"],
            "parameters": [
                {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
                for name, text in HEADERS.items()
            ],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": schema, "examples": {"Message": {"value": shown}}}},
            },
            "responses": {
                "2XX": {"description": "The message has arrived. Anything else is tried again."},
                "410": {"description": "The webhook is switched off."},
            },
            "security": [],
        }
    }


WEBHOOKS: Schema = {
    UPDATED: _message(UPDATED, "A public claim changed", reference("Claim"), examples.CLAIM),
    LEFT: _message(LEFT, "A claim no longer matches the filters", _object(id=ID), {"id": 17}),
    DELETED: _message(
        DELETED,
        "A claim is no longer public",
        _object(id=ID, merged_into={"type": ["integer", "null"], "description": "The public claim that replaces it."}),
        {"id": 17, "merged_into": None},
    ),
    TEST: _message(TEST, "Somebody sends a test", _object(webhook={"type": "string"}), {"webhook": "Newsroom"}),
    RESTORED: _message(
        RESTORED,
        "The ledger was restored: delete your copy, everything is told again",
        _object(changes={"type": "string", "format": "uri"}),
        {"changes": f"{API}/claims/changes/"},
    ),
    **{
        f"{kind}.updated": _message(f"{kind}.updated", f"A public {kind} changed", reference(component), example)
        for kind, (component, example) in DATA.items()
    },
    **{
        f"{kind}.deleted": _message(f"{kind}.deleted", f"A {kind} is no longer public", _object(id=ID), {"id": 3})
        for kind in DATA
    },
}
