"""The names that two texts do not share. Names are recognised by their capital letter, so none is found where letters have no case.

A name that only one text leaves out is no difference: each text must have a name that the other lacks. In German, where all nouns have
a capital, only names of several words, and words in the same place of both texts, count.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.text.likeness.measures import UNITS
from claims.text.likeness.words import NUMBERS, ORDINALS, ORGANISATIONS, PAIRS, SCALES, lists, words
from claims.text.quotations.languages import TAGS, guess, language

_WORD = re.compile(r"[^\W\d_]+(?:[.'’‘-][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?…:;]['\"”’»)\]]*\s|[\"“„«‘(\n–—])\s*\Z")
_LOOKED_BACK = 5
_BLANKS = {" ", "\u00a0", "\n"}
_POSSESSIVE = re.compile(r"['’‘]s?$")
_NO_NAMES = frozenset().union(
    *lists("months"),
    *lists("days"),
    {"i", "mr", "mrs", "ms", "dr", "celsius", "fahrenheit"},
    SCALES,
    UNITS,
    words("denials"),
    words("denials_in_concord"),
)
_DEGREES = re.compile(r"°\s?[CF]\b|[℃℉]")
# In a headline, most words have a capital.
_HEADLINE = 0.9
_ELIDED = re.compile(r"^[dl]['’‘]", re.IGNORECASE)
# What has a name in each language, and an abbreviation
_ORGANISATIONS = {name.replace("_", " "): one for one, line in ORGANISATIONS.items() for name in line.split()}
_ORGANISATION = re.compile(
    r"(?<![\w.])(?<!South )(?<!North )(?<!Latin )(?<!Central )(?<!Bank of )"
    rf"(?:{'|'.join(sorted(map(re.escape, _ORGANISATIONS), key=len, reverse=True))})(?!\w)"
)
# Words that begin a sentence and end like this are hardly names: “Production fell”
_NOUN = re.compile(r".{3,}(?:tions?|sions?|ments?|ness|ity|ities|ances?|ences?|ships?|isms?|put)\Z")
_DETERMINERS = frozenset().union(*(known.determiners for tag in TAGS if (known := language(tag))))
_COMPASS = words("compass")
_NEW = {
    "zealand",
    "york",
    "jersey",
    "hampshire",
    "mexico",
    "delhi",
    "orleans",
    "england",
    "guinea",
    "caledonia",
    "brunswick",
}
_PEOPLES = {
    "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)): number
    for number, names in enumerate(lists("peoples"))
    for word in names
}
_UNCASED = re.compile(r"[\u0590-\u07ff]{3,}\Z")  # Hebrew, Arabic, Syriac
_COUNTED = {*NUMBERS, *SCALES, *ORDINALS, *UNITS} | _NO_NAMES.union(*(side for pair in PAIRS for side in pair))
_LEAST_WITHOUT_CASE = 4  # words
_LEAST = 6  # words of a headline
_CHANGED = 3  # words that differ between texts which are the same otherwise
_ENDING = 2  # letters of German Germany, Berlin Berliner
_SHORTEST, _SHORTEST_PLACE = 4, 5
_ISLANDERS = 8  # letters of a people, or a whole name, that may end with “ers”
_GERMAN_ENDING = re.compile(r"(?<=\w{5})(?:e[mnrs]?|n|s)\Z")  # Abgeordneter, Abgeordneten
_JOINING = {"and", "or", "with", "und", "oder", "mit", "et", "ou", "avec", "y", "o", "con", "e"}
_WITH_ARTICLE = {"im", "zum", "zur", "vom", "beim", "am", "ins", "ans"}
_PART = 5  # letters of a word in a German compound
_BEFORE_PLACES = {"in", "from", "near", "at", "of", "to", "for", "by", "with", "and"}
# “Senegalese”, “Burgundian”. A Romanian is no Roman, and a Nigerian not from Niger.
_OF_PLACE = re.compile(r"(?:ese|ians?|ans?|ish)\Z|[aeiy]\Z")
_OTHER_PLACES = {"niger", "nigeria", "nigerian", "nigerians", "roman", "romans", "romania", "romanian", "romanians"}


@dataclass(frozen=True)
class _Word:
    text: str
    low: str
    capital: bool
    begins: bool  # a sentence, so that its capital says nothing
    goes_on: bool  # with the word before, from which a blank separates it

    @property
    def is_abbreviation(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True)
class Names:
    """The words of a text, some of which are names."""

    words: list[_Word]
    tag: str

    @property
    def capitals_tell(self) -> bool:
        long = [word for word in self.words if len(word.low) > 3]
        return len(long) < _LEAST or sum(word.capital for word in long) < _HEADLINE * len(long)

    @property
    def nouns_are_capital(self) -> bool:
        words = language(self.tag) if self.tag else None
        return words is not None and words.capital_nouns

    def names(self) -> list[_Word]:
        """Return the words that are names wherever they stand."""
        in_rows = {
            id(word)
            for one, other in pairwise(self.words)
            if one.capital and other.capital and other.goes_on and not other.begins
            if not (self.is_small(one.low) or self.is_small(other.low))
            for word in (one, other)
        }
        inside = (
            set() if self.nouns_are_capital else {word.low for word in self.words if word.capital and not word.begins}
        )
        return [
            word
            for word in self.words
            if word.capital
            and (word.low in inside or id(word) in in_rows or word.is_abbreviation)
            and (word.is_abbreviation or not self.is_small(word.low))
        ]

    def is_small(self, low: str) -> bool:
        """Return whether the word is no name, whatever its first letter: a month, a small word, or an office (“Senator”)."""
        words = language(self.tag or "en")
        if low in _NO_NAMES or (words is not None and (low in words.small or words.is_person(low))):
            return True
        return not self.tag and low in _DETERMINERS

    def beside(self, low: str) -> set[tuple[str, str]]:
        """Return the words before and after a word, each with its side."""
        before = {("before", one.low) for one, other in pairwise(self.words) if other.low == low}
        return before | {("after", other.low) for one, other in pairwise(self.words) if one.low == low}

    def in_order(self) -> tuple[list[tuple[str, ...]], list[str]]:
        """Return the names in their order, those that “and” joins as one, and the words between them."""
        names: list[tuple[str, ...]] = []
        rest: list[str] = []
        joins = False
        for word in self.words:
            if word.capital and not self.is_small(word.low):
                if names and rest[-1:] == [""]:
                    names[-1] = (*names[-1], word.text)
                elif joins:
                    rest = rest[:-1]
                    names[-1] = tuple(sorted((" ".join(names[-1]), word.text)))
                else:
                    names.append((word.text,))
                rest += [""]
            else:
                joins = bool(names) and rest[-1:] == [""] and word.low in _JOINING
                rest.append(word.low)
        return names, rest

    def after_determiner(self, low: str) -> bool:
        words = language(self.tag or "de")
        return words is not None and any(
            one.low in words.determiners or one.low in _WITH_ARTICLE
            for one, other in pairwise(self.words)
            if other.low == low
        )


def apart(one: Names, other: Names) -> tuple[list[str], list[str]]:
    """Return the names that only the first text has, and those that only the second has: both are empty or none is."""
    # Two texts about the same subject have one language, which a short text may not show.
    one, other = replace(one, tag=one.tag or other.tag), replace(other, tag=other.tag or one.tag)
    if not (one.capitals_tell and other.capitals_tell):
        return _in_headlines(one, other)
    only_here, only_there = _only(one, other), _only(other, one)
    named, named_there = {word.low for word in one.names()}, {word.low for word in other.names()}
    names_here = [word for word in only_here if word.low in named]
    names_there = [word for word in only_there if word.low in named_there]
    if not (names_here and names_there) and len(only_here) <= _CHANGED and len(only_there) <= _CHANGED:
        names_here = [word for word in only_here if _may_be_name(word, one)]
        names_there = [word for word in only_there if _may_be_name(word, other)]
        if one.nouns_are_capital or other.nouns_are_capital:
            names_here, names_there = _in_same_place(names_here, one, names_there, other)
    if len(only_here) == len(only_there) == 1 and (
        _same_name_before(only_here[0], one, only_there[0], other)
        or _only_one_changed(only_here[0], one, only_there[0], other)
    ):
        names_here, names_there = only_here, only_there
    if names_here and names_there and not _abbreviates(names_here, other) and not _abbreviates(names_there, one):
        return [word.text for word in names_here], [word.text for word in names_there]
    for found in (_parts_of(one, other), _peoples(one, other), _without_case(one, other)):
        if all(found):
            return found
    return [], []


def _in_headlines(one: Names, other: Names) -> tuple[list[str], list[str]]:
    """Return the only word that two headlines do not share, if it stands where a name does: first, or after “in”."""
    if one.capitals_tell or other.capitals_tell or len(one.words) != len(other.words):
        return [], []
    changed = [
        (before.low, here, there)
        for before, here, there in zip(
            [_Word("", "", False, True, False), *one.words], one.words, other.words, strict=False
        )
        if here.low != there.low
    ]
    if len(changed) != 1:
        return [], []
    [(before, here, there)] = changed
    if (before and before not in _BEFORE_PLACES) or not (_may_be_name(here, one) and _may_be_name(there, other)):
        return [], []
    return ([here.text], [there.text]) if _only(one, other) and _only(other, one) else ([], [])


def _same_name_before(here: _Word, one: Names, there: _Word, other: Names) -> bool:
    """Whether two different words continue the same name: “Conseil d'État”, “Conseil constitutionnel”."""
    before = {word.text for word, after in pairwise(one.words) if after.low == here.low and word.capital}
    same = {word.text for word, after in pairwise(other.words) if after.low == there.low and word.capital} & before
    elided = (_ELIDED.sub("", word.text)[:1].isupper() for word in (here, there))
    return bool(same) and not (one.nouns_are_capital or other.nouns_are_capital) and any(elided)


