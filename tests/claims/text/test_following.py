import pytest

from claims.text.following import follow, sentence

EARLIER = (
    "The mayor spoke on Monday. “The bridge carries nine thousand cars a day,” she said. Nobody asked how she knew.\n"
    "The ferry is old. It sails at nine."
)
QUOTE = "The bridge carries nine thousand cars a day"
PASSAGE = f"“{QUOTE},” she said."

# The later text, and what stands there in place of the passage: None where it is gone, "" where it is the same.
CASES = [
    (EARLIER, "", "nothing changed"),
    (EARLIER.replace("“", '"').replace("”", '"').replace(" cars", "\u00a0cars"), "", "typography"),
    (EARLIER.replace("Monday", "Tuesday"), "", "another sentence changed"),
    (EARLIER.replace("nine thousand", "four thousand"), PASSAGE.replace("nine", "four"), "another number"),
    (EARLIER.replace("nine thousand", "up to nine thousand"), PASSAGE.replace("nine", "up to nine"), "a softer number"),
    (EARLIER.replace("carries", "carrys"), PASSAGE.replace("carries", "carrys"), "a misspelt word"),
    (EARLIER.replace("she said", "she denied"), PASSAGE.replace("said", "denied"), "turned round beside the quote"),
    (EARLIER.replace(f"{PASSAGE} ", ""), None, "gone"),
    (
        EARLIER.replace(PASSAGE, "She spoke at length.")
        + f"\nCorrection: an earlier version of this article had this: {PASSAGE}",
        None,
        "gone, and repeated by a note",
    ),
    ("Another text.", None, "all gone"),
]


@pytest.mark.parametrize(("later", "expected", "why"), CASES, ids=[case[-1] for case in CASES])
def test_what_becomes_of_a_passage(later, expected, why):
    found = follow(PASSAGE, EARLIER, later)
    assert found.same is (expected == "")
    if not found.same:
        assert (later[slice(*found.later)] if found.later else None) == expected


SENTENCES = [
    (QUOTE, PASSAGE, "a quote and who said it"),
    ("Nobody asked", "Nobody asked how she knew.", "to the end of the paragraph"),
    ("It sails at nine.", "It sails at nine.", "the end of the text"),
    ("The ferry is old. It sails", "The ferry is old. It sails at nine.", "two sentences"),
]


@pytest.mark.parametrize(("quote", "expected", "why"), SENTENCES)
def test_a_passage_is_whole_sentences(quote, expected, why):
    start = EARLIER.index(quote)
    first, last = sentence(EARLIER, start, start + len(quote))
    assert EARLIER[first:last] == expected, why
    assert sentence(EARLIER, first, last) == (first, last), "and stays so"


def test_a_text_without_sentences_is_cut():
    text = "word " * 200
    first, last = sentence(text, 500, 504)
    assert 400 <= first < last <= 604
