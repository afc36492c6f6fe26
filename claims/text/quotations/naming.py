"""Find the name in the article that a speaking mention (“he”, “Roe”, “the minister”) stands for. Nothing here is fitted.

Wrong is worse than missing: if two people of the article have the last name, or nobody fits a pronoun, there is no name.
"""

from bisect import bisect_left
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from claims.text.quotations import languages
from claims.text.quotations.attribution import LETTERS, Attribution
from claims.text.quotations.behalf import BODIES, COMPANIES, noun_of_body
from claims.text.quotations.frame import Token
from claims.text.quotations.mentions import FIRST, NAME, NOUN, PERSON, PRONOUN, RELATIVE, THING, Mention
from claims.text.quotations.people import KNOWN, People, Person, bare
from claims.text.quotations.spans import Span

_REMEMBERED = 60  # named mentions before a pronoun, or before a role, that it may mean
_ADDRESS = {"me", "m.", "mme", "mlle", "dr", "pr", "sr.", "sra.", "dott.", "avv."}
_EPITHET_AFTER = 4  # sentences
_IN_ONE_SENTENCE = 8  # mentions
_SHORTEST_NAME = 3  # characters before a colon
_INDEFINITE = frozenset(
    ["a", "an", "one", "another", "some", "ein", "eine", "einer", "un", "une", "una", "um", "uma", "uno"]
)


class How(StrEnum):
    """How a name was found."""

    FULL = "full_name"  # the mention is the full name
    LAST = "last_name"  # the article has the full name elsewhere
    PRONOUN = "pronoun"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    how: How | None  # None if there is no name


