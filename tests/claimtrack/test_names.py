import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack.names import fold, identity, is_address, is_name, is_nobody

IDENTICAL = [
    ("Ada Norrby", "ADA NORRBY", "case"),
    ("Straße", "STRASSE", "ß has no upper case of its own"),
    ("Işık Demir", "ışık demir", "Turkish: I is the capital of ı"),
    ("Işık Demir", "IŞIK DEMİR", "Turkish: İ is the capital of i"),
    ("İbrahim", "ibrahim", "a dotted capital I, which folds to an i and a mark"),
    ("Σίσυφος", "ΣΊΣΥΦΟΣ", "a sigma at the end"),
    ("Нина Ёлкина", "НИНА ЁЛКИНА", "Cyrillic case"),
    ("Նարե Դոլյան", "ՆԱՐԵ ԴՈԼՅԱՆ", "Armenian case"),
    ("Maeve O'Brill", "Maeve O’Brill", "a curly apostrophe"),
    ("Maeve O'Brill", "Maeve OʼBrill", "the letter apostrophe"),
    ("Maeve O'Brill", "Maeve O`Brill", "a grave accent typed for one"),
    ("Maeve O'Brill", "Maeve O´Brill", "an acute accent typed for one"),
    ("Лук'ян Дем'ів", "Лук’ян Демʼів", "Ukrainian apostrophes"),
    ("צ'יקו לב", "צ׳יקו לב", "a geresh"),
    ("Anna-Lise Dorn", "Anna‐Lise Dorn", "a hyphen that is no hyphen-minus"),
    ("Anna-Lise Dorn", "Anna‑Lise Dorn", "a hyphen that does not break"),
    ("Anna-Lise Dorn", "Anna–Lise Dorn", "a dash typed for one"),
    ("בר-לב", "בר־לב", "a maqaf"),
    ("Ivo “Bo” Lark", 'Ivo "Bo" Lark', "quotation marks"),
    ("ジョー・フィン", "ジョー･フィン", "a half-width middle dot"),
    ("J. K. Brill", "J.K. Brill", "blanks after initials"),
    ("J. K. Brill", "J K Brill", "stops after initials"),
    ("J.-P. Dorn", "J-P Dorn", "an initial before a hyphen"),
    ("А. С. Дёмин", "А.С.Дёмин", "Cyrillic initials"),
    ("के. एस. राव", "के.एस. राव", "an initial of two characters"),
    ("Ivo Lark Jr.", "Ivo Lark Jr", "a stop after an abbreviation"),
    ("Ada\u200b Norrby", "Ada Norrby", "a zero-width space"),
    ("\ufeffAda Norrby", "Ada Norrby", "a byte order mark"),
    ("Ada Nor\u00adrby", "Ada Norrby", "a soft hyphen"),
    ("Ada Norrby\u200f", "Ada Norrby", "a direction mark"),
    ("علی\u200cرضا", "علیرضا", "a zero-width non-joiner"),
    ("محمـــد", "محمد", "a kashida"),
    ("葛\U000e0100城", "葛城", "a variation selector"),
    ("Ada  Norrby\t", " ada\u00a0norrby", "white space"),
    ("山田　花", "山田 花", "an ideographic space"),
    ("Mu\u0308ller", "Müller", "a mark apart from its letter"),
    ("ﬁlip", "Filip", "a ligature"),
    ("Ａｄａ", "Ada", "full-width letters"),
    ("ﾅｶﾀﾞ", "ナカダ", "half-width kana"),
    ("ﻣﺤﻤﺪ", "محمد", "Arabic presentation forms"),
    ("\u1100\u1175\u11b7", "김", "Hangul taken apart"),
    ("น้ำใจ", "น\u0e4d\u0e49\u0e32ใจ", "a Thai vowel in two parts, around the tone mark"),
    ("ນ້ຳ", "ນ\u0ecd\u0ec9\u0eb2", "in Lao"),
]
ALIKE = [
    ("Müller", "Muller", "a mark"),
    ("Nguyễn Văn Dũng", "Nguyen Van Dung", "tone marks"),
    ("Lê Văn Dung", "Lê Văn Dũng", "one tone mark"),
    ("Søren Bjørk", "Soren Bjork", "a stroke through a letter"),
    ("Łukasz Dąb", "Lukasz Dab", "the Polish ł"),
    ("Đorđe Ilin", "Dorde Ilin", "the Serbian đ"),
    ("Æsa Þórð", "Aesa Thord", "Icelandic letters"),
    ("Нина Ёлкина", "Нина Елкина", "ё is mostly written е"),
    ("Άννα Δόρη", "Αννα Δορη", "Greek accents"),
    ("مُحَمَّد", "محمد", "Arabic vowel marks"),
    ("أحمد", "احمد", "a hamza on its alef"),
    ("علي", "علی", "the Persian yeh"),
    ("שָׁלוֹם", "שלום", "Hebrew vowel points"),
    ("O’Hara", "OHara", "an apostrophe left out"),
    ("Ann-Marie", "Ann Marie", "a hyphen left out"),
    ("J. K. Brill", "JK Brill", "initials written together"),
    ("山田 花", "山田花", "a blank in a script that needs none"),
    ("김 도윤", "김도윤", "a blank in a Korean name"),
    ("Norrby, Ada", "Ada Norrby", "the family name first"),
    ("山田, 花", "山田花", "a comma where the family name stands first anyway"),
    ("Ada Norrby, Jr.", "Ada Norrby Jr", "no given name after the comma"),
    ("Prof. Dr. Ada Norrby", "Ada Norrby", "titles"),
    ("الدكتورة ليلى حسن", "ليلى حسن", "an Arabic one"),
    ("नरेन्द्र राव", "नरेंद्र राव", "a Hindi nasal as a letter or a dot"),
    ("सिँह", "सिंह", "two dots for it"),
    ("फ़ारूक़ शेख़", "फारूक शेख", "the dot below, which many leave out"),
    ("عبد الله السالم", "عبدالله السالم", "an Arabic name in one word or two"),
    ("นายสมชาย ใจดี", "สมชาย ใจดี", "a Thai title, which has no blank behind it"),
    ("ดร.สมหญิง ใจดี", "สมหญิง ใจดี", "and an abbreviated one"),
    ("г-н Том Рейес", "Том Рейес", "a Russian one"),
    ("डॉ. राम शर्मा", "राम शर्मा", "a Hindi one"),
]
DIFFERENT = [
    ("Ada Norrby", "Ada Norby", "another spelling"),
    ("ナカダ ケン", "ナガタ ケン", "the dakuten makes another letter"),
    ("ハナ", "パナ", "so does the handakuten"),
    ("हिन्द", "हिनद", "a virama"),
    ("कमल", "कमला", "a vowel sign"),
    ("กา", "ก่า", "a Thai tone mark"),
    ("ক", "কা", "a Bengali vowel sign"),
    ("Владимир", "Vladimir", "another script"),
    ("はな", "ハナ", "another kana script"),
    ("4.5 FM", "45 FM", "a decimal point"),
    ("Dr. Brill", "Brill", "a title before a single name may be part of it"),
]


