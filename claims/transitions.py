"""Where the verification of a claim stands, and every step that it can take.

This table is the one source: the verbs, the admin, the API's documentation and the database's guard derive from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from claimtrack.refusals import Message, in_context
from claimtrack.roles import Role


class Status(StrEnum):
    """Where the verification of a claim stands."""

    PROPOSED = "proposed"
    UNVERIFIED = "unverified"
    IN_REVIEW = "in_review"
    AWAITING_APPROVAL = "awaiting_approval"
    CHECKED = "checked"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Message:
        return STATUS_LABELS[self]


S = Status
STATUS_LABELS = {
    S.PROPOSED: Message("Proposed"),
    S.UNVERIFIED: Message("Unverified"),
    S.IN_REVIEW: Message("In review"),
    S.AWAITING_APPROVAL: Message("Awaiting approval"),
    S.CHECKED: Message("Checked"),
    S.DISMISSED: Message("Dismissed"),
    S.WITHDRAWN: Message("Withdrawn"),
}

PUBLIC = (S.UNVERIFIED, S.IN_REVIEW, S.AWAITING_APPROVAL, S.CHECKED, S.WITHDRAWN)
WITHOUT_VERDICT = (S.PROPOSED, S.UNVERIFIED, S.DISMISSED, S.WITHDRAWN)
WITH_VERDICT = (S.CHECKED,)

# What is closed while a verdict is in force or awaits approval, field by field with its columns: it changes with a publication.
CLOSED_FIELDS = {
    "text": ("text",),
    "speaker": ("speaker_id",),
    "speaker_role": ("speaker_role",),
    "said_at": ("said_at", "said_precision"),
    "due_on": ("due_on", "due_precision"),
}
# What a publication may change: of these, review_by is about the verdict itself.
CHANGED_BY_PUBLICATION = (*CLOSED_FIELDS, "review_by")
CLOSED_COLUMNS = tuple(column for columns in CLOSED_FIELDS.values() for column in columns)


@dataclass(frozen=True)
class Transition:
    """One step from any of `sources` to `target`.

    `needs`: which of verdict, rationale, evidence, note must be given. `published`: the claim must have been published
    before (True), never (False), or it does not matter (None). `own`: below Editor, only this person may ("assignee",
    "submitter"). `by_assignee`: while somebody is assigned, only that person may, and an Editor may not either.
    `closed_by_approval`: closed where the desk requires approval. `public`: its row is public history.
    """

    name: str
    sources: tuple[Status, ...]
    target: Status
    role: Role
    needs: frozenset[str] = frozenset()
    published: bool | None = None
    own: str = ""
    by_assignee: bool = False
    closed_by_approval: bool = False
    public: bool = False
    assigns: bool = False
    unassigns: bool = False

    @property
    def label(self) -> Message:
        return STEP_LABELS[self.name]


STEP_LABELS = {
    "accept": in_context("step", "Accept"),
    "dismiss": in_context("step", "Dismiss"),
    "restore": in_context("step", "Restore"),
    "reconsider": in_context("step", "Reconsider"),
    "take": in_context("step", "Take"),
    "release": in_context("step", "Release"),
    "submit": in_context("step", "Submit"),
    "publish": in_context("step", "Publish"),
    "approve": in_context("step", "Approve"),
    "return": in_context("step", "Return"),
    "correct": in_context("step", "Correct"),
    "reopen": in_context("step", "Reopen"),
    "withdraw": in_context("step", "Withdraw"),
}

_JUDGED = frozenset({"verdict", "rationale", "evidence"})
_RATIONALE = frozenset({"rationale"})
_M, _E = Role.MODERATOR, Role.EDITOR

TRANSITIONS = (
    Transition("accept", (S.PROPOSED,), S.UNVERIFIED, _M),
    Transition(
        "dismiss", (S.PROPOSED, S.UNVERIFIED, S.IN_REVIEW), S.DISMISSED, _M, _RATIONALE, False,
        by_assignee=True, unassigns=True,
    ),
    Transition("restore", (S.DISMISSED,), S.UNVERIFIED, _M, _RATIONALE),
    Transition("reconsider", (S.DISMISSED,), S.PROPOSED, _M, _RATIONALE),
    Transition("take", (S.UNVERIFIED,), S.IN_REVIEW, _M, assigns=True),
    Transition("release", (S.IN_REVIEW,), S.UNVERIFIED, _M, published=False, own="assignee", unassigns=True),
    Transition("submit", (S.IN_REVIEW,), S.AWAITING_APPROVAL, _M, _JUDGED, by_assignee=True),
    Transition(
        "publish", (S.IN_REVIEW,), S.CHECKED, _M, _JUDGED,
        by_assignee=True, closed_by_approval=True, public=True, unassigns=True,
    ),
    Transition("approve", (S.AWAITING_APPROVAL,), S.CHECKED, _E, public=True, unassigns=True),
    Transition("return", (S.AWAITING_APPROVAL,), S.IN_REVIEW, _M, frozenset({"note"}), own="submitter"),
    Transition("correct", (S.CHECKED,), S.CHECKED, _E, _JUDGED, closed_by_approval=True, public=True, unassigns=True),
    Transition("reopen", (S.CHECKED, S.WITHDRAWN), S.IN_REVIEW, _E, _RATIONALE, public=True, assigns=True),
    Transition("withdraw", (S.CHECKED, S.IN_REVIEW), S.WITHDRAWN, _E, _RATIONALE, True, public=True, unassigns=True),
)  # fmt: skip

BY_STATUSES = {(source, step.target): step for step in TRANSITIONS for source in step.sources}
BY_NAME = {step.name: step for step in TRANSITIONS}

# The steps that have not left the desk, each with those that put the claim back where it stood.
UNDONE_BY = {
    (S.PROPOSED, S.DISMISSED): ("reconsider",),
    (S.UNVERIFIED, S.DISMISSED): ("restore",),
    (S.IN_REVIEW, S.DISMISSED): ("restore", "take"),
    (S.UNVERIFIED, S.IN_REVIEW): ("release",),
    (S.IN_REVIEW, S.UNVERIFIED): ("take",),
    (S.IN_REVIEW, S.AWAITING_APPROVAL): ("return",),
}


def steps_from(status: str, *, published: bool, approval: bool) -> list[Transition]:
    """Return the steps that lead on from a status, whoever takes them.

    `published`: the claim has been published before; `approval`: the desk requires approval.
    """
    return [
        step
        for step in TRANSITIONS
        if status in step.sources and step.published in (None, published) and not (approval and step.closed_by_approval)
    ]
