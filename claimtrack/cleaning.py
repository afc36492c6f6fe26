"""Normalise input before it is stored: texts, names on one line, languages. Every verb uses these functions.

Refusals name the field, so that a form can show them there.
"""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import langcodes

from claimtrack.refusals import Amount, Invalid, Message, reason

MAX_LANGUAGE = 35  # what RFC 5646 says a tag needs
# What the columns accept. Extensions (en-u-…) and private tags (x-…) say more than the language of a text.
LANGUAGE = r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$"
_SURROGATE = re.compile("[\ud800-\udfff]")
# Normalising sorts the marks of a letter in quadratic time. Vietnamese letters have 2, Hebrew ones up to 6.
_TOO_MANY_MARKS = 100


def normal_text(text: str) -> str:
    """Return the text in Unicode NFC with `\\n` line ends, otherwise unchanged.

    Raises ValueError for U+0000, which PostgreSQL cannot store, for lone surrogates, and for a letter with so many
    combining marks that normalising would take hours.
    """
    if "\0" in text:
        raise ValueError(Message("The text contains the character U+0000."))
    if _SURROGATE.search(text):
        raise ValueError(Message("The text contains half of a surrogate pair: it was decoded wrongly."))
    if not text.isascii() and _has_too_many_marks(text):
        raise ValueError(Message("The text has 100 combining marks in a row, more than any writing has."))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _has_too_many_marks(text: str) -> bool:
    # Looking at every hundredth character is enough, since a run that is too long covers one of these.
    for at in range(0, len(text), _TOO_MANY_MARKS):
        start = end = at
        while end < len(text) and end - at < _TOO_MANY_MARKS and unicodedata.combining(text[end]):
            end += 1
        while end > at and start > 0 and end - start < _TOO_MANY_MARKS and unicodedata.combining(text[start - 1]):
            start -= 1
        if end - start >= _TOO_MANY_MARKS:
            return True
    return False


def shows(text: str) -> bool:
    """Whether a text has a visible character, besides white space, control and format characters."""
    return any(char.isprintable() and not char.isspace() for char in text)


def clean_characters(value: str, field: str) -> str:
    """Like normal_text, but raises Invalid."""
    try:
        return normal_text(value)
    except ValueError as error:
        raise Invalid(reason(error), code="bad_character", field=field) from error


def clean_text(value: object, field: str, *, limit: int, required: bool = False) -> str:
    """Return the value as it is stored, without white space at its ends, and "" if it has no visible character.

    Raises Invalid: required, too_long, bad_character.
    """
    if not isinstance(value, str):
        raise Invalid("This must be a text.", code="invalid", field=field)
    value = clean_characters(value, field).strip()
    if not shows(value):
        value = ""
    if required and not value:
        raise Invalid("This must not be empty.", code="required", field=field)
    if len(value) > limit:
        raise Invalid(
            "%(count)s characters are too many: at most %(limit)s fit.",
            code="too_long",
            field=field,
            params={"count": Amount(len(value)), "limit": Amount(limit)},
        )
    return value


def clean_texts(values: Mapping[str, object], *, limit: int, within: str = "") -> dict[str, str]:
    """Clean several texts by the names of their fields. `within`: the field, with a dot, that these are members of."""
    return {name: clean_text(value, within + name, limit=limit) for name, value in values.items()}


def clean_line(value: object, field: str, *, limit: int, required: bool = False) -> str:
    """Clean a text of one line, such as a name: all white space becomes single spaces. Raises Invalid like clean_text."""
    line = " ".join(value.split()) if isinstance(value, str) else value
    return clean_text(line, field, limit=limit, required=required)


def clean_language(value: str, field: str = "language") -> str:
    """Return a BCP 47 tag in its canonical spelling (pt_br becomes pt-BR, eng becomes en), and "" for "". Raises Invalid."""
    try:
        return canonical_language(value.strip())
    except ValueError as error:
        message = Message("“%(value)s” is not a language: write a BCP 47 tag such as en or pt-BR.", {"value": value})
        raise Invalid(message, field=field) from error


@lru_cache(1000)
def canonical_language(tag: str) -> str:
    """Like clean_language, but raises ValueError. "und", the tag for an undetermined language, becomes ""."""
    if not tag:
        return ""
    canonical = spelt_language(tag)
    if len(canonical) > MAX_LANGUAGE or not re.fullmatch(LANGUAGE, canonical) or not _is_registered(canonical):
        raise ValueError(Message("“%(tag)s” is no language tag.", {"tag": tag}))
    return "" if canonical == "und" else canonical


def _is_registered(tag: str) -> bool:
    """Whether the language exists. Its script and region are not checked, since publishers often make these up."""
    return langcodes.tag_is_valid(tag.partition("-")[0])


def spelt_language(tag: str) -> str:
    """Return the tag in its canonical spelling, or in lower case if it is not well-formed: no language has such a tag."""
    try:
        return langcodes.standardize_tag(tag)
    except langcodes.LanguageTagError:
        return tag.lower()


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark, as spreadsheets write it. Raises UnicodeDecodeError."""
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if utf_16 else "utf-8-sig")
