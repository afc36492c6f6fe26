"""Passages that repeat a checked claim: Moderators suggest them, and Editors add them to the claim or decline."""

from claims.curating import fields
from claims.curating.claims import add_appearance, locked
from claims.models import Appearance, Claim, Suggestion
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict
from claimtrack.roles import Role, require
from sources.models import Snapshot


@verb
def suggest_appearance(
    *, claim: Claim, by: User, snapshot: Snapshot, quote: str, start: int | None = None
) -> Suggestion:
    """Suggest an appearance of a claim with a verdict in force to the Editors.

    Raises NotAllowed, Invalid (quote_…), Conflict (merged, no_verdict, duplicate_appearance, suggested).
    """
    require(by, Role.MODERATOR, "You may not suggest appearances: this takes a Moderator.")
    found = fields.anchor(snapshot, quote, start=start, prefix="", suffix="", field="quote")
    claim = locked(claim, None)
    if not claim.verdict_id:
        raise Conflict("This claim has no verdict in force: add the appearance yourself.", code="no_verdict")
    if claim.appearances.filter(snapshot=snapshot, start_offset=found.start).exists():
        raise Conflict("The claim already has this appearance.", code="duplicate_appearance", field="quote")
    place = {"claim": claim, "snapshot": snapshot, "start_offset": found.start}
    if Suggestion.objects.filter(**place).exists():
        raise Conflict("This passage was suggested before.", code="suggested", field="quote")
    return Suggestion.objects.create(**place, end_offset=found.end, by=by)


@verb
def accept_suggestion(*, suggestion: Suggestion, by: User) -> Appearance:
    """Add the suggested appearance. Raises NotAllowed, and Conflict (decided, merged, appearances_closed, duplicate_appearance)."""
    _require_editor(by)
    row = _waiting(suggestion)
    quote = row.snapshot.text[row.start_offset : row.end_offset]
    added = add_appearance(claim=row.claim, by=by, snapshot=row.snapshot, quote=quote, start=row.start_offset)
    row.delete()
    return added


@verb
def decline_suggestion(*, suggestion: Suggestion, by: User) -> None:
    """Decline a suggestion, so that it is not suggested again. Raises NotAllowed, and Conflict `decided`."""
    _require_editor(by)
    row = _waiting(suggestion)
    row.declined = True
    row.save(update_fields=["declined"])


def _require_editor(by: User) -> None:
    require(by, Role.EDITOR, "You may not decide about suggestions: this takes an Editor.")


def _waiting(suggestion: Suggestion) -> Suggestion:
    row = Suggestion.objects.select_for_update(no_key=True).filter(pk=suggestion.pk, declined=False).first()
    if row is None:
        raise Conflict("Somebody has decided about this suggestion already.", code="decided")
    return row
