"""The proof of one claim's steps: their leaves, their places in the tree, and the signed head of the tree."""

from collections.abc import Iterable
from typing import Any

from claims.models import Checkpoint, Claim, LogEntry
from claims.proof.merkle import Tree
from claims.proof.sequencing import signer, started, tiles


def receipt(claim: Claim) -> dict[str, Any] | None:
    """Return the receipt of a claim, or None if no publication of it is in the log. Raises NotStarted."""
    head = Checkpoint.objects.newest()
    if head is None:
        return None
    entries = list(LogEntry.objects.about(claim).filter(index__lt=head.size).select_related("opening"))
    if not any(entry.review_id and entry.claim_id == claim.pk for entry in entries):
        return None
    # A checkpoint that a witness has signed, if its tree already contains all entries.
    seen = Checkpoint.objects.filter(size__gt=entries[-1].index or 0).exclude(cosignatures=None).newest()
    head = seen or head
    return {
        "claim": claim.pk,
        "key": signer().verifier,
        "checkpoint": head.cosigned,
        "entries": list(_proved(entries, head.size)),
    }


def has_receipt(claim: Claim) -> bool:
    """Return whether a publication of the claim is in the log, or will be in a moment. The answer only changes with the claim."""
    return claim.reviewed_at is not None and started()


def _proved(entries: Iterable[LogEntry], size: int) -> Iterable[dict[str, Any]]:
    found: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        if (level, index) not in found:
            found.update(tiles([(level, index)]))
        return found[level, index]

    tree = Tree(size, read)
    for entry in entries:
        texts = entry.opening.texts.items()
        yield {
            "index": entry.index,
            "leaf": entry.leaf,
            "body": entry.body,
            "opened": {found: {"salt": salt, "text": text} for found, (salt, text) in texts},
            "proof": [sibling.hex() for sibling in tree.inclusion(entry.index or 0)],
        }
