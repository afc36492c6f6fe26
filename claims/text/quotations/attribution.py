"""Say who speaks each quotation of a text: a linear model over a few features that one can read (claims.text.quotations.weights).

Each mention near a quotation is a possible speaker, and nobody is another. The highest sum of weights is the answer, and its
*margin* over the next one says how sure it is. An answer depends on the one before it, since speakers go on. Only a bounded number
of mentions is asked for each quotation, so that the time is linear in the length of the text.
"""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from claims.text.quotations.frame import END, QUOTATION, WORD, Frame
from claims.text.quotations.incises import incise
from claims.text.quotations.languages import Language
from claims.text.quotations.mentions import RELATIVE, Mention, mentions
from claims.text.quotations.spans import Span
from claims.text.quotations.ties import Ties
from claims.text.quotations.weights import WEIGHTS

CERTAIN = 9.0  # the margin where the form of the text says who speaks
# The mentions that are considered: how many before and after, and how many paragraphs away.
_BEFORE, _AFTER = 40, 12
_PARAGRAPHS_BEFORE, _PARAGRAPHS_AFTER = 3, 1
_FAR = 2  # sentences, and quotations, between: more of them make no difference
_COMPARED = 2  # answers: the best one, and the next
_LONGEST_TITLE = 8  # words in which small ones do not count
_ACCUSED = 7  # tokens of “accused the growers of the valley of”
_TOUCHING = 1  # words between the clause and the quotation
_TOUCHING_BEFORE = 5  # … before it, where they may be the object: “told the press, “…””

