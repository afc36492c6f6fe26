"""Decode a page or text file: in the declared encoding, else in UTF-8, else in a guessed one, which the caller reports.

The order is that of the HTML standard (encoding sniffing): byte order mark, Content-Type header, meta element. Then the
standard has a fallback for each language, windows-1252 for most. Here a guess is checked against the letters of the page's
language, or of the languages that use the encoding: "zaŋóģcenie" mixes letters that no language has together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trafilatura.utils import detect_encoding
from w3lib.encoding import html_to_unicode

# The letters beyond ASCII of each language, and the languages that use each encoding, in order of probability.
_LETTERS = {
    "en": "éèïñöü", "fr": "àâæçèéêëîïôœùûüÿ", "de": "äöüß", "es": "áéíñóúü¡¿ªº", "pt": "áâãàçéêíóôõúüªº", "it": "àèéìíîòóùú",
    "nl": "áéëèêïíóöüú", "sv": "åäöéà", "da": "æøåéä", "nb": "æøåéòôä", "fi": "äöåšž", "is": "áéíóúýþðæö", "ca": "àçèéíïòóúü·",
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîşţ", "hr": "čćđšž",
    "sl": "čšž", "tr": "çğıöşüâîû", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת", "ar": "،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ",
    "fa": "،؛؟ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکكگلمنهویيى",
    "th": "".join(map(chr, range(0x0E01, 0x0E5C))),
}  # fmt: skip
_ENCODINGS = {
    "windows-1252": "en fr de es pt it nl sv da nb fi is ca",
    "iso-8859-2": "pl cs sk hu ro hr sl",
    "windows-1250": "pl cs sk hu ro hr sl",
    "windows-1254": "tr",
    "windows-1257": "lt lv et",
    "windows-1251": "ru uk bg be sr mk",
    "koi8-r": "ru",
    "koi8-u": "uk",
    "iso-8859-5": "ru bg sr mk",
    "cp866": "ru",
    "windows-1253": "el",
    "iso-8859-7": "el",
    "windows-1255": "he",
    "windows-1256": "ar fa",
    "iso-8859-6": "ar",
    "cp874": "th",
}
_KANA = frozenset(map(chr, range(0x3041, 0x3100)))
# Hebrew decoded as Cyrillic has few vowels, and decoded as Greek it has no accents.
_VOWELS = {**dict.fromkeys(["ru", "uk", "bg", "be", "sr", "mk"], ("аеиоі", 0.28)), "el": ("άέήίόύώ", 0.05)}
# Words of other scripts than Latin have no letters of ASCII in them, and few have one letter: “São” is not in Greek, nor “½” in Thai.
_OTHER_SCRIPTS = frozenset(["ru", "uk", "bg", "be", "sr", "mk", "el", "he", "ar", "fa", "th"])
_IN_WORDS = 0.5
_MIXED = 0.1
# Characters that every text in these encodings has, and their minimum share in percent.
_MULTIBYTE = {
    "iso-2022-jp": (_KANA, 20),
    "shift_jis": (_KANA, 20),
    "euc-jp": (_KANA, 20),
    "euc-kr": (frozenset(map(chr, range(0xAC00, 0xD7A4))), 60),
    "gb18030": (
        frozenset("，。的一是不了在人有我他这中大来上国为到说们个时要就出会可也你对生能而子那得于着下自之年"),
        15,
    ),
    "big5": (frozenset("，。的一是不了在人有我他這中大來上國為到說們個時要就出會可也你對生能而子那得於著下自之年"), 15),
}
# The HTML standard's fallbacks for languages whose letters are not known here.
_FALLBACKS = {
    **dict.fromkeys(["ba", "kk", "ky", "sah", "tg", "tt"], "windows-1251"),
    **dict.fromkeys(["az", "ku"], "windows-1254"),
    "vi": "windows-1258",
}
_PUNCTUATION = frozenset("\u00a0«»“”„‟‘’‚‹›–—…•·°§©®™€£′″")
_LANGUAGE = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([a-z]{2,3})", re.IGNORECASE)
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ENOUGH = 5  # characters
_SAMPLE = 200_000  # bytes
_SURE = 0.9
_PLAUSIBLE = 0.7


@dataclass(frozen=True)
class Decoded:
    """The text of a page. `guess` is its encoding if neither the page nor the server declares one, `declared` a wrong one."""

    text: str
    guess: str = ""
    declared: str = ""


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a body. It never fails: bytes that cannot be decoded become U+FFFD."""
    guesses: list[str] = []

    def guessed(raw: bytes) -> str:
        if sure := _told_by_bytes(raw):
            return sure
        guesses.append(_guess(raw))
        return guesses[-1]

    encoding, text = html_to_unicode(content_type, body, auto_detect_fun=guessed)
    if (
        not guesses
        and encoding not in ("utf-8", "ascii")
        and _is_utf_8(body, most_wrong=0)
        and not body.startswith(_UTF_16_MARKS)
    ):
        return Decoded(body.decode(), declared=encoding)
    return Decoded(text, next(iter(guesses), ""))


