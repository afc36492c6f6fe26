from django.utils.translation import gettext_lazy as _

from claims.proof import sealing, sequencing
from claimtrack.jobs import periodic


@periodic("claims.log", _("Number and seal what was published"), cron="*/5 * * * *")
def number_and_seal() -> None:
    """Do what requests have left. `manage.py log` begins the log of a ledger that has published before."""
    try:
        sequencing.number_if_begun()
    except sequencing.NotStarted:
        return
    sealing.seal()
