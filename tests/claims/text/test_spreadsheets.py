import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.text.spreadsheets import guarded, unguarded


@pytest.mark.parametrize(
    ("text", "cell", "reason"),
    [
        ("-5 °C in März", "'-5 °C in März", "a sign at the start"),
        ("'-5 °C'", "''-5 °C'", "where an apostrophe is already, one more shows which is the text's"),
        ("总计;=1+1", "总计;'=1+1", "after a separator"),
        ("итог;'=1", "итог;''=1", "with an apostrophe there, too"),
        ("\n－١", "'\n'－١", "after a line end"),
        ("'\tx", "''\tx", "a tab behind an apostrophe"),
        ("rock 'n' roll, -5", "rock 'n' roll, -5", "nothing else"),
    ],
)
def test_a_guard_is_taken_away_again(text, cell, reason):
    assert (guarded(text), unguarded(cell)) == (cell, text), reason


@given(st.text(st.sampled_from("'=+-@＝;\t\r\n \"a")))
@example("' =")
@example("''\t'=;'+")
def test_what_was_guarded_is_restored_exactly(text):
    assert unguarded(guarded(text)) == text
