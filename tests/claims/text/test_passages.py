"""Which passages of a text are compared with what was said before."""

import pytest

from claims.text.passages import passages
from claims.text.quotations import proposals
from claims.text.quotations.proposals import propose

CHOSEN = [
    (
        "“Nine boats sail each day,” said Ada Roe.",
        ["Nine boats sail each day,*"],
        "a quotation, not the sentence around it",
    ),
    ("Rents have risen by 40 per cent here.", ["Rents have risen by 40 per cent here."], "a marked sentence"),
    ("The harbour master was tired and went home.", [], "nothing to check"),
    (
        "“Come in and sit down. Rents have risen by 40 per cent here.” Ada Roe said so.",
        ["Come in and sit down. Rents have risen by 40 per cent here.*", "Rents have risen by 40 per cent here.*"],
        "a quotation, and the marked sentence in it",
    ),
    (
        "“It is what I hear. Rents have risen by 40 per cent here,” said Ada Roe.",
        ["It is what I hear. Rents have risen by 40 per cent here,*", "Rents have risen by 40 per cent here,*"],
        "the last sentence of a quotation, before who said it",
    ),
    (
        f"“{'Come in and sit down. ' * 50}Rents have risen by 40 per cent here,” said Ada Roe.",
        ["Rents have risen by 40 per cent here,*"],
        "of a long quotation, the marked sentence alone",
    ),
    (
        "Rents have risen by 40 per cent here. “Nine boats sail each day,” said Ada Roe.",
        ["Rents have risen by 40 per cent here.", "Nine boats sail each day,*"],
        "in the order of the text",
    ),
    (
        "Ada Roe said that “rents have risen” by 40 per cent.",
        ["rents have risen*"],
        "of a sentence with a quotation, the quotation is what was said",
    ),
]


@pytest.mark.parametrize(("text", "chosen", "reason"), CHOSEN, ids=[row[2] for row in CHOSEN])
def test_what_is_chosen(text, chosen, reason):
    found, more = passages(text, propose(text, "en"))
    # * marks what has a speaker to look for.
    assert not more
    assert [text[one.start : one.end] + "*" * bool(one.quotation) for one in found] == chosen, reason


def test_a_text_that_is_searched_in_part_has_more(monkeypatch):
    text = "Rents have risen by 40 per cent.\n\nRents have risen by 50 per cent."
    monkeypatch.setattr(proposals, "MOST", len(text) - 1)
    found, more = passages(text, propose(text, "en"))
    assert more and [text[one.start : one.end] for one in found] == ["Rents have risen by 40 per cent."]


def test_a_long_line_after_a_short_one_is_searched(monkeypatch):
    text = "Norvik\n" + "Rents have risen by 40 per cent. " * 9
    monkeypatch.setattr(proposals, "MOST", len(text) - 1)
    assert propose(text, "en").end == len(text) - 1
