"""Read structured data in the mark-up of a page: JSON-LD scripts, microdata (HTML standard, section 5) and RDFa Lite 1.1.

The library extruct reads microdata and RDFa too. But it returns RDFa items in another order each time, ignores `datetime`, and is
slow: 1.3 s for 270 kB of RDFa, and more than quadratic in the depth of microdata. Here one walk through the page turns both into
JSON-LD nodes, in the order of the page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree, html
from lxml.etree import ParserError

from claimtrack.isolation import TooCostly
from sources.pages.jsonld import Node

SCHEMA_ORG = ("http://schema.org/", "https://schema.org/", "http://www.schema.org/", "https://www.schema.org/")
MAX_VALUE = 20_000  # characters
MAX_REFERENCES = 20  # depth of parts of an item (itemref) that refer to further parts
# libxml2 ends a page at its first </html>. Browsers go on, as the HTML standard says, and some templates write it too early.
_END = re.compile(r"</(?:html|body)\b[^<>]*>", re.IGNORECASE)
_PREFIX = re.compile(r"([\w-]+):\s+(\S+)")

_BLOCKS = {"br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "section", "td", "tr"}
_VALUES = {
    "href": {"a", "area", "link"},
    "src": {"audio", "embed", "iframe", "img", "source", "track", "video"},
    "value": {"data", "meter"},
    "datetime": {"time"},
}


@dataclass(frozen=True)
class Markup:
    """The texts of JSON-LD scripts, the top-level items of microdata and RDFa, and the canonical links."""

    scripts: list[str]
    nodes: list[Node]
    canonical: list[str]


def parse(
    content: str, reader: Callable[..., html.HtmlElement] = html.document_fromstring, **options: bool
) -> html.HtmlElement:
    """Parse a page as browsers do: it goes on after its end, and tags that nobody closed nest its elements deeply.

    Raises TooCostly if elements are nested more than 2,048 deep, since libxml2 drops the rest, and ParserError without any.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, **options)
    tree = reader(_END.sub("", content).encode(), parser=parser)
    last = parser.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        raise TooCostly
    return tree


def read_page(content: str, kind: str) -> Markup:
    """Read a page. Items are read only if one is of this kind, such as ClaimReview.

    Call it through `claimtrack.isolation`, since the page comes from outside.
    """
    try:
        tree = parse(content)
    except ParserError:
        return Markup([], [], [])
    return Markup(
        scripts=[script.text_content() for script in json_ld(tree)],
        nodes=_Items(tree).found if re.search(rf"(?:itemtype|typeof)\s*=[^>]*{kind}", content) else [],
        canonical=[str(link) for link in tree.xpath("//link[@rel='canonical']/@href")],
    )


def json_ld(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the scripts of JSON-LD; a media type may be written in capitals and have parameters."""
    return [script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]


class _Items:
    """The top-level items of a page, with nested items inside them. Names outside schema.org are left out."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self.found: list[Node] = []
        # Stacks of the current items and vocabularies, each with the element that it began at.
        self.items: list[tuple[html.HtmlElement, Node]] = []
        self.vocabularies: list[tuple[html.HtmlElement, str]] = []
        declared = _PREFIX.findall(" ".join(map(str, tree.xpath("//@prefix"))))
        self.prefixes = {"schema", *(prefix for prefix, vocabulary in declared if vocabulary in SCHEMA_ORG)}
        self.by_id: dict[str, html.HtmlElement] = {}
        for element in tree.xpath("//*[@id]") if tree.xpath("boolean(//@itemref)") else ():
            self.by_id.setdefault(element.get("id"), element)
        self.followed: list[html.HtmlElement] = []
        self._walk(tree)

    def _walk(self, root: html.HtmlElement) -> None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._begin(element)
                continue
            if self.items and self.items[-1][0] is element:
                self._follow(element)
            for stack in (self.items, self.vocabularies):
                if stack and stack[-1][0] is element:
                    stack.pop()

    def _begin(self, element: html.HtmlElement) -> None:
        if (vocabulary := element.get("vocab")) is not None:
            self.vocabularies.append((element, vocabulary))
        within = self.vocabularies[-1][1] if self.vocabularies else SCHEMA_ORG[0]
        names = [*self._terms(element.get("itemprop"), SCHEMA_ORG[0])]
        names += self._terms(element.get("property") or element.get("rel") if self.items else None, within)
        item = self._item(element, within)
        value = _value(element) if item is None and names and self.items else item
        if self.items and value is not None:
            for name in dict.fromkeys(names):
                self.items[-1][1].setdefault(name, []).append(value)
        if item is not None:
            if not (self.items and names):
                self.found.append(item)
            self.items.append((element, item))

    def _follow(self, element: html.HtmlElement) -> None:
        """Read the parts of a microdata item that are elsewhere on the page (itemref)."""
        for name in (element.get("itemref") or "").split():
            part = self.by_id.get(name)
            if part is not None and part not in self.followed and len(self.followed) < MAX_REFERENCES:
                self.followed.append(part)
                self._walk(part)
                self.followed.pop()

    def _item(self, element: html.HtmlElement, vocabulary: str) -> Node | None:
        """Return the item that begins at an element, if there is one."""
        if element.get("itemscope") is not None:
            types, identity = [*self._terms(element.get("itemtype"), SCHEMA_ORG[0])], element.get("itemid")
        elif element.get("typeof") is not None:
            types = [*self._terms(element.get("typeof"), vocabulary)]
            identity = element.get("about") or element.get("resource")
        else:
            return None
        return {"@type": types, "@id": identity} if identity else {"@type": types}

    def _terms(self, names: str | None, vocabulary: str) -> Iterator[str]:
        """Yield the names that are terms of schema.org: prefixed, as full addresses, or bare within its vocabulary."""
        for name in (names or "").split():
            prefix, colon, term = name.partition(":")
            if name.startswith(SCHEMA_ORG):
                yield name.rpartition("/")[2]
            elif colon and prefix in self.prefixes:
                yield term
            elif not colon and f"{vocabulary.rstrip('/#')}/" in SCHEMA_ORG:
                yield name


def _value(element: html.HtmlElement) -> str:
    if (content := element.get("content")) is not None:
        return str(content)
    for attribute, tags in _VALUES.items():
        if element.tag in tags and (value := element.get(attribute)) is not None:
            return str(value)
    return _text(element)


def _text(element: html.HtmlElement) -> str:
    """Return the text that a reader sees, with blanks between blocks, cut after MAX_VALUE characters."""
    pieces: list[str] = []
    room = MAX_VALUE
    for event, part in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            piece = "" if part.tag in ("script", "style") else part.text or ""
        else:
            piece = "" if part is element else part.tail or ""
        pieces += [" " if part.tag in _BLOCKS else "", piece[:room]]
        room -= len(piece)
        if room <= 0:
            break
    return " ".join("".join(pieces).split())
