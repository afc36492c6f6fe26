"""Whether a later reading of a page changes the article, or only the lines around it.

A page is never the same twice: lists of other articles, advertisements, the hour of the last update and the number of comments
change. A part of them gets into the extracted text. If each such change made a snapshot, nobody would look at snapshots any more.

A change is ignored only if the page itself shows that the line is outside the article. Such a line (*furniture*) is in a menu, a
list of links, or an element named for advertising, sharing, comments or dates (surroundings.furniture). The earlier page is not
kept, but the digests of its furniture are, from one reading to the next. Where there are none, as at the first reading, a removed
line counts as furniture if furniture has taken its place, and only if it is short or similar. A line with only a date, a number of
comments or the like is furniture too, and in a short line such as the byline these parts are ignored (stamps.py).

Every other change is one of the article, and so is a note of a correction in any place. A mistake here costs one superfluous snapshot.
Whether a quoted passage has changed is decided separately (claims.text.following). The caller names the quoted passages: if one of them
is missing, the text has changed, even if the passage was in furniture. But if hardly anything of the article is left, the page shows
something else for now, and the article has not been read.
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
# The letters of an article, the letters of a page in its place, and the share of the article that such a page may contain.
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
    """Return a digest of a line's letters and digits, which recognises the line although it is not kept."""
    return sha256(_letters(line).encode()).hexdigest()[:16]


def is_another_page(before: str, after: str, *, passages: Collection[str] = ()) -> bool:
    """Return whether a page shows something else instead of the article, such as a request to sign in, to accept cookies, to pay or to
    prove that the reader is human, or the note that the page does not exist.

    Such a text is short, has hardly anything of the article, and lacks some of the `passages` that claims quote. A paper that retracts
    an article with a note has changed it.
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

    `furniture` are the digests of the lines around the article in the present page, `known` those of the last reading, and `passages`
    the quotes of claims from the earlier text.
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
    """Return whether a removed line may have been in the place of a line that is furniture now."""
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
