"""The authors of an article, read from its bylines.

Bylines join several names ("By Ann Hale and Tom Reyes"), and pages put URLs, e-mail addresses, numbers and placeholders in
place of names. Organisations are authors too, since agencies sign with their name. The site itself is an author only if
there is no other.
"""

import re
from collections.abc import Collection, Iterable

from claimtrack.names import identity, is_nobody

# How bylines begin, in English, German, French, Spanish, Portuguese, Italian, Dutch, the Nordic and Slavic languages, Greek,
# Turkish, Indonesian, Arabic, Chinese and Japanese.
_PREFIX = re.compile(
    r"^(?:(?:written|reported|words|story|text) by|by|geschrieben von|ein (?:beitrag|artikel) von|(?:écrit|rédigé|publié) par"
    r"|(?:escrito|redactado|texto|publicado) por|scritto da|a cura di|geschreven door|skrevet av|skrevet af|skriven av|oleh|بقلم|كتب"
    r"|(?:authors?|autor(?:a|en|es|in|i|ka)?|auteurs?|autore|författare|forfatter|redaktion|text[eo]?|tekst|автор(?:ы|и)?|текст"
    r"|συντάκτης|yazan|penulis|作者|撰文|文|記者|记者)\s*[:：／/])[\s:：]+|^(?:作者|撰文|文|記者|记者)\s*[:：／/]\s*",
    re.IGNORECASE,
)
# Prepositions that may also belong to a name, as in "Von Hagen". They are dropped only before a full name.
_PREPOSITION = re.compile(r"^(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Aa]v|[Aa]f|[Oo]d|di|da|de)\s+(?=[^\W\d_a-zà-ÿ]\S*\s+\S)")
_ADDRESS = re.compile(r"^(?:(?:https?:)?//|www\.|@)\S*$", re.IGNORECASE)
_EMAIL = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b>?")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】)\s*")
_SURE_JOINT = re.compile(r"\s*[;|；｜、]\s*")
_JOINT = re.compile(
    r"[,،，]\s+(?:(?:and|und|et|og|och)\s+)?|\s+(?:&|and|und|et|och|og|ja|oraz|ve|dan|và|και|și|és|en|y|e|i|a|и|та|і|и|و|和|と|및|और|এবং|ও)\s+"
    r"|\s+(?:AND|UND|ET|OCH|OG|ORAZ|VE|DAN|EN|И)\s+"
)
_ROLE = re.compile(r"\b(?:correspondent|columnist|contributor|editor|reporter|writer)$", re.IGNORECASE)
_ROLE_ALONE = re.compile(r"(?:[\w-]+ )?(?:correspondent|columnist|contributor|editor|reporter|writer)", re.IGNORECASE)
# "Department of Health and Social Care" is one author.
_INNER_WORDS = frozenset({"of", "for", "the"})


def authors(bylines: Iterable[str], *, sites: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names in the bylines, in order and each once. Names of the site count only if there are no others."""
    names: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline):
            names.setdefault(identity(name), name)
    others = [name for key, name in names.items() if key not in set(map(identity, sites))]
    return tuple(others or names.values())


def _names(byline: str) -> list[str]:
    pieces = [_without_prefix(_EMAIL.sub("", piece).strip()) for piece in _SURE_JOINT.split(byline)]
    # "Ann Hale | Political Correspondent" is one person.
    pieces = [piece for piece in pieces if not _ROLE_ALONE.fullmatch(piece)] or pieces
    names = [_bare(part) for piece in pieces for part in _people(piece) if not _ADDRESS.match(part)]
    return [name for name in names if any(map(str.isalpha, name)) and not is_nobody(name)]


def _without_prefix(piece: str) -> str:
    return _PREPOSITION.sub("", _PREFIX.sub("", piece))


def _bare(name: str) -> str:
    """Return the name without brackets after it or around it."""
    bare = _BRACKETS.sub(" ", name) if _BRACKETS.sub("", name).strip(" ,") else name
    return " ".join(bare.split()).strip(" ,()[]（）【】")


def _people(piece: str) -> list[str]:
    """Split at commas and "and" if every part looks like a full name, else return the whole piece."""
    parts = [part for part in _JOINT.split(_BRACKETS.sub(" ", piece).strip() or piece) if any(map(str.isalpha, part))]
    full = all(2 <= len(part.split()) <= 4 and not _INNER_WORDS & set(part.lower().split()) for part in parts)
    return (
        [part for part in parts if not _ROLE.search(part)] or [piece]
        if full and parts
        else parts
        if len(parts) == 1
        else [piece]
    )
