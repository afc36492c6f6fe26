"""ClaimReview as it is found in the wild, read with the intent of whoever wrote it (pure).

Templates fill what they do not know with "", -1, 0001-01-01 or a scale of one step, nest reviews in `@graph` and feeds,
write numbers as strings, `type` for `@type`, names with a prefix, the claim as an object or on the item reviewed, and
scales upside down. Where the intent is plain it is read so. Where it is not, the member is left out with a warning; only a
review without an address of its own, or with a year that cannot be right, is unreadable.

A number never counts without its label, and only on a scale with two ends around it: the same 4 of 6 stands for "Falso"
and for "Verdadeiro" with one publisher.
"""

import html
import math
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from claims.formats.claimreview.dates import NoDate, read_date
from claims.formats.claimreview.items import Claimant, ClaimReview, Rating, Unreadable
from claimtrack.cleaning import canonical_language
from claimtrack.warnings import InputWarning
from sources.pages.canonical import host
from sources.pages.jsonld import Node, as_list, types
from sources.pages.markup import SCHEMA_ORG

_TAG = re.compile(r"</?(?:a|b|br|div|em|i|p|span|strong)\b[^<>]*>", re.IGNORECASE)


def read(content: object, *, page: str = "") -> Iterator[ClaimReview | Unreadable]:
    """Every ClaimReview in a parsed JSON-LD document, however deep, in its order: one for each claimant.

    `page`: the address where the document was found, if known; relative addresses are resolved against it.
    """
    document = Document(content, page=page)
    for node in document.nodes():
        yield from document.reviews(node)


class Document:
    """A parsed JSON-LD document. Names of schema.org are told by any prefix that the document declares for them."""

    def __init__(self, content: object, *, page: str = "") -> None:
        self.content = content
        self.page = page
        self.named: dict[str, Node] = {}
        self.prefixes = {"schema"}
        for node in _nodes(content):
            identity, context = node.get("@id"), node.get("@context")
            if isinstance(identity, str) and len(node) > 1:
                self.named[identity] = node
            for terms in as_list(context):
                if isinstance(terms, dict):
                    self.prefixes.update(prefix for prefix, to in terms.items() if to in SCHEMA_ORG)

    def nodes(self) -> Iterator[Node]:
        """The nodes that are a ClaimReview, as they stand."""
        return (node for node in _nodes(self.content) if "claimreview" in {name.casefold() for name in types(node)})

    def reviews(self, node: Node) -> Iterator[ClaimReview | Unreadable]:
        """Read one of these nodes: as many reviews as there are claimants."""
        try:
            yield from _Reader(self, self.short(node)).reviews()
        except ValueError as error:
            yield Unreadable(str(error))

    def short(self, node: Node) -> Node:
        """The node with schema.org's names as they are without a prefix. What a bare name holds goes before a prefixed one's."""
        names = {name: self._term(name) for name in node if ":" in name}
        bare = {name: value for name, value in node.items() if name not in names}
        return bare | {short: node[name] for name, short in names.items() if bare.get(short) in (None, "")}

    def _term(self, name: str) -> str:
        prefix, _, rest = name.partition(":")
        if prefix in self.prefixes:
            return rest
        return name.rpartition("/")[2] if name.startswith(SCHEMA_ORG) else name

    def parts(self, node: Node, name: str) -> list[Node]:
        """The objects under this name, references followed; a bare string is the name of one."""
        found: list[Node] = []
        for value in as_list(node.get(name)):
            if isinstance(value, dict) and set(value) == {"@id"}:
                value = self.named.get(value["@id"], value)
            if isinstance(value, dict):
                found.append({"name": value["@value"]} if "@value" in value else self.short(value))
            elif isinstance(value, str):
                found.append({"name": value})
        return found

    def part(self, node: Node, name: str) -> Node:
        """The first of them; empty if there is none."""
        return next(iter(self.parts(node, name)), {})

    def addresses(self, *values: object) -> Iterator[tuple[str, str]]:
        """Those of the values that are addresses of the web, each with its host."""
        for value in values:
            for candidate in as_list(value):
                if isinstance(candidate, dict):
                    candidate = candidate.get("@id") or candidate.get("@value")
                if isinstance(candidate, str) and candidate.strip():
                    try:
                        url = urljoin(self.page, candidate.strip())
                        yield url, host(url)
                    except ValueError:
                        continue


