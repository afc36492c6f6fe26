import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.quoting import (
    CONTEXT,
    QuoteAbsent,
    QuoteAmbiguous,
    QuoteEmpty,
    QuoteRefused,
    Slice,
    cut,
    locate,
    nearest,
)

SAMPLES = Path(__file__).parents[3] / "../shared/samples/quotes/wikinews_en_quotes.jsonl"

TEXT = (
    "The harbour council met on Monday.\n\n"
    "“We won’t close the ferry — not this year, not next,” said Ilse Varga.\n"
    "Asked about fares, she said the council won't raise them before spring. Nobody objected."
)


def test_it_finds_a_quote():
    exact = locate("the council won't raise them before spring", TEXT)
    assert TEXT[exact.start : exact.end] == exact.quote == "the council won't raise them before spring"
    assert exact.prefix == TEXT[exact.start - CONTEXT : exact.start] and len(exact.prefix) == CONTEXT
    assert exact.suffix == ". Nobody objected."

    typed = locate("We won't close the ferry -- not this year, not next,\" said Ilse", TEXT)
    assert typed.quote == "We won’t close the ferry — not this year, not next,” said Ilse"
    assert TEXT[typed.start : typed.end] == typed.quote

    assert locate("council", TEXT, start=TEXT.rindex("council")).start == TEXT.rindex("council")
    assert locate("council", TEXT, prefix="The harbour ").start == 12
    assert locate("not", TEXT, suffix=' next,"\nsaid').quote == "not"


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
        ("a\u0301\u0323b", "xa\u0323\u0301b", "a\u0323\u0301b", "marks in another order are the same letter"),
        ("well... no", "oh well… no", "well… no", "three dots for an ellipsis"),
        ("well… no", "oh well. . . no", "well. . . no", "spaced dots, as Chicago sets them"),
        ("well.… no", "oh well.... no", "well.... no", "a full stop before the ellipsis"),
        ("parliament", "the parlia\u00adment", "parlia\u00adment", "a soft hyphen"),
        ("one two", "\ufeffone\u200b two", "one\u200b two", "zero-width space; the byte order mark stays outside"),
        ("שלום", "a ש\u200eלום", "ש\u200eלום", "a direction mark"),
        ("wait.", "they wait... yes", "wait.", "exact comes first, even where folding would not match"),
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
        ("e", "caf\u0065\u0301", "an NFD letter is one letter, as it is in NFC"),
        ("가", "\u1100\u1161\u11a8", "a syllable is not part of another"),
        ("it's x", "it’s x\u0323", "nor is a letter whose marks have no composed form"),
        ("it's x\u0323", "it’s x\u0302\u0323", "with some of its marks it is not that letter either"),
        ("\u0302 it's", "x\u0302\u0323 it’s", "nor are the marks without it"),
        ("well known", "well-known", "a hyphen is no space"),
        ("ferry.", "ferry", "nor is a full stop nothing"),
        ("wait..", "wait…", "a part of an ellipsis is none"),
        ("five", "5", "words are never folded"),
    ],
)
def test_anything_else_is_a_difference(quote, text, reason):
    with pytest.raises(QuoteAbsent):
        pytest.fail(f"{reason}: {locate(quote, text)}")


def test_exact_outranks_typographic():
    assert locate("it’s on", "it's on, it’s on").start == 9


def test_blank_quote_is_refused():
    with pytest.raises(QuoteEmpty) as refused:
        locate(" \n\u00a0\u200b", TEXT)
    assert refused.value.code == "quote_empty"


def test_quote_of_punctuation_is_refused():
    with pytest.raises(QuoteEmpty):
        locate("“…”", TEXT)


def test_absent_quote_is_refused_with_the_nearest_passage():
    with pytest.raises(QuoteAbsent) as refused:
        locate("we won't sell the ferry, not this year", TEXT)
    assert refused.value.code == "quote_absent"
    assert refused.value.nearest == cut(TEXT, TEXT.index("We won’t"), TEXT.index(", not next"))
    assert refused.value.message == "The quote is not in the text."


def test_ambiguous_quote_is_refused_with_its_candidates():
    text = "no, " * 12
    with pytest.raises(QuoteAmbiguous) as refused:
        locate("no", text)
    assert refused.value.code == "quote_ambiguous"
    assert refused.value.count == 12
    assert refused.value.candidates == tuple(cut(text, at, at + 2) for at in range(0, 40, 4))


