import pytest

from sources.pages.decoding import Decoded, decode

TEXTS = {
    "fr": "Le ministre a déclaré « nous avons perdu » l’été dernier, à l’hôtel où l’on dîne – et le coût est de 9 €.",
    "de": "Die Bürgermeisterin äußerte sich über die Größe der Straße und die schönen Häuser am Fluss.",
    "es": "El año pasado la niña comió jamón, ¿verdad? Sí, señor, así fue en la reunión de España.",
    "pt": "O ministro não disse que a decisão é dele; as eleições são amanhã, às três.",
    "is": "Ráðherrann sagði að myllan hefði verið seld á mánudag, þótt enginn hefði spurt þorpið.",
    "pl": "Minister powiedział, że zażółcenie gęślą jaźń nie jest możliwe w tym roku.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl ministr, který přišel včera večer do města.",
    "hu": "Az árvíztűrő tükörfúrógép öt szép szűzlányt őrült írót nyúzott a tükör előtt.",
    "ro": "Ministrul a spus că moara a fost vândută luni unei fabrici de bere şi că preţul creşte în ţară.",
    "tr": "Bakan dün akşam şehirde yaptığı konuşmada fiyatların düşeceğini söyledi, ışıklar söndü.",
    "lt": "Ministras pasakė, kad šįmet malūnas bus parduotas aludžiams iš pajūrio, žmonės tylėjo.",
    "ru": "Министр сказал, что мельница была продана в понедельник пивоварне с побережья.",
    "uk": "Міністр сказав, що її млин продали в понеділок, і ніхто не запитав село.",
    "el": "Ο υπουργός είπε ότι ο μύλος πουλήθηκε τη Δευτέρα σε ζυθοποιείο της ακτής.",
    "he": "השר אמר כי הטחנה נמכרה ביום שני למבשלת בירה מהחוף",
    "ar": "قال الوزير إن الطاحونة بيعت يوم الاثنين لمصنع على الساحل، ولم يسأل أحد القرية.",
    "th": "รัฐมนตรีกล่าวว่าโรงสีถูกขายเมื่อวันจันทร์",
    "ja": "大臣は毎日九隻の船が出航すると述べたが、反対する人はいなかった。会議は月曜日の夜に開かれた。",
    "zh": "部长说每天有九艘船出航，但没有人反对。会议于星期一晚上举行。",
    "zh-tw": "部長說每天有九艘船出航，但沒有人反對。會議於星期一晚上舉行。",
    "ko": "장관은 매일 아홉 척의 배가 출항한다고 말했지만 반대하는 사람은 없었다.",
}
UNDECLARED = [
    ("fr", "cp1252"), ("de", "cp1252"), ("es", "cp1252"), ("pt", "cp1252"), ("is", "cp1252"), ("pl", "iso-8859-2"), ("pl", "cp1250"),
    ("cs", "iso-8859-2"), ("cs", "cp1250"), ("hu", "iso-8859-2"), ("ro", "iso-8859-2"), ("tr", "cp1254"), ("lt", "cp1257"),
    ("ru", "cp1251"), ("ru", "koi8-r"), ("uk", "cp1251"), ("el", "iso-8859-7"), ("he", "cp1255"), ("ar", "cp1256"), ("th", "cp874"),
    ("ru", "cp866"), ("ar", "iso-8859-6"),
    ("ja", "shift_jis"), ("ja", "euc-jp"), ("zh", "gb18030"), ("zh-tw", "big5"), ("ko", "euc-kr"),
]  # fmt: skip


@pytest.mark.parametrize("named", [True, False], ids=["with its language", "without"])
@pytest.mark.parametrize(("language", "encoding"), UNDECLARED)
def test_a_page_that_does_not_say_its_encoding(language, encoding, named):
    html = f"<html{f' lang={language}' if named else ''}><body><p>{TEXTS[language]}</p></body></html>"
    decoded = decode(html.encode(encoding))
    assert decoded.text == html
    assert decoded.guess, "a guess says so"


DECLARED = [
    ("Café".encode(), None, "Café", "UTF-8 without a word is no guess"),
    (b"Cafe", None, "Cafe", "nor is ASCII"),
    ("Café".encode("cp1252"), "text/plain; charset=windows-1252", "Café", "the header"),
    ("Café".encode("cp1252"), "text/plain; charset=utf-8", "Caf\ufffd", "what is declared is believed"),
    ("Café".encode("utf-16"), None, "Café", "a byte-order mark"),
    ("<meta charset=koi8-r>Кот".encode("koi8-r"), "text/html", "<meta charset=koi8-r>Кот", "the meta element"),
]


@pytest.mark.parametrize(("body", "content_type", "text", "why"), DECLARED)
def test_what_is_declared_is_no_guess(body, content_type, text, why):
    assert decode(body, content_type) == Decoded(text), why


def test_what_fits_everything_is_windows_1252():
    assert decode(b"9 \x80 \x96 10 \x80").guess == "windows-1252"


LATIN = [
    ("José Müller of São Paulo met Bjørn Ångström and François Núñez, said the mayor.", "names of six languages"),
    ("Add ½ cup and ¼ spoon, at 200 °C, ±5 and 3 × 4 µm.", "signs alone, each of them a Thai letter"),
    ("Señor Günther Weiß, à São Tomé", "hardly anything"),
]


@pytest.mark.parametrize(("text", "why"), LATIN)
def test_latin_letters_of_no_one_language_are_of_no_other_script(text, why):
    decoded = decode(f"<html><body><p>{text}</p></body></html>".encode("cp1252"))
    assert text in decoded.text and decoded.guess, why


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [
        ("vi", "Ông nói giá là ba mươi, và không ai tin", "cp1258"),
        ("az", "Şeher, çöl, dağ, ışıq, gözel", "cp1254"),
        ("kk", "Бул туралы айтты", "cp1251"),
    ],
)
def test_other_languages_have_the_fallback_of_the_html_standard(language, text, encoding):
    assert text in decode(f"<html lang={language}><body><p>{text}</p></body></html>".encode(encoding)).text


@pytest.mark.parametrize(
    ("encoding", "why"),
    [
        ("iso-2022-jp", "its escapes are ASCII"),
        ("utf-16-le", "every other byte is nought"),
        ("utf-16-be", "or the one before"),
    ],
)
def test_what_the_bytes_themselves_show(encoding, why):
    html = f"<html><body><p>{TEXTS['ja']}</p></body></html>"
    assert decode(html.encode(encoding)) == Decoded(html), why


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "gbk", "shift_jis"])
def test_utf_8_that_is_declared_as_something_else_is_utf_8(declared):
    decoded = decode(TEXTS["zh"].encode(), f"text/html; charset={declared}")
    assert decoded.text == TEXTS["zh"] and decoded.declared and not decoded.guess


def test_a_few_bytes_may_be_both():
    assert decode("Café é".encode(), "text/html; charset=iso-8859-1").text == "CafÃ© Ã©"


def test_a_page_in_utf_8_with_one_part_in_another_encoding_is_utf_8():
    body = f"<p>{TEXTS['pl']}</p>".encode() * 4 + b"<p>\xe9t\xe9</p>"
    assert decode(body).text.startswith(f"<p>{TEXTS['pl']}</p>") and "\ufffdt\ufffd" in decode(body).text
