"""Correct what the extractor would get wrong around and between the paragraphs of an article.

The extractor tells lists of links from text by the share of linked words. So it takes a list of statements, each with a link to
its source, for a menu, and a teaser of another article inside the text for a paragraph.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from sources.pages.corrections import has_note
from sources.pages.paragraphs import bare_text
from sources.pages.stamps import is_heading_of_comments

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
        "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"
    }
)  # fmt: skip
_NO_ARTICLE = frozenset(
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
# Phrases before links to other articles, at the start of a paragraph or as the heading of a list.
_ELSEWHERE = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|related(?: (?:stories|articles|news|topics|coverage|content))?"
    r"|more on this(?: story)?|more (?:stories|from)|recommended"
    r"|lesen sie (?:auch|mehr)|mehr zum thema|(?:à )?lire (?:aussi|également)|sur le même (?:sujet|thème)"
    r"|lea también|leer más|te puede interesar|noticias relacionadas|leia (?:também|mais)|veja também|leggi anche"
    r"|lees (?:ook|meer)|läs (?:också|även|mer)|les (?:også|mer)|læs (?:også|mere)|lue myös"
    r"|(?:czytaj|zobacz|przeczytaj) (?:także|też|również)|čtěte (?:také|i)|olvassa (?:el )?(?:még|is)|citește și"
    r"|читайте (?:также|також)|материалы по теме|по теме|διαβάστε (?:επίσης|ακόμα)|ilgili haberler|baca juga|xem thêm"
    r"|اقرأ (?:أيضا|أيضًا|المزيد)|مواضيع ذات صلة|קראו (?:גם|עוד)|यह भी पढ़ें"
    r"|関連記事|あわせて読みたい|相关(?:阅读|新闻|文章)|相關(?:閱讀|新聞|文章)|延伸閱讀|관련\s?기사)\s*[:：»>…-]*\s*",
    re.IGNORECASE,
)
# What a page calls the things around an article, and inside it, that are not of it. Fewer names than above: a line that is taken
# for such a thing may change without a word.
_FURNITURE = re.compile(
    r"advert|\bads?\b|breadcrumb|comments?(?![a-z])|consent|cookie|newsletter|outbrain|paywall|popup|promo|recirc|recommend"
    r"|related|shar(?:e|ing)(?![a-z])|social|sponsor|subscri|taboola|teaser|trending|counter|\bviews?\b|\btags?\b"
    r"|more-?(?:from|stories|on|articles)|most-?(?:read|viewed|popular)",
    re.IGNORECASE,
)
_STAMPS = re.compile(
    r"date(?:line)?(?![a-z])|\btime|updated|modified|published|byline|\bmeta|reading-?time", re.IGNORECASE
)
_LONGEST_STAMP = 12  # words
_LONGEST_NOTE = 1_000  # characters
_LONGEST_LABEL = 25  # characters
_MOST_COMMENTS = 0.4
_LABEL = re.compile(r"[^.!?:]{2,24}[:：»>]")  # before a link: “Don’t miss:”
SHORTEST = 40  # characters of what is looked for as a paragraph or a caption
_SENTENCE_END = re.compile(r"[.!?…。！？।॥۔؟][\"'”’»“)）」』\]]*$")


def wrap_bare_text(tree: HtmlElement) -> None:
    """Put text of the article that has no element of its own into paragraphs."""
    for run in bare_text(tree, _BLOCKS):
        text = run.text_content()
        linked = sum(_linked_length(element) for element in run.elements)
        if len(text) >= SHORTEST and linked < 0.5 * len(text) and not _is_outside_article(run.parent):
            run.wrap()


def unwrap_links_in_statements(tree: HtmlElement) -> None:
    """Unwrap the links in lists of sentences, so that the extractor reads these lists as text."""
    for element in [*tree.iter("ul", "ol", "dl")]:
        items = [item for item in element.iter("li", "dd") if item.text_content().strip()]
        if items and 3 * sum(map(_is_statement, items)) >= 2 * len(items) and not _is_outside_article(element):
            for link in [*element.iter("a")]:
                link.drop_tag()


def keep_notes(tree: HtmlElement) -> None:
    """Turn boxes with a note of a correction into plain text, since the extractor leaves out most boxes."""
    for element in [*tree.iter("aside", "footer", "header", "section", "div")]:
        text = _text(element)
        parts = [part.strip() for part in element.itertext() if part.strip()]
        if len(text) <= _LONGEST_NOTE and has_note(parts) and _linked_length(element) < 0.5 * len(text):
            element.tag = "div"
            for inner in element.iter("*"):
                for name in ("class", "id", "role"):
                    inner.attrib.pop(name, None)


def drop_related(tree: HtmlElement) -> None:
    """Remove links to other articles: in paragraphs, in lists below a heading, and in articles inside the article."""
    for element in [*tree.iter("p", "div", "li", "section", "h2", "h3", "h4", "h5", "strong")]:
        if element.getparent() is None or not (match := _ELSEWHERE.match(_text(element))):
            continue
        rest, linked = _text(element)[match.end() :], _linked_length(element)
        if rest and len(rest) <= linked + 5:
            element.drop_tree()
        elif (
            not rest
            and (following := _next(element)) is not None
            and _linked_length(following) >= 0.8 * len(_text(following))
        ):
            following.drop_tree()
            element.drop_tree()
    for element in [*tree.xpath("//article//article")]:
        headings = [*element.iter("h2", "h3", "h4", "h5")]
        if len(headings) == 1 and _linked_length(headings[0]) == len(_text(headings[0])) and len(_text(element)) < 500:
            element.drop_tree()


@dataclass(frozen=True)
class Missing:
    """What the page shows and the extracted text does not have.

    `letters` are missing from the article's paragraphs, which have `total`. `passages` are paragraphs between extracted ones.
    """

    letters: int
    total: int
    passages: tuple[str, ...]
    captions: tuple[str, ...]


def missing(tree: HtmlElement, text: str) -> Missing:
    """Compare the article's paragraphs with the extracted text.

    The article is the smallest element that has most of the extracted text. Comments and teasers lie outside of it.
    """
    read = _letters(text)
    sizes: dict[HtmlElement, int] = defaultdict(int)
    lost: list[tuple[HtmlElement, int]] = []
    order: list[tuple[HtmlElement, bool]] = []
    for element, letters in _paragraphs(tree):
        if found := letters in read:
            for around in element.iterancestors():
                sizes[around] += len(letters)
        else:
            lost.append((element, len(letters)))
        order.append((element, found))
    total = max(sizes.values(), default=0)
    # Ancestors were added from the inside outwards, so the first of equal size is the smallest element.
    article = min((e for e, size in sizes.items() if size >= 0.8 * total), key=lambda e: sizes[e], default=None)
    inside = sum(size for element, size in lost if article is None or article in element.iterancestors())
    read_at = [at for at, (_, found) in enumerate(order) if found]
    between = order[read_at[0] : read_at[-1]] if read_at else []
    captions = [] if article is None else [_text(caption) for caption in article.iter("figcaption", "caption")]
    return Missing(
        letters=inside,
        total=inside + total,
        passages=tuple(
            _text(element)
            for element, found in between
            if not found and article is not None and article in element.iterancestors()
        ),
        captions=tuple(text for text in captions if len(text) >= SHORTEST and _letters(text) not in read),
    )


def furniture(tree: HtmlElement, text: str) -> list[str]:
    """Return the lines of the extracted text that the page itself shows not to be of the article.

    They consist of links, or stand in a menu, a time, or an element inside the article that is named for advertising, sharing,
    comments or dates. Elements around the whole article do not count, since some sites call everything a widget.
    """
    lines = {letters: line for line in text.split("\n") if (letters := _letters(line))}
    sizes: dict[HtmlElement, int] = defaultdict(int)
    blocks: list[tuple[HtmlElement, str]] = []
    for element in tree.iter(*_BLOCKS, "time"):
        if any(child.tag in _BLOCKS for child in element.iterdescendants("*")):
            continue
        letters = _letters(element.text_content())
        if letters in lines:
            blocks.append((element, letters))
            for around in element.iterancestors():
                sizes[around] += len(letters)
    total = max(sizes.values(), default=0)
    article = min((e for e, size in sizes.items() if size >= 0.8 * total), key=lambda e: sizes[e], default=None)
    found: dict[str, bool] = {}
    for element, letters in blocks:
        # A line that is also in the article belongs to it. A time may be all of a paragraph.
        found[letters] = (found.get(letters, True) or element.tag == "time") and _is_furniture(element, article)
    below = _below_comments(tree) & lines.keys()
    if sum(map(len, below)) > _MOST_COMMENTS * sum(map(len, lines)):
        below = set()  # more likely, the article itself follows that heading
    return [line for letters, line in lines.items() if found.get(letters) or letters in below]


def _below_comments(tree: HtmlElement) -> set[str]:
    """Return the letters of readers' comments: the text after a heading such as “12 comments” in the same element."""
    found = set()
    for heading in tree.iter("h2", "h3", "h4"):
        if is_heading_of_comments(_text(heading)):
            for sibling in heading.itersiblings():
                if isinstance(sibling.tag, str):
                    found |= {_letters(_text(block)) for block in sibling.iter(*_BLOCKS)}
    return found