class _Reader:
    """Reads one node, its names short, and keeps what was left out as warnings."""

    def __init__(self, document: Document, node: Node) -> None:
        self.document = document
        self.node = node
        self.warnings: list[InputWarning] = []

    def warn(self, code: str, field: str, detail: str) -> None:
        self.warnings.append(InputWarning(code, field, detail))

    def reviews(self) -> Iterator[ClaimReview | Unreadable]:
        node, document = self.node, self.document
        pages = (document.part(node, "mainEntityOfPage").get("@id"), node.get("mainEntityOfPage"), node.get("@id"))
        address = next(document.addresses(node.get("url"), *pages, document.page), None)
        if address is None:
            yield Unreadable("It names no address of the review (url).")
            return
        url, site = address
        label, rating = self.verdict()
        title = clean(node.get("name")) or clean(node.get("headline"))
        published, language = self.date(node, "datePublished", ""), self.language()
        publisher = self.publisher() or site
        shared, last = list(self.warnings), len(self.warnings)
        for item, claimant in self.claims():
            text, said = self.claim(item), self.date(item, "datePublished", "itemReviewed.")
            yield ClaimReview(
                url=url,
                text=text,
                publisher=publisher,
                site=site,
                label=label,
                rating=rating,
                claimant=self.claimant(claimant),
                said=said,
                published=published,
                language=language,
                title=title,
                warnings=(*shared, *self.warnings[last:]),
            )
            last = len(self.warnings)

    def claims(self) -> Iterator[tuple[Node, Node]]:
        """Each claim that is reviewed with each of those who made it, an empty node for nobody."""
        items = self.document.parts(self.node, "itemReviewed")
        # Where the claim is given as an object of its own, it may say who made it.
        stated = [item for item in self.document.parts(self.node, "claimReviewed") if "Claim" in types(item)]
        for item in items or stated or [{}]:
            authors = self.document.parts(item, "author")
            if not authors and len(stated) == 1:
                authors = self.document.parts(stated[0], "author")
            yield from ((item, author) for author in authors or [{}])

    def claim(self, item: Node) -> str:
        """The wording: claimReviewed, a text or a Claim; else that of the item reviewed."""
        stated = self.document.parts(self.node, "claimReviewed")
        words = [clean(claim.get("text")) or clean(claim.get("name")) for claim in stated]
        words = list(dict.fromkeys(filter(None, words))) or [clean(item.get("text"))]
        if len(words) > 1:
            self.warn("several_values", "claimReviewed", f"Of {len(words)} wordings the first is taken.")
        return words[0]

    def verdict(self) -> tuple[str, Rating | None]:
        """The label, and the number where it is one on a scale."""
        ratings = self.document.parts(self.node, "reviewRating")
        if len(ratings) > 1:
            self.warn("several_values", "reviewRating", f"Of {len(ratings)} ratings the first is taken.")
        rating = next(iter(ratings), {})
        words = [rating.get(name) for name in ("alternateName", "name", "ratingValue")]
        label = next(filter(None, (_words(value) for value in words)), "")
        value, (low, high) = number(rating.get("ratingValue")), _scale(rating)
        if value is None or value == -1:
            return label, None
        if not label:
            self.warn(
                "rating_left_out", "reviewRating.ratingValue", f"A number ({value:g}) says nothing without its label."
            )
        elif low is not None and high is not None and low != high and min(low, high) <= value <= max(low, high):
            return label, Rating(value, high, low)
        else:
            self.warn("rating_left_out", "reviewRating.ratingValue", f"{value:g} lies on no scale with two ends.")
        return label, None

    def publisher(self) -> str:
        """The name of the organisation, else of the person, that publishes the review; an address is no name."""
        parts = [*self.document.parts(self.node, "author")[:1], *self.document.parts(self.node, "publisher")[:1]]
        parts.sort(key=lambda part: "Organization" not in types(part))
        for part in parts:
            name = clean(part.get("name"))
            if name and not re.match("https?:", name):
                return name
            if site := next(self.document.addresses(part.get("url"), name), None):
                return site[1]
        return ""

    def claimant(self, author: Node) -> Claimant | None:
        if not (name := clean(author.get("name"))):
            return None
        # They may be several people, or one person's names.
        if len(names := set(filter(None, map(clean, as_list(author.get("name")))))) > 1:
            self.warn("several_values", "itemReviewed.author.name", f"Of {len(names)} names the first is taken.")
        kind = "Person" if types(author) <= {"Person"} else "Organization"
        same_as = tuple(url for url, _ in self.document.addresses(author.get("sameAs")))
        return Claimant(name, kind, clean(author.get("jobTitle")), same_as)

    def date(self, node: Node, name: str, path: str) -> str:
        """The date under this name; none, with a warning, where it cannot be told. Raises ValueError for a year that is none."""
        value = next(iter(as_list(node.get(name))), None)
        # A year or a day as a bare number; a longer one counts seconds, and which day that is depends on the time zone.
        written = str(value) if isinstance(value, int) and len(str(value)) in (4, 8) else text(value)
        if value and not written and value is not True:
            self.warn("date_left_out", path + name, f"{value!r:.100} cannot be read as a date: write YYYY-MM-DD.")
        try:
            return read_date(written) if written else ""
        except NoDate as error:
            self.warn("date_left_out", path + name, str(error))
            return ""
        except ValueError as error:
            raise ValueError(f"{path}{name}: {error}") from error

    def language(self) -> str:
        """A BCP 47 tag: pt_BR is pt-BR; "" for the name of a language or anything else."""
        given = self.document.part(self.node, "inLanguage")
        written = text(given.get("alternateName")) or text(given.get("name"))
        try:
            return canonical_language(written.replace("_", "-"))
        except ValueError:
            self.warn("language_left_out", "inLanguage", f"“{written:.50}” is no language tag (BCP 47), such as pt-BR.")
            return ""


def _nodes(content: object) -> Iterator[Node]:
    """All objects of a document, outer before inner; no recursion, as whoever wrote the document chose its depth."""
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += reversed(value.values())


def text(value: object) -> str:
    """A text as written, but for white space around it; of several, or of a value object, the first."""
    for item in as_list(value):
        if isinstance(item, dict):
            item = item.get("@value")
        if isinstance(item, str) and item.strip():
            return item.strip()
    return ""


def clean(value: object) -> str:
    """A text for readers: without the tags and entities of a page that it was taken from, runs of white space as one space."""
    return " ".join(_TAG.sub(" ", html.unescape(text(value))).split())


def number(value: object) -> float | None:
    """A number, also one written as text."""
    value = next(iter(as_list(value)), None)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _words(value: object) -> str:
    return "" if number(value) is not None else text(value)


def _scale(rating: Node) -> tuple[float | None, float | None]:
    """The worst and best rating; schema.org: "If bestRating is omitted, 5 is assumed", worstRating 1."""
    worst, best = (
        number(rating[name]) if rating.get(name) not in (None, "") else assumed
        for name, assumed in (("worstRating", 1.0), ("bestRating", 5.0))
    )
    return worst, best
