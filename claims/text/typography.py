"""Reduce the typography of a text to one spelling, and map offsets back to the original text.

Two copies of one sentence rarely have the same code points: word processors curl quotation marks, sites set non-breaking
spaces, keyboards have one hyphen for every dash, PDFs have ligatures and divide words, some systems decompose accents.
Therefore a text is *folded*: it is brought to NFC (Unicode Standard Annex 15), its typography is reduced, and every edit is
recorded. Words, letter case and accents are never folded, since they are what was said.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

_WHITE = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
# Soft hyphen, Arabic letter mark, zero-width spaces and joiners, direction marks and isolates, byte order mark.
UNSEEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
UNSEEN += "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
# The Arabic tatweel, which only stretches a word, and variation selectors. Python's `re` is slow at sets with characters beyond
# U+FFFF, so these have a pattern of their own.
UNSEEN += "\u0640\u180b\u180c\u180d\u180e\u180f" + "".join(map(chr, range(0xFE00, 0xFE10)))
_UNSEEN_BEYOND, _LETTERS_BEYOND = "\U000e0100-\U000e01ef", "\U0001d400-\U0001d7ff"
BLANK = _WHITE + UNSEEN
# They include the Hebrew maqaf, and the dashes of vertical and small type.
_DASHES = "-\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe31\ufe32\ufe58\ufe63\uff0d"
# Single and double quotation marks become the same sign, since British and American publishers swap them, and so does nesting.
# They include the Hebrew geresh and gershayim, the corner brackets of vertical and half-width type, and the Armenian comma, which
# is typed as a grave accent.
_MARKS = '"`´՝ʹʺʻʼʽʾʿ‘’‚‛“”„‟‹›«»′″‵‶〝〞〟❛❜❝❞＂＇「」『』｢｣﹁﹂﹃﹄׳״'
# Presentation forms, which NFKC replaces by plain letters, signs and digits: digraphs (ĳ, ǆ), Latin, Armenian, Hebrew and
# Arabic ligatures, Roman numerals, Kangxi radicals, words in one square (㌔, ㎏, ㈱), vertical, small, full-width and half-width
# forms, bold and script letters, degrees (℃). Superscripts and fractions stay as they are, since 10² is not 102.
_FORMS = {
    char: unicodedata.normalize("NFKC", char)
    for first, last in (
        (0x2103, 0x2103), (0x2109, 0x2109), (0x2160, 0x217F), (0x3220, 0x3243), (0x3300, 0x3357), (0x3371, 0x33DF),
        (0x0132, 0x0133), (0x01C4, 0x01CC), (0x01F1, 0x01F3), (0x2F00, 0x2FD5), (0xFB00, 0xFB4F), (0xFB50, 0xFDFF),
        (0xFE10, 0xFE19), (0xFE30, 0xFE6B), (0xFE70, 0xFEFC), (0xFF01, 0xFFDC), (0xFFE0, 0xFFE6), (0x1D400, 0x1D7FF),
    )
    for char in map(chr, range(first, last + 1))
    if not re.search(r"\d", unicodedata.normalize("NFKC", char)) or char >= "\ufe00"
}  # fmt: skip
# Replacements of one character by one, which move no offset, and with them punctuation of Arabic, Chinese, Armenian and Hindi, and
# Arabic decimal signs. Half-width letters are left to the pattern below, because a voiced mark composes with the letter before it.
_HALF_WIDTH = "\uff66-\uff9f"
_SIGNS = {ord(char): form for char, form in _FORMS.items() if len(form) == 1 and not re.match(f"[{_HALF_WIDTH}]", char)}
_SIGNS |= {ord(sign): latin for sign, latin in zip("،؛؟۔٪٫٬。｡։।", ",;?.%.,..:|", strict=True)}
# Signs that character sets of East Asia map to several code points: the wave dash, the ratio, the dot between parts of a name.
_SIGNS |= {ord(sign): same for sign, same in zip("〜∶・･‧•∙⋅", "~:······", strict=True)}
_SIGN = re.compile(f"[{''.join(chr(char) for char in _SIGNS if char <= 0xFFFF)}]|[{_LETTERS_BEYOND}]")
_LIGATURES = "".join(char for char, form in _FORMS.items() if len(form) > 1)
_BEFORE_NO_BLANK = "?!;:%‰"  # French and others set a thin space before these
_HAN = "\u2e80-\u9fff"
_IDEOGRAPHIC = "\u3001-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"  # with kana and their punctuation

_TWICE = "''|``|´´|‘‘|’’|‚‚|<<|>>"  # marks of typewriters and TeX
_B, _D = f"[{re.escape(BLANK)}]", f"[{re.escape(_DASHES)}]"
# The first line skips what needs no folding, which is most of any text. Possessive quantifiers keep the time for a long run of
# blanks linear. Publishers differ in the blanks around a dash. Between Chinese or Japanese characters a blank is no more than the
# end of a line. French ones set blanks inside guillemets; elsewhere guillemets may
# point inwards, so only the characters before or after a guillemet show whether it opens or closes.
_TYPOGRAPHY = re.compile(
    rf"(?![A-Za-z0-9])(?! [^{re.escape(BLANK + _DASHES)}»›>.…⋯{_BEFORE_NO_BLANK}{_HAN}])"
    rf"(?=[{re.escape(BLANK + _DASHES)}«‹{_LIGATURES}{_HALF_WIDTH}.…⋯\u0e4d\u0ecd]|{_TWICE}|,,|[{_UNSEEN_BEYOND}])(?:"
    rf"(?P<dash>{_B}*+{_D}++{_B}*+)"
    rf"|(?P<mark>(?<![^\s([{{’'])(?:[«‹]|<<){_B}++|{_B}++(?:[»›]|>>)(?![\w…{_MARKS}]|\.\.)"
    rf"|(?<![^\s([{{]),,(?=\w)|{_TWICE})"
    rf"|(?P<ellipsis>{_B}*+(?:(?:\.\.\.|\.{{0,2}}[…⋯])[.…⋯]*+|\.(?:[ \u00a0\u202f]\.){{2,}}+))"
    rf"|(?P<gone>\u00ad\r?\n|{_B}++(?=[{_BEFORE_NO_BLANK}])|(?<=[,;:!?.、]){_B}++(?=[{_HAN}])"
    rf"|(?<=[{_IDEOGRAPHIC}]){_B}++(?=[{_IDEOGRAPHIC}]))"
    rf"|(?P<unseen>[{re.escape(UNSEEN)}]++(?![{re.escape(_WHITE)}])|[{_UNSEEN_BEYOND}])"
    rf"|(?P<space>{_B}++)"
    rf"|(?P<form>[{_HALF_WIDTH}][\uff9e\uff9f]?|[{_LIGATURES}])"
    r"|(?P<vowel>\u0e4d[\u0e48-\u0e4b]?\u0e32|\u0ecd[\u0ec8-\u0ecb]?\u0eb2)"
    rf")"
)
_FOLDS = {"dash": "-", "mark": "'", "ellipsis": "…", "gone": "", "unseen": "", "space": " "}
_AM = {"\u0e4d": "\u0e33", "\u0ecd": "\u0eb3"}
_LINE_END = re.compile(r"[-\u2010][ \t]*+\r?\n[ \t]*+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")
_LONGEST = 40  # letters of one part of a divided word

Edit = tuple[int, int, str]  # start and end of what is replaced, and by what


@dataclass(frozen=True)
class Folded:
    """A text after edits, and the mapping back to the original. `inner` is set if the text was edited in two passes."""

    text: str
    edits: list[tuple[int, int, int, int]]  # start and end before the edit; start and end after it
    ends: list[int]  # the last number of each edit, for bisection
    inner: "Folded | None"

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the original that became `self.text[start:end]`, or None if it starts or ends inside an edit."""
        first, last = self._to_original(start)[0], self._to_original(end - 1)[1]
        if first is None or last is None:
            return None
        return self.inner.span(first, last) if self.inner else (first, last)

    def before(self, at: int) -> int:
        """Return the offset in `self.text` where the text before offset `at` of the original ends."""
        return self._to_folded(self.inner.before(at) if self.inner else at, 2)

    def after(self, at: int) -> int:
        """Return the offset in `self.text` where the text from offset `at` of the original on begins."""
        return self._to_folded(self.inner.after(at) if self.inner else at, 3)

    def _to_folded(self, at: int, side: int) -> int:
        i = bisect_right(self.edits, at, key=lambda edit: edit[1])
        if i < len(self.edits) and self.edits[i][0] < at:
            return self.edits[i][side]
        return at + (self.edits[i - 1][3] - self.edits[i - 1][1] if i else 0)

    def _to_original(self, at: int) -> tuple[int | None, int | None]:
        i = bisect_right(self.ends, at)
        if i < len(self.edits) and self.edits[i][2] <= at:
            old_start, old_end, start, end = self.edits[i]
            return old_start if at == start else None, old_end if at == end - 1 else None
        old_at = at + (self.edits[i - 1][1] - self.edits[i - 1][3] if i else 0)
        return old_at, old_at + 1


