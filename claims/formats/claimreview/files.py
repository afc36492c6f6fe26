"""Files of ClaimReview: JSON-LD, one JSON object a line, a Data Commons feed, a web page, a table; each plain or gzipped (pure).

A file without any review is refused: an import that reports 0 reviews would look like a success.
"""

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import urljoin

from claims.formats.claimreview import scripts, table
from claims.formats.claimreview.items import ClaimReview, Unreadable
from claims.formats.claimreview.reading import Document
from claims.formats.claimreview.scripts import Loaded
from claimtrack.isolation import TooCostly, isolated
from sources.pages.canonical import canonical_url
from sources.pages.jsonld import Node
from sources.pages.markup import Markup, read_page

MAX_BYTES = 1 << 30


class NotClaimReview(ValueError):
    """The file as a whole cannot be read; the message is a sentence for whoever gave it."""


class TooManyReviews(ValueError):
    """The file holds more than the caller takes."""


@dataclass(frozen=True)
class Contents:
    """What a file holds: places, and the review or why it cannot be read.

    `page`: the canonical address where the file is one web page with all of its reviews, else "".
    """

    items: list[tuple[str, ClaimReview | Unreadable]]
    page: str = ""


def read_file(data: bytes, *, page: str = "", most: int = MAX_BYTES, most_items: int | None = None) -> Contents:
    """Return each ClaimReview in a file of any of these kinds.

    `page`: the file's own address, if it has one. `most`: so many bytes are read, unpacked. `most_items`: reading ends where
    there are more. Raises TooManyReviews, and NotClaimReview, also where there is none.
    """
    content = _decoded(data, most)
    markup = _markup(content)
    items: list[tuple[str, ClaimReview | Unreadable]] = []
    for item in _items(_from_page(markup) if markup else _documents(content), page):
        if len(items) == most_items:
            raise TooManyReviews
        items.append(item)
    if not items:
        raise NotClaimReview("The file holds no ClaimReview.")
    return Contents(items, _address(markup, [item for _, item in items]) if markup else "")


def nodes(data: bytes) -> Iterator[tuple[str, Node]]:
    """Yield (place, node as it stands) for each ClaimReview in such a file. Raises NotClaimReview."""
    content = _decoded(data, MAX_BYTES)
    markup = _markup(content)
    for place, found in _from_page(markup) if markup else _documents(content):
        if isinstance(found, Unreadable):
            raise NotClaimReview(f"{place.capitalize()}: {found.reason}")
        yield from _placed(Document(found.values), place)


def _items(
    documents: Iterator[tuple[str, Loaded | Unreadable]], page: str
) -> Iterator[tuple[str, ClaimReview | Unreadable]]:
    for place, found in documents:
        if isinstance(found, Unreadable):
            yield place, found
            continue
        document = Document(found.values, page=page)
        empty = True
        for name, node in _placed(document, place):
            empty = False
            for item in document.reviews(node):
                if isinstance(item, ClaimReview) and found.warnings:
                    item = replace(item, warnings=(*found.warnings, *item.warnings))
                yield name, item
        if place and empty:
            yield place, Unreadable("It holds no ClaimReview.")


def _placed(document: Document, place: str) -> Iterator[tuple[str, Node]]:
    return ((place or f"item {number}", node) for number, node in enumerate(document.nodes(), 1))


def _documents(content: str) -> Iterator[tuple[str, Loaded | Unreadable]]:
    """The documents in a file that is no page, each with its place, "" where the file is one."""
    start = content.lstrip()[:1]
    if start == "{" and _is_lines(content):
        yield from _lines(content)
    elif start in ("{", "["):
        try:
            yield "", scripts.load(content)
        except ValueError as error:
            raise NotClaimReview(f"The file cannot be read. {error}") from error
    else:
        try:
            for number, row in table.rows(content):
                yield f"line {number}", row if isinstance(row, Unreadable) else Loaded([row])
        except table.NoTable as error:
            raise NotClaimReview(str(error)) from error


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


def _is_lines(content: str) -> bool:
    """Say whether the file is one JSON object a line: so is one of its first lines, and another is there."""
    lines = [line for line in content.split("\n", 100)[:100] if line.strip()]
    return len(lines) > 1 and any(_is_object(line) for line in lines)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _lines(content: str) -> Iterator[tuple[str, Loaded | Unreadable]]:
    lines = [(number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip()]
    for (number, _), loaded in zip(lines, _loaded(line for _, line in lines), strict=True):
        yield f"line {number}", loaded


def _loaded(written: Iterable[str]) -> Iterator[Loaded | Unreadable]:
    """The scripts or lines of a file, of which only so much is repaired."""
    room = scripts.MAX_REPAIRED
    for script in written:
        try:
            loaded: Loaded | Unreadable = scripts.load(script, room=room)
        except ValueError as error:
            loaded = Unreadable(str(error))
        yield loaded
        if isinstance(loaded, Unreadable) or loaded.warnings:
            room = max(0, room - len(script))


def _markup(content: str) -> Markup | None:
    """What a page says about itself; None where the file is no page."""
    if not content.lstrip().startswith("<"):
        return None
    try:
        return isolated(read_page, content, "ClaimReview")
    except TooCostly as error:
        raise NotClaimReview(f"The page cannot be read. {error}") from error


def _from_page(markup: Markup) -> Iterator[tuple[str, Loaded | Unreadable]]:
    telling = {number: script for number, script in enumerate(markup.scripts, 1) if "claimreview" in script.casefold()}
    found = dict(zip(telling, _loaded(telling.values()), strict=True))
    scripts_read = [script for script in found.values() if isinstance(script, Loaded)]
    if scripts_read:
        warnings = dict.fromkeys(chain.from_iterable(script.warnings for script in scripts_read))
        yield "", Loaded([script.values for script in scripts_read], tuple(warnings))
    for number, script in found.items():
        if isinstance(script, Unreadable):
            yield f"script {number}", script
    # A page that says it in both ways says less in its mark-up.
    if not found:
        yield "", Loaded(markup.nodes)


def _address(markup: Markup, items: list[ClaimReview | Unreadable]) -> str:
    """The address that all reviews of the page name, unless one cannot be read or the page says that it is another."""
    try:
        found = {canonical_url(item.url) if isinstance(item, ClaimReview) else "" for item in items}
        address = found.pop()
        own = all(canonical_url(urljoin(address, link)) == address for link in markup.canonical)
    except ValueError:
        return ""
    return address if own and not found else ""
