"""Find a passage of an earlier text in a later one: unchanged, changed, or gone.

A quotation is followed together with its sentence, since a word before it can reverse its meaning: “never carries nine thousand cars”
still has “carries nine thousand cars”. Typography and blanks do not count (claims.text.typography). A note of a correction may
repeat the earlier words, so the passage is not searched for in notes.
"""

import difflib
import re
from dataclasses import dataclass

from claims.text.quoting import CONTEXT, nearest
from claims.text.typography import fold
from sources.pages.corrections import new_notes

_ENDS = re.compile(r"[.!?…。！？।؟][\"'”’»“)\]]*(?:\s+|$)|\n")
# The share of common words. With a smaller share, it is another sentence.
_ALIKE = 0.4
_SHORTEST = 3  # words by which a sentence is known

Span = tuple[int, int]


@dataclass(frozen=True)
class Followed:
    """The place of a passage in the later text. `later` is None if it is gone."""

    later: Span | None
    same: bool


def follow(passage: str, earlier: str, later: str) -> Followed:
    """Find a passage of the earlier text, with its sentence, in the later one."""
    sought = _without_notes(earlier, later)
    if span := _found(passage, sought):
        return Followed(span, same=True)
    near = nearest(passage, sought)
    if near is None:
        return Followed(None, same=False)
    here = sentence(later, near.start, near.end)
    if not sought[here[0] : here[1]].strip() or not _alike(passage, later[here[0] : here[1]]):
        return Followed(None, same=False)
    return Followed(here, same=False)


def spelled(passage: str) -> str:
    """Return a passage in the spelling for comparison."""
    return fold(passage).text.strip()


def sentence(text: str, start: int, end: int) -> Span:
    """Return the span of the sentences that this one is part of, with at most CONTEXT code points before and after it."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    begins = [match.end() for match in _ENDS.finditer(before)]
    first = start - len(before) + (begins[-1] if begins else before.rfind(" ") + 1 if len(before) == CONTEXT else 0)
    if _ENDS.match(text[end - 1 : end + CONTEXT]) or _closed(text[start:end]):
        last = end + len(_closing(after))
    else:
        ending = _ENDS.search(after)
        last = end + (ending.end() if ending else max(after.rfind(" "), 0) if len(after) == CONTEXT else len(after))
    return _trimmed(text, first, last)


def _closed(passage: str) -> bool:
    """Return whether the passage itself ends a sentence."""
    return bool(re.search(r"[.!?…。！？।؟][\"'”’»“)\]]*$", passage.rstrip()))


def _closing(after: str) -> str:
    match = re.match(r"[\"'”’»“)\]]*", after)
    return match[0] if match else ""


def _trimmed(text: str, start: int, end: int) -> Span:
    passage = text[start:end]
    return end - len(passage.lstrip()), start + len(passage.rstrip())


def _found(passage: str, text: str) -> Span | None:
    folded = fold(text)
    needle = spelled(passage)
    at = folded.text.find(needle) if needle else -1
    while at >= 0:
        if span := folded.span(at, at + len(needle)):
            return _trimmed(text, *span)
        at = folded.text.find(needle, at + 1)
    return None


def _without_notes(earlier: str, later: str) -> str:
    """Return the later text with blanks in place of the notes that it got, so that offsets stay."""
    for start, end in new_notes(earlier, later):
        later = later[:start] + " " * (end - start) + later[end:]
    return later


def _alike(a: str, b: str) -> bool:
    one, other = fold(a).text.casefold().split(), fold(b).text.casefold().split()
    if min(len(one), len(other)) < _SHORTEST:
        return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE + 0.2
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
