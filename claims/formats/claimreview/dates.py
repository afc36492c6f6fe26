"""Read dates as templates and people write them in ClaimReview, if they can mean only one day (pure).

schema.org demands ISO 8601, but pages contain whatever their system prints. If day and month cannot be told apart (03/05/2020),
or the year has two digits, there is no date: a missing date can be added later, while a wrong one misleads.
"""

import re
from datetime import date

import regex

from claims.text import partial_dates
from claimtrack.dates import check_year
from claimtrack.refusals import Message

# What systems write for an unknown date.
_PLACEHOLDER = re.compile(r"0001-0?1-0?1|0000-0?0-0?0|1/1/0001|01/01/0001")
_TIME = re.compile(r"(?:,? (?:at|à|um|alle|às|a las))?[T ,+-]*\d{1,2}[:h]\d{2}.*|(?<=\d)(?:T\d.*|Z)", re.ASCII)
# A time before the day, and one between the day and the year, as in "Wed Mar 05 10:00:00 UTC 2025".
_TIME_FIRST = re.compile(
    r"\A\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC))?,? (?=.*\d{4})", re.ASCII | re.IGNORECASE
)
_TIME_INSIDE = re.compile(r"(?<=\d) \d{2}:\d{2}:\d{2}(?: [A-Z]{3,5})?(?= \d{4}$)", re.ASCII)
_ISO_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_ISO_WEEK = re.compile(r"\d{4}-?W\d{2}-?[1-7]", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})\.?", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년] ?(?:(\d{1,2}) ?[月월] ?(?:(\d{1,2}) ?[日일])?)?", re.ASCII)
_VIETNAMESE = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2})(?:,| năm)? (\d{4})", re.ASCII | re.IGNORECASE)
_WORDS = regex.compile(r"\p{Nd}+|[\p{L}\p{M}]+", regex.V1)
# Years that people write in these dates and that are most likely of another calendar: the Persian or Islamic (1402, 1445) and
# the Buddhist one (2567). A day of another calendar is another day.
_OTHER_CALENDARS = (range(1300, 1481), range(2440, 2601))

# By month, in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech, Danish, Norwegian, Swedish, Turkish,
# Indonesian, Russian and Ukrainian, with the usual abbreviations, then in Finnish, Hungarian, Romanian, Bulgarian, Greek, Arabic
# of Egypt and of the Levant, Persian, Hebrew, Hindi, Bengali and Thai. Words that mean different months in different languages
# are left out: "listopad" is October in Croatian and November in Polish.
_NAMES = (
    "january jan januar janvier janv enero ene janeiro gennaio gen januari stycznia ledna ocak января янв січня"
    " tammikuuta január ianuarie януари ιανουαρίου يناير ژانویه ינואר בינואר जनवरी জানুয়ারি มกราคม",
    "february feb februar février fevrier févr febrero fevereiro fev febbraio februari lutego února şubat февраля фев лютого"
    " helmikuuta február februarie февруари φεβρουαρίου فبراير شباط فوریه פברואר בפברואר फरवरी फ़रवरी ফেব্রুয়ারি กุมภาพันธ์",
    "march mar märz maerz mars marzo março marco maart marca března mart maret марта березня"
    " maaliskuuta március martie март μαρτίου مارس آذار מרץ במרץ मार्च মার্চ มีนาคม",
    "april apr avril avr abril abr aprile kwietnia dubna nisan апреля апр квітня"
    " huhtikuuta április aprilie април απριλίου أبريل إبريل نيسان آوریل אפריל באפריל अप्रैल এপ্রিল เมษายน",
    "may mai mayo maio maggio mei maja května maj mayıs мая травня"
    " toukokuuta május май μαΐου مايو أيار مه מאי במאי मई মে พฤษภาคม",
    "june jun juni juin junio junho giugno giu czerwca června haziran июня червня"
    " kesäkuuta június iunie юни ιουνίου يونيو حزيران ژوئن יוני ביוני जून জুন มิถุนายน",
    "july jul juli juillet juil julio julho luglio lug lipca července temmuz июля липня"
    " heinäkuuta július iulie юли ιουλίου يوليو تموز ژوئیه יולי ביולי जुलाई জুলাই กรกฎาคม",
    "august aug août aout agosto ago augustus sierpnia srpna augusti ağustos agustus августа авг серпня"
    " elokuuta augusztus август αυγούστου أغسطس آب اوت אוגוסט באוגוסט अगस्त আগস্ট สิงหาคม",
    "september sep sept septembre septiembre setembro settembre września září eylül сентября сент вересня"
    " syyskuuta szeptember septembrie септември σεπτεμβρίου سبتمبر أيلول سپتامبر ספטמבר בספטמבר सितंबर सितम्बर সেপ্টেম্বর กันยายน",
    "october oct oktober okt octobre octubre outubro ottobre października ekim октября окт жовтня"
    " lokakuuta október octombrie октомври οκτωβρίου أكتوبر اکتبر אוקטובר באוקטובר अक्टूबर अक्तूबर অক্টোবর ตุลาคม",
    "november nov novembre noviembre novembro kasım ноября нояб"
    " marraskuuta noiembrie ноември νοεμβρίου نوفمبر نوامبر נובמבר בנובמבר नवंबर नवम्बर নভেম্বর พฤศจิกายน",
    "december dec dezember dez décembre decembre diciembre dic dezembro dicembre grudnia prosince desember aralık декабря дек грудня"
    " joulukuuta decembrie декември δεκεμβρίου ديسمبر دسامبر דצמבר בדצמבר दिसंबर दिसम्बर ডিসেম্বর ธันวาคม",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
# Words in a date that do not change it: weekdays, and words between day, month and year.
_JOINING = "st nd rd th er º ª of de del the den r roku г года р року του من ق م"
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
    day = _TIME_FIRST.sub("", " ".join(written[:100].split()), count=1)
    day = _TIME.sub("", _TIME_INSIDE.sub("", day))
    if not day and written.strip():
        raise NoDate(Message("“%(text)s” cannot be read as a date: write YYYY-MM-DD.", {"text": written.strip()}))
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


def _numbers(text: str) -> tuple[date, str] | None:
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _VIETNAMESE.fullmatch(text):
        return _date(match[3], match[2], match[1])
    if match := _EAST_ASIAN.fullmatch(text) or _ISO_PARTIAL.fullmatch(text):
        return _date(*match.groups())
    if match := _YEAR_LAST.fullmatch(text):
        low, high = sorted([int(match[1]), int(match[3])])
        if low != high <= 12:
            raise NoDate(
                Message(
                    "In “%(text)s”, day and month cannot be told apart: write %(match)s-MM-DD.",
                    {"text": text, "match": match[4]},
                )
            )
        return _date(match[4], low, high)
    return (date.fromisoformat(text), "day") if _ISO_WEEK.fullmatch(text) else None


def _words(text: str) -> tuple[date, str]:
    """Read a date whose month is a word: one month, one year of four digits and at most one day, in any order."""
    words = [word for word in _WORDS.findall(text.lower()) if word not in _FILLERS]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    years = [word for word in words if word.isdecimal() and len(word) == 4]
    days = [word for word in words if word.isdecimal() and len(word) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        raise NoDate(Message("“%(text)s” cannot be read as a date: write YYYY-MM-DD.", {"text": text}))
    return _date(years[0], months[0], *days)


def _date(year: str, month: str | int | None = None, day: str | int | None = None) -> tuple[date, str]:
    return date(int(year), int(month or 1), int(day or 1)), "day" if day else "month" if month else "year"
