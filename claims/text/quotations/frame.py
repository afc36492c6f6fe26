"""The frame of an article: its words, with each quotation reduced to one token, divided into sentences and paragraphs."""

import re
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from claims.text.quotations.languages import Language
from claims.text.quotations.spans import Span, paragraphs_of, spans

WORD, QUOTATION, SIGN, END = "word", "quotation", "sign", "end"  # END: of a paragraph
# A name may begin with a handle or an article: @roe, al-Sadr, d’Arc.
_OF_NAMES = re.compile(r"@|(?:al|el|bin|ibn|ben|d|l)[-’']?[A-Z]")
_OPENS_SENTENCE = re.compile(r"\s*(?:[^\W\d_a-zß-ÿ]|[“\"„«]|$)")
_OPENS_QUOTATION = re.compile(r"\s*[“\"„«]")


def is_capitalised(word: str) -> bool:
    """Say whether the word begins like a name."""
    return word[0].isupper() or bool(_OF_NAMES.match(word))


@dataclass(slots=True)
class Token:
    start: int
    end: int
    text: str
    low: str  # in lower case, with ' for the apostrophe
    kind: str
    sentence: int
    paragraph: int
    small: bool = False  # a function word
    says: bool = False  # a form of a verb of saying


@dataclass
class Frame:
    text: str
    words: Language
    spans: list[Span] = field(default_factory=list)
    at: list[int] = field(default_factory=list)  # the token of each span
    tokens: list[Token] = field(default_factory=list)

    def __post_init__(self) -> None:
        _Reader(self).read()
        if self.words.says_with:
            for here, after in pairwise(self.tokens):
                here.says = here.says or f"{here.low}_{after.low}" in self.words.says_with
        # How many quotations, and words that are no adverbs, there are before each token.
        self.quotations_before = list(accumulate((token.kind == QUOTATION for token in self.tokens), initial=0))
        content = (token.kind == WORD and token.low not in self.words.adverbs for token in self.tokens)
        self.content_before = list(accumulate(content, initial=0))
        self.in_lower_case = {token.low for token in self.tokens if token.kind == WORD and token.text[0].islower()}

    def starts(self, i: int) -> bool:
        """Say whether the token begins a sentence or a clause of its own."""
        if i == 0:
            return True
        before = self.tokens[i - 1]
        return before.kind in (END, QUOTATION) or before.text in ".!?:—–-" or before.sentence != self.tokens[i].sentence

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == WORD

    def low(self, i: int) -> str:
        """Return the word or sign in lower case, or "" outside the text."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def skip(self, i: int, step: int) -> int:
        """Return the next token from `i` on that is neither an adverb nor an auxiliary."""
        adverbs, auxiliaries = self.words.adverbs, self.words.auxiliaries
        while self.is_word(i) and (self.tokens[i].low in adverbs or self.tokens[i].low in auxiliaries):
            i += step
        return i

    def is_name_like(self, i: int) -> bool:
        """Say whether the token may be a part of a name: a word with a capital that it has not only for its place."""
        if not self.is_word(i):
            return False
        token = self.tokens[i]
        if token.small or not is_capitalised(token.text):
            return False
        if token.text in _AFTER_NAMES and self.low(i - 1) == ",":
            return False
        if not self.starts(i):
            return True
        if token.low in self.in_lower_case and token.low not in self.words.titles:
            return self.is_word(i + 1) and self.tokens[i + 1].text[0].isupper() and not self.tokens[i + 1].small
        return not token.says


_AFTER_NAMES = frozenset(["QC", "KC", "MP", "MEP", "MD", "PhD", "Jr", "Sr", "Jr.", "Sr.", "Esq", "CBE", "OBE"])


# “R-Tenn.,” and “on Jan. 6”: a full stop that ends no sentence, as the next word shows
_ABBREVIATED = (
    r"(?<![^\W_])(?:[DRI]-[A-Z][a-z]+|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss"
    r"|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|No|vs|Inc|Corp|Co|Ltd)\.(?=[,;)]|\s[a-z\d])"
)


def _pattern(words: Language) -> re.Pattern[str]:
    """Return the pattern of a token. A full stop after an initial or a title ends no sentence."""
    titles = "|".join(re.escape(title[:-1]) for title in words.titles if title.endswith("."))
    return re.compile(
        rf"(?:[DRI]-)?(?:[A-ZÀ-Þ]\.){{2,}}|{_ABBREVIATED}"
        rf"|(?<=\w\s)[A-ZÀ-Þ]\.(?=\s[A-ZÀ-Þ])|(?:(?i:{titles or 'Mr'})|St|Jr|Sr|Hon|Del)\."
        r"|\d+(?:[.,:]\d+)*|[^\W_]+(?:[-’'&.@][^\W_]+)*[’']?|[@#]\w+|\S"
    )


_STOPS = frozenset(".!?")


class _Reader:
    """Fills a frame with tokens."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.text, self.words = frame, frame.text, frame.words
        self.pattern = _pattern(frame.words)
        self.sentence = self.paragraph = 0
        self.known: dict[str, tuple[str, str, bool, bool]] = {}  # what was found of each word, since words come again

    def read(self) -> None:
        frame, text = self.frame, self.text
        found = spans(text)
        which = at = 0
        for start, end in paragraphs_of(text):
            at = max(at, start)
            while which < len(found) and found[which].left < end:
                span = found[which]
                # The name in a transcript is no part of a sentence.
                self._words(at, span.label[0] if span.label else span.left)
                self._quotation(span)
                at = max(at, span.right)
                which += 1
            self._words(at, end)
            if frame.tokens and frame.tokens[-1].text in ",:" and _OPENS_QUOTATION.match(text, end):
                continue  # “Roe said:” with the quotation in a paragraph of its own
            self._add(end, end, "\n", END)
            self.sentence, self.paragraph = self.sentence + 1, self.paragraph + 1

    def _quotation(self, span: Span) -> None:
        self.frame.spans.append(span)
        self.frame.at.append(len(self.frame.tokens))
        self._add(span.left, span.right, "Q", QUOTATION)
        if self.text[span.end - 1] in ".!?…" and _OPENS_SENTENCE.match(self.text, span.right):
            self.sentence += 1

    def _words(self, start: int, end: int) -> None:
        for match in self.pattern.finditer(self.text, start, end):
            if self.words.split is None:
                self._word(match.start(), match.end())
                continue
            at = match.start()
            for cut in self.words.split.finditer(self.text, match.start(), match.end()):
                # An apostrophe goes with what is elided, a hyphen with neither.
                head = cut.start() if "-" in cut[0] else cut.end()
                self._word(at, head)
                at = cut.end()
            self._word(at, match.end())

    def _word(self, start: int, end: int) -> None:
        if start >= end:
            return
        word = self.text[start:end]
        known = self.known.get(word)
        if known is None:
            known = self.known[word] = self._what(word)
        self.frame.tokens.append(Token(start, end, word, known[0], known[1], self.sentence, self.paragraph, *known[2:]))
        if word in _STOPS:
            self.sentence += 1

    def _what(self, word: str) -> tuple[str, str, bool, bool]:
        """Return a word in lower case, its kind, whether it is small and whether it says."""
        if not (word[0].isalnum() or (word[0] in "@#" and len(word) > 1)):
            return word, SIGN, False, False
        low = word.lower().replace("’", "'")
        return low, WORD, low in self.words.small, low in self.words.says

    def _add(self, start: int, end: int, text: str, kind: str) -> None:
        self.frame.tokens.append(Token(start, end, text, text, kind, self.sentence, self.paragraph))
