"""Reviews as tab-separated values under a line of column names, spelt as ClaimReview names its members (pure).

This format has no quotation marks (https://www.iana.org/assignments/media-types/text/tab-separated-values): a cell that begins
with one is a text that does. So a row with more or fewer cells than there are columns, as a line break inside a cell makes,
is refused and never joined to its neighbours.
"""

from collections.abc import Iterator

from claims.formats.claimreview.items import Unreadable
from sources.pages.jsonld import Node

_RATING = ("ratingValue", "bestRating", "worstRating", "alternateName")
_NAMES = ("url", "author", "datePublished", "claimReviewed", "name", "inLanguage", "claimant", "claimDate", *_RATING)
_COLUMNS = {name.casefold(): name for name in _NAMES} | {"title": "name", "alternativename": "alternateName"}


class NoTable(ValueError):
    """The text is no such table; the message is a sentence for people."""


def rows(content: str) -> Iterator[tuple[int, Node | Unreadable]]:
    """Yield each row's line number and ClaimReview. Raises NoTable before the first."""
    first, *lines = content.split("\n")
    header = [_COLUMNS.get(name.strip().casefold(), "") for name in first.split("\t")]
    if not {"url", "claimReviewed"} <= set(header):
        raise NoTable(
            "The file is no JSON-LD, no web page, and no table with tabs between columns url and claimReviewed."
        )
    for name in filter(None, header):
        if header.count(name) > 1:
            raise NoTable(f"The table has more than one column for {name}.")
    for number, line in enumerate(lines, 2):
        if line.strip():
            yield number, _row(header, line.removesuffix("\r").split("\t"))


def _row(header: list[str], cells: list[str]) -> Node | Unreadable:
    if len(cells) != len(header):
        return Unreadable(
            f"The row has {len(cells)} cells, the line of column names {len(header)}: tabs and line breaks inside a cell"
            " must be taken out."
        )
    row = {name: cell for name, cell in zip(header, cells, strict=True) if name and cell.strip()}
    return {
        "@type": "ClaimReview",
        **{name: cell for name, cell in row.items() if name not in (*_RATING, "claimant", "claimDate")},
        "reviewRating": {name: row[name] for name in _RATING if name in row},
        "itemReviewed": {"author": row.get("claimant"), "datePublished": row.get("claimDate")},
    }
