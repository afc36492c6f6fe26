"""The numbers of a text in one spelling, whether they are in figures or in words: 1.5 million is 1500000, a half is 50%."""

import re
import unicodedata
from decimal import Decimal

from claims.text.likeness import periods, phrases
from claims.text.likeness.measures import UNITS, Measures
from claims.text.likeness.words import FRACTIONS, NUMBERS, ORDINALS, SCALES, words
from claims.text.units import HAN_NUMERALS

_FIGURE = r"\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<figure>(?<![^\W\d_\u3041-\u30ff\u3400-\u9fff])(?:{_FIGURE}))|(?P<word>[^\W\d_]+)|(?P<sign>[%٪])|(?P<joint>[-‐‑])|(?P<other>[^\s])"
)
_GROUPS = re.compile(r"(?<=\d)[.,'’ ](?=\d{3}(?!\d))")
_HAN_PERCENT = re.compile(rf"百分之([{HAN_NUMERALS}]+|\d[\d.]*)")
_HAN_SCALE = re.compile(r"(\d[\d.,]{0,20}+)\s?([万萬亿億])")
# One Han numeral alone is part of many words, so it counts before a word for what is counted.
_HAN = re.compile(
    rf"[{HAN_NUMERALS}]{{2,40}}|[二三四五六七八九十两兩](?=[个個名人位座条條年月日次倍家天岁歲元架辆輛所项項种種只隻艘])"
)
_HAN_DIGITS = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8, "兆": 10**12}
_ONLY_IN_SHARES = {"due": 2, "neuf": 9}  # “due” is English too, and “neuf” is new
# Shares: “one in four”, “une école sur deux”, “uno de cada cinco”, “jede zweite Brücke”, “every third pupil”
_SMALL = "|".join(
    sorted(
        {"1", "one", "une?", "un[oa]", "eine?[rs]?", *_ONLY_IN_SHARES, "один", "одна", "واحد", "واحدة"}
        | {w for w, n in NUMBERS.items() if 2 <= n <= 20 and n % 1 == 0},
        key=len,
    )[::-1]
)
_TIMES = (
    "days? weeks? months? years? hours? tagen? wochen? monaten? jahren? stunden? jours? semaines? mois ans?"
    " días? semanas? meses años?"
)
_OF_TIME = rf"(?!\s(?:{_TIMES.replace(' ', '|')})\b)"
_SHARE = re.compile(
    rf"\b(?P<some>{_SMALL}|\d)\s(?:[^\W\d_]+\s)?(?:in(?:\severy)?|(?:out\s)?of(?:\severy)?|sur|de\scada|su|von(?:\sje)?|из|من\sكل)"
    rf"\s(?P<all>{_SMALL}|1?\d|20|100|1000)\b(?![.,]?\d|\s?%){_OF_TIME}"
)
# “Un habitant de la ville sur cinq”
_SHARE_APART = re.compile(rf"\bune?\s(?:[^\W\d_]+[\s'’]){{2,5}}sur\s(?P<all>{_SMALL}|1?\d|20|100)\b")
_EACH = re.compile(
    rf"\b(?:every|jede[rmns]?|кажд(?:ый|ая|ое|ого|ой|ую|ому|ом))\s(?P<ordinal>second|zweite[rmns]?|втор(?:ой|ая|ое|ую|ого)|[^\W\d_]+)\b{_OF_TIME}"
)
# “a third of” and “one third”, but not “a third bridge”
_PARTS = ORDINALS | {"quarto": 4.0, "cuarto": 4.0}
_PART = re.compile(
    rf"\b(?:one[\s-]({'|'.join(ORDINALS)})\b|a[\s-]({'|'.join(ORDINALS)})(?=\s(?:of|less|more|fewer|higher|lower|since|within|in|by|"
    rf"from|over|to|and|or|than|between|during|compared|across|under|below|above)\b|\s*[.,;:!?)]|\s*$)|(?:un[ao]?|uma?)\s({'|'.join(_PARTS)})(?=\sd))"
)
_SECOND = re.compile(r"second\Z|zweite[rmns]?\Z|втор")
# “from 1.2 to 1.4 million”
_FROM_TO = re.compile(
    r"(?P<from>\b(?:from|von|de|da|с) )?(?<![\d.,])(?P<low>\d{1,3}(?:[.,]\d{1,2})?)"
    r"(?P<to> (?:to|and|bis|auf|à|a|y|e|et|und) | ?[-–—] ?)(?P<high>\d{1,3}(?:[.,]\d{1,2})?)"
    rf"(?P<scale> ?(?:{'|'.join(sorted((word for word, n in SCALES.items() if n >= 1000 and len(word) > 1), key=len)[::-1])})\b)"
)
# “from 12 to 10 percent”
_FROM_TO_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)(?= (?:to|bis|auf|à|al?|до) \d{1,3}(?:[.,]\d{1,2})?"
    r" ?(?:%|(?:per ?cent|prozent|pour cent|por ciento|per cento|por cento|процент[а-я]{0,3})\b))"
)
# “2/3”, but not “24/7” or “9/11”
_SLASH = re.compile(r"(?<![\w/.,])([1-9])/([2-9]|10)(?![\w/]|[.,]\d)")
# “Medio millón”, “un demi-million”
_HALF_SCALE = re.compile(r"\b(?:demi|medio|mezzo|meio)[ -](?=mil(?!le?\b)|mrd)")
# The names of things have numbers which count nothing: F-16, Covid-19, H5N1.
_DESIGNATION = re.compile(
    r"(?<![^\W_])(?<![-‐‑./])(?P<letters>[A-Z]{1,5}|[A-Z][a-z]|Covid|covid)(?P<digits>[-‐‑]?\d{1,3}(?:[A-Z]\d?)?)"
    r"(?![^\W_]|[.,:/%‐‑-]?\d|[%$€£])"
)
_BELOW_ZERO = re.compile(
    r"(?:\b(?:minus|moins|menos|meno) |(?<![\w.,)%°])(?<!\d )[-−–])(\d{1,3}(?:[.,]\d)?)(?=\s?(?:°|degr|grad|celsius))"
    r"|\b(\d{1,3}(?:[.,]\d)?) ?(?:°|degrees?|grad|degrés|grados|gradi)? ?[cf]?\b ?"
    r"(?:below zero|unter null|au-dessous de zéro|bajo cero|sotto zero)"
)
_COUNTING_LETTERS = {"eur", "usd", "gbp", "chf", "jpy", "rs", "us", "no", "nr", "q", "t"}
_IN_A_HUNDRED = re.compile(r"(?<=\bone in )a (hundred|thousand)\b")
_ONE_PERCENT = re.compile(
    r"\b(?:one|eine?|un|uno|um)(?= (?:per ?cent|prozent|pour cent|por ciento|per cento|por cento)\b)"
)
# “cent écoles”, but not “per cent”, “pour cent” or “not a cent”
_CENT = re.compile(r"(?<!per )(?<!pour )(?<!a )(?<!one )(?<!last )(?<!\d )\bcent(?=\s[^\W\d_]{3})(?!\smille)")
_IN_ROW = {**ORDINALS, "second": 2}
_ORDINAL = "|".join(sorted(_IN_ROW, key=len, reverse=True))
_IN_A_ROW = re.compile(
    rf"\b({_ORDINAL})(?=\s(?:(?:consecutive|straight|successive)\b|[^\W\d_]+ (?:in a row|running|in folge|d'affilée|de suite)\b))"
)
# A length: “€3 m” and “3m people” are millions.
_SQUARES = re.compile(r"\b[kcm]?m[23]\b")  # “m³”
_METRES = re.compile(
    r"(?<![\d.,])([$€£¥₹]\s?)?(\d[\d.,]{0,20}+) m\b(?!\s(?:euros?|dollars?|pounds|crowns|people)\b|\s?[$€£¥₹])"
)
_CENTS = re.compile(r"(?<![\d.,])(\d{1,2}) (?:euro[ -]?)?(?:cents?|céntimos|cêntimos|centimes|centesimi)\b")
_YEAR = re.compile(r"(?<![\d.,$€£¥₹])(?<![$€£¥₹]\s)(?:1[5-9]|20)\d\d(?![.,]?\d|\s?[%$€£¥₹])")
_ORDINAL_ENDINGS = {"st", "nd", "rd", "th"}
_ARTICLES = {"a", "an", "of", "une", "eine", "un"}
_JOINTS = {"-", "‐", "‑"}
_AND = {"and", "und", "et", "y", "e"}
_HALVES = words("half")
_OF_PARTS = {"parte", "partie"}
_THOUSANDS = re.compile(r"([a-zäöü]*)tausend([a-zäöü]*)|([a-zé]+)mila([a-zé]*)")  # German, and Italian “tremila”
_PERCENT, _PER, _HUNDRED = words("percent"), words("per"), words("hundred")
_ONLY_AFTER_DIGITS = words("only_after_digits")
_RECURRING = {f"{round(100 * some / of, 1)}%" for of in (3, 6, 7, 9) for some in range(1, of) if 100 * some % of}
_FRENCH_HUNDRED = {"cent", "cents"}
_FRENCH_UNITS = {"deux", "trois", "quatre", "cinq", "sept", "huit"}
_SIGNS = {"$", "€", "£", "¥", "₹", "₽"}
_BETWEEN, _MOST_BETWEEN = {"-", "‐", "‑", "de", "d", "di", "of", "'", "’", "us"}, 3
_MOST_SCALES = 2  # of one number


