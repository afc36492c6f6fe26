"""Find what two similar texts do not share: numbers, negations, opposites, dates and names.

By their words, “40 bridges were closed” and “14 bridges were not closed” are nearly the same, and “risen” is as near to “fallen” as
a word can be. Such differences are shown beside each suggestion, and people decide.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise
from typing import Literal

from claims.text.likeness import dates, denials, measures, names, order
from claims.text.likeness.dates import Dates
from claims.text.likeness.denials import Denials, bare, denies
from claims.text.likeness.measures import Measures
from claims.text.likeness.names import Names
from claims.text.likeness.numbers import below_zero, designations, measured, numbers, without_rounded, years
from claims.text.likeness.opposites import opposites, same_words, turned_round
from claims.text.likeness.words import LETTERS, NUMBERS, SCALES, UNSPACED, base, words
from claimtrack.refusals import Figures, Message

__all__ = ["Difference", "alike", "denies", "differences", "numbers"]

Kind = Literal["number", "negation", "opposite", "date", "name"]

# “Over 40 boats”, but not “a quarrel over boats”
_BOUND = re.compile(r"\b(up to|under|below|over|above|über|unter|bis zu|jusqu['’]à|hasta|до|свыше|более)\s(?=[$€£]?\d)")
# In “more than 40”, “more” says nothing of more or less.
_MORE_THAN = re.compile(
    r"\b(more|less|fewer|mehr|weniger|plus|moins|más|menos|più|meno|mais) (?:than|als|de|di|do que)"
    r"(?= (?P<first>[$€£]?\w+)(?: (?P<second>[$€£]?\w+))?)"
)
_ARTICLES = re.compile(r"an?|one|eine?|un[ao]?|une|uma?")
# “Seven out of ten” lack nothing.
_OUT_OF = re.compile(r"\bout of (\w+)")
_SHARED = {"every", "each", "all", "the"}
# Which “one” may be said with
_ONE = words("one")
# “Made up” and “turned down” say nothing of more and less.
_PARTICLES, _PHRASAL = ("up", "down"), words("phrasal")
_LIGHT = words("light")
_EVERY, _MOST, _BANS = words("every"), words("most"), words("bans")
_ONLY, _EXCEPT = words("only"), words("except")
_NEARLY_ALL = _EVERY | words("nearly")
_OVER_HALF = re.compile(
    r"\b(?:over|more than|mehr als|über|plus de|más del?|oltre|più del(?:la)?|mais de|более|больше|свыше)\W(?:die |der |la )?"
    r"(?:half|hälfte|moitié|mitad|metà|metade|половин|50(?= ?(?:%|per|pro[zc]ent|pour|por|процент)))",
    re.IGNORECASE,
)
_FROM, _BY = (
    re.compile(r"\b(?:from|von)\b", re.IGNORECASE),
    re.compile(r"\b(?:by|um|(?:more|fewer|less|mehr|weniger) (?:than|als)|extra)\b", re.IGNORECASE),
)
_ENDS = re.compile(
    r"\b(?:lift|end(?:s|ed)?\b|scrap|abolish|repeal|revok|expire|aufgehoben|aufhebung|endet|levé|fin\b|levant|revoc)"
)
# Texts that differ in a “not” alone have more trigrams in common.
_OTHER_WORDS, _SOME_OTHER_WORDS = 0.45, 0.75
_STEM = 4  # letters
_WHOLE = 100
_ONLY_HERE, _ONLY_THERE = Message("Only the one here denies."), Message("Only the other denies.")
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

    text: str
    numbers: Measures
    designations: dict[str, set[str]]
    one_of: set[str]
    rates: set[str]
    years: set[str]
    dates: Dates
    denials: Denials
    words: set[str]
    names: Names


# A question is compared with several claims.
@lru_cache(100)
def _read(text: str) -> _Read:
    found, rest = dates.read(text)
    used = _all_words(text)
    return _Read(
        text,
        measured(rest),
        designations(rest),
        measures.one_of(rest),
        measures.rates(rest),
        years(rest),
        found,
        denials.read(text, used),
        used,
        names.read(text),
    )


def differences(here: str, there: str) -> tuple[Difference, ...]:
    """Return the differences between two texts that may make them two claims."""
    one, other = _read(here), _read(there)
    found = [*_number_differences(one, other)]
    denied = [*_denial_differences(one, other), *_opposites(one, other)]
    # Of ten crimes one is solved, and nine are not.
    turned = len(denied) == 1 or (not denied and abs(one.denials.count - other.denials.count) == 1)
    found = [] if turned and _are_the_rest(found) else [*found, *denied]
    apart = one.dates.apart_from(other.dates)
    if all(apart):
        found.append(_difference("date", *apart))
    apart = names.apart(one.names, other.names)
    if all(apart):
        found.append(_difference("name", *apart))
    if not found and same_words(here, there) and turned_round(here, there):
        found.append(Difference("opposite", (), (), Message("They compare the same the other way round.")))
    elif not found and all(apart := names.swapped(one.names, other.names)):
        found.append(_difference("name", *apart))
    elif not (found or turned or any(_opposite_words(one, other))) and all(apart := order.apart(here, there)):
        found.append(_difference("date", *apart))
    return tuple(found)


def alike(here: str, there: str) -> float:
    """Return the share of common trigrams of two texts, from 0 to 1 (Dice's coefficient), regardless of case and punctuation."""
    first, second = _pieces(here), _pieces(there)
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def _number_differences(here: _Read, there: _Read) -> list[Difference]:
    new_here, new_there = here.numbers.keys() - there.numbers.keys(), there.numbers.keys() - here.numbers.keys()
    pairs = ((new_here, here, new_there, there), (new_there, there, new_here, here))
    only_here, only_there = (
        sorted(
            measures.without_converted(without_rounded(these, those), mine.numbers, those, its.numbers, its.one_of)
            - ({"1"} if its.words & _ONE else set())
            - ({"50%"} if its.words & _MOST and _OVER_HALF.search(mine.text) else set())
        )
        for these, mine, those, its in pairs
    )
    elided = _elided(only_here, here, only_there) | _elided(only_there, there, only_here)
    only_here, only_there = ([number for number in these if number not in elided] for these in (only_here, only_there))
    shared = here.numbers.keys() & there.numbers.keys()
    only_here, only_there = (
        [number for number in these if those or not measures.follows(number, shared)]
        for these, those in ((only_here, only_there), (only_there, only_here))
    )
    if not (only_here and only_there):
        only_here, only_there = _of_one_name(here, there) or (only_here, only_there)
    if measures.are_share_and_parts(only_here, only_there) or (
        len(only_here) == len(only_there) == 1
        and _says_by_how_much(here, there)
        and (
            measures.follows(only_there[0], {*only_here, *shared})
            or measures.follows(only_here[0], {*only_there, *shared})
        )
    ):
        only_here, only_there = [], []
    below = [below_zero(read.text) & shared for read in (here, there)]
    if not (only_here or only_there) and below[0] != below[1]:
        return [
            _difference(
                "number", *([f"-{n}" if n in mine else n for n in sorted(below[0] ^ below[1])] for mine in below)
            )
        ]
    of_other_things = measures.apart(here.numbers, there.numbers)
    if not (only_here or only_there) and "50%" in shared:
        over = [bool(_OVER_HALF.search(read.text)) for read in (here, there)]
        if over[0] != over[1]:
            told = [["> 50%"] if one else ["50%"] for one in over]
            return [_difference("number", told[0], told[1])]
    if not (only_here or only_there) and shared and all(every := (here.rates - there.rates, there.rates - here.rates)):
        return [_difference("number", *map(sorted, every))]
    if not (only_here or only_there):
        return [_difference("number", *of_other_things)] if all(of_other_things) else []
    if here.years.issuperset(only_here) and there.years.issuperset(only_there):
        return [_difference("date", only_here, only_there)]
    return [_difference("number", only_here, only_there)]


def _elided(these: list[str], read: _Read, those: list[str]) -> set[str]:
    """Return shares without and with their sign, which the text gives to the first of several: “51.2 percent, she got 48.8”."""
    if not any(number.endswith("%") for number in read.numbers):
        return set()
    return {spelt for number in these if "." in number and f"{number}%" in those for spelt in (number, f"{number}%")}


def _says_by_how_much(here: _Read, there: _Read) -> bool:
    """Whether one text says from what to what a number changed, and the other by how much."""
    return any(_FROM.search(one.text) and _BY.search(other.text) for one, other in ((here, there), (there, here)))


def _of_one_name(here: _Read, there: _Read) -> tuple[list[str], list[str]] | None:
    """Return the numbers of two things of one name: 16 and 35 of F-16 and F-35."""
    for name in sorted(here.designations.keys() & there.designations.keys()):
        mine, theirs = here.designations[name], there.designations[name]
        if mine - theirs and theirs - mine:
            return sorted(mine - theirs), sorted(theirs - mine)
    return None


def _are_the_rest(found: list[Difference]) -> bool:
    """Whether the numbers that differ are two shares which make a whole."""
    if [(len(difference.here), len(difference.there)) for difference in found] != [(1, 1)]:
        return False
    shares = (*found[0].here, *found[0].there)
    return all(share.endswith("%") for share in shares) and sum(Decimal(share[:-1]) for share in shares) == _WHOLE


def _denial_differences(one: _Read, other: _Read) -> list[Difference]:
    here, there = one.denials, other.denials
    undone = (
        _undone(one, other) or _takes_away(one, other),
        _undone(other, one) or _takes_away(other, one),
    )
    if here.count == there.count and any(undone) and not all(undone):
        return [Difference("negation", (), (), _ONLY_HERE if undone[0] else _ONLY_THERE)]
    fewer, more = (one, other) if here.count <= there.count else (other, one)
    # “Lacks a surgeon” is “has no surgeon”, and “banned” is “not allowed”.
    in_other_words = denials.in_other_words(fewer.denials, fewer.words, more.denials, more.words)
    if more.denials.count - fewer.denials.count <= len(in_other_words) or _opposites_denied(one, other):
        return []
    if more.denials.until and not (fewer.denials.until or fewer.denials.count):
        return []
    # “No child who hasn't been” is every child.
    if more.denials.count == fewer.denials.count + 2 and fewer.words & _EVERY and not more.words & _EVERY:
        return []
    if more.denials.none_as and fewer.denials.superlative:
        return []
    if _in_other_words(fewer, more) or _says_it_twice(fewer, more):
        return []
    if fewer.denials.count:
        return [Difference("negation", (), (), Message("One denies more often than the other."))]
    return [Difference("negation", (), (), _ONLY_HERE if here.count else _ONLY_THERE)]


def _in_other_words(one: _Read, denying: _Read) -> bool:
    """Whether a text may say without a no, in words of its own, what the other one denies: “stayed at home” and “did not vote”."""
    own = {word for word in one.words if len(word) >= _STEM and not denials.is_there(word, denying.words)}
    same = alike(one.text, denying.text)
    if same < _OTHER_WORDS:
        return len(own) > 1
    # “No patient was turned away” is “every patient was taken in”.
    stated = denials.states(one.words, denying.denials, nouns=not one.words & _EVERY)
    return same < _SOME_OTHER_WORDS and bool(own - _EVERY - _LIGHT) and not stated


def _says_it_twice(one: _Read, denying: _Read) -> bool:
    """Whether the denial only repeats what both texts say in another word: “cancelled”, and “cancelled, so that none runs”."""
    both = one.denials.implicit.keys() & denying.denials.implicit.keys()
    return (
        any(not denying.denials.implicit[group] & denying.denials.denied for group in both if group >= 0)
        and alike(one.text, denying.text) < _SOME_OTHER_WORDS
        and not denials.states(one.words, denying.denials, nouns=False)
    )


def _undone(one: _Read, other: _Read) -> bool:
    """Whether one text says that something failed to be done which the other says was done."""
    return any(
        base(word).startswith(verb[:4]) for verb in one.denials.undone - other.denials.undone for word in other.words
    ) and not (other.denials.undone or other.denials.count)


def _takes_away(one: _Read, other: _Read) -> bool:
    """Whether one text says the same as the other, except for a word such as “lacks” or “hardly”."""
    used, others = ({word for word in read.words if "_" not in word} for read in (one, other))
    new, left = used - others, others - used - _LIGHT - _NEARLY_ALL
    return denials.takes_away(one.denials.implicit.keys() - other.denials.implicit.keys()) and all(
        any(base(word)[:2] == base(its)[:2] for its in new) for word in left
    )


def _opposites(one: _Read, other: _Read) -> list[Difference]:
    """Return pairs such as “risen” and “fallen”, of which each text has another one."""
    return [
        _difference("opposite", sorted(here), sorted(there))
        for here, there in islice(_opposite_words(one, other), 1)
        if not _opposites_denied(one, other)
    ]


def _opposites_denied(one: _Read, other: _Read) -> bool:
    """Whether one text denies the opposite of what the other says: “closed” and “not open”, “missed” and “failed to attend”."""
    for side, undone in enumerate((one.denials.undone, other.denials.undone)):
        if any(pair[side] & undone for pair in _opposite_words(one, other)):
            return True
    if one.denials.until != other.denials.until and (
        one.dates.shares(other.dates) or one.dates.goes_to(other.dates) or other.dates.goes_to(one.dates)
    ):
        return True  # closed until May, and open from May
    if any(mine.words & _ONLY and its.words & _EXCEPT for mine, its in ((one, other), (other, one))):
        return True  # the only one who opposed, and all but one supported
    if one.denials.count == other.denials.count:  # a ban that ends allows
        ends = [bool(_ENDS.search(read.text.casefold())) for read in (one, other)]
        return any(ends[side] and pair[side] & _BANS for pair in _opposite_words(one, other) for side in (0, 1))
    if abs(one.denials.count - other.denials.count) != 1:
        return False
    denying, side = (one, 0) if one.denials.count > other.denials.count else (other, 1)
    return any({*map(bare, pair[side])} & denying.denials.denied for pair in _opposite_words(one, other))


def _opposite_words(one: _Read, other: _Read) -> Iterator[tuple[set[str], set[str]]]:
    return opposites(one.text, one.words, other.text, other.words)


def _all_words(text: str) -> set[str]:
    low = unicodedata.normalize("NFKC", text).casefold()
    low = _OUT_OF.sub(lambda match: f"of {match[1]}" if match[1] in _SHARED or _counts(match[1]) else match[0], low)
    pairs = {run[at : at + 2] for run in UNSPACED.findall(low) for at in range(len(run) - 1)}
    found = LETTERS.findall(low)
    bounds = Counter(match[1] for match in _MORE_THAN.finditer(low) if _is_bound(match))
    bounding = {word for word, times in bounds.items() if times == found.count(word)}
    single = [word for before, word in pairwise(["", *found]) if word not in _PARTICLES or before not in _PHRASAL]
    return (
        {*single} - bounding
        | {f"{word.replace(' ', '_')}_n" for word in _BOUND.findall(low)}
        | {f"{one}_{other}" for one, other in pairwise(single)}
        | pairs
    )


def _counts(word: str) -> bool:
    return word.lstrip("$€£")[:1].isdecimal() or word in NUMBERS or word in SCALES


def _is_bound(match: re.Match[str]) -> bool:
    """Whether a number follows “more than”, perhaps after an article."""
    first, second = match["first"], match["second"]
    return _counts(first) or (second is not None and _ARTICLES.fullmatch(first) is not None and _counts(second))


def _difference(kind: Kind, here: list[str], there: list[str]) -> Difference:
    told = {"here": _listed(kind, here), "there": _listed(kind, there)}
    return Difference(kind, tuple(here), tuple(there), Message(_SENTENCES[kind], told))


@lru_cache(100)
def _pieces(text: str) -> frozenset[str]:
    found = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    line = f"  {' '.join(found)} "
    return frozenset(line[at : at + 3] for at in range(len(line) - 2))


def _listed(kind: Kind, found: list[str]) -> str:
    if not found:
        return Message("none")
    # Numbers have commas of their own.
    return Figures("; ".join(found)) if kind == "number" else ", ".join(found)
