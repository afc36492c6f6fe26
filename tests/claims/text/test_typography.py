import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.text.quoting import QuoteAbsent, cut, locate


@pytest.mark.parametrize(
    ("quote", "text", "expected", "reason"),
    [
        ("it's", "so it’s said", "it’s", "straight apostrophe for a curly one"),
        ("it’s", "so it's said", "it's", "and the other way round"),
        ("it`s", "so itʼs said", "itʼs", "a backtick, a modifier letter"),
        ('"Yes" she', "a “Yes” she", "“Yes” she", "English quotation marks"),
        ('"Ja" sie', "a „Ja“ sie", "„Ja“ sie", "German: the opening mark is low"),
        ('"Ja" sie', "a »Ja« sie", "»Ja« sie", "German guillemets point inwards"),
        (
            '"Oui" elle',
            "a «\u00a0Oui\u202f» elle",
            "«\u00a0Oui\u202f» elle",
            "French guillemets have a fixed space inside",
        ),
        ('say "no" now', "we say ‘no’ now", "say ‘no’ now", "British single marks, or marks within marks"),
        ("「好」吗", "说“好”吗", "“好”吗", "corner brackets"),
        ("2019-2021", "in 2019–2021.", "2019–2021", "hyphen for an en dash"),
        ("-5 degrees", "at −5 degrees", "−5 degrees", "hyphen for a minus"),
        ("re-open", "to re\u2011open it", "re\u2011open", "non-breaking hyphen"),
        ("land--by sea", "by land—by sea", "land—by sea", "two hyphens, the typewriter's dash"),
        ("land - by sea", "by land—by sea", "land—by sea", "British houses space their dashes"),
        ("land—by sea", "by land –\nby sea", "land –\nby sea", "and the line may end there"),
        ("10 000 people", "of 10\u202f000\u00a0people", "10\u202f000\u00a0people", "thin and non-breaking spaces"),
        ("one two", "is one \n\t two", "one \n\t two", "a run of white space, line breaks among it"),
        ("one\r\ntwo", "is one two", "one two", "a line break in the quote"),
        ("  one two\n", "is one two.", "one two", "blanks around the quote are not quoted"),
        ("café au", "un cafe\u0301 au lait", "cafe\u0301 au", "the text is NFD"),
        ("cafe\u0301 au", "un café au lait", "café au", "the quote is NFD"),
        (
            "한국",
            "는 \u1112\u1161\u11ab\u1100\u116e\u11a8 은",
            "\u1112\u1161\u11ab\u1100\u116e\u11a8",
            "Hangul in jamo",
        ),
        ("a\u0301\u0323b", "x a\u0323\u0301b", "a\u0323\u0301b", "marks in another order are the same letter"),
        ("well... no", "oh well… no", "well… no", "three dots for an ellipsis"),
        ("well… no", "oh well. . . no", "well. . . no", "spaced dots, as Chicago sets them"),
        ("well.… no", "oh well.... no", "well.... no", "a full stop before the ellipsis"),
        ("well… no", "oh well … no", "well … no", "a blank before it, as many houses set"),
        ("“hi” there", "said ❝hi❞ there", "❝hi❞ there", "heavy marks, as messengers draw them"),
        ("at 10 °C", "it is at 10 ℃", "at 10 ℃", "degrees in one sign"),
        ("parliament", "the parlia\u00adment", "parlia\u00adment", "a soft hyphen"),
        ("one two", "\ufeffone\u200b two", "one\u200b two", "zero-width space; the byte order mark stays outside"),
        ("שלום", "a ש\u200eלום", "ש\u200eלום", "a direction mark"),
        ("wait.", "they wait... yes", "wait.", "exact comes first, even where folding would not match"),
        ("the office floods", "the o\ufb03ce \ufb02oods", "the o\ufb03ce \ufb02oods", "ligatures of a PDF"),
        ("ijs", "het ĳs", "ĳs", "two letters in one"),
        (
            "the parliament of well-known men",
            "the parlia-\nment of well-\nknown men",
            "the parlia-\nment of well-\nknown men",
            "words divided at the end of a line, one with a hyphen of its own",
        ),
        ("the parlia-\nment sat", "the parliament sat", "the parliament sat", "or so in the quote"),
        ("the parliament", "the parlia\u00ad\nment", "the parlia\u00ad\nment", "by a soft hyphen"),
        ('"no more" now', "say ''no more'' now", "''no more'' now", "two apostrophes"),
        ('"no more" now', "say ``no more'' now", "``no more'' now", "TeX's marks"),
        ('"nie" mówi', 'to ,,nie" mówi', ',,nie" mówi', "two commas for a low mark"),
        ('"oui" dit', "a << oui >> dit", "<< oui >> dit", "two angle brackets for guillemets"),
        ('"Oui" dit', "a « Oui » dit", "« Oui » dit", "plain blanks inside guillemets"),
        ('"Ja" sagt', "da »Ja«\u00a0sagt", "»Ja«\u00a0sagt", "a fixed space after guillemets that point inwards"),
        ('sagt "Ja"', "er sagt\u00a0»Ja«", "sagt\u00a0»Ja«", "and one before them"),
        ("Vraiment? Oui!", "dit Vraiment\u202f? Oui\u2009!", "Vraiment\u202f? Oui\u2009!", "thin spaces of French"),
        ("3% more", "up 3\u202f% more", "3\u202f% more", "before a per cent sign"),
        ("בית-ספר", "ה בית־ספר", "בית־ספר", "the Hebrew maqaf"),
        ('צה"ל אמר', "כי צה״ל אמר", "צה״ל אמר", "gershayim"),
        ("ג'ירפה", "ה ג׳ירפה", "ג׳ירפה", "geresh"),
        ("الوزير", "قال الوزيـــر", "الوزيـــر", "a tatweel"),
        ("سلام", "قال سلامـ ثم", "سلامـ", "a tatweel at the end of a word"),
        ("نعم, قال", "هو نعم، قال", "نعم، قال", "the Arabic comma"),
        ("هل?", "من هل؟ ثم", "هل؟", "and question mark"),
        ("سلام", "قال \ufeb3\ufefc\ufee1 ثم", "\ufeb3\ufefc\ufee1", "Arabic letters as a PDF has them"),
        ("说,每天有九艘船", "部长说，每天有九艘船", "说，每天有九艘船", "the full-width comma"),
        ("说, 每天", "部长说，每天", "说，每天", "with a blank, as many type it"),
        ("15%", "共１５％。", "１５％", "full-width digits"),
        ("ガソリン", "あのｶﾞｿﾘﾝは", "ｶﾞｿﾘﾝ", "half-width kana with a voiced mark"),
        ("Breaking news", "x 𝗕𝗿𝗲𝗮𝗸𝗶𝗻𝗴 news", "𝗕𝗿𝗲𝗮𝗸𝗶𝗻𝗴 news", "bold letters of social media"),
        ("高山", "上\u2fbc\u5c71", "\u2fbc\u5c71", "a Kangxi radical, as PDFs have them"),
        ("100～200円", "約100〜200円", "100〜200円", "the two wave dashes of Japanese computers"),
        ("比3：1说", "以比3∶1说", "比3∶1说", "the ratio sign"),
        ("唐纳·林 说", "问唐纳・林 说", "唐纳・林 说", "the dot between parts of a name: of Japan"),
        ("唐納·林 說", "問唐納‧林 說", "唐納‧林 說", "and of Taiwan"),
        ("九艘船每天出航", "他说九艘船\n每天 出航", "九艘船\n每天 出航", "the end of a line, and a blank, in Chinese"),
        ("「安全だ」と 述べ", "は「安全だ」\nと述べ", "「安全だ」\nと述べ", "in Japanese"),
        ("Նա` ոչ:", "թե Նա՝ ոչ։", "Նա՝ ոչ։", "Armenian signs and what is typed for them"),
        ("वह गया|", "कि वह गया।", "वह गया।", "the danda"),
        ("3キロ 5kg (株)", "あと３㌔ ５㎏ ㈱", "３㌔ ５㎏ ㈱", "words in one square"),
        ("Карл IV", "царь Карл Ⅳ", "Карл Ⅳ", "a Roman numeral in one character"),
        ("Mu'ammar", "said Muʿammar", "Muʿammar", "a modifier letter"),
        ("น้ำท่วม", "ว่าน\u0e4d\u0e49\u0e32ท่วม", "น\u0e4d\u0e49\u0e32ท่วม", "a Thai vowel in two parts, as PDFs have it"),
        ("น\u0e4d\u0e49\u0e32ท่วม", "ว่าน้ำท่วม", "น้ำท่วม", "or so in the quote"),
        ("อำนวย", "ผู้อ\u0e4d\u0e32นวย", "อ\u0e4d\u0e32นวย", "without a tone mark"),
        ("ນ້ຳຖ້ວມ", "ວ່ານ\u0ecd\u0ec9\u0eb2ຖ້ວມ", "ນ\u0ecd\u0ec9\u0eb2ຖ້ວມ", "in Lao"),
        ("I ❤ it", "so I ❤\ufe0f it", "I ❤\ufe0f it", "a variation selector"),
    ],
)
def test_typography_is_no_difference(quote, text, expected, reason):
    found = locate(quote, text)
    assert found.quote == expected, reason
    assert text[found.start : found.end] == expected, reason


