"""Choose the passages of a text that may repeat what was said before: quotations, their sentences, and sentences that are marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.text.checkworthy import Sentence
from claims.text.quotations.proposals import Quotation

# A longer quotation says more than one thing. Its sentences are compared.
MOST_CHARACTERS = 1_000
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Passage:
    """`text[start:end]`, and the quotation that it is or is part of. None: it stands in no quotation marks."""

    start: int
    end: int
    quotation: Quotation | None = None


def passages(text: str, quotations: Sequence[Quotation], sentences: Iterable[Sentence]) -> list[Passage]:
    """Return the quotations, and the marked sentences that no quotation is part of, in the order of the text."""
    found = {
        (one.start, one.end): Passage(one.start, one.end, one)
        for one in quotations
        if one.end - one.start <= MOST_CHARACTERS
    }
    in_order = sorted(quotations, key=lambda one: one.start)
    first = 0
    for sentence in sentences:
        while first < len(in_order) and in_order[first].end <= sentence.start:
            first += 1
        if first == len(in_order) or in_order[first].start >= sentence.end:
            found[sentence.start, sentence.end] = Passage(sentence.start, sentence.end)
            continue
        around = in_order[first]
        start, end = max(sentence.start, around.start), min(sentence.end, around.end)
        # Of a sentence with words beside the quotation, the quotation is what was said.
        outside = text[sentence.start : start] + text[end : sentence.end]
        if not _WORD.search(outside):
            found.setdefault((start, end), Passage(start, end, around))
    return sorted(found.values(), key=lambda one: (one.start, -one.end))
