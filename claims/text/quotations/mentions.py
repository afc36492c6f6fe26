"""Find who is mentioned in the frame of an article: names, nouns for people and for things, pronouns."""

import re
from dataclasses import dataclass
from functools import cached_property

from claims.text.quotations import languages
from claims.text.quotations.frame import END, WORD, Frame

# Kinds. A PERSON is a noun phrase with a word for people in it, or a name with such words before it.
NAME, PERSON, NOUN, PRONOUN, THING, RELATIVE, FIRST = "name", "person", "noun", "pronoun", "thing", "relative", "first"
_PRONOUN_KINDS = {
    languages.HE: PRONOUN,
    languages.SHE: PRONOUN,
    languages.THEY: PRONOUN,
    languages.IT: THING,
    languages.RELATIVE: RELATIVE,
    languages.FIRST: FIRST,
}
# “WASHINGTON — ”, “CEDAR FALLS, Iowa (AP) -- ”: where a report was written
_DATELINE = re.compile(
    r"[^\W\d_a-zß-ÿ]{2}(?:[^\W\d_a-zß-ÿ]|[ .'’-]){0,30}(?:, [^\W\d_][\w. ]{1,20})?(?: ?\([^()\n]{1,30}\))? ?(?:[—–]|--?)(?=\s)"
)
_LONGEST_NOUN = 8  # words
_LONGEST_NAME = 12
_LONGEST_OF = 5  # of “del sindicato de maestros”


@dataclass(frozen=True, slots=True)
class Mention:
    first: int  # token
    last: int
    kind: str


def mentions(frame: Frame) -> list[Mention]:
    """Return the mentions of a frame, in its order. They do not overlap."""
    return _Finder(frame).find()


