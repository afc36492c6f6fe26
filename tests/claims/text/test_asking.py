import time

import pytest

from claims.text import asking
from claims.text.asking import Term, chosen, cleaned, query
from claims.text.likeness import differences

POSTS = [
    ("The port closed. https://t.example/a1b2 pic.twitter.com/x9", "The port closed.", "addresses say nothing"),
    ("RT @newsdesk: The port closed.", "The port closed.", "who shared it says nothing"),
    ("The port closed — Alda Brask (@AldaBrask) May 3, 2025", "The port closed", "nor who wrote it when"),
    ("#PortClosed by @HarbourBoard", "Port Closed by Harbour Board", "tags and handles are words run together"),
    ("#NATOTalks in #Tarn2025", "NATO Talks in Tarn 2025", "abbreviations and years in tags"),
    ("Nuts &amp; bolts\n\nfor all", "Nuts & bolts for all", "as a browser reads it"),
    ("Half a pair \ud83d and\0 zero", "Half a pair and zero", "what PostgreSQL does not take"),
    ("The port (@pier 3) closed", "The port (pier 3) closed", "brackets inside the text stay"),
]


@pytest.mark.parametrize(("post", "words", "reason"), POSTS, ids=[row[2] for row in POSTS])
def test_a_post_without_what_is_around_it(post, words, reason):
    assert cleaned(post) == words, reason


def test_the_rarest_words_find_claims_by_themselves_and_the_next_ones_in_pairs():
    terms = [Term("heron", 3), Term("pier", 490), Term("harbour", 600), Term("town", 700), Term("the", 9_000)]
    assert query(terms, 10_000) == "'heron' | 'pier' | ('harbour' & 'town')"


def test_the_rarest_word_counts_even_if_it_is_common():
    assert query([Term("the", 9_000)], 10_000) == "'the'"
    assert query([], 10_000) == ""


def test_words_that_no_claim_has_leave_room_for_those_that_some_have():
    terms = [Term(f"typo{number}", 0) for number in range(80)] + [Term("heron", 3)]
    assert chosen(terms)[-1] == Term("heron", 3) and len(chosen(terms)) == asking.MOST_TERMS + 1


def test_quotes_in_a_lexeme_stay_in_it():
    assert query([Term("o'clock\\", 1)], 10) == "'o''clock\\\\'"


HOSTILE = [
    "— (@",
    "#aA",
    "1 111",
    "1,111.",
    "million ",
    "hundred ",
    "two and ",
    "A. ",
    "5 May ",
    "一百万",
    "不",
    "'",
    "n't ",
    "\u0301",
    "the worst ",
    "a third ",
    "3 m ",
    "more than ",
    "failed to plant ",
    "not open closed ",
    "1.2 to 1.4 ",
    "20 millions de ",
    "first quarter ",
    "8 am 20:00 ",
    "two days ago ",
    "plus cher que ",
    "cheaper than ",
    "West West ",
    "années soixante ",
    "the first woman ",
    "am 1.1. ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece):
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    cleaned(text)
    differences(text, text[1:])
    assert time.process_time() - started < 2
