"""The input of a decision or of a draft: verdict, evidence, and changes to the claim."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError

from claims.curating import fields, shelf_life
from claims.curating.fields import MAX_RATIONALE
from claims.models import Claim, Evidence, Review, Speaker, Verdict
from claims.transitions import CHANGED_BY_PUBLICATION, Transition
from claimtrack.cleaning import clean_texts
from claimtrack.dates import check_year
from claimtrack.refusals import Invalid, Message, reason
from sources.models import Article, Snapshot
from sources.pages.canonical import canonical_url

COLUMNS = ("url", "title", "publisher", "quote", "stance", "archive_url", "accessed_at")
# The fields that say which slice of which text the quote is.
PLACE = ("snapshot", "start", "prefix", "suffix")
MEMBERS = (*COLUMNS, *PLACE)
# The fields that an approval copies.
COPIED = [field.attname for field in Evidence._meta.concrete_fields if field.name not in ("id", "review")]


class EvidenceFields(TypedDict, total=False):
    """A piece of evidence as input: `url` and `stance` are required, except in a draft.

    With `snapshot` (an id), the quote is stored as a slice of its text, as in an appearance. `start`, `prefix` and `suffix` say
    which of several occurrences is meant.
    """

    url: str
    title: str
    publisher: str
    quote: str
    stance: str
    archive_url: str
    accessed_at: date | str | None
    snapshot: int | None
    start: int | None
    prefix: str
    suffix: str


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
    refuse_unknown(changes, CHANGED_BY_PUBLICATION, "changes")
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


def piece(index: int, given: EvidenceFields) -> Evidence:
    """Return the row for a piece of evidence. Raises Invalid (with the field; quote_absent has the nearest passage)."""
    at = f"evidence.{index}"
    found = plain(given, MEMBERS, at)
    row = Evidence(**{name: found[name] for name in COLUMNS if found.get(name) not in ("", None)})
    try:
        row.clean_fields(exclude={"review", "snapshot", "start_offset", "end_offset"})
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(
            "Evidence %(number)s: %(reason)s",
            field=f"{at}.{field}",
            params={"number": index + 1, "reason": messages[0]},
        ) from error
    try:
        if row.accessed_at:
            check_year(row.accessed_at)
    except ValueError as error:
        raise Invalid(
            "Evidence %(number)s: %(reason)s",
            field=f"{at}.accessed_at",
            params={"number": index + 1, "reason": reason(error)},
        ) from error
    if (snapshot := given.get("snapshot")) is not None:
        _anchor(row, snapshot, given, at)
    elif any(given.get(name) not in ("", None) for name in PLACE):
        raise Invalid("Name the snapshot that the quote is taken from.", code="required", field=f"{at}.snapshot")
    return row


def _anchor(row: Evidence, pk: int, given: EvidenceFields, at: str) -> None:
    """Turn the quote of the row into a slice of the snapshot with this id."""
    snapshot = Snapshot.objects.select_related("article").filter(pk=pk).first()
    if snapshot is None:
        params = {"given": pk}
        raise Invalid("There is no snapshot %(given)s.", code="not_found", field=f"{at}.snapshot", params=params)
    if not is_of(row.url, snapshot.article):
        raise Invalid(
            "This is not the address of the page that the snapshot is of: that is “%(article)s”.",
            code="other_page",
            field=f"{at}.url",
            params={"article": snapshot.article.url},
        )
    if not row.quote:
        raise Invalid("Quote the passage of the page that counts.", code="required", field=f"{at}.quote")
    found = fields.anchor(
        snapshot,
        row.quote,
        start=given.get("start"),
        prefix=given.get("prefix") or "",
        suffix=given.get("suffix") or "",
        field=f"{at}.quote",
    )
    row.snapshot, row.quote = snapshot, found.quote
    row.start_offset, row.end_offset = found.start, found.end
    row.prefix, row.suffix = found.prefix, found.suffix
    row.archive_url = row.archive_url or snapshot.archive_url


def is_of(url: str, article: Article) -> bool:
    """Return whether an address is that of the article, in any spelling or archive. An article without an address matches any."""
    if not article.canonical_url:
        return True
    try:
        return canonical_url(url) == article.canonical_url
    except ValueError:
        return False


def copy_of(row: Evidence) -> Evidence:
    """Return a copy of the row for another review."""
    return Evidence(**{name: getattr(row, name) for name in COPIED})


def as_given(row: Evidence) -> dict[str, object]:
    """Return the row as input, in JSON."""
    given = {name: getattr(row, name) for name in COLUMNS} | {"snapshot": row.snapshot_id, "start": row.start_offset}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in given.items()
        if value not in ("", None)
    }


def plain(given: Mapping[str, object], known: Collection[str], field: str) -> dict[str, object]:
    """Return the input as JSON can hold it: clean lines, dates in ISO format, a speaker as the id."""
    refuse_unknown(given, known, field)
    found: dict[str, object] = {}
    texts: dict[str, object] = {}
    for name, value in given.items():
        if isinstance(value, date):
            found[name] = value.isoformat()
        elif isinstance(value, Speaker):
            found[name] = value.pk
        elif value is None or isinstance(value, int):
            found[name] = value
        else:
            texts[name] = value
    return found | clean_texts(texts, limit=MAX_RATIONALE, within=f"{field}.")


def refuse_unknown(given: Iterable[str], known: Collection[str], field: str) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise Invalid(
            "“%(field)s” has no member “%(unknown)s”, only %(known)s.",
            code="unknown_field",
            field=f"{field}.{unknown[0]}",
            params={"field": field, "unknown": unknown[0], "known": ", ".join(known)},
        )
