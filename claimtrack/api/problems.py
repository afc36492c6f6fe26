"""Refusals in the OpenAPI document: the problem document, and which operation answers with which problems, with examples."""

from django.http import QueryDict

from claimtrack.api.exceptions import AWAY, MEDIA_TYPE, NOT_FOUND, problem
from claimtrack.api.filters import Schema, refuse_unknown
from claimtrack.api.schema import reference
from claimtrack.refusals import Invalid

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
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
            "items": {
                "type": "object",
                "required": ["code", "detail", "field"],
                "properties": {"code": _TEXT, "detail": _TEXT, "field": _TEXT, "pointer": _TEXT},
            },
        },
        "nearest": {
            "type": "object",
            "description": "The passage most like a quote that is absent.",
            "required": ["quote", "start", "end"],
            "properties": {"quote": _TEXT, "start": _NUMBER, "end": _NUMBER},
        },
        "candidates": {
            "type": "array",
            "description": "Where a quote stands that stands several times.",
            "items": {
                "type": "object",
                "required": ["start", "end", "prefix", "suffix"],
                "properties": {"start": _NUMBER, "end": _NUMBER, "prefix": _TEXT, "suffix": _TEXT},
            },
        },
        "speaker": {**_NUMBER, "description": "The id of the speaker who has this Wikidata id."},
        "source": {**_NUMBER, "description": "The id of the source that has this domain or address."},
        "version": {"type": "integer", "description": "The claim's, where it is not the one you saw."},
    },
}
LIMITS = "What you may ask in a minute, and what is left of it (draft-ietf-httpapi-ratelimit-headers)."
TOO_LONG = "The request line is longer than 8,190 bytes: ask with fewer values."
# What each status means, and an example if one is true of every operation that names it.
PROBLEMS: dict[int, tuple[str, Schema | None]] = {
    400: ("The request does not fit: `code`, `field` and `pointer` say what and where.", None),
    401: (
        "The token opens nothing, or this takes one.",
        problem(401, "bad_token", "Authorization takes a token: Bearer ct_…"),
    ),
    403: ("Your role, or your token's scope, does not cover this.", None),
    404: ("There is nothing here, or nothing that you may see.", problem(404, "not_found", NOT_FOUND)),
    406: (
        "None of the media types that you accept is served.",
        problem(406, "not_acceptable", "Could not satisfy the request Accept header."),
    ),
    409: ("It does not fit the state that the ledger is in.", None),
    410: (
        "This place of the feed was lost when the ledger was restored: begin again without `since`.",
        None,
    ),
    412: (
        "The claim is not at the version of If-Match any more.",
        problem(
            412,
            "stale",
            "This claim changed since you looked at it: it is at version 5, you decided on 4.",
            version=5,
        ),
    ),
    413: ("The body is too large.", None),
    414: (
        "The request line is longer than 8,190 bytes.",
        problem(414, "uri_too_long", TOO_LONG),
    ),
    415: (
        "The body is of another media type.",
        problem(415, "unsupported_media_type", 'Unsupported media type "text/plain" in request.'),
    ),
    422: (
        "The Idempotency-Key came with another request.",
        problem(
            422, "idempotency_key_reused", "This Idempotency-Key came with another request: take a new one for each."
        ),
    ),
    428: (
        "If-Match is missing.",
        problem(428, "if_match_required", 'Send If-Match with the version of the claim that you saw, such as "4".'),
    ),
    429: (
        "Too many requests: ask again after Retry-After seconds.",
        problem(429, "throttled", "Request was throttled. Expected available in 42 seconds."),
    ),
    503: (
        "The database took too long, is busy or cannot be reached, or too many exports are being sent or pages fetched: "
        "`Retry-After` says when to ask again.",
        problem(503, *AWAY),
    ),
}


def describe(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook: name the errors that each operation answers with."""
    components = result["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["examples"] = {_name(status): {"value": shown} for status, (_, shown) in PROBLEMS.items() if shown}
    for path, operations in result["paths"].items():
        if not path.startswith("/api/"):
            # These addresses answer as another API defines it, errors included.
            continue
        for operation in operations.values():
            for status in sorted(_statuses(path, operation)):
                operation["responses"][str(status)] = answer(status)
            operation["responses"]["400"] |= _content(_misfit(operation, components["schemas"]))
            operation["responses"]["401"]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
            wait = {"Retry-After": {"schema": {"type": "integer"}, "description": "In seconds."}}
            limit = {
                name: {"schema": {"type": "string"}, "description": LIMITS}
                for name in ("RateLimit-Policy", "RateLimit")
            }
            operation["responses"]["429"]["headers"] = wait | limit
            operation["responses"]["503"]["headers"] = wait
    return result


def answer(status: int, shown: Schema | None = None) -> Schema:
    """Return a problem as one of the responses of an operation, by the example `shown` or that of all operations."""
    description, common = PROBLEMS[status]
    if shown is None and common:
        return {"description": description, **_content({"$ref": f"#/components/examples/{_name(status)}"})}
    return {"description": description, **_content(shown and {"value": shown})}


def unknown_parameter(operation: Schema) -> Schema:
    """Return the refusal of a misspelt parameter as this operation words it."""
    given = QueryDict("statuss=checked")
    known = [parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
    try:
        refuse_unknown(given, known)
    except Invalid as refusal:
        return problem(400, refusal.code, refusal.message, refusal.field)
    raise AssertionError(f"{operation['operationId']} takes statuss.")


def _misfit(operation: Schema, schemas: Schema) -> Schema:
    """Return an example of invalid input: a member that is missing from the body, or else a misspelt parameter."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    form = schemas[body["$ref"].rpartition("/")[2]] if "$ref" in body else {}
    missing = next((name for name in form.get("properties", {}) if name in form.get("required", ())), None)
    if missing is None:
        return {"value": unknown_parameter(operation)}
    error = {"code": "required", "detail": "This field is required.", "field": missing, "pointer": f"/{missing}"}
    return {"value": problem(400, **error, errors=[error])}


def _content(example: Schema | None) -> Schema:
    examples = {"examples": {"Problem": example}} if example else {}
    return {"content": {MEDIA_TYPE: {"schema": reference("Problem"), **examples}}}


def _name(status: int) -> str:
    return f"Problem{status}"


def _statuses(path: str, operation: Schema) -> set[int]:
    headers = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"}
    statuses = {400, 401, 406, 414, 429, 503}
    if "{" in path:
        statuses.add(404)
    if operation["operationId"] == "claims_changes":
        statuses.add(410)
    if {} not in operation["security"]:
        statuses |= {403, 409}
    if "requestBody" in operation:
        statuses |= {413, 415}
    if "Idempotency-Key" in headers:
        statuses.add(422)
    if "If-Match" in headers:
        statuses |= {412, 428}
    return statuses
