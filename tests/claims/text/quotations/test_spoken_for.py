"""Who speaks in invented news in six languages, written in three batches, each before it was scored (docs/quotations.md).

Each line of spoken_for.txt has its batch, the language, and the names of who speaks its quotations: several spellings between slashes,
and nothing where the text names nobody.
"""

from pathlib import Path

import pytest

from claims.text.quotations.proposals import propose

LINES = Path(__file__).with_name("spoken_for.txt").read_text(encoding="utf-8").splitlines()
NONE_NAMED = 13  # where the text names somebody: “A spokesman for Roe said”, who may speak for a body or a person


def scored():
    """Yield for each quotation which names are right, the name that was found, and the text."""
    for line in LINES:
        _, tag, names, text = line.split("|")
        found = [quotation.name for quotation in propose(text, tag).quotations]
        expected = [name.split("/") for name in names.split(";")]
        assert len(found) == len(expected), text
        yield from ((right, name, text) for right, name in zip(expected, found, strict=True))


def test_no_name_is_wrong_and_few_are_missing():
    rows = list(scored())
    assert not [row for row in rows if row[1] and row[1] not in row[0]]
    assert sum(not name and right != [""] for right, name, _ in rows) <= NONE_NAMED


@pytest.mark.parametrize(
    ("tag", "text", "said_by", "name", "reason"),
    [
        (
            "en",
            "“It is safe,” a spokesman for the Tarn Board said.",
            "a spokesman for the Tarn Board",
            "Tarn Board",
            "a body",
        ),
        ("en", "“It is safe,” a spokesman for Roe said.", "a spokesman for Roe", "", "who may be a person"),
        (
            "en",
            "“It is safe,” said a spokesman for Mayor Ada Roe.",
            "a spokesman for Mayor Ada Roe",
            "",
            "who is a person",
        ),
        ("en", "“It is safe,” according to Ada Roe’s office.", "Ada Roe’s office", "", "an office is somebody else"),
        ("en", "“It is safe,” according to Ada Roe’s letter.", "Ada Roe’s", "Ada Roe", "but a letter is its writer's"),
        (
            "en",
            "A spokesman for the operator, Tarn Ferries, said: “It is safe now.”",
            "A spokesman for the operator, Tarn Ferries",
            "Tarn Ferries",
            "a name after what the body is",
        ),
        (
            "en",
            "A spokesman for the drummer, Ada Roe, said: “It is safe now.”",
            None,
            "",
            "but not after a noun that is no body",
        ),
        ("fr", "« Le lac, raille Ada Roe, est vide. »", "Ada Roe", "Ada Roe", "a verb inside the marks"),
        ("fr", "« Le lac, raille-t-elle, est vide. »", "elle", "", "a pronoun inside the marks"),
        (
            "fr",
            "Ada Roe arrive. « Le lac, dit Tom Lind. Il est vide. »",
            "Tom Lind",
            "Tom Lind",
            "the sentence ends after the name",
        ),
    ],
)
def test_who_is_named(tag, text, said_by, name, reason):
    [quotation] = propose(text, tag).quotations
    assert quotation.name == name, reason
    assert said_by is None or (quotation.mention and quotation.mention.text) == said_by, reason
    assert text[quotation.start : quotation.end] == quotation.quote
