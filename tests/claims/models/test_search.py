"""What `q` finds in PostgreSQL: words in all their forms and in every script, in wordings, quotes and titles of reviews."""

from contextlib import suppress

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.models import Claim
from claims.models.search import StopWords, tsquery
from tests.factories import make_claim, make_external_review, make_snapshot

pytestmark = pytest.mark.django_db

TEXT = "The old bridge leads to the café."
QUOTE = "The mayor’s tunnel"
FOUND = [
    # q, is it found, why
    ("bridge", True, "a word of the wording"),
    ("BRIDGES", True, "another case and form"),
    ("café", True, "with its mark"),
    ("CAFE", True, "without it"),
    ("cafes", True, "without it, in another form"),
    ("tunnel", True, "a word of a quote"),
    ("bridge tunnel", True, "one here, one there"),
    ("bridge airport", False, "all must hold"),
    ('"old bridge"', True, "next to each other"),
    ("“old bridges”", True, "by other marks, in another form"),
    ('"bridge old"', False, "in this order"),
    ("bridge old", True, "in any order"),
    ("-bridge", False, "excluded"),
    ("tunnel -bridges", False, "excluded in any form, though the other is there"),
    ("-airport", True, "what is not there excludes nothing"),
    ("bridge -airport", True, "nor here"),
    ('-"bridge old"', True, "a phrase that is not there"),
    ('-"old bridge"', False, "a phrase that is"),
    ("tunn*", True, "a prefix"),
    ("tunn", False, "half a word is another word"),
    ("-tunn*", False, "a prefix excluded"),
    ("the bridge", True, "a stop word asks for nothing"),
    ("th*", True, "nor is a prefix one"),
    ("-the bridge", True, "nor excludes anything"),
    ('"the old bridge"', True, "a stop word inside a phrase"),
    ('"leads to the café"', True, "two of them keep their places"),
    ('"leads the café"', False, "which are counted"),
    ("brid:*", True, "what tsquery understands, and nobody meant"),
    ("bridge & !tunnel", True, "operators are no operators"),
    ("mayor's", True, "another apostrophe"),
]


def found(query, languages):
    """Claims that match a query that is read in these languages."""
    return Claim.objects.matching([tsquery(query, languages)])


def test_the_terms_of_a_query():
    claim = make_claim(text=TEXT, quote=QUOTE, snapshot=make_snapshot(f"{QUOTE}."), language="en")
    for query, expected, reason in FOUND:
        assert (claim in Claim.objects.search(query)) == expected, f"{query}: {reason}"


