"""Changing the status and verdict of a claim, which only this module does: one step of claims.transitions at a time.

`review` locks the claim, checks that it is at the version that the caller saw and that this person may take the step, inserts
Review and Evidence, and sets status and verdict. The guards of the database check the same again, except for the roles.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from claims import notices
from claims.curating import drafts, fields, locked, shelf_life
from claims.curating.decisions import EvidenceFields, copy_of, judge
from claims.curating.fields import MAX_RATIONALE
from claims.models import Claim, Evidence, Review, Verdict
from claims.proof import recording
from claims.transitions import (
    BY_NAME,
    BY_STATUSES,
    CLOSED_COLUMNS,
    UNDONE_BY,
    WITHOUT_VERDICT,
    Status,
    Transition,
    steps_from,
)
from claimtrack.cleaning import clean_texts
from claimtrack.db.arrays import as_array
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, Message, NotAllowed, Refused
from claimtrack.roles import Role, require

# The rationale, or the note, of the steps that undo another.
UNDONE = "Undone"

# In SQL, because bulk_create takes ten times as long for thousands of rows.
ACCEPTED = """
    INSERT INTO claims_review (claim_id, from_status, to_status, reviewer_id,
        verdict_label, wording, rationale, note, changes, transaction)
    SELECT unnest(%s::bigint[]), %s, %s, %s, '', '', '', '', '{}', 0"""

OWN = {
    "assignee": Message("“%(step)s” is for its assignee or an Editor."),
    "submitter": Message("“%(step)s” is for its submitter or an Editor."),
}


@verb
def review(
    *,
    claim: Claim,
    to: str,
    by: User,
    expected: int | None,
    verdict: Verdict | str | None = None,
    rationale: str = "",
    note: str = "",
    evidence: Iterable[EvidenceFields] = (),
    changes: fields.ClaimChanges | None = None,
    draft: Collection[str] | None = None,
) -> Review:
    """Take the claim to status `to` and return the row of its history.

    `expected`: the version that the decision rests on (None in batches). `verdict`: a step of the scale or its code.
    `evidence`: mappings as EvidenceFields has them, with url and stance. `changes`: of text, speaker, speaker_role, said_at, due_on
    and review_by, applied at publication. `draft`: the versions of the author's draft that the decision was made of, which uses it
    up (None: any).

    An approval takes verdict, rationale, changes and evidence over from the submission. Raises Stale, NotAllowed
    (not_assignee, not_submitter, own_submission), Conflict (transition, approval_required, merged), Invalid (required, …;
    field named; quote_absent carries the nearest passage).
    """
    claim = locked(claim, expected)
    step = BY_STATUSES.get((Status(claim.status), Status(to))) if to in list(Status) else None
    if step is None:
        raise Conflict(
            "“%(status)s” cannot become “%(to)s”.",
            code="transition",
            field="to",
            params={"status": Status(claim.status).label, "to": Status(to).label if to in list(Status) else to},
        )
    history = list(claim.reviews.order_by("-pk"))
    if objection := _objection(step, claim, history, by):
        raise objection
    row = Review(claim=claim, from_status=claim.status, to_status=to, reviewer=by)
    texts = clean_texts({"rationale": rationale, "note": note}, limit=MAX_RATIONALE)
    row.rationale, row.note = texts["rationale"], texts["note"]
    if step.name == "approve":
        pieces = _take_over(row, history[0], verdict, evidence, changes)
    else:
        pieces = judge(row, step, verdict, list(evidence), changes or {})
    if to == Status.CHECKED:
        row.replaces = _last_publication(history)
    row.save(force_insert=True)
    for piece in pieces:
        piece.review = row
    Evidence.objects.bulk_create(pieces)
    if "evidence" in step.needs:
        drafts.use_draft(claim, by, draft)
    if step.name == "return":
        drafts.refill_draft(history[0], history[0].reviewer)
    elif step.name == "reopen" and (published := _last_publication(history)):
        drafts.refill_draft(published, by)
    _settle(claim, step, row)
    recording.step_taken(row, step, pieces)
    notices.reviewed(row, step, history)
    return row


@verb
def undo(*, row: Review, by: User) -> Claim:
    """Put the claim back where it stood before this step of one's own, with its assignee, and return it.

    Only a step that has not left the desk can be undone (UNDONE_BY), and only while nothing has happened to the claim since.
    Raises NotAllowed (not_allowed, not_reviewer), Conflict (undo, merged).
    """
    claim = locked(row.claim, None)
    if objection := _objection_to_undo(claim, row, by):
        raise objection
    assignee = _assignee_before(claim)
    for name in UNDONE_BY[Status(row.from_status), Status(row.to_status)]:
        step = BY_NAME[name]
        rationale, note = (UNDONE, "") if "rationale" in step.needs else ("", UNDONE)
        review(claim=claim, to=step.target, by=by, expected=None, rationale=rationale, note=note)
    claim.refresh_from_db()
    if claim.status == Status.IN_REVIEW and claim.assignee != assignee:
        claim.assignee = assignee
        claim.save(update_fields=["assignee"])
        claim.refresh_from_db(fields=["version", "updated_at"])
    return claim


def may_undo(claim: Claim, row: Review, user: User) -> bool:
    return not claim.merged_into_id and _objection_to_undo(claim, row, user) is None


def _objection_to_undo(claim: Claim, row: Review, by: User) -> Refused | None:
    if by.role < Role.MODERATOR:
        return NotAllowed("To undo a step takes a Moderator.")
    if row.reviewer_id != by.pk:
        return NotAllowed("Only the person who took a step undoes it.", code="not_reviewer")
    if (Status(row.from_status), Status(row.to_status)) not in UNDONE_BY or UNDONE in (row.rationale, row.note):
        return Conflict("This step cannot be undone: take the next one instead.", code="undo")
    if claim.version != row.claim_version:
        return Conflict("Something has happened to this claim since, so the step cannot be undone.", code="undo")
    return None


def _assignee_before(claim: Claim) -> User | None:
    """Return who had the claim before its last change, if that person still works on claims."""
    events: Any = Claim._meta.get_field("events").related_model
    updates = events.objects.filter(pgh_obj=claim, pgh_label="update")
    before = updates.order_by("-pk").select_related("assignee").first()
    assignee = before.assignee if before else None
    return assignee if assignee and assignee.role >= Role.MODERATOR else None


@verb
def accept(*, claims: Collection[int], by: User) -> None:
    """Accept these proposed claims (ids), as review() does one by one, in two statements however many there are.

    Raises NotAllowed, and Conflict `transition` where one of them is proposed no more: then none is accepted.
    """
    step = BY_STATUSES[Status.PROPOSED, Status.UNVERIFIED]
    require(by, step.role, "You may not accept claims: this takes a Moderator.")
    proposed = Claim.objects.filter(pk__in=as_array(claims), status=Status.PROPOSED, merged_into=None).order_by("pk")
    locked_ids = list(proposed.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    if len(locked_ids) < len(set(claims)):
        raise Conflict("Somebody else has just decided on one of these claims.", code="transition")
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED, [locked_ids, Status.PROPOSED.value, step.target.value, by.pk])
    Claim.objects.filter(pk__in=as_array(locked_ids)).update(status=step.target)
    recording.claims_shown(locked_ids)


def allowed_steps(claim: Claim, user: User | AnonymousUser) -> list[Transition]:
    """Return the steps that this person may take with this claim now."""
    if claim.merged_into_id or not isinstance(user, User) or user.role < Role.MODERATOR:
        return []
    history = list(claim.reviews.order_by("-pk"))
    published = _last_publication(history) is not None
    steps = steps_from(claim.status, published=published, approval=settings.CLAIMTRACK_REQUIRE_APPROVAL)
    return [step for step in steps if _objection(step, claim, history, user) is None]


def _objection(step: Transition, claim: Claim, history: list[Review], by: User) -> Refused | None:
    """Say why this person may not take this step now, or None. `history`: newest first."""
    published = _last_publication(history) is not None
    if by.role < step.role:
        return NotAllowed("“%(step)s” takes the role %(role)s.", params={"step": step.label, "role": step.role.label})
    if step.published not in (None, published):
        params = {"step": step.label}
        if published:
            return Conflict(
                "“%(step)s” is not for a claim that was published before.", code="transition", field="to", params=params
            )
        return Conflict(
            "“%(step)s” is only for a claim that was published before.", code="transition", field="to", params=params
        )
    if step.closed_by_approval and settings.CLAIMTRACK_REQUIRE_APPROVAL:
        return Conflict(
            "This desk requires approval: submit the claim, and an Editor approves it.",
            code="approval_required",
            field="to",
        )
    if step.name == "approve" and history[0].reviewer_id == by.pk:
        return NotAllowed("Nobody approves what they submitted: another Editor has to.", code="own_submission")
    if step.by_assignee and claim.assignee and claim.assignee_id != by.pk:
        return NotAllowed(
            "%(assignee)s is working on this claim: “%(step)s” is for its assignee alone.",
            code="not_assignee",
            params={"assignee": claim.assignee, "step": step.label},
        )
    if step.own and by.role < Role.EDITOR:
        owner = claim.assignee_id if step.own == "assignee" else history[0].reviewer_id
        if owner != by.pk:
            return NotAllowed(OWN[step.own], code=f"not_{step.own}", params={"step": step.label})
    return None


def _take_over(row: Review, submission: Review, *given: object) -> list[Evidence]:
    """Copy the submission that is approved onto the approving row: the submission itself never becomes public."""
    if any(given) or row.rationale:
        raise Invalid(
            "An approval publishes what was submitted as it is: return the claim to change it.", code="not_wanted"
        )
    row.approves = submission
    for name in ("verdict", "verdict_label", "wording", "rationale", "changes"):
        setattr(row, name, getattr(submission, name))
    return [copy_of(piece) for piece in submission.evidence.order_by("pk")]


def _settle(claim: Claim, step: Transition, row: Review) -> None:
    """Apply the decision of the row to the claim."""
    claim.status = row.to_status
    if row.to_status == Status.CHECKED:
        claim.verdict, claim.reviewed_at = row.verdict, row.created_at
        columns = fields.clean_changes(row.changes) if row.changes else fields.ClaimColumns()
        shelf_life.renew(claim, columns, row.created_at)
        for name, value in columns.items():
            setattr(claim, name, value)
    elif row.to_status in WITHOUT_VERDICT:
        claim.verdict, claim.review_by, claim.review_by_given = None, None, False
    if step.assigns:
        claim.assignee = row.reviewer
    elif step.unassigns:
        claim.assignee = None
    columns_of_step = ["status", "verdict", "reviewed_at", "review_by", "review_by_given", "assignee", *CLOSED_COLUMNS]
    claim.save(update_fields=columns_of_step)
    claim.refresh_from_db(fields=["version", "updated_at"])


def _last_publication(history: list[Review]) -> Review | None:
    return next((row for row in history if row.to_status == Status.CHECKED), None)
