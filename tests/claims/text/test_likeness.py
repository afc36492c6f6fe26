import pytest

from claims.text.likeness import denies, differences, numbers

NUMBERS = [
    ("It cost 41 million.", {"41"}, "a plain number"),
    ("It cost 1,234,567 crowns.", {"1234567"}, "thousands marked in English"),
    ("Es kostete 1.234.567 Kronen.", {"1234567"}, "thousands marked in German"),
    ("Il coûte 12 500 couronnes.", {"12500"}, "thousands marked in French, by a thin space"),
    ("Up 3.5 % and 3,5%", {"3.5%"}, "decimal point and comma, with and without the space"),
    ("１４ boats", {"14"}, "full-width digits"),
    ("Nobody counted.", set(), "none at all"),
]


@pytest.mark.parametrize(("text", "found", "reason"), NUMBERS, ids=[row[2] for row in NUMBERS])
def test_numbers(text, found, reason):
    assert numbers(text) == found, reason


DENIALS = [
    ("The bridge was not inspected.", True, "not"),
    ("The bridge wasn’t inspected.", True, "n’t with a curly apostrophe"),
    ("Die Brücke wurde nie geprüft.", True, "German"),
    ("No ha bajado ningún precio.", True, "Spanish, accents aside"),
    ("The note was noted.", False, "not inside other words"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("text", "denied", "reason"), DENIALS, ids=[row[2] for row in DENIALS])
def test_denials(text, denied, reason):
    assert denies(text) is denied, reason


def test_differences_are_told_from_here():
    told = differences("40 bridges were closed.", "14 bridges were never closed.")
    assert told == ["Numbers differ: 40 here, 14 there.", "Only the other denies."]
    assert differences("Forty bridges.", "Forty bridges!") == []
    assert differences("No 7 bridges.", "Bridges.") == [
        "Numbers differ: 7 here, none there.",
        "Only the one here denies.",
    ]
