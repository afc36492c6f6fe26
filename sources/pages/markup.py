"""What a page says about itself in its mark-up: JSON-LD in scripts, microdata (HTML standard, section 5), RDFa Lite 1.1 (pure).

The library extruct reads both, but its RDFa gives items in another order each time and overlooks `datetime`, and its cost
is high (1.3 s for 270 kB of RDFa, more than the square of the depth for microdata). Here one walk through the page reads both
into JSON-LD nodes, in the page's order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html
from lxml.etree import ParserError

from sources.pages.jsonld import Node

SCHEMA_ORG = ("http://schema.org/", "https://schema.org/", "http://www.schema.org/", "https://www.schema.org/")
LONGEST = 20_000  # characters of one value

_BLOCKS = {"br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "section", "td", "tr"}
_VALUES = {
    "href": {"a", "area", "link"},
    "src": {"audio", "embed", "iframe", "img", "source", "track", "video"},
    "value": {"data", "meter"},
    "datetime": {"time"},
}


@dataclass(frozen=True)
class Markup:
    """The texts of JSON-LD scripts; the outermost items of microdata and RDFa; the addresses that the page calls its own."""

    scripts: list[str]
    nodes: list[Node]
    canonical: list[str]


def read_page(content: str, kind: str) -> Markup:
    """Read a page; its items only where one is of this kind, such as ClaimReview.

    Call it by `claimtrack.isolation`, for the page is a stranger's.
    """
    try:
        tree = html.document_fromstring(content.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return Markup([], [], [])
    return Markup(
        scripts=[script.text_content() for script in tree.xpath("//script[contains(@type, 'ld+json')]")],
        nodes=_items(tree) if re.search(rf"(?:itemtype|typeof)\s*=[^>]*{kind}", content) else [],
        canonical=[str(link) for link in tree.xpath("//link[@rel='canonical']/@href")],
    )


def _items(tree: html.HtmlElement) -> list[Node]:
    """The outermost items of a page, those within them nested. Names of schema.org are short, others are left out."""
    found: list[Node] = []
    # The element that made an item current, and the item; the same for a vocabulary.
    items: list[tuple[html.HtmlElement, Node]] = []
    vocabularies: list[tuple[html.HtmlElement, str]] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            for stack in (items, vocabularies):
                if stack and stack[-1][0] is element:
                    stack.pop()
            continue
        if (vocabulary := element.get("vocab")) is not None:
            vocabularies.append((element, vocabulary))
        within = vocabularies[-1][1] if vocabularies else SCHEMA_ORG[0]
        names = [*_terms(element.get("itemprop"), SCHEMA_ORG[0])]
        names += _terms(element.get("property") or element.get("rel") if items else None, within)
        item = _item(element, within)
        value = _value(element) if item is None and names and items else item
        if items and value is not None:
            for name in dict.fromkeys(names):
                items[-1][1].setdefault(name, []).append(value)
        if item is not None:
            if not (items and names):
                found.append(item)
            items.append((element, item))
    return found


def _item(element: html.HtmlElement, vocabulary: str) -> Node | None:
    """The item that begins at an element, if one does."""
    if element.get("itemscope") is not None:
        types, identity = [*_terms(element.get("itemtype"), SCHEMA_ORG[0])], element.get("itemid")
    elif element.get("typeof") is not None:
        types, identity = [*_terms(element.get("typeof"), vocabulary)], element.get("resource")
    else:
        return None
    return {"@type": types, "@id": identity} if identity else {"@type": types}


def _terms(names: str | None, vocabulary: str) -> Iterator[str]:
    """Those of the names that are terms of schema.org: bare ones within its vocabulary, prefixed ones, whole addresses."""
    for name in (names or "").split():
        if name.startswith(SCHEMA_ORG):
            yield name.rpartition("/")[2]
        elif name.startswith("schema:"):
            yield name.removeprefix("schema:")
        elif ":" not in name and f"{vocabulary.rstrip('/#')}/" in SCHEMA_ORG:
            yield name


def _value(element: html.HtmlElement) -> str:
    if (content := element.get("content")) is not None:
        return str(content)
    for attribute, tags in _VALUES.items():
        if element.tag in tags and (value := element.get(attribute)) is not None:
            return str(value)
    return _text(element)


def _text(element: html.HtmlElement) -> str:
    """The text that a reader sees, blocks set apart by blanks. Beyond LONGEST it is cut, which no claim fits into anyway."""
    pieces: list[str] = []
    room = LONGEST
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
