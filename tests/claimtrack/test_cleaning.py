import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.cleaning import clean_language, normal_text, shows
from claimtrack.refusals import Invalid


def test_normal_text():
    assert normal_text("Cafe\u0301\r\nmenu\rand\n\n  more\u00a0\u2028\t“so”\ufeff ") == (
        "Caf\u00e9\nmenu\nand\n\n  more\u00a0\u2028\t“so”\ufeff "
    )


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_normal_text_is_idempotent_and_nfc(text):
    normal = normal_text(text)
    assert normal_text(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)
    assert "\r" not in normal


def test_no_text_with_nul():
    with pytest.raises(ValueError, match=r"U\+0000"):
        normal_text("a\0b")


def test_no_text_with_half_a_surrogate_pair():
    with pytest.raises(ValueError, match="surrogate"):
        normal_text("a\ud83db")


def test_no_text_that_would_take_hours_to_normalise():
    with pytest.raises(ValueError, match="combining marks"):
        normal_text("a" + "\u0300\u0316" * 1_000_000)
    for before in (0, 1, 50, 99):
        with pytest.raises(ValueError, match="combining marks"):
            normal_text("é" * before + "\u0316" * 100 + "a")
        assert normal_text("é" * before + "\u0316" * 99 + "a")
    assert normal_text("Z\u0300\u0316\u0323" * 1000) == "Z\u0316\u0323\u0300" * 1000


@pytest.mark.parametrize(
    ("text", "seen", "reason"),
    [
        ("a", True, "a letter"),
        ("\u200b\U0001f600", True, "an emoji"),
        ("", False, "nothing at all"),
        (" \t\n\u00a0\u2003", False, "white space"),
        ("\u200b\u202e\ufeff", False, "format characters"),
        ("\x00\x1b", False, "control characters"),
    ],
)
def test_what_shows(text, seen, reason):
    assert shows(text) is seen, reason


LANGUAGES = [
    ("pt-BR", "pt-BR", "as it is written"),
    ("pt-br", "pt-BR", "tags are compared without case"),
    ("PT-BR", "pt-BR", "tags are compared without case"),
    ("pt_br", "pt-BR", "an underscore, as in the names of locales"),
    ("ZH-hant-tw", "zh-Hant-TW", "a script has a capital"),
    ("sr-LATN", "sr-Latn", "a script alone"),
    ("ES-419", "es-419", "a region of digits"),
    ("eng", "en", "the shortest code that there is"),
    ("iw", "he", "a code that was replaced"),
    ("ca-Valencia", "ca-valencia", "a variant is in lower case"),
    (" en ", "en", "blanks"),
    ("en-Poly", "en-Poly", "a script that nobody registered, of a language that there is"),
    ("und", "", "undetermined is not known"),
    ("", "", "not known"),
]
NO_LANGUAGES = [
    "English",
    "português",
    "xx",
    "e",
    "en-",
    "en--GB",
    "pt BR",
    "en" + "-abcd" * 9,
    "中文",
    "en-u-ca-gregory",
    "x-foo",
]


@pytest.mark.parametrize(("given_tag", "stored", "reason"), LANGUAGES)
def test_a_language(given_tag, stored, reason):
    assert clean_language(given_tag) == stored, reason
    assert clean_language(stored) == stored


@pytest.mark.parametrize("tag", NO_LANGUAGES)
def test_no_language(tag):
    with pytest.raises(Invalid, match="BCP 47") as refusal:
        clean_language(tag)
    assert refusal.value.field == "language"
