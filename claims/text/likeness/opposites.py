"""Words with opposite meanings in two texts: “risen” and “fallen”, “lawful” and “unlawful”."""

import re
from collections.abc import Iterator

from claims.text.likeness.words import LETTERS, PAIRS, words

# Words between the two ends of a comparison
_THAN = re.compile(
    r"\b(?:than|als|чем|(?:plus|moins|más|menos|più|meno|mais)(?:\s\w{3,20})?\s(?:que|di|do\sque)|(?:дешевле|дороже|больше|меньше|выше|ниже"
    r"|быстрее|медленнее|лучше|хуже)|(?<=\s)أ\w{2,6}\sمن)\b"
)
_SMALL = words("articles")
# “Unlawful”, “illegal”, “unzulässig”, “незаконно”. Only words that the other text lacks are compared.
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "не")
_NO_PREFIX = words("no_prefix")
_SHORTEST, _SHORTEST_AFTER_UN = 4, 3  # unfit
_STEM = 4


def _opposites(one: set[str], other: set[str]) -> Iterator[tuple[set[str], set[str]]]:
    for first, second in PAIRS:
        for these, those in ((first, second), (second, first)):
            if one & these and other & those and not (one & those or other & these):
                yield one & these, other & those
    only, only_other = ({word for word in these if "_" not in word} for these in (one - other, other - one))
    for word in only:
        if base := _without_prefix(word, only_other):
            yield {word}, {base}
    for word in only_other:
        if base := _without_prefix(word, only):
            yield {base}, {word}


def opposites(
    one: str, words_of_one: set[str], other: str, words_of_other: set[str]
) -> Iterator[tuple[set[str], set[str]]]:
    """Return the words of each text that mean the opposite of words of the other."""
    if not turned_round(one, other):
        yield from _opposites(words_of_one, words_of_other)


def _without_prefix(word: str, others: set[str]) -> str:
    if word in _NO_PREFIX:
        return ""
    if word.startswith("un") and len(word) == 2 + _SHORTEST_AFTER_UN and word[2:] in others:
        return word[2:]
    bases = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)]
    bases += [word[1:]] if word.startswith("il") else []  # ilegal
    return next((base for base in bases if len(base) >= _SHORTEST and base in others), "")


def turned_round(one: str, other: str) -> bool:
    """Whether the ends of a comparison changed places: “more sheep than people” and “fewer people than sheep”."""
    ends = [_THAN.split(text.casefold()) for text in (one, other)]
    if any(len(parts) != 2 for parts in ends):
        return False
    (head, tail), (other_head, other_tail) = ([_stems(part) for part in parts] for parts in ends)
    if tail & other_head - head and other_tail & head - other_head:
        return True
    crossed = (tail - head) & (other_head - other_tail) or (head - tail) & (other_tail - other_head)
    # “More emissions than”, “fewer emissions than”: what is compared is in both.
    measured = {word[:_STEM] for first, _ in ends for word in LETTERS.findall(first)[-1:]}
    return bool(crossed) and not ((head & other_head) - measured or tail & other_tail)


def same_words(one: str, other: str) -> bool:
    return set(LETTERS.findall(one.casefold())) == set(LETTERS.findall(other.casefold()))


def _stems(part: str) -> set[str]:
    """Return the beginnings of the words of a part, since words are inflected."""
    return {word[:_STEM] for word in LETTERS.findall(part) if word not in _SMALL and len(word) > 2}