def test_overlapping_occurrences_are_ambiguous():
    with pytest.raises(QuoteAmbiguous) as refused:
        locate("no no", "no no no")
    assert refused.value.count == 2


def test_typographic_occurrences_are_ambiguous_too():
    with pytest.raises(QuoteAmbiguous):
        locate("it's", "it’s what it‘s")


def test_start_that_fits_the_one_occurrence_nowhere_is_refused_with_it():
    with pytest.raises(QuoteAbsent) as refused:
        locate("ferry", TEXT, start=3)
    assert refused.value.nearest == cut(TEXT, TEXT.index("ferry"), TEXT.index("ferry") + 5)


def test_start_that_fits_none_of_several_is_refused():
    with pytest.raises(QuoteAmbiguous) as refused:
        locate("council", TEXT, start=3)
    assert refused.value.count == TEXT.count("council")


def test_start_before_the_text_is_refused():
    with pytest.raises(QuoteAbsent):
        locate("objected.", TEXT, start=-9)


def test_start_chooses_a_typographic_occurrence_over_an_exact_one_elsewhere():
    assert locate("it's on", "it's on, it’s on", start=9).quote == "it’s on"


def test_start_may_count_the_blanks_around_the_quote():
    assert locate(" two ", "one two two", start=3).start == 4


def test_prefix_that_does_not_stand_before_is_refused():
    with pytest.raises(QuoteAbsent) as refused:
        locate("ferry", TEXT, prefix="open the")
    assert refused.value.nearest == cut(TEXT, TEXT.index("ferry"), TEXT.index("ferry") + 5)


def test_misplaced_exact_occurrence_is_shown_even_where_folding_would_not_match():
    with pytest.raises(QuoteAbsent) as refused:
        locate("wait.", "they wait... yes", prefix="we")
    assert refused.value.nearest == cut("they wait... yes", 5, 10)


def test_suffix_must_stand_whole():
    assert locate("ferry", TEXT, suffix="- not this").quote == "ferry"
    with pytest.raises(QuoteAbsent):
        locate("ferry", TEXT, suffix="- not that")


@pytest.mark.parametrize(
    ("quote", "text", "expected", "reason"),
    [
        ("THE FERRY CLOSES", "x. The ferry closes. y", "The ferry closes", "letter case aside"),
        ("harbours were dredged", "All harbors were dredged in May.", "harbors were dredged", "snaps to whole words"),
        (
            "法官认为这项法律不再有效",
            "今天法官认为这项法律仍然有效，他说。",
            "法官认为这项法律仍然有效",
            "no spaces to go by",
        ),
        ("นายกรัฐมนตรีไม่ลาออก", "ข่าววันนี้ นายกรัฐมนตรีจะลาออก", "นายกรัฐมนตรีจะลาออก", "nor in Thai"),
        ("Our harbors were dredged", "Undoubtedly harbors were dredged.", "harbors were dredged", "at either end"),
        ("सरकार गिर नहा", "तो सरकार गिर नहीं गई", "सरकार गिर नहीं", "a vowel sign stays with its letter"),
        ("FERRY CLOSES", "İİİİİİ the ferry closes", "ferry closes", "a letter that is two in lower case"),
        ("go up", "They get up.", "get up", "no five letters in common: fewer do"),
        (
            "市长说明年开始提高城市居民用水价格",
            "于是开始提高城墙。市长讲明年起始提升城市民众用水价钱。",
            "市长讲明年起始提升城市民众用水价钱",
            "and many pairs outvote one run of five",
        ),
        ("市长说税会涨", "今天市长讲税不涨了", "市长讲税不涨", "two ideographs do"),
        ("xyz", "абв", None, "nothing alike"),
        ("", "abc", None, "nothing asked"),
        ("abc", "", None, "nothing there"),
    ],
)
def test_nearest(quote, text, expected, reason):
    found = nearest(quote, text)
    assert (found and found.quote) == expected, reason


def test_nearest_holds_together_what_an_insertion_drove_apart():
    true = "the tram depot stays open, says the owner"
    for pad in range(60):
        text = "·" * pad + " the tram depot stays open in thunder. " + "It rains. " * 20 + true + "."
        found = nearest("the tram depot stays open in this very hot July, says the owner", text)
        assert found and found.quote == true


