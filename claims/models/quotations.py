"""Proposed quotations of a snapshot's text, with the speakers of these names and the claims that are on record.

They are computed on request and not stored. They link nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from claims.models.appearance import AppearanceQuerySet
from claims.models.speaker import Speaker, SpeakerQuerySet
from claims.text.quotations.proposals import Proposals, Quotation, propose
from sources.models import Snapshot


@dataclass(frozen=True)
class Proposal:
    """A quotation, every speaker on record under the name, and the claims that already quote a part of this passage."""

    quotation: Quotation
    speakers: list[Speaker]
    claims: list[int]


@dataclass(frozen=True)
class Quoted:
    snapshot: Snapshot
    found: Proposals
    proposals: list[Proposal]  # the surest first

    @property
    def language(self) -> str:
        return self.found.language


def quoted(snapshot: Snapshot, *, speakers: SpeakerQuerySet, appearances: AppearanceQuerySet) -> Quoted:
    """Return the proposals for the snapshot's text. `speakers` and `appearances` are those that the user may see."""
    found = propose(snapshot.text, snapshot.article.language)
    named = speakers.by_name(quotation.name for quotation in found.quotations if quotation.name)
    quoting = _quoting(found.quotations, appearances.filter(snapshot=snapshot, claim__merged_into=None))
    surest_first = sorted(found.quotations, key=lambda quotation: (-(quotation.margin or 0), quotation.start))
    proposals = [
        Proposal(quotation, named.get(quotation.name, []), quoting[quotation.start]) for quotation in surest_first
    ]
    return Quoted(snapshot, found, proposals)


def _quoting(quotations: Iterable[Quotation], appearances: AppearanceQuerySet) -> defaultdict[int, list[int]]:
    """Return the claims of the appearances that overlap each quotation, by the start of the quotation."""
    in_order = sorted(quotations, key=lambda quotation: quotation.start)
    ends = [quotation.end for quotation in in_order]
    claims: defaultdict[int, list[int]] = defaultdict(list)
    for claim, start, end in appearances.order_by("pk").values_list("claim", "start_offset", "end_offset"):
        # The first that ends after it starts, and those that follow.
        for quotation in in_order[bisect_right(ends, start) :]:
            if quotation.start >= end:
                break
            if claim not in claims[quotation.start]:
                claims[quotation.start].append(claim)
    return claims