class _Finder:
    def __init__(self, frame: Frame) -> None:
        self.frame, self.tokens, self.words = frame, frame.tokens, frame.words

    def find(self) -> list[Mention]:
        found, i = [], 0
        while i < len(self.tokens):
            if i == 0 or self.tokens[i - 1].kind == END:
                i = self._after_dateline(i)
            mention = self._at(i) if self.tokens[i].kind == WORD else None
            if mention is None:
                i += 1
                continue
            found.append(mention)
            i = mention.last + 1
        return found

    def _after_dateline(self, i: int) -> int:
        dateline = _DATELINE.match(self.frame.text, self.tokens[i].start)
        while dateline and i < len(self.tokens) - 1 and self.tokens[i].start < dateline.end():
            i += 1
        return i

    def _at(self, i: int) -> Mention | None:
        mention = self._phrase(i) or self._pronoun_of_number(i)
        if mention and mention.kind in (NAME, PERSON, NOUN):
            mention = self._with_what_it_is_of(mention)
            if self.frame.low(mention.last + 1) == ",":
                return self._with_name(mention)
        return mention

    def _with_what_it_is_of(self, mention: Mention) -> Mention:
        """Add “del sindicato” to “la presidenta” if a comma and a name follow: “la presidenta del sindicato, Ann Roe”."""
        last, words = mention.last, self.words
        if not (words.noun_first and words.is_person(self.tokens[last].low)):
            return mention
        if self.frame.low(last + 1) not in words.prepositions | words.links:
            return mention
        while last - mention.last < _LONGEST_OF and self.frame.is_word(last + 1) and not self.tokens[last + 1].says:
            last += 1
        named = self.frame.is_name_like(last + 2) and self.frame.is_name_like(last + 3)
        return Mention(mention.first, last, mention.kind) if self.frame.low(last + 1) == "," and named else mention

    def _with_name(self, mention: Mention) -> Mention:
        """Add the name to “the minister, Ann Roe,” and “the minister, Ann Roe said”, but not to a list of people."""
        at = mention.last + 2
        if self.frame.is_word(at) and self.tokens[at].low in self.words.before_titles:
            at += 1  # “its sponsor, state Senator Ann Roe”
        is_kin = self.tokens[mention.last].low in self.words.kin
        if not (self.frame.is_name_like(at) and (is_kin or self.frame.is_name_like(at + 1))):
            return mention
        last = self._end_of_name(at)
        if self.words.is_person(self.tokens[last].low):
            return mention  # “in a statement, the company's director, …”
        person, determined = self._is_person(mention), mention.kind == NOUN
        after = self.frame.skip(last + 1 + (determined and self.frame.low(last + 1) == ","), 1)
        says = self.frame.is_word(after) and self.tokens[after].says
        ends = self.frame.low(last + 1) in (",", ".")
        joined = (person and ends) or ((person or determined) and says)
        return Mention(mention.first, last, PERSON) if joined else mention

    def _is_person(self, mention: Mention) -> bool:
        """Return whether the noun of a mention means people. It comes first in “la presidenta del sindicato”, last in English."""
        if self.words.is_person(self.tokens[mention.last].low):
            return True
        return self.words.noun_first and any(
            self.words.is_person(token.low) for token in self.tokens[mention.first : mention.first + 2]
        )

    def _phrase(self, i: int) -> Mention | None:
        token, words = self.tokens[i], self.words
        if (pronoun := words.pronouns.get(token.low)) and token.low not in words.determiners:
            # “(he)” is an editor's word, and “(it)” says that something is in Italian.
            return Mention(i, i, _PRONOUN_KINDS[pronoun]) if self.frame.low(i - 1) != "(" else None
        # “The Hague”, but “the minister”.
        part_of_name = token.text[0].isupper() and not self.frame.starts(i) and self.frame.is_name_like(i + 1)
        if token.low in words.determiners and not part_of_name:
            return self._with_determiner(i)
        if self.frame.is_name_like(i):
            return self._name(i)
        return self._bare_noun(i)

    def _pronoun_of_number(self, i: int) -> Mention | None:
        """Return “one of them”, “others” and “two of the voters” before a verb of saying."""
        frame, last = self.frame, i
        if self.tokens[i].low not in self.words.some:
            return None
        if frame.low(i + 1) == "of":
            last = i + 2
            while last - i < _LONGEST_OF and self.frame.is_word(last + 1) and not self.tokens[last + 1].says:
                last += 1
        after = frame.skip(last + 1, 1)
        return Mention(i, last, PERSON) if frame.is_word(after) and self.tokens[after].says else None

    def _with_determiner(self, i: int) -> Mention | None:
        last = i
        while last - i < _LONGEST_NOUN - 1 and self._goes_on(last + 1, first=last == i):
            last += 1
        if last == i:
            return None
        named = self.frame.is_name_like(last) and not self.words.capital_nouns
        person = named or any(self.words.is_person(token.low) for token in self.tokens[i : last + 1])
        return Mention(i, last, PERSON if person else NOUN)

    def _goes_on(self, i: int, *, first: bool) -> bool:
        """Say whether a noun phrase goes on with this token."""
        if not self.frame.is_word(i):
            return False
        token, frame = self.tokens[i], self.frame
        if token.small and (first or token.low not in self.words.links or not frame.is_name_like(i + 1)):
            return False
        if not token.says:
            return True
        is_noun = token.low in self.words.people or token.low in self.words.writings
        return (first and is_noun) or (frame.is_name_like(i) and not frame.starts(i))

    def _name(self, i: int) -> Mention:
        last, kind = self._end_of_name(i), NAME
        # “Environment Canada spokeswoman Ann Roe”
        while not self.words.capital_nouns and (after := self._name_after_noun(last)) is not None:
            last, kind = after, PERSON
        if self.tokens[last].low.endswith("'s") and (owned := self._bare_noun(last + 1)):
            return Mention(i, owned.last, PERSON)  # “Ann Roe's lawyer” is somebody else
        if self.words.capital_nouns and i == last:
            # A capital means nothing here; “Roe” is a name if the article has “Ann Roe” somewhere.
            low = self.tokens[i].low
            kind = PERSON if low in self.words.people else NAME if low in self._last_names else NOUN
        return Mention(i, last, kind)

    def _end_of_name(self, i: int) -> int:
        last = i
        while last - i < _LONGEST_NAME and (after := self._next_part(last)):
            last = after
        return last

    def _next_part(self, last: int) -> int | None:
        """Return the next capitalised word of a name, across at most two links: “Roe of the Ghent Society”."""
        for i in range(last + 1, last + 4):
            if self.frame.is_name_like(i):
                return i
            if self.frame.low(i) not in self.words.links:
                return None
        return None

    def _name_after_noun(self, last: int) -> int | None:
        """Return the last token of a name that follows after a noun for people: “academic and writer Ann Roe”."""
        frame, i = self.frame, last + 1
        while i - last <= 4 and frame.is_word(i):
            token = self.tokens[i]
            if token.text[0].isupper() or token.says or (token.small and token.low != "and"):
                break
            i += 1
        if i == last + 1 or not frame.is_name_like(i) or not self.words.is_person(self.tokens[i - 1].low):
            return None
        return self._end_of_name(i)

    def _bare_noun(self, i: int) -> Mention | None:
        """Return a noun phrase without determiner, if it has a noun for people: “campaign officials”."""
        frame, last = self.frame, i
        if not frame.is_word(i) or self.tokens[i].small or self.tokens[i].says or frame.is_name_like(i):
            return None
        while last - i < 5 and frame.is_word(last + 1) and not frame.is_name_like(last + 1):
            if self.tokens[last + 1].small or self.tokens[last + 1].says:
                break
            last += 1
        if not any(self.tokens[k].low in self.words.people for k in range(i, last + 1)):
            return None
        if frame.is_name_like(last + 1):
            last = self._end_of_name(last + 1)
        return Mention(i, last, PERSON)

    @cached_property
    def _last_names(self) -> set[str]:
        return {
            here.low
            for before, here in zip(self.tokens, self.tokens[1:], strict=False)
            if before.kind == here.kind == WORD
            and before.text[0].isupper()
            and here.text[0].isupper()
            and not before.small
            and not here.small
        }
