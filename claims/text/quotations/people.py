"""Read whom an article names: people and organisations, with their roles and genders. Nothing here is fitted."""

import json
import re
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path

from claims.text.quotations import languages
from claims.text.quotations.attribution import Article
from claims.text.quotations.behalf import BODIES, COMPANIES, OF, Behalf, is_compound
from claims.text.quotations.frame import WORD, Token, is_capitalised
from claims.text.quotations.mentions import NAME, NOUN, PERSON, Mention
from claimtrack.names import is_nobody

KNOWN = {
    kind: frozenset(" ".join(lines).split())
    for kind, lines in json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8")).items()
}
_ORGANISATIONS = KNOWN["organisations"] | KNOWN["companies"]
_LONGEST_NAME = 6  # words
_APPOSITION = 10  # words after “Ann Roe, ”
_POSSESSIVE = re.compile(r"['’]s?$")
# Who has one of these words before the name is no person: “the passengers’ group Rail Voice”.
_BODIES = KNOWN["bodies"]
_ROLE_ENDINGS = (
    "ter", "ler", "ker", "ger", "ner", "der", "rer", "ser", "ber", "fer", "erin", "ist", "istin", "ent", "entin", "ant", "antin", "tor",
    "torin", "eur", "eurin", "loge", "login", "rat", "rätin", "chef", "mann", "frau", "wirt", "wirtin",
)  # fmt: skip


@dataclass
class Person:
    """Somebody, or an organisation, whom the article names."""

    name: str
    is_organisation: bool = False
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    speaks: bool = False
    is_body: bool = False  # an organisation by a word of its name, or before it


def bare(word: str) -> str:
    """Return a word without its possessive ending."""
    return _POSSESSIVE.sub("", word)


class People:
    """The people and organisations of an article."""

    def __init__(self, article: Article) -> None:
        self.article, self.words, self.tokens = article, article.words, article.tokens
        self.people: dict[str, Person] = {}
        self.by_last_name: defaultdict[str, list[Person]] = defaultdict(list)
        self.by_first_name: defaultdict[str, list[Person]] = defaultdict(list)
        self.meant: dict[int, Person] = {}  # the person of each mention, if that person has a name
        self.named: list[int] = []  # these mentions, in their order
        self.behalf = Behalf(self.tokens, self.words)
        self._known: dict[tuple[str, ...], tuple[str, frozenset[str]]] = {}  # cores, since mentions come again
        self.cores = [self._core(mention) for mention in article.mentions]
        for index in range(len(self.cores)):
            self._read_full_name(index)
        for index in range(len(self.cores)):
            self._read_last_name(index)
        self.named = sorted(self.meant)

    def _core(self, mention: Mention) -> tuple[str, frozenset[str]]:
        """Return the name inside a mention, and the words around it: ("Ann Roe", {"prime", "minister", …})."""
        if mention.kind not in (NAME, PERSON, NOUN):
            return "", frozenset()
        tokens = self.tokens[mention.first : mention.last + 1]
        spelt = (*(token.text for token in tokens),)
        if spelt not in self._known:
            self._known[spelt] = self._read_core(tokens)
        return self._known[spelt]

    def _read_core(self, tokens: list[Token]) -> tuple[str, frozenset[str]]:
        words = [token.text for token in tokens if token.kind == WORD]
        low = [word.lower().strip(".") for word in words]
        roles = frozenset(low)
        if tokens[0].kind == WORD and "," in (signs := [token.text for token in tokens]):
            # “the minister for transport, Ann Roe”
            after = len(signs) - signs[::-1].index(",")
            words = [token.text for token in tokens[after:] if token.kind == WORD]
            low = [word.lower().strip(".") for word in words]
        if "of" in low and self._is_whole_name(words[: low.index("of")]):
            words, low = words[: low.index("of")], low[: low.index("of")]  # “Ann Roe of the Ghent Society”
        marks = [i for i, word in enumerate(low) if self.words.is_person(word)]
        bodies = [i for i, word in enumerate(low) if bare(word) in _ORGANISATIONS and words[i][0].isupper()]
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
        name = " ".join([*words[:-1], *map(bare, words[-1:])])
        only_bodies = all(word.lower() in BODIES for word in words) and not name.isupper()  # “die Brauerei”
        return "" if only_bodies or is_nobody(name) else name, roles

    def _without_role(self, words: list[str]) -> list[str]:
        """Return “Horst Benn” of “Gutachter Horst Benn”: German has very many nouns for people, with few endings."""
        first = words[0] if words else ""
        is_role = self.words.capital_nouns and len(words) > 2 and first.lower().endswith(_ROLE_ENDINGS)
        return words[1:] if is_role and first.lower() not in KNOWN["no_roles"] | KNOWN[languages.HE] else words

    def _is_whole_name(self, words: list[str]) -> bool:
        """Return whether these words are the first and last name of a person, maybe after a title: “Dr Ann Roe”."""
        low = [word.lower().strip(".") for word in words]
        names = [
            word
            for word, its in zip(words, low, strict=True)
            if not (self.words.is_person(its) or its in self.words.before_titles)
        ]
        return (
            2 <= len(names) <= 3
            and all(map(is_capitalised, names))
            and (low[0] not in self.words.determiners or low[0] in self.words.before_titles)
            and not any(bare(word) in _ORGANISATIONS for word in low)
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
        if not words:
            self._read_owner(mention)
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
            person.gender = next((kind for kind in (languages.HE, languages.SHE) if first in KNOWN[kind]), "")

    def _read_owner(self, mention: Mention) -> None:
        """Note “Ann Roe” of “Senator Ann Roe’s campaign”, who may have that name nowhere else."""
        tokens = self.tokens[mention.first : mention.last + 1]
        at = next((i for i, token in enumerate(tokens) if token.low.endswith("'s")), 0)
        marks = [i for i, token in enumerate(tokens[:at]) if self.words.is_person(token.low.strip("."))]
        names = [token.text for token in tokens[marks[-1] + 1 if marks else 0 : at + 1]]
        if not self._is_whole_name(names) or (name := " ".join([*names[:-1], bare(names[-1])])) in self.people:
            return
        person = self.people[name] = Person(name)
        self.by_last_name[name.split()[-1].lower()].append(person)
        self.by_first_name[names[0].lower()].append(person)
        person.roles |= {token.low.strip(".") for token in tokens[:at]}
        first = names[0].lower()
        person.gender = next((kind for kind in (languages.HE, languages.SHE) if first in KNOWN[kind]), "")

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
            if self.tokens[i].says:
                return set()  # “On Roe Island, the mayor said”
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
            and (is_titled or roles & self.words.kin.keys() or ("cue" in features and "cue_far" not in features))
        ):
            person = self.people[name] = Person(name)
            self.by_last_name[name.lower()].append(person)
        if person:
            self._note(index, person, roles)

    def _note(self, index: int, person: Person, roles: Set[str]) -> None:
        self.meant[index] = person
        person.roles |= {bare(role) for role in roles}
        person.roles = person.roles.union(*(self.words.short_titles.get(role, ()) for role in roles))
        person.speaks = person.speaks or "cue" in self.article.ties[index].features
        of_kin = self.words.kin.keys() - self.cores[index][1]  # “Roe, who left his wife”
        genders = {gender for role in roles - of_kin if (gender := self.words.gender(role))}
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
