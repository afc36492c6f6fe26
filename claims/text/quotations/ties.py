"""What ties a mention to a verb of saying, and which part it has in its sentence."""

from bisect import bisect
from dataclasses import dataclass

from claims.text.quotations.frame import END, QUOTATION, WORD, Frame
from claims.text.quotations.mentions import FIRST, NAME, NOUN, RELATIVE, Mention

_APPOSITION = 26  # tokens between a subject and its verb: “Roe, the minister for …, said”
_LOOSELY = 8  # words between them without a comma: “the head of the office in Ghent said”


@dataclass(frozen=True, slots=True)
class Tie:
    """The features of a mention alone (claims.text.quotations.weights), and its clause: the mention and the verb."""

    features: frozenset[str]
    first: int  # token
    last: int
    cue: tuple[int, int] | None  # the first and the last token of the verb, or of “according to”


@dataclass(frozen=True, slots=True)
class _Cue:
    at: int
    far: bool
    words: int = 1


class Ties:
    """The ties of all mentions of a frame."""

    def __init__(self, frame: Frame, mentions: list[Mention]) -> None:
        self.frame, self.tokens, self.words = frame, frame.tokens, frame.words
        self.mentions = mentions
        self.lasts = [mention.last for mention in mentions]
        # The verbs that have a subject before them: “Roe (R-Ohio) said Lind was ill”
        self.verbs_after = [self._verb_after(mention) for mention in mentions]
        self.with_subject = {
            cue.at for mention, cue in zip(mentions, self.verbs_after, strict=True) if cue and mention.kind != RELATIVE
        }

    def of(self, index: int) -> Tie:
        mention = self.mentions[index]
        features = {kind for kind in (NAME, NOUN) if mention.kind == kind}
        first, last = mention.first, mention.last
        cue = self.verbs_after[index]
        inverted = self._verb_before(mention)
        if inverted and (part := self._part_before_it(mention, inverted)):
            features.add(part)
            inverted = None
        if according := self._according(mention, cue):
            features.add("according")
            cue = according
        if self._is_possessive(last):
            features.add("possessive")
        if inverted and (cue is None or (cue.far and not inverted.far)):
            cue = inverted
        if cue and not according:
            features.add("cue")
            if cue.far:
                features.add("cue_far")
        if cue:
            first, last = min(first, cue.at), max(last, cue.at)
        return Tie(frozenset(features), first, last, (cue.at - cue.words + 1, cue.at) if cue else None)

    def _says(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].says

    def _is_possessive(self, last: int) -> bool:
        return self.tokens[last].low.endswith(("'s", "s'")) or self.frame.low(last + 1) == "'s"

    # The verb after it ---------------------------------------------------------------------------------------------

    def _verb_after(self, mention: Mention) -> _Cue | None:
        """Find “Roe said”, “Roe, the minister, said”, “the head of the office said”."""
        frame, last = self.frame, mention.last
        at = frame.skip(last + 1, 1)
        after_preposition = frame.low(mention.first - 1) in self.words.prepositions
        if after_preposition and self.words.pronouns.get(frame.low(mention.first - 2)) == RELATIVE:
            return None  # “who during her term said”
        cue: _Cue | None = None
        if self._says(at) and frame.low(last + 1) != "'s":
            cue = _Cue(at, far=False)
        elif frame.low(at) in (",", "(", "—", "–") and mention.kind != FIRST:
            named = not after_preposition and any(
                token.text == "," for token in self.tokens[mention.first : mention.last]
            )
            cue = self._after_apposition(at, named=named)
        if cue is None and frame.is_word(at) and not after_preposition:
            cue = self._loosely_after(at)
        if cue and self.words.verb_second:
            # The words before the verb may not be the subject: “In Gent sagte Roe”.
            if frame.low(mention.first) in self.words.datives:
                return None
            if after_preposition and not self._according_words(mention.first):
                return None
        return cue

    def _after_apposition(self, comma: int, *, named: bool) -> _Cue | None:
        if named and self._says(self.frame.skip(comma + 1, 1)) and self.frame.low(comma) == ",":
            return _Cue(self.frame.skip(comma + 1, 1), far=False)  # “the minister, Ann Roe, said”
        for i in range(comma + 1, min(len(self.tokens) - 1, comma + _APPOSITION)):
            token = self.tokens[i]
            if token.kind in (QUOTATION, END) or token.text in ".!?;:":
                return None
            if token.text in ",)—–":
                at = self.frame.skip(i + 1, 1)
                if self._says(at) and not self.tokens[at].low.endswith("ing"):
                    return _Cue(at, far=True)
        return None

    def _loosely_after(self, at: int) -> _Cue | None:
        for i in range(at, at + _LOOSELY):
            if not self.frame.is_word(i) or (i > at and self.tokens[i].low in self.words.pronouns):
                return None  # “Roe about what he said”
            if self._says(i) and (i > at or self.tokens[i].low not in self.words.takes_object):
                return _Cue(i, far=True)
        return None

    # The verb before it --------------------------------------------------------------------------------------------

    def _verb_before(self, mention: Mention) -> _Cue | None:
        """Find “said Roe”, “a déclaré le ministre”, “sagte heute der Sprecher”."""
        words, at = self.words, mention.first - 1
        while at > mention.first - 3 and self.frame.is_word(at):
            low = self.tokens[at].low
            if not (low in words.titles or low in words.determiners or low in words.adverbs):
                break
            at -= 1
        if self._says(at):
            return _Cue(at, far=False)
        for i in range(mention.first - 1, max(-1, mention.first - 6), -1):
            token = self.tokens[i]
            if token.kind != WORD or token.low in words.function or token.low in words.pronouns:
                return None
            if token.says:
                return _Cue(i, far=True)
        return None

    def _part_before_it(self, mention: Mention, verb: _Cue) -> str:
        """Return "embedded" or "object" if the mention is not the subject of the verb before it."""
        after = mention.last + 1
        if (
            self.frame.is_word(after)
            and self.tokens[after].low in self.words.auxiliaries
            and self.frame.low(after) != "'s"
        ):
            return "embedded"  # “said Roe was ill”
        told = self.tokens[verb.at].low in self.words.takes_object
        subject = self._has_subject(mention, verb)
        before = self.frame.skip(verb.at - 1, -1)
        # “…,” asked Roe: right after a quotation, the verb and its subject are turned round.
        at_quotation = (
            self.tokens[verb.at].text[0].islower()
            and before >= 0
            and (
                self.tokens[before].kind == QUOTATION
                or (before > 0 and self.tokens[before].kind == "sign" and self.tokens[before - 1].kind == QUOTATION)
            )
        )
        return "object" if subject or (told and not at_quotation) else ""

    def _has_subject(self, mention: Mention, verb: _Cue) -> bool:
        """Return whether there is a subject before the verb: “He told Roe”."""
        before = self.frame.skip(verb.at - 1, -1)
        if self.frame.low(verb.at - 1) in (",", ")", "—", "–") and verb.at in self.with_subject:
            return True  # “Roe, the minister, said Lind …”
        if before < 0 or self.tokens[before].kind != WORD:
            return False
        token = self.tokens[before]
        if token.small and token.low not in self.words.pronouns:
            return False
        if token.sentence != self.tokens[mention.first].sentence:
            return False
        if not self.words.verb_second:
            return True
        which = bisect(self.lasts, before) - 1
        if which < 0 or self.lasts[which] != before:
            return True
        first = self.mentions[which].first
        dative = self.tokens[first].low in self.words.datives
        return not (dative or self.frame.low(first - 1) in self.words.prepositions)

    # According to it -----------------------------------------------------------------------------------------------

    def _according(self, mention: Mention, cue: _Cue | None) -> _Cue | None:
        """Find “according to Roe”, “laut Roe”, “Roe zufolge”."""
        if self.frame.low(mention.last + 1) in self.words.according_after:
            return _Cue(mention.last + 1, far=False)
        words = self._according_words(mention.first)
        if mention.kind == FIRST or not words:
            return None
        return cue if cue and not cue.far else _Cue(mention.first - 1, far=False, words=words)

    def _according_words(self, first: int) -> int:
        """Return how many words before the mention say “according to”."""
        one, two = self.frame.low(first - 1), self.frame.low(first - 2)
        return 2 if f"{two}_{one}" in self.words.according else int(one in self.words.according)
