"""Finding a quote in a text: exactly, else but for its typography, else the passage most alike.

What is stored is the slice as it stands in the text; this module says where that slice is. Two copies of one sentence
rarely agree to the code point: word processors curl quotation marks, sites set non-breaking spaces, keyboards have one
hyphen for every dash, some systems decompose accents. So text and quote are *folded*: brought to NFC (Unicode Standard
Annex 15), their typography reduced to one spelling, and every edit recorded, so that a match leads back to the code
points it came from. Words, letter case and accents are never folded: they are what was said.

Offsets count Unicode code points, 0-based, end exclusive. `prefix` and `suffix` are those of the TextQuoteSelector
of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#text-quote-selector).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median_low

import regex

from claims.text.edges import cut_at, widened
from claims.text.typography import BLANK, UNSEEN, Folded, divided_words, fold, words

CONTEXT = 100  # code points of prefix and of suffix
CANDIDATES = 10  # slices that an ambiguous quote lists
MOST = 10_000  # occurrences that fit whose edges are looked at
_SAYS_SOMETHING = regex.compile(r"[^\p{P}\p{Z}\p{Cc}\p{Cf}]", regex.V1)


Span = tuple[int, int]  # start and end in the text


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


class QuoteCut(QuoteRefused):
    """The quote is in the text, but as a part of words, numbers or characters; `nearest` is the least whole passage."""

    code = "quote_cut"

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

    It splits no word, number or character (claims.text.edges). `prefix` and `suffix`, where given, stand whole right
    before and after it, typography and white space aside. `start` is the slice's offset; one that points at blanks means
    what follows them. It tells which of several is meant, may split a word, and binds: a quote that occurs only elsewhere
    is refused, for a wrong offset shows that another text was quoted, or that something other than code points was counted.

    Raises QuoteEmpty; QuoteAmbiguous when several occurrences fit, or several occur of which none fits; QuoteCut when the
    only ones there are split something; QuoteAbsent when there is none, or a single one that does not fit, which is then
    its `nearest`.
    """
    wanted = quote.strip(BLANK)
    if not _SAYS_SOMETHING.search(wanted):
        raise QuoteEmpty("The quote holds nothing but white space and punctuation.")
    if start is not None and start >= 0:
        start = len(text) - len(text[start:].lstrip(BLANK))
    place = _Place(text, start, prefix, suffix)
    if start is not None and start >= 0 and text.startswith(wanted, start):
        # It may be one of several that overlap: an offset means what it says.
        named = place.fitting([(start, _with_unseen(text, start + len(wanted)))])
        if named and not place.whole(named):
            raise _cut_by(named, text)
        if named:
            return cut(text, *named[0])
    occurring = [(at, _with_unseen(text, at + len(wanted))) for at in _occurrences(wanted, text)]
    found = fitting = place.whole(_few(place.fitting(occurring), text))
    if not fitting:
        folded = fold(text)
        alike = _alike(wanted, text, folded) or occurring
        if not alike:
            raise QuoteAbsent("The quote is not in the text.", nearest=_nearest(wanted, text, folded))
        fitting = place.whole(_few(place.fitting(alike), text))
        found = fitting or place.whole(alike[:MOST]) or place.whole(occurring[:MOST])
        if not found:
            raise _cut_by(place.fitting(alike) or alike, text)
    if len(fitting) == 1:
        return cut(text, *fitting[0])
    if len(found) > 1:
        several = fitting or found
        message = f"The quote occurs {len(several)} times" + ("." if fitting else ", never where it should.")
        raise QuoteAmbiguous(
            message, candidates=tuple(cut(text, *span) for span in several[:CANDIDATES]), count=len(several)
        )
    raise QuoteAbsent("The quote occurs, but not where it should.", nearest=cut(text, *found[0]))


def _few(spans: list[Span], text: str) -> list[Span]:
    """The spans; QuoteAmbiguous where they are too many to look at the edges of each."""
    if len(spans) > MOST:
        message = f"The quote occurs {len(spans)} times, parts of words among them: quote more of the text."
        candidates = tuple(cut(text, *span) for span in spans[:CANDIDATES])
        raise QuoteAmbiguous(message, candidates=candidates, count=len(spans))
    return spans


def nearest(quote: str, text: str) -> Slice | None:
    """The passage of `text` most alike to `quote`, letter case and typography aside; None where nothing is alike."""
    return _nearest(quote.strip(BLANK), text, fold(text))