@pytest.mark.parametrize(
    ("quote", "text", "reason"),
    [
        ("the ferry", "The Ferry", "letter case is what was written"),
        ("resume", "a résumé", "accents too"),
        ("가", "\u1100\u1161\u11a8", "a syllable is not part of another"),
        ("it's x\u0323", "it’s x\u0302\u0323", "a letter with some of its marks is not that letter"),
        ("\u0302 it's", "x\u0302\u0323 it’s", "nor are the marks without it"),
        ("well known", "well-known", "a hyphen is no space"),
        ("ferry.", "ferry", "nor is a full stop nothing"),
        ("wait..", "wait…", "a part of an ellipsis is none"),
        ("five", "5", "words are never folded"),
        ("m2", "5㎡", "nor is a square metre"),
        ("정부 는", "정부는", "a blank counts in Korean"),
        ("102", "10²", "a power is no digit"),
        ("١٥", "15", "nor are the digits of another script the same"),
        ("reopen", "re-open", "a hyphen inside a line stays"),
    ],
)
def test_anything_else_is_a_difference(quote, text, reason):
    with pytest.raises(QuoteAbsent):
        pytest.fail(f"{reason}: {locate(quote, text)}")


WORDS = ["troops", "won", "t", "été", "e\u0301te\u0301", "26", "नमस्ते", "สวัสดี", "停战", "👩‍👩‍👧", "👍🏽", "שלום", "سلام", "한국",
         "\u1112\u1161\u11ab", "a\u0323\u0301", "ﬁ", "İ", "ß", "𝕏"]  # fmt: skip
