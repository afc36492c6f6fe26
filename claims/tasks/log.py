from django.utils.translation import gettext_lazy as _

from claims.proof import sealing, sequencing
from claimtrack.jobs import periodic


@periodic("claims.log", _("Seal and number what was published"), cron="*/5 * * * *")
def seal_and_number() -> None:
    """Do what requests have left, where the log is started."""
    if sequencing.started() and sequencing.has_begun():
        sealing.seal()
        sequencing.number()
