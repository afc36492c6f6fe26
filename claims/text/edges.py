"""Where a passage may begin and end: never inside a word, a number or a character that readers see as one.

"He is unable to pay" does not say "able to pay", "15 million" does not say "5 million", and "−3 per cent" does not say "3". This
module looks only at the two edges of a passage.

- A *character* is a grapheme cluster (Unicode Standard Annex 29): a letter with its marks, a flag, an emoji of a family.
- A *number* is its digits with sign, decimal and grouping marks, the other end of a range, the currency, and the unit, per cent
  sign or number word (claims.text.units) after at most one blank. A hyphen or short dash between blanks is a sign only before
  per cent or degrees, which may be negative, and only if no second dash follows, as it does after an insertion. In scripts
  without blanks, a hyphen after a letter is a sign. Chinese and Japanese words for some and more (数十万, 30多万) are of the number.
- A *word* is a word of Annex 29, so an apostrophe or a full stop inside does not end it. There are four differences. A hyphen
  does not end a word, nor does a short dash between letters. Endings that are written on to figures belong to them (5'i, 5:n).
  A full stop or colon between a small and a capital letter does, since the blank after a sentence may be
  lost. And an elided article (l’, d’) may be left out. Scripts without blanks (Chinese, Japanese, Thai, Khmer, Lao, Burmese)
  have no words in this sense.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import regex

from claims.text.units import (
    BEFORE_NUMBERS,
    BEFORE_NUMBERS_WITHOUT_BLANKS,
    CURRENCIES,
    HAN_MAGNITUDES,
    HAN_MORE,
    HAN_NUMERALS,
    HAN_SOME,
    MAY_BE_NEGATIVE,
    MONEY_BEFORE_NUMBERS,
    POINTS,
    STEMS,
    THOUSANDS,
    UNITS,
    UNITS_WITHOUT_BLANKS,
)

Cut = Literal["", "character", "number", "word"]
MAX_WIDENING = 200  # code points by which `widened` moves an edge


def _words(listed: dict[str, str]) -> frozenset[str]:
    return frozenset(word.casefold() for words in listed.values() for word in words.split("|"))


def _any_of(listed: dict[str, str]) -> str:
    return "|".join(sorted(_words(listed), key=lambda word: (-len(word), word)))


# Numbers --------------------------------------------------------------------------------------------------------------

_BLANKS = frozenset(" \t\n\u00a0\u2007\u2009\u200a\u202f")
_BLANK = f"[{''.join(sorted(_BLANKS))}]"
_DIGIT = r"[\p{Nd}\p{No}]"
_HAN = f"[{HAN_NUMERALS}]"
_FIGURE = rf"[\p{{Nd}}\p{{No}}{HAN_NUMERALS}]"
_MAGNITUDE, _SOME = f"[{HAN_MAGNITUDES}]", f"[{HAN_SOME}]"
# Letters that nothing separates from a number, and marks that may be before one.
_UNSPACED_LETTERS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_OPENING = rf"\s(\[{{“„‘«\"'（「『《，、。：；:;=/{_UNSPACED_LETTERS}"
_JOINS = r"[.,'’·٫٬:/⁄∕．‐‑–−~～〜×^⁻⁺-]"
_GROUPS = r"(?<![\p{Nd}.,])\p{Nd}{1,3}(?:[ \u00a0\u2007\u2009\u202f]\p{Nd}{3}){0,8}"
_INSIDE_NUMBER = regex.compile(
    "|".join(
        [
            rf"(?<={_DIGIT})(?={_JOINS}?{_DIGIT}|\+)|(?<={_DIGIT}{_JOINS})(?={_DIGIT})",
            r"(?<=[０-９])(?=，[０-９])|(?<=[０-９]，)(?=[０-９])",
            # 12 500: groups of three digits, after a first group of one to three.
            rf"(?<={_GROUPS})(?=[ \u00a0\u2007\u2009\u202f]\p{{Nd}}{{3}}(?!\p{{Nd}}))",
            rf"(?<={_GROUPS}[ \u00a0\u2007\u2009\u202f])(?=\p{{Nd}}{{3}}(?!\p{{Nd}}))",
            rf"(?<=[+−±~≈≃<>≤≥＋#№§%٪])(?=\p{{Sc}}?[.٫]?{_DIGIT})",
            # .5 is a half: a full stop that ends no sentence, before a digit.
            rf"(?<=(?<![^\s(\[{{“„‘«\"'+−±~≈<>-])[.٫])(?={_DIGIT})",
            # A hyphen or short dash is a minus sign if there is nothing before it that it could join to the number.
            rf"(?<=(?<![^{_OPENING}])[‐‑–－-])(?=\p{{Sc}}?[.٫]?{_DIGIT})",
            # 二○○五: a circle for a zero.
            rf"(?<={_HAN})(?=[点點○]{{0,2}}{_HAN})|(?<={_HAN}[点點○]{{1,2}})(?=○?{_HAN})|(?<={_MAGNITUDE})(?={_DIGIT})",
            # 数十万, 数100万 (some), 30多万, 十几 (more): 十万 would be another number.
            rf"(?<={_SOME})(?={_MAGNITUDE}|[1１][0０]+(?!\p{{Nd}}))|(?<={_MAGNITUDE})(?=[几幾])",
            rf"(?<=[十百千])(?=[数數][十百千人名年日件回個社棟])|(?<={_MAGNITUDE}|\p{{Nd}})(?=[{HAN_MORE}])",
            rf"(?<={_FIGURE})(?=[{HAN_SOME}{HAN_MORE}]{_MAGNITUDE})|(?<={_FIGURE}[{HAN_SOME}{HAN_MORE}])(?={_MAGNITUDE})",
        ]
    ),
    regex.V1,
)
# A bare year before a blank and a dash ranges to a year only: "in 2019 – 3 years later".
_NO_YEAR = r"(?<!(?<![\p{N}.,])(?:1[5-9]|20)[0-9]{2})"
_AS_YEAR = r"(?<=(?<![\p{N}.,])(?:1[5-9]|20)[0-9]{2})"
_ALONE = rf"(?<=[^\s\p{{Nd}}]{_BLANK})[‐‑–－-]"
_WITH_BLANKS = regex.compile(
    "|".join(
        [
            rf"{_ALONE}{_BLANK}(?=\p{{Nd}}[\p{{Nd}}.,٫]*{_BLANK}?(?:{MAY_BE_NEGATIVE})(?![^.!?\n]{{0,120}}\s[–-]\s))\p{{Nd}}",
            rf"[−±≈≃~<>≤≥]{_BLANK}\p{{Sc}}?{_DIGIT}",
            rf"(?<!{_DIGIT}{_BLANK}?)[%٪]{_BLANK}?{_DIGIT}",
            rf"{_DIGIT}{_NO_YEAR}{_BLANK}[–−~～〜-]{_BLANK}\p{{Sc}}?{_DIGIT}",
            rf"{_DIGIT}{_AS_YEAR}{_BLANK}[–−-]{_BLANK}(?:1[5-9]|20)[0-9]{{2}}(?!\p{{Nd}})",
            rf"{_DIGIT}{_BLANK}[×^/⁄:]{_BLANK}{_DIGIT}",
            # Two thirds is 三分之二, 3分の2 or 3분의 2, and a quarter 2割5分.
            rf"{_FIGURE}(?:分[之のノ]|분의{_BLANK}?|[成割]){_FIGURE}",
            # 3 1/2 and 2 ½
            rf"(?<![\p{{Nd}}.,])\p{{Nd}}{{1,3}}{_BLANK}(?:[¼-¾⅐-⅞]|\p{{Nd}}{{1,2}}[/⁄]\p{{Nd}}{{1,2}}(?![\p{{Nd}}/]))",
            rf"(?<!\p{{L}})[A-Z]{{1,3}}\p{{Sc}}{_BLANK}?{_DIGIT}",  # US$ 5, R$ 5
        ]
    ),
    regex.V1 | regex.IGNORECASE,
)
_END = r"(?![\p{L}\p{M}\p{N}])"
# 5 % points, 5%-Punkte, 5%ige
_SIGN = regex.compile(
    rf"[%‰٪％﹪](?:[ -]?(?:{POINTS}){_END}|\p{{Ll}}{{1,8}}{_END})?|[‱℃℉\u3300-\u3357\u3371-\u33df\p{{Sc}}]|°(?:[CF]\b)?"
    r"|(?<=\p{Nd})[.,][–-]{1,2}(?![\p{L}\p{N}])",  # 5,– and 5.-
    regex.V1,
)
_UNITS = _words(UNITS)
_IN = frozenset("vw")  # Czech and Polish words, unlike V (volts) and W (watts)
_THOUSANDS = frozenset(THOUSANDS.casefold().split("|"))
_LONGEST_UNIT = max(unit.count(" ") for unit in _UNITS) + 1  # words
_CODES = frozenset(CURRENCIES.split())
_STEM = regex.compile(rf"(?:{_any_of(STEMS)})[\p{{L}}\p{{M}}]{{0,10}}", regex.V1)
# A word, and the stop of an abbreviation if another word follows.
_WORD = regex.compile(rf"[\p{{L}}\p{{M}}\u200d]{{1,24}}+(?:[\"״]\p{{L}})?[²³23]?{_END}", regex.V1)
_NEXT_WORD = regex.compile(rf"\.?{_BLANK}?(?=[\p{{L}}\p{{M}}])", regex.V1)
_PER = regex.compile(rf"/[\p{{L}}\p{{M}}]{{1,12}}+[²³23]?{_END}", regex.V1)  # km/h, €/kg
_UNSPACED = re.compile(_any_of(UNITS_WITHOUT_BLANKS))
_MONEY = "|".join(sorted(map(re.escape, [*CURRENCIES.split(), *MONEY_BEFORE_NUMBERS.split()]), key=len, reverse=True))
_BEFORE = regex.compile(
    rf"(?:{_any_of(BEFORE_NUMBERS_WITHOUT_BLANKS)}|[№§\p{{Sc}}]"
    rf"|(?<![\p{{L}}\p{{M}}])(?:(?i:{_any_of(BEFORE_NUMBERS)})|{_MONEY})\.?)"
    rf"{_BLANK}?[-−–]?\p{{Sc}}?(?:{_DIGIT}|{_HAN})",
    regex.V1 | regex.REVERSE,
)
_YEAR = regex.compile(r"(?<=(?<![\p{N}.,])(?:1[5-9]|20)[0-9]{2})", regex.V1)
_RANGE = regex.compile(rf"[‐‑–−~～〜〰-](?:[A-Z]{{1,3}})?\p{{Sc}}?{_DIGIT}", regex.V1)
_NUMERIC = re.compile(f"[\\d²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅞{HAN_NUMERALS}]")
_MOST_UNITS = 3
_LAST_DIGIT = regex.compile(rf"(?r){_DIGIT}", regex.V1)
_HUNDREDS = regex.compile(r"\p{Nd}{1,3}(?![\p{Nd}.,٫٬]\p{Nd}|\p{Nd})", regex.V1)
_DIGITS = regex.compile(r"\p{Nd}[\p{Nd}.,٫٬]*(?<=\p{Nd})", regex.V1)
_JOINT_SIGN = regex.compile(r"[‐‑–−~～〜±≈≃<>≤≥%٪×^¼-¾⅐-⅞/⁄:\p{Sc}－分분成割-]", regex.V1)
_LONGEST_JOINT = 8  # code points of what `_WITH_BLANKS` finds
_WINDOW = 32  # code points from the edge of a passage to a digit of the number that it cuts


def _splits_number(text: str, at: int) -> bool:
    near = max(0, at - _WINDOW)
    if not _NUMERIC.search(text, near, at + _WINDOW):
        return False
    if _INSIDE_NUMBER.match(text, at):
        return True
    if _JOINT_SIGN.search(text, max(0, at - _LONGEST_JOINT), at + _LONGEST_JOINT):
        starts = range(max(0, at - _LONGEST_JOINT), at)
        if any(joint.end() > at for joint in (_WITH_BLANKS.match(text, start) for start in starts) if joint):
            return True
    if _in_range(text, at):
        return True
    digit = _LAST_DIGIT.search(text, near, at)
    if digit and _end_of_units(text, digit.end()) > at:
        return True
    if digit and _has_parts(text, at, digit.end()):
        return True
    numeral = _NUMERIC.search(text, at, at + _WINDOW)
    before = numeral and _BEFORE.match(text, near, numeral.end())
    return bool(before and before.start() < at)


def _in_range(text: str, at: int) -> bool:
    """Say whether `at` is before or behind the dash of a range of which each end has a unit or currency: 5%–10%, £1m-£2m."""
    for dash in (at - 1, at):
        if _RANGE.match(text, dash):
            digit = _LAST_DIGIT.search(text, max(0, dash - _WINDOW), dash)
            # After an abbreviation, there may be a stop.
            if digit and {digit.end(), _end_of_units(text, digit.end())} & {dash, dash - (text[dash - 1] == ".")}:
                return True
    return False


def _has_parts(text: str, at: int, digits_end: int) -> bool:
    """Say whether the blank at `at`, or before it, joins two parts of one number: 2 crore 50 lakh, 5 bin 300, 1 h 30 min."""
    blank = at if text[at] in _BLANKS else at - 1
    if text[blank] not in _BLANKS or digits_end > blank or _end_of_unit(text, digits_end) != blank:
        return False
    if text[digits_end:blank].strip().casefold() in _THOUSANDS and _HUNDREDS.match(text, blank + 1):
        return True
    digits = _DIGITS.match(text, blank + 1)
    return bool(digits and _end_of_unit(text, digits.end()) > digits.end())


def _end_of_units(text: str, at: int) -> int:
    """Return the end of the units after a number that ends at `at`, one after another (5 million €). Without a unit: `at`."""
    end = _end_of_unit(text, at)
    # In 2019 millions of people left: a year has no number word.
    if end > at and text[at] in _BLANKS and text[end - 1].isalpha() and _YEAR.match(text, at):
        return at
    for _ in range(_MOST_UNITS):
        if end == (end := _end_of_unit(text, end)):
            break
    return end


def _end_of_unit(text: str, at: int) -> int:
    start = at + (text[at : at + 1] in _BLANKS)
    if sign := _SIGN.match(text, start):
        per = _PER.match(text, sign.end())
        return per.end() if per else sign.end()
    for words, end in reversed(_words_from(text, start)):
        if words in _IN:
            continue
        if words.casefold() in _UNITS or words in _CODES or _STEM.fullmatch(words.casefold()):
            per = _PER.match(text, end)
            return per.end() if per else end
    unspaced = _UNSPACED.match(text, start)
    return unspaced.end() if unspaced else at


def _words_from(text: str, start: int) -> list[tuple[str, int]]:
    """Return what may be a unit, with its end: of "p. p. more", these are "p", "p p" and "p p more"."""
    found: list[tuple[str, int]] = []
    words = ""
    while len(found) < _LONGEST_UNIT and (word := _WORD.match(text, start)):
        words = f"{words} {word[0]}".lstrip()
        found.append((words, word.end()))
        joint = _NEXT_WORD.match(text, word.end())
        if joint is None or joint.end() == word.end():
            break
        start = joint.end()
    return found


# Words ----------------------------------------------------------------------------------------------------------------

_KINDS = {
    "unseen": r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}\u200b]",
    "hyphen": r"[-\u058a\u05be\u2010\u2011\ufe63\uff0d]",
    "dash": "[\u2012\u2013\u2212]",
    "stop": "[.:．：]",
    "apostrophe": r"[\p{WB=MidLetter}\p{WB=MidNumLet}\p{WB=Single_Quote}‘]",
    "letter": r"[\p{WB=ALetter}\p{WB=Hebrew_Letter}]",
    "other": r"[\p{WB=Numeric}\p{WB=ExtendNumLet}\p{No}]",  # digits, low lines
}
_KIND = {kind: regex.compile(pattern, regex.V1) for kind, pattern in _KINDS.items()}
_WORD_KINDS = ("letter", "other")
# Articles, and the conjunction before reported words. Other elided words (n’, j’, s’) carry a meaning of their own.
_ELIDED = regex.compile(
    r"(?<![\w'’-])(?:l|d|un|dell|nell|sull|dall|all|coll|qu)['’‘＇]", regex.V1 | regex.IGNORECASE | regex.REVERSE
)


@lru_cache(10_000)
def _kind(char: str) -> str:
    return next((kind for kind, pattern in _KIND.items() if pattern.match(char)), "")


def _before(text: str, at: int) -> Iterator[str]:
    """Yield the visible characters before `at`, backwards, without the line end after the hyphen of a divided word."""
    for i in range(at - 1, max(-1, at - _LONGEST), -1):
        if _kind(text[i]) != "unseen" and not (text[i] == "\n" and _kind(text[i - 1 : i]) == "hyphen"):
            yield text[i]


def _after(text: str, at: int) -> Iterator[str]:
    """Yield the visible characters from `at` on, likewise."""
    for i in range(at, min(len(text), at + _LONGEST)):
        if _kind(text[i]) != "unseen" and not (text[i] == "\n" and _kind(text[i - 1 : i]) == "hyphen"):
            yield text[i]


def _joins(before: str, mid: str, after: str) -> bool:
    """Return whether the three characters belong to one word."""
    if mid == '"':  # typed instead of gershayim
        return "\u05d0" <= before <= "\u05ea" and "\u05d0" <= after <= "\u05ea"
    kind, kinds = _kind(mid), (_kind(before), _kind(after))
    if kind == "hyphen":
        return kinds[0] in _WORD_KINDS and kinds[1] in _WORD_KINDS
    if kind == "dash" or (kind == "apostrophe" and kinds[1] == "letter" and before.isdecimal()):
        return kinds[1] == "letter" and (kinds[0] == "letter" or kind == "apostrophe")
    if kind == "stop" and mid in ":：" and before.isdecimal():
        return after.islower()
    if kind not in ("stop", "apostrophe") or kinds != ("letter", "letter"):
        return False
    return kind == "apostrophe" or not (before.islower() and after.isupper())


def _splits_word(text: str, at: int) -> bool:
    if text[at - 1] == " " or text[at] == " ":
        return False
    before, after = _before(text, at), _after(text, at)
    last, first = next(before, ""), next(after, "")
    if _kind(last) in _WORD_KINDS and _kind(first) in _WORD_KINDS:
        return True
    return _joins(last, first, next(after, "")) or _joins(next(before, ""), last, first)


# Characters -----------------------------------------------------------------------------------------------------------

_STICKS = regex.compile(r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=Regional_Indicator}]", regex.V1)
_MAY_STICK = regex.compile(r"[^\p{GCB=Other}]|[\p{Extended_Pictographic}\p{InCB=Consonant}]", regex.V1)
_CHARACTER = regex.compile(r"\X", regex.V1)
_LONGEST = 64  # code points of one character, or of a row of flags


@lru_cache(10_000)
def _may_stick(char: str) -> bool:
    return bool(_MAY_STICK.match(char))


def splits_character(text: str, at: int) -> bool:
    """Return whether the code points before and after `at` belong to one character."""
    if not 0 < at < len(text) or not (_may_stick(text[at]) or _may_stick(text[at - 1])):
        return False
    start = at - 1
    while start and at - start < _LONGEST and _STICKS.match(text, start):
        start -= 1
    # From a boundary of characters up to and including `at`, so that a long row of flags is not read again and again.
    around = text[start : at + 1]
    return not any(match.end() == at - start for match in _CHARACTER.finditer(around))


def cut_at(text: str, at: int, *, begins: bool) -> Cut:
    """Return what a passage that begins (or ends) at `at` would split, or "" if it splits nothing."""
    if not 0 < at < len(text):
        return ""
    if splits_character(text, at):
        return "character"
    if _splits_number(text, at):
        return "number"
    if _splits_word(text, at) and not (begins and _ELIDED.match(text, max(0, at - 6), at)):
        return "word"
    return ""


def widened(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the shortest passage around this one that splits nothing, or None if an edge would move by more than MAX_WIDENING."""
    first = max(0, start - MAX_WIDENING)
    while start > first and cut_at(text, start, begins=True):
        start -= 1
    last = min(len(text), end + MAX_WIDENING)
    while end < last and cut_at(text, end, begins=False):
        end += 1
    whole = not (cut_at(text, start, begins=True) or cut_at(text, end, begins=False))
    return (start, end) if whole else None
