"""Does a later reading of a page say anything else in the article, or has only changed what stands around it?

A page is never the same twice: lists of other articles, advertisements, the hour of the last update, the number of comments. Part of
that gets into the extracted text. If each such change made a snapshot, nobody would look at them any more.

A change is dropped only if the page itself shows that it is not of the article. The page marks such a line (*furniture*) by what it
stands in: a menu, a list of links, an element that is named for advertising, sharing, comments or dates (surroundings.furniture).
The earlier page is not kept, but the digests of its furniture are, from one reading to the next. Where they are not, as at the first
reading, a line that has gone counts as furniture if one that is furniture now stands in its place, and only if it is short or
similar. Besides, a line is furniture if it has nothing but a date or a number of comments, or of the like, and in a short line such as
that of the author, these do not count (stamps.py).

Everything else is a change of the article, a note of a correction always, wherever it stands. A mistake here is one snapshot too
many. Whether a passage that a claim quotes has changed is decided apart from this (claims.text.following), and the caller names these
passages: if one is not found, the text has changed, whatever it stands in. Unless hardly anything is left of the article: then the
page shows something else for now, and has not been read.
"""

import difflib
import re
import unicodedata
from collections.abc import Collection
from hashlib import sha256

from sources.pages.corrections import is_note
from sources.pages.stamps import is_stamp, without_stamps

MOST_LINES = 2_000  # of a text whose lines are compared
_SHORT = 12  # words of a title or a stamp
_ALIKE = 0.5
# Letters of an article, and of what stands in its place, and the part of an article that may be left there.
_SHORTEST_ARTICLE, _LONGEST_WALL, _LEFT = 200, 1_500, 0.1
_PIECE = 12  # letters by which a text is recognised
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("'`´ʹʼ‘’‚‛“”„‟‹›«»″′＂＇", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
        "…": "...",
    }
)
_BULLET = re.compile(r"^[-*•·|\s]+")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"')\]\s]*$")


def digest(line: str) -> str:
    """Return what recognises a line by its letters and digits, without having kept it."""
    return sha256(_letters(line).encode()).hexdigest()[:16]


def is_another_page(before: str, after: str, *, passages: Collection[str] = ()) -> bool:
    """Return whether a page shows something else in place of the article: that one has to sign in, to accept cookies or to prove
    that one is human, to pay, or that the page is no longer there.

    Such a text is short and has hardly anything of the article, nor all `passages` that claims quote. A paper that takes an article
    back by a note has changed it.
    """
    whole = _folded(after)
    if passages and all(_folded(passage) in whole for passage in passages):
        return False
    old, new = _letters(before), _letters(after)
    if len(old) < _SHORTEST_ARTICLE or len(new) > _LONGEST_WALL or any(map(is_note, after.split("\n"))):
        return False
    kept = {new[at : at + _PIECE] for at in range(len(new) - _PIECE + 1)}
    pieces = len(old) - _PIECE + 1
    return sum(old[at : at + _PIECE] in kept for at in range(pieces)) < _LEFT * pieces


def has_changed(
    before: str,
    after: str,
    *,
    furniture: Collection[str] = (),
    known: Collection[str] = (),
    passages: Collection[str] = (),
) -> bool:
    """Return whether the article says something else than before.

    `furniture` are the digests of lines around the article of the page now, `known` those of the page as it was read before, and
    `passages` what claims quote from the text as it was.
    """
    old, new = _lines(before), _lines(after)
    if old == new:
        return False
    whole = _folded(after)
    if any(_folded(passage) not in whole for passage in passages) or max(len(old), len(new)) > MOST_LINES:
        return True
    now, then = frozenset(furniture), frozenset(known)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal" and _differ(old[i:j], new[k:m], now, then):
            return True
    return False


def _differ(gone: list[str], come: list[str], now: frozenset[str], then: frozenset[str]) -> bool:
    fresh = [without_stamps(line) for line in come if not _is_furniture(line, now)]
    lost = [without_stamps(line) for line in gone if not _is_furniture(line, then)]
    if " ".join(fresh) == " ".join(lost):  # paragraphs that were only divided or joined
        return False
    if fresh:
        return True
    places = [line for line in come if _is_furniture(line, now)]
    for line in lost:
        place = next((one for one in places if _may_stand_for(one, line)), None)
        if place is None:
            return True
        places.remove(place)
    return False


def _is_furniture(line: str, digests: frozenset[str]) -> bool:
    if is_note(line):
        return False
    return digest(line) in digests or is_stamp(line)


def _may_stand_for(now: str, before: str) -> bool:
    """Return whether a line that has gone may have been in the place of one that is furniture now."""
    if is_note(before):
        return False
    a, b = before.split(), now.split()
    if len(a) <= _SHORT and not _SENTENCE_END.search(before):
        return True
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _lines(text: str) -> list[str]:
    folded = (_folded(_BULLET.sub("", line)) for line in text.split("\n"))
    return [line for line in folded if line]


def _folded(text: str) -> str:
    """Return the text in one typography: quotation marks, dashes, blanks, dots."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).replace('""', '"').split())


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
