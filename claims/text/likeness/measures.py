"""What numbers count: 20 centimetres are not 20 millimetres, but 0.2 metres; 250 million euros are not 250 million dollars."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from claims.text.likeness.words import given, rows, words

_OF_TWO = 2
_NEAR = Decimal("0.005")  # 1.609 km are a mile


@dataclass(frozen=True)
class Unit:
    kind: str  # units of one kind can be compared
    worth: Decimal


def _units() -> dict[str, Unit]:
    units = {}
    for kind, line in given("units").items():
        worth = Decimal(1)
        for word in line.split():
            if word[0].isdecimal():
                worth = Decimal(word)
            else:
                units[word] = Unit(kind, worth)
    return units


UNITS = _units()
_DOUBLED = {Decimal(times): f"{100 * (times - 1)}%" for times in (2, 3, 4)}  # “doubled” is “up by 100 %”

_SPELT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_ONE_OF = re.compile(rf"\b(?:{'|'.join(sorted({*words('one'), 'a', 'an'}))})[ \u00a0]({_SPELT})(?!\w)")

# “23 pounds a year” are not 23 pounds a month.
_RATES = [tuple(side.split() for side in line.split("|")) for line in rows("rates")]
_PERIODS = {word: units[0] for units, adverbs in _RATES for word in (*units, *adverbs)}
_LASTING = "".join(
    f"(?<!\\b{word} )"
    for word in (
        "in",
        "within",
        "after",
        "for",
        "over",
        "half",
        "of",
        "than",
        "about",
        "takes",
        "took",
        "lasts",
        "lasted",
        "spent",
        "was",
    )
)
_UNIT = "|".join(word for units, _ in _RATES for word in units)
_ADVERB = "|".join(word for _, adverbs in _RATES for word in adverbs)
_RATE = re.compile(
    rf"(?:{_LASTING}\ban?|\b(?:per|each|every|pro|je|jede[nsm]?|im|am|par|chaque|por|al|a la|cada|ogni)|\ball['’]|\bà l['’])"
    rf"[ \u00a0]?({_UNIT})(?!\w)(?! (?:and|or|of|later|earlier|after|before|ago)\b)|\b({_ADVERB})\b"
)

# Each number of a text, with the units that it stands beside
Measures = dict[str, set[str]]


def apart(here: Measures, there: Measures) -> tuple[list[str], list[str]]:
    """Return numbers that both texts have, of something else in each."""
    only_here, only_there = [], []
    for number in sorted(here.keys() & there.keys()):
        mine, theirs = here[number], there[number]
        if mine and theirs and not {UNITS[unit] for unit in mine} & {UNITS[unit] for unit in theirs}:
            only_here += [f"{number} {unit}" for unit in sorted(mine)]
            only_there += [f"{number} {unit}" for unit in sorted(theirs)]
    return only_here, only_there


def one_of(text: str) -> set[str]:
    """Return the units of which a text has one, such as “a year”. Numbers leave “one” out, since it is a pronoun too."""
    return set(_ONE_OF.findall(text.casefold()))


def rates(text: str) -> set[str]:
    """Return the times for which a text counts: the year, for “a year”, “annually” and “par an”."""
    return {_PERIODS[found[1] or found[2]] for found in _RATE.finditer(text.casefold())}


def without_converted(these: set[str], here: Measures, those: set[str], there: Measures, one_of: set[str]) -> set[str]:
    """Return `these` numbers without those that the other text has in another unit: 18 months for a year and a half.

    `one_of` are the units of which the other text has one: “a year”.
    """
    return {
        number
        for number in these
        if not any(_is_doubled(number, other) or _is_doubled(other, number) for other in those)
        and not any(_is_same(number, UNITS[unit], "1", UNITS[its]) for unit in here.get(number, ()) for its in one_of)
        and not any(
            _is_same(number, UNITS[unit], other, UNITS[its])
            for other in those
            for unit in here.get(number, ())
            for its in there.get(other, ())
        )
    }


def follows(number: str, others: Iterable[str]) -> bool:
    """Whether a number says how two others differ: tripled from 2 to 6, by 4."""
    pairs = permutations([Decimal(other.rstrip("%")) for other in others if not other.endswith(".")], 2)
    if number.endswith("."):
        return False
    if number.endswith("%"):
        return any(one and 100 * abs(two - one) == Decimal(number[:-1]) * one for one, two in pairs)
    return any(two - one == Decimal(number) or (one and two / one == Decimal(number)) for one, two in pairs)


def are_share_and_parts(these: list[str], those: list[str]) -> bool:
    """Whether the ones are a share, and the others the numbers that make it: 30% for three of the ten."""
    for share, parts in ((these, those), (those, these)):
        if len(share) == 1 and share[0].endswith("%") and len(parts) == _OF_TWO and all(map(str.isdecimal, parts)):
            some, every = sorted(map(Decimal, parts))
            return abs(100 * some - Decimal(share[0][:-1]) * every) < every / 10
    return False


def _is_doubled(times: str, share: str) -> bool:
    return share.endswith("%") and times.isdecimal() and _DOUBLED.get(Decimal(times)) == share


def _is_same(number: str, unit: Unit, other: str, its: Unit) -> bool:
    if unit.kind != its.kind or unit == its:
        return False
    one, two = Decimal(number.rstrip(".%")) * unit.worth, Decimal(other.rstrip(".%")) * its.worth
    return abs(one - two) <= _NEAR * max(one, two)
