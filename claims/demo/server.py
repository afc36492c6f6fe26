"""gunicorn's settings for the demo. The worker of jobs runs beside the server and ends with it."""

import subprocess
import sys
from typing import Protocol

from claimtrack import server
from claimtrack.server import *


class DemoArbiter(Protocol):
    """gunicorn's arbiter, with an attribute of ours."""

    jobs: subprocess.Popen[bytes]


def start_jobs(arbiter: DemoArbiter) -> None:
    server.when_ready(arbiter)
    arbiter.jobs = subprocess.Popen([sys.executable, "-m", "claimtrack", "manage", "worker"])


def stop_jobs(arbiter: DemoArbiter) -> None:
    arbiter.jobs.terminate()
    arbiter.jobs.wait()
    server.on_exit(arbiter)


when_ready, on_exit = start_jobs, stop_jobs
