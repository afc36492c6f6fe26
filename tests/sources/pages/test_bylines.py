import time

import pytest

from sources.pages.bylines import authors, is_several, is_signature

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
    (["بقلم: أحمد كريم وليلى حسن"], ["أحمد كريم", "ليلى حسن"], "Arabic writes “and” together with the name"),
    (["أحمد كريم وليد"], ["أحمد كريم وليد"], "and some names begin like it"),
    (["מאת דן לוי ורות כהן"], ["דן לוי", "רות כהן"], "Hebrew"),
    (["رام شرما اور سیتا ورما"], ["رام شرما", "سیتا ورما"], "Urdu"),
    (["โดย สมชาย ใจดี และ สมหญิง รักดี"], ["สมชาย ใจดี", "สมหญิง รักดี"], "Thai"),
    (
        ["김철수·이영희 기자", "박민수와 최지우"],
        ["김철수", "이영희", "박민수", "최지우"],
        "Korean, with the word for a reporter",
    ),
    (["王伟 和 李娜", "记者 张敏"], ["王伟", "李娜", "张敏"], "Chinese"),
    (["阿卜杜拉·卡里姆"], ["阿卜杜拉·卡里姆"], "a dot inside one name"),
    (["取材・文＝山田太郎"], ["山田太郎"], "Japanese"),
    (["Tác giả: Nguyễn An", "लेखक: राम शर्मा"], ["Nguyễn An", "राम शर्मा"], "Vietnamese, Hindi"),
    (["Di Anna Rossi e Luca Bianchi"], ["Anna Rossi", "Luca Bianchi"], "Italian, with a capital"),
    (
        ["Ann Hale/Tom Reyes", "Ivo Brandt + Mia Lund"],
        ["Ann Hale", "Tom Reyes", "Ivo Brandt", "Mia Lund"],
        "signs for “and”",
    ),
    (
        ["Anna Hale / dpa", "Reuters/Tom Reyes"],
        ["Anna Hale", "dpa", "Reuters", "Tom Reyes"],
        "an agency is one of them",
    ),
    (["Anna Hale - AFP", "EFE – Ana Ruiz"], ["Anna Hale", "AFP", "EFE", "Ana Ruiz"], "after a dash"),
    (["Anna-Lena Hale - Tom Reyes"], ["Anna-Lena Hale - Tom Reyes"], "which joins no people"),
    (["Von dpa/AFP", "Par Reuters", "Por EFE"], ["dpa", "AFP", "Reuters", "EFE"], "agencies alone"),
    (["Anna Hale, The Associated Press"], ["Anna Hale", "The Associated Press"], "one of three words"),
    (
        ["Par Anne Hale et Luc Roy, avec AFP", "Par Zoé Petit avec Reuters et AP"],
        ["Anne Hale", "Luc Roy", "AFP", "Zoé Petit", "Reuters", "AP"],
        "“with” after other words that join",
    ),
    (
        ["Anne Hale avec agences", "Ana Ruiz y agencias", "Ivo Brandt und Agenturen", "Mia Lund and agencies"],
        ["Anne Hale", "Ana Ruiz", "Ivo Brandt", "Mia Lund"],
        "agencies without a name",
    ),
    (
        ["Anna Hale mit Material der dpa", "Tom Reyes for Reuters"],
        ["Anna Hale", "Tom Reyes"],
        "what they wrote from, and for",
    ),
    (
        ["De Ana Lind y Luis Ortega", "De Anna Popescu și Ion Pop", "De Anna Hale und Tom Reyes"],
        ["Ana Lind", "Luis Ortega", "Anna Popescu", "Ion Pop", "Anna Hale", "Tom Reyes"],
        "a preposition before two names",
    ),
    (
        ["De Wit Jan en Peeters An", "De Luca Anna", "De la Cruz Ana y Luis Ortega"],
        ["De Wit Jan", "Peeters An", "De Luca Anna", "De la Cruz Ana", "Luis Ortega"],
        "which is part of a name elsewhere",
    ),
    (
        ["Por: Ana Ruiz", "Par : Anne Roy", "Von: Ivo Brandt", "Di:Anna Rossi", "By:Ann Hale", "Autor:Jan Nowak"],
        ["Ana Ruiz", "Anne Roy", "Ivo Brandt", "Anna Rossi", "Ann Hale", "Jan Nowak"],
        "a colon after a preposition, also without a blank",
    ),
    (["Ann Hale, Tom Reyes, & Mia Lund"], ["Ann Hale", "Tom Reyes", "Mia Lund"], "a sign after the last comma"),
    (["By [Ann Hale] and [Tom Reyes]"], ["Ann Hale", "Tom Reyes"], "brackets around each name"),
    (
        [
            "By Ann Hale 3 May 2026",
            "Tom Reyes, May 3, 2026",
            "Von Ivo Brandt am 3. Mai 2026",
            "Ana Ruiz, 3 de mayo de 2026",
        ],
        ["Ann Hale", "Tom Reyes", "Ivo Brandt", "Ana Ruiz"],
        "a date without another word",
    ),
    (
        ["Ann Hale, Tom Reyes and 2 others", "Ana Ruiz y 3 más", "Ivo Brandt und 2 weitere"],
        ["Ann Hale", "Tom Reyes", "Ana Ruiz", "Ivo Brandt"],
        "how many others",
    ),
    (
        ["Text: Anna Hale Foto: Tom Reyes", "Fotos: Mia Lund, Text: Ivo Brandt", "文／王小明 圖／李小紅"],
        ["Anna Hale", "Ivo Brandt", "王小明"],
        "pictures without a comma, or first",
    ),
    (["記者王小明／台北報導", "记者张敏"], ["王小明", "张敏"], "from where a reporter writes"),
    (["Anna Hale und dpa", "Luc Petit avec AFP"], ["Anna Hale", "dpa", "Luc Petit", "AFP"], "an agency signs as one"),
    (["Anna Hale mit Freude am Wort"], ["Anna Hale mit Freude am Wort"], "“with” joins agencies alone"),
    (
        ["Ann Hale, Chief Political Correspondent and Tom Reyes, Editor"],
        ["Ann Hale", "Tom Reyes"],
        "roles between names",
    ),
    (
        ["김철수 기자, 이영희 기자", "山田太郎と鈴木花子"],
        ["김철수", "이영희", "山田太郎", "鈴木花子"],
        "Korean and Japanese",
    ),
    (["山と渓谷"], ["山と渓谷"], "“and” in one name"),
    (
        ["Szerző: Kiss Anna és Nagy Béla", "Bởi Nguyễn An"],
        ["Kiss Anna", "Nagy Béla", "Nguyễn An"],
        "Hungarian, Vietnamese",
    ),
    (
        ["By Ann Hale @annhale", "Tom Reyes 12 articles"],
        ["Ann Hale", "Tom Reyes"],
        "an account, and how much they wrote",
    ),
    (["Ann Hale et al.", "Анна Хейл и др."], ["Ann Hale", "Анна Хейл"], "and others"),
    (
        ["Ann Hale https://social.example/ann", "12 Tom Reyes", "Ivo Brandt 7"],
        ["Ann Hale", "Tom Reyes", "Ivo Brandt"],
        "beside a name",
    ),
    (["Text: Anna Hale, Foto: Tom Reyes", "Ivo Brandt, photos by Mia Lund"], ["Anna Hale", "Ivo Brandt"], "pictures"),
    (["Ann Hale – Updated 5 May 2020", "By Tom Reyes Published 5 May 2020"], ["Ann Hale", "Tom Reyes"], "a date"),
    (["José Ortega y Gasset"], ["José Ortega y Gasset"], "one name of two families"),
    (["Von Hagen", "Ursula von der Leyen"], ["Von Hagen", "Ursula von der Leyen"], "names that begin like a byline"),
    (["N/A", "Unbekannt", "匿名"], [], "nobody, in other languages"),
    (["Di Carla Bossi ed Elena Galli"], ["Carla Bossi", "Elena Galli"], "the Italian “e” before a vowel"),
    (["كتبت: سارة منصوري وليلى حداد"], ["سارة منصوري", "ليلى حداد"], "“she wrote”, and an “and” that joins"),
    (["文・山本花枝　写真・佐藤次一"], ["山本花枝"], "text and pictures in Japanese"),
    (["记者：王小茗 实习生：李雷音"], ["王小茗", "李雷音"], "a reporter and a trainee in Chinese"),
    (["By Amos Pell, Jr., and Mary O’Dane"], ["Amos Pell Jr.", "Mary O’Dane"], "Jr. after a comma"),
    (["Ayşe Tunç ve Can Erel / İZMİR"], ["Ayşe Tunç", "Can Erel"], "the place after a stroke"),
    (["By Ann Hale and Tom Reyes in Oslo"], ["Ann Hale", "Tom Reyes"], "the place in words"),
    (["Von Anna Hal aus Lüdenrode"], ["Anna Hal"], "in German"),
    (["Doctors in Norvik"], ["Doctors in Norvik"], "an organisation, which no byline opens"),
    (["Ann Hale / AFP"], ["Ann Hale", "AFP"], "an agency there"),
]


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("By Mary Danehollow", True),
        ("Par Léa Morinel et Hugo Vasserot", True),
        ("By Tuesday evening", False),
        ("By the end of the year, Ann Hale", False),
        ("Von der Leyen", False),
        ("Mary Danehollow", False),
        ("By Mary Danehollow in Lower Wick", True),
        ("Council Budget 2026", False),
        ("Norvik Town, 5 March 2026", False),
        ("By Popular Demand", False),
        ("By Land And Sea", False),
        ("By Staff Reporter", False),
        ("Por Primera Vez", False),
        ("Von Norden Nach Süden", False),
        ("Follow Us @norviknews", False),
    ],
)
def test_what_signs_a_text(line, signs):
    assert is_signature(line) == signs


