"""Read reviews from tab-separated values. The first line names the columns as ClaimReview names its members (pure).

The format has no quoting (https://www.iana.org/assignments/media-types/text/tab-separated-values), so a quotation mark at the
start of a cell belongs to its text. A line break inside a cell therefore makes rows with too few cells. They are refused, never
joined.
"""

from collections.abc import Iterator

from claims.formats.claimreview.items import Unreadable
from claimtrack.refusals import Message
from sources.pages.jsonld import Node

_RATING = ("ratingValue", "bestRating", "worstRating", "alternateName")
_NAMES = ("url", "author", "datePublished", "claimReviewed", "name", "inLanguage", "claimant", "claimDate", *_RATING)
_COLUMNS = {name.casefold(): name for name in _NAMES} | {"title": "name", "alternativename": "alternateName"}


class NotATable(ValueError):
    """The text is not such a table. The message is a sentence for people."""


def rows(content: str) -> Iterator[tuple[int, Node | Unreadable]]:
    """Yield each row's line number and ClaimReview. Raises NotATable before the first."""
    first, *lines = content.split("\n")
    header = [_COLUMNS.get(name.strip().casefold(), "") for name in first.split("\t")]
    if not {"url", "claimReviewed"} <= set(header):
        raise NotATable(
            Message(
                "The file is neither JSON-LD nor a web page nor a table with the columns url and claimReviewed,"
                " separated by tabs."
            )
        )
    for name in filter(None, header):
        if header.count(name) > 1:
            raise NotATable(Message("The table has more than one column for %(name)s.", {"name": name}))
    for number, line in enumerate(lines, 2):
        if line.strip():
            yield number, _row(header, line.removesuffix("\r").split("\t"))


def unknown(content: str) -> list[str]:
    """Return the names of columns that have no meaning here."""
    names = [name.strip() for name in content.partition("\n")[0].split("\t")]
    return [name for name in names if name and name.casefold() not in _COLUMNS]


def _row(header: list[str], cells: list[str]) -> Node | Unreadable:
    if len(cells) != len(header):
        return Unreadable(
            Message(
                "The row has %(cells)s cells, but there are %(columns)s columns: remove tabs and line breaks inside cells.",
                {"cells": len(cells), "columns": len(header)},
            )
        )
    row = {name: cell for name, cell in zip(header, cells, strict=True) if name and cell.strip()}
    return {
        "@type": "ClaimReview",
        **{name: cell for name, cell in row.items() if name not in (*_RATING, "claimant", "claimDate")},
        "reviewRating": {name: row[name] for name in _RATING if name in row},
        "itemReviewed": {"author": row.get("claimant"), "datePublished": row.get("claimDate")},
    }
