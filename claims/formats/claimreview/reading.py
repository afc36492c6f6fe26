"""ClaimReview as it is found in the wild, read with the intent of whoever wrote it.

Templates fill what they do not know with "", -1, 0001-01-01 or a scale of one step, nest reviews in `@graph` and feeds,
write numbers as strings, dates with a space, `type` for `@type`, and scales upside down. Where the intent is plain it is
read so; where it is not, the member is left empty; only a review without an address of its own is unreadable.

A number never counts without its label, and only on a scale with two ends around it: the same 4 of 6 stands for "Falso"
and for "Verdadeiro" with one publisher.
"""

import html
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from claims.formats.claimreview.items import Claimant, ClaimReview, Rating
from claims.text import partial_dates
from sources.pages.canonical import host
from sources.pages.jsonld import Node, as_list, types

_DATE = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ].*)?")
_TAG = re.compile(r"</?(?:a|b|br|div|em|i|p|span|strong)\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")


@dataclass(frozen=True)
class Unreadable:
    """A ClaimReview that cannot be taken, and the reason as a sentence."""

    reason: str


def read(document: Any, *, page: str = "") -> Iterator[ClaimReview | Unreadable]:
    """Every ClaimReview in a parsed JSON-LD document, however deep, in its order.

    `page`: the address where the document was found, if known; relative addresses are resolved against it.
    """
    named = {node["@id"]: node for node in _nodes(document) if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in claim_reviews(document):
        yield _Reader(named, page).review(node)


def claim_reviews(document: Any) -> Iterator[Node]:
    """The nodes of a document that are of this type, as they stand."""
    return (node for node in _nodes(document) if "claimreview" in {name.casefold() for name in types(node)})


def _nodes(document: Any) -> Iterator[Node]:
    """All objects of a document, outer before inner; no recursion, as whoever wrote the document chose its depth."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += reversed(value.values())


@dataclass(frozen=True)
class _Reader:
    """Reads the nodes of one document. `named`: those that others refer to by `@id`."""

    named: dict[str, Node]
    page: str

    def review(self, node: Node) -> ClaimReview | Unreadable:
        pages = (self.part(node, "mainEntityOfPage").get("@id"), node.get("mainEntityOfPage"), node.get("@id"))
        address = next(self.addresses(node.get("url"), *pages, self.page), None)
        if address is None:
            return Unreadable("It names no address of the review (url).")
        url, site = address
        rating, item = self.part(node, "reviewRating"), self.part(node, "itemReviewed")
        label = text(rating.get("alternateName")) or _words(rating.get("ratingValue"))
        return ClaimReview(
            url=url,
            text=clean(node.get("claimReviewed")),
            publisher=self.publisher(node) or site,
            site=site,
            label=label,
            rating=_rating(rating) if label else None,
            claimant=self.claimant(item),
            said=date(item.get("datePublished")),
            published=date(node.get("datePublished")),
            language=language(node.get("inLanguage")),
            title=clean(node.get("name")) or clean(node.get("headline")),
        )

    def part(self, node: Node, name: str) -> Node:
        """The first object under this name, or a bare string as the name of one; empty if there is neither."""
        for value in as_list(node.get(name)):
            if isinstance(value, dict):
                return self.named.get(value["@id"], value) if set(value) == {"@id"} else value
            if isinstance(value, str):
                return {"name": value}
        return {}

    def addresses(self, *values: Any) -> Iterator[tuple[str, str]]:
        """Those of the values that are addresses of the web, each with its host."""
        for value in values:
            for candidate in as_list(value):
                if isinstance(candidate, str) and candidate.strip():
                    try:
                        url = urljoin(self.page, candidate.strip())
                        yield url, host(url)
                    except ValueError:
                        continue

    def publisher(self, node: Node) -> str:
        """The name of the organisation, else of the person, that publishes the review; an address is no name."""
        parts = [self.part(node, "author"), self.part(node, "publisher")]
        parts.sort(key=lambda part: "Organization" not in types(part))
        for part in parts:
            name = clean(part.get("name"))
            if name and not re.match("https?:", name):
                return name
            if site := next(self.addresses(part.get("url"), name), None):
                return site[1]
        return ""

    def claimant(self, item: Node) -> Claimant | None:
        author = self.part(item, "author")
        if not (name := clean(author.get("name"))):
            return None
        kind = "Person" if types(author) <= {"Person"} else "Organization"
        same_as = tuple(url for url, _ in self.addresses(author.get("sameAs")))
        return Claimant(name, kind, clean(author.get("jobTitle")), same_as)


def text(value: Any) -> str:
    """A text as written, but for white space around it; of several, or of a value object, the first."""
    for item in as_list(value):
        if isinstance(item, dict):
            item = item.get("@value")
        if isinstance(item, str) and item.strip():
            return item.strip()
    return ""


def clean(value: Any) -> str:
    """A text for readers: without the tags and entities of a page that it was taken from, runs of white space as one space."""
    return " ".join(_TAG.sub(" ", html.unescape(text(value))).split())


def date(value: Any) -> str:
    """The calendar date of an ISO 8601 time, in its own zone, with T or a space; "" for what is none."""
    match = _DATE.fullmatch(text(value))
    try:
        day, precision = partial_dates.parse(match[1] if match else "")
    except ValueError:
        return ""
    return partial_dates.format_date(day, precision) or ""


def language(value: Any) -> str:
    """A BCP 47 tag: pt_BR is pt-BR; "" for the name of a language or anything else."""
    match = _LANGUAGE.fullmatch(text(value))
    return match[1].lower() + match[2].replace("_", "-") if match else ""


def number(value: Any) -> float | None:
    """A number, also one written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _words(value: Any) -> str:
    return "" if number(value) is not None else text(value)


def _rating(rating: Node) -> Rating | None:
    """The number, where it lies on a scale; schema.org: "If bestRating is omitted, 5 is assumed", worstRating 1."""
    value = number(rating.get("ratingValue"))
    best, worst = (
        number(rating[name]) if rating.get(name) not in (None, "") else default
        for name, default in (("bestRating", 5.0), ("worstRating", 1.0))
    )
    if value is None or best is None or worst is None or best == worst:
        return None
    return Rating(value, best, worst) if min(best, worst) <= value <= max(best, worst) else None
