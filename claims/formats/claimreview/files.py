"""Read files of ClaimReview (pure): JSON-LD, JSON Lines, a Data Commons feed, a web page or a table, each also gzipped.

A file without any review is refused, since an import that reports 0 reviews would look like a success.
"""

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import ParamSpec, TypeVar
from urllib.parse import urljoin

from claims.formats.claimreview import scripts, table
from claims.formats.claimreview.items import ClaimReview, Unreadable
from claims.formats.claimreview.reading import Document
from claims.formats.claimreview.scripts import Loaded
from claimtrack.cleaning import decoded
from claimtrack.isolation import TooCostly, isolated
from claimtrack.refusals import Amount, Message, reason
from claimtrack.warnings import InputWarning
from sources.pages.canonical import canonical_url
from sources.pages.jsonld import Node
from sources.pages.markup import Markup, read_page

P = ParamSpec("P")
T = TypeVar("T")

MAX_BYTES = 1 << 30
# Each review of the page carries these warnings.
MOST_LEFT_OUT = 10
MARKUP_LEFT_OUT = Message(
    "The markup of the page reviews a claim that its scripts do not: “%(text)s”. Only the scripts were read."
)


class NotClaimReview(ValueError):
    """The whole file cannot be read. The message is a sentence for the person who uploaded it."""


class TooManyReviews(ValueError):
    """The file contains more reviews than the caller accepts."""


@dataclass(frozen=True)
class Contents:
    """The items of a file, each with its place: a review, or the reason why it cannot be read.

    If the file is one web page with all its reviews, `page` is its canonical address.
    """

    items: list[tuple[str, ClaimReview | Unreadable]]
    page: str = ""


def read_file(data: bytes, *, page: str = "", most: int = MAX_BYTES, most_items: int | None = None) -> Contents:
    """Return each ClaimReview in a file of any of these kinds.

    `page` is the address of the file, if it has one. `most` limits the bytes after decompression. Raises TooManyReviews if
    there are more than `most_items`, and NotClaimReview if the file cannot be read or has no review.
    """
    content = _decoded(data, most)
    if _is_page(content):
        return _within_limits(_contents, content, page, most_items)
    return _contents(content, page, most_items)


def read_upload(data: bytes, *, most: int, most_items: int) -> Contents:
    """Like read_file, but within limits on CPU time and memory, whatever the file is."""
    return _within_limits(read_file, data, most=most, most_items=most_items)


def _contents(content: str, page: str, most_items: int | None) -> Contents:
    markup = read_page(content, "ClaimReview") if _is_page(content) else None
    items: list[tuple[str, ClaimReview | Unreadable]] = []
    for item in _items(_from_page(markup) if markup else _documents(content), page):
        if len(items) == most_items:
            raise TooManyReviews
        items.append(item)
    if not items:
        raise NotClaimReview(Message("The file contains no ClaimReview."))
    return Contents(items, _address(markup, [item for _, item in items]) if markup else "")


def nodes(data: bytes) -> list[tuple[str, Node]]:
    """Return the place and the unchanged node of each ClaimReview in such a file. Raises NotClaimReview."""
    content = _decoded(data, MAX_BYTES)
    return _within_limits(_nodes, content) if _is_page(content) else _nodes(content)


def _nodes(content: str) -> list[tuple[str, Node]]:
    read: list[tuple[str, Node]] = []
    for place, found in _from_page(read_page(content, "ClaimReview")) if _is_page(content) else _documents(content):
        if isinstance(found, Unreadable):
            raise NotClaimReview(Message("%(place)s: %(reason)s", {"place": place, "reason": found.reason}))
        read += _numbered(Document(found.values), place)
    return read


def _items(
    documents: Iterator[tuple[str, Loaded | Unreadable]], page: str
) -> Iterator[tuple[str, ClaimReview | Unreadable]]:
    for place, found in documents:
        if isinstance(found, Unreadable):
            yield place, found
            continue
        document = Document(found.values, page=page)
        empty = True
        for name, node in _numbered(document, place):
            empty = False
            for item in document.reviews(node):
                if isinstance(item, ClaimReview) and found.warnings:
                    item = replace(item, warnings=(*found.warnings, *item.warnings))
                yield name, item
        if place and empty:
            yield place, Unreadable(Message("It contains no ClaimReview."))


def _numbered(document: Document, place: str) -> Iterator[tuple[str, Node]]:
    return (
        (place or Message("item %(number)s", {"number": number}), node)
        for number, node in enumerate(document.nodes(), 1)
    )


def _documents(content: str) -> Iterator[tuple[str, Loaded | Unreadable]]:
    """Yield the documents in a file that is not a page, each with its place, which is "" if the file is one document."""
    start = content.lstrip()[:1]
    if start == "{" and _is_lines(content):
        yield from _lines(content)
    elif start in ("{", "["):
        try:
            yield "", scripts.load(content)
        except ValueError as error:
            raise NotClaimReview(Message("The file cannot be read. %(reason)s", {"reason": reason(error)})) from error
    else:
        try:
            read = table.read(content)
            warnings = tuple(
                InputWarning(
                    "column_left_out",
                    name,
                    Message(
                        "The column “%(name)s” is none of ClaimReview and is left out of all rows.",
                        {"name": f"{name:.100}"},
                    ),
                )
                for name in read.unknown()
            )
            for number, row in read.rows():
                yield _line(number), row if isinstance(row, Unreadable) else Loaded([row], warnings)
                warnings = ()
        except table.NotATable as error:
            raise NotClaimReview(reason(error)) from error


