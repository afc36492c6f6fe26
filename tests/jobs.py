"""Run queued jobs in the connection of a test, so in its transaction too. tests/operations/test_worker.py runs real workers."""

import time

import orjson
from asgiref.sync import async_to_sync
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.middleware import compose
from procrastinate.utils import utcnow

from claimtrack.jobs import manager


def run_jobs() -> int:
    """Run the jobs that are due, with those that these queue, and return how many ended well."""
    worker = async_to_sync(manager.register_worker)()
    done = 0
    while job := fetch(worker):
        done += run(job)
    return done


def fetch(worker: int) -> Job | None:
    job = async_to_sync(manager.fetch_job)(queues=None, worker_id=worker)
    # Django's connections leave JSON to its fields.
    return job and job.evolve(task_kwargs=orjson.loads(str(job.task_kwargs)))


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
            async_to_sync(manager.finish_job)(job, Status.FAILED, delete_job=False)
        return False
    async_to_sync(manager.finish_job)(job, Status.SUCCEEDED, delete_job=False)
    return True
