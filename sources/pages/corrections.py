"""Lines by which a paper says that it changed an article: corrections, clarifications, notes on an earlier version.

Such a line begins with a word such as “Correction” and a colon or the like, or with a sentence that has no other use, or it mentions
an earlier version anywhere. A note that is not recognised is still a change of the text. A line that is mistaken for a note is
shown to the desk once.
"""

import re
from collections.abc import Sequence

from sources.pages.stamps import is_stamp

# Names of such a line. Ordinary sentences begin with some of these words, too.
_CALLED = (
    r"corrections?(?: (?:and|&) clarifications?)?|corrected|clarifications?|clarified|errat(?:um|a)|retraction|retracted"
    r"|amend(?:ed|ment)|updated?"
    r"|korrektur|berichtigung|richtigstellung|korrigiert|klarstellung"
    r"|rectificatif|correctif|rectification|précisions?|mise au point"
    r"|corrección|rectificación|fe de err(?:ores|atas)|aclaración"
    r"|correzione|rettifica|errata corrige|precisazione"
    r"|correção|retificação|esclarecimento"
    r"|تصحيح|تنويه|توضيح|استدراك|اصلاحیه|تصحیح"
    r"|correctie|rectificatie|rättelse|rettelse|berigtigelse|oikaisu|korjaus|sprostowanie|oprava|helyesbítés|helyreigazítás|erată|düzeltme"
    r"|исправление|уточнение|поправка|виправлення|уточнення|διόρθωση|תיקון|הבהרה|ralat|koreksi"
    r"|(?:お詫びと|おわびと)?訂正|更正|勘误|勘誤|정정(?:보도)?|바로잡습니다"
)
# A colon or the like, possibly after a date or the corrected subject, or the beginning of a sentence in the same box.
_ENDS = (
    r"(?:\s?[:：.,([|–—]|\s-|[^:：\d]{0,12}\d[^:：]{0,25}[:：]"
    r"|\s(?:to|on|of|vom|zu[mr]?|du|sur|del?|al?|di)\s[^:：]{1,40}[:：]|(?-i:\s[A-ZÀ-Þ]\w+\s[a-zß-ÿ]))"
)
# Sentences, and names of a note, with which nothing else begins.
_BEGINS = re.compile(
    r"\W{0,4}(?:(?:editors?|editor[’']s|author[’']s)[ -]note"
    r"|(?:this|the) (?:article|story|report|piece|headline|post) (?:was|has been) (?:\w+ )?(?:amended|corrected|updated|changed|edited)"
    r"|updated? (?:at|on) .{1,40}? to (?:correct|clarify|reflect|remove)|we (?:have )?corrected|we regret the error"
    r"|(?:anmerkung|hinweis) der redaktion|dieser (?:artikel|text|beitrag) wurde .{0,60}(?:korrigiert|geändert|berichtigt)"
    r"|note de la rédaction|cet article a été (?:\w+ )?(?:corrigé|modifié|rectifié)"
    r"|nota de la redacción|est[ea] (?:artículo|noticia|texto) (?:ha sido|fue) (?:\w+ )?(?:corregid|modificad|rectificad)"
    r"|nota della redazione|questo articolo è stato (?:\w+ )?(?:corrett|modificat|rettificat)"
    r"|nota da redação|est[ea] (?:artigo|texto|matéria|reportagem) foi (?:\w+ )?(?:corrigid|alterad)"
    r"|(?:تم|جرى) (?:تصحيح|تعديل) هذا"
    rf"|(?:{_CALLED}){_ENDS})",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"(?:an?|the) (?:earlier|previous|original) version of (?:this|the)|(?:in|as) (?:an?|the) (?:earlier|previous) version"
    r"|(?:früheren|vorherigen|ersten|ursprünglichen) (?:version|fassung)"
    r"|version (?:précédente|antérieure|initiale) de (?:cet|l)"
    r"|versión (?:anterior|previa|original) de est|versione (?:precedente|originale) d|versão (?:anterior|original) d"
    r"|(?:نسخة|صيغة) سابقة",
    re.IGNORECASE,
)
# A heading, with the note below it.
_HEADING = re.compile(rf"\W{{0,4}}(?:{_CALLED}|editor[’']s note)\W{{0,3}}", re.IGNORECASE)
# A stamp such as “Update: 3 May, 10:15” does not say what was changed.
_SAYS = re.compile(r"(?:[^\W\d_]{2,}\W+){4}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{5}")
_PARENTHESES = re.compile(r"\([^)]*\)")


def is_note(line: str) -> bool:
    """Return whether a line says that the article was corrected."""
    return not is_stamp(line) and bool((_BEGINS.match(line) or _ANYWHERE.search(line)) and _says(line))


def has_note(parts: Sequence[str]) -> bool:
    """Return whether a box with these texts, none of them blank, says that the article was corrected."""
    whole = " ".join(parts)
    return is_note(whole) or (len(parts) > 1 and bool(_HEADING.fullmatch(parts[0])) and _says(whole))


def new_notes(before: str, after: str) -> list[tuple[int, int]]:
    """Return where in the later text there are notes that the earlier text does not have."""
    known = {line.strip() for line in before.split("\n")}
    found, at, is_headed = [], 0, False
    for line in after.split("\n"):
        plain = line.strip()
        is_new = plain not in known
        if is_new and (is_note(plain) or (is_headed and _says(plain))):
            start = at + len(line) - len(line.lstrip())
            found.append((start, start + len(plain)))
        if plain:
            is_headed = is_new and bool(_HEADING.fullmatch(plain))
        at += len(line) + 1
    return found


def _says(line: str) -> bool:
    return bool(_SAYS.search(_PARENTHESES.sub("", f"{line} ")))
