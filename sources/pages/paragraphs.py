"""Find text between paragraphs without its own element, which the extractor leaves out.

Editors and templates leave such text behind: the first sentences before the first `<p>`, what follows a list, a passage that is
only a `<div>` or `<section>`. Browsers show it as a paragraph.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

_CONTAINERS = ("article", "blockquote", "center", "details", "div", "main", "section")


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


def bare_text(tree: HtmlElement, blocks: Collection[str]) -> Iterator[Run]:
    """Yield the runs of elements that have a paragraph in them or beside them."""
    with_paragraphs = {paragraph.getparent() for paragraph in tree.iter("p")}
    for element in [*tree.iter(*_CONTAINERS)]:
        if element not in with_paragraphs and element.getparent() not in with_paragraphs:
            continue
        runs = [Run(element, None, element.text or "")]
        for child in element:
            if any(inner.tag in blocks for inner in child.iter("*")):
                runs.append(Run(element, child, child.tail or ""))
            else:
                runs[-1].elements.append(child)
        yield from runs
