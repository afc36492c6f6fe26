"""Find what a text puts between quotation marks, in the typography of any language.

A quotation ends with its paragraph. If its mark is still open there, it may go on in the next paragraph, which then opens with a
mark of its own: each paragraph is a span, and the later ones `continue` the first. What is quoted inside a quotation is part of
it. Two forms have no marks: the lines of a transcript (`ANN ROE: Good morning.`), and speech after a dash (`— Good morning, said
Roe.`).

An apostrophe is no mark. A single quotation mark opens only before a word, and closes after punctuation if it can, since
“the voters’ choice” has the sign of a closing mark after a word.

Offsets count Unicode code points, from 0, end exclusive: `text[start:end]` is the quotation, and `text[left:right]` includes its
marks. The time is linear in the length of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

# Each opening mark, with the marks that close it.
_CLOSING = {
    "“": "”\"", "„": "“”\"", "‟": "”", "«": "»", "‹": "›", "「": "」", "『": "』", "〝": "〞〟", "＂": "＂",
}  # fmt: skip
_SINGLE = {"‘": "’", "‚": "‘’", "'": "'"}
_FACING_AWAY = {"»": "«»", "›": "‹›", "”": "”"}  # Danish, German books; Swedish and Finnish
_BEFORE = re.compile(r"[\s(\[{—–―¿¡:,-]")  # characters that may precede an opening mark, besides another mark
_MARKS = re.compile(r"[“„‟«»‹›”\"＂「『〝‘‚']")
_FURTHER = 5  # marks after one that may be an apostrophe, among which a better one is looked for
_SINGLE_ENDS = {"’": re.compile(r"’(?!\w)|‘"), "‘’": re.compile(r"[‘’](?!\w)"), "'": re.compile(r"'(?!\w)")}
_SENTENCE_END = ".,!?…;—"

_LINE = re.compile(r"[^\n]+")
_HEBREW = re.compile(r"[\u05d0-\u05ea]")
_DASH = re.compile(r"\s*[—―]\s?(?=[^\W\d_]|[¿¡])")
_INNER_DASH = re.compile(r"\s[—―–](?=\w)|(?<=\w)[—―](?=[\s.,;:])|\s[—―–]\s|,\s[—―–]\s?")
# ANN ROE: …, or Ann Roe: … The name has at most five words.
_TURN = re.compile(
    r"\s*((?:[^\W\d_a-zß-ÿ][\w.’'-]*)(?:[ \u00a0](?:[^\W\d_a-zß-ÿ][\w.’'-]*|of|de|van|von|the)){0,4}):[ \t\u00a0]+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """What is quoted: `text[start:end]`, and with its marks `text[left:right]`."""

    start: int
    end: int
    left: int
    right: int
    closed: bool = True  # false if its paragraph ended first
    continues: bool = False  # goes on from the paragraph before
    label: tuple[int, int] | None = None  # the name before the colon, in a transcript
    dash: bool = False  # speech after a dash


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return start and end of each paragraph: a line that is not blank."""
    return [line.span() for line in _LINE.finditer(text) if not line[0].isspace()]


def spans(text: str) -> list[Span]:
    """Return the quotations of a text in their order. None overlaps another."""
    paragraphs = paragraphs_of(text)
    turns = {start: turn for start, end in paragraphs if (turn := _TURN.match(text, start, end))}
    is_transcript = _is_transcript([turn[1] for turn in turns.values()], len(paragraphs))
    found: list[Span] = []
    open_before, at = False, 0
    for (start, end), (_, next_end) in pairwise([*paragraphs, (len(text), len(text))]):
        if is_transcript and (turn := turns.get(start)):
            last = start + len(text[start:end].rstrip())
            found.append(Span(turn.end(), last, turn.end(), last, label=turn.span(1)))
            open_before = False
            continue
        start = max(start, at)
        here = list(_of_paragraph(text, start, end, next_end))
        if open_before and here and not text[start : here[0].left].strip():
            here[0] = replace(here[0], continues=True)
        found += here
        at = here[-1].right if here else 0
        open_before = bool(here) and not here[-1].closed
    return found


def _is_transcript(names: list[str], paragraphs: int) -> bool:
    """Return whether lines that begin with these names are a transcript. Lines such as “Photo: …” occur once, or are all alike."""
    speakers = [name for name, turns in Counter(names).items() if turns > 1]
    return bool(speakers) and len(set(names)) > 1 and 3 * len(names) >= paragraphs


