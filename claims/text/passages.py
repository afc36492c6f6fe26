"""Choose the passages of a text that may repeat what was said before: quotations, and sentences that are marked."""

from dataclasses import dataclass

from claims.text.checkworthy import marked
from claims.text.quotations.proposals import Proposals, Quotation

MOST = 50
# A longer quotation says more than one thing. Its sentences are compared.
MOST_CHARACTERS = 1_000


@dataclass(frozen=True)
class Passage:
    """`text[start:end]`, and the quotation that it is or is part of. None: it stands in no quotation marks."""

    start: int
    end: int
    quotation: Quotation | None = None


def passages(text: str, found: Proposals) -> tuple[list[Passage], bool]:
    """Return the quotations, their marked sentences, and those without a quotation in them, in the order of the text.

    These are at most MOST. The second value says whether there are more.
    """
    chosen: dict[tuple[int, int], Passage] = {}
    in_order = sorted(found.quotations, key=lambda one: one.start)
    for one in in_order[: MOST + 1]:
        if one.end - one.start <= MOST_CHARACTERS:
            chosen[one.start, one.end] = Passage(one.start, one.end, one)
        for sentence in marked(one.quote, found.language):
            start, end = one.start + sentence.start, one.start + sentence.end
            chosen.setdefault((start, end), Passage(start, end, one))
    first = 0
    for sentence in marked(text, found.language):
        while first < len(in_order) and in_order[first].end <= sentence.start:
            first += 1
        # Of a sentence with a quotation, the quotation is what was said.
        if first == len(in_order) or in_order[first].start >= sentence.end:
            chosen[sentence.start, sentence.end] = Passage(sentence.start, sentence.end)
    several = sorted(chosen.values(), key=lambda one: (one.start, -one.end))
    return several[:MOST], len(several) > MOST
