"""Who works on a claim, and who is asked to. claims.transitions has the rights of an assignee."""

from datetime import date

from claims import notices
from claims.curating.claims import locked
from claims.models import Claim, Request, Takeover
from claims.transitions import Status
from claimtrack.dates import check_year
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, NotAllowed, reason
from claimtrack.roles import Role, require, role_of


@verb
def assign(*, claim: Claim, by: User, to: User | None, expected: int | None = None) -> Claim:
    """Hand a claim in review on: its assignee or an Editor to any Moderator, or any Moderator an unassigned one to themselves.

    Raises NotAllowed (not_assignee), Stale, Conflict (not_in_review, merged), Invalid (not_a_moderator).
    """
    require(by, Role.MODERATOR, "You may not assign claims: this takes a Moderator.")
    claim = _in_review(claim, expected)
    takes_free = claim.assignee_id is None and to is not None and to.pk == by.pk
    if not (takes_free or claim.assignee_id == by.pk or role_of(by) >= Role.EDITOR):
        raise NotAllowed("Only its assignee or an Editor hands this claim on.", code="not_assignee")
    _require_moderator(to, "to")
    before = claim.assignee_id
    if before == (to and to.pk):
        return claim
    given = _give(claim, to)
    notices.assigned(given, by=by, before=before)
    return given


@verb
def take_over(*, claim: Claim, by: User, expected: int | None) -> Takeover:
    """Take a claim in review over from its assignee, and return the row of its history.

    Raises NotAllowed, Stale, Conflict (not_in_review, not_assigned, own_claim, merged).
    """
    require(by, Role.MODERATOR, "You may not take over claims: this takes a Moderator.")
    claim = _in_review(claim, expected)
    before = claim.assignee
    if before is None:
        raise Conflict("Nobody has this claim: assign it to yourself instead.", code="not_assigned")
    if before == by:
        raise Conflict("You have this claim already.", code="own_claim")
    row = Takeover.objects.create(claim=_give(claim, by), taken_from=before, by=by)
    notices.taken_over(row.claim, by=by, before=before)
    return row


@verb
def ask(
    *,
    claim: Claim,
    by: User,
    person: User | None,
    due: date | None = None,
    priority: str = Request.Priority.NORMAL,
) -> Request | None:
    """Ask somebody, instead of the person asked before, to work on the claim in any status. None asks nobody any more.

    Raises NotAllowed, Conflict `merged`, Invalid (not_a_moderator, choice, invalid).
    """
    require(by, Role.MODERATOR, "You may not ask people for claims: this takes a Moderator.")
    if priority not in Request.Priority.values:
        priorities = ", ".join(Request.Priority.values)
        raise Invalid(
            "“%(priority)s” is no priority: %(priorities)s.",
            code="choice",
            field="priority",
            params={"priority": priority, "priorities": priorities},
        )
    try:
        if due:
            check_year(due)
    except ValueError as error:
        raise Invalid(reason(error), field="due") from error
    claim = locked(claim, None)
    if person is None:
        Request.objects.filter(claim=claim).delete()
        return None
    _require_moderator(person, "person")
    before = Request.objects.filter(claim=claim).values_list("person", "due").first()
    asked = {"person": person, "due": due, "priority": priority, "by": by}
    request = Request.objects.update_or_create(claim=claim, defaults=asked)[0]
    if before != (person.pk, due):
        notices.asked(request)
    return request


def _in_review(claim: Claim, expected: int | None) -> Claim:
    claim = locked(claim, expected)
    if claim.status != Status.IN_REVIEW:
        raise Conflict("Only a claim in review has an assignee.", code="not_in_review")
    return claim


def _require_moderator(person: User | None, field: str) -> None:
    if person is not None and role_of(person) < Role.MODERATOR:
        raise Invalid("Moderators and Editors work on claims, nobody else.", code="not_a_moderator", field=field)


def _give(claim: Claim, to: User | None) -> Claim:
    claim.assignee = to
    claim.save(update_fields=["assignee"])
    claim.refresh_from_db(fields=["version", "updated_at"])
    return claim
