"""Does a later reading of a page say anything else in the article, or has only changed what stands around it?

A page is never the same twice: lists of other articles, advertisements, the hour of the last update, the number of comments. Part of
that gets into the extracted text. If each such change made a snapshot, nobody would look at them any more.

A change is dropped only if the page itself shows that it is not of the article. The page marks such a line (*furniture*) by what it
stands in: a menu, a list of links, an element that is named for advertising, sharing, comments or dates (surroundings.furniture).
The earlier page is not kept, but the digests of its furniture are, from one reading to the next. Where they are not, as at the first
reading, a line that has gone counts as furniture if one that is furniture now stands in its place, and only if it is short or
similar. Besides, a line is furniture if it has nothing but a date or a number of comments, or of the like.

Everything else is a change of the article, a note of a correction always, wherever it stands. A mistake here is one snapshot too
many. Whether a passage that a claim quotes has changed is decided apart from this (claims.text.following), and the caller names these
passages: if one is not found, the text has changed, whatever it stands in.
"""

import difflib
import re
import unicodedata
from collections.abc import Collection
from hashlib import sha256

from sources.pages.corrections import is_note

MOST_LINES = 2_000  # of a text whose lines are compared
_SHORT = 12  # words of a title or a stamp
_LONGEST_STAMP = 100  # characters
_ALIKE = 0.5
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("'`´ʹʼ‘’‚‛“”„‟‹›«»″′＂＇", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
        "…": "...",
    }
)
_BULLET = re.compile(r"^[-*•·|\s]+")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"')\]\s]*$")

_STAMPED = (
    r"(?:last |first )?(?:updated?|published|posted|modified|edited)(?: on| at)?"
    r"|(?:zuletzt )?aktualisiert(?: am)?|stand|veröffentlicht(?: am)?"
    r"|(?:dernière )?mise? à jour(?: le)?|modifié(?: le)?|publié(?: le)?"
    r"|(?:última )?actualiza(?:do|da|ción)(?: el)?|publicado(?: el| em)?"
    r"|(?:ultimo )?aggiorna(?:to|mento)(?: il)?|pubblicato(?: il)?|atualizad[oa](?: em)?|(?:última )?atualização"
)
_OF_DATES = (
    r"jan\w*|feb\w*|mar|march|märz|mars|marzo|março|apr\w*|avr\w*|abr\w*|may|mai\w*|mayo|magg?\w*|june?|juni|juin|junio|junho|giugno"
    r"|july?|juli|juillet|julio|julho|luglio|aug\w*|août|ago\w*|sep\w*|set\w*|oct\w*|okt\w*|out\w*|ott\w*|nov\w*|dec\w*|dez\w*|déc\w*"
    r"|dic\w*|fév\w*|fev\w*|gen\w*|jän\w*|ene\w*|mon|tues?|wed|thu\w{0,3}|fri|sat|sun|\w+day|\w+tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|\w+-feira"
    r"|am|pm|a\.m\.|p\.m\.|uhr|h|gmt|utc|bst|est|edt|pst|pdt|cet|cest|mez|mesz|at|um|on|of|de|del|à|às|a|las|alle|ore|le|el|il|em|und|and"
    r"|ago|vor|il y a|hace|fa|há|just|now|today|yesterday|heute|gestern|hier|aujourd|hui|hoy|ayer|oggi|ieri|hoje|ontem"
    r"|min\w*|hours?|hrs?|stunden?|heures?|horas?|or[ae]|days?|tagen?|jours?|días?|giorn[io]|dias?|weeks?|wochen?|st|nd|rd|th"
)
_STAMP = re.compile(rf"(?:{_STAMPED})\W*(?:(?:\d+|{_OF_DATES})(?!\w)[\W_]*)+", re.IGNORECASE)
_COUNTER = re.compile(
    r"\d[\d.,  ]*[km]?\s*\+?\s*(?:comments?|replies|reactions?|views?|reads?|shares?|likes?|votes?|kommentare?|aufrufe|mal geteilt"
    r"|commentaires?|réactions?|vues?|partages?|comentarios?|visitas?|lecturas?|commenti|commento|visualizzazioni|condivisioni"
    r"|comentários?|visualizações|compartilhamentos)(?: so far)?\W*"
    r"|(?:comments?|views?|shares?|likes?|kommentare|commentaires|comentarios|commenti|comentários)\W*\d[\d.,  ]*[km]?\W*",
    re.IGNORECASE,
)


def digest(line: str) -> str:
    """Return what recognises a line by its letters and digits, without having kept it."""
    letters = "".join(char for char in line.casefold() if char.isalnum())
    return sha256(letters.encode()).hexdigest()[:16]


def has_changed(
    before: str,
    after: str,
    *,
    furniture: Collection[str] = (),
    known: Collection[str] = (),
    passages: Collection[str] = (),
) -> bool:
    """Return whether the article says something else than before.

    `furniture` are the digests of lines around the article of the page now, `known` those of the page as it was read before, and
    `passages` what claims quote from the text as it was.
    """
    old, new = _lines(before), _lines(after)
    if old == new:
        return False
    whole = _folded(after)
    if any(_folded(passage) not in whole for passage in passages) or max(len(old), len(new)) > MOST_LINES:
        return True
    now, then = frozenset(furniture), frozenset(known)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal" and _differ(old[i:j], new[k:m], now, then):
            return True
    return False


def _differ(gone: list[str], come: list[str], now: frozenset[str], then: frozenset[str]) -> bool:
    fresh = [line for line in come if not _is_furniture(line, now)]
    lost = [line for line in gone if not _is_furniture(line, then)]
    if " ".join(fresh) == " ".join(lost):  # paragraphs that were only divided or joined
        return False
    if fresh:
        return True
    places = [line for line in come if line not in fresh]
    for line in lost:
        place = next((one for one in places if _may_stand_for(one, line)), None)
        if place is None:
            return True
        places.remove(place)
    return False


def _is_furniture(line: str, digests: frozenset[str]) -> bool:
    if is_note(line):
        return False
    if digest(line) in digests:
        return True
    return len(line) <= _LONGEST_STAMP and bool(_STAMP.fullmatch(line) or _COUNTER.fullmatch(line))


def _may_stand_for(now: str, before: str) -> bool:
    """Return whether a line that has gone may have been in the place of one that is furniture now."""
    if is_note(before):
        return False
    a, b = before.split(), now.split()
    if len(a) <= _SHORT and not _SENTENCE_END.search(before):
        return True
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _lines(text: str) -> list[str]:
    folded = (_folded(_BULLET.sub("", line)) for line in text.split("\n"))
    return [line for line in folded if line]


def _folded(text: str) -> str:
    """Return the text in one typography: quotation marks, dashes, blanks, dots."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).replace('""', '"').split())
