"""Work on all webhooks at the same time, each in its own thread, as long as the process lives."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from django.db import DatabaseError, connection

from claims.webhooks import delivering

PAUSE = 1.0  # seconds
AT_ONCE = 16  # webhooks at the same time; a slow one gives way after its unit of work
MEASURE_EVERY, PURGE_EVERY = 10, 600  # rounds

log = structlog.get_logger(__name__)


def watch(stopping: threading.Event) -> None:
    """Send due messages until `stopping`. Continues when the database comes back."""
    with ThreadPoolExecutor(AT_ONCE, "webhook") as pool:
        under_way: dict[int, Future[int]] = {}
        rounds = 0
        while not stopping.is_set():
            under_way = {pk: one for pk, one in under_way.items() if not one.done()}
            try:
                for pk in set(delivering.due()) - under_way.keys():
                    under_way[pk] = pool.submit(_work, pk, stopping)
                if rounds % MEASURE_EVERY == 0:
                    delivering.measure()
                if rounds % PURGE_EVERY == 0:
                    delivering.purge()
            except DatabaseError as error:
                log.warning("webhooks_lost_database", error=type(error).__name__)
                connection.close()
            rounds += 1
            stopping.wait(PAUSE)
    connection.close()


def send_due() -> int:
    """Send the messages that are due now, and return the number of attempts."""
    attempts, never = 0, threading.Event()
    with ThreadPoolExecutor(AT_ONCE, "webhook") as pool:
        while sent := sum(pool.map(lambda pk: _work(pk, never), delivering.due())):
            attempts += sent
    delivering.purge()
    return attempts


def _work(pk: int, stopping: threading.Event) -> int:
    try:
        return delivering.work(pk, stopping.is_set)
    except Exception:
        # An error of one webhook must not stop the others. A message that was not recorded is sent again.
        log.exception("webhook_work_failed", webhook=pk)
        return 0
    finally:
        connection.close()