class Names(People):
    """The names of an article, and whom its mentions mean."""

    def passage(self, answer: Attribution) -> tuple[int, int]:
        """Return where who speaks stands, with whom they speak for."""
        if answer.mention is None:
            return answer.speaker or (0, 0)
        first, last = self.behalf.whole(self.article.mentions[answer.mention])
        return self.tokens[first].start, self.tokens[last].end

    def of(self, answers: list[Attribution]) -> list[Named]:
        """Return the name of who speaks each quotation."""
        named, last = [], None
        for answer in answers:
            person, how = self._who(answer, last)
            named.append(Named(person.name, how) if person else Named("", None))
            last = person or last
            if person and how is How.PRONOUN and not person.gender and not person.is_organisation:
                # “Roe was there. “…,” he said.”
                kind = self.words.pronouns.get(self.tokens[self.article.mentions[answer.mention or 0].first].low, "")
                person.gender = kind if kind in (languages.HE, languages.SHE) else ""
        return named

    # Whom a mention means ------------------------------------------------------------------------------------------

    def _who(self, answer: Attribution, last: Person | None) -> tuple[Person | None, How | None]:
        if answer.speaker is None:
            return None, None
        if answer.mention is None:
            return self._by_label(self.article.text[slice(*answer.speaker)].rstrip("."))
        index, mention = answer.mention, self.article.mentions[answer.mention]
        if mention.kind == FIRST:
            return None, None
        if mention.kind in (PRONOUN, THING, RELATIVE):
            return self._by_pronoun(index, answer.span, last), How.PRONOUN
        name, roles = self.cores[index]
        if helper := self.behalf.helper(mention):
            return self._spoken_for(index, *helper)
        if person := self.meant.get(index):
            return person, How.FULL if name == person.name else How.LAST
        if name and mention.kind != NOUN:
            return Person(name), How.FULL
        return self._by_role(index, roles), How.ROLE

    def _spoken_for(self, index: int, at: int, by_spokesman: bool) -> tuple[Person | None, How | None]:
        """Return the body that an unnamed spokesman speaks for. Whoever speaks for a person has no name here."""
        words, determined = self.behalf.body(at)
        name = " ".join([*words[:-1], *map(bare, words[-1:])])
        if by_spokesman and len(words) == 1 and (noun := noun_of_body(words[0])):
            meant = self._body_meant(index, {noun})
            return meant, How.ROLE if meant else None
        if not by_spokesman or not words or any(self._may_be_person(word) for word in words):
            return None, None
        known = self.people.get(name)
        alone = words[0].isupper() and len(words[0]) > 1
        is_body = any(word.lower() in BODIES for word in words) or determined or alone
        if not (is_body or (known and known.is_organisation)) or any(
            one is not known for one in self._fitting(words[-1])
        ):
            return None, None
        return known or Person(name, is_organisation=True), How.ROLE

    def _may_be_person(self, word: str) -> bool:
        low = word.lower().strip(".")
        of_person = self.words.is_person(low) and low not in BODIES
        return of_person or low in KNOWN[languages.HE] or low in KNOWN[languages.SHE]

    def _by_label(self, label: str) -> tuple[Person | None, How | None]:
        """Return who a line of a transcript, or a signature, names. “Q” and “A” are no names."""
        while " " in label and (label.split()[0].lower() in _ADDRESS or self.words.is_person(label.split()[0].lower())):
            label = label.partition(" ")[2]
        if len(label) < _SHORTEST_NAME or label.islower():
            return None, None
        if label.isupper() or " " not in label:
            person = self._by_one_name(label.title().split()[-1])
            if person and person.name.lower().endswith(label.lower()):
                return person, How.LAST
        return Person(label.title() if label.isupper() and " " in label else label), How.FULL

    def _by_pronoun(self, index: int, span: Span, last: Person | None) -> Person | None:
        mention, before = self.article.mentions[index], self._before(index)
        kind = self.words.pronouns[self.tokens[mention.first].low]
        if kind == languages.IT and self.words.verb_second and (after := self._body_after(index)):
            return after
        if not before:
            return None
        if kind == languages.IT and self.article.frame.low(mention.last + 1) in ("read", "reads"):
            return self._writer(index)
        quoted = set(LETTERS.findall(self.article.text, span.start, span.end))

        def fits(person: Person) -> bool:
            if person.name.split()[-1] in quoted:
                return False  # people rarely name themselves
            if kind == languages.RELATIVE:
                return True
            if kind in (languages.IT, languages.THEY):
                return person.is_organisation and (kind == languages.IT or person.speaks)
            may_be = person.speaks or any(
                self.words.is_person(role) or self.words.pronouns.get(role) == languages.RELATIVE
                for role in person.roles
            )
            return not person.is_organisation and (person.gender == kind or (not person.gender and may_be))

        fitting = [other for other in before if fits(self.meant[other])]
        # Who spoke last is still in mind, if no sentence since begins with somebody else.
        since = next((other for other in before if self._opens(other)), -1)
        best = max(
            fitting,
            key=lambda other: self._presence(other, mention) + (self.meant[other] is last and other >= since),
            default=None,
        )
        if best is None or self._somebody_nearer(best, index, kind):
            return None
        if kind != languages.IT and (role := self._role_before(best, index, kind)) is not None:
            person = self._by_role(role, self.cores[role][1])
            return person if person and person.gender in ("", kind) else None
        return self.meant[best]

    def _body_after(self, index: int) -> Person | None:
        """Return the union of “it is said in a statement of the union” in German, after the verb and “in”."""
        last = self.article.mentions[index].last
        if self.article.frame.low(last + 1) != "in":
            return None
        bodies = (self.meant.get(i) for i in range(index + 1, min(index + 4, len(self.article.mentions))))
        return next((body for body in bodies if body and body.is_organisation), None)

    def _role_before(self, best: int, index: int, kind: str) -> int | None:
        """Return “the president” of “Roe left, the president said”, who speaks in the sentence before, and whom “he” may mean."""
        for between in range(index - 1, max(-1, index - _IN_ONE_SENTENCE), -1):
            mention = self.article.mentions[between]
            if self.article.sentences[index] - self.article.sentences[between] > 1 or (
                between <= best and self._is_subject(best)
            ):
                break
            is_role = mention.kind == PERSON and between not in self.meant and not self.cores[between][0]
            gender = {self.words.gender(role) for role in self.cores[between][1]} - {""}
            speaks = "cue" in self.article.ties[between].features
            if is_role and speaks and gender <= {kind} and self.behalf.helper(mention) is None:
                return between
        return None

    def _writer(self, index: int) -> Person | None:
        """Return who issued the statement that “it read” means, in the sentence before."""
        here = self.article.sentences[index] - 1
        before = [other for other in self._before(index) if self.article.sentences[other] >= here - 1]
        wrote = [other for other in before if self._is_subject(other)]
        return self.meant[wrote[0]] if wrote else None

    def _somebody_nearer(self, best: int, index: int, kind: str) -> bool:
        """Say whether a sentence between begins with somebody without a name whom the pronoun may mean: “A woman stood up.”"""
        here = self.article.sentences[index]
        for between in range(index - 1, max(best, index - _REMEMBERED), -1):
            mention = self.article.mentions[between]
            if here - self.article.sentences[between] > 1 + (kind == languages.THEY):
                break
            if between not in self.meant and mention.kind in (PERSON, NAME) and not self.cores[between][0]:
                first = mention.first
                indefinite = self.tokens[first].low in _INDEFINITE
                fits = any(
                    role in self.words.people and role.endswith(("s", "people", "men"))
                    if kind == languages.THEY
                    else self.words.gender(role) == kind
                    for role in self.cores[between][1]
                )
                if fits and (indefinite or kind == languages.THEY or self.article.frame.starts(first)):
                    return True
        return False

    def _opens(self, index: int) -> bool:
        return self.article.frame.starts(self.article.mentions[index].first) and not self.meant[index].is_organisation

    def _presence(self, other: int, mention: Mention) -> float:
        """Return how much a reader has a named mention in mind: it is recent, and begins its sentence."""
        person, first = self.meant[other], self.article.mentions[other].first
        presence = float(self.tokens[first].sentence - self.tokens[mention.first].sentence)
        presence += 1.2 * self._is_subject(other) + 0.7 * person.speaks + bool(person.gender)
        return presence - 1.5 * (self.article.frame.low(first - 1) in self.words.prepositions)

    def _is_subject(self, index: int) -> bool:
        """Say whether a mention begins its sentence, maybe after when or where: “By evening Roe had left.”"""
        mention, sentences, frame = self.article.mentions[index], self.article.sentences, self.article.frame
        if frame.low(mention.last).endswith(("'s", "s'")):
            return False
        if frame.starts(mention.first):
            return True
        after_preposition = frame.low(mention.first - 1) in self.words.prepositions
        before = (i for i in range(max(0, index - _IN_ONE_SENTENCE), index) if i in self.meant)
        named = any(
            sentences[i] == sentences[index] and not frame.low(self.article.mentions[i].last).endswith(("'s", "s'"))
            for i in before
        )
        return not (named or after_preposition)

    def _before(self, index: int) -> list[int]:
        """Return the named mentions before this one, the nearest first."""
        before = bisect_left(self.named, index)
        return self.named[max(0, before - _REMEMBERED) : before][::-1]

    def _by_role(self, index: int, roles: Set[str]) -> Person | None:
        """Return who was called “the minister” before."""
        first: Token = self.tokens[self.article.mentions[index].first]
        heads = {role for role in roles if self.words.is_person(role) or role in BODIES}
        if not heads or first.low not in self.words.determiners or first.low in _INDEFINITE:
            return None
        if heads & BODIES:
            return self._body_meant(index, heads)
        fitting = [other for other in self._before(index) if self._is(self.meant[other], heads)]
        found = self.meant[fitting[0]] if fitting else None
        far = found and self.article.sentences[index] - self.article.sentences[fitting[0]] > _EPITHET_AFTER
        if far and any(self.meant[other] is not found for other in fitting):
            return None  # several people are “the senator”
        return found or (self._just_named(index) if heads & self.words.epithets else None)

    def _just_named(self, index: int) -> Person | None:
        """Return the subject of the sentence before, whom “the Ohio Republican” means."""
        here = self.article.sentences[index]
        before = [other for other in self._before(index) if here - self.article.sentences[other] <= _EPITHET_AFTER]
        named = [other for other in before if self._is_subject(other) and not self.meant[other].is_organisation]
        if named:
            return self.meant[named[0]]
        people = {self.meant[other].name for other in self._before(index) if not self.meant[other].is_organisation}
        return self.people[people.pop()] if len(people) == 1 else None

    def _body_meant(self, index: int, heads: set[str]) -> Person | None:
        """Return which body is “the board”, or “the company” where the article names only one body before."""
        before = [self.meant[other] for other in self._before(index)]
        bodies = {person.name: person for person in before if self._is(person, heads)}
        if not bodies and heads & COMPANIES:
            bodies = {person.name: person for person in before if person.is_body}
            named_so = {
                name: person for name, person in bodies.items() if name.split()[-1].lower() in KNOWN["companies"]
            }
            bodies = named_so or bodies
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    def _is(self, person: Person, heads: set[str]) -> bool:
        if heads & person.roles:
            return True
        # The “Landesminister” is “der Minister”.
        return self.words.capital_nouns and any(role.endswith(head) for role in person.roles for head in heads)
