"""Health checks: /livez answers if the process runs, and /readyz if it can serve requests.

/readyz also reports on jobs. Without a worker they wait and everything else works, so this is no reason for a 503.

Both accept any Host header, and requests to them are not logged.
"""

from functools import cache

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from rest_framework.permissions import SAFE_METHODS

from claimtrack import __version__
from claimtrack.db import replicas
from claimtrack.jobs.worker import SILENCE

PATHS = ("/livez", "/readyz")
UNKEPT = {"Cache-Control": "no-store"}
RETRY = {"Retry-After": "10"}
# Seconds after which a job that no worker has begun is late.
LATE = 120
# The time counts from the last event of a job: when it was queued, retried or due.
WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %(silence)s)"
JOBS = f"""SELECT ({WORKERS}),
    (SELECT count(*) FROM procrastinate_jobs j WHERE status = 'todo'
        AND coalesce(scheduled_at, (SELECT max(at) FROM procrastinate_events WHERE job_id = j.id))
            < now() - make_interval(secs => %(late)s)),
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed')"""
logger = structlog.get_logger(__name__)


def answer(request: HttpRequest) -> HttpResponse:
    if request.method not in SAFE_METHODS:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    state: dict[str, object] = {"status": "ok", "version": __version__}
    if request.path_info == "/readyz":
        state |= _readiness()
        if state["status"] != "ok":
            logger.warning("Not ready.", database=state["database"], migrations=state["migrations"])
    if state["status"] == "ok":
        return JsonResponse(state, headers=UNKEPT)
    return JsonResponse(state, status=503, headers=UNKEPT | RETRY)


def _readiness() -> dict[str, object]:
    """Return whether the database answers and has all migrations of this version. It may have more, as during an upgrade."""
    try:
        missing = missing_migrations()
    except DatabaseError:
        return {"status": "unavailable", "database": "away", "migrations": "unknown"}
    if missing:
        names = ", ".join(f"{app}.{name}" for app, name in sorted(missing))
        return {"status": "unavailable", "database": "ok", "migrations": f"missing: {names}"}
    return {"database": "ok", "migrations": "ok", "jobs": jobs(), **_replicas()}


def jobs() -> str:
    """Return "ok", or why jobs wait: no worker lives, or all are busy."""
    with connection.cursor() as cursor:
        cursor.execute(JOBS, {"silence": SILENCE, "late": LATE})
        workers, late, parked = cursor.fetchone()
    if not workers:
        return "no worker" + (f", {late} late" if late else "")
    return f"{late} late" if late else f"ok, {parked} parked" if parked else "ok"


def _replicas() -> dict[str, object]:
    """Return the state of each replica, if there are any. A site whose replicas are all away is ready, since it reads the primary."""
    standing = {watch.alias: {"state": watch.state, "lag_seconds": watch.lag} for watch in replicas.watches()}
    return {"replicas": standing} if standing else {}


def has_worker() -> bool:
    """Return whether any worker runs queued jobs."""
    with connection.cursor() as cursor:
        cursor.execute(WORKERS, {"silence": SILENCE})
        return bool(cursor.fetchone()[0])


def missing_migrations() -> set[tuple[str, str]]:
    """Return the migrations of this version that the database lacks, as app and name."""
    return _migrations() - MigrationRecorder(connection).applied_migrations().keys()


@cache
def _migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
