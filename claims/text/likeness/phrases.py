"""Phrases that say a number without its usual words: “two dozen”, “sixty-one”, “half a percent”, “the top tenth of earners”."""

import re
from collections.abc import Callable
from decimal import Decimal

from claims.text.likeness.measures import UNITS
from claims.text.likeness.words import NUMBERS, ORDINALS

_MEASURED = {"time", "months", "length", "weight", "volume"}
_PERCENT = r"(?=per ?cent|percentage|prozent|pour ?cent|por ciento|per cento|por cento|points?\b|punt|pont)"
_HALF = (
    rf"\b(?:half (?:an? |of an? |of (?:one|1) )|halbe[mnrs]? |demi[- ]|medio |mezzo |meio ){_PERCENT}"
    rf"|\b(?P<quarter>quarter (?:of )?(?:an? |one |1 )){_PERCENT}"
)
_UNITS = "|".join(
    sorted((unit for unit, of in UNITS.items() if len(unit) > 1 and unit.isascii() and of.kind in _MEASURED), key=len)[
        ::-1
    ]
)
_WORDS_BELOW_100 = [word for word, value in NUMBERS.items() if value % 1 == 0 and 2 <= value < 100]
# “Half a centimetre”, “three quarters of an hour”
_PART_OF_UNIT = (
    r"\b(?:half (?:of )?(?!an? (?:hour|year|decade))"
    rf"|(?:(?P<three>three )|an? )?(?P<quarter>quarters? )(?:of )?)an? (?=(?:{_UNITS})\b)"
    rf"|\b(?:halbe[mnrs]?|medi[oa]|mezz[oa]|demi[ -]) ?(?=(?:{_UNITS})\b)(?!stunde|jahr|hora|ora\b|heure|año)"
)
_PENCE = rf"(?<![\w.,£])(\d{{1,2}}(?= ?p\b| ?pence\b)|(?:{'|'.join(_WORDS_BELOW_100)})(?= pence\b)) ?(?:p|pence)\b"
_YEARS_OLD = r"\b([a-zäöüß]{3,30})jährig[a-z]{1,2}\b"
_ONE_AND_A_HALF = r"\b(?:one|1)[- ]and[- ]a[- ]half\b"
_SMALL = {word: int(value) for word, value in NUMBERS.items() if value % 1 == 0 and 2 <= value <= 20}
# Of these, “cent” counts hundreds.
_FRENCH = {"deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"}
_TENS = {word: int(value) for word, value in NUMBERS.items() if value in range(20, 100, 10)}
_GRAND = rf"\b(one|{'|'.join(_SMALL | _TENS)}|hundred|\d{{1,3}}) ?grand\b(?! (?:piano|jury|mosque|prix|slam|final|opening|canyon))"
# “From one to two million”
_FROM_WORD = (
    rf"\bfrom (one|{'|'.join(_SMALL)}) (?=to (?:{'|'.join(_SMALL)}) (million|billion|trillion|thousand|hundred)\b)"
)
_TWO_OR_MORE = r"\b(?:two|2) or more\b(?! (?:per ?cent|million|billion|thousand|hundred)\b)"
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


# Each rule with words of which one is in every text that it changes, since most texts have none of them.
_RULES: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        ("p",),
        re.compile(_PENCE),
        lambda found: f"£0.{int(found[1]) if found[1].isdecimal() else int(NUMBERS[found[1]]):02d}",
    ),
    (
        ("jährig",),
        re.compile(_YEARS_OLD),
        lambda found: f"{NUMBERS[found[1]]:g} jahre" if found[1] in NUMBERS else found[0],
    ),
    ((" a half", "-a-half"), re.compile(_ONE_AND_A_HALF), lambda _: "1.5"),
    (
        ("half", "quarter", "halb", "medi", "mezz", "demi"),
        re.compile(_PART_OF_UNIT),
        lambda found: "0.75 " if found["three"] else "0.25 " if found["quarter"] else "0.5 ",
    ),
    (("from ",), re.compile(_FROM_WORD), lambda found: f"from {_SMALL.get(found[1], 1)} {found[2]} "),
    (("grand",), re.compile(_GRAND), lambda found: f"{1 if found[1] == 'one' else found[1]} thousand"),
    (("fiver",), re.compile(r"\ba fiver\b"), lambda _: "5"),
    (("tenner",), re.compile(r"\ba tenner\b"), lambda _: "10"),
    (("or more",), re.compile(_TWO_OR_MORE), lambda _: "more than one"),
    (
        ("half", "quarter", "halb", "medio", "mezzo", "meio", "demi"),
        re.compile(_HALF),
        lambda found: "0.25 " if found["quarter"] else "0.5 ",
    ),
    (
        ("dozen", "dutzend", "douzaine", "docena", "dozzin", "duzia", "dúzia"),
        re.compile(_DOZENS),
        lambda found: f"{12 * int(_SMALL.get(found[1], found[1]))}",
    ),
    (
        ("cent", "pence", "cént"),
        re.compile(_DOLLARS_AND_CENTS),
        lambda found: f"{_whole(found[1])}.{_whole(found[3]):02d} {found[2]}",
    ),
    (
        ("12", "twelve", "zwölf", "douze"),
        re.compile(_LAST_YEAR),
        lambda found: f"{found[1] or 'last'} year",
    ),
    (("one", "un", "um"), re.compile(_AND_ONE), lambda found: f"{_TENS[found[1]] + 1}"),
    (("a pair of",), re.compile(_PAIR), lambda _: "2 "),
    (("cent", "cént", "cênt"), re.compile(_CENTS), lambda found: f"{_SMALL[found[1]]}"),
    (("m",), re.compile(_METRES), lambda found: f"{found[1]} metres"),
    (("of",), re.compile(_SHARE), lambda found: f"{round(100 / Decimal(ORDINALS[found[1]]), 1):f}%"),
)


def in_figures(text: str) -> str:
    """Return a text, in lower case, with these phrases in figures."""
    for needed, phrase, figures in _RULES:
        if any(word in text for word in needed):
            text = phrase.sub(figures, text)
    return text