def fold(text: str, *, whole: Collection[str] = ()) -> Folded:
    """Return the text in the spelling that is compared. Words divided at the end of a line are joined if they are in `whole`."""
    folded = None
    if not unicodedata.is_normalized("NFC", text):
        folded = _edit(text, _compositions(text))
        text = folded.text
    if whole:
        folded = _edit(text, ((start, end, "") for start, end, word in _divided(text) if word in whole), folded)
        text = folded.text
    if _SIGN.search(text):
        text = text.translate(_SIGNS)
    folded = _edit(text, map(_folding, _TYPOGRAPHY.finditer(text)), folded)
    return replace(folded, text=_with_one_mark(folded.text))


def words(text: str) -> set[str]:
    return set(_LETTERS.findall(text))


def divided_words(text: str) -> set[str]:
    """Return the words that a hyphen divides at the end of a line, without the hyphen."""
    return {word for _, _, word in _divided(text)}


def _divided(text: str) -> Iterator[Edit]:
    for line_end in _LINE_END.finditer(text):
        start, end = line_end.span()
        left = _LAST_LETTERS.search(text[max(0, start - _LONGEST) : start])
        right = _LETTERS.match(text, end, end + _LONGEST)
        if left and right:
            yield start, end, left[0] + right[0]


def composes(text: str, at: int) -> bool:
    """Return whether the code point at `at` is part of the letter before it, as a combining mark or a jamo is."""
    if not 0 < at < len(text) or text[at] < "\u0300":
        return False
    before = text[max(0, at - 2) : at]
    return unicodedata.combining(text[at]) > 0 or _nfc(before + text[at]) != _nfc(before) + _nfc(text[at])


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _with_one_mark(text: str) -> str:
    # One replace() for each mark is fast, since most marks do not occur.
    for mark in _MARKS:
        text = text.replace(mark, "'")
    return text


def _folding(match: re.Match[str]) -> Edit:
    kind = match.lastgroup or ""
    if kind == "vowel":
        # Thai and Lao texts of PDFs have the vowel am in two parts, perhaps with a tone mark between them.
        return (*match.span(), match[0][1:-1] + _AM[match[0][0]])
    return (*match.span(), _FOLDS[kind] if kind in _FOLDS else unicodedata.normalize("NFKC", match[0]))


def _edit(text: str, edits: Iterable[Edit], inner: Folded | None = None) -> Folded:
    pieces: list[str] = []
    done, at, size = [], 0, 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        size += start - at + len(new)
        done.append((start, end, size - len(new), size))
        at = end
    pieces.append(text[at:])
    return Folded("".join(pieces), done, [edit[3] for edit in done], inner)


def _compositions(text: str) -> Iterator[Edit]:
    # Everything below U+0300 is NFC. A later code point may compose with the one before it.
    for run in re.finditer("[^\x00-\u02ff]+", text):
        start = max(0, run.start() - 1)
        for at in range(start + 1, run.end() + 1):
            if not composes(text, at):
                composed = _nfc(text[start:at])
                if composed != text[start:at]:
                    yield start, at, composed
                start = at
