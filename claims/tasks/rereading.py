import time
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.curating import rereading
from claimtrack.jobs import periodic
from claimtrack.jobs.actors import desk

RECENT = timedelta(hours=1)
SECONDS = 50.0  # of a minute, so that one job ends before the next begins


@periodic("claims.enrol", _("Schedule which pages are read again"), cron="*/10 * * * *")
def enrol() -> None:
    _enrol(timezone.now() - RECENT)


@periodic("claims.enrol_all", _("Schedule all pages that are read again"), cron="40 2 * * *")
def enrol_all() -> None:
    """Schedule all pages, in case a job was missed, for example while no worker ran."""
    _enrol(None)


def _enrol(since: datetime | None) -> None:
    while settings.CLAIMTRACK_REREAD and rereading.enrol(since=since) == rereading.BATCH:
        pass


@periodic("claims.reread", _("Read pages of articles again"), cron="* * * * *")
def reread() -> None:
    """Read due pages one after the other until the time is up. The next job continues."""
    by, until = desk(), time.monotonic() + SECONDS
    while time.monotonic() < until and rereading.reread_one(by=by):
        pass
    while time.monotonic() < until and rereading.compare_one(by=by):
        pass
