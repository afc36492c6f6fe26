"""Find the name in the article that a speaking mention (“he”, “Roe”, “the minister”) stands for. Nothing here is fitted.

Wrong is worse than missing: if two people of the article have the last name, or nobody fits a pronoun, there is no name.
"""

import json
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from claims.text.quotations import languages
from claims.text.quotations.attribution import LETTERS, Article, Attribution
from claims.text.quotations.behalf import BODIES, COMPANIES, OF, Behalf, is_compound, noun_of_body
from claims.text.quotations.frame import WORD, Token, is_capitalised
from claims.text.quotations.mentions import FIRST, NAME, NOUN, PERSON, PRONOUN, RELATIVE, THING, Mention
from claims.text.quotations.spans import Span
from claimtrack.names import is_nobody

_WORDS = {
    kind: frozenset(" ".join(lines).split())
    for kind, lines in json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8")).items()
}
_ORGANISATIONS = _WORDS["organisations"]
_REMEMBERED = 60  # named mentions before a pronoun, or before a role, that it may mean
_LONGEST_NAME = 6  # words
_ADDRESS = {"me", "m.", "mme", "mlle", "dr", "pr", "sr.", "sra.", "dott.", "avv."}
_SHORTEST_NAME = 3  # characters before a colon
_APPOSITION = 10  # words after “Ann Roe, ”
_POSSESSIVE = re.compile(r"['’]s?$")
# Who has one of these words before the name is no person: “the passengers’ group Rail Voice”.
_BODIES = _WORDS["bodies"]
_ROLE_ENDINGS = (
    "ter", "ler", "ker", "ger", "ner", "der", "rer", "ser", "ber", "fer", "erin", "ist", "istin", "ent", "entin", "ant", "antin", "tor",
    "torin", "eur", "eurin", "loge", "login", "rat", "rätin", "chef", "mann", "frau", "wirt", "wirtin",
)  # fmt: skip
_INDEFINITE = frozenset(
    ["a", "an", "one", "another", "some", "ein", "eine", "einer", "un", "une", "una", "um", "uma", "uno"]
)


class How(StrEnum):
    """How a name was found."""

    FULL = "full_name"  # the mention is the full name
    LAST = "last_name"  # the article has the full name elsewhere
    PRONOUN = "pronoun"
    ROLE = "role"


@dataclass
class Person:
    """Somebody, or an organisation, whom the article names."""

    name: str
    is_organisation: bool = False
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    speaks: bool = False
    is_body: bool = False  # an organisation by a word of its name, or before it


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    how: How | None  # None if there is no name


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


