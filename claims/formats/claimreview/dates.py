"""Read dates as templates and people write them in ClaimReview, if they can mean only one day (pure).

schema.org demands ISO 8601, but pages contain whatever their system prints. If day and month cannot be told apart (03/05/2020),
or the year has two digits, there is no date: a missing date can be added later, while a wrong one misleads. A weekday may tell
them apart: only one of 3 May and 5 March 2020 is a Thursday.
"""

import re
import unicodedata
from datetime import date

import regex

from claims.formats.claimreview.date_words import JOINING, MONTHS, WEEKDAYS
from claims.text import partial_dates
from claimtrack.dates import check_year
from claimtrack.refusals import Message

# What systems write for an unknown date.
_PLACEHOLDER = re.compile(r"0001-0?1-0?1|0000-0?0-0?0|1/1/0001|01/01/0001")
_AT = "at|à|um|alle|às|ás|a las|a les|om|kl|klo|kello|ob|godz|v|o|w|u|в|о|об|στις|saat|lúc|pukul|jam|الساعة|ساعت|בשעה|เวลา|को"
_TIME = re.compile(
    rf"(?:,? (?:{_AT})\.? \d{{1,2}}[.:h]\d{{2}}.*|[T ,+-]*\d{{1,2}}[:h]\d{{2}}.*|(?<=\d)(?:T\d.*|Z))"
    r"|[ ,]*(?:[上下中]午|午[前後]|晚上|凌晨|早上|오전|오후)? ?\d{1,2}(?:[:時时点點시] ?\d{2}|[時时点點시]).*",
    re.ASCII,
)
# A time before the day, and one between the day and the year, as in "Wed Mar 05 10:00:00 UTC 2025".
_TIME_FIRST = re.compile(
    r"\A\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC))?,? (?=.*\d{4})", re.ASCII | re.IGNORECASE
)
_TIME_INSIDE = re.compile(r"(?<=\d) \d{2}:\d{2}:\d{2}(?: [A-Z]{3,5})?(?= \d{4}$)", re.ASCII)
_ISO_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_ISO_WEEK = re.compile(r"\d{4}-?W\d{2}-?[1-7]", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])[-/.](\d{4})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})\.?", re.ASCII)
_EAST_ASIAN = re.compile(
    r"(?:(西暦|公元|令和|平成|昭和|大正|(?:中華)?民國|(?:中华)?民国) ?)?(\d{1,4}|元) ?[年년] ?"
    r"(?:(\d{1,2}) ?[月월] ?(?:(\d{1,2}) ?[日号號일])?)?",
    re.ASCII,
)
# The years before the first one of each era.
_ERAS = {"": 0, "西暦": 0, "公元": 0, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民": 1911, "中": 1911}
_FAR_DAYS = {
    day: number
    for number, days in enumerate(("一月월", "二火화", "三水수", "四木목", "五金금", "六土토", "日天일"))
    for day in days
}
_FAR_WEEKDAY = re.compile(
    r"[ ,、]*(?:\((?:星期|周|週|礼拜|禮拜)?([一二三四五六日天月火水木金土월화수목금토일])(?:曜日?|요일)?\)"
    r"|(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜日?|([월화수목금토일])요일)[ ,、]*"
)
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?= ?[年月日号號])")
_HAN_DIGITS = {**{digit: number for number, digit in enumerate("〇一二三四五六七八九")}, "零": 0}
_VIETNAMESE = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2})(?:,| năm)? (\d{4})", re.ASCII | re.IGNORECASE)
# Years that people write in these dates and that are most likely of another calendar: the Persian or Islamic (1402, 1445) and
# the Buddhist one (2567). A day of another calendar is another day.
_OTHER_CALENDARS = (range(1300, 1481), range(2440, 2601))


def _spelt(word: str) -> str:
    return r"[\s.’'-]*".join(map(re.escape, word.split("_")))


_MONTHS = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
_WEEKDAYS: dict[str, set[int]] = {}
for _number, _names in enumerate(WEEKDAYS):
    for _name in _names.split():
        _WEEKDAYS.setdefault(_name, set()).add(_number)