SPELLINGS = [
    [" ", "\u00a0", "\u2009", "  ", "\n", " \r\n "],
    ["'", "’", "‘", "ʼ", "`"],
    [' "', " “", " „", "\u00a0«", "\n‟"],
    ["-", "–", "—", "--", " - ", " — ", "\u2011", "−"],
    ["...", "…", "....", "⋯"],
    [", "],
    [". "],
]


@given(st.data())
def test_a_slice_set_in_another_type_is_found(data):
    kinds = data.draw(st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=12))
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=len(kinds) + 1, max_size=len(kinds) + 1))
    assume(("26", "26") not in pairwise(words))  # with a dash between them they are a range, which nothing may split

    def typeset(first, last):
        pieces = [words[first]]
        for kind, word in zip(kinds[first:last], words[first + 1 : last + 1], strict=True):
            pieces += [data.draw(st.sampled_from(kind)), word]
        return "".join(pieces)

    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    before = typeset(0, first)[: -len(words[first])]
    slice_ = typeset(first, last)
    after = typeset(last, len(words) - 1)[len(words[last]) :]
    quote = unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), typeset(first, last))
    # At the end of a line, a soft hyphen says that the word goes on.
    quote = "\u00ad".join([quote[:1], quote[1:]]) if quote[:2].isascii() and quote[1:2] != "\n" else quote
    found = locate(f" {quote}\n", before + slice_ + after, start=len(before))
    assert found == cut(before + slice_ + after, len(before), len(before) + len(slice_))
