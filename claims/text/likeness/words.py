"""The words of words.json, by which differences are found: numbers, months, negations and opposites of several languages."""

import json
import re
from importlib.resources import files

LETTERS = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
UNSPACED = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]+")

# Folded as texts are before they are compared: “dreissig” for “dreißig”.
_TEXT = files(__package__).joinpath("words.json").read_text(encoding="utf-8")
_GIVEN = json.loads(_TEXT.casefold())
ORGANISATIONS: dict[str, str] = json.loads(_TEXT)[
    "organisations"
]  # their names in several languages, as they are written


def given(name: str) -> dict[str, str]:
    """Return lines of words by their common meaning."""
    found: dict[str, str] = _GIVEN[name]
    return found


def words(name: str) -> frozenset[str]:
    return frozenset(_GIVEN[name].split())


def rows(name: str) -> list[str]:
    found: list[str] = _GIVEN[name]
    return found


def lists(name: str) -> list[frozenset[str]]:
    """Return lists of words, each of which means one thing."""
    return [frozenset(line.split()) for line in rows(name)]


_IED = re.compile(r"(?<=[a-z]{2})ie[ds]\Z")
_BEFORE_ROOT = re.compile(r"\A(?:[وفبلس]?ال|[وفس]?[يتن](?=[\u0621-\u064a]{3}))")


def base(word: str) -> str:
    """Return “give” for “gave”, “deny” for “denied”, an Arabic word without what stands before its root, and others as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if _IED.search(word):
        return f"{word[:-3]}y"
    return _BEFORE_ROOT.sub("", word)


def values(line: str) -> dict[str, float]:
    """Return the number that each word of a line means."""
    parts = line.split()
    return {word: float(value) for word, value in zip(parts[::2], parts[1::2], strict=True)}


def _german(known: dict[str, float]) -> dict[str, float]:
    """Return the German numbers below a thousand, which are one word."""
    units = {"ein": 1.0} | {word: value for word, value in known.items() if 2 <= value <= 9 and value % 1 == 0}
    units |= {"sieb": 7.0, "sech": 6.0}
    tens = {word: value for word, value in known.items() if value >= 20 and value % 10 == 0}
    below = {f"{unit}zehn": value + 10 for unit, value in units.items()} | tens
    below |= {f"{unit}und{ten}": value + more for unit, value in units.items() for ten, more in tens.items()}
    hundreds = {f"{unit}hundert": value * 100 for unit, value in units.items()}
    whole = {
        f"{hundred}{rest}": value + more
        for hundred, value in hundreds.items()
        for rest, more in ({"": 0.0} | below | units).items()
    }
    return below | whole


def _joined(known: dict[str, float], tens: dict[str, int], units: dict[str, int]) -> dict[str, float]:
    return {f"{ten}{unit}": float(more + value) for ten, more in tens.items() for unit, value in units.items()} | known


# Words that are more common in another language are left out, such as the Spanish “once” and the Italian “due”.
NUMBERS: dict[str, float] = {}
for _tag, _line in _GIVEN["numbers"].items():
    _known = values(_line)
    NUMBERS |= _known | (_german(_known) if _tag == "de" else {})
NUMBERS = _joined(
    NUMBERS,
    {"veinti": 20},
    {"uno": 1, "ún": 1, "una": 1, "dós": 2, "dos": 2, "trés": 3, "tres": 3, "cuatro": 4, "cinco": 5, "séis": 6, "seis": 6,
     "siete": 7, "ocho": 8, "nueve": 9},
)  # fmt: skip
_ITALIAN = {"venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80}
NUMBERS = _joined(
    NUMBERS, _ITALIAN, {"due": 2, "tre": 3, "tré": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "nove": 9}
)
NUMBERS = _joined(NUMBERS, {ten[:-1]: value for ten, value in _ITALIAN.items()}, {"uno": 1, "otto": 8})
SCALES = values(_GIVEN["scales"])
ORDINALS = values(_GIVEN["ordinals"])
FRACTIONS = values(_GIVEN["fractions"])  # what they divide by
_IRREGULAR = {form: line.split()[0] for line in _GIVEN["irregular"] for form in line.split()}
# Lists of words with those that mean the opposite.
PAIRS = [tuple(frozenset(side.split()) for side in line.split(" | ")) for line in _GIVEN["opposites"]]
