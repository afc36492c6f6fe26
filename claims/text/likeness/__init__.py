"""Find what two similar texts do not share: numbers, negations, opposites, dates and names.

By their words, “40 bridges were closed” and “14 bridges were not closed” are nearly the same, and “risen” is as near to “fallen” as
a word can be. Such differences are shown beside each suggestion, and people decide.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from claims.text.likeness import dates, names
from claims.text.likeness.dates import Dates
from claims.text.likeness.names import Names
from claims.text.likeness.numbers import numbers, years
from claims.text.likeness.words import PAIRS, words
from claims.text.quotations.languages import guess
from claimtrack.refusals import Message

__all__ = ["Difference", "alike", "denies", "differences", "numbers"]

Kind = Literal["number", "negation", "opposite", "date", "name"]

_LETTERS = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
_UNSPACED = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]+")
_DENIALS, _CONCORD = words("denials"), words("denials_in_concord")
_UNSPACED_DENIALS = re.compile("|".join(sorted(words("denials_unspaced"), key=len, reverse=True)))
_NO_DENIALS = re.compile("|".join(words("no_denials_unspaced")))
# French: “n’a” denies with “plus” and “personne” too, but “n’a que” says “only”. Italian “ce n’è” is “there is”.
_ELIDED = re.compile(r"(?<![\w'’])n['’](?=\w)(?!è|er)", re.IGNORECASE)
_ONLY = re.compile(r"\bne\s(?:(?!pas|plus|jamais|rien|aucun|personne|point)\S+\s){1,2}qu(?:e\b|['’])", re.IGNORECASE)
_ANSWER = re.compile(r"\s*(?:no|nein|non|não|nao|нет)\s*[,:!.—–-]", re.IGNORECASE)
_SENTENCES: dict[Kind, Message] = {
    "number": Message("Numbers differ: %(here)s here, %(there)s there."),
    "opposite": Message("Opposites: %(here)s here, %(there)s there."),
    "date": Message("Dates differ: %(here)s here, %(there)s there."),
    "name": Message("Names differ: %(here)s here, %(there)s there."),
}


@dataclass(frozen=True)
class Difference:
    """What only one of two texts has. `here` is what the first one has, `there` what the second one has."""

    kind: Kind
    here: tuple[str, ...]
    there: tuple[str, ...]
    sentence: Message  # for readers


@dataclass(frozen=True)
class _Read:
    """What is compared of a text."""

    numbers: set[str]
    years: set[str]
    dates: Dates
    denials: int
    words: set[str]
    names: Names


# A question is compared with several claims.
@lru_cache(100)
def _read(text: str) -> _Read:
    found, rest = dates.read(text)
    return _Read(numbers(rest), years(rest), found, denies(text), _all_words(text), names.read(text))


def differences(here: str, there: str) -> tuple[Difference, ...]:
    """Return the differences between two texts that may make them two claims."""
    one, other = _read(here), _read(there)
    found = [
        *_number_differences(one, other),
        *_denial_differences(one.denials, other.denials),
        *_opposites(one.words, other.words),
    ]
    apart = one.dates.apart_from(other.dates)
    if all(apart):
        found.append(_difference("date", *apart))
    apart = names.apart(one.names, other.names)
    if all(apart):
        found.append(_difference("name", *apart))
    return tuple(found)


def alike(here: str, there: str) -> float:
    """Return the share of common trigrams of two texts, from 0 to 1 (Dice's coefficient), regardless of case and punctuation."""
    first, second = _pieces(here), _pieces(there)
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def denies(text: str) -> int:
    """Return how often a text says no. In languages where two negations are one, it is once at most."""
    text = _ONLY.sub(" ", _ELIDED.sub("ne ", _ANSWER.sub("", text)))
    bare = unicodedata.normalize("NFKD", text.casefold())
    found = _LETTERS.findall("".join(c for c in bare if not unicodedata.combining(c)))
    if "no" in found and guess(text) == "pt":
        found = [word for word in found if word != "no"]  # “in the”
    strict = sum(word in _DENIALS or word.endswith(("n't", "n’t")) for word in found)
    strict -= sum(word == "nor" for word in found) if "neither" in found else 0
    concord = any(word in _CONCORD for word in found)
    if concord:
        strict += 1 - found.count("no")
    return strict + sum(len(_UNSPACED_DENIALS.findall(_NO_DENIALS.sub("", run))) for run in _UNSPACED.findall(text))


def _number_differences(here: _Read, there: _Read) -> list[Difference]:
    only_here, only_there = sorted(here.numbers - there.numbers), sorted(there.numbers - here.numbers)
    if not (only_here or only_there):
        return []
    if here.years.issuperset(only_here) and there.years.issuperset(only_there):
        return [_difference("date", only_here, only_there)]
    return [_difference("number", only_here, only_there)]


def _denial_differences(here: int, there: int) -> list[Difference]:
    if here == there:
        return []
    if min(here, there):
        sentence = Message("One denies more often than the other.")
    else:
        sentence = Message("Only the one here denies.") if here else Message("Only the other denies.")
    return [Difference("negation", (), (), sentence)]


def _opposites(one: set[str], other: set[str]) -> list[Difference]:
    """Return pairs such as “risen” and “fallen”, of which each text has another one."""
    for first, second in PAIRS:
        for these, those in ((first, second), (second, first)):
            if one & these and not one & those and other & those and not other & these:
                told = sorted(one & these), sorted(other & those)
                return [_difference("opposite", *told)]
    return []


def _all_words(text: str) -> set[str]:
    low = unicodedata.normalize("NFKC", text).casefold()
    pairs = {run[at : at + 2] for run in _UNSPACED.findall(low) for at in range(len(run) - 1)}
    found = _LETTERS.findall(low)
    return {*found} | {f"{one}_{other}" for one, other in pairwise(found)} | pairs


def _difference(kind: Kind, here: list[str], there: list[str]) -> Difference:
    listed = {"here": _listed(here), "there": _listed(there)}
    return Difference(kind, tuple(here), tuple(there), Message(_SENTENCES[kind], listed))


@lru_cache(100)
def _pieces(text: str) -> frozenset[str]:
    found = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    line = f"  {' '.join(found)} "
    return frozenset(line[at : at + 3] for at in range(len(line) - 2))


def _listed(found: list[str]) -> str:
    return ", ".join(found) or Message("none")
