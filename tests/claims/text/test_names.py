import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.names import fold

SAME = [
    ("Müller", "MÜLLER", "case"),
    ("Müller", "Muller", "a mark"),
    ("Mu\u0308ller", "Müller", "a mark apart from its letter"),
    ("Straße", "STRASSE", "ß has no upper case of its own"),
    ("İbrahim", "ibrahim", "a dotted capital I, which folds to an i and a mark"),
    ("Ada  Norrby\t", " ada\u00a0norrby", "white space"),
    ("ﬁlip", "Filip", "a ligature"),
    ("Σίσυφος", "ΣΙΣΥΦΟΣ", "a sigma at the end"),
    ("Владимир Й", "владимир и", "another script's marks"),
    ("Nguyễn Văn Thiệu", "nguyen van thieu", "two marks on one letter"),
]
DIFFERENT = [
    ("Ada Norrby", "Ada Norby", "another spelling"),
    ("Søren", "Soren", "a letter of its own, not a letter with a mark"),
    ("Ann-Marie", "Ann Marie", "a hyphen is part of a name"),
    ("O’Hara", "O'Hara", "an apostrophe is kept as written"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME)
def test_one_name(one, other, reason):
    assert fold(one) == fold(other), reason


@pytest.mark.parametrize(("one", "other", "reason"), DIFFERENT)
def test_two_names(one, other, reason):
    assert fold(one) != fold(other), reason


@given(st.text())
def test_folding_again_changes_nothing(name):
    folded = fold(name)
    assert fold(folded) == folded
    assert fold(f"  {name}\n") == folded
    assert folded == " ".join(folded.split())
