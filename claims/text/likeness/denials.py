"""What a text denies: how often it says no, which words it denies, and which words deny without a no, such as “lacks”."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise, takewhile

from claims.text.likeness.words import LETTERS, UNSPACED, lists, words
from claims.text.quotations.languages import guess

_DENIALS, _CONCORD = words("denials"), words("denials_in_concord")
_UNSPACED_DENIALS = re.compile("|".join(sorted(words("denials_unspaced"), key=len, reverse=True)))
_NO_DENIALS = re.compile("|".join(words("no_denials_unspaced")))
# French: “n’a” denies with “plus” and “personne” too, but “n’a que” says “only”. Italian “ce n’è” is “there is”.
_ELIDED = re.compile(r"(?<![\w'’])n['’](?=\w)(?!è|er)", re.IGNORECASE)
_ONLY = re.compile(r"\bne\s(?:(?!pas|plus|jamais|rien|aucun|personne|point)\S+\s){1,2}qu(?:e\b|['’])", re.IGNORECASE)
# “Not enough” in one word; “a no vote”; the French and the German May
_NO_DENIAL = re.compile(
    r"\bне хвата(?:ет|ло)\b|(?<=\b[aA] )no(?= votes?\b)|(?<=single )no(?= votes?\b)|(?<=\d )mai\b|(?<=\d\. )mai\b"
    r"|(?<=\bim )mai\b|(?<=\ben )mai\b"
    # “Nobody but citizens” are only these.
    r"|\b(?:nobody|no one|none)(?= (?:but|except|other than)\b)|\bniemand(?= au(?:ß|ss)er\b)|\bpersonne(?= sauf\b)"
    r"|\bnadie(?= (?:salvo|excepto)\b)|\bnessuno(?= tranne\b)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s*(?:no|nein|non|não|nao|нет)\s*[,:!.—–-]", re.IGNORECASE)
# “The lowest since 1994” is “not so low since 1994”, and “the first since 1960” is “no other since 1960”.
_RECORD = re.compile(
    r"\b(?:first|best|worst|[a-z]{2,}est|(?:most|least) [a-z]+|(?:more|less|fewer) [a-z]+ than)\b[^.;]{0,60}?\b"
    r"(?:since|ever|on record|(?:in|for) (?:[\w-]+ ){1,3}(?:years?|decades?|centur(?:y|ies)|generations?|memory)"
    r"|in (?:the|all|any|its|our))\b|\b[a-z]{3,20}er than (?:any|anywhere|anyone|anything|ever)\b"
    r"|\b\w{3,20}ste[nrsm]? (?:\w{1,20} )?seit\b|\bplus \w{3,20} (?:\w{1,20} )?depuis\b|\bmás \w{3,20} (?:\w{1,20} )?desde\b"
    r"|\bfirst (?:[a-z]+ )?(?:wom[ae]n|m[ae]n|person|president|minister|mayor|country|city|state|party|time|team) (?:ever )?to\b"
)
_A_RECORD = -1
# “As likely as” is “not more likely than”.
_AS_MUCH = re.compile(
    r"\bas [a-z]{3,20} (?:[a-z]{1,20} ){0,4}as\b|\bequally\b|\bgenauso\b|\baussi [a-zé]{3,20} que\b|\btan [a-z]{3,20} como\b"
)
_EVEN = -2
_IMPLICIT = lists("denials_implicit")
_TAKING_AWAY = {number for number, group in enumerate(_IMPLICIT) if group & {"lack", "refuse", "failed_to", "hardly"}}
# A verb that takes away what follows: “failed to plant” is no planting.
_UNDONE = re.compile(r"\b(?:failed|refused|declined|neglected|forgot|fails|refuses|declines) to ([a-z]{3,})")
# How many words a “not” denies at most, up to the next clause: “is not yet open”, “non ha votato a favore”
_REACH = 4
_CLAUSES = words("clauses")


@dataclass(frozen=True)
class Denials:
    """What a text denies.

    `count` is how often it says no, `denied` what stands after a no, `implicit` its groups of words that deny without one, and
    `undone` the verbs after “failed to” and the like.
    """

    count: int
    denied: frozenset[str]
    implicit: frozenset[int]
    undone: frozenset[str]


def read(text: str, used: set[str]) -> Denials:
    """Read a text, of which `used` are the words and the pairs of words: “failed_to”."""
    low = text.casefold()
    implicit = {number for number, group in enumerate(_IMPLICIT) if used & group}
    implicit |= {_A_RECORD} if _RECORD.search(low) else set()
    implicit |= {_EVEN} if _AS_MUCH.search(low) else set()
    found = _words(text)
    denied: set[str] = set()
    for at, word in enumerate(found):
        if _says_no(word):
            after = [*takewhile(lambda later: later not in _CLAUSES, found[at + 1 : at + 1 + _REACH])]
            denied |= {*after} | {f"{one}_{other}" for one, other in pairwise(after)}
    return Denials(denies(text), frozenset(denied), frozenset(implicit), frozenset(_UNDONE.findall(low)))


def takes_away(implicit: frozenset[int]) -> bool:
    """Whether one of these groups of words takes away what else the text says."""
    return bool(implicit & _TAKING_AWAY)


def denies(text: str) -> int:
    """Return how often a text says no. In languages where two negations are one, it is once at most."""
    found = _words(text)
    strict = sum(word in _DENIALS or word.endswith(("n't", "n’t")) for word in found)
    strict -= sum(word == "nor" for word in found) if "neither" in found else 0
    if any(word in _CONCORD for word in found):
        strict += 1 - found.count("no")
    return strict + sum(len(_UNSPACED_DENIALS.findall(_NO_DENIALS.sub("", run))) for run in UNSPACED.findall(text))


def bare(text: str) -> str:
    """Return a text in lower case and without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    """Return the words of a text without accents. What only looks like a denial is left out."""
    text = _NO_DENIAL.sub(" ", text)
    text = _ONLY.sub(" ", _ELIDED.sub("ne ", _ANSWER.sub("", text)))
    found = LETTERS.findall(bare(text))
    if "no" in found and guess(text) == "pt":
        found = [word for word in found if word != "no"]  # “in the”
    if "sin" in found and guess(text) == "es":
        found = ["sem" if word == "sin" else word for word in found]  # “without”, as in Portuguese; no sin
    return found


def _says_no(word: str) -> bool:
    return word in _DENIALS or word in _CONCORD or word.endswith(("n't", "n’t"))
