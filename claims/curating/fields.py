"""The checks of the fields of a claim, which every verb uses."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NotRequired, TypedDict

from claims.models import Speaker, Topic
from claims.text import partial_dates, quoting
from claims.text.limits import MAX_NAME, MAX_TEXT, MAX_TOPICS
from claimtrack.cleaning import clean_language, clean_line, clean_text
from claimtrack.refusals import Amount, Invalid, reason
from sources.models import Snapshot

MAX_RATIONALE = 20_000


class ClaimChanges(TypedDict, total=False):
    """Fields of a claim as arguments of verbs."""

    text: str
    speaker: Speaker | int | None
    speaker_role: str
    said_at: str | None
    due_on: str | None
    review_by: str | None
    language: str | None
    topics: Iterable[Topic | str]


EDITABLE = tuple(ClaimChanges.__annotations__)


class ClaimColumns(TypedDict, total=False):
    """The same fields as columns of a claim."""

    text: str
    speaker: Speaker | None
    speaker_role: str
    said_at: date | None
    said_precision: str
    due_on: date | None
    due_precision: str
    review_by: date | None
    review_by_given: bool
    language: str
    topics: list[Topic]


class NewAppearance(TypedDict):
    """An appearance to add. `start`, `prefix` and `suffix` say which of several occurrences is meant."""

    snapshot: Snapshot
    quote: str
    start: NotRequired[int | None]
    prefix: NotRequired[str]
    suffix: NotRequired[str]


def clean_changes(changes: ClaimChanges) -> ClaimColumns:
    """Return the fields of a claim as columns: `said_at` becomes said_at and said_precision, `due_on` likewise."""
    if unknown := set(changes) - set(EDITABLE):
        raise Invalid(
            "A claim has no field “%(unknown)s” to change.",
            code="unknown_field",
            field=min(unknown),
            params={"unknown": ", ".join(sorted(unknown))},
        )
    columns = ClaimColumns()
    if "text" in changes:
        columns["text"] = clean_text(changes["text"], "text", limit=MAX_TEXT, required=True)
    if "speaker" in changes:
        columns["speaker"] = clean_speaker(changes["speaker"])
    if "speaker_role" in changes:
        columns["speaker_role"] = clean_line(changes["speaker_role"], "speaker_role", limit=MAX_NAME)
    if "said_at" in changes:
        columns["said_at"], columns["said_precision"] = _partial_date(changes["said_at"], "said_at")
    if "due_on" in changes:
        first, columns["due_precision"] = _partial_date(changes["due_on"], "due_on")
        columns["due_on"] = first and partial_dates.last_day(first, columns["due_precision"])
    if "review_by" in changes:
        columns["review_by"] = clean_day(changes["review_by"], "review_by")
    if "language" in changes:
        columns["language"] = clean_language(changes["language"] or "")
    if "topics" in changes:
        columns["topics"] = clean_topics(changes["topics"])
    return columns


def _partial_date(value: str | None, field: str) -> tuple[date | None, str]:
    try:
        return partial_dates.parse(value) if value else (None, "")
    except ValueError as error:
        raise Invalid(reason(error), field=field) from error


def clean_day(value: str | None, field: str) -> date | None:
    day, precision = _partial_date(value, field)
    if day and precision != "day":
        raise Invalid("Give a day, such as 2025-09-05.", field=field)
    return day


def clean_speaker(value: Speaker | int | None) -> Speaker | None:
    """Return the speaker, or for a merged one the winner."""
    if value is None or isinstance(value, Speaker):
        return value.winner if value else None
    speaker = Speaker.objects.filter(pk=value).first()
    if speaker is None:
        raise Invalid("There is no speaker %(id)s.", code="not_found", field="speaker", params={"id": value})
    return speaker.winner


def clean_topics(values: Iterable[Topic | str]) -> list[Topic]:
    """Return the topics for slugs or topics, each once."""
    given = list(values)
    if len(given) > MAX_TOPICS:
        raise Invalid(
            "A claim has at most %(limit)s topics.",
            code="too_many",
            field="topics",
            params={"limit": MAX_TOPICS},
        )
    found = {topic.slug: topic for topic in given if isinstance(topic, Topic)}
    slugs = {value for value in given if isinstance(value, str)} - found.keys()
    found |= {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    if missing := slugs - found.keys():
        raise Invalid(
            "There is no topic “%(missing)s”.",
            code="not_found",
            field="topics",
            params={"missing": ", ".join(sorted(missing))},
        )
    return [found[slug] for slug in sorted(found)]


def anchor(
    snapshot: Snapshot, quote: str, *, start: int | None, prefix: str, suffix: str, field: str = ""
) -> quoting.Slice:
    """Return the slice of the snapshot for the quote. Raises Invalid with the nearest passage or the candidates."""
    if len(quote) > MAX_TEXT:
        raise Invalid(
            "A quote has at most %(limit)s characters; this one has %(count)s.",
            code="too_long",
            field=field,
            params={"limit": Amount(MAX_TEXT), "count": Amount(len(quote))},
        )
    try:
        return quoting.locate(quote, snapshot.text, start=start, prefix=prefix, suffix=suffix)
    except quoting.QuoteRefused as refusal:
        raise Invalid(refusal.message, code=refusal.code, field=field, **_help(refusal)) from refusal


def _help(refusal: quoting.QuoteRefused) -> dict[str, Any]:
    if isinstance(refusal, quoting.QuoteAbsent | quoting.QuoteCut) and refusal.nearest:
        nearest = refusal.nearest
        return {"nearest": {"quote": nearest.quote, "start": nearest.start, "end": nearest.end}}
    if isinstance(refusal, quoting.QuoteAmbiguous):
        return {
            "candidates": [
                {"start": found.start, "end": found.end, "prefix": found.prefix, "suffix": found.suffix}
                for found in refusal.candidates
            ]
        }
    return {}
