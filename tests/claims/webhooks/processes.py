"""The processes that tests/claims/webhooks/test_kills.py kills: a sender of webhooks, and receivers.

Each is started by forking a process that has loaded everything, and started again as soon as it ends. What a receiver has
taken is in its file, as with a receiver that stores messages before it answers.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from standardwebhooks.webhooks import Webhook


class Handler(BaseHTTPRequestHandler):
    """Verifies a message, stores it and answers. One after the other, so that the file has them in their order."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        message = Webhook(self.server.secret.read_text()).verify(body, headers)
        data = message["data"]
        line = [headers["webhook-id"], message["type"], data["id"], data.get("version")]
        with self.server.taken.open("a") as file:
            file.write(json.dumps(line) + "\n")
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Receiver(HTTPServer):
    timeout = 1
    secret: Path
    taken: Path

    def handle_error(self, *_: object) -> None:
        """A sender that is killed hangs up."""


def receive(port: int, folder: Path) -> None:
    server = Receiver(("127.0.0.1", port), Handler)
    server.socket.settimeout(5)
    server.secret, server.taken = folder / "secret", folder / "taken"
    socket.setdefaulttimeout(1)
    server.serve_forever(0.05)


def load_sender() -> None:
    import django

    django.setup()
    from claims.webhooks import delivering, sending, watching

    # So that a run of a hundred kills takes a minute.
    sending.TIMEOUT, delivering.SPARE, watching.PAUSE = 0.4, 0.05, 0.01
    delivering.PAUSES = [timedelta(milliseconds=20)] * len(delivering.PAUSES)


def send() -> None:
    from claims.webhooks import watching

    watching.watch(threading.Event())


def main(role: str, *arguments: str) -> None:
    if role == "send":
        load_sender()
    while True:
        pid = os.fork()
        if pid == 0:
            if role == "send":
                send()
            else:
                receive(int(arguments[0]), Path(arguments[1]))
            return
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
