"""Stamps: dates of a page and counts of its readers, which change at each visit and are not about the article.

They are known in six languages. A stamp has nothing else in its line, so “Updated 3 May to correct a name” is a line of the article.
"""

import re

_LONGEST = 100  # characters

_STAMPED = (
    r"(?:this (?:page|article|story) was |it was )?(?:last |first )?(?:updated?|published|posted|modified|changed|edited)(?: on| at)?"
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
_AGO = (
    r"(?:vor|il y a|hace|há)\s+\d+\s+(?:sekunden?|minuten?|stunden?|tag(?:en)?|minutes?|heures?|jours?|minutos?|horas?|d[ií]as?)"
    r"|\d+\s+(?:seconds?|mins?|minutes?|hours?|hrs?|days?|minuti|minuto|or[ae]|giorn[io])\s+(?:ago|fa)"
)
_COUNT = (
    r"\d[\d.,]*\s?[km]?\+?\s+(?:comments?|replies|reactions?|views?|reads?|shares?|likes?|votes?|kommentare?|aufrufe|mal geteilt"
    r"|commentaires?|réactions?|vues?|partages?|comentarios?|visitas?|lecturas?|commenti|commento|visualizzazioni|condivisioni"
    r"|comentários?|visualizações|compartilhamentos)"
)
_COUNTED = (
    r"(?:comments?|views?|shares?|likes?|kommentare|commentaires|comentarios|commenti|comentários)\W*\d[\d.,]*\s?[km]?"
)
_COUNTER = re.compile(rf"(?:{_COUNT}(?: so far)?|{_COUNTED})\W*", re.IGNORECASE)
_FRAGMENT = re.compile(rf"\b(?:{_AGO}|{_COUNT})(?!\w)", re.IGNORECASE)
_COMMENTS = re.compile(
    r"\W*\d*\s*(?:readers?[’'] )?(?:comments?|kommentare?|commentaires?|comentarios?|commenti|comentários?)\W*\d*\W*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’)\]\s]*$")


def is_stamp(line: str) -> bool:
    """Return whether a line only has a date of the page, or a count of comments, views and the like."""
    return len(line) <= _LONGEST and bool(_STAMP.fullmatch(line) or _COUNTER.fullmatch(line))


def is_heading_of_comments(line: str) -> bool:
    return len(line) <= _LONGEST and bool(_COMMENTS.fullmatch(line))


def without_stamps(line: str) -> str:
    """Return a short line, such as the byline, without “3 hours ago” and “12 comments”. Sentences stay unchanged."""
    if len(line) > _LONGEST or _SENTENCE_END.search(line):
        return line
    return _FRAGMENT.sub("…", line)
