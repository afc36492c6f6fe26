"""Background work. procrastinate stores it in PostgreSQL: a *task* is a function, a *job* is one call of it.

A verb queues a job in its own transaction, so the job exists if and only if its cause was committed. `manage.py worker` runs
jobs. A job runs at least once: when its worker dies, another one runs it again, so every task is safe to run twice. A job that
fails is tried again later, and parked once it has failed MAX_ATTEMPTS times or a verb has refused it; the desk shows parked jobs
with their errors. Arguments are ids and never texts, because a redaction would have to find texts here.

Unlike django-tasks with its database backend, procrastinate has retries, periodic jobs, and heartbeats of workers, which show
whose jobs a dead worker held. Workers poll for jobs instead of listening for notifications, so they also work behind a pooler
in transaction mode.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import ParamSpec, TypeVar, cast

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job as QueuedJob
from procrastinate.manager import JobManager
from procrastinate.middleware import SyncCallNext
from procrastinate.tasks import Task, configure_task
from procrastinate.types import TimeDeltaParams
from procrastinate.worker import Worker

from claimtrack.models import Job, JobError, User
from claimtrack.refusals import Conflict, NotAllowed, Refused

MAX_ATTEMPTS = 8
# Seconds until the second attempt. Each later attempt waits three times as long, so a job is parked after an hour and a half.
FIRST_WAIT = 5
LONGEST_ERROR = 500

# Uses Django's own connection, also in a worker, whose app has another one.
connector = DjangoConnector()
manager = JobManager(connector)
# The label of each task at the desk.
LABELS: dict[str, str | Promise] = {}

P = ParamSpec("P")
R = TypeVar("R")


class Backoff(BaseRetryStrategy):
    """Waits longer after each failure. A job that a verb has refused is not tried again, since the verb would refuse it again."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if isinstance(exception, Refused) or job.attempts + 1 >= MAX_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": FIRST_WAIT * 3**job.attempts})


def task(name: str, label: str | Promise) -> Callable[[Callable[P, R]], Task[P, R, P]]:
    """Decorate a function as a task, which `queue` knows by `name`."""

    def register(function: Callable[P, R]) -> Task[P, R, P]:
        LABELS[name] = label
        return app.task(name=name, retry=Backoff(), task_middleware=[record_error])(function)

    return register


def periodic(name: str, label: str | Promise, *, cron: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Decorate a function as a task that is queued at these times (minute, hour, day, month, weekday; in UTC).

    While one of its jobs waits, no second one is queued. A failed job is not tried again before the next time.
    """

    def register(function: Callable[[], object]) -> Callable[[], object]:
        def run(timestamp: int = 0) -> object:
            return function()

        LABELS[name] = label
        made = app.task(name=name, queueing_lock=name, task_middleware=[record_error])(run)
        app.periodic(cron=cron)(made)
        return function

    return register


def queue(name: str, *, wait: timedelta | None = None, **arguments: int) -> int:
    """Queue a job in the current transaction and return its id. It runs after `wait`, or as soon as a worker is free."""
    if name not in app.tasks:
        raise LookupError(f"There is no task {name}.")
    schedule: TimeDeltaParams | None = {"seconds": round(wait.total_seconds())} if wait else None
    return configure_task(name=name, job_manager=manager, schedule_in=schedule).defer(**arguments)


def run_again(*, by: User, job: Job) -> None:
    """Queue a parked job once more. Raises NotAllowed unless `by` is an administrator, and Conflict if the job is not parked."""
    if not (by.is_active and by.is_superuser):
        raise NotAllowed("You may not run jobs: this takes an administrator.")
    try:
        with transaction.atomic():
            if not Job.objects.select_for_update().filter(pk=job.pk, status="failed").exists():
                raise Conflict("This job is not parked.", code="job_not_parked")
            manager.retry_job_by_id(job.pk, retry_at=timezone.now())
    except UniqueViolation as error:
        raise Conflict("Another job that does the same waits already.", code="job_waits") from error


def record_error(call_next: SyncCallNext, context: JobContext, worker: Worker) -> object:
    """Record why an attempt failed, since procrastinate only logs it."""
    try:
        return call_next()
    except Exception as error:
        JobError.objects.create(
            job=cast(int, context.job.id), attempt=context.job.attempts + 1, error=in_one_line(error)
        )
        raise


def in_one_line(error: BaseException) -> str:
    """Return an error in one line, without the values of rows that PostgreSQL appends to it."""
    if isinstance(error, Refused):
        return f"{error.message} ({error.code})"[:LONGEST_ERROR]
    message = str(error)
    if isinstance(error, DatabaseError):
        diagnosis = getattr(error.__cause__, "diag", None)
        message = getattr(diagnosis, "message_primary", None) or message.partition("\n")[0]
    return f"{type(error).__name__}: {message}"[:LONGEST_ERROR].rstrip(": ")