class Names:
    """The names of an article, and whom its mentions mean."""

    def __init__(self, article: Article) -> None:
        self.article, self.words, self.tokens = article, article.words, article.tokens
        self.people: dict[str, Person] = {}
        self.by_last_name: defaultdict[str, list[Person]] = defaultdict(list)
        self.by_first_name: defaultdict[str, list[Person]] = defaultdict(list)
        self.meant: dict[int, Person] = {}  # the person of each mention, if that person has a name
        self.named: list[int] = []  # these mentions, in their order
        self.behalf = Behalf(self.tokens, self.words)
        self.cores = [self._core(mention) for mention in article.mentions]
        for index in range(len(self.cores)):
            self._read_full_name(index)
        for index in range(len(self.cores)):
            self._read_last_name(index)
        self.named = sorted(self.meant)

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
        return named

    # Reading the article -------------------------------------------------------------------------------------------

    def _core(self, mention: Mention) -> tuple[str, set[str]]:
        """Return the name inside a mention, and the words around it: ("Ann Roe", {"prime", "minister", …})."""
        if mention.kind not in (NAME, PERSON, NOUN):
            return "", set()
        tokens = self.tokens[mention.first : mention.last + 1]
        words = [token.text for token in tokens if token.kind == WORD]
        low = [word.lower().strip(".") for word in words]
        roles = set(low)
        if tokens[0].kind == WORD and "," in (signs := [token.text for token in tokens]):
            # “the minister for transport, Ann Roe”
            after = len(signs) - signs[::-1].index(",")
            words = [token.text for token in tokens[after:] if token.kind == WORD]
            low = [word.lower().strip(".") for word in words]
        if "of" in low and self._is_whole_name(words[: low.index("of")]):
            words, low = words[: low.index("of")], low[: low.index("of")]  # “Ann Roe of the Ghent Society”
        marks = [i for i, word in enumerate(low) if self.words.is_person(word)]
        bodies = [i for i, word in enumerate(low) if _bare(word) in _ORGANISATIONS and words[i][0].isupper()]
        # “The Union of Journalists”
        at = bodies[0] if bodies else len(low)
        of_people = at <= 1 and low[at + 1 : at + 2] and low[at + 1] in OF and is_capitalised(words[-1])
        if marks and not of_people and not (bodies and bodies[-1] >= marks[-1]):
            words = self._after_role(words[marks[-1] + 1 :])
        while words and not is_capitalised(words[-1]):
            words.pop()
        inside = [
            i for i, word in enumerate(words) if not is_capitalised(word) and word.lower() not in self.words.links
        ]
        words = words[inside[-1] + 1 :] if inside else words
        while words and (not is_capitalised(words[0]) or words[0].lower() in self.words.small):
            words.pop(0)
        owners = [i for i, word in enumerate(words[:-1]) if re.search(r"['’]s$", word)]
        if owners and not bodies:
            words = words[owners[-1] + 1 :]  # “Ghent’s Ann Roe”
        words = self._without_role(words)
        if self.words.capital_nouns and len(words) > 3 and words[2].lower() in ("zu", "für", "und"):
            words = words[:2]  # “gab Ada Roe zu Protokoll”
        name = " ".join([*words[:-1], *map(_bare, words[-1:])])
        only_bodies = all(word.lower() in BODIES for word in words) and not name.isupper()  # “die Brauerei”
        return "" if only_bodies or is_nobody(name) else name, roles

    def _without_role(self, words: list[str]) -> list[str]:
        """Return “Horst Benn” of “Gutachter Horst Benn”: German has very many nouns for people, with few endings."""
        first = words[0] if words else ""
        is_role = self.words.capital_nouns and len(words) > 2 and first.lower().endswith(_ROLE_ENDINGS)
        return words[1:] if is_role and first.lower() not in _WORDS["no_roles"] | _WORDS[languages.HE] else words

    def _is_whole_name(self, words: list[str]) -> bool:
        """Return whether these words are the first and last name of a person, maybe after a title: “Dr Ann Roe”."""
        low = [word.lower().strip(".") for word in words]
        names = [word for word, its in zip(words, low, strict=True) if not self.words.is_person(its)]
        return (
            2 <= len(names) <= 3
            and all(map(is_capitalised, names))
            and low[0] not in self.words.determiners
            and not any(_bare(word) in _ORGANISATIONS for word in low)
        )

    def _after_role(self, words: list[str]) -> list[str]:
        """Return the name after a role: “president of the Ghent Society Ann Roe”."""
        small = self.words.prepositions | self.words.links | self.words.determiners
        if not words or words[0].lower() not in small:
            return words
        capitalised = [word for word in words if is_capitalised(word)]
        if len(capitalised) <= 2:
            return []
        with_initial = len(capitalised) > 3 and len(capitalised[-2]) == 2
        return capitalised[-3 if with_initial else -2 :]

    def _read_full_name(self, index: int) -> None:
        mention, (name, roles) = self.article.mentions[index], self.cores[index]
        words = name.split()
        if not words or len(words) > _LONGEST_NAME:
            return
        apposition = self._apposition(mention.last)
        has_role = any(self.words.is_person(word) for word in roles | apposition)
        # “The United States”, but “la perita Ada Roe”
        determined = self.tokens[mention.first].low in self.words.determiners
        described = determined and not has_role and self.tokens[mention.first + 1].text[0].isupper()
        body = any(word.lower() in _ORGANISATIONS for word in words) or bool(roles & (_BODIES | COMPANIES))
        body = body or (self.words.capital_nouns and any(map(is_compound, roles)))
        body = body or words[0].lower() in BODIES or (len(words) == 1 and self._has_its_own(mention))
        is_organisation = described or body or (len(words) == 1 and name.isupper() and len(name) > 1)
        if len(words) < 2 and not is_organisation:
            return
        person = self.people.get(name)
        if person is None:
            person = self.people[name] = Person(name, is_organisation, is_body=body)
            self.by_last_name[words[-1].lower()].append(person)
            if not is_organisation:
                self.by_first_name[words[0].lower()].append(person)
        self._note(index, person, roles | apposition)
        first = words[0].lower()
        if not person.gender and not is_organisation:
            person.gender = next((kind for kind in (languages.HE, languages.SHE) if first in _WORDS[kind]), "")

    def _has_its_own(self, mention: Mention) -> bool:
        """Say whether something is “its” in the sentence that begins with a name: “Roe is closing its plant”."""
        if not self.article.frame.starts(mention.first):
            return False
        after = self.tokens[mention.last + 1 : mention.last + 1 + _APPOSITION]
        here = self.tokens[mention.first].sentence
        return any(token.low == "its" and token.sentence == here for token in after)

    def _apposition(self, last: int) -> set[str]:
        """Return the words after “Ann Roe, ”: “the minister for transport”."""
        if self.article.frame.low(last + 1) not in (",", "("):
            return set()
        words = set()
        for i in range(last + 2, last + 2 + _APPOSITION):
            if not self.article.frame.is_word(i):
                break
            words.add(self.tokens[i].low)
        return words

    def _read_last_name(self, index: int) -> None:
        """Note “Roe”, or “Dr Roe”, who may have no other name in the article."""
        mention, (name, roles) = self.article.mentions[index], self.cores[index]
        if index in self.meant or " " in name or not name or mention.kind not in (NAME, PERSON):
            return
        person = self._by_one_name(name)
        is_titled = any(word in self.words.titles or f"{word}." in self.words.titles for word in roles)
        features = self.article.ties[index].features
        if (
            person is None
            and not self._fitting(name)
            and (is_titled or ("cue" in features and "cue_far" not in features))
        ):
            person = self.people[name] = Person(name)
            self.by_last_name[name.lower()].append(person)
        if person:
            self._note(index, person, roles)

    def _note(self, index: int, person: Person, roles: set[str]) -> None:
        self.meant[index] = person
        person.roles |= {_bare(role) for role in roles}
        person.speaks = person.speaks or "cue" in self.article.ties[index].features
        genders = {gender for role in roles if (gender := self.words.gender(role))}
        if len(genders) == 1 and not person.is_organisation:
            person.gender = genders.pop()

    def _fitting(self, name: str) -> list[Person]:
        last = [person for person in self.by_last_name.get(name.lower(), []) if not person.is_organisation]
        return last or self.by_first_name.get(name.lower(), [])

    def _by_one_name(self, name: str) -> Person | None:
        """Return the only person whom the article calls by this last or first name. “Ann Roe” and “Ann B. Roe” are one."""
        fitting = self._fitting(name)
        if len({person.name.split()[0] for person in fitting}) != 1:
            return None
        return fitting[0]

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
        name = " ".join([*words[:-1], *map(_bare, words[-1:])])
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
        return of_person or low in _WORDS[languages.HE] or low in _WORDS[languages.SHE]

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
        if not before:
            return None
        kind = self.words.pronouns[self.tokens[mention.first].low]
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
        best = max(fitting, key=lambda other: self._presence(other, mention, last), default=None)
        return None if best is None else self.meant[best]

    def _presence(self, other: int, mention: Mention, last: Person | None) -> float:
        """Return how much a reader has a named mention in mind: it is recent, begins its sentence, and spoke last."""
        person, first = self.meant[other], self.article.mentions[other].first
        presence = float(self.tokens[first].sentence - self.tokens[mention.first].sentence)
        presence += 1.2 * self.article.frame.starts(first) + 0.7 * person.speaks + bool(person.gender)
        presence += last is person
        return presence - 1.5 * (self.article.frame.low(first - 1) in self.words.prepositions)

    def _before(self, index: int) -> list[int]:
        """Return the named mentions before this one, the nearest first."""
        before = bisect_left(self.named, index)
        return self.named[max(0, before - _REMEMBERED) : before][::-1]

    def _by_role(self, index: int, roles: set[str]) -> Person | None:
        """Return who was called “the minister” before."""
        first: Token = self.tokens[self.article.mentions[index].first]
        heads = {role for role in roles if self.words.is_person(role) or role in BODIES}
        if not heads or first.low not in self.words.determiners or first.low in _INDEFINITE:
            return None
        if heads & BODIES:
            return self._body_meant(index, heads)
        return next((self.meant[other] for other in self._before(index) if self._is(self.meant[other], heads)), None)

    def _body_meant(self, index: int, heads: set[str]) -> Person | None:
        """Return which body is “the board”, or “the company” where the article names only one body before."""
        before = [self.meant[other] for other in self._before(index)]
        bodies = {person.name: person for person in before if self._is(person, heads)}
        if not bodies and heads & COMPANIES:
            bodies = {person.name: person for person in before if person.is_body}
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    def _is(self, person: Person, heads: set[str]) -> bool:
        if heads & person.roles:
            return True
        # The “Landesminister” is “der Minister”.
        return self.words.capital_nouns and any(role.endswith(head) for role in person.roles for head in heads)