def _only_one_changed(here: _Word, one: Names, there: _Word, other: Names) -> bool:
    """Whether two words with a capital stand between the same words: “Die Grünen stimmten”, “Die Liberalen stimmten”."""
    return (
        here.capital
        and there.capital
        and (one.nouns_are_capital or other.nouns_are_capital)
        and len(one.words) == len(other.words)
        and one.beside(here.low) == other.beside(there.low)
        and not (one.is_small(here.low) or other.is_small(there.low))
    )


def _parts_of(one: Names, other: Names) -> tuple[list[str], list[str]]:
    """Return names of which one text has only a part: “West Virginia” and “Virginia”."""
    here, there = _by_compass(one), _by_compass(other)
    for name in here.keys() | there.keys():
        whole, its = here.get(name, ""), there.get(name, "")
        found = [
            spelt or next((w.text for w in of.words if w.low == name), "") for spelt, of in ((whole, one), (its, other))
        ]
        if whole.casefold() != its.casefold() and all(found):
            return found[:1], found[1:]
    return [], []


def swapped(one: Names, other: Names) -> tuple[list[str], list[str]]:
    """Return the names of two texts which are the same but for their order: “Oxford beat Cambridge”, “Cambridge beat Oxford”."""
    (names_here, rest), (names_there, rest_there) = one.in_order(), other.in_order()
    if rest != rest_there or names_here == names_there or sorted(names_here) != sorted(names_there):
        return [], []
    return [" ".join(names) for names in names_here], [" ".join(names) for names in names_there]


