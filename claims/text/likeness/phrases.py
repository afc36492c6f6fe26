"""Phrases that say a number without its usual words: “two dozen”, “sixty-one”, “half a percent”, “the top tenth of earners”."""

import re
from collections.abc import Callable
from decimal import Decimal

from claims.text.likeness.words import NUMBERS, ORDINALS

_PERCENT = r"(?=per ?cent|percentage|prozent|pour ?cent|por ciento|per cento|por cento|points?\b|punt|pont)"
_HALF = (
    rf"\b(?:half (?:an? |of an? |of (?:one|1) )|halbe[mnrs]? |demi[- ]|medio |mezzo |meio ){_PERCENT}"
    rf"|\b(?P<quarter>quarter (?:of )?(?:an? |one |1 )){_PERCENT}"
)
_SMALL = {word: int(value) for word, value in NUMBERS.items() if value % 1 == 0 and 2 <= value <= 20}
_TENS = {word: int(value) for word, value in NUMBERS.items() if value in range(20, 100, 10)}
# Of these, “cent” counts hundreds.
_FRENCH = {"deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"}
_DOZENS = rf"\b({'|'.join(_SMALL)}|\d{{1,3}}) (?:dozens?|dutzend|douzaines?|docenas?|dozzine|d[uú]zias?)\b(?: (?:of|de|di)\b)?"
# “One” alone is a pronoun too.
_AND_ONE = rf"\b({'|'.join(_TENS)})(?:[-‐‑ ](?:and|et|y|e)[-‐‑ ]|[-‐‑ ])(?:one|une?|un[oa]|uma?)\b"
_PAIR = r"\ba pair of (?!boots|gloves|glasses|jeans|pants|scissors|shoes|socks|trousers)"
_CENTS = rf"\b({'|'.join(_SMALL.keys() - _FRENCH)})(?= (?:euro[ -]?)?(?:cents?|céntimos|cêntimos|centavos)\b)"
_AMOUNT = rf"({'|'.join(_SMALL | _TENS)}|\d{{1,4}})"
_DOLLARS_AND_CENTS = (
    rf"\b{_AMOUNT} (dollars?|euros?|pounds?|francs?)(?: (?:and|und|et|y|con))? {_AMOUNT}"
    r" (?:cents?|pence|centimes|céntimos)\b"
)
_LAST_YEAR = (
    r"\b(past|last|previous|preceding|letzten|vergangenen) (?:12|twelve|zwölf) (?:months|monaten?)\b"
    r"|\b(?:12|douze) derniers mois\b"
)
# “$200m” are millions.
_METRES = (
    r"(?<![\w.,$€£¥₹])(?<![$€£¥₹] )(\d[\d.,]{0,6}) ?m(?=[ -](?:backstroke|breaststroke|butterfly|dash|deep|freestyle|high|hurdles|long"
    r"|medley|relay|sprint|tall|thick|wide)\b)"
)
_SHARE = (
    r"\b(?:top|bottom|richest|poorest|wealthiest|largest|biggest|smallest|highest|lowest|best-paid|worst-paid)"
    rf" ({'|'.join(ORDINALS)})(?= of\b)"
)


def _whole(written: str) -> int:
    return int(written) if written.isdecimal() else (_SMALL | _TENS)[written]


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(_HALF), lambda found: "0.25 " if found["quarter"] else "0.5 "),
    (re.compile(_DOZENS), lambda found: f"{12 * int(_SMALL.get(found[1], found[1]))}"),
    (re.compile(_DOLLARS_AND_CENTS), lambda found: f"{_whole(found[1])}.{_whole(found[3]):02d} {found[2]}"),
    (re.compile(_LAST_YEAR), lambda found: f"{found[1] or 'last'} year"),
    (re.compile(_AND_ONE), lambda found: f"{_TENS[found[1]] + 1}"),
    (re.compile(_PAIR), lambda _: "2 "),
    (re.compile(_CENTS), lambda found: f"{_SMALL[found[1]]}"),
    (re.compile(_METRES), lambda found: f"{found[1]} metres"),
    (re.compile(_SHARE), lambda found: f"{round(100 / Decimal(ORDINALS[found[1]]), 1):f}%"),
)


def in_figures(text: str) -> str:
    """Return a text, in lower case, with these phrases in figures."""
    for phrase, figures in _RULES:
        text = phrase.sub(figures, text)
    return text
