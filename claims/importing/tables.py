"""Read a table of claims (CSV), whose columns are matched with the members of a line (claims.importing.lines).

Each row becomes the JSON of a line, so that a table is checked by the rules of lines and by no others. A row keeps the number of
the line of the file at which it begins.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from claims.text.delimited import Delimited
from claims.text.delimited import read as read_delimited
from claims.text.spreadsheets import unguarded
from claimtrack.refusals import Invalid, Message, Refused

DELIMITERS = ",;\t"
# By which names a column is found, besides the member's own and its path with dots. They are compared in lower case, with one
# kind of blank. The names of claims.formats.csv are among them.
_NAMES = {
    "claim/text": ("text", "claim", "wording"),
    "quote": ("quote", "quotation"),
    "speaker/name": ("speaker", "speaker name", "claimant"),
    "source/name": ("source", "source name", "publisher"),
    "source/domain": ("source domain", "domain"),
    "article/url": ("article url", "url", "address"),
    "article/sha256": ("article sha256", "sha256"),
    "article/title": ("article title", "title"),
    "article/published_at": ("article published at", "published at"),
    "claim/said_at": ("said at", "said", "date"),
    "claim/due_on": ("due on", "due"),
    "claim/language": ("language", "lang"),
    "claim/topics": ("topics", "topic"),
    "claim/speaker_role": ("speaker role", "role"),
    "speaker/kind": ("speaker kind", "kind"),
    "speaker/wikidata_id": ("wikidata id", "wikidata"),
    # An id means somebody else in another ledger, so it is matched by hand alone.
    "speaker/id": None,
    "id": ("id",),
    "prefix": ("prefix",),
    "suffix": ("suffix",),
    "start": ("start",),
}
MEMBERS = tuple(_NAMES)
# Members without which no line is complete, and two of which one is enough.
REQUIRED = ("claim/text", "quote", "speaker/name", "source/name")
ARTICLE = ("article/url", "article/sha256")
# Columns of claims.formats.csv, whose texts are guarded.
_OF_THIS_DESK = {"claim_id", "appearance_id"}
_LISTED = re.compile("[,;،、；，]")
_NUMBERS = ("start", "speaker/id")


@dataclass(frozen=True)
class Table:
    """A table, and the members that its columns hold."""

    table: Delimited

    @property
    def header(self) -> tuple[str, ...]:
        return self.table.header

    def matched(self) -> dict[str, int]:
        """Return the column of each member that is found by its name. Of two columns for a member, the first counts."""
        names = [_key(name) for name in self.header]
        named = {member: (_key(member), *known) for member, known in _NAMES.items() if known is not None}
        found = {member: _column(names, known) for member, known in named.items()}
        return {member: column for member, column in found.items() if column is not None}

    def sample(self, rows: int) -> list[list[str]]:
        """Return the first rows, as far as they can be read."""
        return [cells for _, cells in islice(self.table.rows(), rows) if isinstance(cells, list)]

    def lines(self, columns: Mapping[str, int]) -> Iterator[bytes | Refused]:
        """Yield, for each line of the file, the JSON of the row that begins there, b"" if none does, or why it is refused."""
        done = 0
        for number, cells in self.table.rows():
            yield from [b""] * (number - done - 1)
            yield self._line(cells, columns)
            done = number

    def _line(self, cells: list[str] | Message, columns: Mapping[str, int]) -> bytes | Refused:
        if isinstance(cells, Message):
            return Invalid(cells, code="bad_row")
        if len(cells) != len(self.header):
            return Invalid(
                "The row has %(cells)s cells; the first line has %(columns)s.",
                code="cells",
                params={"cells": len(cells), "columns": len(self.header)},
            )
        if {*self.header} >= _OF_THIS_DESK:
            cells = [unguarded(cell) for cell in cells]
        return _json({member: cells[column].strip() for member, column in columns.items()})


def read(content: str) -> Table:
    """Return the table in this text. Raises Invalid if its first line names no columns."""
    found = [Table(table) for table in read_delimited(content, DELIMITERS) if table.header]
    table = max(found, key=lambda table: (len(table.matched()), len(table.header)), default=None)
    if table is None or len(table.header) < 2:
        raise Invalid(
            "The first line must name the columns, separated by commas, semicolons or tabs.",
            code="no_columns",
            field="file",
        )
    return table


def _column(names: Sequence[str], known: Sequence[str]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _key(name: str) -> str:
    for sign in "/._-":
        name = name.replace(sign, " ")
    return " ".join(name.casefold().split())


def _json(given: Mapping[str, str]) -> bytes:
    """Return the line whose members have these values, named by their paths. Empty ones are left out."""
    line: dict[str, Any] = {"source": {}, "article": {}, "speaker": {}, "claim": {}}
    for member, value in given.items():
        if value:
            *parents, name = member.split("/")
            at = line[parents[0]] if parents else line
            at[name] = _value(member, value)
    if "name" not in line["speaker"]:
        line["speaker"] = line["speaker"] or None
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _value(member: str, value: str) -> object:
    if member == "claim/topics":
        # The desk writes blanks between slugs. Where somebody wrote commas, a blank is of the topic, and no slug.
        return (
            [topic.strip() for topic in _LISTED.split(value) if topic.strip()]
            if _LISTED.search(value)
            else value.split()
        )
    if member in _NUMBERS and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return value
