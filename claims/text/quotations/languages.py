"""The words of a language that say who speaks: verbs of saying, pronouns, nouns for people, and so on. One JSON file a language.

The lists were written by hand. A member of the JSON is a list of lines with words, in lower case, between blanks.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

_FILES = {path.stem: path for path in Path(__file__).with_name("words").glob("*.json")}
TAGS = tuple(sorted(_FILES))
_LETTERS = re.compile(r"[^\W\d_]+")
_GUESSED_FROM = 10_000  # characters
_ENOUGH, _CLEARLY = 0.25, 0.05  # shares of the words
_LONG = 6  # letters of the end of a German compound
HE, SHE, THEY, IT, FIRST, RELATIVE = "he", "she", "they", "it", "first", "relative"


@dataclass(frozen=True)
class Language:
    """What is known of a language. Words are in lower case, with ' for any apostrophe."""

    says: frozenset[str]  # every form of every verb of saying
    says_with: frozenset[str]  # two words that say together: "shot_back"
    takes_object: frozenset[str]  # forms that name who is spoken to or about: "told Roe"
    according: frozenset[str]  # before the speaker: "laut Roe"; two words as one: "according_to Roe"
    according_after: frozenset[str]  # after the speaker: "Roe zufolge"
    pronouns: dict[str, str]  # each with HE, SHE, THEY, IT, FIRST or RELATIVE
    determiners: frozenset[str]
    datives: frozenset[str]  # determiners that no subject has
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]  # possible between a subject and its verb
    prepositions: frozenset[str]  # a mention right after one is no subject
    clauses: frozenset[str]  # open another clause
    naming: frozenset[str]  # words before a title or a name in quotation marks
    function: frozenset[str]  # prepositions, conjunctions, names of days and months
    links: frozenset[str]  # words inside a name: "van", "de"
    people: frozenset[str]  # nouns of who can speak
    epithets: frozenset[str]  # what somebody just named may be called: "the Ohio Republican"
    signs: frozenset[str]  # what one reads on things: "a button that said"
    writings: frozenset[str]  # nouns for writings, which say something too
    before_titles: frozenset[str]  # words in lower case before a title: "state Senator Ann Roe"
    kin: dict[str, str]  # nouns for relatives, who may have one name only: "her husband, Tom"; with HE, SHE or ""
    short_titles: dict[str, frozenset[str]]  # "gov" for "governor"
    some: frozenset[str]  # "one of them", "others"
    titles: dict[str, str]  # words before a name, with HE, SHE or ""
    small: frozenset[str]  # words that are no part of a name or a noun
    split: re.Pattern[str] | None  # cuts elisions and clitics off: l’homme, dit-il
    capital_nouns: bool  # all nouns begin with a capital
    drops_subject: bool  # "dijo" needs no pronoun
    noun_first: bool  # what a noun is of stands after it: “la presidenta del sindicato”
    speaks_inside: bool  # a verb may interrupt a quotation without closing its marks
    verb_second: bool  # what stands before a verb need not be its subject

    def is_person(self, word: str) -> bool:
        """Say whether the word, in lower case, is a noun or a title of people. German writes “harbour master” as one word."""
        if word in self.people or word in self.titles or f"{word}." in self.titles:
            return True
        return self.capital_nouns and word.endswith(self._endings)

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return (*(word for word in self.people if len(word) >= _LONG), "chef")

    def gender(self, word: str) -> str:
        """Return HE or SHE for a title or a noun that says so, else ""."""
        return self.titles.get(word) or self.titles.get(f"{word}.") or self.kin.get(word, "")


@lru_cache(100)
def language(tag: str) -> Language | None:
    """Return the language of a BCP 47 tag, or None if its words are not known here."""
    path = _FILES.get(tag.partition("-")[0].lower())
    if path is None:
        return None
    given = json.loads(path.read_text(encoding="utf-8"))

    def words(name: str) -> frozenset[str]:
        return frozenset(" ".join(given.get(name, [])).split())

    pronouns = {word: kind for kind, line in given["pronouns"].items() for word in line.split()}

    def genders(name: str) -> dict[str, str]:
        return {
            word: {"either": ""}.get(kind, kind)
            for kind, lines in given.get(name, {}).items()
            for word in " ".join(lines).split()
        }

    regular = {stem + ending for stem in words("says_stems") for ending in words("says_endings")}
    small = [words(name) for name in ("function", "determiners", "auxiliaries", "adverbs")]
    return Language(
        says=words("says") | regular,
        says_with=frozenset(
            f"{verb}_{particle}" for particle, verbs in given.get("says_with", {}).items() for verb in verbs.split()
        ),
        **{name: words(name) for name in _WORDS},
        pronouns=pronouns,
        short_titles={short: frozenset(long.split()) for short, long in given.get("short_titles", {}).items()},
        kin=genders("kin"),
        titles=genders("titles"),
        small=frozenset(pronouns).union(*small),
        split=re.compile(given["split"]) if "split" in given else None,
        capital_nouns=given.get("capital_nouns", False),
        drops_subject=given.get("drops_subject", False),
        noun_first=given.get("noun_first", False),
        speaks_inside=given.get("speaks_inside", False),
        verb_second=given.get("verb_second", False),
    )


def guess(text: str) -> str:
    """Return the tag of the language whose small words are the most frequent in the text, or "" if that is not clear."""
    read = Counter(word.lower() for word in _LETTERS.findall(text[:_GUESSED_FROM]))
    total = max(1, read.total())
    shares = []
    for tag in TAGS:
        words = language(tag)
        shares.append((sum(count for word, count in read.items() if words and word in words.small) / total, tag))
    (second, _), (best, tag) = sorted(shares)[-2:]
    return tag if best > _ENOUGH and best > second + _CLEARLY else ""


_WORDS = (
    "takes_object", "according", "according_after", "determiners", "datives", "auxiliaries", "adverbs", "prepositions",
    "clauses", "function", "naming", "links", "people", "writings", "before_titles", "some", "signs", "epithets",
)  # fmt: skip
