"""Find text between paragraphs without its own element, which the extractor leaves out.

Editors and templates leave such text behind: the first sentences before the first `<p>`, what follows a list, a passage that is
only a `<div>` or `<section>`. Browsers show it as a paragraph.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from sources.pages.blocks import BLOCKS, SENTENCE_END, SHORTEST, Outside, is_leaf, letters_of, linked_length, text_of

_CONTAINERS = (
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "header", "main", "section", "td"
)  # fmt: skip
_SHORTEST_SENTENCE = 8  # letters
_LONGEST_LINE = 120  # characters of a date, a name or the like that is no sentence
_SHORTEST_HEADLINE = 15  # characters


def wrap_bare_text(tree: HtmlElement) -> None:
    """Put text of the article that has no element of its own into paragraphs."""
    is_outside = Outside(tree)
    for run, is_beside in _bare_text(tree, is_outside):
        text = run.text_content()
        linked = sum(linked_length(element) for element in run.elements)
        is_sentence = SENTENCE_END.search(text) and len(letters_of(text)) >= _SHORTEST_SENTENCE
        is_long = len(text) >= (SHORTEST if is_beside else _LONGEST_LINE)
        if (is_sentence or is_long) and linked < 0.5 * len(text):
            run.wrap()


@dataclass
class Run:
    """The content between two blocks: text, and elements with the text after each. `after` is the block before, if any."""

    parent: HtmlElement
    after: HtmlElement | None
    text: str
    elements: list[HtmlElement] = field(default_factory=list)

    def text_content(self) -> str:
        inner = (("" if callable(e.tag) else e.text_content()) + (e.tail or "") for e in self.elements)
        return " ".join("".join([self.text, *inner]).split())

    def wrap(self) -> None:
        """Put the run into a paragraph."""
        paragraph = self.parent.makeelement("p")
        paragraph.text = self.text
        if self.after is None:
            self.parent.text = None
            self.parent.insert(0, paragraph)
        else:
            self.after.tail = None
            self.after.addnext(paragraph)
        paragraph.extend(self.elements)


def runs_of(element: HtmlElement) -> list[Run]:
    """Return the content before, between and after the blocks in an element, blank runs too."""
    runs = [Run(element, None, element.text or "")]
    for child in element:
        if any(inner.tag in BLOCKS for inner in child.iter("*")):
            runs.append(Run(element, child, child.tail or ""))
        else:
            runs[-1].elements.append(child)
    return runs


def _bare_text(tree: HtmlElement, is_outside: Outside) -> Iterator[tuple[Run, bool]]:
    """Yield the runs beside a paragraph, or between those of the article, and which of the two they are."""
    with_paragraphs = {paragraph.getparent() for paragraph in tree.iter("p")}
    places = {element: at for at, element in enumerate(tree.iter())}
    read_at = [places[paragraph] for paragraph in _paragraphs_of_article(tree, is_outside)]
    for element in [*tree.iter(*_CONTAINERS)]:
        if is_outside(element) or (element.tag == "td" and is_leaf(element)):
            continue
        is_beside = element in with_paragraphs or element.getparent() in with_paragraphs
        for run in runs_of(element):
            at = places[element if run.after is None else run.after]
            if is_beside or (read_at and read_at[0] < at < read_at[-1] and not _is_teaser(element)):
                yield run, is_beside


def _paragraphs_of_article(tree: HtmlElement, is_outside: Outside) -> list[HtmlElement]:
    """Return the paragraphs in the smallest element that has most of their text."""
    found = []
    sizes: dict[HtmlElement, int] = defaultdict(int)
    for paragraph in tree.iter("p"):
        text = text_of(paragraph)
        if len(text) >= SHORTEST and linked_length(paragraph) < 0.5 * len(text) and not is_outside(paragraph):
            found.append(paragraph)
            for around in paragraph.iterancestors():
                sizes[around] += len(text)
    article = smallest_with_most(sizes)
    return [paragraph for paragraph in found if article in paragraph.iterancestors()]


def smallest_with_most(sizes: dict[HtmlElement, int]) -> HtmlElement | None:
    """Return the smallest element that has most of a text, by how much of it each has. Ancestors are added inside out."""
    total = max(sizes.values(), default=0)
    return min((e for e, size in sizes.items() if size >= 0.8 * total), key=lambda e: sizes[e], default=None)


def _is_teaser(element: HtmlElement) -> bool:
    """Return whether a text is next to a headline that is a link, as for another article."""
    return any(
        sibling is not element
        and isinstance(sibling.tag, str)
        and len(text := text_of(sibling)) >= _SHORTEST_HEADLINE
        and linked_length(sibling) == len(text)
        for sibling in element.getparent()
    )