class _Place:
    """Where a quote should stand."""

    def __init__(self, text: str, start: int | None, prefix: str, suffix: str) -> None:
        self.text, self.start = text, start
        self.before = fold(prefix).text.strip() if prefix else ""
        self.after = fold(suffix).text.strip() if suffix else ""
        # How much of the text to fold in order to compare: white space and NFD may be longer there.
        self.reach = 4 * max(len(prefix), len(suffix)) + 64

    def whole(self, spans: list[Span]) -> list[Span]:
        """Those that split nothing; a word where `start` says so."""
        allowed = ("",) if self.start is None else ("", "word")
        return [
            span
            for span in spans
            if cut_at(self.text, span[0], begins=True) in allowed
            and cut_at(self.text, span[1], begins=False) in allowed
        ]

    def fitting(self, spans: list[Span]) -> list[Span]:
        """Those at `start`, after `prefix` and before `suffix`."""
        spans = [span for span in spans if self.start in (None, span[0])]
        if not (self.before or self.after):
            return spans
        # What stands around a few of them is folded for each, around many once for all: never more than the text.
        if len(spans) * self.reach > len(self.text):
            folded = fold(self.text)
            return [span for span in spans if self._fits(folded, *span)]
        fitting = []
        for start, end in spans:
            first = max(0, start - self.reach)
            window = fold(self.text[first : end + self.reach])
            if self._fits(window, start - first, end - first):
                fitting.append((start, end))
        return fitting

    def _fits(self, folded: Folded, start: int, end: int) -> bool:
        to, at = folded.before(start), folded.after(end)
        before = folded.text[max(0, to - len(self.before) - 1) : to].rstrip()
        after = folded.text[at : at + len(self.after) + 1].lstrip()
        return before.endswith(self.before) and after.startswith(self.after)


def _occurrences(needle: str, text: str) -> Iterator[int]:
    # Occurrences may overlap ("aa" in "aaa"). The step grows with the needle, or a long one that repeats itself
    # ("a" a hundred thousand times) would take the square of its length.
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1 + len(needle) // 100)


def _alike(wanted: str, text: str, folded: Folded) -> list[Span]:
    """Where the text is the quote but for its typography, and, where it is nowhere, for words divided at a line's end."""
    found = list(_in_folded(fold(wanted).text, folded, text))
    if not found:
        here, there = divided_words(wanted), divided_words(text)
        whole = (here and here & words(text)) | (there and there & words(wanted))
        if whole:
            found = list(_in_folded(fold(wanted, whole=whole).text, fold(text, whole=whole), text))
    return found


def _in_folded(needle: str, folded: Folded, text: str) -> Iterator[Span]:
    for at in _occurrences(needle, folded.text):
        if span := folded.span(at, at + len(needle)):
            # A dash is folded together with the blanks around it; they are no part of the quote.
            start, end = _without_blanks(text, span)
            yield start, _with_unseen(text, end)


def _with_unseen(text: str, end: int) -> int:
    """The end of a passage after what is not seen (a variation selector, a tatweel) of the character or word that it ends with."""
    while end < len(text) and text[end] in UNSEEN and cut_at(text, end, begins=False):
        end += 1
    return end


def _without_blanks(text: str, span: Span) -> Span:
    passage = text[span[0] : span[1]]
    return span[1] - len(passage.lstrip(BLANK)), span[0] + len(passage.rstrip(BLANK))


def _cut_by(spans: list[Span], text: str) -> QuoteCut:
    start, end = spans[0]
    begins, ends = cut_at(text, start, begins=True), cut_at(text, end, begins=False)
    sides = [f"{side} inside a {what}" for side, what in (("begins", begins), ("ends", ends)) if what]
    whole = widened(text, start, end)
    return QuoteCut(
        f"The quote {' and '.join(sides)}: take in the whole of it.", nearest=cut(text, *whole) if whole else None
    )


# Voting: each n-gram of the quote that the text holds speaks for the offset at which the quote would then start,
# the louder the rarer it is. Words changed, dropped or put in move the rest a little, so neighbouring offsets count
# together. The first and last n-gram of the winning offset tell where the passage starts and ends.
_VOTERS = 40  # n-grams asked, evenly spread over the quote
_HITS = 1000  # of one n-gram; what is as common as that says little


def _nearest(quote: str, text: str, folded: Folded) -> Slice | None:
    wanted, within = _lower(fold(quote).text), _lower(folded.text)
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
            start = _word_edge(within, first, begins=True)
            end = _word_edge(within, last + len(wanted), begins=False)
            span = folded.span(start, end) if start < end else None
            start, end = _without_blanks(text, span) if span else (0, 0)
            whole = widened(text, start, end) if start < end else None
            return cut(text, *whole) if whole else None
    return None


def _lower(text: str) -> str:
    # The one letter that becomes two in lower case would move the offsets.
    return text.replace("İ", "I").lower()


def _word_edge(text: str, at: int, *, begins: bool) -> int:
    """The offset within 24 of `at`, the nearest, that splits nothing; else `at` itself."""
    at = min(max(at, 0), len(text))
    around = sorted(range(max(0, at - 24), min(len(text), at + 24) + 1), key=lambda i: abs(i - at))
    return next((i for i in around if not cut_at(text, i, begins=begins)), at)