_FILLERS = frozenset(JOINING.split())
_KNOWN = {*_MONTHS, *_WEEKDAYS, *_FILLERS}
# Thai, Lao, Khmer and Burmese put no blank after a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_TOKENS = regex.compile(
    r"\p{Nd}+"
    + "".join(
        rf"|{_spelt(word)}" + ("" if _UNSPACED.match(word) else r"(?![\p{L}\p{M}])")
        for word in sorted(_KNOWN, key=len, reverse=True)
        if "_" in word or _UNSPACED.match(word)
    )
    + r"|(?P<weekday>thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|cn)(?![\p{L}\p{M}])"
    r"|[\p{L}\p{M}\u200c\u200d]+|[^\s\p{P}]",
    regex.V1,
)


class NoDate(ValueError):
    """The text is not a date, or is ambiguous. The message is a sentence for people."""


def read_date(written: str) -> str:
    """Return 2025, 2025-09 or 2025-09-05, as precise as it is written and in its own time zone, or "" for a placeholder.

    Raises NoDate, and ValueError for an impossible year (claimtrack.dates).
    """
    day = _TIME_FIRST.sub("", _plain(written[:100]), count=1)
    day = _TIME.sub("", _TIME_INSIDE.sub("", day))
    if not day and written.strip():
        raise _unreadable(written.strip())
    if not day or _PLACEHOLDER.fullmatch(day) or written.strip().startswith("1970-01-01T00:00"):
        return ""
    try:
        first, precision = _numbers(day) or _words(day)
    except NoDate:
        raise
    except ValueError as error:
        raise NoDate(Message("“%(day)s” is not a day of the calendar.", {"day": day})) from error
    check_year(first)
    if any(first.year in years for years in _OTHER_CALENDARS):
        raise NoDate(
            Message("“%(day)s” may be of another calendar: write YYYY-MM-DD of the Gregorian one.", {"day": day})
        )
    return str(partial_dates.format_date(first, precision))


def _plain(text: str) -> str:
    """Return a text with single blanks, usual digits and usual widths, and without direction marks."""
    normal = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) != "Cf" or char in "\u200c\u200d"
    )
    return " ".join(normal.split())


def _unreadable(text: str) -> NoDate:
    return NoDate(Message("“%(text)s” cannot be read as a date: write YYYY-MM-DD.", {"text": text}))


def _numbers(text: str) -> tuple[date, str] | None:
    if found := _east_asian(text):
        return found
    if match := _VIETNAMESE.fullmatch(text):
        return _date(match[3], match[2], match[1])
    if _ISO_WEEK.fullmatch(text):
        return date.fromisoformat(text), "day"
    text, far_weekdays = _without_far_weekday(text)
    bare, weekdays = _without_words(text)
    weekdays |= far_weekdays
    if match := _YEAR_FIRST.fullmatch(bare) or _COMPACT.fullmatch(bare):
        return _checked(_date(match[1], match[3], match[4]), weekdays, text)
    if match := _VIETNAMESE.fullmatch(bare):
        return _checked(_date(match[3], match[2], match[1]), weekdays, text)
    # No weekday belongs to a month or a year: in “mar 2021”, it is a month.
    if not weekdays and (match := _ISO_PARTIAL.fullmatch(bare)):
        return _date(*match.groups())
    if match := _MONTH_YEAR.fullmatch(bare):
        if weekdays:
            raise _unreadable(text)
        return _date(match[2], match[1])
    if match := _YEAR_LAST.fullmatch(bare):
        low, high = sorted([int(match[1]), int(match[3])])
        if low == high or high > 12:
            return _checked(_date(match[4], low, high), weekdays, text)
        fitting = [
            day for day in (_date(match[4], low, high), _date(match[4], high, low)) if day[0].weekday() in weekdays
        ]
        if len(fitting) == 1:
            return fitting[0]
        raise NoDate(
            Message(
                "In “%(text)s”, day and month cannot be told apart: write %(match)s-MM-DD.",
                {"text": text, "match": match[4]},
            )
        )
    return None


def _east_asian(text: str) -> tuple[date, str] | None:
    """Read 2025年6月5日(木), 2025년 6월 5일 목요일 and 令和7年6月5日, figures in characters too."""
    bare, weekdays = _without_far_weekday(_HAN_NUMBER.sub(lambda han: _han(han[0]), text))
    match = _EAST_ASIAN.fullmatch(bare)
    if match is None:
        return None
    era, year, month, day = match.groups()
    if not era and len(year) != 4:
        raise _unreadable(text)
    base = _ERAS[era if era in _ERAS else era[0]] if era else 0
    return _checked(_date(str(base + (1 if year == "元" else int(year))), month, day), weekdays, text)


