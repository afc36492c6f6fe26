"""Read dates as templates and people write them in ClaimReview, if they can mean only one day (pure).

schema.org demands ISO 8601, but pages contain whatever their system prints. If day and month cannot be told apart (03/05/2020),
or the year has two digits, there is no date: a missing date can be added later, while a wrong one misleads.
"""

import re
from datetime import date

from claims.text import partial_dates
from claimtrack.dates import check_year

# What systems write for an unknown date.
_PLACEHOLDER = re.compile(r"0001-0?1-0?1|0000-0?0-0?0|1/1/0001|01/01/0001")
_TIME = re.compile(r"(?:,? at)?[T ,+-]*\d{1,2}:\d{2}.*|(?<=\d)(?:T\d.*|Z)", re.ASCII)
_ISO_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_ISO_WEEK = re.compile(r"\d{4}-?W\d{2}-?[1-7]", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년] ?(?:(\d{1,2}) ?[月월] ?(?:(\d{1,2}) ?[日일])?)?", re.ASCII)
_WORDS = re.compile(r"\d+|[^\W\d_]+")

# By month, in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech, Danish, Norwegian, Swedish, Turkish,
# Indonesian, Russian and Ukrainian, with the usual abbreviations. Words that mean different months in different languages are
# left out: "listopad" is October in Croatian and November in Polish.
_NAMES = (
    "january jan januar janvier janv enero ene janeiro gennaio gen januari stycznia ledna ocak января янв січня",
    "february feb februar février fevrier févr febrero fevereiro fev febbraio februari lutego února şubat февраля фев лютого",
    "march mar märz maerz mars marzo março marco maart marca března mart maret марта березня",
    "april apr avril avr abril abr aprile kwietnia dubna nisan апреля апр квітня",
    "may mai mayo maio maggio mei maja května maj mayıs мая травня",
    "june jun juni juin junio junho giugno giu czerwca června haziran июня червня",
    "july jul juli juillet juil julio julho luglio lug lipca července temmuz июля липня",
    "august aug août aout agosto ago augustus sierpnia srpna augusti ağustos agustus августа авг серпня",
    "september sep sept septembre septiembre setembro settembre września září eylül сентября сент вересня",
    "october oct oktober okt octobre octubre outubro ottobre października ekim октября окт жовтня",
    "november nov novembre noviembre novembro kasım ноября нояб",
    "december dec dezember dez décembre decembre diciembre dic dezembro dicembre grudnia prosince desember aralık декабря дек грудня",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
# Words in a date that do not change it: weekdays, and words between day, month and year.
_JOINING = "st nd rd th er º ª of de del the den r roku г года р року"
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo",
    "segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
)
_FILLERS = {word for words in (_JOINING, *_WEEKDAYS) for word in words.split()}


class NoDate(ValueError):
    """The text is not a date, or is ambiguous. The message is a sentence for people."""


def read_date(written: str) -> str:
    """Return 2025, 2025-09 or 2025-09-05, as precise as it is written and in its own time zone, or "" for a placeholder.

    Raises NoDate, and ValueError for an impossible year (claimtrack.dates).
    """
    day = _TIME.sub("", " ".join(written[:100].split()))
    if not day or _PLACEHOLDER.fullmatch(day):
        return ""
    try:
        first, precision = _numbers(day) or _words(day)
    except NoDate:
        raise
    except ValueError as error:
        raise NoDate(f"“{day}” is not a day of the calendar.") from error
    check_year(first)
    return str(partial_dates.format_date(first, precision))


def _numbers(text: str) -> tuple[date, str] | None:
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _EAST_ASIAN.fullmatch(text) or _ISO_PARTIAL.fullmatch(text):
        return _date(*match.groups())
    if match := _YEAR_LAST.fullmatch(text):
        low, high = sorted([int(match[1]), int(match[3])])
        if low != high <= 12:
            raise NoDate(f"In “{text}”, day and month cannot be told apart: write {match[4]}-MM-DD.")
        return _date(match[4], low, high)
    return (date.fromisoformat(text), "day") if _ISO_WEEK.fullmatch(text) else None


def _words(text: str) -> tuple[date, str]:
    """Read a date whose month is a word: one month, one year of four digits and at most one day, in any order."""
    words = [word for word in _WORDS.findall(text.lower()) if word not in _FILLERS]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    years = [word for word in words if word.isdecimal() and len(word) == 4]
    days = [word for word in words if word.isdecimal() and len(word) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        raise NoDate(f"“{text}” cannot be read as a date: write YYYY-MM-DD.")
    return _date(years[0], months[0], *days)


def _date(year: str, month: str | int | None = None, day: str | int | None = None) -> tuple[date, str]:
    return date(int(year), int(month or 1), int(day or 1)), "day" if day else "month" if month else "year"
