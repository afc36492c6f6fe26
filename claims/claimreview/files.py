"""Files of ClaimReview: JSON-LD, one JSON object a line, a Data Commons feed, a web page, a table; each plain or gzipped."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import ParserError

from claims.claimreview.items import ClaimReview
from claims.claimreview.reading import Unreadable, read
from sources import jsonld

MAX_BYTES = 1 << 30
Item = tuple[str, ClaimReview | Unreadable]

_RATING = ("ratingValue", "bestRating", "worstRating", "alternateName")
_NAMES = ("url", "author", "datePublished", "claimReviewed", "name", "inLanguage", "claimant", "claimDate", *_RATING)
_COLUMNS = {name.casefold(): name for name in _NAMES} | {"title": "name", "alternativename": "alternateName"}


class NotClaimReview(ValueError):
    """The file as a whole cannot be read; the message is a sentence for whoever gave it."""


def items(data: bytes, *, page: str = "") -> Iterator[Item]:
    """Yield (place, review or why it is unreadable) for each ClaimReview in a file of any of these kinds.

    `page`: the file's own address, if it has one. Raises NotClaimReview.
    """
    content = _decoded(data)
    start = content.lstrip()[:1]
    if start == "<":
        yield from _numbered(_page(content), page)
    elif start in ("{", "["):
        nodes, unreadable = jsonld.read([content])
        yield from _lines(content, page) if unreadable else _numbered(nodes, page)
    else:
        yield from _table(content, page)


def _decoded(data: bytes) -> str:
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as unzipped:
                data = unzipped.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise NotClaimReview("The file is larger than a gibibyte.")
        return data.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise NotClaimReview("The file is no whole gzip file.") from error
    except UnicodeDecodeError as error:
        raise NotClaimReview("The file is not UTF-8.") from error


def _page(content: str) -> list[jsonld.Node]:
    try:
        tree = html.document_fromstring(content.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return []
    return jsonld.read(s.text_content() for s in tree.xpath("//script[contains(@type, 'ld+json')]"))[0]


def _numbered(nodes: list[jsonld.Node], page: str) -> Iterator[Item]:
    # jsonld.read() lists what @graph and mainEntity hold beside the node that holds it.
    inner = {id(part) for node in nodes for name in ("@graph", "mainEntity") for part in jsonld.as_list(node.get(name))}
    outer = [node for node in nodes if id(node) not in inner]
    for number, item in enumerate(read(outer, page=page), 1):
        yield f"item {number}", item


def _lines(content: str, page: str) -> Iterator[Item]:
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        nodes, unreadable = jsonld.read([line])
        if unreadable:
            yield f"line {number}", Unreadable("It is not JSON.")
        else:
            yield from ((f"line {number}", item) for _, item in _numbered(nodes, page))


def _table(content: str, page: str) -> Iterator[Item]:
    """Rows of tab-separated values under a line of column names, spelt as ClaimReview names its members."""
    rows = csv.reader(io.StringIO(content), delimiter="\t", quoting=csv.QUOTE_MINIMAL)
    try:
        header = [_COLUMNS.get(name.strip().casefold()) for name in next(rows, [])]
        if not {"url", "claimReviewed"} <= set(header):
            raise NotClaimReview(
                "The file is no JSON-LD, no web page, and no table with the columns url and claimReviewed."
            )
        for row in rows:
            found = {name: value for name, value in zip(header, row, strict=False) if name and value.strip()}
            for item in read(_node(found), page=page):
                yield f"line {rows.line_num}", item
    except csv.Error as error:
        raise NotClaimReview(f"Line {rows.line_num} of the table cannot be read: {error}.") from error


def _node(row: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        **{name: value for name, value in row.items() if name not in (*_RATING, "claimant", "claimDate")},
        "reviewRating": {name: row[name] for name in _RATING if name in row},
        "itemReviewed": {"author": row.get("claimant"), "datePublished": row.get("claimDate")},
    }
