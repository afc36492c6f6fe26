"""Jobs of workers that died, and jobs that are over."""

from django.utils import timezone
from procrastinate.jobs import Status
from procrastinate.sql import queries

from claimtrack.jobs import MAX_ATTEMPTS, connector, manager
from claimtrack.jobs.worker import SILENCE
from claimtrack.models import JobError

# How long the desk shows a job that was done.
KEPT_HOURS = 24
PARKED_HOURS = 24 * 90


def resume() -> None:
    """Queue the jobs of dead workers anew. Park those with which a worker has died MAX_ATTEMPTS times.

    A periodic job is forgotten, since its next one does the same.
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
    """Delete jobs that are over, those that failed much later, and the errors of jobs that are gone."""
    over = [status.value for status in (Status.FAILED, Status.CANCELLED, Status.ABORTED)]
    for hours, statuses in ((KEPT_HOURS, [Status.SUCCEEDED.value]), (PARKED_HOURS, over)):
        connector.execute_query(queries["delete_old_jobs"], statuses=statuses, nb_hours=hours, queue=None)
    JobError.objects.without_job().delete()
