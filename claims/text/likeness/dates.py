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
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|[º°]|\.)?"
_DAY_MONTH = re.compile(rf"(?<![\d.,]){_DAY}\s(?:of |de |do |di )?({_NAMED})\b", re.IGNORECASE)
# “On March 25”, but not “in March 25 percent” or “in March 25 trains”
_MONTH_DAY = re.compile(
    rf"\b(?<!\bin )({_NAMED})\.?\s{_DAY}(?![\d%]|[.,]\d|\s?%|\s(?:per ?cent|percent|million|billion|thousand)\b)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_FIGURES = re.compile(r"(?<![\d./])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\d/])")
_DAY_AND_MONTH = re.compile(r"\b((?:am|vom|zum|bis|seit|ab|den)\s)(\d{1,2})\.\s?(\d{1,2})\.(?!\d)", re.IGNORECASE)
_HAN = re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]")
_HAN_MONTH = re.compile(r"(\d{1,2})\s?月(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_HAN_DAYS = re.compile(_any_of({name for name in _DAYS if "\u4e00" <= name[0] <= "\u9fff"}))


_FIRST_TO_FOURTH = (
    ("first", "second", "third", "fourth"),
    ("1st", "2nd", "3rd", "4th"),
    ("erste[nrs]?", "zweite[nrs]?", "dritte[nrs]?", "vierte[nrs]?"),
    (r"1\.", r"2\.", r"3\.", r"4\."),
    ("premier", "deuxième", "troisième", "quatrième"),
    ("1er", "2e", "3e", "4e"),
    ("primer", "segundo", "tercer", "cuarto"),
    ("primo", "secondo", "terzo", "quarto"),
    ("primeiro", "segundo", "terceiro", "quarto"),
    (r"перв\w{2,3}", r"втор\w{2,3}", r"трет\w{2,4}", r"четв[её]рт\w{2,3}"),
)
_QUARTER_WORDS = "quarter|quartals?|trimestre|квартал[еа]?"
_QUARTERS = [
    (quarter, re.compile(rf"(?<![\w.])(?:(?:{'|'.join(names)}) (?:{_QUARTER_WORDS})|[qt]{quarter})\b", re.IGNORECASE))
    for quarter, names in enumerate(zip(*_FIRST_TO_FOURTH, strict=True), 1)
]
# “9 o'clock in the evening” is 9 p.m.
_OCLOCK = re.compile(
    r"\b(1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o['’]clock)?"
    r" (?:in the (?:(morning)|afternoon|evening)|at (night))\b",
    re.IGNORECASE,
)
# “Half past four in the afternoon”, “Viertel vor sechs am Abend”
_PAST = re.compile(
    r"\b(?:(half) past|(?:a )?quarter (?:past|(to))|(halb)|viertel (?:(vor)|nach)) ([a-zäöü]{3,6}|1[0-2]|[1-9])\b"
    r"(?=(?:.{0,20}\b(?:(morning|morgens?|früh)|(afternoon|evening|nachmittags?|abends?)|(night|nachts)))?)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"(?<![\d:.])(?:(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))? ?([ap])\.?m\b\.?"
    r"|(2[0-3]|[01]?\d):([0-5]\d)(?: uhr\b| h\b)?|(2[0-3]|[01]?\d) (?:uhr|heures)\b)",
    re.IGNORECASE,
)
# Most texts have none of these, so they need not be searched for more.
_MAY_BE_QUARTER = re.compile(r"quart|trimest|квартал|\b[qt][1-4]\b")
_IN_RELATIVE = re.compile(
    "year|month|week|jahr|heuer|monat|woche|l['’]an|mois|semaine|año|ano|mes|semana|ann|году|месяц|недел|عام|سنة|شهر|أسبوع"
)
_HALF_DAY = 12 * 60
_NIGHTFALL = 6 * 60  # “nine at night” is 9 p.m., and “two at night” 2 a.m.
_NOON = re.compile(
    r"\b(?:(noon|midday|mittags?|midi|mediodía|mezzogiorno|meio-dia|полдень)|midnight|mitternacht|minuit|medianoche|mezzanotte"
    r"|meia-noite|полночь)\b",
    re.IGNORECASE,
)
_RELATIVE = [
    (by, unit, re.compile(rf"\b(?:{spelt})\b", re.IGNORECASE))
    for by, rows in (
        (-1, (
            "(?:last|previous) year|(?:letzte[nsm]?|vergangene[nsm]?|vorige[nsm]?) jahre?s?|vorjahr"
            "|l['’]an dernier|l['’]année (?:dernière|passée)"
            "|(?:el )?año pasado|l['’]anno scorso|(?:n?o )?ano passado|в прошлом году|العام الماضي|السنة الماضية",
            "(?:last|previous) month|(?:letzte[nm]|vergangene[nm]|vorige[nm]) monat|le mois dernier|el mes pasado"
            "|в прошлом месяце|الشهر الماضي",
            "(?:last|previous) week|(?:letzte|vergangene|vorige)n? woche|la semaine dernière|la semana pasada"
            "|на прошлой неделе|الأسبوع الماضي",
        )),
        (0, (
            "this year|diese[ms]? jahre?s?|heuer|cette année|este año|quest['’]anno|este ano|в этом году|هذا العام|هذه السنة",
            "this month|diese[nm] monat|ce mois-ci|este mes|в этом месяце|هذا الشهر",
            "this week|diese[r]? woche|cette semaine|esta semana|на этой неделе|هذا الأسبوع",
        )),
        (1, (
            "next year|nächste[nsm]? jahre?s?|kommende[nsm]? jahre?s?|l['’]an prochain"
            "|l['’]année prochaine|el (?:próximo año|año próximo|año que viene)"
            "|в следующем году|العام المقبل|العام القادم",
            "next month|(?:nächste[nm]|kommende[nm]) monat|le mois prochain|el próximo mes|в следующем месяце|الشهر المقبل",
            "next week|(?:nächste|kommende)n? woche|la semaine prochaine|la próxima semana|на следующей неделе|الأسبوع المقبل",
        )),
    )
    for unit, spelt in enumerate(rows)
]  # fmt: skip
_PARTS_OF_DAY = [
    re.compile(rf"\b(?:{spelt})\b", re.IGNORECASE)
    for spelt in (
        r"mornings?|\w*vormittags?|\w+tagmorgen|morgens|matin(?:ée)?|(?:la|de) mañana|mattin[ao]|da manhã|утр[оа]м?",
        r"afternoons?|\w*nachmittags?|après-midi|(?:la|de) tarde|pomeriggio|da tarde",
        r"evenings?|(?:over|mid)?nights?|tonight|\w*abends?|nachts?|soir(?:ée)?|nuit|noche|sera|notte|noite|вечер(?:ом|а)?|ночью|ночи",
    )
]
_PART_OF_MONTH = re.compile(
    r"\b(?:(early|the (?:beginning|start) of|anfang|début|principios de|inizio)|(mid|the middle of|mitte|mi|mediados de|metà)"
    rf"|(late|the end of|ende|fin|finales de|fine))[ -](?=(?:in )?(?:{_NAMED}|(?:19|20)\d\ds?|summer|winter|autumn|spring)\b)",
    re.IGNORECASE,
)
_SMALL_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_HOURS = {
    **_SMALL_NUMBERS,
    "eins": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwölf": 12,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "eleven": 11,
    "twelve": 12,
}
_AGO = re.compile(rf"\b({'|'.join(_SMALL_NUMBERS)}) (day|week)s? ago\b", re.IGNORECASE)
_YESTERDAY, _AGO_FROM = _DAYS["yesterday"], 100
# “Until the end of March” is “from April on”.
_MONTH_END = rf"(?:the )?(?:end of|ende|fin(?: de)?|finales de|fine|fim de)\s({_NAMED})\b"
_TO_END = re.compile(rf"\b(?:until|till|bis|jusqu['’]à(?: la)?|hasta|fino a|até)\s{_MONTH_END}", re.IGNORECASE)
_FALL = re.compile(
    r"(?<=\bin the )fall\b|(?<=\bthis )fall\b|(?<=\blast )fall\b|(?<=\bnext )fall\b|(?<=\bsince )fall\b|\bfall(?= of (?:19|20)\d\d\b)"
)
_AT_END = re.compile(rf"\b{_MONTH_END}", re.IGNORECASE)
_STOPS = re.compile(
    r"\b(?:stop|clos|ends?\b|ended\b|expir|shut|ceas|lasts?\b|stellt|eingest|schlie|endet|läuft aus|ferm|cess|cierr|acab)"
)
_FROM_MONTH = re.compile(
    r"\b(?:from|before|until|till|ab|vor|bis|dès|à partir d['e’]|avant|desde|antes de|da|prima di)\s?"
    rf"(?:the )?(?:beginning of |start of |anfang )?({_NAMED})\b",
    re.IGNORECASE,
)
Day = frozenset[tuple[int, int]]  # all (day, month) that it may mean: 05/09 is 5 September or 9 May


@dataclass
class Dates:
    """The dates of a text, each with its spelling."""

    days: dict[Day, str] = field(default_factory=dict)
    months: dict[int, str] = field(default_factory=dict)
    weekdays: dict[int, str] = field(default_factory=dict)
    quarters: dict[int, str] = field(default_factory=dict)
    hours: dict[int, str] = field(default_factory=dict)  # in minutes since midnight
    parts_of_day: dict[int, str] = field(default_factory=dict)
    relative: dict[int, str] = field(default_factory=dict)  # last year is -1, this year 0
    parts_of_month: dict[int, str] = field(default_factory=dict)  # or of a year: early, in the middle, late
    until_end: set[int] = field(default_factory=set)  # months
    begins: set[int] = field(default_factory=set)  # months from which, or up to which, something is so

    def apart_from(self, other: "Dates") -> tuple[list[str], list[str]]:
        """Return the dates that only this text has, and those that only the other has: none if one of them has no others."""
        pairs = [
            (_only(mine, theirs), _only(theirs, mine))
            for mine, theirs in (
                (self.weekdays, other.weekdays),
                (self.quarters, other.quarters),
                (self.hours, other.hours),
                (self.parts_of_day, other.parts_of_day),
                (self._relative(), other._relative()),
                (self.parts_of_month, other.parts_of_month),
            )
        ]
        if self.days and other.days:
            pairs.append((_no_days_of(self.days, other.days), _no_days_of(other.days, self.days)))
        else:
            mine, theirs = self._all_months(), other._all_months()
            if not (self.goes_to(other) or other.goes_to(self)):
                pairs.append((_only(mine, theirs), _only(theirs, mine)))
        apart = [pair for pair in pairs if all(pair)]
        return [word for here, _ in apart for word in here], [word for _, there in apart for word in there]

    def goes_to(self, other: "Dates") -> bool:
        """Whether something ends with the month before the one that the other text names."""
        following = {month % 12 + 1 for month in self.until_end}
        return bool(following & other.begins) and other.months.keys() <= following

    def shares(self, other: "Dates") -> bool:
        return bool(
            self.months.keys() & other.months.keys()
            or self.days.keys() & other.days.keys()
            or self.weekdays.keys() & other.weekdays.keys()
        )

    def _relative(self) -> dict[int, str]:
        """Return the relative dates, with “tomorrow” if there is no weekday to compare it with."""
        return self.relative | {_AGO_FROM * 10 + day: word for day, word in self.weekdays.items() if day >= _YESTERDAY}

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

    text = _FALL.sub("autumn", text)
    text = _PAST.sub(_half_past, text)
    text = _OCLOCK.sub(_with_half_of_day, text)
    low = text.casefold()
    for quarter, spelt in _QUARTERS if _MAY_BE_QUARTER.search(low) else ():
        if match := spelt.search(text):
            found.quarters[quarter] = match[0]
            text = spelt.sub(" ", text)
    for match in _HOUR.finditer(text):
        found.hours[_minutes(match)] = match[0].strip()
    for match in _NOON.finditer(text):
        found.hours[_HALF_DAY if match[1] else 0] = match[0]
    found.parts_of_day = {
        part: match[0] for part, spelt in enumerate(_PARTS_OF_DAY) if (match := spelt.search(text)) is not None
    }
    for match in _PART_OF_MONTH.finditer(text):
        found.parts_of_month[(match.lastindex or 0) - 1] = match[0]
    text = _HOUR.sub(" ", text)
    for by, unit, spelt in _RELATIVE if _IN_RELATIVE.search(low) else ():
        if match := spelt.search(text):
            found.relative[10 * unit + by] = match[0]
    found.until_end = {
        _month(name) for name in (_AT_END if _STOPS.search(low.replace("end of", "")) else _TO_END).findall(text)
    }
    found.begins = {_month(name) for name in _FROM_MONTH.findall(text)}
    text = _ISO.sub(lambda m: add(m[0], (m[3], m[2]), rest=m[1]), text)
    text = _FIGURES.sub(lambda m: add(m[0], (m[1], m[2]), (m[2], m[1]), rest=m[3] if len(m[3]) == 4 else " "), text)
    text = _DAY_AND_MONTH.sub(lambda m: m[1] + add(m[0], (m[2], m[3])), text)
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
    for match in _AGO.finditer(text):
        days = _SMALL_NUMBERS[match[1].lower()] * (7 if match[2].lower() == "week" else 1)
        found.weekdays[_YESTERDAY if days == 1 else _AGO_FROM + days] = match[0]
    found.weekdays |= {_DAYS[name]: name for name in _HAN_DAYS.findall(text)}
    return found, _HAN_MONTH.sub(" ", text)


def _with_half_of_day(match: re.Match[str]) -> str:
    spelt, morning, night = match.groups()
    hour = _HOURS.get(spelt.lower()) or int(spelt)
    is_early = morning or (night and hour % 12 * 60 < _NIGHTFALL)
    return f"{hour} {'a' if is_early else 'p'}m {match[0][len(spelt) :]}"


def _half_past(match: re.Match[str]) -> str:
    half, to, german_half, german_to, spelt, morning, afternoon, night = match.groups()
    hour = _HOURS.get(spelt.lower()) or (int(spelt) if spelt.isdecimal() else 0)
    if not hour:
        return match[0]
    minutes = 30 if half else -30 if german_half else -15 if to or german_to else 15
    since_twelve = (hour % 12 * 60 + minutes) % _HALF_DAY
    if not (morning or afternoon or night):
        return " "  # It may be either half of the day.
    is_late = afternoon or (night and since_twelve >= _NIGHTFALL)
    whole = since_twelve + (_HALF_DAY if is_late else 0)
    return f"{whole // 60:02d}:{whole % 60:02d} uhr"  # so that the German “am” after it is no a.m.


def _minutes(match: re.Match[str]) -> int:
    hour, minutes, half, hour_of_24, minutes_of_24, hour_alone = match.groups()
    if half:
        return int(hour) % 12 * 60 + int(minutes or 0) + (_HALF_DAY if half.lower() == "p" else 0)
    return int(hour_of_24 or hour_alone) * 60 + int(minutes_of_24 or 0)


def _month(name: str) -> int:
    return _MONTHS.get(name.lower()) or _SHORT[name.lower()]


def _only(here: dict[int, str], there: dict[int, str]) -> list[str]:
    return [word for number, word in here.items() if number not in there]


def _no_days_of(days: dict[Day, str], others: dict[Day, str]) -> list[str]:
    return [word for day, word in days.items() if all(day.isdisjoint(other) for other in others)]
