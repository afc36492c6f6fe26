"""Correct what the extractor would get wrong around and between the paragraphs of an article.

The extractor tells lists of links from text by the share of linked words. So it takes a list of statements, each with a link to
its source, for a menu, and a teaser of another article inside the text for a paragraph.
"""

import re
from collections import defaultdict

from lxml.html import HtmlElement

from sources.pages.blocks import (
    BLOCKS,
    SENTENCE_END,
    Outside,
    beginning_of,
    is_leaf,
    letters_of,
    linked_length,
    text_of,
)
from sources.pages.corrections import has_note
from sources.pages.paragraphs import smallest_with_most
from sources.pages.stamps import is_heading_of_comments

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
_OTHERS = re.compile(
    r"most-?(?:read|viewed|popular)|more-?(?:from|stories|on|articles)|recirc|recommend|related|teaser|trending",
    re.IGNORECASE,
)
_STAMPS = re.compile(
    r"date(?:line)?(?![a-z])|\btime|updated|modified|published|byline|\bmeta|reading-?time", re.IGNORECASE
)
_HEADINGS = ("h2", "h3", "h4", "h5")
_LONGEST_STAMP = 12  # words
_LONGEST_NOTE = 1_000  # characters
_LONGEST_PHRASE = 100  # characters, with what ends it
_LONGEST_LABEL = 25  # characters
_MOST_COMMENTS = 0.4
_LABEL = re.compile(r"[^.!?:]{2,24}[:：»>]")  # before a link: “Don’t miss:”


def unwrap_links_in_statements(tree: HtmlElement) -> None:
    """Unwrap the links in lists of sentences, so that the extractor reads these lists as text."""
    is_outside = Outside(tree)
    for element in [*tree.iter("ul", "ol", "dl")]:
        items = [item for item in element.iter("li", "dd") if item.text_content().strip()]
        if items and 3 * sum(map(_is_statement, items)) >= 2 * len(items) and not is_outside(element):
            for link in [*element.iter("a")]:
                link.drop_tag()


def keep_notes(tree: HtmlElement) -> None:
    """Turn boxes with a note of a correction into plain text, since the extractor leaves out most boxes."""
    for element in [*tree.iter("aside", "footer", "header", "section", "div")]:
        text = beginning_of(element, _LONGEST_NOTE)
        if len(text) > _LONGEST_NOTE:
            continue
        parts = [part.strip() for part in element.itertext() if part.strip()]
        if has_note(parts) and linked_length(element) < 0.5 * len(text):
            element.tag = "div"
            for inner in element.iter("*"):
                for name in ("class", "id", "role"):
                    inner.attrib.pop(name, None)


def drop_related(tree: HtmlElement) -> None:
    """Remove links to other articles: in paragraphs, in lists below a heading, in named boxes, in articles inside the article."""
    for element in [*tree.iter("p", "div", "li", "section", "h2", "h3", "h4", "h5", "strong")]:
        if element.getparent() is None or not (match := _ELSEWHERE.match(beginning_of(element, _LONGEST_PHRASE))):
            continue
        rest, linked = text_of(element)[match.end() :], linked_length(element)
        if rest and len(rest) <= linked + 5:
            element.drop_tree()
        elif (
            not rest
            and (following := _next(element)) is not None
            and linked_length(following) >= 0.8 * len(text_of(following))
        ):
            following.drop_tree()
            element.drop_tree()
    is_outside = Outside(tree)
    for element in [*tree.iter("div", "li", "section", "ul")]:
        if _OTHERS.search(element.get("class", "")) and is_outside.by_name(element) and _has_linked_heading(element):
            element.drop_tree()
    for element in [*tree.xpath("//article//article")]:
        headings = [*element.iter(*_HEADINGS)]
        if (
            len(headings) == 1
            and linked_length(headings[0]) == len(text_of(headings[0]))
            and len(text_of(element)) < 500
        ):
            element.drop_tree()


def _has_linked_heading(element: HtmlElement) -> bool:
    return any(text_of(heading) == text_of(link) for heading in element.iter(*_HEADINGS) for link in heading.iter("a"))


def furniture(tree: HtmlElement, text: str) -> list[str]:
    """Return the lines of the extracted text that the page itself shows not to be of the article.

    They consist of links, or stand in a menu, a time, or an element inside the article that is named for advertising, sharing,
    comments or dates. Elements around the whole article do not count, since some sites call everything a widget.
    """
    lines = {letters: line for line in text.split("\n") if (letters := letters_of(line))}
    sizes: dict[HtmlElement, int] = defaultdict(int)
    blocks: list[tuple[HtmlElement, str]] = []
    for element in tree.iter(*BLOCKS, "time"):
        if not is_leaf(element):
            continue
        letters = letters_of(element.text_content())
        if letters in lines:
            blocks.append((element, letters))
            for around in element.iterancestors():
                sizes[around] += len(letters)
    article = smallest_with_most(sizes)
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
        if is_heading_of_comments(text_of(heading)):
            for sibling in heading.itersiblings():
                if isinstance(sibling.tag, str):
                    found |= {letters_of(text_of(block)) for block in sibling.iter(*BLOCKS)}
    return found


def _is_furniture(element: HtmlElement, article: HtmlElement | None) -> bool:
    line, linked = text_of(element), linked_length(element)
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


def _is_statement(item: HtmlElement) -> bool:
    text = text_of(item)
    return len(text) - linked_length(item) >= 20 or bool(SENTENCE_END.search(text))


def _next(element: HtmlElement) -> HtmlElement | None:
    """Return the next element, or the one after a wrapper that holds only this heading."""
    while (
        element.getnext() is None
        and element.getparent() is not None
        and text_of(element.getparent()) == text_of(element)
    ):
        element = element.getparent()
    following = element.getnext()
    return following if following is not None and isinstance(following.tag, str) else None
