"""Find the differences between two similar sentences: numbers, and a negation that only one of them has.

By trigrams, "40 bridges were closed" and "14 bridges were not closed" are nearly the same. Such differences are shown beside
each suggestion, and the moderator decides.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from claimtrack.refusals import Message

Kind = Literal["number", "negation", "name", "date"]

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f  ]\d{3})*(?:[.,]\d+)?\s?%?")
# Words of negation in English, German, French and Spanish.
_DENIALS = re.compile(
    r"(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t"
    r"|nicht|kein(?:e[mnrs]?)?|nie|niemals|niemand|nichts|ohne|weder"
    r"|ne|pas|jamais|aucune?|rien|sans|ni|nunca|nadie|nada|ningun[oa]?|sin)"
)


@dataclass(frozen=True)
class Difference:
    """What only one of two texts has. `here` is what the first one has, `there` what the second one has."""

    kind: Kind
    here: tuple[str, ...]
    there: tuple[str, ...]
    sentence: Message  # for readers


def differences(here: str, there: str) -> tuple[Difference, ...]:
    """Return the numbers and negations that only one of the texts has."""
    found: list[Difference] = []
    only_here, only_there = numbers(here) - numbers(there), numbers(there) - numbers(here)
    if only_here or only_there:
        listed = {"here": _listed(only_here), "there": _listed(only_there)}
        sentence = Message("Numbers differ: %(here)s here, %(there)s there.", listed)
        found.append(Difference("number", tuple(sorted(only_here)), tuple(sorted(only_there)), sentence))
    if denies(here) != denies(there):
        sentence = Message("Only the one here denies.") if denies(here) else Message("Only the other denies.")
        found.append(Difference("negation", (), (), sentence))
    return tuple(found)


def alike(here: str, there: str) -> float:
    """Return the share of common trigrams of two texts, from 0 to 1 (Dice's coefficient), regardless of case and punctuation."""
    first, second = _pieces(here), _pieces(there)
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def _pieces(text: str) -> set[str]:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    line = f"  {' '.join(words)} "
    return {line[at : at + 3] for at in range(len(line) - 2)}


def numbers(text: str) -> set[str]:
    """Return the numbers of a text in one spelling: without grouping marks, with a decimal point and an attached percent sign."""
    return {_plain(match.group()) for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text))}


def denies(text: str) -> bool:
    """Return whether the text has a word of negation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return any(_DENIALS.fullmatch(word) for word in re.findall(r"[^\W\d_]+(?:['’]t)?", bare))


def _plain(number: str) -> str:
    digits = re.sub(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))", "", number)
    return re.sub(r"\s", "", digits).replace(",", ".")


def _listed(found: set[str]) -> str:
    return ", ".join(sorted(found)) or Message("none")
