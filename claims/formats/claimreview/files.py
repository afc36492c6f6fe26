"""Files of ClaimReview: JSON-LD, one JSON object a line, a Data Commons feed, a web page, a table; each plain or gzipped."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import ParserError

from claims.formats.claimreview.items import ClaimReview
from claims.formats.claimreview.reading import Unreadable, claim_reviews, read
from sources.pages import jsonld

MAX_BYTES = 1 << 30

_RATING = ("ratingValue", "bestRating", "worstRating", "alternateName")
_NAMES = ("url", "author", "datePublished", "claimReviewed", "name", "inLanguage", "claimant", "claimDate", *_RATING)
_COLUMNS = {name.casefold(): name for name in _NAMES} | {"title": "name", "alternativename": "alternateName"}


class NotClaimReview(ValueError):
    """The file as a whole cannot be read; the message is a sentence for whoever gave it."""


def items(data: bytes, *, page: str = "", most: int = MAX_BYTES) -> Iterator[tuple[str, ClaimReview | Unreadable]]:
    """Yield (place, review or why it is unreadable) for each ClaimReview in a file of any of these kinds.

    `page`: the file's own address, if it has one. `most`: so many bytes are read, unpacked. Raises NotClaimReview.
    """
    for place, document in _documents(_decoded(data, most)):
        found = [document] if isinstance(document, Unreadable) else read(document, page=page)
        for number, item in enumerate(found, 1):
            yield place or f"item {number}", item


def nodes(data: bytes) -> Iterator[tuple[str, jsonld.Node]]:
    """Yield (place, node as it stands) for each ClaimReview in such a file. Raises NotClaimReview."""
    for place, document in _documents(_decoded(data, MAX_BYTES)):
        if isinstance(document, Unreadable):
            raise NotClaimReview(f"{place.capitalize()}: {document.reason}")
        for number, node in enumerate(claim_reviews(document), 1):
            yield place or f"item {number}", node


def _documents(content: str) -> Iterator[tuple[str, Any]]:
    """The documents in a file, each with its line, or "" where the file is one; Unreadable for a line that is none."""
    start = content.lstrip()[:1]
    if start == "<":
        yield "", _page(content)
    elif start in ("{", "["):
        document, unreadable = _json(content)
        if unreadable:
            yield from _lines(content)
        else:
            yield "", document
    else:
        yield from _table(content)


def _decoded(data: bytes, most: int) -> str:
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as unzipped:
                data = unzipped.read(most + 1)
        if len(data) > most:
            raise NotClaimReview(f"The file is larger than {most:,} bytes.")
        return data.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise NotClaimReview("The file is no whole gzip file.") from error
    except UnicodeDecodeError as error:
        raise NotClaimReview("The file is not UTF-8.") from error


def _json(*scripts: str) -> tuple[list[jsonld.Node], int]:
    nodes, unreadable = jsonld.read(scripts)
    # It lists what @graph and mainEntity hold beside the node that holds it.
    inner = {id(part) for node in nodes for name in ("@graph", "mainEntity") for part in jsonld.as_list(node.get(name))}
    return [node for node in nodes if id(node) not in inner], unreadable


def _page(content: str) -> list[jsonld.Node]:
    try:
        tree = html.document_fromstring(content.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return []
    return _json(*(script.text_content() for script in tree.xpath("//script[contains(@type, 'ld+json')]")))[0]


def _lines(content: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            document, unreadable = _json(line)
            yield f"line {number}", Unreadable("It is not JSON.") if unreadable else document


def _table(content: str) -> Iterator[tuple[str, Any]]:
    """Rows of tab-separated values under a line of column names, spelt as ClaimReview names its members."""
    rows = csv.reader(io.StringIO(content), delimiter="\t", quoting=csv.QUOTE_MINIMAL)
    try:
        header = [_COLUMNS.get(name.strip().casefold()) for name in next(rows, [])]
        if not {"url", "claimReviewed"} <= set(header):
            raise NotClaimReview(
                "The file is no JSON-LD, no web page, and no table with columns url and claimReviewed."
            )
        for row in rows:
            found = {name: value for name, value in zip(header, row, strict=False) if name and value.strip()}
            yield f"line {rows.line_num}", _node(found)
    except csv.Error as error:
        raise NotClaimReview(f"Line {rows.line_num} of the table cannot be read: {error}.") from error


def _node(row: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        **{name: value for name, value in row.items() if name not in (*_RATING, "claimant", "claimDate")},
        "reviewRating": {name: row[name] for name in _RATING if name in row},
        "itemReviewed": {"author": row.get("claimant"), "datePublished": row.get("claimDate")},
    }
