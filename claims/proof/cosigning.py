"""Accept the signatures of witnesses on this log (claims.proof.witnessing)."""

from django.conf import settings
from django.db import transaction

from claims.models import Checkpoint, Cosignature
from claims.proof.witnessing import Verifier, parts
from claimtrack.refusals import Invalid


def witnesses() -> list[Verifier]:
    """Return the witnesses that this desk has chosen. Raises Invalid."""
    return [Verifier.read(line) for line in settings.CLAIMTRACK_LOG_WITNESSES]


def add_cosignatures(note: str) -> list[Cosignature]:
    """Add the signatures of this desk's witnesses from a note with a checkpoint of its log. Raises Invalid."""
    text, _ = parts(note)
    checkpoint = Checkpoint.objects.filter(note__startswith=f"{text}\n").order_by("pk").last()
    if checkpoint is None:
        raise Invalid(
            "This checkpoint is none of this log. The file that the witness keeps (--state) has it above the signature."
        )
    lines = [(witness.name, line) for witness in witnesses() if (line := witness.signature(note))]
    if not lines:
        raise Invalid("No witness of CLAIMTRACK_LOG_WITNESSES has signed this checkpoint.")
    with transaction.atomic():
        return [
            Cosignature.objects.get_or_create(line=line, defaults={"checkpoint": checkpoint, "witness": name})[0]
            for name, line in lines
        ]