LETTERS = re.compile(r"\w+(?:[’'-]\w+)*")
_JOINING_SIGNS = (",", "—", "–", "-")
_DASH = re.compile(r"\s*[―—–-]")
_SIGNATURE = re.compile(
    r"\s*[―—–-]+\s*((?:[^\W\d_a-zß-ÿ][\w.’'-]*)(?:[ \u00a0](?:[^\W\d_a-zß-ÿ][\w.’'-]*|de|van|von|la|del)){1,4})[^\w\n]{0,3}(?:\n|$)"
)
# A list of headlines: “…” — the paper, the date
_CITATION = re.compile(r"\s*[―—–-]+\s*[^\n,]{2,60},[^\n]{0,30}\d{4}[^\w\n]*(?:\n|$)")
_SIGNED_WITHIN = 140


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of a quotation. `speaker` and `cue` are offsets in the text, or None."""

    span: Span
    speaker: tuple[int, int] | None
    cue: tuple[int, int] | None
    margin: float
    mention: int | None = None  # its index among the mentions of the article


class Article:
    """A text with its quotations, the mentions of people in it, and who speaks."""

    def __init__(self, text: str, words: Language, weights: Mapping[str, float] = WEIGHTS) -> None:
        self.text, self.words, self.weights = text, words, weights
        self.frame = Frame(text, words)
        self.tokens, self.spans, self.at = self.frame.tokens, self.frame.spans, self.frame.at
        self.mentions: list[Mention] = mentions(self.frame)
        self.first_tokens = [mention.first for mention in self.mentions]
        self.paragraphs = [self.tokens[first].paragraph for first in self.first_tokens]
        self.sentences = [self.tokens[first].sentence for first in self.first_tokens]
        ties = Ties(self.frame, self.mentions)
        self.ties = [*map(ties.of, range(len(self.mentions)))]
        verbs = {tie.cue[1] for tie in self.ties if tie.cue}
        self.verbs_before = list(accumulate((i in verbs for i in range(len(self.tokens))), initial=0))
        # The evidence for each mention with any quotation, and the evidence if the quotation comes before it.
        self.alone = [sum(weights[name] for name in sorted(tie.features)) for tie in self.ties]
        self.alone_after = [
            alone + weights["new_clause"] * self._opens_clause(mention)
            for alone, mention in zip(self.alone, self.mentions, strict=True)
        ]
        # The highest sum that a mention far from a quotation can have
        far = _FAR * (weights["sentences_between"] + weights["quotations_between"])
        paragraphs = max(0.0, weights["paragraph_after"], _PARAGRAPHS_BEFORE * weights["paragraphs_before"])
        self.strongest_far = max([*self.alone, *self.alone_after], default=0.0) + far + paragraphs

    def attributions(self) -> list[Attribution]:
        """Return the speaker of each quotation, in the order of the text."""
        answers: list[Attribution] = []
        previous: int | None = None
        for which in range(len(self.spans)):
            answer = self.formal(which) or self._best(which, previous)
            answers.append(answer)
            previous = answer.mention if answer.mention is not None else previous
        return answers

    def formal(self, which: int) -> Attribution | None:
        """Return the speaker if the form of the text names one: a transcript, or a name after a dash at the end of the line."""
        span = self.spans[which]
        if span.label:
            return Attribution(span, span.label, None, CERTAIN)
        if _DASH.match(self.text, span.right):
            after = self.text[span.right : span.right + _SIGNED_WITHIN]
            if _CITATION.match(after):
                return Attribution(span, None, None, CERTAIN)
            if signed := _SIGNATURE.match(after):
                start, end = signed.span(1)
                return Attribution(span, (span.right + start, span.right + end), None, CERTAIN)
        if said := incise(self.text, span.start, span.end, self.words):
            return Attribution(span, *said, CERTAIN)
        return None

    def _best(self, which: int, previous: int | None) -> Attribution:
        if previous is None and self.words.drops_subject and self._cue_alone(self.at[which]):
            previous = self._subject_before(which)
        candidates = self.candidates(which)
        if not candidates:
            return Attribution(self.spans[which], None, None, CERTAIN)
        near, far = self._foremost(which, candidates, previous)
        scores = {
            mention: self.alone[mention] + self._score(self._places(which, mention, previous)) for mention in near
        }
        nobody = self._score(self.nobody(which))
        # Not even the next one: then a mention far away makes no difference.
        if sum(score > self.strongest_far for score in (nobody, *scores.values())) < _COMPARED:
            scores |= {
                mention: self.alone[mention] + self._score(self._places(which, mention, previous))
                for mention in self._strongest(far)
            }
        best, margin, mention = nobody, CERTAIN, None
        for candidate, score in sorted(scores.items()):
            if score > best:
                best, margin, mention = score, score - best, candidate
            else:
                margin = min(margin, best - score)
        if mention is None:
            return Attribution(self.spans[which], None, None, margin)
        mention = self._antecedent(mention)
        tie, chosen = self.ties[mention], self.mentions[mention]
        cue = tie.cue if self._touches(which, mention) else None
        return Attribution(
            self.spans[which],
            (self.tokens[chosen.first].start, self.tokens[chosen.last].end),
            (self.tokens[cue[0]].start, self.tokens[cue[1]].end) if cue else None,
            margin,
            mention,
        )

    def _antecedent(self, mention: int) -> int:
        """Return “an official” for “who” of “an official, who spoke to the Courier”."""
        this, before = self.mentions[mention], self.mentions[mention - 1]
        if mention and this.kind == RELATIVE:
            between = [token.text for token in self.tokens[before.last + 1 : this.first]]
            return mention - 1 if between in ([], [","]) else mention
        return mention

    def candidates(self, which: int) -> Sequence[int]:
        """Return the mentions that are considered for a quotation."""
        at = self.at[which]
        near, here = bisect(self.first_tokens, at), self.tokens[at].paragraph
        first = max(near - _BEFORE, bisect_left(self.paragraphs, here - _PARAGRAPHS_BEFORE))
        last = min(near + _AFTER, bisect(self.paragraphs, here + _PARAGRAPHS_AFTER))
        chosen = range(first, last)
        if self.spans[which].dash:
            # Most lines that begin with a dash are items of a list.
            return [
                mention for mention in chosen if self.ties[mention].cue is not None and self._touches(which, mention)
            ]
        return chosen

    def _foremost(
        self, which: int, candidates: Sequence[int], previous: int | None
    ) -> tuple[Iterable[int], tuple[Sequence[int], Sequence[int]]]:
        """Return the candidates near a quotation with the speaker before it, and those that are far from it, before and after."""
        if not candidates or self.spans[which].dash:
            return candidates, ((), ())
        first, last = candidates[0], candidates[-1] + 1
        here, sentences = self.tokens[self.at[which]].sentence, self.sentences
        near, beyond = first, last
        if which >= _FAR:
            near = max(first, bisect(self.first_tokens, self.at[which - _FAR]))
            while near > first and here - sentences[near - 1] < _FAR:
                near -= 1
        if which + _FAR < len(self.at):
            beyond = min(last, bisect(self.first_tokens, self.at[which + _FAR]))
            while beyond < last and sentences[beyond] - here < _FAR:
                beyond += 1
        foremost = set(range(near, beyond))
        if previous is not None and first <= previous < last:
            foremost.add(previous)
        return foremost, (range(first, near), range(beyond, last))

    def _strongest(self, far: tuple[Sequence[int], Sequence[int]]) -> Iterator[int]:
        """Yield the two strongest of each paragraph.

        Beyond the second quotation and the second sentence, what speaks for the mentions of a paragraph differs by what speaks for
        each alone.
        """
        for alone, mentions_there in zip((self.alone, self.alone_after), far, strict=True):
            for _, alike in groupby(mentions_there, self.paragraphs.__getitem__):
                yield from _two_largest(alike, alone)

    def _score(self, features: Mapping[str, float]) -> float:
        weights, score = self.weights, 0.0
        for name, value in features.items():
            score += weights[name] * value
        return score

    # Features -----------------------------------------------------------------------------------------------------

    def features(self, which: int, mention: int, previous: int | None) -> dict[str, float]:
        """Return what is true of a mention as the speaker of a quotation. `previous` spoke the one before."""
        return dict.fromkeys(self.ties[mention].features, 1.0) | self._places(which, mention, previous)

    def _places(self, which: int, mention: int, previous: int | None) -> dict[str, float]:
        """Return what is true of the place of a mention beside a quotation."""
        chosen, tie, at = self.mentions[mention], self.ties[mention], self.at[which]
        here = self.tokens[at]
        features: dict[str, float] = {}
        gap = self._gap(which, mention)
        between, sentences = self._quotations_between(gap), self._sentences_between(which, mention)
        paragraphs = self.tokens[chosen.first].paragraph - here.paragraph
        if not sentences:
            # “Roe said that Lind called it “…””: who speaks last says it.
            last = tie.last < at and self.verbs_before[at] > self.verbs_before[tie.last + 1]
            features |= {} if last else {"same_sentence": 1.0}
        else:
            features["sentences_between"] = min(2, sentences)
        if between:
            features["quotations_between"] = min(2, between)
        if paragraphs < 0:
            features["paragraphs_before"] = -paragraphs
        elif paragraphs > 0:
            features["paragraph_after"] = 1.0
        touches = not (sentences or between) and self._stands_beside(which, mention, gap)
        if touches and (
            (tie.last < at and (self._joins_before(at) or (tie.cue and tie.cue[1] == at - 1)))
            or (tie.first > at and self._joins_after(which))
        ):
            features["touch_comma"] = 1.0
        if chosen.first > at and self._opens_clause(chosen):
            features["new_clause"] = 1.0
        if chosen.first < at and not sentences and not touches:
            if self.frame.low(at - 1) == ":":
                features["colon_sentence"] = 1.0
            if not paragraphs and self.frame.starts(chosen.first) and self._after_participle(at):
                features["participle"] = 1.0
        if previous == mention:
            features |= self._going_on(which)
        return features

    def _opens_clause(self, mention: Mention) -> bool:
        return self.frame.low(mention.first - 1) in self.words.clauses

    def _gap(self, which: int, mention: int) -> tuple[int, int]:
        """Return the tokens between the clause of a mention and a quotation; none if the quotation is inside the clause."""
        tie, at = self.ties[mention], self.at[which]
        if tie.last < at:
            return tie.last + 1, at
        return (at + 1, tie.first) if tie.first > at else (at, at)

    def _quotations_between(self, gap: tuple[int, int]) -> int:
        start, end = gap
        before = self.frame.quotations_before
        return max(0, before[end] - before[start]) if end > start else 0

    def _sentences_between(self, which: int, mention: int) -> int:
        chosen, at = self.mentions[mention], self.at[which]
        edge = self.tokens[chosen.last if chosen.last < at else chosen.first]
        sentences = abs(edge.sentence - self.tokens[at].sentence)
        if chosen.first > at and self.tokens[at + 1].sentence == edge.sentence and not self._stops(which):
            return 0  # “Why?” Roe asked
        return sentences

    def _touches(self, which: int, mention: int) -> bool:
        """Say whether the verb of the mention and the mention stand beside the quotation."""
        gap = self._gap(which, mention)
        if self._sentences_between(which, mention) or self._quotations_between(gap):
            return False
        return self._stands_beside(which, mention, gap)

    def _stands_beside(self, which: int, mention: int, gap: tuple[int, int]) -> bool:
        """Say the same, if no sentence or quotation stands between."""
        tie, at = self.ties[mention], self.at[which]
        if tie.cue is None:
            return False
        start, end = gap
        words = self.frame.content_before[end] - self.frame.content_before[start]
        return words <= (_TOUCHING_BEFORE if tie.last < at else _TOUCHING)

    def _joins_before(self, at: int) -> bool:
        return self.frame.low(at - 1) in (",", ":")

    def _joins_after(self, which: int) -> bool:
        last, after = self.text[self.spans[which].end - 1], self.frame.low(self.at[which] + 1)
        return last in ",?!—-…" or (after == "," and last != ".") or after in _JOINING_SIGNS[1:]

    def _stops(self, which: int) -> bool:
        return self.text[self.spans[which].end - 1] == "." or self.frame.low(self.at[which] + 1) == "."

    def _after_participle(self, at: int) -> bool:
        """Say whether the quotation follows on a participle of saying: “, calling it “…””."""
        for i in range(at - 1, max(-1, at - 7), -1):
            token = self.tokens[i]
            if token.kind != WORD and not (token.text == "," and i == at - 1):
                return False
            if token.says:
                participle = token.low.endswith(("ing", "ant", "ando", "endo"))
                return (participle and self.frame.low(i - 1) in _JOINING_SIGNS) or self.frame.low(i - 1) in (
                    "and",
                    "by",
                )
        return False

    def _going_on(self, which: int) -> dict[str, float]:
        """Return the features of whoever spoke the quotation before."""
        features, at = {}, self.at[which]
        before = self.tokens[at - 1] if at else None
        if before is None or before.kind in (QUOTATION, END) or before.text in ".!?":
            features["goes_on"] = 1.0
        if self.spans[which].continues:
            features["continued"] = 1.0
        if self.words.drops_subject and self._cue_alone(at):
            features["cue_alone"] = 1.0
        return features

    def _cue_alone(self, at: int) -> bool:
        i = at + 1
        while self.frame.low(i) in _JOINING_SIGNS[:3]:
            i += 1
        i = self.frame.skip(i, 1)
        if not (self.frame.is_word(i) and self.tokens[i].says):
            return False
        after = i + 1
        return not self.frame.is_word(after) or self.frame.low(after) in self.words.function

    def _accuses(self, of: int) -> bool:
        """Say whether a verb of saying needs the “of” before a quotation: “accused Roe of “…””, “warned of “…””."""
        if self.frame.low(of) not in ("of", "on"):
            return False
        for i in range(of - 1, max(-1, of - _ACCUSED), -1):
            if not self.frame.is_word(i) or self.tokens[i].says:
                return self.frame.is_word(i) and (self.frame.low(of) == "of" or self.frame.low(i).startswith("blam"))
        return False

    def _subject_before(self, which: int) -> int | None:
        """Return who begins the sentence before a quotation, and may be the subject of “lamentó”."""
        here = self.tokens[self.at[which]].sentence
        mention = bisect(self.first_tokens, self.at[which]) - 1
        while mention >= 0 and here - self.sentences[mention] <= 1:
            if self.frame.starts(self.mentions[mention].first):
                return mention
            mention -= 1
        return None

    def nobody(self, which: int) -> dict[str, float]:
        """Return what suggests that nobody says a passage in quotation marks."""
        span, at = self.spans[which], self.at[which]
        words = LETTERS.findall(self.text, span.start, span.end)
        features = {"nobody": 1.0}
        if len(words) <= 2:
            features["nobody_short"] = 1.0
        # “Meet the Nation”: small words have no capital in a title.
        is_short = len(words) <= _LONGEST_TITLE and ". " not in self.text[span.start : span.end]
        large = [word for word in words if not is_short or word[0].isupper() or word.lower() not in self.words.small]
        capitals = sum(word[0].isupper() for word in large)
        if len(words) > 1 and capitals >= 0.7 * len(large) and not self.words.capital_nouns:
            features["nobody_titled"] = 1.0
        if self.frame.low(at - 1) in self.words.naming and not self._accuses(at - 1):
            features["nobody_named"] = 1.0
        if self.words.signs and any(token.low in self.words.signs for token in self.tokens[max(0, at - 4) : at]):
            features["nobody_named"] = 2.0
        return features


def _two_largest(mentions: Iterable[int], alone: Sequence[float]) -> Iterable[int]:
    """Return the two with the largest `alone`; of equals, the earlier one."""
    first = second = None
    for mention in mentions:
        if first is None or alone[mention] > alone[first]:
            first, second = mention, first
        elif second is None or alone[mention] > alone[second]:
            second = mention
    return (mention for mention in (first, second) if mention is not None)
