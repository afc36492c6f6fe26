"""Find a quote in a text: exactly, else in another typography, else the most similar passage.

The ledger stores the slice exactly as it is in the text, and this module finds that slice. To compare regardless of typography,
text and quote are folded, and a match is mapped back to the original (claims.text.typography). Words, letter case and accents
must agree.

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
from claimtrack.refusals import Message

CONTEXT = 100  # code points of prefix and of suffix
CANDIDATES = 10  # slices that an ambiguous quote lists
MAX_OCCURRENCES = 10_000  # fitting occurrences of which the edges are checked
_MEANINGFUL = regex.compile(r"[^\p{P}\p{Z}\p{Cc}\p{Cf}]", regex.V1)

SPLIT = {
    "word": Message("The quote splits a word: take in the whole of it."),
    "number": Message("The quote splits a number: take in the whole of it."),
    "character": Message("The quote splits a character: take in the whole of it."),
}

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
    """The quote does not identify one slice. `code` is for programs, `message` for people."""

    code = "quote_refused"

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class QuoteEmpty(QuoteRefused):
    """The quote holds nothing but white space and punctuation."""

    code = "quote_empty"


class QuoteAbsent(QuoteRefused):
    """The quote is not in the text, or not at the given place. `nearest` is the most similar passage, if there is one."""

    code = "quote_absent"

    def __init__(self, message: Message, *, nearest: Slice | None) -> None:
        super().__init__(message)
        self.nearest = nearest


class QuoteCut(QuoteRefused):
    """The quote occurs only where it would split a word, number or character. `nearest` is the shortest passage that does not."""

    code = "quote_cut"

    def __init__(self, message: Message, *, nearest: Slice | None) -> None:
        super().__init__(message)
        self.nearest = nearest


class QuoteAmbiguous(QuoteRefused):
    """The quote occurs `count` times, and nothing says which is meant. `candidates` are the first CANDIDATES of them."""

    code = "quote_ambiguous"

    def __init__(self, message: Message, *, candidates: tuple[Slice, ...], count: int) -> None:
        super().__init__(message)
        self.candidates = candidates
        self.count = count


def cut(text: str, start: int, end: int) -> Slice:
    """Return the slice `text[start:end]` with its context."""
    return Slice(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def locate(quote: str, text: str, *, start: int | None = None, prefix: str = "", suffix: str = "") -> Slice:
    """Return the one slice of `text` that is `quote`, exactly or in another typography. Blanks around `quote` are ignored.

    The slice splits no word, number or character (claims.text.edges). If `prefix` or `suffix` is given, the slice stands directly
    after or before it, regardless of typography and white space.

    `start` is the offset of the slice; if it points at blanks, that of the next character. It selects one of several
    occurrences, and may split a word. A quote that occurs only elsewhere is refused, because a wrong offset shows that another
    text was quoted, or that something other than code points was counted.

    Raises QuoteEmpty. Raises QuoteAmbiguous if several occurrences fit, or if there are several and none fits. Raises QuoteCut if
    all occurrences split something. Raises QuoteAbsent if there is no occurrence, or only one, which does not fit: that is then
    its `nearest`.
    """
    wanted = quote.strip(BLANK)
    if not _MEANINGFUL.search(wanted):
        raise QuoteEmpty(Message("The quote holds nothing but white space and punctuation."))
    if start is not None and start >= 0:
        start = len(text) - len(text[start:].lstrip(BLANK))
    context = _Context(text, start, prefix, suffix)
    if start is not None and start >= 0 and text.startswith(wanted, start):
        # Look at the offset itself first: `_occurrences` leaves out some that overlap.
        named = context.fitting([(start, _with_unseen(text, start + len(wanted)))])
        if named and not context.uncut(named):
            raise _cut_error(named, text)
        if named:
            return cut(text, *named[0])
    occurring = [(at, _with_unseen(text, at + len(wanted))) for at in _occurrences(wanted, text)]
    found = fitting = context.uncut(_limited(context.fitting(occurring), text))
    if not fitting:
        folded = fold(text)
        alike = _folded_occurrences(wanted, text, folded) or occurring
        if not alike:
            raise QuoteAbsent(Message("The quote is not in the text."), nearest=_nearest(wanted, text, folded))
        fitting = context.uncut(_limited(context.fitting(alike), text))
        found = fitting or context.uncut(alike[:MAX_OCCURRENCES]) or context.uncut(occurring[:MAX_OCCURRENCES])
        if not found:
            raise _cut_error(context.fitting(alike) or alike, text)
    if len(fitting) == 1:
        return cut(text, *fitting[0])
    if len(found) > 1:
        several = fitting or found
        occurs = {"count": len(several)}
        message = (
            Message("The quote occurs %(count)s times.", occurs)
            if fitting
            else Message("The quote occurs %(count)s times, never where it should.", occurs)
        )
        raise QuoteAmbiguous(
            message, candidates=tuple(cut(text, *span) for span in several[:CANDIDATES]), count=len(several)
        )
    raise QuoteAbsent(Message("The quote occurs, but not where it should."), nearest=cut(text, *found[0]))


def _limited(spans: list[Span], text: str) -> list[Span]:
    """Return the spans. Raises QuoteAmbiguous if they are too many to check the edges of each."""
    if len(spans) > MAX_OCCURRENCES:
        message = Message(
            "The quote occurs %(count)s times, parts of words among them: quote more of the text.",
            {"count": len(spans)},
        )
        candidates = tuple(cut(text, *span) for span in spans[:CANDIDATES])
        raise QuoteAmbiguous(message, candidates=candidates, count=len(spans))
    return spans


def nearest(quote: str, text: str) -> Slice | None:
    """Return the passage of `text` that is most similar to `quote`, regardless of letter case and typography, or None."""
    return _nearest(quote.strip(BLANK), text, fold(text))


class _Context:
    """Where a quote should be: the offset and the surroundings that the caller gave."""

    def __init__(self, text: str, start: int | None, prefix: str, suffix: str) -> None:
        self.text, self.start = text, start
        self.before = fold(prefix).text.strip() if prefix else ""
        self.after = fold(suffix).text.strip() if suffix else ""
        # How much of the text around a span to fold. White space and decomposed letters may make it longer than the prefix.
        self.reach = 4 * max(len(prefix), len(suffix)) + 64

    def uncut(self, spans: list[Span]) -> list[Span]:
        """Return the spans that split nothing. With `start`, they may split words."""
        allowed = ("",) if self.start is None else ("", "word")
        return [
            span
            for span in spans
            if cut_at(self.text, span[0], begins=True) in allowed
            and cut_at(self.text, span[1], begins=False) in allowed
        ]

    def fitting(self, spans: list[Span]) -> list[Span]:
        """Return the spans at `start`, after `prefix` and before `suffix`."""
        spans = [span for span in spans if self.start in (None, span[0])]
        if not (self.before or self.after):
            return spans
        # Fold the surroundings of each span, or the whole text if that is less.
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
    # Occurrences may overlap ("aa" in "aaa"). The step grows with the needle, since the time for a long needle that repeats
    # itself ("a" a hundred thousand times) would be quadratic.
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1 + len(needle) // 100)


def _folded_occurrences(wanted: str, text: str, folded: Folded) -> list[Span]:
    """Return where the quote occurs in another typography. If nowhere, try again with divided words joined."""
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
            # A dash is folded together with the blanks around it, which are not part of the quote.
            start, end = _without_blanks(text, span)
            yield start, _with_unseen(text, end)


def _with_unseen(text: str, end: int) -> int:
    """Return the end of a passage, moved past invisible characters that belong to its last character or word."""
    while end < len(text) and text[end] in UNSEEN and cut_at(text, end, begins=False):
        end += 1
    return end


def _without_blanks(text: str, span: Span) -> Span:
    passage = text[span[0] : span[1]]
    return span[1] - len(passage.lstrip(BLANK)), span[0] + len(passage.rstrip(BLANK))


def _cut_error(spans: list[Span], text: str) -> QuoteCut:
    start, end = spans[0]
    begins, ends = cut_at(text, start, begins=True), cut_at(text, end, begins=False)
    whole = widened(text, start, end)
    return QuoteCut(SPLIT[begins or ends], nearest=cut(text, *whole) if whole else None)


# The nearest passage is found by voting. Each n-gram of the quote that occurs in the text votes for the offset at which the
# quote would then start; rare n-grams have more weight. Changed, missing and added words move the rest a little, so
# neighbouring offsets are counted together. The first and the last n-gram of the winning offset say where the passage starts
# and ends.
_VOTERS = 40  # n-grams, evenly spread over the quote
_HITS = 1000  # occurrences of one n-gram: a more frequent one says little


def _nearest(quote: str, text: str, folded: Folded) -> Slice | None:
    wanted, within = _lower(fold(quote).text), _lower(folded.text)
    # Two ideographs identify a place as well as five letters. If no n-gram is shared, try shorter ones.
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
    # İ is the only letter that becomes two in lower case, which would move the offsets.
    return text.replace("İ", "I").lower()


def _word_edge(text: str, at: int, *, begins: bool) -> int:
    """Return the nearest offset within 24 code points of `at` that splits nothing, or `at` if there is none."""
    at = min(max(at, 0), len(text))
    around = sorted(range(max(0, at - 24), min(len(text), at + 24) + 1), key=lambda i: abs(i - at))
    return next((i for i in around if not cut_at(text, i, begins=begins)), at)
