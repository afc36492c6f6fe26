import time

import pytest

from claims.text.checkworthy import marked, sentences

MARKED = [
    ("en", "Rents have risen by 40 per cent here.", "figure comparison", "a share"),
    ("en", "The bridge cost £5m to build.", "figure", "money"),
    ("en", "Nine thousand cars cross it each day.", "figure", "a number in words"),
    ("en", "More than half the boats are old.", "figure comparison", "more than"),
    ("en", "Smoke leads to fewer fish in the bay.", "cause", "a cause"),
    ("en", "It is the first time that nobody came.", "record", "a record"),
    ("en", "The harbour was closed in 2009 by the council.", "date", "a year is a date, and no figure"),
    ("de", "Die Mieten sind um 40 Prozent gestiegen.", "figure comparison", "German"),
    ("fr", "Le chômage a augmenté de 12 % en un an.", "figure comparison", "French"),
    ("es", "El paro subió un 12 % el año pasado.", "figure comparison date", "Spanish"),
    ("pt", "O desemprego caiu pela primeira vez.", "comparison record", "Portuguese"),
    ("it", "Gli affitti sono raddoppiati a causa di noi.", "cause", "Italian"),
    ("pl", "Bezrobocie spadło o 12 % w rok.", "figure", "numbers in any language"),
]


@pytest.mark.parametrize(("tag", "text", "kinds", "reason"), MARKED, ids=[row[3] for row in MARKED])
def test_sentences_that_are_marked(tag, text, kinds, reason):
    [sentence] = marked(text, tag)
    assert sentence.kinds == tuple(kinds.split()), reason
    assert text[sentence.start : sentence.end] == text


NOT_MARKED = [
    ("The harbour master was tired and went home.", "nothing to check"),
    ("She left at 10:30 with her dog.", "the time of the day"),
    ("40 per cent!", "fewer than four words"),
    ("He looked at page 7 of it.", "a single digit without a unit"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_MARKED, ids=[row[1] for row in NOT_MARKED])
def test_sentences_that_are_not(text, reason):
    assert marked(text, "en") == [], reason


def test_who_is_spoken_of_changes_nothing():
    """The rules rank neither people nor parties."""
    names = ["Ada Roe", "the Harbour Party", "our opponents", "the minister"]
    assert len({marked(f"Rents have risen by 40 per cent, said {name}.", "en")[0].kinds for name in names}) == 1


SPLIT = [
    ("One boat. Two boats.", ["One boat.", "Two boats."], "a full stop"),
    ("Mr. Lind came. He sat.", ["Mr. Lind came.", "He sat."], "a title"),
    ("J. Roe came. He sat.", ["J. Roe came.", "He sat."], "an initial"),
    ("Am 5. Mai kam er. Er saß.", ["Am 5. Mai kam er.", "Er saß."], "a German date"),
    ("“It sank.” He wept.", ["“It sank.”", "He wept."], "a closing mark"),
    ("One line\nanother line", ["One line", "another line"], "lines"),
    ("It rose by 2.5 m. e.g. here", ["It rose by 2.5 m. e.g. here"], "no capital follows"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), SPLIT, ids=[row[2] for row in SPLIT])
def test_sentences(text, expected, reason):
    assert [text[start:end] for start, end in sentences(text)] == expected, reason


@pytest.mark.parametrize("unit", ["12 ", "1,", "A. ", ".", ". ", ".) ", "because ", "$", " "])
def test_the_time_is_linear(unit):
    def took(size):
        text = unit * (size // len(unit))
        times = []
        for _ in range(3):
            started = time.process_time()
            marked(text, "en")
            times.append(time.process_time() - started)
        return min(times)

    # Eight times the text takes eight times as long, or 64 times if the time is quadratic.
    assert took(200_000) < 32 * took(25_000) + 0.05
