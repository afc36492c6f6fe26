"""What a page shows in its article and the extracted text does not have: whoever quotes from the text must be told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from sources.pages.blocks import (
    BLOCKS,
    NO_ARTICLE,
    SENTENCE_END,
    SHORTEST,
    Outside,
    is_leaf,
    letters_of,
    linked_length,
    text_of,
)
from sources.pages.paragraphs import runs_of, smallest_with_most

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption"})
_MAY_BE_OF_IT = frozenset({"aside", "dialog", "footer", "header"})
_NEARLY_AS_LONG = 0.75
_NEAR = 20_000  # letters
_MOST_SEARCHES = 300  # of the whole text


@dataclass(frozen=True)
class Missing:
    """What the page shows and the extracted text does not have.

    `letters` are missing from the article's paragraphs, which have `total`. `passages` are paragraphs between extracted ones.
    """

    letters: int
    total: int
    passages: tuple[str, ...]
    captions: tuple[str, ...]


@dataclass(frozen=True)
class _Passage:
    """A text, and the element that contains it beside others."""

    place: HtmlElement
    text: str
    letters: str
    is_aside: bool  # in a box of the article
    is_caption: bool

    def is_in(self, element: HtmlElement | None) -> bool:
        return element is None or element is self.place or element in self.place.iterancestors()


def compare(tree: HtmlElement, text: str) -> Missing:
    """Compare the article's paragraphs with the extracted text.

    The article is the smallest element that has most of the extracted text. Comments and teasers lie outside of it.
    """
    read = _Read(text)
    sizes: dict[HtmlElement, int] = defaultdict(int)
    order: list[tuple[_Passage, bool]] = []
    for passage in _passages(tree):
        if found := read.has(passage.letters):
            for around in (passage.place, *passage.place.iterancestors()):
                sizes[around] += len(passage.letters)
        order.append((passage, found))
    article = smallest_with_most(sizes)
    total = max(sizes.values(), default=0)
    read_at = [at for at, (_, found) in enumerate(order) if found]
    lost = {
        passage.letters: (passage, bool(read_at) and read_at[0] < at < read_at[-1])
        for at, (passage, found) in enumerate(order)
        if not found and passage.is_in(article)
    }
    letters = sum(len(passage.letters) for passage, _ in lost.values() if not (passage.is_aside or passage.is_caption))
    if article is not None:
        letters += _beside(article, (passage for passage, found in order if not found), total)
    return Missing(
        letters=letters,
        total=letters + total,
        passages=tuple(
            passage.text
            for passage, is_between in lost.values()
            if not passage.is_caption and (is_between or SENTENCE_END.search(passage.text))
        ),
        captions=tuple(dict.fromkeys([*_captions(article, read), *(p.text for p, _ in lost.values() if p.is_caption)])),
    )


def _beside(article: HtmlElement, unread: Iterable[_Passage], total: int) -> int:
    """Count the letters of other parts of the article, if the extractor has read one part alone, which has `total` letters.

    They are below the same title: without their own element, in one of the same kind and name, or nearly as long.
    """
    around = (e for e in (article, *article.iterancestors()) if e.tag not in ("body", "html"))
    whole = next((e for e in around if e.tag in ("article", "main") or next(e.iter("h1"), None) is not None), None)
    if whole is None:
        return 0
    path = {e.getparent(): e for e in (article, *article.iterancestors())}
    parts = others = 0
    for passage in unread:
        if passage.is_aside or passage.is_caption or passage.is_in(article) or not passage.is_in(whole):
            continue
        inner = [passage.place, *passage.place.iterancestors()]
        at = next(at for at, element in enumerate(inner) if element in path)
        if at == 0 or _name(inner[at - 1]) == _name(path[inner[at]]):
            parts += len(passage.letters)
        else:
            others += len(passage.letters)
    return parts + others if others > _NEARLY_AS_LONG * total else parts


def _name(element: HtmlElement) -> tuple[str, ...]:
    """Return by what the parts of an article are alike. Articles are no parts of one, and a name is needed."""
    names = (element.get("class", ""), element.get("itemprop", ""))
    return (element.tag, *names) if any(names) and element.tag != "article" else (str(id(element)),)


def _captions(article: HtmlElement | None, read: "_Read") -> Iterator[str]:
    for caption in () if article is None else article.iter("caption", "figcaption", "figure"):
        if caption.tag == "figure" and next(caption.iter("caption", "figcaption"), None) is not None:
            continue
        text = text_of(caption)
        if len(text) >= SHORTEST and not read.has(letters_of(text)):
            yield text


class _Read:
    """The letters of an extracted text. Each passage of it is found as often as it is there."""

    def __init__(self, text: str) -> None:
        lines = [letters_of(line) for line in text.split("\n")]
        self._lines = Counter(lines)
        self._all = "".join(lines)
        self._at = 0
        self._taken: Counter[str] = Counter()
        self._searches = 0

    def has(self, letters: str) -> bool:
        if self._lines[letters] > 0:
            self._lines[letters] -= 1
            self._taken[letters] += 1
            return True
        at = self._all.find(letters, self._at, self._at + _NEAR)
        if at >= 0:
            self._at = at
        if letters in self._taken or at < 0:
            self._searches += 1
            if self._searches > _MOST_SEARCHES:
                return False  # much is missing anyway
            if self._all.count(letters) <= self._taken[letters]:
                return False
        self._taken[letters] += 1
        return True


def _passages(tree: HtmlElement) -> Iterator[_Passage]:
    """Yield each possible paragraph of an article: long enough, not a list of links, and not in a menu or the like."""
    is_none, is_outside = Outside(tree, NO_ARTICLE - _MAY_BE_OF_IT), Outside(tree)
    for element in tree.iter(*(BLOCKS - _HEADINGS)):
        if is_none(element):
            continue
        place = element.getparent() if is_leaf(element) else element
        for run in runs_of(element):
            text, linked = run.text_content(), sum(linked_length(inner) for inner in run.elements)
            if len(text) >= SHORTEST and linked < 0.5 * len(text) and (letters := letters_of(text)):
                is_caption = any("caption" in around.get("class", "") for around in (element, element.getparent()))
                yield _Passage(place, text, letters, is_outside(element), is_caption)
