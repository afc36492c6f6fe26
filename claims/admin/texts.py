"""The other texts on the review page: colleagues' drafts, and a returned submission."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.curating import drafts
from claims.curating.evidence import EvidenceFields
from claims.curating.fields import ClaimChanges
from claims.models import Claim, Draft, Review, Verdict
from claimtrack.models import User
from claimtrack.roles import Role, role_of


@dataclass(frozen=True)
class Given:
    """The text of a draft or a decision."""

    verdict: Verdict | None
    rationale: str
    note: str
    evidence: list[EvidenceFields]


@dataclass(frozen=True)
class Text(Given):
    """A text to read and to copy. `version`: that of one's own draft."""

    key: str
    title: str
    at: datetime
    changes: ClaimChanges = field(default_factory=ClaimChanges)
    version: str = ""


def beside(claim: Claim, user: User, *, own: bool = False) -> list[Text]:
    """Return the drafts of colleagues, and the submission that was returned unless one's own draft is still the same.

    `own`: one's own draft, too.
    """
    if role_of(user) < Role.MODERATOR:
        return []
    rows = list(Draft.objects.filter(claim=claim).select_related("author", "verdict").order_by("-updated_at"))
    mine = next((row for row in rows if row.author_id == user.pk), None)
    found = [_draft(row, user) for row in rows if own or row != mine]
    return [*found, *_returned(claim, mine)]


def _draft(row: Draft, user: User) -> Text:
    mine = row.author_id == user.pk
    return Text(
        row.verdict,
        row.rationale,
        row.note,
        row.evidence,
        key=f"draft-{row.pk}",
        title=_("Your draft") if mine else _("Draft of %(person)s") % {"person": row.author},
        at=row.updated_at,
        changes=row.changes,
        version=row.version if mine else "",
    )


def _returned(claim: Claim, mine: Draft | None) -> Iterable[Text]:
    last = list(Review.objects.filter(claim=claim).select_related("reviewer", "verdict").order_by("-pk")[:2])
    if len(last) < 2 or last[0].step.name != "return":
        return
    submission = last[1]
    written: dict[str, Any] = drafts.written(submission)
    if mine and all(getattr(mine, name) == value for name, value in written.items()):
        return
    people = {"submitter": submission.reviewer, "person": last[0].reviewer}
    title = _("Submitted by %(submitter)s, returned by %(person)s") % people
    yield Text(**written, key=f"review-{submission.pk}", title=title, at=submission.created_at)


def joined(mine: Given, other: Given) -> Given:
    """Return both texts joined: one's own first, and nothing twice."""
    return Given(
        mine.verdict or other.verdict,
        _below(mine.rationale, other.rationale),
        _below(mine.note, other.note),
        [*mine.evidence, *(row for row in other.evidence if row not in mine.evidence)],
    )


def _below(mine: str, other: str) -> str:
    if other.strip() in mine:
        return mine
    return f"{mine.rstrip()}\n\n{other}" if mine.strip() else other
