"""Cut the text of an article where quotes start and end, so that each passage has the quotes to which it belongs."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Passage(Generic[T]):
    """A passage of the text, the spans that cover it, and those of them that start with it."""

    text: str
    spans: tuple[T, ...]
    opens: tuple[T, ...]


def passages(text: str, spans: Iterable[tuple[int, int, T]]) -> list[Passage[T]]:
    """Cut `text` at the spans, which may overlap. A span is start, end (exclusive) and a value.

    Joined, the passages are the text again.
    """
    given = list(spans)
    edges = sorted({0, len(text), *(edge for start, end, _ in given for edge in (start, end))})
    return [
        Passage(
            text[start:end],
            tuple(what for first, last, what in given if first <= start and end <= last),
            tuple(what for first, _, what in given if first == start),
        )
        for start, end in pairwise(edges)
    ]
