"""The days, months and weekdays that a text names. Years are read with the numbers, since nothing tells them apart for sure."""

import re
import unicodedata
from dataclasses import dataclass, field

from claims.text.likeness.words import lists, words

_MONTHS = {word: number for number, names in enumerate(lists("months"), 1) for word in names}
_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "okt": 10,
    "nov": 11, "dec": 12, "dez": 12, "janv": 1, "févr": 2, "avr": 4, "juil": 7, "déc": 12, "ene": 1, "dic": 12,
}  # fmt: skip
_DAYS = {word: number for number, names in enumerate(lists("days")) for word in names}
_ALSO_WORDS, _BEFORE = words("months_or_words"), words("before_months")


def _any_of(names: set[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_NAMED = _any_of({*_MONTHS, *_SHORT})
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_DAY_MONTH = re.compile(rf"(?<![\d.,]){_DAY}\s(?:of |de |do |di )?({_NAMED})\b", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b({_NAMED})\.?\s{_DAY}(?![\d%]|[.,]\d|\s?%)", re.IGNORECASE)
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_FIGURES = re.compile(r"(?<![\d./])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\d/])")
_HAN = re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]")
_HAN_MONTH = re.compile(r"(\d{1,2})\s?月(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_HAN_DAYS = re.compile(_any_of({name for name in _DAYS if "\u4e00" <= name[0] <= "\u9fff"}))


Day = frozenset[tuple[int, int]]  # all (day, month) that it may mean: 05/09 is 5 September or 9 May


@dataclass
class Dates:
    """The dates of a text, each with its spelling."""

    days: dict[Day, str] = field(default_factory=dict)
    months: dict[int, str] = field(default_factory=dict)
    weekdays: dict[int, str] = field(default_factory=dict)

    def apart_from(self, other: "Dates") -> tuple[list[str], list[str]]:
        """Return the dates that only this text has, and those that only the other has: none if one of them has no others."""
        here, there = _only(self.weekdays, other.weekdays), _only(other.weekdays, self.weekdays)
        pairs = [(here, there)]
        if self.days and other.days:
            pairs.append((_no_days_of(self.days, other.days), _no_days_of(other.days, self.days)))
        else:
            mine, theirs = self._all_months(), other._all_months()
            pairs.append((_only(mine, theirs), _only(theirs, mine)))
        apart = [pair for pair in pairs if all(pair)]
        return [word for here, _ in apart for word in here], [word for _, there in apart for word in there]

    def _all_months(self) -> dict[int, str]:
        return {month: word for day, word in self.days.items() for _, month in day} | self.months


def read(text: str) -> tuple[Dates, str]:
    """Return the dates of a text, and the text without their days, which are no numbers of anything."""
    text = unicodedata.normalize("NFKC", text)
    found = Dates()

    def add(spelt: str, *may_be: tuple[str, str | int], rest: str = " ") -> str:
        day = frozenset(
            (int(day), int(month)) for day, month in may_be if 1 <= int(month) <= 12 and 1 <= int(day) <= 31
        )
        if not day:
            return spelt
        found.days[day] = spelt.strip()
        return f" {rest} "

    text = _ISO.sub(lambda m: add(m[0], (m[3], m[2]), rest=m[1]), text)
    text = _FIGURES.sub(lambda m: add(m[0], (m[1], m[2]), (m[2], m[1]), rest=m[3] if len(m[3]) == 4 else " "), text)
    text = _DAY_MONTH.sub(lambda m: add(m[0], (m[1], _month(m[2]))), text)
    text = _MONTH_DAY.sub(lambda m: add(m[0], (m[2], _month(m[1]))), text)
    text = _HAN.sub(lambda m: add(m[0], (m[2], m[1])), text)
    for match in _HAN_MONTH.finditer(text):
        found.months[int(match[1])] = match[0]
    before = ""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word in _MONTHS and (word not in _ALSO_WORDS or before in _BEFORE):
            found.months[_MONTHS[word]] = match[0]
        if word in _DAYS:
            found.weekdays[_DAYS[word]] = match[0]
        before = word
    found.weekdays |= {_DAYS[name]: name for name in _HAN_DAYS.findall(text)}
    return found, _HAN_MONTH.sub(" ", text)


def _month(name: str) -> int:
    return _MONTHS.get(name.lower()) or _SHORT[name.lower()]


def _only(here: dict[int, str], there: dict[int, str]) -> list[str]:
    return [word for number, word in here.items() if number not in there]


def _no_days_of(days: dict[Day, str], others: dict[Day, str]) -> list[str]:
    return [word for day, word in days.items() if all(day.isdisjoint(other) for other in others)]