TYPED = [
    # a text, queries that find it, why
    ("Ada O’Hara lied", ["O'Hara", "O’Hara", "OʼHara", "hara", '"ada o hara"'], "apostrophes of every kind"),
    (
        "COVID-19 came back",
        ["covid-19", "covid 19", "COVID‑19", "covid", "19"],
        "a hyphen, or a blank, or a fixed hyphen",
    ),
    ("covid 19 came back", ["COVID-19", '"covid 19"'], "and the other way round"),
    ("cuts to health/education", ["health", "education", "health/education"], "a stroke"),
    ("new 5G/4G masts", ["5g", "4G", "5G/4G"], "a stroke between what begins with digits"),
    ("as www.quay.example/old-news told", ["quay", "www.quay.example", "quay.example", "old-news", "news"], "a host"),
    ("ask press@quay.example today", ["press@quay.example", "press", "quay"], "an address"),
    ("a state-owned firm", ["state-owned", "state owned", "owned", "STATE‐OWNED"], "a hyphenated word"),
    ("every one—late—in 2019–2023…", ["one", "late", "2019", "2023", "2019-2023"], "dashes and an ellipsis"),
    ("«trains»\u00a0ran: “never”", ["trains", "ran", "never"], "marks and a fixed space"),
    ("it cost 10\u202f000 jobs, 3.5 %", ["10 000", "10,000", "3.5", "3,5"], "groups of digits and decimals"),
    ("R&D said <b>never</b> to #vaccines, @quay", ["r&d", "never", "#vaccines", "quay"], "signs and tags"),
    ("Vaccines 💉 work 👍🏽", ["💉", "👍", "vaccines 💉", "👍🏿"], "emoji, whatever their skin"),
    ("the ﬁnal ＡＢＣ", ["final", "abc", "ＦＩＮＡＬ"], "ligatures and wide letters"),
    (
        "Die Arbeits\u00admarkt\u00adreform",
        ["Arbeitsmarktreform", "Arbeits\u00admarktreform"],
        "soft hyphens are not there",
    ),
    ("no\u200bthing h\u2060idden\ufeff", ["nothing", "hidden", "\u200ehidden"], "nor are unseen characters"),
    ("e\u0301cole publique", ["école", "ecole", "ÉCOLE"], "another normal form"),
    ("Søren Łódź Đặng Straße", ["soren", "lodz", "dang", "strasse", "STRASSE"], "letters with strokes"),
    ("ecole sans accent", ["école"], "an accent that only the query has"),
    ("ΤΟΥΣ ΝΌΜΟΥΣ ΤΗΣ ΠΌΛΗΣ", ["νόμους", "νομουσ", "πόλης", "ΠΟΛΗΣ"], "final sigma"),
    ("İstanbul ILGIN", ["istanbul", "İSTANBUL", "ilgin"], "dotted capitals"),
    ("ʿAlī read the Qurʾān", ["Ali", "'Ali", "Qur'an", "qur’ān", "qur"], "letters for hamza and ain"),
    ("این یک کتاب است", ["يك", "یک", "كتاب", "کتاب"], "Persian, with the letters of an Arabic keyboard"),
    ("یہ پاکستان کی خبر ہے", ["پاكستان", "پاکستان", "یہ", "يه"], "Urdu, likewise"),
    ("п’ять мостів, ёлка", ["п'ять", "пʼять", "елка", "мостів"], "Cyrillic"),
    ("قَالَ الوَزِيرُ إنَّ الضـــرائب", ["قال", "الوزير", "الوَزير", "ان", "الضرائب"], "Arabic vowels, hamza and tatweel"),
    ("انخفضت والمدارس", ["المدارس", "والمدارس"], "the Arabic conjunction that is written on"),
    ("שָׁלוֹם לַצִּים", ["שלום", "שָׁלוֹם", "לצים"], "Hebrew vowels"),
    ("प्रधान मंत्री ने कहा", ["प्रधान", "मंत्री"], "Devanagari, whose virama stays"),
    ("대한민국 정부는 학교의 세금을", ["대한민국", "정부는", "정부", "학교", "세금", "민국"], "Korean, with particles"),
    (
        "the U.K. economy, the F.D.A.",
        ["UK", "uk", "U.K.", "U.K", "FDA", "F.D.A.", '"UK economy"', '"the UK"', "u.k."],
        "stops",
    ),
    ("the UK economy", ["UK", "U.K.", "u.k.", '"the U.K. economy"'], "and none"),
    ("J.K. Rowe and J. K. Lowe", ["J.K. Rowe", "JK Rowe", "J K Rowe", '"J. K. Lowe"'], "initials"),
    ("z.B. ein Ph.D. in США, С.Ш.А.", ["zB", "z.B.", "PhD", "Ph.D.", "США", "с.ш.а."], "in other languages"),
    ("η Ε.Ε. και οι ΗΠΑ", ["ΕΕ", "ε.ε.", "Η.Π.Α."], "in Greek"),
    ("COVID-19 and COVID‑20", ["COVID19", "covid20", '"covid19 and"', "covid 19", "covid1*", "COVID-1*"], "a hyphen"),
    ("COVID19 and MH17", ["COVID-19", "COVID 19", "MH-17", "MH 17", "mh17", "covid", "19"], "and none before figures"),
    ("F-16 jets, a G20", ["F16", "f-16", "G-20", "g20", '"F16 jets"'], "a single letter"),
    (
        "an e-mail from anti-vaxxers",
        ["email", "emails", "e-mail", "antivaxxer", "antivaxxers", "anti vaxxers"],
        "words",
    ),
    ("die E-Mails", ["email", "E-Mail"], "in German"),
    (
        "1,500 of 12.345.678, 1'200 and 2 500",
        ["1500", "12345678", "1200", "2500", "2 500", "1.500", "1 500", "500"],
        "groups",
    ),
    ("1500 and 2500000", ["1,500", "1.500", "1 500", "1’500", "1\u202f500", "2,500,000", "25,00,000"], "and none"),
    (
        "1,50,000 rupees, ١٬٥٠٠ and 3.5",
        ["150000", "1,50,000", "1500", "١٥٠٠", "3,5", '"150000 rupees"'],
        "of India, and Arabic",
    ),
    ("in ২০১৯, २०२०", ["2019", "2020"], "figures of other scripts"),
    (
        "มีผู้ลงชื่อ ๑๒๐ คน, ໑໓໐, ၁၄၀, ១៥០, ௧௬௦",
        ["120", "130", "140", "150", "160"],
        "Thai, Lao, Burmese, Khmer and Tamil ones",
    ),
    ("Ինչո՞ւ փակեցին կամուրջը", ["ինչու", "Ինչո՞ւ"], "a mark inside an Armenian word"),
    ("นํ้าท่วมสะพาน", ["น้ำท่วม", "นํ้าท่วม"], "the Thai vowel am in two parts, as in PDFs"),
    ("每天有九艘船出海，大臣說", ["九艘船", "船", "出海", "每天有九艘船出海", '"九艘船"', "大臣"], "Chinese"),
    ("大臣は九隻の船と述べた。ｶﾞｿﾘﾝ", ["大臣", "九隻の船", "ガソリン", "船"], "Japanese, half-width kana too"),
    ("รัฐมนตรีกล่าวว่าเรือเก้าลำ", ["เรือ", "รัฐมนตรี", "เก้าลำ"], "Thai"),
    ("ລັດຖະມົນຕີກ່າວວ່າເຮືອ", ["ເຮືອ", "ລັດຖະມົນຕີ"], "Lao"),
    ("រដ្ឋមន្ត្រីនិយាយថាទូក", ["ទូក", "រដ្ឋមន្ត្រី"], "Khmer"),
    ("ဝန်ကြီးက လှေကိုးစင်း", ["ဝန်ကြီး", "လှေ"], "Burmese"),
    ("接种covid疫苗後", ["covid", "covid疫苗", "疫苗", "接种covid"], "two scripts in one word"),
    ("第3回𠮷野家", ["第3回", "3", "𠮷野家", "野家"], "digits, and a character beyond the basic plane"),
]