def numbers(text: str) -> set[str]:
    """Return the numbers of a text: without grouping marks, with a decimal point and an attached percent sign.

    “One” is left out, since it is a pronoun too. Ordinals end with a full stop.
    """
    return {*measured(text)}


def measured(text: str) -> Measures:
    """Return the numbers of a text, each with the units beside it."""
    text = _DESIGNATION.sub(_without_designation, unicodedata.normalize("NFKC", text)).casefold()
    text = periods.in_years(phrases.in_figures(text))
    text = _SLASH.sub(_slash, _HALF_SCALE.sub("0.5 ", text))
    text = _FROM_TO_PERCENT.sub(r"\1 %", _FROM_TO.sub(_from_to, text))
    text = _CENT.sub("100", _ONE_PERCENT.sub("1", text))
    text = _SHARE_APART.sub(r"un sur \g<all>", text)
    text = _SHARE.sub(_share, _IN_A_HUNDRED.sub(lambda found: "100" if found[1] == "hundred" else "1000", text))
    text = _EACH.sub(_each, text)
    text = _PART.sub(lambda found: f" {_plain(round(100 / Decimal(_PARTS[found[found.lastindex or 0]]), 1))}% ", text)
    text = periods.in_figures(text)
    text = _IN_A_ROW.sub(lambda found: f"{_IN_ROW[found[1]]:g}", text)
    text = _SQUARES.sub(" metres ", text)
    text = _METRES.sub(lambda found: found[0] if found[1] else f"{found[2]} metres", text)
    text = _CENTS.sub(lambda found: f" {_plain(Decimal(found[1]) / 100)} ", text)
    text = _HAN_PERCENT.sub(lambda found: f" {_han(found[1])}% ", text)
    text = _HAN_SCALE.sub(lambda found: f" {_plain(_value(found[1]) * _HAN_GROUPS[found[2]])} ", text)
    text = _HAN.sub(lambda found: f" {_han(found[0])} ", text)
    return _Reader([(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(text)]).read()


def designations(text: str) -> dict[str, set[str]]:
    """Return the figures by which things of one name are told apart: 16 and 35 for F-16 and F-35."""
    found: dict[str, set[str]] = {}
    for match in _DESIGNATION.finditer(unicodedata.normalize("NFKC", text)):
        if (letters := match["letters"].casefold()) not in _COUNTING_LETTERS:
            found.setdefault(letters, set()).add(match["digits"].lstrip("-‐‑"))
    return found


def below_zero(text: str) -> set[str]:
    """Return the temperatures of a text that are below zero: 12 for “minus 12 degrees”."""
    return {_plain(_value(found[1] or found[2])) for found in _BELOW_ZERO.finditer(text.casefold())}


def without_rounded(these: set[str], those: set[str]) -> set[str]:
    """Return `these` without the shares that `those` have in the other spelling: 33% or 34% for “a third”, which is 33.3%."""
    return {
        number
        for number in these
        if not any(_is_rounded(*pair) for that in those for pair in ((number, that), (that, number)))
    }


def _is_rounded(share: str, percent: str) -> bool:
    if share not in _RECURRING or not re.fullmatch(r"\d{1,2}%", percent):
        return False
    return abs(Decimal(share[:-1]) - Decimal(percent[:-1])) < 1


def years(text: str) -> set[str]:
    """Return the numbers of a text that may be years. “1,850” and “$1850” are none."""
    return set(_YEAR.findall(unicodedata.normalize("NFKC", text)))


class _Reader:
    """Reads the numbers of a list of tokens from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def read(self) -> Measures:
        found: Measures = {}
        while self.at < len(self.tokens):
            kind, token = self.tokens[self.at]
            before = self.peek(-1) if self.at else ""
            self.at += 1
            number = self.figure(token) if kind == "figure" else self.in_words(token) if kind == "word" else ""
            if number:
                found.setdefault(number, set()).update(self.units(before))
        return found

    def in_words(self, token: str) -> str:
        if token in FRACTIONS:
            return _fraction(Decimal(1), token)
        if token in ORDINALS and self.peek() in _OF_PARTS:  # la tercera parte
            self.at += 1
            return f"{_plain(round(100 / Decimal(ORDINALS[token]), 1))}%"
        if token in ORDINALS and token not in NUMBERS:
            return f"{ORDINALS[token]:g}."
        if compound := _THOUSANDS.fullmatch(token):
            parts = [part or "" for part in compound.groups()]
            head, tail = (
                Decimal(str(NUMBERS.get(part, _ONLY_IN_SHARES.get(part, 0))))
                for part in (parts[0] or parts[2], parts[1] or parts[3])
            )
            return _plain((head or 1) * 1000 + tail) if head or tail else ""
        if token in NUMBERS or (token in SCALES and token not in _ONLY_AFTER_DIGITS):
            self.at -= 1
            return self.phrase()
        return ""

    def units(self, before: str) -> set[str]:
        """Return what the number that was just read counts: “$3”, “3 dollars”, “3 millions de dollars”."""
        ahead = 0
        while ahead < _MOST_BETWEEN and self.peek(ahead) in _BETWEEN:
            ahead += 1
        return {unit for unit in (before if before in _SIGNS else "", self.peek(ahead)) if unit in UNITS}

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][1] if self.at + ahead < len(self.tokens) else ""

    def figure(self, token: str) -> str:
        value = _value(token)
        if self.peek() in _ORDINAL_ENDINGS:
            self.at += 1
            return f"{_plain(value)}."
        for _ in range(_MOST_SCALES):
            if self.peek() in SCALES:
                value *= Decimal(SCALES[self.peek()])
                self.at += 1
        return _plain(value) + self.percent()

    def phrase(self) -> str:
        """Read a number in words, such as “two hundred and fifty thousand”."""
        total, current, last = Decimal(0), Decimal(0), Decimal(0)
        first = self.at
        while True:
            word = self.peek()
            if word in NUMBERS and self.continues(Decimal(str(NUMBERS[word])), last, first):
                value = Decimal(str(NUMBERS[word]))
                current = current * value if current == 4 and value == 20 else current + value
                last = value
                self.at += 1
                for articles in (1, 2):  # half a million, a quarter of a million
                    between = {self.peek(ahead) for ahead in range(articles)}
                    if value < 1 and between <= _ARTICLES and self.peek(articles) in SCALES:
                        self.at += articles
            elif word in SCALES and word not in _ONLY_AFTER_DIGITS:
                scale = Decimal(SCALES[word])
                if scale == 100:
                    current = (current or 1) * scale
                elif 1000 <= last < scale and not current:
                    total *= scale  # dos mil millones
                else:
                    total, current = total + (current or 1) * scale, Decimal(0)
                last = scale
                self.at += 1
            elif word in _FRENCH_HUNDRED and self.peek(-1) in _FRENCH_UNITS:
                current, last = current * 100, Decimal(100)
                self.at += 1
            elif self.at > first and (ahead := self.half_ahead(word)):
                # “two and a half”, “un milliard et demi”
                half, last = Decimal("0.5") * (1 if current else last), Decimal("0.5")
                total, current = (total, current + half) if current else (total + half, current)
                self.at += ahead
            elif self.at > first and self.joins(word, last):
                self.at += 1
            else:
                break
        value = total + current
        if self.peek() in _JOINTS and self.peek(1) in FRACTIONS:  # two-thirds
            self.at += 1
        if self.peek() in FRACTIONS:  # two thirds
            self.at += 1
            return _fraction(value, self.tokens[self.at - 1][1])
        if value < 1:
            return f"{_plain(value * 100)}%"
        return _plain(value) + self.percent()

    def continues(self, value: Decimal, last: Decimal, first: int) -> bool:
        """Return whether this word goes on with the number that was read so far."""
        return (
            self.at == first
            or last >= 100
            or (last >= 20 and value < 20 and last % 10 == 0)
            or (last == 4 and value == 20)
            or (last == 10 and value in (7, 8, 9))  # dix-sept
        )

    def half_ahead(self, word: str) -> int:
        """Return how many tokens “and a half” has from here, or 0."""
        if word not in _AND:
            return 0
        return next(
            (
                ahead + 1
                for ahead in (1, 2)
                if self.peek(ahead) in _HALVES and (ahead == 1 or self.peek(1) in _ARTICLES)
            ),
            0,
        )

    def joins(self, word: str, last: Decimal) -> bool:
        following = self.peek(1)
        if word in _JOINTS:
            return following in NUMBERS and last >= 4
        return word in _AND and following in NUMBERS and last >= 20 and NUMBERS[following] >= 1

    def percent(self) -> str:
        word = self.peek()
        if word == "%" or word == "٪" or word in _PERCENT:
            self.at += 1
            return "%"
        if word in _PER and self.peek(1) in _HUNDRED:
            self.at += 2
            return "%"
        return ""


def _without_designation(found: re.Match[str]) -> str:
    return found[0] if found["letters"].casefold() in _COUNTING_LETTERS else f"{found['letters']} "


def _slash(found: re.Match[str]) -> str:
    some, every = Decimal(found[1]), Decimal(found[2])
    return f" {_plain(round(100 * some / every, 1))}% " if some < every else found[0]


def _from_to(found: re.Match[str]) -> str:
    before, low, to, high, scale = found.group("from", "low", "to", "high", "scale")
    return f"{before or ''}{low}{scale}{to}{high}{scale}" if before or _value(low) <= _value(high) else found[0]


def _value(figure: str) -> Decimal:
    bare = figure if figure.startswith(("0.", "0,")) else _GROUPS.sub("", figure)
    return Decimal(re.sub(r"[^\d.]", "", bare.replace(",", ".").rstrip(".")))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fraction(value: Decimal, word: str) -> str:
    return f"{_plain(round(100 * value / Decimal(FRACTIONS[word]), 1))}%"


def _share(found: re.Match[str]) -> str:
    """Return “one in four” as 25%, and anything else as it is."""
    some, every = _small(found["some"]), _small(found["all"])
    return f" {_plain(round(100 * some / every, 1))}% " if some < every else found[0]


def _each(found: re.Match[str]) -> str:
    """Return “every third” as 33.3%."""
    ordinal = found["ordinal"]
    known = 2.0 if _SECOND.match(ordinal) else ORDINALS.get(ordinal, ORDINALS.get(re.sub("[rmns]$", "", ordinal), 0))
    return f" {_plain(round(100 / Decimal(known), 1))}% " if known else found[0]


def _small(word: str) -> Decimal:
    return Decimal(word) if word.isdecimal() else Decimal(str(NUMBERS.get(word, _ONLY_IN_SHARES.get(word, 1))))


def _han(numeral: str) -> str:
    """Return a number in Han numerals in figures."""
    if numeral[0].isdecimal():
        return numeral
    total, group, digit = 0, 0, 0
    for char in numeral:
        if char in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[char]
        elif char in _HAN_UNITS:
            group, digit = group + (digit or 1) * _HAN_UNITS[char], 0
        else:
            total, group, digit = total + (group + digit or 1) * _HAN_GROUPS[char], 0, 0
    return str(total + group + digit)