def _told_by_bytes(body: bytes) -> str:
    """Return the encoding that the bytes themselves show, else ""."""
    if b"\x1b$" in body and _decodes(body, "iso-2022-jp"):
        return "iso-2022-jp"
    start = body[:200].lstrip()
    if start.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if start.startswith(b"<") else "utf-16-be"
    return "utf-8" if _decodes(body, "utf-8") or _is_utf_8(body, most_wrong=0.1) else ""


def _is_utf_8(body: bytes, *, most_wrong: float) -> bool:
    """Whether there are enough sequences of UTF-8, and few enough other bytes, for it to be nothing else."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(char > "\x7f" for char in text) - wrong
    return right >= _ENOUGH and wrong <= most_wrong * right


def _guess(body: bytes) -> str:
    """Return the encoding whose letters fit best. Ties go to the page's language, then to the HTML standard's fallback."""
    stated = _LANGUAGE.search(body[:4096])
    language = stated[1].decode().lower() if stated else ""
    for encoding, (common, percent) in _MULTIBYTE.items():
        if _decodes(body, encoding):
            letters = [char for char in body.decode(encoding) if char > "\x7f"]
            if letters and 100 * sum(char in common for char in letters) >= percent * len(letters):
                return encoding
    if fallback := _FALLBACKS.get(language):
        return fallback
    sample = _MARKUP.sub(b" ", body[:_SAMPLE])
    scores = dict(_scores(sample, language))
    best = max(
        scores, key=lambda pair: scores[pair] + (0.2 if pair[1] == language else 0), default=("windows-1252", "")
    )
    if scores.get(best, 0) >= (_PLAUSIBLE if best[1] == language else _SURE):
        return best[0]
    detected = [name for name in detect_encoding(body) if _decodes(body, name)]
    return "windows-1252" if not detected or "cp1252" in detected else detected[0]


def _scores(sample: bytes, language: str) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield how well the text fits each encoding and language: 1 if every character belongs to the language."""
    for encoding, languages in _ENCODINGS.items():
        text = sample.decode(encoding, "replace")
        foreign = [(before, char) for before, char in zip(" " + text, text, strict=False) if char > "\x7f"]
        in_words = sum(before > "\x7f" for before, _ in foreign)
        mixed = sum(before.isascii() and before.isalpha() for before, _ in foreign)
        for name in languages.split():
            letters = frozenset(_LETTERS[name])
            fitting = sum(
                char in letters or char in _PUNCTUATION or (char.lower() in letters and not before.isalpha())
                for before, char in foreign
            )
            vowels, share = _VOWELS.get(name, ("", 0.0))
            readable = sum(char in vowels for _, char in foreign) >= share * len(foreign)
            if name in _OTHER_SCRIPTS:
                readable = readable and in_words >= _IN_WORDS * len(foreign) and mixed <= _MIXED * len(foreign)
            yield (encoding, name), fitting / max(1, len(foreign)) if readable else 0.0


def _decodes(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