@pytest.mark.parametrize(("text", "queries", "reason"), TYPED)
def test_what_people_type(text, queries, reason):
    claim = make_claim(text=text)
    for query in queries:
        assert claim in Claim.objects.search(query), f"{query}: {reason}"


NOT_FOUND = [
    ("每天有九艘船出海", "船九", "characters in another order"),
    ("每天有九艘船出海", "九船", "not next to each other"),
    ("每天 有九艘船出海", "天有", "a blank between them"),
    ("COVID-19 came back", "19 covid", "a phrase by its hyphen, in another order", '"19 covid"'),
    ("a state-owned firm", "owned-state", "the same"),
    ("Søren", "sore", "half a word"),
    ("ガラス", "カラス", "dakuten make another word"),
    ("in 2019 500 people", "2019500", "a year is no group of figures"),
    ("2019-2023", "20192023", "nor do years make a number"),
    ("it ends.So", "endsso", "a blank that was lost"),
    ("정부는", "부정", "Korean characters in another order"),
    ("U.K.", "ku", "letters in another order"),
]


@pytest.mark.parametrize("case", NOT_FOUND, ids=lambda case: case[2])
def test_what_is_another_word(case):
    text, query, reason = case[:3]
    assert make_claim(text=text) not in Claim.objects.search(case[-1] if len(case) > 3 else query), reason


FORMS = {
    # language: words of a claim, and forms of theirs to ask for
    "de": "Häuser/Haus Brücken/Brücke Steuern/Steuer Kinder/Kindern gestiegen/gestiegenen Städte/Stadt Mieten/Miete",
    "fr": "écoles/école impôts/impot régionales/régional payées/payer bateaux/bateau chevaux/cheval votants/voter",
    "es": "ciudades/ciudad puentes/puente votaciones/votación pagaron/pagar canciones/cancion escuelas/escuela",
    "pt-BR": "pontes/ponte mentiras/mentira cidades/cidade",
    "ar": "المدارس/مدارس الضرائب/ضرائب المعلمون/معلم",
    "ru": "налоги/налогов школы/школ мостами/мост выборах/выборы больницы/больница паромов/паромы",
    "el": "νόμους/νόμος ΦΌΡΟΙ/φόρος",
    "hi": "लड़कों/लड़का",
}


@pytest.mark.parametrize("language", FORMS)
def test_words_meet_in_their_own_language(language):
    pairs = [pair.split("/") for pair in FORMS[language].split()]
    claim = make_claim(text=" ".join(word for word, _ in pairs), language=language)
    for _, form in pairs:
        assert claim in Claim.objects.search(form), form
        assert claim in found(form, [language]), form


def test_a_text_that_names_no_language_is_stemmed_by_its_letters():
    claim = make_claim(text="The minister said: налоги и школы, المدارس")
    for form in ("ministers", "налогов", "школ", "مدارس"):
        assert claim in Claim.objects.search(form), form


def test_a_quote_is_read_in_the_language_of_its_article():
    snapshot = make_snapshot("Die Häuser sind teuer.", language="de")
    claim = make_claim(text="Houses are dear.", language="en", snapshot=snapshot, quote="Die Häuser sind teuer")
    assert claim in Claim.objects.search("haus")
    snapshot.article.language = "en"
    snapshot.article.save()
    assert claim not in Claim.objects.search("haus")


def test_another_language_reads_the_claim_anew():
    claim = make_claim(text="Les écoles.", language="fr")
    assert claim in Claim.objects.search("école")
    Claim.objects.filter(pk=claim.pk).update(language="")
    assert claim not in found("publiques écolier", ["fr"])
    assert claim in Claim.objects.search("ecoles")