@pytest.mark.parametrize(("one", "other", "reason"), IDENTICAL)
def test_one_name(one, other, reason):
    assert identity(one) == identity(other), reason
    assert fold(one) == fold(other), reason


@pytest.mark.parametrize(("one", "other", "reason"), ALIKE)
def test_two_names_that_are_alike(one, other, reason):
    assert identity(one) != identity(other), reason
    assert fold(one) == fold(other), reason


@pytest.mark.parametrize(("one", "other", "reason"), DIFFERENT)
def test_two_names(one, other, reason):
    assert identity(one) != identity(other), reason
    assert fold(one) != fold(other), reason


def test_initials_are_no_word():
    assert identity("E. D. Lark") != identity("Ed Lark")


@pytest.mark.parametrize("folding", [identity, fold])
@given(name=st.text())
@example(name="A».0")
@example(name="c.\u0327")
def test_folding_again_changes_nothing(folding, name):
    folded = folding(name)
    assert folding(folded) == folded
    assert folding(f"  {name}\n") == folded
    assert folded == " ".join(folded.split())


@given(one=st.text(), other=st.text())
def test_what_is_identical_is_alike(one, other):
    assert fold(one) == fold(identity(one))


@given(st.text())
def test_a_name_leaves_something_to_search_for(name):
    assert fold(name) or not is_name(name)


