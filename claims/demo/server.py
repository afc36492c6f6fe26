"""gunicorn's settings for the demo. `documents --watch` runs beside the server and ends with it."""

import subprocess
import sys
from typing import Protocol

from claimtrack import server
from claimtrack.server import *


class DemoArbiter(Protocol):
    """gunicorn's arbiter, with an attribute of ours."""

    documents: subprocess.Popen[bytes]


def start_documents(arbiter: DemoArbiter) -> None:
    server.when_ready(arbiter)
    arbiter.documents = subprocess.Popen([sys.executable, "-m", "claimtrack", "manage", "documents", "--watch"])


def stop_documents(arbiter: DemoArbiter) -> None:
    arbiter.documents.terminate()
    arbiter.documents.wait()
    server.on_exit(arbiter)


when_ready, on_exit = start_documents, stop_documents
