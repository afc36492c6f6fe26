"""gunicorn's settings for the demo: `documents --watch` runs beside the server, and ends with it."""

import subprocess
import sys
from typing import Any

from claimtrack.server import limit_request_line, post_worker_init

__all__ = ["limit_request_line", "on_exit", "post_worker_init", "when_ready"]


def when_ready(server: Any) -> None:
    server.documents = subprocess.Popen([sys.executable, "-m", "claimtrack", "manage", "documents", "--watch"])


def on_exit(server: Any) -> None:
    server.documents.terminate()
    server.documents.wait()