NO_NAMES = ["", " ", "\u200b", "´", "\u0301", "-", "…", "--", "\u3164", "\u0640"]


@pytest.mark.parametrize("text", NO_NAMES)
def test_no_name(text):
    assert not is_name(text) and is_nobody(text)


NOBODY = [
    "Not provided", "Claimant unknown", "N.N.", "nicht bekannt", "Sans nom", "brak informacji", "nem ismert", "не установлено",
    "غير معلوم", "ज्ञात नहीं", "অজ্ঞাতনামা", "無名氏", "无名氏", "未提供", "未詳", "모름", "ไม่มีชื่อ",
    "N/A", "n/a", "N.A.", "NA", "Unknown", "UNKNOWN", "(unknown)", "Unknown.", "Unknown speaker", "?", "Various", "null",
    "Multiple sources", "Anonymous", "unbekannt", "k.A.", "Inconnu", "plusieurs sources", "Desconocido", "anonimo", "Vários",
    "n.v.t.", "Okänd", "Nieznany", "bilinmiyor", "tidak diketahui", "Không rõ", "Неизвестно", "аноним", "Невідомий",
    "Autor unbekannt", "non identifié", "Sin autor", "não identificada", "okänt", "ukjent kilde", "nežinoma", "i panjohur",
    "haijulikani", "belum diketahui", "مجهولة", "မသိ", "មិនស្គាល់", "ບໍ່ຮູ້", "作者不詳", "#REF!", "[object Object]", "no one",
    "Άγνωστος", "αγνωστος", "غير معروف", "ناشناس", "לא ידוע", "अज्ञात", "ไม่ทราบ", "未知", "不明", "なし", "알 수 없음",
    "various persons", "unidentified man", "mehrere Nutzer", "Plusieurs internautes", "varios usuarios", "Bilinmeyen kişi",
    "неизвестный пользователь", "مستخدم مجهول", "משתמש אנונימי", "अज्ञात व्यक्ति", "匿名网友", "不明ユーザー", "익명의 이용자",
    "người ẩn danh",
    "inconnu(e)", "desconocido/a", "etc.", "Claimant: unknown", "não identificado(a)", "unbekannte Täter", "ismeretlen személy",
    "неустановленное лицо", "naməlum", "белгісіз", "անհայտ", "უცნობი", "তথ্য নেই", "தெரியாதவர்", "ಗೊತ್ತಿಲ್ಲ", "ગુમનામ", "ไม่ปรากฏชื่อ",
    "n\\a", "TBC", "Unknown (Facebook)", "не указано [VK]", "不明（ネット）", "Без автора", "Несколько источников",
    "Auteur non précisé", "Kilde ukendt", "未署名", "不特定多数", "неизв.", "Keiner",
    "hindi alam", "የማይታወቅ", "amaghị", "0",
]  # fmt: skip
SOMEBODY = [
    "Various Artists",
    "Ein Mann",
    "User Group",
    "Facebook users",
    "王名人",
    "Anonymous (collective)",
    "Ada Norrby",
    "Na Li",
    "Nila",
    "The Unknowns",
    "Unknown Harbour Orchestra",
    "Muster",
    "无为",
    "Nullmeyer",
    "Referee",
    "Social media users",
    "X",
    "Reuters: Ada Norrby",
    "Ada Norrby (unknown)",
    "(Ada Norrby)",
]


@pytest.mark.parametrize("name", NOBODY)
def test_nobody(name):
    assert is_nobody(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("https://mill.example/ada", True),
        ("//mill.example/ada", True),
        ("www.mill.example", True),
        ("mill.example/ada", True),
        ("ada@mill.example", True),
        ("mailto:ada@mill.example", True),
        ("Mill.com", False),
        ("@ada", False),
        ("A.B. Norrby", False),
        ("Norrby/Quill", False),
    ],
)
def test_an_address_is_no_name(name, expected):
    assert is_address(name) == expected


@pytest.mark.parametrize("name", SOMEBODY)
def test_somebody(name):
    assert is_name(name) and not is_nobody(name)
