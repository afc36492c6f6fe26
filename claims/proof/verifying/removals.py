"""What a lawful redaction explains. This is the only place of `verify` that knows of redactions.

Where a text was removed, its salt is destroyed: an opening that lacks a salted hash of its body. Such a text reads as
`claims.proof.leaves.REMOVED`, which agrees with whatever a row says. An entry with a removed text, and a row that no longer has the
hash that its seal says, is a fault unless a redaction names it here.
"""

from claimtrack.models import Redaction


def explains(table: str, row: int) -> bool:
    """Return whether a redaction on record removed texts of this row. For an opening, `row` is its entry."""
    return Redaction.objects.filter(rows__contains={table: [row]}).exists()
