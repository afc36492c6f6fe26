import pytest

from sources.pages.sameness import digest, has_changed, is_another_page

FIRST = "The mill was sold on Monday to a brewery, which wants to reopen it next summer."
SAID = "“It cost four million crowns,” said Ida Brandt."
LAST = "Nobody had asked the village before."
TEXT = "\n".join([FIRST, SAID, LAST])
NOTE = "Correction: an earlier version of this article named another sum."

# What stands there later, the lines that the page marks now, those that it marked before, whether it has changed, and why.
CASES = [
    (TEXT, [], [], False, "the same"),
    (TEXT.replace("“", '"').replace("”", '"'), [], [], False, "quotation marks"),
    (TEXT.replace("\n", "\n\n").replace(" ", "\u00a0", 3), [], [], False, "blanks"),
    (f"{FIRST} {SAID}\n{LAST}", [], [], False, "paragraphs that are joined"),
    (TEXT.replace("four", "up to four"), [], [], True, "a number is softer"),
    (TEXT.replace("Brandt", "Brandtt"), [], [], True, "a misspelt name"),
    (f"{FIRST}\n{SAID}", [], [], True, "a paragraph is gone"),
    (f"{FIRST}\n{SAID}\n\n{LAST}\nMarket closes early", ["Market closes early"], [], False, "a link that came"),
    (f"{TEXT}\nMarket closes early", [], [], True, "the same line, which the page does not mark"),
    (f"{TEXT}\nLast updated: 3 May 2026, 10:15 am", [], [], False, "a stamp"),
    (f"{TEXT}\nAktualisiert am 3. Mai 2026, 10:15 Uhr", [], [], False, "a stamp in German"),
    (f"{TEXT}\nUpdated 3 May to say who paid.", [], [], True, "a stamp that says more"),
    (f"{TEXT}\n1,204 comments", [], [], False, "a count"),
    (f"{TEXT}\n14 dead", [], [], True, "a count of something else"),
    (f"By Lena Quill | 2 hours ago\n{TEXT}", [], [], True, "the line of an author that came"),
    (f"{TEXT}\n{NOTE}", [NOTE], [], True, "a note counts wherever it stands"),
    (f"{FIRST}\n{SAID}\nHarbour fees to rise", ["Harbour fees to rise"], [], True, "a link in place of a paragraph"),
]


@pytest.mark.parametrize(("later", "marked", "known", "changed", "why"), CASES, ids=[case[-1] for case in CASES])
def test_what_counts(later, marked, known, changed, why):
    assert has_changed(TEXT, later, furniture=map(digest, marked), known=map(digest, known)) is changed


def test_lines_that_have_gone():
    before = f"{TEXT}\nTwo coats for one, only this week."
    assert has_changed(before, TEXT), "nothing says what it was"
    assert not has_changed(before, TEXT, known=[digest("Two coats for one, only this week.")])
    other = "Sail to Merle for nine crowns."
    assert not has_changed(f"{TEXT}\nMarket closes early", f"{TEXT}\n{other}", furniture=[digest(other)]), (
        "in its place"
    )


def test_a_passage_that_is_quoted_is_never_taken_for_what_stands_around():
    line = "1,204 comments"
    assert has_changed(f"{TEXT}\n{line}", f"{TEXT}\n1,205 comments", passages=[line])
    assert not has_changed(f"{TEXT}\n{line}", f"{TEXT}\n1,205 comments", passages=[SAID])


def test_the_line_of_the_author_may_say_how_old_it_is():
    by = "By Lena Quill | {} hours ago | {} comments"
    assert not has_changed(f"{by.format(2, 14)}\n{TEXT}", f"{by.format(9, 80)}\n{TEXT}")
    assert has_changed(f"{by.format(2, 14)}\n{TEXT}", f"{by.format(2, 14).replace('Lena', 'Leni')}\n{TEXT}")
    assert has_changed(f"It closed 3 days ago.\n{TEXT}", f"It closed 4 days ago.\n{TEXT}"), "a sentence"


ARTICLE = "\n".join(
    [
        TEXT,
        *(
            f"The {road} was paved with stones from the quarry above the village."
            for road in ("lane", "street", "yard")
        ),
    ]
)
PLACES = [
    ("Please sign in or create a free account to continue reading.", True, "one has to sign in"),
    ("Mill sold\nChecking if the connection is secure. Enable cookies to continue.", True, "one has to be human"),
    ("The page that you are looking for does not exist any more.", True, "it is gone, with status 200"),
    (f"Mill sold\n{SAID[:20]}\nSubscribe to read the rest for 2 crowns a week.", True, "one has to pay"),
    ("This article was taken offline.\nCorrection: what it said of the brewery was wrong.", False, "a note in its place"),
    (f"{FIRST}\n{LAST}", False, "much of it is deleted"),
    ("The council has since decided otherwise. " * 60, False, "it was written anew"),
]  # fmt: skip


@pytest.mark.parametrize(("after", "expected", "why"), PLACES)
def test_what_stands_in_place_of_an_article(after, expected, why):
    assert is_another_page(ARTICLE, after) is expected, why


def test_a_short_text_may_become_another():
    assert not is_another_page("The mill was sold on Monday.", "It was not.")


def test_what_is_quoted_is_still_the_article():
    assert not is_another_page(ARTICLE, SAID, passages=[SAID[:20]])
    assert is_another_page(ARTICLE, f"{SAID[:20]} and more for 2 crowns", passages=[SAID[:20], LAST])
