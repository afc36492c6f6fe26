"""Lines by which a paper says that it changed an article: corrections, clarifications, notes on an earlier version.

Words of six languages at the beginning of a line, or anywhere where they can mean nothing else. A line that is missed is still a
change of the text. A line that is taken for a note by mistake is shown to the desk once.
"""

import re

from sources.pages.stamps import is_stamp

_BEGINS = re.compile(
    r"\W{0,4}(?:(?:editors?|editor[’']s|author[’']s)[ -]note"
    r"|(?:this|the) (?:article|story|report|piece|headline|post) (?:was|has been) (?:\w+ )?(?:amended|corrected|updated|changed|edited)"
    r"|(?:correction|corrections|corrected|clarification|clarified|erratum|retraction|retracted|amended|update)\b"
    r"|korrektur|berichtigung|richtigstellung|korrigiert|anmerkung der redaktion|hinweis der redaktion|klarstellung"
    r"|rectificatif|correctif|correction|précision|note de la rédaction|mise au point|erratum"
    r"|corrección|rectificación|fe de errores|fe de erratas|nota de la redacción|aclaración"
    r"|correzione|rettifica|errata corrige|nota della redazione|precisazione"
    r"|correção|retificação|errata|nota da redação|esclarecimento)",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"(?:an|the) (?:earlier|previous|original) version of (?:this|the)|(?:in|as) (?:an|the) (?:earlier|previous) version"
    r"|(?:früheren|vorherigen|ersten|ursprünglichen) (?:version|fassung)"
    r"|version (?:précédente|antérieure|initiale) de (?:cet|l)"
    r"|versión (?:anterior|previa|original) de est|versione (?:precedente|originale) d|versão (?:anterior|original) d",
    re.IGNORECASE,
)
# A stamp such as “Update: 3 May, 10:15” says nothing of what was changed.
_SAYS = re.compile(r"(?:[^\W\d_]{2,}\W+){4}")


def is_note(line: str) -> bool:
    """Return whether a line says that the article was corrected."""
    return not is_stamp(line) and bool((_BEGINS.match(line) or _ANYWHERE.search(line)) and _SAYS.search(f"{line} "))


def new_notes(before: str, after: str) -> list[tuple[int, int]]:
    """Return where in the later text there are notes that the earlier text does not have."""
    known = {line.strip() for line in before.split("\n")}
    found, at = [], 0
    for line in after.split("\n"):
        if line.strip() not in known and is_note(line.strip()):
            start = at + len(line) - len(line.lstrip())
            found.append((start, start + len(line.strip())))
        at += len(line) + 1
    return found
