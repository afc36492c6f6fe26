"""Hooks of gunicorn that answer its own errors as problem documents, for which it has no setting."""

import socket
from http import HTTPStatus

import orjson
from gunicorn import util

# gunicorn's maximum. It answers 400 to longer request lines.
limit_request_line = 8190
TOO_LONG = f"The request line is longer than {limit_request_line:,} bytes: ask with fewer values."


def write_error(sock: socket.socket, status: int, reason: str, message: str) -> None:
    """Answer a request that the worker cannot read. It replaces gunicorn.util.write_error, which writes HTML."""
    # gunicorn reads its settings before Django's apps are loaded.
    from claimtrack.api.exceptions import MEDIA_TYPE, problem

    if message.startswith("Request Line is too large"):
        status, code, message = HTTPStatus.REQUEST_URI_TOO_LONG, "uri_too_long", TOO_LONG
    else:
        code = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad_request"
    body = orjson.dumps(problem(status, code, message or reason))
    head = f"HTTP/1.1 {status:d} {HTTPStatus(status).phrase}\r\nConnection: close\r\nContent-Type: {MEDIA_TYPE}\r\n"
    util.write_nonblock(sock, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def post_worker_init(worker: object) -> None:
    util.write_error = write_error
