"""Parsers with a size limit. They keep a digest of the body, by which a repeated request is recognised."""

from hashlib import sha256
from typing import IO, Any

import orjson
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MOST = 1_000_000


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "body_too_large"


class BoundedParser(BaseParser):
    """Reads at most the view's `max_body` bytes (default: MOST), and sets `digest` on the request."""

    def read(self, stream: IO[bytes], context: dict[str, Any]) -> bytes:
        most = getattr(context["view"], "max_body", MOST)
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise BodyTooLarge(f"The body is larger than {most:,} bytes.")
        context["request"].digest = sha256(raw).hexdigest()
        return raw


class BoundedJson(BoundedParser):
    """JSON as RFC 8259 defines it: UTF-8, no NaN, no lone surrogates."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return orjson.loads(self.read(stream, parser_context))
        except orjson.JSONDecodeError as error:
            raise ParseError(f"The body is not JSON: {error}.") from error


class Ndjson(BoundedParser):
    """One JSON object a line. It passes the bytes on, so that the import can report errors line by line."""

    media_type = "application/x-ndjson"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        return self.read(stream, parser_context)
