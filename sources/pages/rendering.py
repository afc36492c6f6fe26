"""Change the tree of a page to what a browser shows, so that the extractor reads the same text as a reader.

HTML leaves some things to the browser: quotation marks around `<q>`, readings above ruby text, a line through deleted text, and
hidden elements. Extractors leave out other text that is shown: formulas, times, emoji that are pictures, and text that is hidden
only from screen readers.
"""

import re

from lxml.html import HtmlElement

from sources.pages import mathml

# Text that is struck out, so the page no longer states it.
_STRUCK = ("del", "s", "strike")
_READINGS = ("rt", "rp", "rtc")
_UNWRAPPED = ("ruby", "rb", "ins", "q", "output")
# Extractors take these for something around the article. In a sentence, they are words of it: a button explains a term.
_IN_SENTENCES = ("blink", "button", "label", "legend", "marquee", "time")
_NEVER_SHOWN = ("dialog", "noscript", "script", "style", "template")
# Browsers show the content of these only if they cannot show the element itself.
_FALLBACK = ("audio", "canvas", "iframe", "meter", "progress", "video")
_CHOICES = ("datalist", "select")
# Also the usual ways to hide text from all but screen readers and search engines: outside of the window, cut to nothing.
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b"
    r"|(?:^|;)\s*(?:font-size\s*:\s*0(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{4,}(?:\.\d+)?(?:px|em)"
    r"|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%)",
    re.IGNORECASE,
)
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
_SIGNS = frozenset("%‰٪°€$£¥₹")
_PHRASING = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u"]
)
_OF_PARAGRAPHS = ("blockquote", "dd", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th")
_EMOJI = re.compile("[\u00a9\u00ae\u200d\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]{1,16}")
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
        elif element.tag == "math":
            _replace(element, mathml.in_line(element))
        elif element.tag == "img" and _EMOJI.fullmatch(element.get("alt") or ""):
            _replace(element, element.get("alt"))
        elif element.tag in _IN_SENTENCES and _is_in_a_sentence(element):
            element.drop_tag()
        elif element.get("aria-hidden") and element.tag in _PHRASING and _is_in_a_sentence(element):
            del element.attrib["aria-hidden"]
    for element in [*tree.iter(*_UNWRAPPED)]:
        if element.getparent() is not None:
            element.drop_tag()


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in (*_STRUCK, *_READINGS, *_FALLBACK, *_CHOICES):
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


def _replace(element: HtmlElement, text: str) -> None:
    """Replace an element by a text."""
    tail = element.tail
    element.clear()
    element.text, element.tail = " ".join(text.split()), tail
    element.drop_tag()


def _is_in_a_sentence(element: HtmlElement) -> bool:
    """Return whether an element is among the words of a paragraph, and is not KaTeX's drawing of a formula."""
    parent = element.getparent()
    if "katex-html" in (element.get("class") or ""):
        return False
    around = next((e for e in (parent, *parent.iterancestors()) if e.tag not in _PHRASING), None)
    if around is None or around.tag not in _OF_PARAGRAPHS:
        return False
    rest = around.text_content().replace(element.text_content(), "", 1)
    return sum(map(str.isalpha, rest)) >= 10


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
    """Replace a superscript after a digit or a sign by superscript characters: 10² and 40%¹ do not become 102 and 40%1."""
    before = element.getprevious()
    parent = element.getparent()
    text = (parent.text if before is None else before.tail or before.text_content()) or ""
    raised = element.text_content().strip()
    if (text[-1:].isdecimal() or text[-1:] in _SIGNS) and raised and all(ord(char) in _RAISED for char in raised):
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
