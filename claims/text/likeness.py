"""How two similar sentences differ: in their numbers, and by a denial that only one of them holds.

Trigrams find "40 bridges were closed" and "14 bridges were not closed" nearly the same. What sets two claims apart is
often just that, so it is pointed out beside each suggestion; the judgement stays with the moderator.
"""

import re
import unicodedata

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f  ]\d{3})*(?:[.,]\d+)?\s?%?")
# Words that deny, in the languages that the desk's first users work in (English, German, French, Spanish).
_DENIALS = re.compile(
    r"(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t"
    r"|nicht|kein(?:e[mnrs]?)?|nie|niemals|niemand|nichts|ohne|weder"
    r"|ne|pas|jamais|aucune?|rien|sans|ni|nunca|nadie|nada|ningun[oa]?|sin)"
)


def differences(here: str, there: str) -> list[str]:
    """Return sentences for a reader: numbers that only one text holds, and a denial that only one holds."""
    found = []
    only_here, only_there = numbers(here) - numbers(there), numbers(there) - numbers(here)
    if only_here or only_there:
        found.append(f"Numbers differ: {_listed(only_here)} here, {_listed(only_there)} there.")
    if denies(here) != denies(there):
        found.append(f"Only the {'one here' if denies(here) else 'other'} denies.")
    return found


def alike(here: str, there: str) -> float:
    """Return how many three-letter pieces two texts share, from 0 to 1 (Dice's coefficient): case and punctuation aside."""
    first, second = _pieces(here), _pieces(there)
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def _pieces(text: str) -> set[str]:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    line = f"  {' '.join(words)} "
    return {line[at : at + 3] for at in range(len(line) - 2)}


def numbers(text: str) -> set[str]:
    """Return the numbers of a text in one spelling: thousands unmarked, a decimal point, a percent sign attached."""
    return {_plain(match.group()) for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text))}


def denies(text: str) -> bool:
    """Say whether the text holds a word that denies."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return any(_DENIALS.fullmatch(word) for word in re.findall(r"[^\W\d_]+(?:['’]t)?", bare))


def _plain(number: str) -> str:
    digits = re.sub(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))", "", number)
    return re.sub(r"\s", "", digits).replace(",", ".")


def _listed(found: set[str]) -> str:
    return ", ".join(sorted(found)) or "none"
