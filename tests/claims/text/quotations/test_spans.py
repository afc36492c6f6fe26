import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.quotations.spans import spans


def found(text):
    return [text[span.start : span.end] for span in spans(text)]


def test_it_works():
    text = "“Nine boats sail each day,” said Ada Roe. She called it “enough for a small town”."
    assert found(text) == ["Nine boats sail each day,", "enough for a small town"]
    first, second = spans(text)
    assert text[first.left : first.right] == "“Nine boats sail each day,”" and first.closed
    assert not second.continues


MARKS = [
    ('He said "we stay" twice.', ["we stay"], "typewriter"),
    ("Er sagte: „Wir bleiben“, und ging.", ["Wir bleiben"], "German, low and high"),
    ("Er sagte: »Wir bleiben«, und ging.", ["Wir bleiben"], "German books, Danish"),
    ("Il a dit : « Nous restons », puis rien.", ["Nous restons"], "French, with blanks"),
    ("Dijo: «Nos quedamos», y nada más.", ["Nos quedamos"], "Spanish"),
    ("Powiedział: „Zostajemy”.", ["Zostajemy"], "Polish"),
    ("Hon sade: ”Vi stannar”.", ["Vi stannar"], "Swedish, the same mark twice"),
    ("Hän sanoi: »Me jäämme».", ["Me jäämme"], "Finnish, the same mark twice"),
    ("Он сказал: «Мы остаёмся».", ["Мы остаёмся"], "Russian"),
    ("彼は「ここに残る」と言った。", ["ここに残る"], "Japanese"),
    ("他說：『我們留下』。", ["我們留下"], "Chinese, the inner marks alone"),
    ("ראש הממשלה אמר: \"אנחנו נשארים\" בצה\"ל.", ["אנחנו נשארים"], "Hebrew: a gershayim inside a word is no mark"),
    ("He said ‘we stay’ twice.", ["we stay"], "British"),
    ("He said 'we stay' twice.", ["we stay"], "British, typewriter"),
    ("She wrote “we stay\" twice.", ["we stay"], "two kinds of mark"),
    ("She wrote \"we stay“ twice.", ["we stay"], "the last one turned the wrong way"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quotes", "reason"), MARKS, ids=[row[2] for row in MARKS])
def test_marks_of_many_languages(text, quotes, reason):
    assert found(text) == quotes, reason


NESTED = [
    ("“He said ‘no’ to me,” she told us.", ["He said ‘no’ to me,"], "an inner quotation is part of the outer one"),
    ("‘He said “no” to me,’ she told us.", ["He said “no” to me,"], "the other way round"),
    ("« Il m’a dit “non” hier », dit-elle.", ["Il m’a dit “non” hier"], "French"),
    ("The voters’ choice is the voters’ choice.", [], "a plural genitive opens nothing"),
    (
        "‘It is the voters’ choice,’ he said.",
        ["It is the voters’ choice,"],
        "… and closes nothing if a better mark follows",
    ),
    ("Don't say it won't work in '09.", [], "apostrophes"),
    ("Rock 'n' roll isn't dead.", ["n"], "one letter between two of them is too short to be proposed anyway"),
    ('A board of 6" by 9" was found.', [], "inches"),
    ("Fish & chips: 5 < 6 » read more", [], "an arrow that nothing closes"),
]


@pytest.mark.parametrize(("text", "quotes", "reason"), NESTED, ids=[row[2] for row in NESTED])
def test_what_is_nested_and_what_is_no_mark(text, quotes, reason):
    assert found(text) == quotes, reason


def test_a_quotation_goes_on_in_paragraphs_that_open_with_a_mark():
    text = "“We stay.\n\n“We have nowhere else.\n\n“And no boat,” he said. “None.”"
    assert [(text[s.start : s.end], s.closed, s.continues) for s in spans(text)] == [
        ("We stay.", False, False),
        ("We have nowhere else.", False, True),
        ("And no boat,", True, True),
        ("None.", True, False),
    ]


def test_without_marks_between_the_paragraphs_it_is_one_span():
    assert found("He said, “We stay.\n\nWe have no boat.” Then he left.") == ["We stay.\n\nWe have no boat."]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph():
    [span] = spans("He said: “We stay.\n\nNobody left.")
    assert (span.closed, span.end) == (False, 18)


def test_a_transcript():
    text = "ADA ROE: Good morning.\nTOM LIND: Is it?\nADA ROE: It is, “for now”."
    assert [(text[slice(*span.label)], text[span.start : span.end]) for span in spans(text)] == [
        ("ADA ROE", "Good morning."),
        ("TOM LIND", "Is it?"),
        ("ADA ROE", "It is, “for now”."),
    ]


def test_lines_with_a_colon_are_no_transcript():
    assert found("Photo: A boat.\nText: Two boats.\nVideo: Three boats.") == [], "nobody speaks twice"


def test_speech_after_a_dash():
    text = "—No hay barcos —dijo Ana Roe—. Ni hoy ni mañana."
    assert found(text) == ["No hay barcos", ". Ni hoy ni mañana."]
    assert all(span.dash for span in spans(text))


TRICKY = st.text(alphabet="ab “”„«»‘’'\"—\n:.A「」‹›״א")


@given(TRICKY)
def test_spans_are_in_order_and_inside_their_marks(text):
    at = 0
    for span in spans(text):
        assert at <= span.left <= span.start < span.end <= span.right <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        at = span.right


HOSTILE = ["“a ", "'a' ", "‘a ‘b’ ", "» a ", '"a ', "“abc\n\n", "— a — b ", " ", "ANN ROE: a\n", "d’a’b "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_time_is_linear(unit):
    def took(size):
        text = unit * (size // len(unit))
        times = []
        for _ in range(3):
            started = time.process_time()
            spans(text)
            times.append(time.process_time() - started)
        return min(times)

    # Eight times the text takes eight times as long, or 64 times if the time is quadratic.
    assert took(200_000) < 32 * took(25_000) + 0.05
