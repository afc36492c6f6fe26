"""The other texts on the review page: colleagues' drafts, and a returned submission."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.admin.forms import DecisionForm, written
from claims.curating import drafts, shelf_life
from claims.curating.decisions import EvidenceFields
from claims.curating.fields import ClaimChanges
from claims.models import Claim, Draft, Review, Speaker, Verdict
from claims.pages.dates import partial_date
from claims.transitions import CHANGED_BY_PUBLICATION
from claimtrack.db.history import Change
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
    given: dict[str, Any] = drafts.written(submission)
    if mine and all(getattr(mine, name) == value for name, value in given.items()):
        return
    people = {"submitter": submission.reviewer, "person": last[0].reviewer}
    title = _("Submitted by %(submitter)s, returned by %(person)s") % people
    yield Text(**given, key=f"review-{submission.pk}", title=title, at=submission.created_at)


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


def changes(claim: Claim, given: Mapping[str, Any]) -> list[Change]:
    """Return what the `changes` of a text change of the claim, in the words of the form."""
    return [
        Change(name, label, before, after)
        for name, label, after in changed_fields(given)
        if (before := _in_words(name, _now(claim, name))) != after
    ]


def _now(claim: Claim, name: str) -> Any:
    match name:
        case "speaker":
            return claim.speaker_id
        case "said_at":
            return claim.said
        case "due_on":
            return claim.due
        case "review_by":
            return written(shelf_life.by_hand(claim))
    return getattr(claim, name)


def changed_fields(given: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each field that a text changes, with its label and its new value in words."""
    for name in CHANGED_BY_PUBLICATION:
        if name in given:
            label = DecisionForm.base_fields[f"change_{name}"].label
            yield name, str(label), _in_words(name, given[name])


def _in_words(name: str, value: Any) -> str:
    if not value:
        return ""
    if name == "speaker":
        return str(Speaker.objects.filter(pk=value).first() or "")
    return partial_date(value) if name in ("said_at", "due_on", "review_by") else str(value)
