"""Jobs of workers that died, and jobs that are over."""

from typing import cast

from asgiref.sync import async_to_sync
from django.utils import timezone
from procrastinate.jobs import Status

from claimtrack.jobs import MAX_ATTEMPTS, manager
from claimtrack.jobs.worker import SILENCE
from claimtrack.models import JobError

# How long the desk shows a job that was done.
KEPT_HOURS = 24
PARKED_HOURS = 24 * 90


def resume() -> None:
    """Queue the jobs of dead workers anew. Park those with which a worker has died MAX_ATTEMPTS times.

    A periodic job is forgotten, since its next one does the same.
    """
    for job in async_to_sync(manager.get_stalled_jobs)(seconds_since_heartbeat=SILENCE):
        pk = cast(int, job.id)
        if job.queueing_lock:
            async_to_sync(manager.finish_job)(job, Status.ABORTED, delete_job=True)
            continue
        JobError.objects.create(job=pk, attempt=job.attempts + 1, error="The worker ended while it ran this job.")
        if job.attempts + 1 < MAX_ATTEMPTS:
            manager.retry_job_by_id(pk, retry_at=timezone.now())
        else:
            async_to_sync(manager.finish_job)(job, Status.FAILED, delete_job=False)


def purge() -> None:
    """Delete jobs that are over, those that failed much later, and the errors of jobs that are gone."""
    delete = async_to_sync(manager.delete_old_jobs)
    delete(nb_hours=KEPT_HOURS)
    delete(nb_hours=PARKED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)
    JobError.objects.without_job().delete()
