"""The language of the `q` parameter: words, "exact phrases", -word or -"phrase" to exclude, word* for a prefix.

It never raises: whatever cannot be read as one of these is taken as words.
"""

import re
from typing import NamedTuple

_TERM = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')
_ENDLESS = re.compile(r"(\S{200})\S+")
MAX_TERMS = 32
MAX_LENGTH = 2000  # code points; what comes after is not looked at


class Term(NamedTuple):
    """One condition: words that stand next to each other, or the beginning of one."""

    text: str
    prefix: bool
    negated: bool


def parse(query: str) -> list[Term]:
    """Return at most MAX_TERMS terms, all of which must hold."""
    # PostgreSQL's text has no U+0000, lone surrogates have no UTF-8, and a tsquery has no room for words of two kilobytes.
    clean = query[:MAX_LENGTH].replace("\0", " ").encode("utf-8", "ignore").decode()
    clean = _ENDLESS.sub(r"\1", clean)
    terms = []
    for match in _TERM.finditer(clean):
        phrase_minus, phrase, word_minus, word = match.groups()
        text = phrase if phrase is not None else word
        prefix = phrase is None and text.endswith("*") and re.search(r"\w", text)
        if re.search(r"\w", text):
            terms.append(Term(text.rstrip("*") if prefix else text, bool(prefix), bool(phrase_minus or word_minus)))
    return terms[:MAX_TERMS]


def quoted(text: str) -> str:
    """Return the to_tsquery() operand for a word, safely quoted."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def quoted_prefix(text: str) -> str:
    """Return the to_tsquery() operand that matches every word starting with `text`, safely quoted."""
    return f"{quoted(text)}:*"
