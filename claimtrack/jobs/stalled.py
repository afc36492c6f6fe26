"""Requeue the jobs of dead workers, and delete finished jobs."""

from django.utils import timezone
from procrastinate.jobs import Status
from procrastinate.sql import queries

from claimtrack.jobs import MAX_ATTEMPTS, connector, manager
from claimtrack.jobs.worker import SILENCE
from claimtrack.models import JobError

# How long the desk shows a job that succeeded.
KEPT_HOURS = 24
PARKED_HOURS = 24 * 90


def resume() -> None:
    """Queue the jobs of dead workers again. Park a job whose worker has died MAX_ATTEMPTS times.

    A periodic job is dropped, since the next one does the same work.
    """
    stalled = queries["select_stalled_jobs_by_heartbeat"]
    for job in connector.execute_query_all(stalled, seconds_since_heartbeat=SILENCE, queue=None, task_name=None):
        if job["queueing_lock"]:
            _finish(job["id"], Status.ABORTED, delete=True)
            continue
        attempt = job["attempts"] + 1
        JobError.objects.create(job=job["id"], attempt=attempt, error="The worker ended while it ran this job.")
        if attempt < MAX_ATTEMPTS:
            manager.retry_job_by_id(job["id"], retry_at=timezone.now())
        else:
            _finish(job["id"], Status.FAILED, delete=False)


def _finish(job: int, status: Status, *, delete: bool) -> None:
    connector.execute_query(queries["finish_job"], job_id=job, status=status.value, delete_job=delete)


def purge() -> None:
    """Delete jobs that succeeded, failed jobs after a longer time, and the errors of deleted jobs."""
    over = [status.value for status in (Status.FAILED, Status.CANCELLED, Status.ABORTED)]
    for hours, statuses in ((KEPT_HOURS, [Status.SUCCEEDED.value]), (PARKED_HOURS, over)):
        connector.execute_query(queries["delete_old_jobs"], statuses=statuses, nb_hours=hours, queue=None)
    JobError.objects.without_job().delete()
