"""Find who speaks where a verb interrupts a quotation inside its marks: « Les ambulances, raille Ann Roe, on les attend ».

French, Italian, Spanish and Portuguese need not close the marks before it. The quotation is one, with what interrupts it.
"""

import re

from claims.text.quotations.languages import Language

_CAPITAL = r"[^\W\d_a-zß-ÿ][\w.'’-]{1,30}"
_NAME = rf"{_CAPITAL}(?:[ \u00a0](?:d[eiu] |del |della |da |van |von |la )?{_CAPITAL}){{0,3}}"
# An article, a role and what it is of may stand before the name: “le maire de Gand Ann Roe”
_INCISE = re.compile(
    r"(?:,[ \u00a0]|[ \u00a0]?[—–]\s?)(?:(?:n'|a|ha|s'est|l'a)[ \u00a0])?(?P<says>[^\W\d_]{2,20})"
    r"(?:-(?:t-)?(?P<pronoun>ils?|elles?|on)\b|[ \u00a0](?:l['’])?(?:[a-zß-ÿ'’-]{1,20}[ \u00a0]){0,5}"
    rf"(?P<name>{_NAME})[ \u00a0]?(?=[,;—–]|\.[ \u00a0]))"
)


def incise(text: str, start: int, end: int, words: Language) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the places of the speaker and of the verb of saying inside a quotation, or None."""
    if not words.speaks_inside:
        return None
    for found in _INCISE.finditer(text, start, end):
        if found["says"].lower() in words.says:
            return found.span("name") if found["name"] else found.span("pronoun"), found.span("says")
    return None
