"""Run queued jobs in the connection of a test, so in its transaction too. tests/operations/test_worker.py runs real workers."""

import time

import orjson
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.middleware import compose
from procrastinate.sql import queries
from procrastinate.utils import utcnow

from claimtrack.jobs import connector, manager


def run_jobs() -> int:
    """Run due jobs and the jobs that these queue, and return how many succeeded."""
    worker = register()
    done = 0
    while job := fetch(worker):
        done += run(job)
    return done


def register() -> int:
    return connector.execute_query_one(queries["register_worker"])["worker_id"]


def fetch(worker: int) -> Job | None:
    row = connector.execute_query_one(queries["fetch_job"], queues=None, worker_id=worker)
    # Django's connections leave JSON to its fields.
    return Job.from_row({**row, "args": orjson.loads(row["args"])}) if row["id"] else None


def run(job: Job) -> bool:
    task = app.tasks[job.task_name]

    def call() -> object:
        with transaction.atomic():
            return task(**job.task_kwargs)

    context = JobContext(app=app, job=job, start_timestamp=time.time(), abort_reason=lambda: None)
    try:
        compose(task.task_middleware, call, context, None)()
    except Exception as error:
        again = task.get_retry_exception(exception=error, job=job)
        if again:
            assert job.id is not None
            manager.retry_job_by_id(job.id, retry_at=again.retry_decision.retry_at or utcnow())
        else:
            finish(job, Status.FAILED)
        return False
    finish(job, Status.SUCCEEDED)
    return True


def finish(job: Job, status: Status) -> None:
    connector.execute_query(queries["finish_job"], job_id=job.id, status=status.value, delete_job=False)
