from django.utils.translation import gettext_lazy as _

from claims.proof import sealing, sequencing
from claimtrack.jobs import periodic


@periodic("claims.log", _("Seal and number what was published"), cron="*/5 * * * *")
def seal_and_number() -> None:
    """Seal rows and number the entries that requests left behind, if there is a log."""
    if sequencing.started() and sequencing.has_begun():
        sealing.seal()
        sequencing.number()
