"""Read ClaimReview as sites really publish it (pure).

Templates fill unknown values with "", -1, 0001-01-01 or a scale of one step. They nest reviews in `@graph` and feeds, write
numbers as strings, `type` instead of `@type` and names with a prefix, put the claim into an object or on the item reviewed, and
turn scales upside down. If the meaning is clear, it is read. If not, the member is left out with a warning. Only a review
without an address, or with an impossible year, is unreadable.

A number is read only together with a label, and only if it lies on a scale with two ends: one publisher uses the same 4 of 6 for
"Falso" and for "Verdadeiro".
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from claims.formats.claimreview.dates import NoDate, read_date
from claims.formats.claimreview.items import Claimant, ClaimReview, Rating, Unreadable
from claims.formats.claimreview.values import clean, nested, number, text
from claimtrack.cleaning import canonical_language
from claimtrack.refusals import Message, reason
from claimtrack.warnings import InputWarning
from sources.pages.archives import original
from sources.pages.canonical import host
from sources.pages.jsonld import Node, as_list, types
from sources.pages.markup import SCHEMA_ORG

# Works in which a claim appears, and members other than its author that name people.
_WORKS = ("appearance", "firstAppearance")
_MOST_OTHERS = 20  # of whom a warning names each
_OTHERS = ("spokenByCharacter", "claimInterpreter", "contributor", "accountablePerson")


def read(content: object, *, page: str = "") -> Iterator[ClaimReview | Unreadable]:
    """Yield every ClaimReview in a parsed JSON-LD document, at any depth and in order, one for each claimant.

    `page` is the address of the document, if known. Relative addresses are resolved against it.
    """
    document = Document(content, page=page)
    for node in document.nodes():
        yield from document.reviews(node)


class Document:
    """A parsed JSON-LD document. It may declare prefixes for schema.org's names."""

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
        """Return the nodes of type ClaimReview, unchanged."""
        return (node for node in _nodes(self.content) if "claimreview" in {name.casefold() for name in types(node)})

    def reviews(self, node: Node) -> Iterator[ClaimReview | Unreadable]:
        """Read one of these nodes. It contains one review for each claimant."""
        try:
            yield from _Reader(self, self.without_prefixes(node)).reviews()
        except ValueError as error:
            yield Unreadable(reason(error))

    def without_prefixes(self, node: Node) -> Node:
        """Return the node with schema.org's names without prefix. A bare name takes precedence over a prefixed one."""
        node = nested(node)
        names = {name: self._term(name) for name in node if ":" in name}
        bare = {name: value for name, value in node.items() if name not in names}
        return bare | {short: node[name] for name, short in names.items() if bare.get(short) in (None, "")}

    def _term(self, name: str) -> str:
        prefix, _, rest = name.partition(":")
        if prefix in self.prefixes:
            return rest
        return name.rpartition("/")[2] if name.startswith(SCHEMA_ORG) else name

    def objects(self, node: Node, name: str) -> list[Node]:
        """Return the objects in this member, with references resolved. A plain string becomes an object with this name."""
        found: list[Node] = []
        for value in as_list(node.get(name)):
            if isinstance(value, dict) and set(value) == {"@id"}:
                value = self.named.get(value["@id"], value)
            if isinstance(value, dict):
                found.append({"name": value["@value"]} if "@value" in value else self.without_prefixes(value))
            elif isinstance(value, str):
                found.append({"name": value})
        return found

    def first_object(self, node: Node, name: str) -> Node:
        """Return the first of these objects, or an empty one."""
        return next(iter(self.objects(node, name)), {})

    def addresses(self, *values: object) -> Iterator[tuple[str, str]]:
        """Yield the values that are http(s) addresses, each with its host."""
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
    """Reads one node whose names have no prefixes, and collects warnings about what was left out."""

    def __init__(self, document: Document, node: Node) -> None:
        self.document = document
        self.node = node
        self.warnings: list[InputWarning] = []

    def warn(self, code: str, field: str, detail: Message) -> None:
        self.warnings.append(InputWarning(code, field, detail))

    def reviews(self) -> Iterator[ClaimReview | Unreadable]:
        node, document = self.node, self.document
        pages = (
            document.first_object(node, "mainEntityOfPage").get("@id"),
            node.get("mainEntityOfPage"),
            node.get("@id"),
        )
        address = next(document.addresses(node.get("url"), *pages, document.page), None)
        if address is None:
            yield Unreadable(_no_address(node.get("url")))
            return
        url, site = self.original(*address)
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

    def original(self, url: str, site: str) -> tuple[str, str]:
        """Return the address of the page that a copy or a link means, and its host.

        Raises ValueError if the address of a copy does not contain that of the page.
        """
        page = original(url)
        if page == url:
            return url, site
        self.warn(
            "address_of_copy",
            "url",
            Message(
                "“%(site)s” only shows, or leads to, “%(page)s”, which is taken for the address.",
                {"site": site, "page": page},
            ),
        )
        return page, host(page)

    def claims(self) -> Iterator[tuple[Node, Node]]:
        """Yield each reviewed claim with each of its claimants, which is an empty node if there is none."""
        items = self.document.objects(self.node, "itemReviewed")
        # The claimant may be a member of claimReviewed, if that is an object.
        stated = [item for item in self.document.objects(self.node, "claimReviewed") if "Claim" in types(item)]
        for item in items or stated or [{}]:
            authors = self.authors(item)
            if not authors and len(stated) == 1:
                authors = self.authors(stated[0])
            if not authors:
                self.warn_of_others(item)
            yield from ((item, author) for author in authors or [{}])

    def authors(self, claim: Node) -> list[Node]:
        """Return who made a claim: its author or, in the words of schema.org "the same", its creator."""
        found = self.document.objects(claim, "author") or self.document.objects(claim, "creator")
        # A Role has the person in a member of its own name.
        return [next(iter(self.document.objects(one, "author")), one) if "Role" in types(one) else one for one in found]

    def warn_of_others(self, claim: Node) -> None:
        """Warn of people who are named where the claimant should be, but need not have made the claim."""
        nodes = [("", claim)]
        nodes += [(f"{name}.", work) for name in _WORKS for work in self.document.objects(claim, name)]
        others: list[tuple[str, str]] = []
        for path, node in nodes:
            for name in _OTHERS if node is claim else ("author", "creator"):
                given = [clean(other.get("name")) for other in self.document.objects(node, name)]
                others += [(f"itemReviewed.{path}{name}", person) for person in given if person]
        for field, person in others[:_MOST_OTHERS]:
            self.warn(
                "claimant_left_out",
                field,
                Message("“%(name)s” may not have made the claim, which has no speaker.", {"name": f"{person:.100}"}),
            )
        if len(others) > _MOST_OTHERS:
            self.warn(
                "claimant_left_out",
                others[_MOST_OTHERS][0],
                Message(
                    "%(count)s more people are named, who may not have made the claim either.",
                    {"count": len(others) - _MOST_OTHERS},
                ),
            )

    def claim(self, item: Node) -> str:
        """Return the wording: from claimReviewed, a text or a Claim, else from the item reviewed.

        A Claim's name is its wording; that of another item is the title of a work.
        """
        stated = self.document.objects(self.node, "claimReviewed")
        words = [clean(claim.get("text")) or clean(claim.get("name")) for claim in stated]
        words = list(dict.fromkeys(filter(None, words))) or [
            clean(item.get("text")) or ("Claim" in types(item) and clean(item.get("name"))) or ""
        ]
        if len(words) > 1:
            self.warn(
                "several_values",
                "claimReviewed",
                Message("There are %(count)s wordings; the first was used.", {"count": len(words)}),
            )
        return words[0]

    def verdict(self) -> tuple[str, Rating | None]:
        """Return the label, and the rating if it is a number on a scale."""
        ratings = self.document.objects(self.node, "reviewRating")
        if len(ratings) > 1:
            self.warn(
                "several_values",
                "reviewRating",
                Message("There are %(count)s ratings; the first was used.", {"count": len(ratings)}),
            )
        rating = next(iter(ratings), {})
        words = [rating.get(name) for name in ("alternateName", "name", "ratingValue")]
        label = next(filter(None, (_words(value) for value in words)), "")
        value, (low, high) = number(rating.get("ratingValue")), _scale(rating)
        given = next(filter(None, (clean(value) for value in words)), "")
        if value is None and given and not label:
            self.warn(
                "label_left_out",
                "reviewRating.alternateName",
                Message("A number (%(given)s) is no label.", {"given": f"{given:.50}"}),
            )
        if value is None and clean(rating.get("ratingValue")) not in ("", label):
            given = clean(rating.get("ratingValue"))
            self.warn(
                "rating_left_out",
                "reviewRating.ratingValue",
                Message("“%(given)s” is no number.", {"given": f"{given:.50}"}),
            )
        if value is None or value == -1:
            return label, None
        if not label:
            self.warn(
                "rating_left_out",
                "reviewRating.ratingValue",
                Message("The number %(value)s means nothing without a label.", {"value": f"{value:g}"}),
            )
        elif low is not None and high is not None and low != high and min(low, high) <= value <= max(low, high):
            return label, Rating(value, high, low)
        else:
            self.warn(
                "rating_left_out",
                "reviewRating.ratingValue",
                Message("%(value)s is not on a scale with two ends.", {"value": f"{value:g}"}),
            )
        return label, None

    def publisher(self) -> str:
        """Return the name of the organisation, else of the person, that publishes the review. An address is not a name."""
        parts = [*self.document.objects(self.node, "author"), *self.document.objects(self.node, "publisher")]
        parts.sort(key=lambda part: "Organization" not in types(part))
        for part in parts:
            name = clean(part.get("name"))
            if name and not re.match("https?:", name):
                return name
            if site := next(self.document.addresses(part.get("url"), name), None):
                return site[1]
        return ""

    def claimant(self, author: Node) -> Claimant | None:
        parts = [clean(author.get(part)) for part in ("givenName", "additionalName", "familyName")]
        if not (name := clean(author.get("name")) or " ".join(filter(None, parts))):
            if given := ", ".join(
                f"{value}"
                for name, value in author.items()
                if name not in ("@type", "type") and isinstance(value, str | int | float) and value not in ("", False)
            ):
                self.warn(
                    "claimant_left_out",
                    "itemReviewed.author.name",
                    Message(
                        "The claimant has no name (%(given)s): the claim has no speaker.", {"given": f"{given:.100}"}
                    ),
                )
            return None
        # Several names may be of several people, or of one.
        if len(names := set(filter(None, map(clean, as_list(author.get("name")))))) > 1:
            self.warn(
                "several_values",
                "itemReviewed.author.name",
                Message("There are %(count)s names; the first was used.", {"count": len(names)}),
            )
        kind = "Person" if types(author) <= {"Person"} else "Organization"
        same_as = tuple(url for url, _ in self.document.addresses(author.get("sameAs")))
        return Claimant(name, kind, clean(author.get("jobTitle")), same_as)

    def date(self, node: Node, name: str, path: str) -> str:
        """Return the date in this member, or "" with a warning if it is ambiguous. Raises ValueError for an impossible year."""
        value = next(iter(as_list(node.get(name))), None)
        # A number may be a year or a day. A longer one counts seconds, whose day depends on an unknown time zone.
        written = str(value) if isinstance(value, int) and len(str(value)) in (4, 8) else text(value)
        if value and not written and value is not True:
            self.warn(
                "date_left_out",
                path + name,
                Message("%(value)s cannot be read as a date: write YYYY-MM-DD.", {"value": f"{value!r:.100}"}),
            )
        try:
            return read_date(written) if written else ""
        except NoDate as error:
            self.warn("date_left_out", path + name, reason(error))
            return ""
        except ValueError as error:
            raise ValueError(
                Message("%(member)s: %(reason)s", {"member": path + name, "reason": reason(error)})
            ) from error

    def language(self) -> str:
        """Return a BCP 47 tag (pt-BR for pt_BR), or "" with a warning if there is none."""
        given = self.document.first_object(self.node, "inLanguage")
        written = text(given.get("alternateName")) or text(given.get("name"))
        try:
            return canonical_language(written.replace("_", "-"))
        except ValueError:
            self.warn(
                "language_left_out",
                "inLanguage",
                Message("“%(written)s” is not a language tag (BCP 47), such as pt-BR.", {"written": f"{written:.50}"}),
            )
            return ""


def _nodes(content: object) -> Iterator[Node]:
    """Yield all objects of a document, outer before inner. There is no recursion, since a hostile document may be very deep."""
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += reversed(value.values())


def _words(value: object) -> str:
    return "" if number(value) is not None else clean(value)


def _scale(rating: Node) -> tuple[float | None, float | None]:
    """The worst and best rating; schema.org: "If bestRating is omitted, 5 is assumed", worstRating 1."""
    worst, best = (
        number(rating[name]) if rating.get(name) not in (None, "") else assumed
        for name, assumed in (("worstRating", 1.0), ("bestRating", 5.0))
    )
    return worst, best


def _no_address(given: object) -> Message:
    if isinstance(given, str) and given.strip():
        try:
            host(given.strip())
        except ValueError as error:
            return Message("Its url is not an address: %(reason)s", {"reason": reason(error)})
    return Message("It does not give the address of the review (url).")