def _by_compass(text: Names) -> dict[str, str]:
    return {
        word.low: f"{before.text} {word.text}"
        for before, word in pairwise(text.words)
        if before.capital and word.capital and before.low in _COMPASS
        if not (before.low == "new" and before.begins and word.low not in _NEW)
    }


def _peoples(one: Names, other: Names) -> tuple[list[str], list[str]]:
    """Return words such as “polonais” and “italiens”, which have no capital."""
    here, there = ({_PEOPLES[key]: w.text for w in of.words if (key := _people(w))} for of in (one, other))
    return (
        [word for people, word in here.items() if people not in there],
        [word for people, word in there.items() if people not in here],
    )


def _people(word: _Word) -> str:
    key = word.low if word.low[0] < "а" else re.sub(r"(?:ск|цк).{2,3}\Z", lambda found: found[0][:2], word.low)
    return key if key in _PEOPLES else ""


def _without_case(one: Names, other: Names) -> tuple[list[str], list[str]]:
    """Return the only word that two texts do not share, if their letters have no case."""
    pairs = list(zip(one.words, other.words, strict=False))
    if not len(one.words) == len(other.words) >= _LEAST_WITHOUT_CASE:
        return [], []
    changed = [(here, there) for here, there in pairs[1:] if here.low != there.low]
    if len(changed) != 1 or pairs[0][0].low != pairs[0][1].low:
        return [], []
    [(here, there)] = changed
    is_name = all(_UNCASED.match(word.low) and word.low not in _COUNTED for word in (here, there))
    if not is_name or here.low[:_SHORTEST] == there.low[:_SHORTEST]:
        return [], []
    return [here.text], [there.text]