def test_start_may_cut_a_letter_from_its_accent():
    assert locate("cafe", "un cafe\u0301", start=3).quote == "cafe"


# Properties -----------------------------------------------------------------------------------------------------------

AWKWARD = st.text(st.sampled_from("aAe \n\u00a0-—.…'“»«\u0301\u0323\u00ad\u200d\u1100\u1161\u11a8👩क्İ"), max_size=30)
ANY = st.one_of(st.text(max_size=60), AWKWARD, st.lists(st.one_of(st.text(max_size=9), AWKWARD)).map("".join))


def holds(text: str, found: Slice) -> bool:
    around = text[found.start - len(found.prefix) : found.end + len(found.suffix)]
    return (
        found.quote == text[found.start : found.end] != ""
        and around == found.prefix + found.quote + found.suffix
        and len(found.prefix) == min(CONTEXT, found.start)
        and len(found.suffix) == min(CONTEXT, len(text) - found.end)
    )


@given(ANY.filter(bool), st.data())
def test_any_slice_is_found_where_it_starts(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        found = locate(text[start:end], text, start=start)
    except QuoteEmpty:
        assert not any(c.isalnum() for c in text[start:end])
    else:
        blanks = r"[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
        assert re.fullmatch(blanks, text[start : found.start]) and re.fullmatch(blanks, text[found.end : end])
        assert holds(text, found)


@given(
    st.lists(st.sampled_from(["a", "b", "é", "한", " ", "\n", " — ", "’"])).map(lambda pieces: [*pieces, "a"]),
    st.data(),
)
def test_what_stands_around_a_slice_tells_it_from_others(pieces, data):
    text = "".join(pieces)
    letters = [at for at, c in enumerate(text) if c.isalpha()]
    start = data.draw(st.sampled_from(letters))
    end = data.draw(st.sampled_from([at for at in letters if at >= start])) + 1
    assert locate(text[start:end], text, prefix=text[:start], suffix=text[end:]) == cut(text, start, end)


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
    quote = "\u00ad".join([quote[:1], quote[1:]]) if quote[:2].isascii() else quote
    found = locate(f" {quote}\n", before + slice_ + after, start=len(before))
    assert found == cut(before + slice_ + after, len(before), len(before) + len(slice_))


@given(ANY, ANY, st.none() | st.integers(-3, 70), ANY | st.just(""), ANY | st.just(""))
def test_nothing_but_a_slice_or_a_refusal(quote, text, start, prefix, suffix):
    try:
        shown = [locate(quote, text, start=start, prefix=prefix, suffix=suffix)]
    except QuoteAmbiguous as refused:
        shown = list(refused.candidates)
    except QuoteAbsent as refused:
        shown = [refused.nearest] if refused.nearest else []
    except QuoteRefused:
        shown = []
    assert all(holds(text, found) for found in shown)


# Sample quotations ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def articles():
    if not SAMPLES.exists():
        pytest.skip("the sample quotations are not here")
    return [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]


def test_sample_quotations_are_found(articles):
    quotations = [(article["text"], q) for article in articles for q in article["quotes"] if q["is_quotation"]]
    assert len(quotations) == 95
    for text, q in quotations:
        assert locate(q["quote"], text, start=q["start"]) == cut(text, q["start"], q["end"])


def test_sample_quotations_with_changed_words_lead_to_the_true_passage(articles):
    words = sorted({word for article in articles for word in re.findall(r"\w+", article["text"])})
    chance = random.Random(20)  # noqa: S311
    shown = []
    for article in articles:
        for q in article["quotes"]:
            for changes in (1, 2, 3) if q["is_quotation"] else ():
                quote = q["quote"].split(" ")
                for _ in range(changes):
                    at = chance.randrange(len(quote))
                    new = chance.choice([[], [chance.choice(words)], [quote[at], chance.choice(words)]])
                    quote[at : at + 1] = new if len(quote) > 1 else [quote[0]]
                found = nearest(" ".join(quote), article["text"])
                overlap = min(found.end, q["end"]) - max(found.start, q["start"]) if found else 0
                shown.append(overlap * 2 >= q["end"] - q["start"])
    assert sum(shown) / len(shown) >= 0.95
