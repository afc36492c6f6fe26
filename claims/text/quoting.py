"""Finding a quote in a text: exactly, else but for its typography, else the passage most alike.

What is stored is the slice as it stands in the text; this module says where that slice is. Two copies of one sentence
rarely agree to the code point: word processors curl quotation marks, sites set non-breaking spaces, keyboards have one
hyphen for every dash, some systems decompose accents. So text and quote are *folded*: brought to NFC (Unicode Standard
Annex 15), their typography reduced to one spelling, and every edit recorded, so that a match leads back to the code
points it came from. Words, letter case and accents are never folded: they are what was said.

Offsets count Unicode code points, 0-based, end exclusive. `prefix` and `suffix` are those of the TextQuoteSelector
of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#text-quote-selector).
"""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median_low

CONTEXT = 100  # code points of prefix and of suffix
CANDIDATES = 10  # slices that an ambiguous quote lists

_WHITE = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
# Soft hyphen, Arabic letter mark, zero-width spaces and joiners, direction marks and isolates, byte order mark.
_UNSEEN = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_UNSEEN += "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
_BLANK = _WHITE + _UNSEEN
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
# One sign for single and double alike: British and American houses swap them, and nesting does too.
_MARKS = '"`´ʹʺʻʼʽ‘’‚‛“”„‟‹›«»′″‵‶〝〞〟＂＇「」『』'
_BLANKS, _DASH = f"[{re.escape(_BLANK)}]*+", f"[{re.escape(_DASHES)}]++"
# The first line passes over what needs no folding and is most of any text. Possessive quantifiers keep a long run of
# blanks linear. Houses differ in the blanks around a dash, and French ones set a fixed space inside guillemets.
_TYPOGRAPHY = re.compile(
    rf"(?! [^{re.escape(_BLANK + _DASHES)}])(?=[{re.escape(_BLANK + _DASHES + _MARKS)}.…⋯])(?:"
    rf"(?P<dash>{_BLANKS}{_DASH}{_BLANKS})"
    rf"|(?P<mark>«[\u00a0\u202f]|[\u00a0\u202f]»|[{re.escape(_MARKS)}])"
    rf"|(?P<ellipsis>(?:\.\.\.|\.{{0,2}}[…⋯])[.…⋯]*+|\.(?:[ \u00a0\u202f]\.){{2,}}+)"
    rf"|(?P<unseen>[{re.escape(_UNSEEN)}]++(?![{re.escape(_WHITE)}]))"
    rf"|(?P<space>[{re.escape(_BLANK)}]++))"
)
_FOLDS = {"dash": "-", "mark": "'", "ellipsis": "…", "unseen": "", "space": " "}


