"""The differences between two snapshots of an article, by paragraph and then by word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\s+|[^\s]+")
# Less similar paragraphs count as one removed and one added, not as a changed one.
_MIN_SIMILARITY = 0.4


@dataclass(frozen=True)
class Piece:
    """Consecutive words. `kind` is "same", "gone" (only in the old text) or "new"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with at least one change. `pieces` are in reading order."""

    pieces: list[Piece] = field(default_factory=list)


def changes(old: str, new: str) -> list[Paragraph]:
    """Return the changed paragraphs of two texts in reading order. Empty lines are ignored."""
    before, after = _paragraphs(old), _paragraphs(new)
    found = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += list(_paired(before[i:j], after[k:m]))
    return found


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _paired(gone: list[str], new: list[str]) -> Iterator[Paragraph]:
    """Pair similar paragraphs of a changed stretch in order. The others were added or removed as a whole."""
    rest = list(new)
    for paragraph in gone:
        match = next((other for other in rest if _similarity(paragraph, other) >= _MIN_SIMILARITY), None)
        if match is None:
            yield Paragraph([Piece("gone", paragraph)])
            continue
        for other in rest[: rest.index(match)]:
            yield Paragraph([Piece("new", other)])
        del rest[: rest.index(match) + 1]
        yield Paragraph(list(_words(paragraph, match)))
    for other in rest:
        yield Paragraph([Piece("new", other)])


def _similarity(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio()


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[i:j]))
            continue
        if i < j:
            yield Piece("gone", "".join(before[i:j]))
        if k < m:
            yield Piece("new", "".join(after[k:m]))
