"""Ask the API inside this process, as a client would over HTTP: through all middleware, with a token, and counted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from sys import stderr
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings

from claimtrack.wsgi import application


@dataclass(frozen=True)
class Caller:
    """What the API knows about a client before it reads the request."""

    authorization: str = ""
    address: str = "127.0.0.1"
    forwarded_for: str = ""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @cached_property
    def json(self) -> Any:
        return orjson.loads(self.content)


def ask(caller: Caller, method: str, path: str, query: str = "", body: object = None) -> Answer:
    """Return the API's answer. One redirect is followed, such as that of a merged claim to its winner."""
    answer = _ask(caller, method, path, query, body)
    if answer.status == 308:
        return _ask(caller, method, urlsplit(answer.headers["Location"]).path, query, body)
    return answer


def _ask(caller: Caller, method: str, path: str, query: str, body: object) -> Answer:
    site = urlsplit(settings.CLAIMTRACK_SITE_URL)
    sent = b"" if body is None else orjson.dumps(body)
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "REMOTE_ADDR": caller.address,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(sent)),
        "HTTP_HOST": site.netloc,
        "HTTP_ACCEPT": "application/json",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(sent),
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if caller.authorization:
        environ["HTTP_AUTHORIZATION"] = caller.authorization
    if caller.forwarded_for:
        environ["HTTP_X_FORWARDED_FOR"] = caller.forwarded_for
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        started.append((status, headers))
        # PEP 3333 asks for it. Django never calls it.
        return BytesIO().write

    response = application(environ, start_response)
    try:
        content = b"".join(response)
    finally:
        response.close()
    status, headers = started[-1]
    return Answer(int(status[:3]), dict(headers), content)