@pytest.mark.parametrize(("bylines", "names", "why"), BYLINES)
def test_authors(bylines, names, why):
    assert list(authors(bylines)) == names, why


@pytest.mark.parametrize("unit", ["1.", "mid-", " ", "a@", "A B, "])
def test_what_is_too_long_for_a_byline_costs_nothing(unit):
    started = time.process_time()
    assert authors(["By " + unit * (200_000 // len(unit)), "Ann Hale"]) == ("Ann Hale",)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("byline", "names", "why"),
    [
        ("Ann Hale, Norvik News", ["Ann Hale"], "beside a name it says where the page is"),
        ("Ann Hale | NORVIK NEWS", ["Ann Hale"], "however it is written"),
        ("Norvik News", ["Norvik News"], "alone it is who signs"),
        ("Ann Hale – Norvik News", ["Ann Hale"], "after a dash"),
        ("Anna Hale für Norvik News", ["Anna Hale"], "whom she writes for"),
        ("Norvik News avec AFP", ["AFP"], "beside an agency"),
        ("Norvik News (Ann Hale)", ["Ann Hale"], "with a name in brackets"),
        ("Ann Hale, for Norvik News", ["Ann Hale"], "after a comma"),
    ],
)
def test_the_site_itself(byline, names, why):
    assert list(authors([byline], sites=["Norvik News"])) == names, why


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("Ann Hale and Tom Reyes", True),
        ("Ann Hale, Tom Reyes and Ivo Brandt", True),
        ("Hale, Ann; Reyes, Tom", True),
        ("山田太郎、鈴木花子", True),
        ("김철수와 이영희", True),
        ("Ann Hale, Prime Minister", False),
        ("Hale, Ann", False),
        ("Marks and Hale", False),
        ("Department of Health and Social Care", False),
        ("José Ortega y Gasset", False),
    ],
)
def test_whether_a_name_is_those_of_several_people(name, several):
    assert is_several(name) is several
