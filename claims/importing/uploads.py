"""Import an uploaded file: keep it for a dry run, then import it by the usual verbs and delete it.

An import is one transaction. A refused line leaves nothing behind and stops nothing, but if the run itself is interrupted,
the ledger and the file are unchanged.
"""

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from claims import importing
from claims.formats.claimreview import ClaimReview, files
from claims.importing import external_reviews, lines, tables
from claims.models import Upload
from claimtrack.cleaning import clean_line, decoded
from claimtrack.models import User
from claimtrack.refusals import Amount, Conflict, Invalid, Refused, encodable, reason
from claimtrack.roles import Role, require
from claimtrack.warnings import InputWarning

MAX_BYTES = 10_000_000
MAX_LINES = 5_000  # twelve seconds on a busy machine
MOST_LOOKED_AT = 20  # lines by which the kind of a file is recognised
MAX_REVIEWS = 250  # each has a savepoint of its own, and some twenty queries


@dataclass(frozen=True)
class Outcome:
    """The outcome of a line or a review at `place`. `result` is new, changed, known, refused or gone.

    `text` is the wording of its claim. `at` is the member of the line that a refusal is about.
    """

    place: str
    result: str
    text: str = ""
    claim: int | None = None
    refused: Refused | None = None
    at: str = ""
    warnings: tuple[InputWarning, ...] = ()


@dataclass
class Result:
    """The outcomes in the order of the file. `kept` is false if nothing was changed."""

    outcomes: list[Outcome] = field(default_factory=list)
    accepted: int = 0
    kept: bool = False

    def count(self, result: str) -> int:
        return sum(outcome.result == result for outcome in self.outcomes)


def keep_file(*, by: User, name: str, content: bytes, kind: str = "") -> Upload:
    """Keep a file until it is imported, in place of the one that this person uploaded before. Without `kind`, it is recognised.

    Raises NotAllowed below Contributor, and Invalid (required, too_large, too_many, bad_encoding, no_columns, not_claimreview).
    """
    require(by, Role.CONTRIBUTOR, "You may not import claims: this takes a Contributor.")
    if not content.strip():
        raise Invalid("The file is empty.", code="required", field="file")
    if len(content) > MAX_BYTES:
        raise Invalid(
            "The file is larger than %(limit)s bytes: split it.",
            code="too_large",
            field="file",
            params={"limit": Amount(MAX_BYTES)},
        )
    kind = kind or recognised(content)
    if kind != Upload.Kind.CLAIMREVIEW and content.count(b"\n") > MAX_LINES:
        raise Invalid(
            "The file has more than %(limit)s lines: split it.",
            code="too_many",
            field="file",
            params={"limit": Amount(MAX_LINES)},
        )
    upload = Upload(user=by, name=clean_line(name[-300:], "name", limit=300), kind=kind, content=content)
    if kind == Upload.Kind.TABLE:
        if not any(table_of(upload).lines({})):
            raise Invalid(importing.NO_CLAIM, code="required", field="file")
    elif kind == Upload.Kind.CLAIMREVIEW:
        _reviews(upload)
    with transaction.atomic():
        Upload.objects.useless(by).delete()
        upload.save(force_insert=True)
    return upload


def recognised(content: bytes) -> str:
    """Return the kind of a file by how it begins, and by what its first lines contain."""
    with suppress(UnicodeDecodeError):
        content = decoded(content).encode()
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"<", b"[", b"\x1f\x8b")):
        return Upload.Kind.CLAIMREVIEW
    if not start.startswith(b"{"):
        # A spreadsheet may name its separator in a line before.
        stated = start.lower().startswith((b"sep=", b'"sep=')) and b"\n" in start
        columns = start.split(b"\n", 2)[stated].lower().replace(b"_", b"").replace(b"claimreview.", b"claimreviewed")
        return Upload.Kind.CLAIMREVIEW if b"claimreviewed" in columns else Upload.Kind.TABLE
    # A claim may speak of ClaimReview, so the members decide first. One broken line does not change what the others are.
    if any(_is_claim(line) for line in start.split(b"\n", MOST_LOOKED_AT)[:MOST_LOOKED_AT]):
        return Upload.Kind.LINES
    linked_data = b"claimreview" in start.lower() or b'"@type"' in start
    return Upload.Kind.CLAIMREVIEW if linked_data else Upload.Kind.LINES


def _is_claim(line: bytes) -> bool:
    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(members, dict) and "@type" not in members and not {*lines.MEMBERS}.isdisjoint(members)


def file_of(*, by: User, pk: UUID, lock: bool = False) -> Upload:
    """Return the file that this person uploaded. Raises Conflict (gone) if there is none with this id."""
    uploads = Upload.objects.of(by)
    upload = (uploads.select_for_update() if lock else uploads).filter(pk=pk).first()
    if upload is None:
        raise Conflict(
            "This file is not kept any more: it was imported, replaced or discarded, or a day has passed.", code="gone"
        )
    return upload


