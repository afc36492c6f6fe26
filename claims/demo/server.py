"""gunicorn's settings for the demo: `documents --watch` runs beside the server, and ends with it."""

import subprocess
import sys
from typing import Protocol

from claimtrack import server as gunicorn
from claimtrack.server import (
    graceful_timeout,
    keepalive,
    limit_request_line,
    logconfig_dict,
    logger_class,
    on_starting,
    post_worker_init,
    threads,
    timeout,
    worker_class,
)

__all__ = [
    "graceful_timeout",
    "keepalive",
    "limit_request_line",
    "logconfig_dict",
    "logger_class",
    "on_exit",
    "on_starting",
    "post_worker_init",
    "threads",
    "timeout",
    "when_ready",
    "worker_class",
]


class Server(Protocol):
    """gunicorn's arbiter, which keeps what is set on it."""

    documents: subprocess.Popen[bytes]


def when_ready(server: Server) -> None:
    gunicorn.when_ready(server)
    server.documents = subprocess.Popen([sys.executable, "-m", "claimtrack", "manage", "documents", "--watch"])


def on_exit(server: Server) -> None:
    server.documents.terminate()
    server.documents.wait()
    gunicorn.on_exit(server)
