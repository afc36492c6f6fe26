import io
from dataclasses import asdict
from typing import cast

import orjson
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import examples, importing
from claims.api.serializers.bulk import BulkSerializer
from claims.importing import lines
from claimtrack.api.filters import BooleanField, read_one, refuse_unknown
from claimtrack.api.idempotency import idempotent
from claimtrack.api.parsers import BodyTooLarge, Ndjson
from claimtrack.api.renderers import NdjsonRenderer, Representation
from claimtrack.roles import signed_in

FLAG = BooleanField()
FLAGS = [
    OpenApiParameter(name, {**FLAG.schema, "default": False}, description=description)
    for name, description in (
        ("dry_run", "Change nothing and say what would happen."),
        ("accept", "Also accept each that is still proposed. Takes a Moderator."),
    )
]
LINE = orjson.dumps(examples.LINE_INPUT).decode()
ANSWER_LINE = orjson.dumps(examples.LINE).decode() + "\n"


class Bytes(Ndjson):
    """The name of a raw body in generated clients."""

    media_type = "application/octet-stream"


class BulkView(APIView):
    """Claims in bulk."""

    parser_classes = [Ndjson, Bytes]
    renderer_classes = [Representation, NdjsonRenderer]
    # Each line has a transaction of its own, and importing it again changes nothing.
    own_transactions = True
    max_body = 10_000_000
    max_lines = 1_000

    @extend_schema(
        operation_id="claims_bulk",
        request={Ndjson.media_type: OpenApiTypes.STR, Bytes.media_type: OpenApiTypes.BINARY},
        responses={
            (200, "application/json"): BulkSerializer,
            (200, "application/x-ndjson"): OpenApiResponse(OpenApiTypes.STR, "One of `results` a line."),
        },
        parameters=FLAGS,
        examples=[
            OpenApiExample("A line", LINE, request_only=True, media_type="application/x-ndjson"),
            OpenApiExample("Answer", examples.BULK, response_only=True),
            OpenApiExample("Answer", ANSWER_LINE, response_only=True, media_type="application/x-ndjson"),
        ],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Propose the claim of each line, one JSON object, as `manage.py import_claims` does. Takes a Contributor.

        A refused line leaves nothing behind, and the other lines go in. Sending the same lines again changes nothing. At most
        1,000 lines fit into a request. Their articles must be in the ledger.
        """
        refuse_unknown(request.query_params, ("dry_run", "accept"))
        flags = {name: read_one(request.query_params, name, FLAG, False) for name in ("dry_run", "accept")}
        body = cast(bytes, request.data or b"")
        given_lines = list(lines.split(io.BytesIO(body)))
        if len(given_lines) > self.max_lines:
            raise BodyTooLarge(
                f"At most {self.max_lines:,} lines fit into one request; these are {len(given_lines):,}."
            )
        results: list[dict[str, object]] = []
        report = importing.import_lines(
            lines=given_lines,
            by=signed_in(request.user),
            progress=lambda report: results.append(result(report)),
            **flags,
        )
        if not report.kept:
            results = [{**row, "claim": None} for row in results]
        counts = {name: getattr(report, name) for name in ("new", "known", "accepted", "refused", "kept")}
        return Response({**counts, "results": results})


def result(report: importing.Report) -> dict[str, object]:
    """Return the result of the last line."""
    last = report.last
    if isinstance(last, importing.Refusal):
        why = {"code": last.code, "detail": last.message, "pointer": last.pointer, "warnings": []}
        return {"line": report.line, "result": "refused", "claim": None, **why, **last.extra}
    outcome: dict[str, object] = {"line": report.line, "result": "known", "claim": None}
    outcome |= {"code": None, "detail": None, "pointer": None, "warnings": []}
    if last:
        outcome |= {"result": "new" if last.created else "known", "claim": last.claim}
        outcome["warnings"] = [asdict(warning) for warning in last.warnings]
    return outcome
