"""Read the rows of a table in a text (pure): CSV with commas or semicolons, and tab-separated values.

Tab-separated values have no quoting (https://www.iana.org/assignments/media-types/text/tab-separated-values), so a quotation mark
at the start of a cell belongs to its text. A line break inside a cell therefore makes rows with too few cells, which the caller
refuses and never joins. There are two exceptions: if the names of all columns are in quotation marks, the program quoted all
cells; and a cell that has every inner mark doubled was quoted by a spreadsheet.

Cells between commas or semicolons are quoted as RFC 4180 describes it, and may have line breaks. Which sign it is depends on the
language of the spreadsheet; a first line such as "sep=;" says it.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimtrack.refusals import Amount, Message

_STATED = re.compile(r'("?)sep=(.)\1\r?\n', re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"]|"")*"")(?:[^"]|"")*"')
_LINE = re.compile(r"[^\r\n]*")


@dataclass(frozen=True)
class Delimited:
    """A table in a text. `header` are the names of its columns; `before` counts the lines above them."""

    content: str
    delimiter: str
    header: tuple[str, ...]
    before: int = 0

    def rows(self) -> Iterator[tuple[int, list[str] | Message]]:
        """Yield each row below the header that is not blank, with the number of the line where it begins, or what is wrong with it."""
        for number, cells in self._rows():
            if number > self.before + 1 and (isinstance(cells, Message) or any(cell.strip() for cell in cells)):
                yield number, cells

    def _rows(self) -> Iterator[tuple[int, list[str] | Message]]:
        if self.delimiter == "\t" and not _is_quoted(self.content):
            for number, line in enumerate(io.StringIO(self.content, newline=None), self.before + 1):
                yield number, [_as_typed(cell) for cell in line.rstrip("\n").split("\t")]
            return
        # Strict, so that a quotation mark that is never closed is an error and does not swallow the rows after it unseen.
        reader = csv.reader(io.StringIO(self.content, newline=""), delimiter=self.delimiter, strict=True)
        while True:
            number = self.before + reader.line_num + 1
            try:
                yield number, next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield number, _fault(error)


def read(content: str, delimiters: str) -> list[Delimited]:
    """Return the table that the text is if its cells are separated by the first of these signs, the second, and so on."""
    before = 0
    if stated := _STATED.match(content):
        content, delimiters, before = content[stated.end() :], stated[2], 1
    return [Delimited(content, delimiter, _header(content, delimiter), before) for delimiter in delimiters]


def _header(content: str, delimiter: str) -> tuple[str, ...]:
    if delimiter == "\t" and not _is_quoted(content):
        return tuple(_as_typed(name).strip() for name in _first_line(content).split("\t"))
    try:
        names = next(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True))
    except (StopIteration, ValueError, csv.Error):  # also for a character that cannot separate cells
        return ()
    return tuple(name.strip() for name in names)


def _first_line(content: str) -> str:
    return match[0] if (match := _LINE.match(content)) else ""


def _is_quoted(content: str) -> bool:
    """Return whether the names of all columns between tabs are in quotation marks."""
    names = _first_line(content).split("\t")
    return all(len(name) > 1 and name.startswith('"') and name.endswith('"') for name in names)


def _as_typed(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell


def _fault(error: csv.Error) -> Message:
    """Return what is wrong with a row: the module csv says it in English only, by these words."""
    if "end of data" in str(error):
        return Message("The row has a quotation mark that nothing closes, up to the end of the file.")
    if "expected after" in str(error):
        return Message("In the row, something other than a delimiter follows a closing quotation mark.")
    if "field limit" in str(error):
        return Message(
            "A cell of the row has more than %(limit)s characters; perhaps nothing closes a quotation mark.",
            {"limit": Amount(csv.field_size_limit())},
        )
    return Message("The row cannot be read.")
