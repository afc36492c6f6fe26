"""Find mentions that speak for somebody else: “a spokesman for the Harbour Board”, “Roe's office”, “a lawyer for Ann Roe”.

A spokesman without a name gives the name of the body that he speaks for, if it surely is a body. Whoever speaks for a person is
somebody else, whom the article does not name.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from claims.text.quotations.frame import WORD, Token, is_capitalised
from claims.text.quotations.languages import Language
from claims.text.quotations.mentions import NAME, NOUN, PERSON, Mention

_WORDS = {
    kind: frozenset(" ".join(lines).split())
    for kind, lines in json.loads(Path(__file__).with_name("behalf.json").read_text(encoding="utf-8")).items()
}
SPOKESPEOPLE, OFFICES, OF = _WORDS["spokespeople"], _WORDS["offices"], _WORDS["of"]
BODIES, COMPANIES = _WORDS["bodies"] | _WORDS["companies"], _WORDS["companies"]
_COMPOUND = tuple(word for word in BODIES if len(word) > 5)
_LONGEST = 8  # words of what somebody speaks for


def noun_of_body(word: str) -> str:
    """Return “konzern” for “Konzerns”, and “company” for itself; "" if the word is no noun for a body."""
    low = word.lower()
    return next((form for form in (low, low.removesuffix("s"), low.removesuffix("es")) if form in BODIES), "")


def is_compound(word: str) -> bool:
    """Say whether a German word ends with a noun for a body: “Chemiekonzern”."""
    return word.lower().endswith(_COMPOUND)


class Behalf:
    """What the mentions of an article say about those they speak for."""

    def __init__(self, tokens: Sequence[Token], words: Language) -> None:
        self.tokens, self.words = tokens, words

    def helper(self, mention: Mention) -> tuple[int, bool] | None:
        """Return where what a mention speaks for begins, and whether a spokesman does, or None if it speaks for itself."""
        if mention.kind not in (NAME, NOUN, PERSON):
            return None
        for at in range(mention.first, mention.last + 1):
            low = self._low(at)
            if (low in SPOKESPEOPLE or low in OFFICES) and self._low(at + 1) in OF:
                return at + 2, low in SPOKESPEOPLE
        before = mention.first - 1
        while self._low(before) in self.words.determiners and self._low(before) not in OF:
            before -= 1
        head = self._low(before - 1)
        if self._low(before) in OF and (head in OFFICES or head in SPOKESPEOPLE or self._is_helper(before - 1)):
            return mention.first, head in SPOKESPEOPLE
        if self._low(mention.last).endswith(("'s", "s'")) and self._is_thing(mention.last + 1):
            return mention.first, False
        return None

    def whole(self, mention: Mention) -> tuple[int, int]:
        """Return the first and the last token of a mention with whom it speaks for: “a spokesman for the Harbour Board”."""
        first, last = mention.first, mention.last
        helper = self.helper(mention)
        if helper is None:
            return first, last
        at, _ = helper
        if at > first:
            words, _ = self.body(at)
            if not words:
                return first, max(last, at - 1)
            end = at + len(words) - 1
            while self._text(end) != words[-1]:
                end += 1  # after an article
            return first, max(last, end)
        if self._is_thing(last + 1):
            return first, last + 1
        while self._low(first) not in OF:
            first -= 1
        first -= 1
        return first - (self._low(first - 1) in self.words.determiners), last

    def body(self, at: int) -> tuple[list[str], bool]:
        """Return the words of a name that begins at a token, and whether an article or a small word stands before it."""
        determined = self._low(at - 1) not in ("for", "von", "de", "d'", "di", "of") and self._low(at - 1) in OF
        while self._low(at) in self.words.determiners:
            at, determined = at + 1, True
        found: list[str] = []
        for i in range(at, at + _LONGEST):
            token = self.tokens[i] if i < len(self.tokens) else None
            if token is None or token.kind != WORD:
                break
            link = token.low in self.words.links
            if not (is_capitalised(token.text) or link or (not found and not token.small and not token.says)):
                break
            if token.small and not link:
                break
            found.append(token.text)
        noun = found[:1] if found and noun_of_body(found[0]) else []  # “the group”
        if noun and found == noun and self._low(at + 1) == "," and is_capitalised(self._text(at + 2)):
            return self.body(at + 2)[0], True  # “the operator, Western Counties”
        while found and not is_capitalised(found[-1]):
            found.pop()
        return found or noun, determined

    def _low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _is_helper(self, at: int) -> bool:
        """Say whether a noun without a name stands here: “a lawyer”, before “for Ann Roe”."""
        return (
            self._low(at) in self.words.people
            and self._low(at + 1) in ("for", "to", "von", "de", "di", "of", "d'")
            and self._low(at - 1) in self.words.determiners
        )

    def _is_thing(self, at: int) -> bool:
        """Say whether somebody's office, lawyer or family stands here, and not their letter."""
        low = self._low(at)
        return low in OFFICES or (low in self.words.people and low not in self.words.writings)