def _without_far_weekday(text: str) -> tuple[str, set[int]]:
    weekday = _FAR_WEEKDAY.search(text)
    if weekday is None:
        return text, set()
    return _FAR_WEEKDAY.sub(" ", text, count=1).strip(), {_FAR_DAYS[next(filter(None, weekday.groups()))]}


def _han(figures: str) -> str:
    if "十" not in figures:
        return "".join(str(_HAN_DIGITS[figure]) for figure in figures)
    tens, _, ones = figures.partition("十")
    return str(10 * _HAN_DIGITS.get(tens or "一", 0) + _HAN_DIGITS.get(ones or "〇", 0))


def _without_words(text: str) -> tuple[str, set[int]]:
    """Return the text from its first to its last figure, if there are only weekdays and joining words around, and these weekdays."""
    tokens = list(_TOKENS.finditer(text.lower()))
    figures = [token for token in tokens if token[0].isdecimal()]
    if not figures or len(text) != len(text.lower()):
        return text, set()
    weekdays: set[int] = set()
    for token in tokens:
        if figures[0].start() <= token.start() < figures[-1].end():
            continue
        word = _word(token[0])
        if word in _FILLERS or _weekdays(token):
            weekdays |= _weekdays(token)
        else:
            return text, set()
    return text[figures[0].start() : figures[-1].end()], weekdays


def _word(token: str) -> str:
    """Return a token as the lists have it: a low line in the place of blanks, stops and hyphens."""
    return "_".join(re.findall(r"[^\s.’'-]+", token))


def _weekdays(token: regex.Match[str]) -> set[int]:
    """Return the weekdays that a word may name, in any language: none if it belongs to a figure (5th) or joins (on 5 March)."""
    if token["weekday"]:
        vietnamese = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5}
        number = token[0].partition(" ")[2]
        return {vietnamese.get(number, int(number) - 2 if number.isdecimal() else 6)}
    word = _word(token[0])
    before, after = token.string[: token.start()][-1:], token.string[token.end() :][:1]
    if before.isdecimal() or (word in _FILLERS and after not in (",", ".")):
        return set()
    return _WEEKDAYS.get(word, set())


def _words(text: str) -> tuple[date, str]:
    """Read a date whose month is a word: one month, one year of four digits and at most one day, in any order."""
    tokens = list(_TOKENS.finditer(text.lower()))
    figures = [token[0] for token in tokens if token[0].isdecimal()]
    years = [figure for figure in figures if len(figure) == 4]
    days = [figure for figure in figures if len(figure) <= 2]
    words = [token for token in tokens if not token[0].isdecimal()]
    months = [token for token in words if _word(token[0]) in _MONTHS]
    known = all(_word(token[0]) in _KNOWN or token["weekday"] for token in words)
    if not months or not known or len(years) != 1 or len(days) > 1 or len(figures) != 1 + len(days):
        raise _unreadable(text)
    found = set()
    for month in months:
        # Another name of a month must be a weekday, and the right one: mar is Tuesday and March in Spanish.
        others = [_weekdays(token) for token in months if token is not month]
        day = _date(years[0], _MONTHS[_word(month[0])], *days)
        if all(day[0].weekday() in weekdays for weekdays in others):
            found.add(day)
    if len(found) != 1:
        raise _unreadable(text)
    days_named = [_weekdays(token) for token in words if _word(token[0]) not in _MONTHS]
    return _checked(found.pop(), set().union(*days_named), text)


def _checked(found: tuple[date, str], weekdays: set[int], text: str) -> tuple[date, str]:
    """Return the date, unless it has another weekday than is written."""
    day, precision = found
    if precision == "day" and weekdays and day.weekday() not in weekdays:
        raise NoDate(Message("“%(text)s” contradicts itself: that day is another weekday.", {"text": text}))
    return found


def _date(year: str, month: str | int | None = None, day: str | int | None = None) -> tuple[date, str]:
    return date(int(year), int(month or 1), int(day or 1)), "day" if day else "month" if month else "year"
