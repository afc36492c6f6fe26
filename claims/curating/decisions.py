"""The input of a decision or of a draft: verdict, evidence, and changes to the claim."""

from claims.curating import fields, shelf_life
from claims.curating.evidence import EvidenceFields, piece
from claims.models import Claim, Evidence, Review, Verdict
from claims.transitions import CHANGED_BY_PUBLICATION, Transition
from claimtrack.refusals import Invalid, Message

NEEDED = {
    "verdict": Message("“%(step)s” needs a verdict."),
    "rationale": Message("“%(step)s” needs a rationale."),
    "evidence": Message("“%(step)s” needs at least one piece of evidence."),
    "note": Message("“%(step)s” needs a note."),
}
UNWANTED = {
    "verdict": Message("“%(step)s” takes no verdict."),
    "evidence": Message("“%(step)s” takes no evidence."),
    "changes": Message("“%(step)s” takes no changes."),
}


def judge(
    row: Review,
    step: Transition,
    verdict: Verdict | str | None,
    evidence: list[EvidenceFields],
    changes: fields.ClaimChanges,
) -> list[Evidence]:
    """Fill the row with the input. Refuse input that the step needs and lacks, or does not take."""
    judged = "verdict" in step.needs
    given = {"verdict": verdict, "rationale": row.rationale, "note": row.note, "evidence": evidence, "changes": changes}
    for name in sorted(step.needs):
        if not given[name]:
            raise Invalid(NEEDED[name], code="required", field=name, params={"step": step.label})
    if not judged:
        for name in ("verdict", "evidence", "changes"):
            if given[name]:
                raise Invalid(UNWANTED[name], code="not_wanted", field=name, params={"step": step.label})
        return []
    if found := verdict_of(verdict):
        row.verdict, row.verdict_label = found, found.label
    if changes:
        row.changes = clean_changes(row.claim, changes)
    row.wording = row.changes.get("text", row.claim.text)
    return [piece(index, given) for index, given in enumerate(evidence)]


def verdict_of(given: Verdict | str | None) -> Verdict | None:
    """Return the step of the scale. Raises Invalid for a code that is not on it."""
    if not given or isinstance(given, Verdict):
        return given or None
    verdict = Verdict.objects.filter(code=given).first()
    if verdict is None:
        codes = ", ".join(Verdict.objects.values_list("code", flat=True))
        raise Invalid(
            "“%(given)s” is not on the scale: %(codes)s.",
            code="not_found",
            field="verdict",
            params={"given": given, "codes": codes},
        )
    return verdict


def clean_changes(claim: Claim, changes: fields.ClaimChanges) -> dict[str, object]:
    """Return those changes that differ from the claim, as JSON."""
    fields.refuse_unknown(changes, CHANGED_BY_PUBLICATION, "changes")
    try:
        columns = fields.clean_changes(changes)
        shelf_life.check_to_come(columns.get("review_by"))
    except Invalid as refusal:
        refusal.field = f"changes.{refusal.field}"
        raise
    kept: dict[str, object] = {}
    if columns.get("text", claim.text) != claim.text:
        kept["text"] = columns["text"]
    if "speaker" in columns and columns["speaker"] != claim.speaker:
        kept["speaker"] = columns["speaker"].pk if columns["speaker"] else None
    if columns.get("speaker_role", claim.speaker_role) != claim.speaker_role:
        kept["speaker_role"] = columns["speaker_role"]
    if "said_at" in columns and (columns["said_at"], columns["said_precision"]) != (
        claim.said_at,
        claim.said_precision,
    ):
        kept["said_at"] = changes["said_at"] or None
    if "due_on" in columns and (columns["due_on"], columns["due_precision"]) != (claim.due_on, claim.due_precision):
        kept["due_on"] = changes["due_on"] or None
    if "review_by" in columns:
        # Kept even if the claim has the same date: without it, the publication might renew the date.
        kept["review_by"] = columns["review_by"].isoformat() if columns["review_by"] else None
    return kept
