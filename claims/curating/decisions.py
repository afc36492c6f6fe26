"""What a decision is given, or the draft of one: verdict, evidence, and changes to the claim."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError

from claims.curating import fields
from claims.models import Claim, Evidence, Review, Speaker, Verdict
from claims.transitions import CLOSED_FIELDS, Transition
from claimtrack.cleaning import clean_text
from claimtrack.dates import check_year
from claimtrack.refusals import Invalid, Message, reason

EVIDENCE = ("url", "title", "publisher", "quote", "stance", "archive_url", "accessed_at")
MAX_RATIONALE = 20_000

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


class EvidenceFields(TypedDict, total=False):
    """A piece of evidence as it is given: `url` and `stance` are required, except in a draft."""

    url: str
    title: str
    publisher: str
    quote: str
    stance: str
    archive_url: str
    accessed_at: date | str | None


def judge(
    row: Review,
    step: Transition,
    verdict: Verdict | str | None,
    evidence: list[EvidenceFields],
    changes: fields.ClaimChanges,
) -> list[Evidence]:
    """Fill the row with what was given, refusing what the step needs and lacks, or has no place for."""
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
    """Return as JSON those of the changes that change something."""
    refuse_unknown(changes, CLOSED_FIELDS, "changes")
    try:
        columns = fields.clean_changes(changes)
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
    return kept


def piece(index: int, given: EvidenceFields) -> Evidence:
    """Return the row for a piece of evidence. Raises Invalid (field named)."""
    given_as_json = plain(given, EVIDENCE, f"evidence.{index}")
    row = Evidence(**{name: value for name, value in given_as_json.items() if value not in ("", None)})
    try:
        row.clean_fields(exclude={"review"})
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(
            "Evidence %(number)s: %(reason)s",
            field=f"evidence.{index}.{field}",
            params={"number": index + 1, "reason": messages[0]},
        ) from error
    try:
        if row.accessed_at:
            check_year(row.accessed_at)
    except ValueError as error:
        raise Invalid(
            "Evidence %(number)s: %(reason)s",
            field=f"evidence.{index}.accessed_at",
            params={"number": index + 1, "reason": reason(error)},
        ) from error
    return row


def plain(given: Mapping[str, object], known: Collection[str], field: str) -> dict[str, object]:
    """Return what was given as JSON can hold it: clean lines, dates written out, a speaker as the id."""
    refuse_unknown(given, known, field)
    found: dict[str, object] = {}
    for name, value in given.items():
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, Speaker):
            value = value.pk
        elif value is not None and not isinstance(value, int):
            value = clean_text(value, f"{field}.{name}", limit=MAX_RATIONALE)
        found[name] = value
    return found


def refuse_unknown(given: Iterable[str], known: Collection[str], field: str) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise Invalid(
            "“%(field)s” has no member “%(unknown)s”, only %(known)s.",
            code="unknown_field",
            field=f"{field}.{unknown[0]}",
            params={"field": field, "unknown": unknown[0], "known": ", ".join(known)},
        )
