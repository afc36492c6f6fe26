"""Stretches of time that have names of their own: half an hour is 30 minutes, and the sixties begin in 1960."""

import re

from claims.text.likeness.measures import UNITS
from claims.text.likeness.words import NUMBERS

_SPANS = [
    (re.compile(r"\bhalf a decade\b"), "5 years"),
    (
        re.compile(r"\bhalf(?: an?)? hour\b|\bhalbe[rn]? stunde\b|\bdemi-heure\b|\bmedia hora\b|\bmezz['’]ora\b"),
        "30 minutes",
    ),
    (re.compile(r"\bhalf a year\b|\bhalbe[sn]? jahre?s?\b|\bmedio año\b"), "6 months"),
    (re.compile(r"\bun trimestre\b|\bein(?:em)? (?:quartal|vierteljahr)\b"), "3 months"),
    (re.compile(r"\ba fortnight\b|\bfortnight\b"), "2 weeks"),
    (
        re.compile(
            r"\bhalf (?:a|the) century\b|\bhalbes jahrhundert\b|\bdemi-siècle\b|\bmedio siglo\b|\bmeio século\b"
        ),
        "50 years",
    ),
    (
        re.compile(
            r"\b(?:a|the last|the past|one|per) century\b|\b(?:ein|einem) jahrhundert\b|\bun siècle\b|\bun siglo\b"
        ),
        "100 years",
    ),
    (
        re.compile(
            r"\b(?:a|the last|the past|one|per) decade\b|\b(?:ein|einem|eines|pro) jahrzehnts?\b|\b(?:une|la dernière) décennie\b"
            r"|\b(?:una|la última|última) década\b|\buma década\b|\bun decennio\b"
        ),
        "10 years",
    ),
    (re.compile(r"\bein(?:em|es)? jahre?s? und sechs monate\b|\bполтора года\b"), "1.5 years"),
    (re.compile(r"\b(?:un['’]ora e mezz[ao]|полтора часа)\b"), "90 minutes"),
    (re.compile(r"\bwithin (?:a|one) year\b"), "12 months"),
    # The second half of a year is another one.
    (re.compile(r"\berste[ns]? halbjahr\b|\bfirst half of (?=(?:the|this|last) year\b|\d{4}\b)"), "6 months"),
    (
        re.compile(
            r"\ba second time\b|\bein zweites mal\b|\bune (?:deuxième|seconde) fois\b|\buna segunda vez\b|\buna seconda volta\b"
        ),
        "2",
    ),
    (re.compile(r"\b(?:hourly|stündlich)\b"), "60 minutes"),
    (re.compile(r"\b(?:every|each|jede) (?:hour|stunde)\b"), "60 minutes"),
    (re.compile(r"\bseven days a week\b"), "daily"),
    (re.compile(r"\b(?:divisée?s? par deux|deux fois moins|dos veces menos|la metà)\b"), "50%"),
    (re.compile(r"\b(?:divisée?s? par trois|trois fois moins|tres veces menos)\b"), "33.3%"),
]
# “a day and a half”, “une heure et demie”, “hora y media”
_AND_A_HALF = re.compile(
    rf"\b(?:(?:an?|one|ein(?:e[mnrs]?)?|une?|una|uma?) )?({'|'.join(unit for unit in UNITS if unit.isalpha())}) (?:and a half"
    r"|und (?:ein halbes|eine halbe|einen halben)|et demie?|y medi[oa]|e mezz[oa]|e mei[oa])\b"
)
# “In the nineteenth century” is “in the 1800s”.
_CENTURIES = {
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty-first": 21,
}
_CENTURY = re.compile(rf"\b(?:({'|'.join(_CENTURIES)})|(1[5-9]|2[01])(?:st|th|\.)) (?:century|jahrhunderts?)\b")
_DECADES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
            "eighties": 1980, "nineties": 1990}  # fmt: skip
_DECADE = re.compile(rf"\b(?:the|nineteen)[ -](?:early |mid-?|late )?({'|'.join(_DECADES)})\b")
# “in the 1960s”, “in den sechziger Jahren”, “les années soixante”
_TENS = "|".join(sorted((word for word, n in NUMBERS.items() if 20 <= n <= 90 and n % 10 == 0), key=len)[::-1])
_TENS_OF_YEARS = re.compile(
    r"\b(?:(?P<figure>(?:19)?[2-9]0)['’]?(?:s\b|er\b(?:[ -]?jahren?\b)?|-(?:е|х) год)"
    rf"|(?P<german>{_TENS})er[ -]?jahren?\b"
    rf"|(?:années|años|anni|anos)(?: de)? (?P<after>[2-9]0|(?:soixante|quatre-vingt)-dix|quatre-vingts?|{_TENS})\b"
    r"|(?P<russian>двадцат|тридцат|сороков|пятидесят|шестидесят|семидесят|восьмидесят|девяност)ы[ехм]\b)"
)
_RUSSIAN_TENS = {"дв": 20, "тр": 30, "со": 40, "пя": 50, "ше": 60, "се": 70, "во": 80, "де": 90}
_FRENCH_TENS = {"soixante-dix": 70, "quatre-vingt": 80, "quatre-vingts": 80, "quatre-vingt-dix": 90}


def in_years(text: str) -> str:
    """Return a text in lower case with the year instead of “the sixties” in figures, and in German, French and other languages."""
    return _TENS_OF_YEARS.sub(_tens_of_years, text)


def in_figures(text: str) -> str:
    """Return a text with figures instead of words for stretches of time and decades."""
    for span, number in _SPANS:
        text = span.sub(f" {number} ", text)
    text = _AND_A_HALF.sub(r" 1.5 \1", text)
    text = _CENTURY.sub(lambda found: f" {100 * (_CENTURIES.get(found[1]) or int(found[2])) - 100} ", text)
    return _DECADE.sub(lambda found: f" {_DECADES[found[1]]} ", text)


def _tens_of_years(found: re.Match[str]) -> str:
    if russian := found["russian"]:
        return f" {1900 + _RUSSIAN_TENS[russian[:2]]} "
    tens = found["figure"] or found["german"] or found["after"]
    value = int(tens) if tens.isdecimal() else _FRENCH_TENS.get(tens) or int(NUMBERS[tens])
    return f" {value if value > 1900 else 1900 + value} "
