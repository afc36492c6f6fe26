import pytest

from sources.pages.bylines import authors

BYLINES = [
    # bylines, names, why
    (["Ann Hale"], ["Ann Hale"], "a name"),
    (["By Ann Hale and Tom Reyes"], ["Ann Hale", "Tom Reyes"], "a byline joins names"),
    (["Written by: Ann Hale"], ["Ann Hale"], "another way to begin one"),
    (["Ann Hale, Tom Reyes, and Ivo Brandt"], ["Ann Hale", "Tom Reyes", "Ivo Brandt"], "a list with a last comma"),
    (["Ann Hale & Tom Reyes"], ["Ann Hale", "Tom Reyes"], "an ampersand"),
    (["Ann Hale; Tom Reyes | Ivo"], ["Ann Hale", "Tom Reyes", "Ivo"], "separators that stand in no name"),
    (["Ann Hale", "Tom Reyes", "ann hale"], ["Ann Hale", "Tom Reyes"], "each once, as first written"),
    (["ANN HALE"], ["ANN HALE"], "capitals are the page's affair"),
    (["Byron Hale"], ["Byron Hale"], "a name that begins like a byline"),
    (
        ["Port Authority and Harbour Board of Norvik"],
        ["Port Authority and Harbour Board of Norvik"],
        "one organisation",
    ),
    (["Marks and Hale"], ["Marks and Hale"], "two single words are a company"),
    (["Ann Hale, PhD"], ["Ann Hale, PhD"], "a comma before what is no full name"),
    (["Hale, Ann"], ["Hale, Ann"], "a name turned round is one name"),
    (["Ann Hale, Chief Political Correspondent"], ["Ann Hale"], "a role is no author"),
    (["Norvik News Agency"], ["Norvik News Agency"], "an organisation signs as well"),
    (
        ["https://social.example/ann", "@ann", "//norvik.example/ann", "www.norvik.example"],
        [],
        "addresses are no names",
    ),
    (["ann@norvik.example"], [], "nor is an e-mail address"),
    (["ann@norvik.example (Ann Hale)"], ["Ann Hale"], "the form of RSS"),
    (["Ann Hale <ann@norvik.example>"], ["Ann Hale"], "the form of e-mail"),
    (["", " ", "admin", "null", "Unknown"], [], "what systems write where nobody is named"),
    (["  Ann \u00a0 Hale "], ["Ann Hale"], "white space is typography"),
    ([], [], "nothing"),
]


@pytest.mark.parametrize(("bylines", "names", "why"), BYLINES)
def test_authors(bylines, names, why):
    assert list(authors(bylines)) == names, why
