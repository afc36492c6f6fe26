"""Read reviews from a table. The first line names the columns as ClaimReview names its members (pure).

Tab-separated values have no quoting (https://www.iana.org/assignments/media-types/text/tab-separated-values), so a quotation mark
at the start of a cell belongs to its text. A line break inside a cell therefore makes rows with too few cells. They are refused,
never joined. Only a cell that has every inner mark doubled was quoted by a spreadsheet.

Cells between commas or semicolons are quoted as RFC 4180 describes it, and may have line breaks. Which sign it is depends on the
language of the spreadsheet; a first line such as "sep=;" says it.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.formats.claimreview.items import Unreadable
from claimtrack.refusals import Message
from sources.pages.jsonld import Node

# Names of columns without signs and capitals: those of ClaimReview, their paths (itemReviewed.author.name, item_reviewed_author),
# and those of Google's Fact Check Tools API.
_COLUMNS = {
    "url": "url claimReviewUrl reviewUrl",
    "author": "author authorName publisher publisherName claimReviewPublisherName",
    "datePublished": "datePublished reviewDate claimReviewReviewDate",
    "claimReviewed": "claimReviewed claimText",
    "name": "name title headline claimReviewTitle",
    "inLanguage": "inLanguage languageCode claimReviewLanguageCode",
    "claimant": "claimant itemReviewedAuthor itemReviewedAuthorName claimClaimant",
    "claimant.jobTitle": "itemReviewedAuthorJobTitle",
    "claimant.sameAs": "itemReviewedAuthorSameAs",
    "claimant.@type": "itemReviewedAuthorType",
    "claimDate": "claimDate itemReviewedDatePublished claimClaimDate",
    "rating.ratingValue": "ratingValue reviewRatingRatingValue reviewRatingValue",
    "rating.bestRating": "bestRating reviewRatingBestRating",
    "rating.worstRating": "worstRating reviewRatingWorstRating",
    "rating.alternateName": "alternateName alternativeName reviewRatingAlternateName reviewRating textualRating"
    " claimReviewTextualRating",
}
_MEMBERS = {name.casefold(): member for member, names in _COLUMNS.items() for name in names.split()}
_SIGNS = re.compile(r"[\W_]+")
_PREFIX = re.compile(r"^(?:schema:|https?://(?:www\.)?schema\.org/)", re.IGNORECASE)
_REQUIRED = {"url", "claimReviewed"}
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"]|"")*"")(?:[^"]|"")*"')


class NotATable(ValueError):
    """The text is not such a table. The message is a sentence for people."""


@dataclass(frozen=True)
class Table:
    """The names of a table's columns, and each row's line number with its cells."""

    names: list[str]
    cells: Iterator[tuple[int, list[str] | Unreadable]]

    def unknown(self) -> list[str]:
        """Return the names of columns that have no meaning here."""
        return [name for name in self.names if name and not _member(name)]

    def rows(self) -> Iterator[tuple[int, Node | Unreadable]]:
        """Yield each row's line number and ClaimReview."""
        members = [_member(name) for name in self.names]
        for number, cells in self.cells:
            yield number, cells if isinstance(cells, Unreadable) else _row(members, cells)


def read(content: str) -> Table:
    """Raises NotATable."""
    before = 1
    separators = "\t,;"
    if stated := _SEPARATOR.match(content):
        content, separators, before = content[stated.end() :], stated[1], 2
    first = content.partition("\n")[0]
    for separator in separators:
        names = (
            [name.strip() for name in next(csv.reader([first], delimiter=separator))]
            if separator != "\t"
            else ([name.strip() for name in first.split("\t")])
        )
        members = [_member(name) for name in names]
        if set(members) >= _REQUIRED:
            break
    else:
        raise NotATable(
            Message(
                "The file is neither JSON-LD nor a web page nor a table with the columns url and claimReviewed,"
                " separated by tabs, commas or semicolons."
            )
        )
    for member in filter(None, members):
        if members.count(member) > 1:
            name = member.rpartition(".")[2]
            raise NotATable(Message("The table has more than one column for %(name)s.", {"name": name}))
    reading = _unquoted if separator == "\t" else _quoted
    return Table(names, reading(content, before, separator))


def _member(name: str) -> str:
    return _MEMBERS.get(_SIGNS.sub("", _PREFIX.sub("", name)).casefold(), "")


def _unquoted(content: str, before: int, separator: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    for number, line in enumerate(content.split("\n")[1:], before + 1):
        if line.strip():
            yield number, [_as_typed(cell) for cell in line.removesuffix("\r").split(separator)]


def _as_typed(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell


def _quoted(content: str, before: int, separator: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    number = before
    while True:
        begun = lines.line_num + before
        try:
            cells: list[str] | Unreadable = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            cells = Unreadable(
                Message("The quotation marks of the row do not match (%(reason)s).", {"reason": str(error)})
            )
        if number > before and (isinstance(cells, Unreadable) or any(cell.strip() for cell in cells)):
            yield begun, cells
        number += 1


def _row(members: list[str], cells: list[str]) -> Node | Unreadable:
    if len(cells) != len(members):
        return Unreadable(
            Message(
                "The row has %(cells)s cells, but there are %(columns)s columns: remove tabs and line breaks inside cells.",
                {"cells": len(cells), "columns": len(members)},
            )
        )
    row = {member: cell for member, cell in zip(members, cells, strict=True) if member and cell.strip()}
    of_claimant = {member.partition(".")[2]: cell for member, cell in row.items() if member.startswith("claimant.")}
    claimant = {"name": row.get("claimant"), **of_claimant} if of_claimant else row.get("claimant")
    return {
        "@type": "ClaimReview",
        **{
            member: cell
            for member, cell in row.items()
            if "." not in member and member not in ("claimant", "claimDate")
        },
        "reviewRating": {member[7:]: cell for member, cell in row.items() if member.startswith("rating.")},
        "itemReviewed": {"author": claimant, "datePublished": row.get("claimDate")},
    }
