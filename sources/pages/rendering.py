"""Change the tree of a page to what a browser shows, so that the extractor reads the same text as a reader.

HTML leaves some things to the browser: quotation marks around `<q>`, readings above ruby text, a line through deleted text, and
hidden elements.
"""

import re

from lxml.html import HtmlElement

# Text that is struck out, so the page no longer states it.
_STRUCK = ("del", "s", "strike")
_READINGS = ("rt", "rp", "rtc")
_UNWRAPPED = ("ruby", "rb", "ins", "q")
_NEVER_SHOWN = ("dialog", "noscript", "script", "style", "template")
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
# Classes that frameworks use for text for screen readers only.
_HIDDEN_CLASSES = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader-only"}
)
# CLDR's quotation marks, outer and inner. Browsers choose them by the language of the text around the quotation.
_MARKS = {
    "“”‘’": "en af bn cy eo fil ga gu hi id kn ko ml mr ms my pa si sw ta te th tr ur vi zh",
    "«»‹›": "de-CH fr-CH it-CH rm",
    "«»“”": "es it ca el eu gl hy oc pt-PT sc",
    "«»‘’": "nb nn no",
    "«»«»": "fr fr-FR am br",
    "«»„“": "ru be uk",
    "«»\"\"": "fa",
    "„“‚‘": "de lb et is sl cs sk hr",
    "„“‘’": "bg sr mk ka",
    "„”‚’": "sr-Latn bs",
    "„”«»": "pl hu ro",
    "„“„“": "lt",
    "“”„“": "sq",
    "”“’‘": "ar he yi",
    "””’’": "sv fi",
    "“”“”": "da lv pt pt-BR",
    "‘’“”": "nl",
    "「」『』": "ja zh-Hant zh-TW zh-HK",
}  # fmt: skip
_QUOTES = {tag.lower(): marks for marks, tags in _MARKS.items() for tag in tags.split()}
_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_QUOTATION_MARK = re.compile("[\"'“”„‟‘’‚‹›«»「」『』《》〈〉]")


def render(tree: HtmlElement) -> None:
    """Remove what a browser does not show, and insert what it would add."""
    for element in [*tree.iter("*")]:
        if element.getparent() is None or element.tag in ("html", "body", "head"):
            continue  # some pages hide these until a script has run
        if _is_hidden(element):
            _drop(element)
        elif element.tag == "q":
            _add_quotation_marks(element)
        elif element.tag == "sup":
            _superscript(element)
    for element in [*tree.iter(*_UNWRAPPED)]:
        if element.getparent() is not None:
            element.drop_tag()


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in (*_STRUCK, *_READINGS):
        return True
    if element.tag in _NEVER_SHOWN and element.get("open") is None:
        return True
    style = element.get("style") or ""
    return (
        element.get("hidden") is not None
        or (element.tag == "input" and element.get("type") == "hidden")
        or bool(style and (_HIDDEN_STYLE.search(style) or _STRUCK_STYLE.search(style)))
        or not _HIDDEN_CLASSES.isdisjoint((element.get("class") or "").split())
    )


def _drop(element: HtmlElement) -> None:
    """Remove an element with its content, and one of two spaces around it."""
    before = element.getprevious()
    parent = element.getparent()
    text = (before.tail if before is not None else parent.text) or ""
    if element.tail and text[-1:].isspace() and element.tail[:1].isspace():
        element.tail = element.tail[1:]
    element.drop_tree()


def _add_quotation_marks(element: HtmlElement) -> None:
    if _QUOTATION_MARK.match(element.text_content().strip()[:1] or "x"):
        return  # the page has marks of its own, and switches off the browser's by CSS
    marks = _quotes_for(element)
    at = 2 * (sum(1 for _ in element.iterancestors("q")) % 2)
    opening, closing = marks[at], marks[at + 1]
    element.text = opening + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + closing
    else:
        element.text += closing


def _superscript(element: HtmlElement) -> None:
    """Replace a superscript after a digit by superscript characters, so that 10² and 2019¹ do not become 102 and 20191."""
    before = element.getprevious()
    parent = element.getparent()
    text = (parent.text if before is None else before.tail or before.text_content()) or ""
    raised = element.text_content().strip()
    if text[-1:].isdecimal() and raised and all(ord(char) in _RAISED for char in raised):
        tail = element.tail
        element.clear()
        element.text, element.tail = raised.translate(_RAISED), tail
        element.drop_tag()


def _quotes_for(element: HtmlElement) -> str:
    """Return the quotation marks for the language of the text around a quotation."""
    around = element.getparent()
    tag = next((tag for e in (around, *around.iterancestors()) if (tag := e.get("lang"))), "en")
    subtags = tag.strip().lower().replace("_", "-").split("-")
    spellings = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((_QUOTES[spelling] for spelling in spellings if spelling in _QUOTES), _QUOTES["en"])