@dataclass(frozen=True)
class Slice:
    """A passage of a text: `quote == text[start:end]`, with at most CONTEXT code points either side."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


class QuoteRefused(ValueError):
    """A quote that leads to no one slice; `code` is for machines, `message` for people."""

    code = "quote_refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class QuoteEmpty(QuoteRefused):
    """The quote holds nothing but white space and punctuation."""

    code = "quote_empty"


class QuoteAbsent(QuoteRefused):
    """The quote is not in the text, or not where it was said to be; `nearest` is the passage most alike, if any."""

    code = "quote_absent"

    def __init__(self, message: str, *, nearest: Slice | None) -> None:
        super().__init__(message)
        self.nearest = nearest


class QuoteAmbiguous(QuoteRefused):
    """The quote occurs `count` times and nothing tells which; `candidates` are the first CANDIDATES of them."""

    code = "quote_ambiguous"

    def __init__(self, message: str, *, candidates: tuple[Slice, ...], count: int) -> None:
        super().__init__(message)
        self.candidates = candidates
        self.count = count


def cut(text: str, start: int, end: int) -> Slice:
    """The slice of `text` from code point `start` up to, not including, `end`."""
    return Slice(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def locate(quote: str, text: str, *, start: int | None = None, prefix: str = "", suffix: str = "") -> Slice:
    """The one slice of `text` that is `quote`: exactly, else but for typography. Blanks around `quote` are ignored.

    `prefix` and `suffix`, where given, stand whole right before and after it, typography and white space aside.
    `start` is the slice's offset; one that points at blanks means what follows them. It tells which of several
    is meant, and it binds: a quote that occurs only elsewhere is refused, for a wrong offset shows that another text
    was quoted, or that something other than code points was counted.

    Raises QuoteEmpty; QuoteAmbiguous when several occurrences fit, or several occur of which none fits; QuoteAbsent
    when there is none, or a single one that does not fit, which is then its `nearest`.
    """
    wanted = quote.strip(_BLANK)
    if not any(unicodedata.category(c)[0] not in "PZ" and unicodedata.category(c) not in ("Cc", "Cf") for c in wanted):
        raise QuoteEmpty("The quote holds nothing but white space and punctuation.")
    before, after = _fold(prefix).text.strip(), _fold(suffix).text.strip()

    def fits(span: tuple[int, int]) -> bool:
        return (
            start in (None, span[0])
            and (not before or _fold(text[max(0, span[0] - _reach(prefix)) : span[0]]).text.rstrip().endswith(before))
            and (not after or _fold(text[span[1] : span[1] + _reach(suffix)]).text.lstrip().startswith(after))
        )

    if start is not None and start >= 0:
        start = len(text) - len(text[start:].lstrip(_BLANK))
        # An offset may cut a letter from its accents, or name one of several that overlap: it means what it says.
        if text.startswith(wanted, start) and fits((start, start + len(wanted))):
            return cut(text, start, start + len(wanted))
    found = [(at, at + len(wanted)) for at in _occurrences(wanted, text) if not _composes(text, at + len(wanted))]
    fitting = [span for span in found if fits(span)]
    if not fitting:
        folded = _fold(text)
        found = list(_alike(wanted, text, folded)) or found
        fitting = [span for span in found if fits(span)]
        if not found:
            raise QuoteAbsent("The quote is not in the text.", nearest=_nearest(wanted, text, folded))
    if len(fitting) == 1:
        return cut(text, *fitting[0])
    if len(found) > 1:
        several = fitting or found
        message = f"The quote occurs {len(several)} times" + ("." if fitting else ", never where it should.")
        raise QuoteAmbiguous(
            message, candidates=tuple(cut(text, *span) for span in several[:CANDIDATES]), count=len(several)
        )
    raise QuoteAbsent("The quote occurs, but not where it should.", nearest=cut(text, *found[0]))


def nearest(quote: str, text: str) -> Slice | None:
    """The passage of `text` most alike to `quote`, letter case and typography aside; None where nothing is alike."""
    return _nearest(quote.strip(_BLANK), text, _fold(text))


def _occurrences(needle: str, text: str) -> Iterator[int]:
    # Occurrences may overlap ("aa" in "aaa"). The step grows with the needle, or a long one that repeats itself
    # ("a" a hundred thousand times) would take the square of its length.
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1 + len(needle) // 100)


def _alike(wanted: str, text: str, folded: "_Folded") -> Iterator[tuple[int, int]]:
    needle = _fold(wanted).text
    for at in _occurrences(needle, folded.text):
        span = folded.span(at, at + len(needle))
        if span and not _composes(text, span[1]):
            # A dash is folded together with the blanks around it; they are no part of the quote.
            yield _without_blanks(text, span)


def _without_blanks(text: str, span: tuple[int, int]) -> tuple[int, int]:
    passage = text[span[0] : span[1]]
    return span[1] - len(passage.lstrip(_BLANK)), span[0] + len(passage.rstrip(_BLANK))


def _reach(context: str) -> int:
    """How much of the text to fold in order to compare it with `context`: white space and NFD may be longer there."""
    return 4 * len(context) + 64


def _composes(text: str, at: int) -> bool:
    """Whether the code point at `at` is one letter with what precedes it: a combining mark, a jamo."""
    if not 0 < at < len(text) or text[at] < "\u0300":
        return False
    before = text[max(0, at - 2) : at]
    return unicodedata.combining(text[at]) > 0 or _nfc(before + text[at]) != _nfc(before) + _nfc(text[at])


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True)
class _Folded:
    """A text after edits, and the way back to where it came from, through `inner` if that was edited already."""

    text: str
    edits: list[tuple[int, int, int, int]]  # start and end before; start and end after
    ends: list[int]  # the last of these, to search in
    inner: "_Folded | None"

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `self.text[start:end]` came from; None if it starts or ends inside an edit."""
        first, last = self._origin(start)[0], self._origin(end - 1)[1]
        if first is None or last is None:
            return None
        return self.inner.span(first, last) if self.inner else (first, last)

    def _origin(self, at: int) -> tuple[int | None, int | None]:
        i = bisect_right(self.ends, at)
        if i < len(self.edits) and self.edits[i][2] <= at:
            was_start, was_end, start, end = self.edits[i]
            return was_start if at == start else None, was_end if at == end - 1 else None
        was_at = at + (self.edits[i - 1][1] - self.edits[i - 1][3] if i else 0)
        return was_at, was_at + 1


