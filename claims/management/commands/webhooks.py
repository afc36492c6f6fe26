import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from prometheus_client import start_http_server

from claims.webhooks import delivering

PAUSE = 1.0  # seconds
AT_ONCE = 16  # webhooks; one that takes long gives way after its unit of work
MEASURE_EVERY, PURGE_EVERY = 10, 600  # rounds

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = (
        "Send what webhooks are to be told. It is safe to run twice at once, and to be killed: what was not recorded as delivered "
        "is sent again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--watch", action="store_true", help="Go on until Ctrl-C.")
        parser.add_argument(
            "--metrics-port",
            type=int,
            metavar="PORT",
            help="Serve the metrics of this process at this port, on the address of CLAIMTRACK_METRICS or else 127.0.0.1.",
        )

    def handle(self, *args, watch, metrics_port, **options):
        stopping = threading.Event()
        if metrics_port:
            address, _ = settings.CLAIMTRACK_METRICS or ("127.0.0.1", None)
            start_http_server(metrics_port, address)
        if watch:
            signal.signal(signal.SIGTERM, lambda *_: stopping.set())
        try:
            run(stopping, watch)
        except KeyboardInterrupt:
            stopping.set()


def run(stopping: threading.Event, watch: bool) -> None:
    """Work on all webhooks at the same time, each by one thread, until nothing is due, or with `watch` until `stopping`."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        under_way: dict[int, Future[int]] = {}
        rounds = 0
        while not stopping.is_set():
            under_way = {pk: one for pk, one in under_way.items() if not one.done()}
            try:
                for pk in set(delivering.due()) - under_way.keys():
                    under_way[pk] = pool.submit(work, pk, stopping)
                if rounds % MEASURE_EVERY == 0:
                    delivering.measure()
                if rounds % PURGE_EVERY == 0:
                    delivering.purge()
            except DatabaseError:
                if not watch:
                    raise
                log.exception("webhooks_database_away")
                connection.close()
            rounds += 1
            if watch:
                stopping.wait(PAUSE)
            elif not sum(one.result() for one in under_way.values()):
                break


def work(pk: int, stopping: threading.Event) -> int:
    try:
        return delivering.work(pk, stopping.is_set)
    except Exception:
        # One webhook must not end the others. What was not recorded is sent again.
        log.exception("webhook_work_failed", webhook=pk)
        return 0
    finally:
        connection.close()
