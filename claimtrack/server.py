"""gunicorn's settings, and hooks for what it has no setting for.

`gunicorn.conf.py` names them for whoever starts gunicorn in a checkout; elsewhere it is `--config python:claimtrack.server`.
"""

import os
import shutil
import socket
import struct
import tempfile
from functools import partial
from http import HTTPStatus
from typing import Any

import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")

from django.conf import settings  # a bad setting stops the start, not each worker
from gunicorn import glogging, util
from gunicorn.workers.gthread import _DEFER, ThreadWorker

worker_class = "claimtrack.server.Worker"
threads = settings.CLAIMTRACK_THREADS
# At a stop, a request may still wait for the database for as long as it always may.
graceful_timeout = (settings.CLAIMTRACK_STATEMENT_TIMEOUT or 30) + 5
# How long a worker may show no sign of life. It is no limit for a request or a download: these run in other threads.
timeout = graceful_timeout
# Longer than nginx keeps an idle connection (60 seconds), so that nginx never writes into one that is being closed.
keepalive = 75
# gunicorn's maximum. It answers 400 to longer request lines.
limit_request_line = 8190
# gunicorn's own words in the form of all others.
logconfig_dict = settings.LOGGING
logger_class = "claimtrack.server.Logger"

# Seconds for which a client may send nothing of a request that it has begun, or take nothing of its answer.
STANDSTILL = 60
close_graceful = util.close_graceful
TOO_LONG = f"The request line is longer than {limit_request_line:,} bytes: ask with fewer values."


class Worker(ThreadWorker):
    """A thread is given to a connection once it has sent something, and taken back where the client stands still.

    gunicorn gives it at once and waits for five seconds, so a few silent connections would stop a site; without a limit, a
    client that never reads on would keep its thread for ever.
    """

    def handle(self, conn: Any) -> Any:
        if not conn.initialized:
            if not conn.wait_for_data(0):
                return _DEFER
            limit = struct.pack("ll", STANDSTILL, 0)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        return super().handle(conn)


class Logger(glogging.Logger):
    """Writes no access log: each request has a line by claimtrack.api.middleware.RequestLog.

    With a `logconfig_dict`, gunicorn would collect all headers and the whole environment for each request, and write nothing.
    """

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        pass


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


def post_worker_init(worker: Any) -> None:
    util.write_error = write_error
    # After its answer, gunicorn waits two seconds for the client to close the connection: in the thread that hands out all
    # requests, so clients that leave it open would stop the site.
    util.close_graceful = partial(close_graceful, timeout=0.01)


def on_starting(arbiter: Any) -> None:
    if settings.CLAIMTRACK_METRICS:
        # Where the workers count together; prometheus-client looks at this variable when it is imported.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="claimtrack-metrics-")


def when_ready(arbiter: Any) -> None:
    if settings.CLAIMTRACK_METRICS:
        from claimtrack import metrics

        metrics.serve(*settings.CLAIMTRACK_METRICS)


def on_exit(arbiter: Any) -> None:
    if settings.CLAIMTRACK_METRICS:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
