"""The passages of a snapshot that repeat a claim with a verdict in force. They are computed on request.

They have no effect by themselves: no program adds an appearance, and no verdict is applied to another speaker's words.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from claims.matching import Match, match
from claims.models.appearance import Appearance
from claims.models.claim import Claim
from claims.models.quotations import quoted
from claims.models.speaker import Speaker
from claims.models.suggestion import Suggestion
from claims.text.passages import passages
from claims.text.quotations.proposals import Quotation
from claimtrack.models import User
from sources.models import Snapshot


@dataclass(frozen=True)
class Repetition:
    """A passage and the claim that it repeats. `speakers` are all on record under the name that the article gives, if any."""

    start: int
    quote: str
    claim: Claim
    quotation: Quotation | None
    speakers: list[Speaker]
    suggested: bool

    @property
    def end(self) -> int:
        return self.start + len(self.quote)

    @property
    def may_be_same_speaker(self) -> bool:
        """Whether the name means the claim's speaker, and perhaps somebody else too."""
        return self.claim.speaker_id in [speaker.pk for speaker in self.speakers]

    @property
    def by_same_speaker(self) -> bool:
        """Whether the name means the claim's speaker and nobody else."""
        return self.may_be_same_speaker and len(self.speakers) == 1


@dataclass(frozen=True)
class SaidAgain:
    language: str
    repetitions: list[Repetition]  # in the order of the text
    more: bool  # whether the text has passages that were not compared


def said_again(snapshot: Snapshot, user: User | AnonymousUser) -> SaidAgain:
    """Return the passages that repeat a checked claim and are not on record yet, as far as the user may see the claims."""
    found = quoted(snapshot, speakers=Speaker.objects.visible_to(user), appearances=Appearance.objects.visible_to(user))
    proposals = {proposal.quotation: proposal for proposal in found.proposals}
    text = snapshot.text
    chosen, more = passages(text, found.found)
    answers = match([text[one.start : one.end] for one in chosen], user=user, language=found.language)
    taken = _on_record(snapshot, user)
    suggested = {
        (row.claim_id, row.start_offset): row.declined
        for row in Suggestion.objects.visible_to(user).filter(snapshot=snapshot)
    }
    repetitions = []
    for passage, matches in zip(chosen, answers, strict=True):
        if any(start < passage.end and passage.start < end for start, end in taken):
            continue
        speakers = proposals[passage.quotation].speakers if passage.quotation else []
        claim = _repeated(matches, speakers)
        if claim and not suggested.get((claim.pk, passage.start)):
            waits = (claim.pk, passage.start) in suggested
            quote = text[passage.start : passage.end]
            repetitions.append(Repetition(passage.start, quote, claim, passage.quotation, speakers, waits))
    return SaidAgain(found.language, _innermost(repetitions), more)


def _innermost(repetitions: list[Repetition]) -> list[Repetition]:
    """Leave out a quotation if one of its sentences is listed, since that is the more exact place."""

    def holds(one: Repetition, other: Repetition) -> bool:
        return other is not one and one.start <= other.start and other.end <= one.end

    return [one for one in repetitions if not any(holds(one, other) for other in repetitions)]


def _on_record(snapshot: Snapshot, user: User | AnonymousUser) -> list[tuple[int, int]]:
    rows = Appearance.objects.visible_to(user).filter(snapshot=snapshot, claim__merged_into=None)
    return list(rows.values_list("start_offset", "end_offset"))


def _repeated(matches: list[Match], speakers: list[Speaker]) -> Claim | None:
    """Return the claim with a verdict in force that says the same, preferably one of this speaker; None if it is doubtful."""
    checked = [one.claim for one in matches if one.same and one.claim.verdict_id]
    known = {speaker.pk for speaker in speakers}
    return next((claim for claim in checked if claim.speaker_id in known), checked[0] if checked else None)
