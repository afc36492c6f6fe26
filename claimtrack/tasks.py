"""Periodic jobs that delete old rows and take over the jobs of dead workers."""

from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from claimtrack.api import idempotency, throttling
from claimtrack.jobs import periodic, stalled


@periodic("claimtrack.resume", _("Take over the jobs of workers that died"), cron="* * * * *")
def resume() -> None:
    stalled.resume()


@periodic("claimtrack.clean_up", _("Delete what has expired"), cron="17 * * * *")
def clean_up() -> None:
    idempotency.purge()
    throttling.purge()
    call_command("clearsessions")
    stalled.purge()
