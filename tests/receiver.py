"""A receiver of webhooks on loopback, which verifies messages as a subscriber does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class Receiver(ThreadingHTTPServer):
    """`answer` is a status, a status with headers, or a function of the path that returns one of these."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/hook"
        self.secrets: list[str] = []
        self.answer: Any = 204
        self.messages: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.closing = threading.Event()

    def told(self) -> list[tuple[str, Any]]:
        """Return (type, id) of the messages so far, and forget them."""
        seen = [(message["type"], message["data"].get("id")) for message in self.messages]
        self.messages.clear()
        self.ids.clear()
        return seen

    def handle_error(self, *_: object) -> None:
        """Ignore a sender that hangs up."""


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        server = self.server
        server.bodies.append(body)
        server.headers.append(headers)
        # Raises if the signature is wrong, so there is no answer.
        message = verified(server.secrets, body, headers)
        server.ids.append(headers["webhook-id"])
        server.messages.append(message)
        answer = server.answer(self.path) if callable(server.answer) else server.answer
        status, extra = answer if isinstance(answer, tuple) else (answer, {})
        self.send_response(status)
        for name, value in extra.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def verified(secrets: list[str], body: bytes, headers: dict[str, str]) -> Any:
    """Return the message, signed with one of the secrets. Raises WebhookVerificationError."""
    for secret in secrets:
        with suppress(WebhookVerificationError):
            return Webhook(secret).verify(body, headers)
    raise WebhookVerificationError("signed with none of the secrets")


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()
