"""Pieces of evidence as input, with or without a snapshot of their page."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, cast

from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.curating import fields
from claims.models import Evidence
from claims.models.review import MAX_TITLE
from claimtrack.dates import check_year
from claimtrack.languages import desk_time_zone
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, Message, Refused, reason
from claimtrack.warnings import InputWarning
from sources.ingesting import ingest
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


def piece(index: int, given: EvidenceFields) -> Evidence:
    """Return the row for a piece of evidence. Raises Invalid (with the field; quote_absent has the nearest passage)."""
    at = f"evidence.{index}"
    found = fields.plain(given, MEMBERS, at)
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


def read_page(*, index: int, given: EvidenceFields, by: User) -> tuple[EvidenceFields, list[InputWarning]]:
    """Ingest the page of a piece of evidence as an article. Return the piece with the snapshot, and warnings.

    The page fills in missing fields: title, publisher, archive address, and the day on which it was read. If a page cannot be
    ingested, the piece stays as it is, with the warning `no_snapshot`. Raises NotAllowed below Contributor.
    """
    try:
        done = ingest(by=by, url=given.get("url") or "", archive_url=given.get("archive_url") or "")
    except (Invalid, Conflict) as refusal:
        if refusal.code == "deadlock":
            raise
        return given, [without_page(index, refusal)]
    return with_page(index=index, given=given, snapshot=done.snapshot, told=done.warnings)


def without_page(index: int, refusal: Refused) -> InputWarning:
    """Return the warning that the page of a piece cannot be ingested."""
    params = {"reason": refusal.message}
    sentence = Message("This evidence stays without a snapshot of its page: %(reason)s", params)
    return InputWarning("no_snapshot", f"evidence.{index}.url", sentence)


def with_page(
    *, index: int, given: EvidenceFields, snapshot: Snapshot, told: Iterable[InputWarning]
) -> tuple[EvidenceFields, list[InputWarning]]:
    """Return the piece with the snapshot of its page, and warnings in addition to those that the ingest has `told`."""
    at, article = f"evidence.{index}", snapshot.article
    stated = {
        "title": article.title if len(article.title) <= MAX_TITLE else "",
        "publisher": article.source.name,
        "archive_url": snapshot.archive_url or "",
        "accessed_at": timezone.localdate(timezone=desk_time_zone()).isoformat(),
    }
    blanks = {name: value for name, value in stated.items() if value and not given.get(name)}
    filled = cast(EvidenceFields, {**given, **blanks, "snapshot": snapshot.pk})
    warnings = [InputWarning(w.code, f"{at}.{w.field}" if w.field in COLUMNS else f"{at}.url", w.detail) for w in told]
    if not is_of(filled["url"], article):
        params = {"given": filled["url"], "address": article.url}
        sentence = Message("“%(given)s” is the page “%(address)s”, which is the address of this evidence now.", params)
        warnings.append(InputWarning("url_replaced", f"{at}.url", sentence))
        filled["url"] = article.url
    return filled, warnings
