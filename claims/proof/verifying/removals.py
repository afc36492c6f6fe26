"""The differences that a lawful redaction explains. No other module of `verify` knows of redactions.

The salt of a removed text is destroyed, so the opening lacks a salted hash of the body. Such a text reads as
`claims.proof.leaves.REMOVED`, which equals any text of a row. An entry with a removed text, or a row whose hash differs from its
seal, is a fault unless a redaction names it here.
"""

from datetime import datetime

from django.apps import apps
from django.db import connection

from claimtrack.models import Redaction


def explains(table: str, row: int, since: datetime | None = None) -> bool:
    """Return whether a redaction on record removed texts of this row, after `since`. For an opening, `row` is its entry."""
    found = Redaction.objects.filter(rows__contains={table: [_named(table, row)]})
    return (found.filter(at__gt=since) if since else found).exists()


def _named(table: str, row: int) -> int | None:
    """Return the key by which a redaction names a row: an event, by the row that it tells of."""
    if not any(hasattr(model, "pgh_tracked_model") for model in apps.get_models() if model._meta.db_table == table):
        return row
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pgh_obj_id FROM {connection.ops.quote_name(table)} WHERE pgh_id = %s", [row])
        found = cursor.fetchone()
    return found[0] if found else None
