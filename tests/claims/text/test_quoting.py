import json
import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.edges import cut_at
from claims.text.quoting import (
    CANDIDATES,
    CONTEXT,
    QuoteAbsent,
    QuoteAmbiguous,
    QuoteCut,
    QuoteEmpty,
    QuoteRefused,
    Slice,
    cut,
    locate,
    nearest,
)
from claims.text.typography import BLANK

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


WHOLE = [
    ("able to pay", "he is unable to pay", "unable to pay", "a word"),
    ("5 million people", "left 15 million people", "15 million people", "a number"),
    ("5 billion euros", "costs 2.5 billion euros", "2.5 billion euros", "its decimals"),
    ("500 people", "It killed 1,500 people.", "1,500 people", "its thousands"),
    ("3 percent last", "was −3 percent last", "−3 percent last", "its sign"),
    ("It left 15", "It left 15 million homeless", "It left 15 million", "its number word"),
    ("up by 3", "up by 3 % now", "up by 3 %", "its per cent sign"),
    ("Vote 👍", "Vote 👍🏽 now", "Vote 👍🏽", "a sign of two code points"),
    ("caf", "un cafe\u0301 au lait", "cafe\u0301", "a word with an accent of its own"),
    ("cafe", "un cafe\u0301 au lait", "cafe\u0301", "a letter and its accent"),
    ("it's pay", "he said “it’s payable”", "it’s payable", "in other typography too"),
    ("violent", "a non-violent man", "non-violent", "hyphens join"),
    ("согласны", "мы несогласны", "несогласны", "Russian: not agreed, agreed"),
    ("δύνατο", "είναι αδύνατο", "αδύνατο", "Greek: impossible, possible"),
    ("مليون", "دفع ٥ مليون", "٥ مليون", "Arabic: five million"),
    ("5 करोड़ लोग", "भारत में 15 करोड़ लोग", "15 करोड़ लोग", "Hindi"),
    ("五百人", "死亡三千五百人", "三千五百人", "Chinese"),
    ("死亡15", "死亡15万人", "死亡15万", "and ten thousand"),
    ("5 ล้านคน", "มี 15 ล้านคน", "15 ล้านคน", "Thai"),
    ("김 장관", "어제 김 장관은 말했다", "김 장관은", "Korean"),
]


@pytest.mark.parametrize(("quote", "text", "expected", "reason"), WHOLE, ids=[row[3] for row in WHOLE])
def test_a_part_of_a_word_number_or_character_is_refused_with_the_whole(quote, text, expected, reason):
    with pytest.raises(QuoteCut) as refused:
        pytest.fail(f"{reason}: {locate(quote, text)}")
    assert refused.value.code == "quote_cut"
    assert refused.value.nearest and refused.value.nearest.quote == expected, reason
    assert locate(expected, text) == refused.value.nearest, "the advice works"


def test_the_refusal_says_where_it_is_cut():
    with pytest.raises(QuoteCut) as refused:
        locate("able to pay 15", "unable to pay 15 million")
    assert refused.value.message == "The quote splits a word: take in the whole of it."


@pytest.mark.parametrize(
    ("quote", "text", "reason"),
    [
        ("no", "nobody said no", "a part of a word counts for nothing where the word stands by itself"),
        ("eau", "il dit que l’eau est là", "an elided article may be left out"),
        ("不再有效", "法官认为这项法律不再有效。", "Chinese has no blanks to go by"),
        ("テレビで", "日本のテレビで見た", "nor has Japanese"),
        ("ไม่ลาออก", "นายกรัฐมนตรีไม่ลาออก", "nor Thai"),
        ("yes.", "He said yes.Then he left", "a stop whose blank was lost ends a sentence"),
        ("They left in 2019", "They left in 2019 millions of crowns", "a year is no number of millions"),
        ("❤", "all ❤\ufe0f you need", "a variation selector belongs to what it varies"),
    ],
)
def test_what_splits_nothing_is_found(quote, text, reason):
    assert locate(quote, text).quote.rstrip("\ufe0f") == quote, reason


def test_start_may_point_into_a_word():
    assert locate("able", "he is unable", start=8).quote == "able"


@pytest.mark.parametrize(
    ("quote", "text", "start"), [("5 million", "15 million", 1), ("5", "5 %", 0), ("cafe", "un cafe\u0301", 3)]
)
def test_start_cuts_no_number_and_no_character(quote, text, start):
    with pytest.raises(QuoteCut):
        locate(quote, text, start=start)


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


def test_a_quote_that_occurs_too_often_is_refused_without_a_look_at_each():
    with pytest.raises(QuoteAmbiguous) as refused:
        locate("a", "a" * 100_000)
    assert refused.value.count == 100_000 and len(refused.value.candidates) == CANDIDATES
    assert refused.value.message == "The quote occurs 100000 times, parts of words among them: quote more of the text."


def test_what_stands_around_finds_one_of_very_many():
    text = "no boats, " * 20_000 + "“no” was the word; " + "no boats, " * 2_000
    started = time.process_time()
    assert locate("no", text, prefix="boats, “", suffix="” was").start == text.index("“no”") + 1
    assert time.process_time() - started < 2, "the text is folded once, not around each of 22,000"


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
    except QuoteCut as refused:
        first = end - len(text[start:end].lstrip(BLANK))
        last = start + len(text[start:end].rstrip(BLANK))
        assert {cut_at(text, first, begins=True), cut_at(text, last, begins=False)} & {"number", "character"}
        shown = refused.nearest
        is_bare = shown is not None and shown.quote == shown.quote.strip(BLANK)
        assert not is_bare or locate(shown.quote, text, start=shown.start) == shown
    else:
        assert not (text[start : found.start].strip(BLANK) or text[found.end : end].strip(BLANK))
        assert holds(text, found)


@given(
    st.lists(st.sampled_from(["a", "b", "é", "한", " ", "\n", " — ", "’"])).map(lambda pieces: [*pieces, "a"]),
    st.data(),
)
def test_what_stands_around_a_slice_tells_it_from_others(pieces, data):
    text = "".join(pieces)
    starts = [at for at, c in enumerate(text) if c.isalpha() and not cut_at(text, at, begins=True)]
    start = data.draw(st.sampled_from(starts))
    ends = [
        at for at in range(start + 1, len(text) + 1) if text[at - 1].isalpha() and not cut_at(text, at, begins=False)
    ]
    end = data.draw(st.sampled_from(ends))
    assert locate(text[start:end], text, prefix=text[:start], suffix=text[end:]) == cut(text, start, end)


@given(ANY, ANY, st.none() | st.integers(-3, 70), ANY | st.just(""), ANY | st.just(""))
def test_nothing_but_a_slice_or_a_refusal(quote, text, start, prefix, suffix):
    try:
        shown = [locate(quote, text, start=start, prefix=prefix, suffix=suffix)]
    except QuoteAmbiguous as refused:
        shown = list(refused.candidates)
    except (QuoteAbsent, QuoteCut) as refused:
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
    chance = random.Random(20)
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
