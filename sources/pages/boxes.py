"""Open the boxes that an extractor drops with all that is in them, where their text is part of the article as browsers show it.

It drops figures, forms, fields, and what is named for advertising, sharing and the like, and reads hardly anything but paragraphs
in tables. But a figure may hold a quotation, a form paragraphs, a table all of an old page, and some sites call everything a widget.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from sources.pages.blocks import SENTENCE_END, SHORTEST, Outside, is_leaf, linked_length, text_of

# What may enclose a whole page. Only its name or its kind makes the extractor drop it.
_AROUND_ALL = ("aside", "div", "fieldset", "footer", "form", "header", "section")
_PICTURES = ("audio", "canvas", "embed", "iframe", "img", "object", "picture", "svg", "video")
_TYPED = ("select", "textarea")
_NOT_TYPED = frozenset({"button", "checkbox", "hidden", "image", "radio", "range", "reset", "submit"})
_CONTROLS = ("button", "input", "label", "legend", "option", *_TYPED)
# Inline elements, which may enclose blocks in browsers.
_INLINE = ("b", "big", "em", "font", "i", "small", "span", "strong", "u")
# Elements that are words of a sentence, or all of it.
_AROUND_WORDS = ("blink", "marquee", "noindex", "time")
_IN_CELLS = ("blockquote", "dd", "dl", "dt", "li", "ol", "pre", "ul")
_HEADS = frozenset({"caption", "tfoot", "th", "thead"})
_LONGEST_CELL = 200  # characters
_FEWEST_PARAGRAPHS = 3  # beside fields to type in
_BLANK_LINE = re.compile(r"\n\s*\n")
_CODE = re.compile(r"[{}]|[;)]\s*$|\w\(", re.MULTILINE)


def open_boxes(tree: HtmlElement) -> None:
    """Turn boxes around text of the article into plain blocks."""
    is_outside = Outside(tree)
    for element in [*tree.iter(*_AROUND_ALL)]:
        if is_outside.is_misnamed(element):
            element.tag = "div"
            for name in ("class", "id", "role"):
                element.attrib.pop(name, None)
        elif element.tag in ("fieldset", "form"):
            if not (is_outside(element.getparent()) or is_outside.by_name(element)) and _holds_text(element):
                element.tag = "span" if element.getparent().tag == "p" and is_leaf(element) else "div"
        elif element.tag == "footer" and any(around.tag == "blockquote" for around in element.iterancestors()):
            _open(element)
    for figure in [*tree.iter("figure")]:
        _open_figure(figure)
    for table in [*tree.iter("table")]:
        if _is_layout(table):
            for part in [table, *_parts(table)]:
                part.tag = "div"
    for block in [*tree.iter(*_IN_CELLS)]:
        if any(around.tag in ("td", "th") for around in block.iterancestors()):
            _open(block)  # the extractor reads nothing but lines and paragraphs there
    for block in [*tree.iter("pre")]:
        _open_prose(block)
    for menu in tree.iter("menu"):
        menu.tag = "ul"
    for element in [*tree.iter(*_AROUND_WORDS)]:
        if len(text_of(element)) >= SHORTEST:
            element.drop_tag()
    for element in [*tree.iter(*_INLINE)]:
        if not is_leaf(element):
            element.drop_tag()


def _open(element: HtmlElement) -> None:
    element.tag = "p" if is_leaf(element) else "div"


def _open_figure(figure: HtmlElement) -> None:
    """Open a figure of a text or a table, without a picture, and its caption."""
    if next(figure.iter(*_PICTURES), None) is not None:
        return
    captions = [*figure.iter("figcaption")]
    own = len(text_of(figure)) - sum(len(text_of(caption)) for caption in captions)
    if own >= SHORTEST or next(figure.iter("table"), None) is not None:
        figure.tag = "div"
        for caption in captions:
            _open(caption)


def _open_prose(block: HtmlElement) -> None:
    """Divide a text that its author typed with blank lines into paragraphs, unless it looks like a program."""
    text = (block.text or "").strip()
    if len(block) == 0 and SENTENCE_END.search(text) and not _CODE.search(text):
        block.tag, block.text = "div", None
        for part in _BLANK_LINE.split(text):
            paragraph = block.makeelement("p")
            paragraph.text = part
            block.append(paragraph)


def _holds_text(box: HtmlElement) -> bool:
    """Return whether a form holds text of the article: not only the words around its fields, and hardly a field to type in."""
    size = len(text_of(box))
    controls = sum(len(text_of(control)) for control in box.iter(*_CONTROLS))
    if size - controls < SHORTEST or linked_length(box) >= 0.5 * size:
        return False
    fields = (field.get("type", "text").lower() for field in box.iter("input"))
    is_typed = next(box.iter(*_TYPED), None) is not None or not _NOT_TYPED.issuperset(fields)
    paragraphs = sum(len(text_of(paragraph)) >= SHORTEST for paragraph in box.iter("p"))
    return not is_typed or paragraphs >= _FEWEST_PARAGRAPHS


def _is_layout(table: HtmlElement) -> bool:
    """Return whether a table only sets texts beside each other: it has no headings, and paragraphs or a table in a cell."""
    parts = [*_parts(table)]
    return not any(part.tag in _HEADS for part in parts) and any(
        len(text_of(part)) >= _LONGEST_CELL or next(part.iter("h1", "h2", "p", "table"), None) is not None
        for part in parts
        if part.tag == "td"
    )


def _parts(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the rows, cells and the like of a table, without those of tables inside it."""
    for part in table.iterchildren("caption", "tbody", "td", "tfoot", "th", "thead", "tr"):
        yield part
        if part.tag not in ("caption", "td", "th"):
            yield from _parts(part)