def discard(*, by: User, pk: UUID) -> None:
    Upload.objects.of(by).filter(pk=pk).delete()


def table_of(upload: Upload) -> tables.Table:
    """Return the table in a file. Raises Invalid."""
    try:
        return tables.read(decoded(bytes(upload.content)))
    except UnicodeDecodeError as error:
        raise Invalid(
            "The file is not UTF-8 at byte %(byte)s: save it as “CSV UTF-8”.",
            params={"byte": error.start + 1},
            code="bad_encoding",
            field="file",
        ) from error


def import_file(
    *,
    by: User,
    pk: UUID,
    columns: Mapping[str, int] | None = None,
    accept: bool = False,
    strict: bool = False,
    dry_run: bool = False,
) -> Result:
    """Import the file, or with `dry_run` report what would happen. An imported file is removed.

    `columns` are those of a table by the members that they hold (claims.importing.tables). `accept` and `strict` as in
    import_lines; strict is for claims only.

    Raises Conflict (gone) if the file is not there any more, and NotAllowed as import_lines and import_reviews do.
    """
    with transaction.atomic():
        # If a file is imported twice at once, the second import waits here and finds it gone.
        upload = file_of(by=by, pk=pk, lock=True)
        if upload.kind == Upload.Kind.CLAIMREVIEW:
            result = _import_reviews(upload, by, accept=accept, dry_run=dry_run)
        else:
            result = _import_claims(upload, by, columns or {}, accept=accept, strict=strict, dry_run=dry_run)
        if result.kept:
            upload.delete()
    return result


def _import_claims(
    upload: Upload, by: User, columns: Mapping[str, int], *, accept: bool, strict: bool, dry_run: bool
) -> Result:
    result = Result()
    given = list(_lines(upload, columns))

    def add(report: importing.Report) -> None:
        last, place, text = report.last, str(report.line), _text(given[report.line - 1])
        if isinstance(last, importing.Refusal):
            at = last.pointer.removeprefix("/")
            result.outcomes.append(Outcome(place, "refused", text, refused=last.refused, at=at))
        elif last:
            known = "new" if last.created else "known"
            result.outcomes.append(Outcome(place, known, text, last.claim, warnings=last.warnings))

    report = importing.import_lines(lines=given, by=by, accept=accept, dry_run=dry_run, strict=strict, progress=add)
    result.accepted, result.kept = report.accepted, report.kept
    return result


def _text(line: bytes | Refused) -> str:
    """Return the wording of the claim of a line, as far as the line can be read."""
    try:
        return "" if isinstance(line, Refused) else lines.parse(line).text
    except Refused:
        return ""


def _lines(upload: Upload, columns: Mapping[str, int]) -> Iterator[bytes | Refused]:
    if upload.kind == Upload.Kind.TABLE:
        return table_of(upload).lines(columns)
    return lines.split(io.BytesIO(upload.content))


def _import_reviews(upload: Upload, by: User, *, accept: bool, dry_run: bool) -> Result:
    result = Result()
    contents = _reviews(upload)
    texts = {place: encodable(item.text) for place, item in contents.items if isinstance(item, ClaimReview)}

    def add(report: external_reviews.Report) -> None:
        last, text = report.last, texts.get(report.place, "")
        if isinstance(last, external_reviews.Refusal):
            result.outcomes.append(Outcome(report.place, "refused", text, refused=last.refused))
        elif last:
            result.outcomes.append(
                Outcome(report.place, last.outcome, text, last.review.claim_id, warnings=last.warnings)
            )

    report = external_reviews.import_reviews(
        items=contents.items, by=by, accept=accept, page=contents.page, dry_run=dry_run, progress=add
    )
    # Warnings about the whole page come after its reviews.
    result.outcomes += [
        Outcome("page", "refused", refused=row.refused) for row in report.refusals if row.place == "page"
    ]
    result.outcomes += [
        Outcome("page", "gone", warnings=(InputWarning(row.code, row.field, row.detail),))
        for row in report.warnings
        if row.place == "page"
    ]
    result.accepted, result.kept = report.accepted, report.kept
    return result


def _reviews(upload: Upload) -> files.Contents:
    try:
        return files.read_upload(bytes(upload.content), most=MAX_BYTES, most_items=MAX_REVIEWS)
    except files.NotClaimReview as error:
        raise Invalid(reason(error), code="not_claimreview", field="file") from error
    except files.TooManyReviews as error:
        raise Invalid(
            "The file has more than %(limit)s reviews: split it.",
            code="too_many",
            field="file",
            params={"limit": Amount(MAX_REVIEWS)},
        ) from error