def read(text: str) -> Names:
    text = _ORGANISATION.sub(lambda found: _ORGANISATIONS[found[0]], _DEGREES.sub("°", text))
    words, end = [], 0
    for match in _WORD.finditer(text):
        spelt = _POSSESSIVE.sub("", match[0])
        bare = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
        begins = _BEGINS.search(text[max(0, match.start() - _LOOKED_BACK) : match.start()])
        at_start = match.start() == 0 or (begins is not None and (match.start() <= _LOOKED_BACK or begins[0] != ""))
        goes_on = text[end : match.start()] in _BLANKS
        words.append(_Word(spelt, bare.casefold(), spelt[0].isupper(), at_start, goes_on))
        end = match.end()
    return Names(words, guess(text))


def _only(one: Names, other: Names) -> list[_Word]:
    """Return the words of one text that the other does not have in any form."""
    there = {word.low for word in other.words}
    parts = {part for low in there for part in re.split(r"[.'’‘-]", low)}
    beginnings = {
        low[:length] for low in there for length in (len(low) - n for n in range(_ENDING + 1)) if length >= _SHORTEST
    }
    beginnings |= {low.removesuffix("ers") for low in there if len(low) >= _ISLANDERS}
    endless = {_GERMAN_ENDING.sub("", it) for it in there} if other.nouns_are_capital or not other.tag else set()
    peoples = {_PEOPLES[key] for word in other.words if (key := _people(word))}
    places = {_place(word) for word in other.words if word.capital}
    found: dict[str, _Word] = {}
    for word in one.words:
        low = word.low
        forms = {low[: len(low) - n] for n in range(_ENDING + 1) if len(low) - n >= _SHORTEST}
        forms |= {low.removesuffix("ers")} if len(low) >= _ISLANDERS else set()
        is_there = low in there or low in parts or low in beginnings or forms & there
        compound = (other.nouns_are_capital or not other.tag) and any(_is_compound(low, one) for one in there)
        cyrillic = "\u0400" <= low[0] <= "\u04ff" and forms & beginnings
        inflected = _GERMAN_ENDING.sub("", low) in endless
        is_people = _PEOPLES.get(_people(word)) in peoples
        of_place = word.capital and len(_place(word)) >= _SHORTEST_PLACE and _place(word) in places
        if not (
            inflected or is_there or is_people or of_place or cyrillic or compound or (low.replace(".", "") in there)
        ):
            found.setdefault(low, word)
    return list(found.values())


def _place(word: _Word) -> str:
    return word.low if word.low in _OTHER_PLACES else _OF_PLACE.sub("", word.low)


def _in_same_place(here: list[_Word], one: Names, there: list[_Word], other: Names) -> tuple[list[_Word], list[_Word]]:
    """Return the words beside a word that has another neighbour in the other text: “in Bremen” and “in Hamburg”."""
    beside_here = [(word, one.beside(word.low)) for word in here]
    beside_there = [(word, other.beside(word.low)) for word in there]
    return (
        [word for word, beside in beside_here if any(beside & others for _, others in beside_there)],
        [word for word, beside in beside_there if any(beside & others for _, others in beside_here)],
    )


def _is_compound(one: str, other: str) -> bool:
    """Return whether one word is the beginning or the end of the other: “Plätze” and “Kindergartenplätze”."""
    short, long = sorted((one, other), key=len)
    return (len(short) >= _SHORTEST and long.startswith(short)) or (len(short) >= _PART and long.endswith(short))


def _may_be_name(word: _Word, text: Names) -> bool:
    if not word.capital or len(word.text) == 1 or (text.is_small(word.low) and not word.is_abbreviation):
        return False
    if word.begins and _NOUN.match(word.low) and not text.nouns_are_capital:
        return False
    return not ((text.nouns_are_capital or not text.tag) and text.after_determiner(word.low))


def _abbreviates(names: list[_Word], other: Names) -> bool:
    """Return whether one of the names consists of the first letters of words in the other text: EU, European Union."""
    initials = "".join(word.low[0] if word.capital else " " for word in other.words)
    short = [word.text.replace(".", "").casefold() for word in names if word.text.replace(".", "").isupper()]
    return any(len(name) > 1 and name in initials for name in short)