def test_the_titles_of_external_reviews_are_searched():
    claim = make_claim(text="Ferries sink.", language="en")
    review = make_external_review(claim, title="Les bateaux coulent", language="fr")
    version = Claim.objects.get(pk=claim.pk).version
    assert claim in Claim.objects.search("bateau")
    review.title = "Otters swim"
    review.save()
    assert claim in Claim.objects.search("otters") and claim not in Claim.objects.search("bateau")
    review.delete()
    assert claim not in Claim.objects.search("otters")
    assert Claim.objects.get(pk=claim.pk).version == version


def test_a_stop_word_of_one_language_is_a_word_of_another():
    snapshot = make_snapshot("War costs lives.")
    english = make_claim(text="The war is over.", language="en", snapshot=snapshot, quote="War costs lives")
    german = make_claim(text="Das war teuer.", language="de", snapshot=snapshot, quote="War costs lives")
    assert {*Claim.objects.search("war")} == {english, german}
    assert {*Claim.objects.search("the war")} == {english}, "the is a word to German"
    assert {*found("the war", ["en"])} == {english, german}
    with pytest.raises(StopWords):
        found("war", ["de"])


def test_words_of_two_languages_are_combined_word_by_word():
    snapshot = make_snapshot("Die Brücken sind alt.", language="de")
    claim = make_claim(text="Old bridges cost.", language="en", snapshot=snapshot, quote="Die Brücken sind alt")
    assert claim in Claim.objects.search("brücke costs")


@pytest.mark.parametrize("query", ["the", "THE of", '"of the"', "-the", "the -of", "!!!", '-"" *', "…—?"])
def test_a_query_of_which_nothing_is_left_is_refused(query):
    make_claim(text=TEXT, language="en")
    with pytest.raises(StopWords):
        Claim.objects.search(query)


@pytest.mark.parametrize("language", ["", "uk", "pl", "zh-Hant", "en-GB"])
def test_a_language_without_a_stemmer_is_searched_all_the_same(language):
    claim = make_claim(text="Przystań była zamknięta.", language=language)
    assert claim in Claim.objects.search("PRZYSTAN zamknieta")


def test_no_script_makes_an_entry_too_long():
    """A tsvector holds a megabyte; what is longer is searched by its beginning, and recorded all the same."""
    chinese = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(200_000))
    rare = "".join(map(chr, range(0x20000, 0x2A000))) * 3
    korean = " ".join(chr(0xAC00 + number // 300) + chr(0xAC00 + number % 300) for number in range(70_000))
    joined = " ".join(f"ক{number:x}খ-গ{number:x}ঘ" for number in range(15_000))
    words = [(joined, "ক1খ-গ1ঘ"), ("a-b" * 70_000, "ba-ba"), ("1,234" + ",234" * 30_000, "234")]
    for text, query in [*((text, text[:2]) for text in (chinese, rare, korean, "ﷺ " * 50_000)), *words]:
        claim = make_claim()
        Claim.objects.filter(pk=claim.pk).update(text=text)
        assert claim in Claim.objects.search(query)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_column_size(search::text::tsvector) FROM claims_claim WHERE id = %s", [claim.pk])
            assert cursor.fetchone()[0] < 1 << 20


def test_a_query_has_an_end_however_many_words_a_character_stands_for():
    long = " ".join(["ﷺ" * 60] * 32)
    assert tsquery(long).count("'") <= 2 * 2 * 400


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    st.sampled_from(["en", "fr", "ar", "zh"]),
)
@example("\u0301 ʹ '\\ \u0653", "fr")
def test_no_text_is_too_much(text, language):
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_vector(%s, claims_words(%s))", [language, text])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.text("ab*\"'-\\!&|():<> \0Ⅷ½ßé漢ーʹ💉"), st.text('the a*-" ')))
@example("Ⅷ" * 2000)
@example('"' + "Ⅷ " * 1000)
@example("a" * 3000 + "*")
@example("\\'*")
@example("a'b*")
@example("a\\*")
@example("ʹ*")
@example("'':* <-> ()")
@example("\ud800\udfff")
@example("-" * 2000)
@example('"a' + " the" * 500 + ' b"')
@example("https://harbour.example/a?b=c&d*")
@example("漢" * 2000)
@example('"' + "ﷺ " * 999)
def test_no_query_is_too_much(query):
    with suppress(StopWords):
        assert list(Claim.objects.search(query)) == []


def test_the_planner_samples_enough_claims_to_know_rare_words():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstattarget FROM pg_attribute WHERE attrelid = 'claims_claim'::regclass AND attname = 'search'"
        )
        assert cursor.fetchone() == (300,)
