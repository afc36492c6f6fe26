"""Who wrote an article, from what its page says in place of a list of names.

Bylines join names ("By Ann Hale and Tom Reyes"), and pages put addresses, e-mail and fillers where a name belongs. An
organisation is an author like any other: agencies sign with their name.
"""

import re
from collections.abc import Iterable

_PREFIX = re.compile(r"^(?:written\s+)?by[\s:]+", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:(?:https?:)?//|www\.|@)\S*$", re.IGNORECASE)
_EMAIL = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b>?")
_SURE_JOINT = re.compile(r"\s*[;|]\s*")
_JOINT = re.compile(r",\s+(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_NO_NAME = frozenset(
    {"", "admin", "administrator", "anonymous", "author", "none", "null", "undefined", "unknown", "user"}
)
_ROLE = re.compile(r"\b(?:correspondent|columnist|contributor|editor|reporter|writer)$", re.IGNORECASE)
_INNER_WORDS = frozenset({"of", "for", "the"})  # "Department of Health and Social Care" is one author


def authors(bylines: Iterable[str]) -> tuple[str, ...]:
    """The names in some bylines, in order, each once (compared without case)."""
    names: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _names(byline: str) -> list[str]:
    parts = [part for piece in _SURE_JOINT.split(byline) for part in _people(_PREFIX.sub("", piece.strip()))]
    names = [" ".join(_EMAIL.sub("", part).split()).strip(" ,()") for part in parts if not _ADDRESS.match(part)]
    return [name for name in names if name.casefold() not in _NO_NAME]


def _people(piece: str) -> list[str]:
    """The names joined by commas and "and", or the piece whole unless every part looks like a full name."""
    parts = [part for part in _JOINT.split(piece) if part]
    full = all(2 <= len(part.split()) <= 4 and not _INNER_WORDS & set(part.lower().split()) for part in parts)
    return [part for part in parts if not _ROLE.search(part)] or [piece] if full else [piece]
