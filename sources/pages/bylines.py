"""The authors of an article, read from its bylines.

Bylines join several names ("By Ann Hale and Tom Reyes"), and pages put URLs, e-mail addresses, numbers and placeholders in
place of names. Organisations are authors too, since agencies sign with their name. The site itself is an author only if
there is no other.
"""

import re
from collections.abc import Collection, Iterable

from claimtrack.names import identity, is_nobody

# Agencies, which sign beside a name or alone: “Anna Hale mit dpa”, “dpa/Anna Hale”, “Par AFP”.
_AGENCIES = (
    "AAP|AFP|ANSA|AP|APA|ATS|BNS|Belga|Bernama|Bloomberg|ČTK|DPA|dpa(?:-AFX)?|EFE|epd|IANS|KNA|Kyodo|LUSA|Lusa|MTI|NTB|PA|PAP|PTI"
    "|Reuters|Ritzau|sda|SDA|SID|STT|TASS|TT|UPI|Xinhua|Yonhap|(?:The )?Associated Press|Agence France-Presse|Europa Press"
)
_AGENCY = re.compile(_AGENCIES)
# How bylines begin, in English, German, French, Spanish, Portuguese, Italian, Dutch, the Nordic and Slavic languages, Greek,
# Turkish, Indonesian, Vietnamese, Thai, Arabic, Persian, Urdu, Hebrew, Hindi, Chinese, Japanese and Korean.
_PREFIX = re.compile(
    r"^(?:(?:written|reported|words|story|text) by|by|geschrieben von|ein (?:beitrag|artikel) von|(?:écrit|rédigé|publié) par"
    r"|(?:escrito|redactado|texto|publicado) por|scritto da|a cura di|geschreven door|skrevet av|skrevet af|skriven av|oleh|bởi|โดย"
    r"|เรื่อง"
    r"|بقلم|كتبت?|تحرير|מאת"
    r")[\s:：]+"
    r"|^(?:by|von|par|por|di|da|de|door|van|av|af|fra|från|od"
    r"|authors?|autor(?:a|en|es|in|i|ka)?|auteurs?|autore|författare|forfatter|redaktion|text[eo]?|tekst|автор(?:ы|и)?|текст"
    r"|συντάκτης|yazan|haber|penulis|tác giả|szerző|írta|เรื่อง|โดย|تحرير|نویسنده|کاتب|مصنف|כתב|लेखक|글|취재)\s*(?:[:：]\s*|[／/]\s+)"
    r"|^(?:作者|撰文|文|記者|记者|取材・文|執筆|責任編集|责任编辑|編輯|编辑|实习生|實習生|通讯员|通訊員)\s*[:：／/＝=・]\s*"
    r"|^(?:本报|本報)?(?:記者|记者)(?:\s+|(?=[\u4e00-\u9fff]{2,4}$))",
    re.IGNORECASE,
)
# Prepositions that may also belong to a name, as in "Von Hagen". They are dropped only before a full name or an agency.
_PREPOSITION = re.compile(
    rf"^(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Aa]v|[Aa]f|[Oo]d|[Dd]i|da|de)\s+(?=[^\W\d_a-zà-ÿ]\S*\s+\S|(?:{_AGENCIES})(?:[\s,/]|$))"
)
# Another one, which so many names begin with that it is dropped only before names joined by these words.
_OF = re.compile(r"^De\s+(?=[^\W\d_a-zà-ÿ]\S*\s+\S)")
_AFTER_OF = re.compile(r"\s(?:y|i|și|şi|und)\s")
_ADDRESS = re.compile(r"^@\S*$|\s@\w+\b|(?:https?:)?//\S+|\bwww\.\S+", re.IGNORECASE)
# A number beside a name is the id of a user or the count of articles.
_NUMBER = re.compile(r"^\d+\s+(?=\D)|(?<=\D)\s+\d+$")
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}(?:\.|º|er|st|nd|rd|th)?\s(?:de\s)?[^\W\d_]{3,10}\.?,?\s(?:de\s)?\d{4})"
)
# What follows the name: when the article was published, that there are more authors or agencies, how many articles they wrote.
_AFTER = re.compile(
    r"\s*[–—|·-]?\s*\b(?:published|updated|posted|last (?:updated|modified)|aktualisiert|veröffentlicht|publié|mis à jour|actualizado"
    r"|publicado|atualizado|aggiornato|pubblicato|обновлено|опубликовано)\b.*"
    rf"|(?:,|\s[–—|·-])?\s(?:(?:on|am|le|el|il|op|den|em)\s)?{_DAY}\b.*"
    r"|,?\s+(?:et al|u\.\s?a|m\.\s?fl|и др)\.?$|\s+\d+ articles?$"
    r"|,?\s(?:(?:and|und|et|y|e|i|en|og|och|&|\+)\s)?\d+\s(?:others?|more|más|otr[oa]s|mais|outr[oa]s|weitere|andere|autres|altri)\b.*"
    r"|,?\s(?:and|with|und|mit|et|avec|y|e|con|com|en|met|og|och|med|oraz|z|и|/)\s(?:(?:news|wire)\s)?(?:agenc(?:y|ies)|agentur(?:en)?"
    r"|agences?|agencias?|agenzi[ae]|agências?|persbureaus?|byråer|agencj(?:e|ami)|агентств(?:а|ами))$"
    rf"|,?\smit\smaterial\s(?:der|des|von)\b.*|\s(?:for|für|pour|para|per|voor|för)\s(?:{_AGENCIES})$"
    r"|[／/]\s?[^\s／/]{1,6}(?:報導|报道|報道|電|电)$",
    re.IGNORECASE | re.DOTALL,
)
# Where the writer was, after a name that a byline opens: “By Ann Hale in Oslo”.
_PLACE = re.compile(r"(.+?),? (?:in|at|from|aus|à|från|fra|из|в)(?: [^\W\d_a-z]\S*){1,3}")
_REPORTER = re.compile(r"\s+(?:기자|특파원)$")
_PICTURE = re.compile(
    r"(?:photo(?:graph)?s?|pictures?|fotos?|bild(?:er)?|images?|vidéos?|videos?|zdjęcia|фото|写真|圖|图|사진)\s*(?:[:：／/・]|by\b)",
    re.IGNORECASE,
)
_PICTURE_AFTER = re.compile(rf"[\s,]+{_PICTURE.pattern}.*", re.IGNORECASE | re.DOTALL)
_EMAIL = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b>?")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】)\s*")
_BRACKET = re.compile(r"[()\[\]（）【】]")
_SURE_JOINT = re.compile(r"\s*[;|；｜、]\s*|\s+(?=(?:实习生|實習生|通讯员|通訊員|记者|記者)\s*[:：])")
_JOINT = re.compile(
    rf",?\s+(?:mit|avec|con|com|med|met|with)\s+(?=(?:{_AGENCIES})(?:[\s,/]|$))"
    r"|[,،，]\s+(?:(?:&|\+|and|und|et|og|och|y|ed?|i|en|ja|oraz|ve|και|и)\s+)?|\s+(?:&|\+|and|with|und|et|och|og|ja|oraz|ve|dan|và|και|și|és|en|y|ed?|i|a|и|та|і|и|و|اور"
    r"|和|与|與|及|と|및|और|एवं|এবং|ও|และ|กับ)\s+|\s+(?:AND|UND|ET|OCH|OG|ORAZ|VE|DAN|EN|И)\s+|\s*/\s*"
)
_DASH = re.compile(r"\s+[-–—]\s+")  # joins a name and an agency
# Arabic, Hebrew, Korean and Japanese write it together with a name, and Korean sets a dot between names. Some names begin like it.
_ATTACHED = re.compile(
    r"\s+و(?=\w{3})(?!(?:ليد|ائل|سام|جدي|فاء|داد|حيد|سيم|هيب|لاء)\b)|\s+ו(?=\w{2})"
    r"|(?<=[가-힣]{3})(?:[와과]\s+|[・·])(?=[가-힣]{3})|(?<=[\u4e00-\u9fff]{3})と(?=[\u4e00-\u9fff]{3})"
)
_SUFFIX = re.compile(r",\s+((?:Jr|Sr)\.?|II|III|IV)(?=[\s,;|]|$)")
# Characters. The time to read a byline grows with the square of its length.
_LONGEST = 1_000
_AGENCY_LETTERS = 3  # of an agency that is not listed
_ROLE = re.compile(r"\b(?:correspondent|columnist|contributor|editor|reporter|writer)$", re.IGNORECASE)
_ROLE_ALONE = re.compile(r"(?:[\w-]+ )?(?:correspondent|columnist|contributor|editor|reporter|writer)", re.IGNORECASE)
_ONE_WORD = re.compile("[\u3040-\u30ff\u4e00-\u9fff]{2,5}|[가-힣]{3,4}")
_PARTICLES = (
    "abu af al ap av ben bin bint da das de del della den der di do dos du e el i ibn la las le los mac op san te ten ter van"
    " vom von y zu zum zur"
)
# Words that no name has, and that lines have which begin like a byline: “By Popular Demand”, “By Staff Reporter”, “By Land And Sea”.
_NO_NAMES = (
    "our staff reporter reporters correspondent correspondents desk team newsroom bureau agency agencies editors writers"
    " contributor redaktion rédaction redacción redação redazione redactie редакция demand appointment order request night"
    " morning evening weekend week month year years today tomorrow tonight yesterday january february march july"
    " september october november december monday tuesday wednesday thursday friday saturday sunday montag dienstag"
    " mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles"
    " jueves viernes sábado domingo primera vez christmas degrees numbers the this that these those all its their his her"
    " not no us we you more than karena itu sebab and und og och et or oder ou nach bis til to by"
)
# What readers are asked to do beside the name of an author.
_REQUESTS = frozenset(["about", "contact", "follow", "more", "read", "share", "subscribe", "view"])
# "Department of Health and Social Care" is one author.
_INNER_WORDS = frozenset({"of", "for", "the"})


