"""The settings of gunicorn, and hooks for what it has no setting for.

In a checkout, gunicorn finds them through `gunicorn.conf.py`. Elsewhere `claimtrack serve` starts it with them.
"""

import os
import shutil
import socket
import struct
import tempfile
from functools import partial
from http import HTTPStatus

import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")

from django.conf import settings  # a bad setting stops the start, not each worker
from gunicorn import glogging, util
from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

worker_class = "claimtrack.server.Worker"
# gunicorn reads WEB_CONCURRENCY and FORWARDED_ALLOW_IPS too, but not from files.
workers = settings.CLAIMTRACK_WORKERS
forwarded_allow_ips = ",".join(settings.FORWARDED_ALLOW_IPS)
threads = settings.CLAIMTRACK_THREADS
# When gunicorn stops, a request may still take as long as one statement may.
graceful_timeout = (settings.CLAIMTRACK_STATEMENT_TIMEOUT or 30) + 5
# A worker that is silent for this long is restarted. This limits no request or download, since these run in other threads.
timeout = graceful_timeout
# Longer than nginx keeps an idle connection (60 seconds), so that nginx does not send a request on a connection that is closing.
keepalive = 75
# gunicorn's maximum. It answers 400 to longer request lines.
limit_request_line = 8190
# gunicorn logs in the same format as Django.
logconfig_dict = settings.LOGGING
logger_class = "claimtrack.server.Logger"

# Seconds after which a connection is closed if the client sends no more of its request, or reads no more of the answer.
STALL_TIMEOUT = 60
close_graceful = util.close_graceful
TOO_LONG = f"The request line is longer than {limit_request_line:,} bytes: ask with fewer values."


class Worker(ThreadWorker):
    """Gives a connection a thread only once the client has sent something, and closes connections whose client stalls.

    gunicorn's own worker assigns the thread at once and waits for five seconds, so a few silent connections would block a site.
    And without a time-out, a client that stops reading would keep its thread for ever.
    """

    def handle(self, conn: TConn) -> object:
        if not conn.initialized:
            if not conn.wait_for_data(0):
                return _DEFER
            limit = struct.pack("ll", STALL_TIMEOUT, 0)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        return super().handle(conn)


class Logger(glogging.Logger):
    """Writes no access log, because claimtrack.middleware.RequestLog writes a line for each request.

    With a `logconfig_dict`, gunicorn would collect all headers and the whole environment of each request, and write nothing.
    """

    def access(self, resp: object, req: object, environ: dict[str, object], request_time: object) -> None:
        pass


def write_error(sock: socket.socket, status: int, reason: str, message: str) -> None:
    """Answer a request that the worker cannot read. Replaces gunicorn.util.write_error, which writes HTML."""
    # Imported here, because gunicorn reads this module before Django's apps are loaded.
    from claimtrack.api.exceptions import MEDIA_TYPE, problem

    if message.startswith("Request Line is too large"):
        status, code, message = HTTPStatus.REQUEST_URI_TOO_LONG, "uri_too_long", TOO_LONG
    else:
        code = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad_request"
    body = orjson.dumps(problem(status, code, message or reason))
    head = f"HTTP/1.1 {status:d} {HTTPStatus(status).phrase}\r\nConnection: close\r\nContent-Type: {MEDIA_TYPE}\r\n"
    util.write_nonblock(sock, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def post_worker_init(worker: Worker | None) -> None:
    util.write_error = write_error
    # After an answer, gunicorn waits two seconds for the client to close the connection. It does so in the thread that accepts
    # all requests, so clients that keep connections open would block the site.
    util.close_graceful = partial(close_graceful, timeout=0.01)


def on_starting(arbiter: Arbiter) -> None:
    if settings.CLAIMTRACK_METRICS:
        # The folder in which all workers count. prometheus-client reads this variable when it is imported.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="claimtrack-metrics-")


def when_ready(arbiter: Arbiter) -> None:
    if settings.CLAIMTRACK_METRICS:
        from claimtrack import metrics

        try:
            metrics.serve(*settings.CLAIMTRACK_METRICS)
        except OSError as error:
            raise SystemExit(
                f"claimtrack does not start. CLAIMTRACK_METRICS: nothing can listen there ({error.strerror})."
            ) from None


def on_exit(arbiter: Arbiter) -> None:
    if settings.CLAIMTRACK_METRICS:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
