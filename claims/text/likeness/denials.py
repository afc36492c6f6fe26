"""What a text denies: how often it says no, which words it denies, and which words deny without a no, such as “lacks”."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from claims.text.likeness.words import LETTERS, UNSPACED, base, lists, words
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
    r"|(?<=\bim )mai\b|(?<=\ben )mai\b|\bno(?=-[a-z])|(?<=\bof )no(?= confidence\b)"
    r"|(?<=\bsaid )no(?= to\b)|(?<=\bsays )no(?= to\b)|(?<=\bsay )no(?= to\b)|(?<=\bsaying )no(?= to\b)|(?<=\bvoted )no\b"
    # “Nobody but citizens” are only these.
    r"|\b(?:nobody|no one|none)(?= (?:but|except|other than)\b)|\bniemand(?= au(?:ß|ss)er\b)|\bpersonne(?= sauf\b)"
    r"|\bnadie(?= (?:salvo|excepto)\b)|\bnessuno(?= tranne\b)",
    re.IGNORECASE,
)
# “Jellyfish, not sewage” is “jellyfish rather than sewage”.
_RATHER_THAN = re.compile(
    r"\b(?:rather than|instead of|as opposed to|anstatt|anstelle|statt|au lieu d[eu]|plutôt que|en (?:vez|lugar) de"
    r"|invece d[ei]|piuttosto che|em vez de)\b",
    re.IGNORECASE,
)
_ANYTHING_BUT = re.compile(
    r"\b(?:anything but|alles andere als|tout sauf)\b|\bfar from (?=being\b|(?!home|here|there|shore|town)[a-z]{3,}(?:[.,;!?]|\Z))"
)
_ANSWER = re.compile(r"(?:\A|(?<=[.!?]\s))\s*(?:no|nein|non|não|nao|нет)\s*[,:!.—–-]", re.IGNORECASE)
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
    r"\bas (?!well as\b|soon as\b|long as\b)[a-z]{3,20} (?:[a-z]{1,20} ){0,4}as\b"
    r"|\bequally\b|\bgenauso\b|\baussi [a-zé]{3,20} que\b|\btan [a-z]{3,20} como\b"
)
_EVEN = -2
_TAKING, _OTHERS = lists("denials_taking_away"), lists("denials_implicit")
# The groups of each whole word, and of each beginning of words, which ends with a star
_WHOLE: dict[str, set[int]] = {}
_BEGINNINGS: dict[str, set[int]] = {}
for _number, _group in enumerate((*_TAKING, *_OTHERS)):
    for _word in _group:
        (_BEGINNINGS if _word[-1] == "*" else _WHOLE).setdefault(_word.rstrip("*"), set()).add(_number)
_LENGTHS = sorted({len(beginning) for beginning in _BEGINNINGS})
_TAKING_AWAY = frozenset(range(len(_TAKING)))
# A verb that takes away what follows: “failed to plant” is no planting.
_UNDONE = re.compile(r"\b(?:failed|refused|declined|neglected|forgot|fails|refuses|declines) to ([a-z]{3,})")
# How many words a “not” denies at most, up to the next clause: “is not yet open”, “non ha votato a favore”
_REACH = 4
_STEM, _SHORTEST = 4, 3
_LIGHT = words("light")
_SYNONYMS = lists("synonyms")
# “Not open until May” is “open from May”.
_UNTIL = re.compile(r"\b(?:until|till|before|bis|vor|avant|hasta|antes|fino|prima|até|до)\b|\bjusqu")
# “None since 2016” is “the last one in 2016”.
_SINCE = re.compile(r"\b(?:since|seit|depuis|desde|dal|с)\b")
_LAST = re.compile(
    r"\b(?:the last|last (?=[a-z]+ed|was|had|seen)|letzte[nr]?|le dernier|la dernière|el último|la última)\b"
    r"(?! (?:year|month|week|night|decade|jahr|monat|woche|an|mois|semaine|año|mes)(?! (?:in which|that|when|in dem|où|en que)))"
)
_THE_LAST = -3
# “No country has so many” is “the most of any country”.
_NONE_AS = re.compile(
    r"\b(?:no|none|nobody|nowhere|never|kein\w{0,2}|niemand|nirgend\w{0,3}|aucune?|nulle part|personne|ning[uú]na?|nadie|nunca)\b"
    r"[^.;]{0,60}?"
    r"\b(?:as|so|tan|tant[oa]?s?|aussi|autant|si) [^.;]{1,40}?\b(?:as|wie|como|que)\b"
    r"|\b(?:no|none|nobody|nowhere|kein\w{0,2}|niemand)\b[^.;]{0,60}?"
    r"\b(?:(?:[a-z]{2,}er|more|less|fewer) [^.;]{0,30}?than|mehr [^.;]{0,30}?als)\b"
)
_SUPERLATIVE = re.compile(
    r"\b(?:most|least|(?!west|forest|interest|request|arrest|protest|harvest|invest|rest\b|test|guest)[a-z]{2,}est|\w{3,20}ste[nrsm]?"
    r"|plus|moins|más|menos|mejor|peor)\b|\b(?:than any|als (?:in )?(?:jed|irgend))"
)
_AFTER_VERBS = {"nicht", "nie", "niemals", "niet", "nooit", "inte", "ikke", "aldrig", "aldri"}  # “kam nicht”
_AFTER_NE = {"pas", "jamais", "rien", "point"}
_OF_NOUNS = {
    "no",
    "none",
    "without",
    "kein",
    "keine",
    "keinen",
    "keinem",
    "keiner",
    "keines",
    "ohne",
    "sem",
    "sans",
    "senza",
    "без",
}
_LISTING = {"and", "or", "und", "oder"}
_CLAUSES = words("clauses")


@dataclass(frozen=True)
class Denials:
    """What a text denies.

    `count` is how often it says no, `denied` what stands after a no, `verbs` and `nouns` the first such words after a “not” and after
    a “no”, `until` and `since` whether it says up to and from when, `none_as` whether nothing is “as much as” something,
    `superlative` whether something is the most, `implicit` its groups of words that deny without one, each with those words, and
    `undone` the verbs after “failed to” and the like.
    """

    count: int
    denied: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    until: bool
    since: bool
    none_as: bool
    superlative: bool
    implicit: dict[int, frozenset[str]]
    undone: frozenset[str]


def read(text: str, used: set[str]) -> Denials:
    """Read a text, of which `used` are the words and the pairs of words: “failed_to”."""
    low = text.casefold()
    implicit = _implicit(used)
    implicit |= {_A_RECORD: frozenset()} if _RECORD.search(low) else {}
    implicit |= {_EVEN: frozenset()} if _AS_MUCH.search(low) else {}
    implicit |= {_THE_LAST: frozenset()} if _LAST.search(low) else {}
    found = _words(text)
    denied: set[str] = set()
    verbs: set[str] = set()
    nouns: set[str] = set()
    for at, word in enumerate(found):
        if _says_no(word):
            after = [*takewhile(lambda later: later not in _CLAUSES, found[at + 1 : at + 1 + _REACH])]
            denied |= {*after} | {f"{one}_{other}" for one, other in pairwise(after)}
            denied |= {*found[max(0, at - 2) : at]} if word in _AFTER_VERBS else set()
            if word in _AFTER_NE and "ne" in found[max(0, at - _REACH) : at]:
                continue  # the verb stands between
            # “No longer has” denies a verb.
            (nouns if word in _OF_NOUNS and after[:1] != ["longer"] else verbs).update(
                islice((w for w in after if w not in _LIGHT and not _says_no(w)), 1)
            )
    for run in UNSPACED.findall(text):
        for match in _UNSPACED_DENIALS.finditer(_NO_DENIALS.sub("", run)):
            rest = match.string[match.end() : match.end() + _REACH]
            denied |= {rest[at : at + 2] for at in range(len(rest) - 1)}
            verbs.add(rest[:2])
    return Denials(
        denies(text),
        frozenset(denied),
        frozenset(verbs),
        frozenset(nouns),
        bool(_UNTIL.search(low)),
        bool(_SINCE.search(low)),
        bool(_NONE_AS.search(low)),
        bool(_SUPERLATIVE.search(low)),
        implicit,
        frozenset(_UNDONE.findall(low)),
    )


def _implicit(used: set[str]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for word in used:
        groups = _WHOLE.get(word, set()).union(*(_BEGINNINGS.get(word[:length], ()) for length in _LENGTHS))
        if groups and not _says_no(word):
            found |= {group: found.get(group, frozenset()) | {word} for group in groups}
    return found


def in_other_words(one: Denials, used: set[str], other: Denials, used_there: set[str]) -> set[int]:
    """Return the groups of words by which the first text may deny what the second denies by a no.

    “Not rejected” has the word of “rejected”. Where one did not die and the other died, only a verb that takes death away will do.
    """
    stated = _has_form(used, other.verbs)
    return {
        number
        for number, found in one.implicit.items()
        if number not in other.implicit
        and (number != _THE_LAST or other.since)
        and (number in _TAKING_AWAY or number < 0 or not stated)
        and not (found and all(any(_is_form(word.partition("_")[0], its) for its in used_there) for word in found))
    }


def states(used: set[str], denying: Denials, *, nouns: bool) -> bool:
    """Whether one of these words is what the text denies: a verb, or a noun after a “no”."""
    return _has_form(used, denying.verbs | denying.nouns if nouns else denying.verbs)


def is_there(word: str, used: set[str]) -> bool:
    """Whether a word, or another form of it, may be among these: “votaron” and “votó”."""
    if "_" in word:
        return True
    lengths = ((other, _SHORTEST if len(other) <= _STEM + 1 else _STEM) for other in used)
    return any(base(word)[:length] == base(other)[:length] for other, length in lengths)


def _has_form(used: set[str], words_of_other: frozenset[str]) -> bool:
    # “Stepped down” is what “did not resign” denies.
    others = {*words_of_other}.union(*(group for group in _SYNONYMS if group & words_of_other))
    return any(_is_form(bare(word), other) for other in others for word in used) or bool(used & others)


def _is_form(one: str, other: str) -> bool:
    """Whether two words may be forms of one: “die” and “died”, “broke” and “broken”."""
    one, other = base(one), base(other)
    length = min(len(one), len(other), _STEM)
    return (length >= _SHORTEST or one == other) and one[:length] == other[:length] and "_" not in other


def takes_away(implicit: set[int]) -> bool:
    """Whether one of these groups of words takes away what else the text says."""
    return bool(implicit & _TAKING_AWAY)


def denies(text: str) -> int:
    """Return how often a text says no. In languages where two negations are one, it is once at most."""
    found = _words(text)
    strict = sum(word in _DENIALS or word.endswith(("n't", "n’t")) for word in found)
    strict -= sum(word == "nor" for word in found) if "neither" in found else 0
    strict -= _listed(found)
    if any(word in _CONCORD for word in found):
        strict += 1 - found.count("no")
    return strict + sum(len(_UNSPACED_DENIALS.findall(_NO_DENIALS.sub("", run))) for run in UNSPACED.findall(text))


def _listed(found: list[str]) -> int:
    """Return how many words only go on with a denial: “no shop and no doctor” is “neither a shop nor a doctor”."""
    return sum(
        conjunction in _LISTING and word in _DENIALS and any(before[:_STEM] == word[:_STEM] for before in found[:at])
        for at, (conjunction, word) in enumerate(pairwise(found))
    )


def bare(text: str) -> str:
    """Return a text in lower case and without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    """Return the words of a text without accents. What only looks like a denial is left out."""
    text = _ANYTHING_BUT.sub("not ", _NO_DENIAL.sub(" ", _RATHER_THAN.sub(" not ", text)))
    text = _ONLY.sub(" ", _ELIDED.sub("ne ", _ANSWER.sub("", text)))
    found = LETTERS.findall(bare(text))
    if "no" in found and guess(text) == "pt":
        found = [word for word in found if word != "no"]  # “in the”
    if "sin" in found and guess(text) == "es":
        found = ["sem" if word == "sin" else word for word in found]  # “without”, as in Portuguese; no sin
    return found


def _says_no(word: str) -> bool:
    return word in _DENIALS or word in _CONCORD or word.endswith(("n't", "n’t"))
