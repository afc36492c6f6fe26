"""Read reviews from a table. The first line names the columns as ClaimReview names its members (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.formats.claimreview.items import Unreadable
from claims.text import delimited
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


class NotATable(ValueError):
    """The text is not such a table. The message is a sentence for people."""


@dataclass(frozen=True)
class Table:
    """The names of a table's columns, and its rows."""

    names: tuple[str, ...]
    cells: Iterator[tuple[int, list[str] | Message]]

    def unknown(self) -> list[str]:
        """Return the names of columns that have no meaning here."""
        return [name for name in self.names if name and not _member(name)]

    def rows(self) -> Iterator[tuple[int, Node | Unreadable]]:
        """Yield each row's line number and ClaimReview."""
        members = [_member(name) for name in self.names]
        for number, cells in self.cells:
            yield number, Unreadable(cells) if isinstance(cells, Message) else _row(members, cells)


def read(content: str) -> Table:
    """Raises NotATable."""
    for table in delimited.read(content, "\t,;"):
        members = [_member(name) for name in table.header]
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
    return Table(table.header, table.rows())


def _member(name: str) -> str:
    return _MEMBERS.get(_SIGNS.sub("", _PREFIX.sub("", name)).casefold(), "")


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
