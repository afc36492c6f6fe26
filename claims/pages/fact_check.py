"""What readers see of one claim, as a plain value for the template pages/fact_check.html.

A preview passes another value, for example with the verdict, rationale and evidence of a draft.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from claims.models import (
    Appearance,
    Evidence,
    ExternalReview,
    Inquiry,
    Review,
    SourceDecision,
    Speaker,
    Topic,
    Verdict,
)
from claims.models.review import with_merged
from claims.pages.page import EVERYBODY
from claims.transitions import Status
from sources.models import RedactedSnapshot


@dataclass(frozen=True)
class FactCheck:
    """The claim, the desk's verdict, and its history. Evidence may be rows, or mappings with the same members from a draft."""

    pk: int
    text: str
    language: str
    status: str
    speaker: Speaker | None
    speaker_role: str
    said: str | None
    due: str | None
    topics: Sequence[Topic]
    appearances: Sequence[Appearance]
    # The verdict in force, and the scale that it belongs to.
    verdict: Verdict | None
    scale: Sequence[Verdict]
    # The day by which the desk will look at it again.
    review_by: date | None
    rationale: str
    evidence: Sequence[Evidence | Mapping[str, object]]
    # The publication in force, and the first one.
    published: Review | None
    first: Review | None
    history: Sequence[Review]
    elsewhere: Sequence[ExternalReview]
    # Whom the desk asked for a reply or a correction, with the outcomes that readers see.
    inquiries: Sequence[Inquiry]
    # Redactions of the claim, or of an article in which it appears.
    redacted: Sequence[RedactedSnapshot]
    # The desk's decisions about changes of the passages that the claim quotes.
    source_decisions: Sequence[SourceDecision]

    @property
    def reopened(self) -> bool:
        """Whether the desk is reviewing the claim again, while its verdict stays in force."""
        return self.verdict is not None and self.status != Status.CHECKED

    @property
    def is_past(self) -> bool:
        """Whether the day by which the desk wanted to look at the verdict again has passed."""
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def correction(self) -> Review | None:
        """The last correction, if a verdict is in force."""
        return self._last("correction") if self.verdict else None

    @property
    def withdrawal(self) -> Review | None:
        """The step that withdrew the verdict, if the claim is withdrawn."""
        return self._last("withdraw") if self.status == Status.WITHDRAWN else None

    def _last(self, kind: str) -> Review | None:
        return next((row for row in reversed(self.history) if row.kind == kind and row.claim_id == self.pk), None)


def fact_check(claim: Any) -> FactCheck:
    """Return what readers see of a public claim that was fetched by for_list(). It gets its `publications`."""
    merged = with_merged(claim)
    history = list(Review.objects.visible_to(EVERYBODY).filter(claim__in=merged).for_history())
    claim.publications = [row for row in history if row.claim_id == claim.pk and row.to_status == Status.CHECKED]
    published = claim.publications[-1] if claim.verdict else None
    return FactCheck(
        pk=claim.pk,
        text=claim.text,
        language=claim.language,
        status=claim.status,
        speaker=claim.speaker,
        speaker_role=claim.speaker_role,
        said=claim.said,
        due=claim.due,
        topics=claim.topics.all(),
        appearances=claim.appearances.all(),
        verdict=claim.verdict,
        scale=scale(claim.verdict),
        review_by=claim.review_by,
        rationale=published.rationale if published else "",
        evidence=published.evidence.all() if published else [],
        published=published,
        first=claim.publications[0] if published else None,
        history=history,
        elsewhere=list(
            ExternalReview.objects.public().still_published().filter(claim=claim).order_by("reviewed_at", "pk")
        ),
        inquiries=list(
            Inquiry.objects.visible_to(EVERYBODY)
            .filter(claim__in=merged)
            .for_list(EVERYBODY)
            .order_by("asked_on", "pk")
        ),
        redacted=list(RedactedSnapshot.objects.filter(redaction__rows__claims_claim__contains=claim.pk).once()),
        source_decisions=list(SourceDecision.objects.visible_to(EVERYBODY).filter(claim__in=merged).for_list()),
    )


def scale(verdict: Verdict | None) -> list[Verdict]:
    """The numbered steps of the scale from the lowest, if the verdict is one of them."""
    if verdict is None or not verdict.value:
        return []
    return sorted(Verdict.objects.exclude(value=None), key=lambda step: step.value or 0)