def _is_furniture(element: HtmlElement, article: HtmlElement | None) -> bool:
    line, linked = _text(element), _linked_length(element)
    if linked >= 0.9 * len(line) or (
        linked >= len(line) - _LONGEST_LABEL and _LABEL.match(line) and element.tag == "p"
    ):
        return True
    is_short = len(line.split()) <= _LONGEST_STAMP
    around = element
    while around is not None and around is not article:
        names = (
            f"{around.get('class', '')} {around.get('id', '')} {around.get('role', '')} {around.get('aria-label', '')}"
        )
        if around.tag in ("nav", "button", "form") or _FURNITURE.search(names):
            return True
        if is_short and (around.tag == "time" or _STAMPS.search(names)):
            return True
        around = around.getparent()
    return False


def _paragraphs(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield each possible paragraph of an article once: long enough, not a list of links, and not in a menu or the like."""
    seen = set()
    for element in tree.iter("p", "li", "dd", "div", "section", "blockquote", "center", "summary", "td", "pre"):
        text = _text(element)
        if len(text) < SHORTEST or text in seen or any(child.tag in _BLOCKS for child in element.iterdescendants("*")):
            continue
        if _linked_length(element) < 0.5 * len(text) and not _is_outside_article(element):
            seen.add(text)
            yield element, _letters(text)


def _is_outside_article(element: HtmlElement) -> bool:
    return any(
        e.tag in _NO_ARTICLE
        or (e.tag not in ("html", "body") and _NO_ARTICLE_NAME.search(f"{e.get('class', '')} {e.get('id', '')}"))
        for e in (element, *element.iterancestors())
    )


def _is_statement(item: HtmlElement) -> bool:
    text = _text(item)
    return len(text) - _linked_length(item) >= 20 or bool(_SENTENCE_END.search(text))


def _next(element: HtmlElement) -> HtmlElement | None:
    """Return the next element, or the one after a wrapper that holds only this heading."""
    while (
        element.getnext() is None and element.getparent() is not None and _text(element.getparent()) == _text(element)
    ):
        element = element.getparent()
    following = element.getnext()
    return following if following is not None and isinstance(following.tag, str) else None


def _linked_length(element: HtmlElement) -> int:
    return sum(len(_text(link)) for link in ([element] if element.tag == "a" else element.iter("a")))


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
