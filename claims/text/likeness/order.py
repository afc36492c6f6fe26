"""Whether something came before or after what both texts name: “before the vote” and “following the vote”, since and until 1974.

What “before” and “after” refer to is compared, since “she left before the vote” is “the vote came after she had left”.
"""

import re

from claims.text.likeness.words import base

_BEFORE = r"before|ahead of|prior to|vor|avant|antes de|prima del?|до|перед"
_AFTER = r"after|following|in the wake of|nach|après|después de|tras|dopo|depois de|после"
_SIDE = re.compile(rf"\b(?:(?P<before>{_BEFORE})|(?:{_AFTER}))\s((?:[^\W\d_]+[ '’-]){{0,3}}[^\W\d_]+)", re.IGNORECASE)
_SINCE = r"since|seit|depuis|desde|dal|с"
_UNTIL = r"until|till|up to|bis|jusqu['’](?:en|à)|hasta|fino al|até|до"
_YEAR = re.compile(rf"\b(?:(?P<since>{_SINCE})|(?:{_UNTIL}))\s((?:1[5-9]|20)\d\d)\b", re.IGNORECASE)
_STEM = 4  # letters
_BEGINNING = 5


def apart(here: str, there: str) -> tuple[list[str], list[str]]:
    """Return what stands before and after one thing, or since and until one year, in two texts; empty lists if nothing does."""
    for read in (_events, _years):
        mine, theirs = read(here), read(there)
        for thing in mine.keys() & theirs.keys():
            if {side for side, _ in mine[thing]}.isdisjoint(side for side, _ in theirs[thing]):
                return [mine[thing][0][1]], [theirs[thing][0][1]]
    return [], []


def _events(text: str) -> dict[str, list[tuple[bool, str]]]:
    found: dict[str, list[tuple[bool, str]]] = {}
    for match in _SIDE.finditer(text):
        for word in re.split(r"[ '’-]", match[2].casefold()):
            if len(word) >= _STEM:
                found.setdefault(base(word)[:_BEGINNING], []).append((match["before"] is not None, match[0]))
    return found


def _years(text: str) -> dict[str, list[tuple[bool, str]]]:
    found: dict[str, list[tuple[bool, str]]] = {}
    for match in _YEAR.finditer(text):
        found.setdefault(match[2], []).append((match["since"] is not None, match[0]))
    return found