def _edit(text: str, edits: Iterable[tuple[int, int, str]], inner: _Folded | None = None) -> _Folded:
    pieces: list[str] = []
    done, at, size = [], 0, 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        size += start - at + len(new)
        done.append((start, end, size - len(new), size))
        at = end
    pieces.append(text[at:])
    return _Folded("".join(pieces), done, [edit[3] for edit in done], inner)


def _fold(text: str) -> _Folded:
    composed = None
    if not unicodedata.is_normalized("NFC", text):
        composed = _edit(text, _compositions(text))
        text = composed.text
    return _edit(text, ((*m.span(), _FOLDS[m.lastgroup or ""]) for m in _TYPOGRAPHY.finditer(text)), composed)


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    # Below U+0300 everything is NFC; what follows may compose with the one code point before.
    for run in re.finditer("[^\x00-\u02ff]+", text):
        start = max(0, run.start() - 1)
        for at in range(start + 1, run.end() + 1):
            if not _composes(text, at):
                composed = _nfc(text[start:at])
                if composed != text[start:at]:
                    yield start, at, composed
                start = at


# Voting: each n-gram of the quote that the text holds speaks for the offset at which the quote would then start,
# the louder the rarer it is. Words changed, dropped or put in move the rest a little, so neighbouring offsets count
# together. The first and last n-gram of the winning offset tell where the passage starts and ends.
_VOTERS = 40  # n-grams asked, evenly spread over the quote
_HITS = 1000  # of one n-gram; what is as common as that says little


def _nearest(quote: str, text: str, folded: _Folded) -> Slice | None:
    wanted, within = _lower(_fold(quote).text), _lower(folded.text)
    # Two ideographs say as much as five letters. Where nothing is shared, less has to do.
    ideographic = sum(c >= "\u2e80" for c in wanted) * 2 > len(wanted)
    drift = 24 + len(wanted) // 16
    for size in (2, 1) if ideographic else (5, 3, 2):
        grams = range(max(1, len(wanted) - size + 1))
        hits: list[tuple[int, int]] = []
        votes: defaultdict[int, float] = defaultdict(float)
        for i in grams[:: -(-len(grams) // _VOTERS)]:
            offsets = [at - i for at in islice(_occurrences(wanted[i : i + size], within), _HITS)]
            hits += [(i, offset) for offset in offsets]
            for bucket in {offset // drift for offset in offsets}:
                votes[bucket] += len(offsets) ** -0.5
        if votes:
            best = max(votes, key=lambda bucket: votes[bucket] + votes.get(bucket + 1, 0)) * drift
            hits = [hit for hit in hits if best <= hit[1] < best + 2 * drift]
            usual = median_low(offset for _, offset in hits)
            first = min(hits, key=lambda hit: (hit[0], abs(hit[1] - usual)))[1]
            last = max(hits, key=lambda hit: (hit[0], -abs(hit[1] - usual)))[1]
            start, end = _word_edge(within, first), _word_edge(within, last + len(wanted))
            span = folded.span(start, end) if start < end else None
            start, end = _without_blanks(text, span) if span else (0, 0)
            return cut(text, start, end) if start < end else None
    return None


def _lower(text: str) -> str:
    # The one letter that becomes two in lower case would move the offsets.
    return text.replace("İ", "I").lower()


def _word_edge(text: str, at: int) -> int:
    """The offset within 24 of `at`, the nearest, that splits no word, nor a letter from its marks; else `at` itself."""
    at = min(max(at, 0), len(text))
    around = sorted(range(max(0, at - 24), min(len(text), at + 24) + 1), key=lambda i: abs(i - at))
    return next((i for i in around if not _within_word(text, i)), at)


def _within_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    unspaced = "\u0e00" <= text[at] < "\u0f00" or "\u2e80" <= text[at] < "\uac00"  # Thai, Lao; Han, kana
    before, after = unicodedata.category(text[at - 1])[0], unicodedata.category(text[at])[0]
    return after == "M" or (not unspaced and before in "LMN" and after in "LN")
