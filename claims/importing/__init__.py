"""Import claims in bulk, in the lines of claims.importing.lines.

The lines of a chunk are imported in one transaction, completely or not at all, so an interrupted import can be run again. A
claim that is on record under a line's origin key stays as people have edited it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext

from django.db import transaction

from claims.importing.batch import import_batch
from claims.importing.copying import analyze
from claims.importing.lines import Line, parse
from claims.importing.report import Done, Refusal, Report
from claims.importing.speakers import speaker_of
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, Message, Refused
from claimtrack.roles import Role, require

__all__ = ["NO_CLAIM", "Done", "Refusal", "Report", "import_lines", "speaker_of"]

CHUNK = 2_000  # lines in a transaction
CHUNK_BYTES = 8_000_000  # a chunk ends with the line that exceeds this
NO_CLAIM = Message("The file contains no claim.")
ANALYZE_BEFORE = (1, 4, 16)  # chunks before which statistics are updated, so that PostgreSQL renews its plans


def import_lines(
    *,
    lines: Iterable[bytes | Refused],
    by: User,
    accept: bool = False,
    dry_run: bool = False,
    strict: bool = False,
    progress: Callable[[Report], object] | None = None,
) -> Report:
    """Propose the claim of every line (claims.importing.lines) that is not on record. Blank lines are counted and skipped.

    A line may also be the reason why its file was not readable there (claims.importing.tables).

    `accept` also accepts claims that are still proposed, whether new or not, and takes a Moderator. `dry_run` reports what
    would happen and changes nothing. `strict` imports all lines or none. `progress` is called with the report for each line
    after its chunk.

    Raises NotAllowed below Contributor, and Invalid if there is no line, since 0 claims would look like a success. Refused lines
    are in the report and stop nothing. They have the codes of claims.importing.lines, curating.propose and create_speaker, or
    article_unknown, source_differs, speaker_ambiguous.
    """
    require(by, Role.CONTRIBUTOR, "You may not import claims: this takes a Contributor.")
    if accept:
        require(by, Role.MODERATOR, "You may not accept claims: this takes a Moderator.")
    report = Report()
    with transaction.atomic() if dry_run or strict else nullcontext():
        for count, chunk in enumerate(_chunks(lines)):
            if count in ANALYZE_BEFORE:
                analyze()
            parsed = [_parsed(raw) for _, raw in chunk]
            outcomes = iter(_import([line for line in parsed if isinstance(line, Line)], by, accept))
            for (number, _), line in zip(chunk, parsed, strict=True):
                report.add(number, next(outcomes) if isinstance(line, Line) else line)
                if progress:
                    progress(report)
        if not report.line:
            raise Invalid(NO_CLAIM, code="required")
        report.kept = not (dry_run or (strict and report.refused))
        if not report.kept:
            transaction.set_rollback(True)
    return report


def _import(lines: list[Line], by: User, accept: bool) -> list[Done | Refused]:
    """Import the lines. On a conflict with another transaction, retry each half, so that only the affected lines are refused."""
    try:
        return import_batch(lines, by=by, accept=accept) if lines else []
    except Conflict as refusal:
        if len(lines) == 1:
            return [refusal]
        half = len(lines) // 2
        return _import(lines[:half], by, accept) + _import(lines[half:], by, accept)


def _parsed(raw: bytes | Refused) -> Line | Refused:
    try:
        return raw if isinstance(raw, Refused) else parse(raw)
    except Refused as refusal:
        return refusal


def _chunks(lines: Iterable[bytes | Refused]) -> Iterator[list[tuple[int, bytes | Refused]]]:
    """Yield chunks of the lines that are not blank, each with its number."""
    chunk: list[tuple[int, bytes | Refused]] = []
    size = 0
    for number, raw in enumerate(lines, 1):
        if isinstance(raw, Refused):
            chunk.append((number, raw))
        elif raw.strip():
            chunk.append((number, raw))
            size += len(raw)
        if len(chunk) == CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
