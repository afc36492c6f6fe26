"""Which claims of the ledger may be the same as a text: "have we checked this already?"

Nothing is decided by it. It answers candidates, the best first, each with what differs from the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import TrigramSimilarity

from claims.models import Claim
from claims.text import checkworthy
from claims.text.likeness import Difference, alike, differences
from claimtrack.models import User

LEAST_ALIKE = 0.6


@dataclass(frozen=True)
class Match:
    """A claim that may be the same. `score` is from 0 to 1; `same` says that the wordings differ in nothing that counts."""

    claim: Claim
    score: float
    same: bool
    differences: tuple[Difference, ...]


def match(
    texts: Sequence[str], *, user: User | AnonymousUser | None, limit: int = 5, language: str = ""
) -> list[list[Match]]:
    """Return for each text the claims that the user may see and that may be the same, the best first."""
    return [_matches(text, user, limit) for text in texts]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in checkworthy.sentences(text)]


def _matches(text: str, user: User | AnonymousUser | None, limit: int) -> list[Match]:
    claims = (
        Claim.objects.visible_to(user)
        .filter(merged_into=None)
        .annotate(score=TrigramSimilarity("text", text))
        .filter(score__gt=0.1)
        .select_related("speaker", "verdict")
        .defer("search")
        .order_by("-score", "pk")[:limit]
    )
    found = [(claim, differences(text, claim.text)) for claim in claims]
    return [
        Match(claim, claim.score, not apart and alike(text, claim.text) >= LEAST_ALIKE, apart) for claim, apart in found
    ]
