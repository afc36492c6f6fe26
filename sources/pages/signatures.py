"""Find who signs an article on its page as readers see it, and not who signs, edits or photographs what else stands there."""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml.html import HtmlElement

from sources.pages import bylines

# What is never the article itself, and what pages call boxes about other articles and of comments.
_BESIDE = frozenset({"aside", "blockquote", "figcaption", "figure", "nav"})
_NAMED = frozenset({"article", "div", "form", "li", "ol", "p", "section", "table", "ul"})
OTHERS = (
    "comment|related|recommend|recirc|teaser|trending|more-?(?:from|stories|on|articles)|most-?(?:read|viewed|popular)"
)
_OTHERS = re.compile(
    rf"{OTHERS}|read-?(?:next|more|also)|you-?(?:may|might)|(?:^|[\s_-])(?:latest|popular|promo)|(?:^|\s)side-?bar",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"by-?line|signature|author(?!i)|aut(?:or|eur|ore)\b", re.IGNORECASE)
_OF_PICTURE = re.compile(r"(?:photo|image|picture|foto|bild)[\w-]*(?:author|by-?line|autor|auteur)", re.IGNORECASE)
_NOT_BY_WRITER = re.compile(
    r"\W*(?:(?:photo|picture|image|illustrat|graphic|video|cartoon|drawing)\w*|(?:\w+ )?(?:edited|translated|reviewed|narrated"
    r"|fact-? ?checked|curated|compiled|produced)) by\b"
    r"|\W*(?:(?:foto|bild|illustration|redigier|übersetz|photo|traduit|traduction|traducid|traducción|traduzid|tradotto|relu)\w*"
    r"|aus dem \w+) (?:von|par|por|de|da|di)\b",
    re.IGNORECASE,
)
_AFTER_HEADLINE = 3  # elements
_LINES = ("address", "div", "p", "span")
_LONGEST = 120  # characters of a signature
_NAMES = 500  # characters of the names of an element that are read


def without_others(tree: HtmlElement) -> HtmlElement:
    """Return the page without boxes about other articles, comments and pictures, and without lines that name who did not write it."""
    others = [*_boxes(tree), *filter(_is_of_another, _named_lines(tree))]
    if not others:
        return tree
    for box in others:
        box.set("data-other", "")
    rest = deepcopy(tree)
    for box in others:
        del box.attrib["data-other"]
    for box in rest.xpath("//*[@data-other]"):
        box.clear(keep_tail=True)  # removing many from one parent joins the texts after them, in quadratic time
    return rest


def signatures(tree: HtmlElement) -> list[str]:
    """Return the first line that signs the article: “By Ann Hale” in an element for bylines, or after the headline."""
    boxes = set(_boxes(tree))
    after = [e for head in islice(tree.iter("h1"), 1) for e in islice(head.itersiblings(), _AFTER_HEADLINE)]
    for element in (*_named_lines(tree), *(e for e in after if e.tag in _LINES)):
        line = _text(element)
        is_signature = len(line) <= _LONGEST and bylines.is_signature(line) and not _is_of_another(element)
        if is_signature and boxes.isdisjoint((element, *element.iterancestors())):
            return [line]
    return []


def _named_lines(tree: HtmlElement) -> list[HtmlElement]:
    return [e for e in tree.iter(*_LINES) if _SIGNED.search((e.get("class") or "")[:_NAMES])]


def _boxes(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the boxes of what is not the article. None of them has a headline of the page inside."""
    around: set[HtmlElement] = set()
    for head in tree.iter("h1"):
        for element in head.iterancestors():
            if element in around:
                break
            around.add(element)
    inside: dict[HtmlElement, bool] = {}  # elements with footers, and whether they belong to an article
    has_article = any(element.tag == "article" for element in around)
    for element in tree.iter("footer", *_BESIDE, *_NAMED):
        if element in around:
            continue
        if element.tag in _NAMED:
            is_other = bool(_OTHERS.search(f"{element.get('class', '')} {element.get('id', '')}"[:_NAMES]))
            is_box = is_other or (element.tag == "article" and has_article)
        elif element.tag in _BESIDE:
            is_box = True
        else:
            parent = element.getparent()
            if parent not in inside:
                inside[parent] = any(e.tag in ("article", "main") for e in element.iterancestors())
            is_box = not inside[parent]
        if is_box:
            yield element


def _is_of_another(line: HtmlElement) -> bool:
    return bool(_OF_PICTURE.search((line.get("class") or "")[:_NAMES]) or _NOT_BY_WRITER.match(_text(line)))


def _text(element: HtmlElement) -> str:
    """Return the text of an element in one line, or the beginning of a longer one."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > 10 * _LONGEST:
            break
    return " ".join("".join(parts).split())
