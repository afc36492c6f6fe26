from hypothesis import given
from hypothesis import strategies as st

from sources.pages.diffing import changes

OLD = "The bridge closes.\n\nIt will cost 41 million crowns, the minister said.\n\nFerries run.\n\nThe end."
NEW = "The bridge closes.\n\nIt will cost 47 million crowns, the minister said.\n\nThe end.\n\nCorrected on Friday."


def told(old, new):
    return [[(piece.kind, piece.text) for piece in paragraph.pieces] for paragraph in changes(old, new)]


def test_a_changed_word_a_lost_and_a_new_paragraph():
    assert told(OLD, NEW) == [
        [
            ("same", "It will cost "),
            ("gone", "41"),
            ("new", "47"),
            ("same", " million crowns, the minister said."),
        ],
        [("gone", "Ferries run.")],
        [("new", "Corrected on Friday.")],
    ]


def test_empty_lines_are_no_change():
    assert told("One.\nTwo.", "One.\n\n\nTwo.") == []


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_what_is_gone_stood_in_the_old_text_and_what_is_new_stands_in_the_new(old, new):
    for paragraph in changes(old, new):
        before = "".join(p.text for p in paragraph.pieces if p.kind != "new")
        after = "".join(p.text for p in paragraph.pieces if p.kind != "gone")
        assert before in ["", *old.split("\n")] and after in ["", *new.split("\n")]
