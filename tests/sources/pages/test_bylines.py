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
    (["Ann Hale (Reuters)"], ["Ann Hale"], "brackets say for whom somebody writes"),
    (["[Ann Hale]"], ["Ann Hale"], "or stand around the name"),
    (["李小明（記者）"], ["李小明"], "in full width, too"),
    (["12345", "Ann Hale, 12", "2"], ["Ann Hale"], "a bare number is a program's"),
    (["Von Anna Hale und Tom Reyes"], ["Anna Hale", "Tom Reyes"], "German"),
    (["Par Anne Hale et Thomas Roy"], ["Anne Hale", "Thomas Roy"], "French"),
    (["Por Ana Hale y Tomás Reyes"], ["Ana Hale", "Tomás Reyes"], "Spanish"),
    (["Por Ana Hale e Tomé Reis"], ["Ana Hale", "Tomé Reis"], "Portuguese"),
    (["di Anna Alei e Tommaso Re"], ["Anna Alei", "Tommaso Re"], "Italian"),
    (["Door Anna Haal en Tom Reis"], ["Anna Haal", "Tom Reis"], "Dutch"),
    (
        ["Av Anna Hale och Tom Reyes", "Ivo Brandt og Mia Lund"],
        ["Anna Hale", "Tom Reyes", "Ivo Brandt", "Mia Lund"],
        "Nordic",
    ),
    (["Autor: Jan Kowalski i Anna Nowak"], ["Jan Kowalski", "Anna Nowak"], "Polish"),
    (["Автор: Анна Халева и Том Рейес"], ["Анна Халева", "Том Рейес"], "Russian"),
    (["Ayşe Hale ve Tolga Reis"], ["Ayşe Hale", "Tolga Reis"], "Turkish"),
    (["Καίτη Δήμου και Νίκος Παππάς"], ["Καίτη Δήμου", "Νίκος Παππάς"], "Greek"),
    (["آن هيل و توم ريس"], ["آن هيل", "توم ريس"], "Arabic"),
    (["कविता शर्मा और राम लाल"], ["कविता शर्मा", "राम लाल"], "Hindi"),
    (["Ann Hale | Political Correspondent", "Reporter"], ["Ann Hale", "Reporter"], "a role beside a name is no author"),
    (["文／李小明、王大同"], ["李小明", "王大同"], "Chinese"),
    (["José Ortega y Gasset"], ["José Ortega y Gasset"], "one name of two families"),
    (["Von Hagen", "Ursula von der Leyen"], ["Von Hagen", "Ursula von der Leyen"], "names that begin like a byline"),
    (["N/A", "Unbekannt", "匿名"], [], "nobody, in other languages"),
]


@pytest.mark.parametrize(("bylines", "names", "why"), BYLINES)
def test_authors(bylines, names, why):
    assert list(authors(bylines)) == names, why


@pytest.mark.parametrize(
    ("byline", "names", "why"),
    [
        ("Ann Hale, Norvik News", ["Ann Hale"], "beside a name it says where the page is"),
        ("Ann Hale | NORVIK NEWS", ["Ann Hale"], "however it is written"),
        ("Norvik News", ["Norvik News"], "alone it is who signs"),
    ],
)
def test_the_site_itself(byline, names, why):
    assert list(authors([byline], sites=["Norvik News"])) == names, why