def _decoded(data: bytes, most: int) -> str:
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as unzipped:
                data = unzipped.read(most + 1)
        if len(data) > most:
            raise NotClaimReview(Message("The file is larger than %(limit)s bytes.", {"limit": Amount(most)}))
        return decoded(data)
    except (OSError, EOFError, zlib.error) as error:
        raise NotClaimReview(Message("The file is not a complete gzip file.")) from error
    except UnicodeDecodeError as error:
        raise NotClaimReview(Message("The file is neither UTF-8 nor UTF-16 with a byte order mark.")) from error


def _is_lines(content: str) -> bool:
    """Return whether the file has one JSON object on each line: one of the first lines is an object, and there are others."""
    lines = [line for line in content.split("\n", 100)[:100] if line.strip()]
    return len(lines) > 1 and any(_is_object(line) for line in lines)


def _line(number: int) -> Message:
    return Message("line %(number)s", {"number": number})


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _lines(content: str) -> Iterator[tuple[str, Loaded | Unreadable]]:
    lines = [(number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip()]
    for (number, _), loaded in zip(lines, _load_all(line for _, line in lines), strict=True):
        yield _line(number), loaded


def _load_all(written: Iterable[str]) -> Iterator[Loaded | Unreadable]:
    """Load the scripts or lines of a file. MAX_REPAIRED limits how much of all of them is repaired."""
    room = scripts.MAX_REPAIRED
    for script in written:
        try:
            loaded: Loaded | Unreadable = scripts.load(script, room=room)
        except ValueError as error:
            loaded = Unreadable(reason(error))
        yield loaded
        if isinstance(loaded, Unreadable) or loaded.warnings:
            room = max(0, room - len(script))


def _is_page(content: str) -> bool:
    return content.lstrip()[:1] == "<"


def _within_limits(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return isolated(function, *args, **kwargs)
    except TooCostly as error:
        raise NotClaimReview(Message("The file cannot be read. %(reason)s", {"reason": reason(error)})) from error


def _from_page(markup: Markup) -> Iterator[tuple[str, Loaded | Unreadable]]:
    scripts_with_reviews = {
        number: script for number, script in enumerate(markup.scripts, 1) if "claimreview" in script.casefold()
    }
    found = dict(zip(scripts_with_reviews, _load_all(scripts_with_reviews.values()), strict=True))
    scripts_read = [script for script in found.values() if isinstance(script, Loaded)]
    if scripts_read:
        scripts_read += _beside(markup.scripts, scripts_with_reviews)
        values = [script.values for script in scripts_read]
        warnings = dict.fromkeys(chain.from_iterable(script.warnings for script in scripts_read))
        yield "", Loaded(values, (*warnings, *_left_out(markup.nodes, values)))
    for number, script in found.items():
        if isinstance(script, Unreadable):
            yield Message("script %(number)s", {"number": number}), script
    # If a page has both, its microdata repeats what the scripts say, with less detail.
    if not found:
        yield "", Loaded(markup.nodes)


def _left_out(marked_up: Sequence[object], scripts_read: Sequence[object]) -> Iterator[InputWarning]:
    """Warn of the first claims that only the markup reviews: it may be another review, or the same in other words."""
    found = _wordings(marked_up)
    known = _wordings(scripts_read) if found else {}
    for plain, wording in islice(found.items(), MOST_LEFT_OUT):
        if plain not in known and not any(plain in other or other in plain for other in known):
            yield InputWarning(
                "markup_left_out", "claimReviewed", Message(MARKUP_LEFT_OUT, {"text": f"{wording:.200}"})
            )


def _wordings(values: Sequence[object]) -> dict[str, str]:
    """Return the claims of these reviews, by their letters and digits alone."""
    document = Document(values)
    reviews = (review for node in document.nodes() for review in document.reviews(node))
    texts = [review.text for review in reviews if isinstance(review, ClaimReview) and review.text]
    plain = {"".join(filter(str.isalnum, text.casefold())): text for text in texts}
    return {letters: text for letters, text in plain.items() if letters}


def _beside(written: list[str], with_reviews: Mapping[int, str]) -> Iterator[Loaded]:
    """Load the other scripts of a page, if its reviews refer to nodes by `@id`: one plugin writes the site, another the reviews."""
    if any("@id" in script for script in with_reviews.values()):
        for number, script in enumerate(written, 1):
            if number not in with_reviews and "@id" in script:
                with suppress(ValueError):
                    yield Loaded(scripts.load(script, room=0).values)


def _address(markup: Markup, items: list[ClaimReview | Unreadable]) -> str:
    """Return the address that all reviews give, or "" if one is unreadable or the page's canonical link differs."""
    try:
        found = {canonical_url(item.url) if isinstance(item, ClaimReview) else "" for item in items}
        address = found.pop()
        own = all(canonical_url(urljoin(address, link)) == address for link in markup.canonical)
    except ValueError:
        return ""
    return address if own and not found else ""
