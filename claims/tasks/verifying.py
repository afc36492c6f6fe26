from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.proof import verifying
from claims.proof.verifying.checks import Scope
from claimtrack.jobs import periodic

RECENT = timedelta(days=2)


class DoesNotHold(Exception):
    """Parks the job, so that administrators see it. `manage.py verify` names the rows."""


@periodic("claims.verify", _("Verify what has changed in the ledger"), cron="10 3 * * *")
def verify() -> None:
    scope = Scope(timezone.now() - RECENT)
    with verifying.snapshot():
        broken = [check.name for check in verifying.CHECKS if any(check.run(scope))]
    if broken:
        raise DoesNotHold(f"Not so: {'; '.join(broken)}. Run manage.py verify.")
