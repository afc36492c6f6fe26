"""The desk's words for the steps of a claim, before and after each. The steps and their names are in claims.transitions."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.reviewing import UNDONE


@dataclass(frozen=True)
class Words:
    """`done` is the message after the step, with the claim; `hint` says what the step does."""

    done: str | Promise
    hint: str | Promise


STEPS = {
    "accept": Words(
        _("Accepted “%(claim)s”"),
        _("It goes public as unverified, and somebody may take it."),
    ),
    "dismiss": Words(
        _("Dismissed “%(claim)s”"),
        _("Not for this desk: hidden from the public. Say why in the rationale."),
    ),
    "restore": Words(
        _("Restored “%(claim)s”"),
        _("Back to unverified, and public. Say why in the rationale."),
    ),
    "reconsider": Words(
        _("Among the proposals again: “%(claim)s”"),
        _("Back to the proposals, not public. Say why in the rationale."),
    ),
    "take": Words(
        _("Taken “%(claim)s”"),
        _("You work on it; the form for the verdict opens."),
    ),
    "release": Words(
        _("Released “%(claim)s”"),
        _("Back to unverified, for somebody else to take."),
    ),
    "submit": Words(
        _("Submitted “%(claim)s”"),
        _("An Editor looks at the verdict before it is public."),
    ),
    "publish": Words(
        _("Published “%(claim)s”"),
        _("Readers see the verdict."),
    ),
    "approve": Words(
        _("Approved “%(claim)s”"),
        _("Readers see the verdict as it was submitted."),
    ),
    "return": Words(
        _("Returned “%(claim)s”"),
        _("Back to work. Say what is missing in the note."),
    ),
    "correct": Words(
        _("Corrected “%(claim)s”"),
        _("The new verdict replaces the old one; readers see both."),
    ),
    "reopen": Words(
        _("Reopened “%(claim)s”"),
        _("You look at it again. A verdict in force stays public meanwhile. Readers see the reason."),
    ),
    "withdraw": Words(
        _("Withdrawn “%(claim)s”"),
        _("The verdict is no longer in force. Readers see the reason."),
    ),
}

# The labels of rows of a claim's history, by the names of Review.kind.
KINDS = {
    "accept": _("Accepted"),
    "dismiss": _("Dismissed"),
    "restore": _("Restored"),
    "reconsider": _("Reconsidered"),
    "take": _("Taken"),
    "release": _("Released"),
    "submit": _("Submitted"),
    "return": _("Returned"),
    "reopen": _("Reopened"),
    "withdraw": _("Withdrawn"),
    "publication": _("Publication"),
    "correction": _("Correction"),
    "confirmation": _("Confirmation"),
}


def as_shown(words: str) -> str:
    """Return a rationale or a note as the desk shows it. The program writes that of an undo, so it is translated."""
    return gettext("Undone") if words == UNDONE else words
