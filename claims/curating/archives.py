"""Set the address of an archived copy of a page that is gone, on its snapshot, or on evidence without one. It is set once."""

from typing import Any

from django.db.models import QuerySet

from claims.models import Evidence
from claims.proof import sealing
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require
from sources.ingesting import fields
from sources.models import Reading, Snapshot


@verb
def keep_archive(*, reading: Reading, by: User, archive_url: str) -> None:
    """Keep an archived copy of a page: with the current snapshot of its article, else with the evidence in force at its address.

    Raises NotAllowed below Moderator, Invalid (required, url), Conflict `archive_kept` if there is nothing without one.
    """
    require(by, Role.MODERATOR, "You may not add archived copies: this takes a Moderator.")
    address = fields.archive_url(archive_url)
    if not address:
        raise Invalid("Give the address of the archived copy.", code="required", field="archive_url")
    rows: QuerySet[Any]
    if reading.article:
        rows = Snapshot.objects.filter(pk=reading.article.current_snapshot_id or 0)
    else:
        ids = Evidence.objects.in_force().filter(snapshot=None, url=reading.url).order_by().values_list("pk", flat=True)
        rows = Evidence.objects.filter(pk__in=list(ids))
    without = list(rows.filter(archive_url=None).only("pk").select_for_update(of=("self",)))
    if not without:
        raise Conflict("An archived copy is on record already, and it stays.", code="archive_kept", field="archive_url")
    rows.filter(pk__in=[row.pk for row in without]).update(archive_url=address)
    sealing.set_later(*without)
