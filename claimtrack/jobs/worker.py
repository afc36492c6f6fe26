"""The process that runs jobs. It survives an absence of the database, and finishes running jobs before it stops."""

import asyncio
import signal
from typing import Any

import structlog
from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import close_db_connections, close_db_connections_async
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker as ProcrastinateWorker

# Seconds between two looks for jobs, so the longest wait of a job while a worker is idle.
POLL = 1.0
HEARTBEAT = 5.0
# Seconds without a heartbeat after which a worker counts as dead and another one runs its jobs.
SILENCE = 20.0
# Seconds to wait for a connection, and to pause after losing the database.
PATIENCE = 5.0
PAUSE = 2.0

log = structlog.get_logger(__name__)


class Worker(ProcrastinateWorker):
    """Stops if it cannot record how a job ended. A stopped worker loses its jobs to others; a living one would keep them for ever."""

    async def _persist_job_status(self, *args: Any, **kwargs: Any) -> None:
        try:
            await super()._persist_job_status(*args, **kwargs)
        except Exception:
            self.stop()
            raise


def run(*, concurrency: int) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    asyncio.run(_until_stopped(concurrency))


async def _until_stopped(concurrency: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    stopping = asyncio.create_task(stopped.wait())
    while not stopped.is_set():
        try:
            await _work(concurrency, stopping)
        except ConnectorException as error:
            log.warning("worker_lost_database", error=type(error.__cause__ or error).__name__)
        await asyncio.wait({stopping}, timeout=PAUSE)


async def _work(concurrency: int, stopping: asyncio.Task[Any]) -> None:
    """Run jobs until `stopping` is done or the database goes away."""
    # Behind a pooler in transaction mode, a prepared statement may be missing in the next session.
    parameters = connector_params() | {"prepare_threshold": None}
    connector = PsycopgConnector(kwargs=parameters, min_size=1, max_size=3, timeout=PATIENCE)
    with app.replace_connector(connector):
        async with app.open_async():
            worker = Worker(
                app,
                task_middleware=[close_db_connections, close_db_connections_async],
                concurrency=concurrency,
                fetch_job_polling_interval=POLL,
                listen_notify=False,
                install_signal_handlers=False,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=SILENCE,
            )
            running = asyncio.create_task(worker.run())
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            worker.stop()
            await running
