"""The blocks of a page: which elements browsers show as one, which of them are not of an article, and the text in them."""

import re
from collections import defaultdict
from functools import cached_property, lru_cache

from lxml.html import HtmlElement

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
        "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"
    }
)  # fmt: skip
SHORTEST = 40  # characters of what is looked for as a paragraph or a caption
SENTENCE_END = re.compile(r"[.!?…。！？।॥۔؟][\"'”’»“)）」』\]]*$")
NO_ARTICLE = frozenset(
    {
        "aside", "button", "dialog", "fieldset", "figure", "footer", "form", "head", "header", "iframe", "nav", "noscript",
        "script", "select", "style", "svg", "template", "textarea"
    }
)  # fmt: skip
_NO_ARTICLE_NAME = re.compile(
    r"advert|author-?bio|banner|breadcrumb|comment|consent|cookie|disclaimer|footer|menu|modal|nav(?:bar|igation)?\b|newsletter"
    r"|outbrain|paywall|popup|promo|recirc|recommend|related|share|sharing|sidebar|signup|social|sponsor|subscri|taboola|teaser"
    r"|tooltip|trending|widget|more-?(?:from|stories|on|articles)|most-?(?:read|viewed|popular)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W_]+")
_NAMES = 500  # characters of the names of an element that are read


class Outside:
    """Tells which elements are not part of the article, by their own kind or name or that of an element around them.

    What holds most of the page is not judged by its name, since some sites call everything a widget. The page must not change
    meanwhile.
    """

    def __init__(self, tree: HtmlElement, kinds: frozenset[str] = NO_ARTICLE) -> None:
        self._tree = tree
        self._kinds = kinds
        self._known: dict[HtmlElement, bool] = {}

    @cached_property
    def _sizes(self) -> dict[HtmlElement, int]:
        """Count the characters in each element, from the inside outwards."""
        sizes: dict[HtmlElement, int] = defaultdict(int)
        for element in reversed([*self._tree.iter("*")]):
            if element.tag not in ("script", "style"):
                sizes[element] += len(element.text or "")
            if (parent := element.getparent()) is not None:
                sizes[parent] += sizes[element] + len(element.tail or "")
        return sizes

    def __call__(self, element: HtmlElement) -> bool:
        path = []
        around: HtmlElement | None = element
        while around is not None and around not in self._known:
            path.append(around)
            around = around.getparent()
        outside = around is not None and self._known[around]
        for inner in reversed(path):
            outside = outside or inner.tag in self._kinds or self.by_name(inner)
            self._known[inner] = outside
        return outside

    def by_name(self, element: HtmlElement) -> bool:
        """Return whether an element itself is named for what is not of an article."""
        return _is_named(element) and not self._has_most(element)

    def is_misnamed(self, element: HtmlElement) -> bool:
        """Return whether an element holds most of the page, though its kind or name is that of something around an article."""
        return (element.tag in self._kinds or _is_named(element)) and self._has_most(element)

    def _has_most(self, element: HtmlElement) -> bool:
        if self._sizes[element] <= self._sizes[self._tree] / 2:
            return False
        # Comments may be longer than the article.
        return "comment" not in _names(element).lower() or next(element.iter("h1"), None) is not None


def _is_named(element: HtmlElement) -> bool:
    return bool(_NO_ARTICLE_NAME.search(_names(element)))


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"[:_NAMES]


def is_leaf(element: HtmlElement) -> bool:
    """Return whether an element contains no other block."""
    return not any(inner.tag in BLOCKS for inner in element.iterdescendants("*"))


def linked_length(element: HtmlElement) -> int:
    return sum(len(text_of(link)) for link in ([element] if element.tag == "a" else element.iter("a")))


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def beginning_of(element: HtmlElement, length: int) -> str:
    """Return the text of an element, if it is long only so many characters of it, without reading the rest."""
    parts, size = [], 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        if size > length:
            break
    return " ".join("".join(parts).split())


@lru_cache(50_000)  # for the comparison of a page's blocks with the lines of its text, which are mostly the same
def letters_of(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))
