"""gunicorn's settings for the demo: `manage.py documents --watch` runs beside the server, and ends with it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from claimtrack.server import limit_request_line, post_worker_init

__all__ = ["limit_request_line", "on_exit", "post_worker_init", "when_ready"]

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"


def when_ready(server: Any) -> None:
    server.documents = subprocess.Popen([sys.executable, str(MANAGE), "documents", "--watch"])


def on_exit(server: Any) -> None:
    server.documents.terminate()
    server.documents.wait()
