"""Changing the desk's scale, which readers see: each change enters the transparency log."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from claims.models import Review, Verdict
from claims.proof import recording
from claimtrack.db.attribution import verb
from claimtrack.db.guards import SENTENCES
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require


@verb
def save_step(*, step: Verdict, by: User) -> None:
    """Add this step to the scale, or store its changes. Raises NotAllowed, Invalid, Conflict (used_step)."""
    require(by, Role.EDITOR, "You may not change the scale: this takes an Editor.")
    try:
        step.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field="" if field == NON_FIELD_ERRORS else field) from error
    step.save()
    recording.scale_changed()


@verb
def remove_step(*, step: Verdict, by: User) -> None:
    """Remove a step that no review uses. Raises NotAllowed, Conflict (used_step)."""
    require(by, Role.EDITOR, "You may not change the scale: this takes an Editor.")
    if Review.objects.filter(verdict=step).exists():
        raise Conflict(SENTENCES["used_step"], code="used_step")
    # The instance keeps its id, in case a deadlock repeats this.
    Verdict.objects.filter(pk=step.pk).delete()
    recording.scale_changed()