def authors(bylines: Iterable[str], *, sites: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names in the bylines, in order and each once. Names of the site count only if there are no others.

    What is longer than a byline can be is left out.
    """
    names: dict[str, str] = {}
    beside = _beside(sites)
    for byline in bylines:
        if len(byline) > _LONGEST:
            continue
        byline = _SUFFIX.sub(r" \1", _without_place(byline))
        for name in _names(beside.sub("", byline) if beside else byline):
            names.setdefault(identity(name), name)
    others = [name for key, name in names.items() if key not in set(map(identity, sites))]
    return tuple(others or names.values())


def is_signature(line: str) -> bool:
    """Return whether a line says who wrote the text, and nothing else: “By Ann Hale”, but not “By Tuesday evening”."""
    if not _is_opened(line):
        return False
    names = [_bare(name) for piece in _SURE_JOINT.split(_alone(line)) for name in people(piece)]
    return bool(names) and all(_is_full(name) and is_name(name) and _is_one(name) for name in names)


def is_name(text: str) -> bool:
    """Return whether a text has only words of names: not “Ann Hale has covered the coast since” or “Follow Us”."""
    return _REQUESTS.isdisjoint(text.casefold().split()) and all(
        not word[0].islower() or word in _PARTICLES.split() or word in _INNER_WORDS or re.match(r"\w?\w?['’]", word)
        for word in _JOINT.sub(" ", text).split()
    )


def _is_one(name: str) -> bool:
    return ":" not in name and len(_JOINT.split(name)) == 1 and {*_NO_NAMES.split()}.isdisjoint(name.casefold().split())


def _is_opened(line: str) -> bool:
    """Return whether a line has a word before the name that says that somebody wrote the text."""
    line = _without_stamps(line)
    return bool(_PREFIX.match(line) or _PREPOSITION.match(line))


def _without_place(byline: str) -> str:
    """Leave out the place after a stroke: “Ann Hale / OSLO”."""
    before, stroke, place = byline.rpartition("/")
    is_place = stroke and place.strip().isalpha() and place.strip().isupper() and not _AGENCY.fullmatch(place.strip())
    return before if is_place and before.strip() and len(place.strip()) > _AGENCY_LETTERS else byline


def _beside(sites: Collection[str]) -> re.Pattern[str] | None:
    """Return what finds the site around a name: “Ann Hale – Norvik News”, “Ann Hale for Norvik News”, “Norvik News (Ann Hale)”."""
    names = "|".join(re.escape(site) for site in sites if site)
    if not names:
        return None
    return re.compile(
        rf",?\s+(?:[-–—]|for|für|pour|para|per|voor|för)\s+(?:{names})$|^(?:{names})\s*(?=[(\[（【])", re.IGNORECASE
    )


def _names(byline: str) -> list[str]:
    pieces = [_alone(piece) for piece in _SURE_JOINT.split(byline)]
    # "Ann Hale | Political Correspondent" is one person.
    pieces = [piece for piece in pieces if not _ROLE_ALONE.fullmatch(piece)] or pieces
    names = [_bare(part) for piece in pieces for part in people(piece) if not _PICTURE.match(part)]
    return [name for name in names if any(map(str.isalpha, name)) and not is_nobody(name)]


def _alone(piece: str) -> str:
    """Return the name without what bylines put around it."""
    piece = _without_stamps(piece)
    bare = _PREPOSITION.sub("", _PREFIX.sub("", piece))
    place = _PLACE.fullmatch(bare) if bare != piece else None
    return place[1] if place and all(map(_is_full, people(place[1]))) else bare


def _without_stamps(piece: str) -> str:
    for around in (_EMAIL, _ADDRESS, _PICTURE_AFTER, _AFTER, _NUMBER):
        piece = around.sub("", piece.strip())
    return piece


def _bare(name: str) -> str:
    """Return the name without brackets after it or around it, and without what only the first of several names lost."""
    name = _REPORTER.sub("", _PREFIX.sub("", name.strip()))
    bare = _BRACKETS.sub(" ", name) if _BRACKETS.sub("", name).strip(" ,") else name
    return " ".join(bare.split()).strip(" ,()[]（）【】")


def people(piece: str) -> list[str]:
    """Split at commas and "and" if every part looks like a full name, else return the whole piece."""
    written = _BRACKETS.sub(" ", piece).strip() or piece
    if not any(map(str.isalpha, "".join(_JOINT.split(f" {written} ")))):
        written = _BRACKET.sub(" ", piece)  # "[Ann Hale] and [Tom Reyes]"
    for joint in (_JOINT, _ATTACHED, _DASH):
        parts = [part for part in joint.split(written) if any(map(str.isalpha, part))]
        if len(parts) > 1 and (joint is not _DASH or any(map(_AGENCY.fullmatch, parts))):
            names = [part for part in parts if not _ROLE.search(part)]
            if not (names and all(map(_is_full, names))):
                return [piece]
            return [_OF.sub("", names[0]), *names[1:]] if _AFTER_OF.search(written) else names
    return [piece]


def is_several(name: str) -> bool:
    """Return whether a name seems to be those of several people. What follows a comma alone may as well be a role."""
    return len(_SURE_JOINT.split(name.strip(" ;|；｜、"))) > 1 or len(people(re.sub("[,،，]", " ", name))) > 1


def _is_full(name: str) -> bool:
    """Whether a name has a given name and a family name, which a Chinese, Japanese or Korean one writes as one word."""
    words = name.split()
    if _AGENCY.fullmatch(name.strip()):
        return True
    if len(words) == 1:
        return bool(_ONE_WORD.fullmatch(words[0]))
    return 2 <= len(words) <= 4 and not _INNER_WORDS & set(name.lower().split())