def _of_paragraph(text: str, start: int, end: int, next_end: int) -> Iterator[Span]:
    marked = False
    at = start
    ends = _Ends(text, end)
    while match := _MARKS.search(text, at, end):
        mark, at = match.start(), match.end()
        closing = _closing(text, mark, start, end)
        if not closing:
            continue
        close, closed = ends.of(text[mark], closing, at)
        if close is None:
            continue
        if not closed and close == end and (further := _closed_in_next(text, closing, end, next_end)):
            close, closed = further, True
        if span := _trimmed(text, at, close, mark, close + closed, closed):
            marked = True
            yield span
        at = close + closed
    if not marked:
        yield from _after_dash(text, start, end)


def _closing(text: str, mark: int, start: int, end: int) -> str:
    """Return the marks that close the one at `mark`, or "" if it does not open."""
    sign = text[mark]
    if closing := _CLOSING.get(sign):
        return closing
    before = text[mark - 1] if mark > start else " "
    after = text[mark + 1] if mark + 1 < end else " "
    free = bool(_BEFORE.match(before)) or before in _CLOSING or before in _SINGLE
    if sign == '"' and (before in ",:" or (free and not after.isspace())):
        return '"”'  # after a comma it opens, even before a blank
    if not free or after.isspace():
        return ""
    if sign in _SINGLE:
        return _SINGLE[sign] if after.isalnum() or after in "“¿¡[" else ""
    return _FACING_AWAY.get(sign, "")


def _closed_in_next(text: str, closing: str, end: int, next_end: int) -> int | None:
    """Return the first mark of the next paragraph if it closes the one that is open: some texts have no mark between."""
    mark = _MARKS.search(text, end, next_end)
    while mark and text[mark.start()] in _SINGLE:
        mark = _MARKS.search(text, mark.end(), next_end)
    if mark is None or mark[0] not in closing or text[mark.start() - 1].isspace():
        return None
    after = text[mark.end() : mark.end() + 1]
    return mark.start() if not after.isalnum() else None


class _Ends:
    """Where the marks of one paragraph close. Each kind of mark is looked for from left to right, once."""

    def __init__(self, text: str, end: int) -> None:
        self.text, self.end = text, end
        self.absent: set[str] = set()  # closing marks of which there are no more

    def of(self, opening: str, closing: str, at: int) -> tuple[int | None, bool]:
        """Return where the mark that opened before `at` closes, and whether it does; (None, False) if it was none."""
        text = self.text
        if opening in _SINGLE or opening in _FACING_AWAY:
            if closing in self.absent:
                return None, False
            close = self._single(closing, at) if opening in _SINGLE else self._next(closing, at)
            if close is None and opening != "‘":
                self.absent.add(closing)
            return close, close is not None
        i = at
        while i < self.end:
            sign = text[i]
            if sign in closing and not (sign == '"' and self._in_hebrew(i)):
                return i, True
            if sign == "“" and opening in '“"':
                # Either a closing mark turned the wrong way, or the mark before was never closed.
                return i, not text[i - 1].isspace() and not text[i + 1 : i + 2].strip()
            i += 1
        return self.end, False

    def _next(self, closing: str, at: int) -> int | None:
        return next((i for i in range(at, self.end) if self.text[i] in closing), None)

    def _single(self, closing: str, at: int) -> int | None:
        """Return the first closing mark after punctuation, else the first after a word, up to the next opening mark."""
        first, seen = None, 0
        for mark in _SINGLE_ENDS[closing].finditer(self.text, at, self.end):
            i = mark.start()
            if mark[0] == "‘" and closing == "’":
                break
            if self.text[i - 1] in _SENTENCE_END:
                return i
            first = i if first is None and not self.text[i - 1].isspace() else first
            seen += first is not None
            if seen > _FURTHER:
                break
        return first

    def _in_hebrew(self, i: int) -> bool:
        """Say whether the mark is a gershayim, inside an abbreviation."""
        return bool(_HEBREW.match(self.text, i - 1) and _HEBREW.match(self.text, i + 1))


def _trimmed(
    text: str, start: int, end: int, left: int, right: int, closed: bool, *, dash: bool = False
) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, left, right, closed, dash=dash) if end > start else None


def _after_dash(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what is said in a line that begins with a dash. Every other piece between dashes is the narrator's."""
    opening = _DASH.match(text, start, end)
    if not opening:
        return
    said, left = True, opening.end()
    for dash in _INNER_DASH.finditer(text, left, end):
        if said and (span := _trimmed(text, left, dash.start(), left, dash.start(), True, dash=True)):
            yield span
        said, left = not said, dash.end()
    if said and (span := _trimmed(text, left, end, left, end, True, dash=True)):
        yield span
