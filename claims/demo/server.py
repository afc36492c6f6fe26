"""gunicorn's settings for the demo: `documents --watch` runs beside the server, and ends with it."""

import subprocess
import sys
from typing import Protocol

from claimtrack.server import limit_request_line, post_worker_init

__all__ = ["limit_request_line", "on_exit", "post_worker_init", "when_ready"]


class Server(Protocol):
    """gunicorn's arbiter, which keeps what is set on it."""

    documents: subprocess.Popen[bytes]


def when_ready(server: Server) -> None:
    server.documents = subprocess.Popen([sys.executable, "-m", "claimtrack", "manage", "documents", "--watch"])


def on_exit(server: Server) -> None:
    server.documents.terminate()
    server.documents.wait()
