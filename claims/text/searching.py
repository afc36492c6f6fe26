"""The language of the `q` parameter: words, "exact phrases", -word or -"phrase" to exclude, word* for a prefix.

It never raises: whatever cannot be read as one of these is taken as words. What a word is, and in which forms it is looked
for, is PostgreSQL's part (migration 0001_search).
"""

import re
import unicodedata
from typing import NamedTuple

# As keyboards, text processors and houses write the marks of a phrase; any of them begins or ends one.
_MARKS = '"“”„‟«»「」『』〝〞〟'
_TERM = re.compile(rf"(-?)[{_MARKS}]([^{_MARKS}]*)[{_MARKS}]?|(-?)([^\s{_MARKS}]+)")
_ENDLESS = re.compile(r"(\S{200})\S+")
# Wide forms of Asian keyboards. PostgreSQL's text has no U+0000.
_AS_TYPED = str.maketrans({"＂": '"', "＊": "*", "－": "-", "\0": " "})
MAX_TERMS = 32
MAX_LENGTH = 2000  # code points; what comes after is not looked at


class Term(NamedTuple):
    """One condition: words that stand next to each other, or the beginning of one."""

    text: str
    prefix: bool
    negated: bool


def parse(query: str) -> list[Term]:
    """Return at most MAX_TERMS terms, all of which must hold."""
    # Lone surrogates have no UTF-8, and a tsquery has no room for words of two kilobytes.
    clean = query[:MAX_LENGTH].translate(_AS_TYPED).encode("utf-8", "ignore").decode()
    # Unseen characters would hide a mark or a minus sign that they stand before.
    clean = "".join(character for character in clean if unicodedata.category(character) != "Cf")
    clean = _ENDLESS.sub(r"\1", clean)
    terms = []
    for match in _TERM.finditer(clean):
        phrase_minus, phrase, word_minus, word = match.groups()
        text = phrase if phrase is not None else word
        if _has_word(text):
            prefix = phrase is None and text.endswith("*")
            terms.append(Term(text.rstrip("*") if prefix else text, prefix, bool(phrase_minus or word_minus)))
    return terms[:MAX_TERMS]


def _has_word(text: str) -> bool:
    """Whether there is a letter or a digit in it, or a symbol such as an emoji."""
    return any(
        unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "So" for character in text
    )


def quoted(text: str) -> str:
    """Return the to_tsquery() operand for a word, safely quoted."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
