"""The language of the `q` parameter: words, "exact phrases", -word or -"phrase" to exclude, word* for a prefix.

Parsing never raises: whatever is none of these is read as words. PostgreSQL decides what a word is and in which forms it is
searched (migration 0001_search).
"""

import re
import unicodedata
from typing import NamedTuple

# Quotation marks of all keyboards, word processors and publishers. Any of them begins or ends a phrase.
_MARKS = '"“”„‟«»「」『』〝〞〟'
_TERM = re.compile(rf"(-?)[{_MARKS}]([^{_MARKS}]*)[{_MARKS}]?|(-?)([^\s{_MARKS}]+)")
# 1 500: groups of figures are one number.
_GROUPS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[ \u00a0\u2007\u2009\u202f]\d{3})+(?!\d)")
_ENDLESS = re.compile(r"(\S{200})\S+")
# Wide forms of Asian keyboards. PostgreSQL's text has no U+0000.
_AS_TYPED = str.maketrans({"＂": '"', "＊": "*", "－": "-", "\0": " "})
MAX_TERMS = 32
MAX_LENGTH = 2000  # code points; the rest is ignored


class Term(NamedTuple):
    """One condition: words next to each other, or the beginning of a word."""

    text: str
    prefix: bool
    negated: bool


def parse(query: str) -> list[Term]:
    """Return at most MAX_TERMS terms, all of which must hold."""
    # Lone surrogates cannot be encoded in UTF-8, and a tsquery cannot hold words of two kilobytes.
    clean = query[:MAX_LENGTH].translate(_AS_TYPED).encode("utf-8", "ignore").decode()
    # An invisible character before a quotation mark or minus sign would hide it.
    clean = "".join(character for character in clean if unicodedata.category(character) != "Cf")
    clean = _GROUPS.sub(lambda number: ",".join(number[0].split()), _ENDLESS.sub(r"\1", clean))
    terms = []
    for match in _TERM.finditer(clean):
        phrase_minus, phrase, word_minus, word = match.groups()
        text = phrase if phrase is not None else word
        if _has_word(text):
            prefix = phrase is None and text.endswith("*")
            terms.append(Term(text.rstrip("*") if prefix else text, prefix, bool(phrase_minus or word_minus)))
    return terms[:MAX_TERMS]


def _has_word(text: str) -> bool:
    """Return whether the text contains a letter, a digit, or a symbol such as an emoji."""
    return any(
        unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "So" for character in text
    )


def quoted(text: str) -> str:
    """Return the to_tsquery() operand for a word, safely quoted."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
