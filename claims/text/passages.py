"""Choose the passages of a text that may repeat an earlier claim: quotations, and marked sentences."""

from dataclasses import dataclass

from claims.text.checkworthy import marked
from claims.text.quotations.proposals import Proposals, Quotation

MOST = 50
# A longer quotation makes several statements, so its sentences are compared.
MOST_CHARACTERS = 1_000


@dataclass(frozen=True)
class Passage:
    """`text[start:end]`, and the quotation that it is or is part of, None outside quotation marks."""

    start: int
    end: int
    quotation: Quotation | None = None


def passages(text: str, found: Proposals) -> tuple[list[Passage], bool]:
    """Return the quotations, their marked sentences, and marked sentences without a quotation, in the order of the text.

    At most MOST are returned. The second value says whether there are more.
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
    for sentence in marked(text[: found.end], found.language):
        while first < len(in_order) and in_order[first].end <= sentence.start:
            first += 1
        # In a sentence with a quotation, only the quotation is the speaker's.
        if first == len(in_order) or in_order[first].start >= sentence.end:
            chosen[sentence.start, sentence.end] = Passage(sentence.start, sentence.end)
    several = sorted(chosen.values(), key=lambda one: (one.start, -one.end))
    return several[:MOST], len(several) > MOST or found.end < len(text)
