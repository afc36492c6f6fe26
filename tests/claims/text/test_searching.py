import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.models import Claim
from claims.text.searching import MAX_LENGTH, MAX_TERMS, Term, parse
from tests.factories import make_claim, make_snapshot

PARSED = [
    # q, its terms as (text, prefix, negated), why
    ("nine cars", [("nine", False, False), ("cars", False, False)], "two words"),
    ('"nine cars"', [("nine cars", False, False)], "a phrase"),
    ("-cars", [("cars", False, True)], "excluded"),
    ('-"nine cars"', [("nine cars", False, True)], "a phrase excluded"),
    ("bridg*", [("bridg", True, False)], "a prefix"),
    ("-bridg*", [("bridg", True, True)], "a prefix excluded"),
    ('"nine cars', [("nine cars", False, False)], "a phrase not ended ends with the text"),
    ('nine"ten', [("nine", False, False), ("ten", False, False)], "a quotation mark ends a word"),
    ('"bridg*"', [("bridg*", False, False)], "no prefix inside a phrase"),
    ("nine-teen", [("nine-teen", False, False)], "a hyphen inside a word"),
    ('* - -* ! & | ( ) : \' \\ "" -""', [], "nothing to look for"),
    (" \t\n", [], "white space"),
    ("", [], "nothing"),
    ("a\0b", [("a", False, False), ("b", False, False)], "what PostgreSQL has no room for"),
    ("a\ud800b", [("ab", False, False)], "what UTF-8 has no room for"),
    ("Ⅷ" * 600, [("Ⅷ" * 200, False, False)], "a word that unaccent would blow up past what a tsquery holds"),
]


@pytest.mark.parametrize(("query", "terms", "reason"), PARSED)
def test_parse(query, terms, reason):
    assert parse(query) == [Term(*term) for term in terms], reason


def test_there_is_an_end():
    assert len(parse("word " * 1000)) == MAX_TERMS
    assert sum(len(term.text) for term in parse('"' + "word " * 1000 + '"')) <= MAX_LENGTH


FOUND = [
    # q, is it found, why
    ("bridge", True, "a word of the wording"),
    ("BRIDGES", True, "another case and form"),
    ("café", True, "with its mark"),
    ("CAFE", True, "without it"),
    ("tunnel", True, "a word of a quote"),
    ("bridge tunnel", True, "one here, one there"),
    ("bridge airport", False, "all must hold"),
    ('"old bridge"', True, "next to each other"),
    ('"bridge old"', False, "in this order"),
    ("bridge old", True, "in any order"),
    ("-bridge", False, "excluded"),
    ("tunnel -bridge", False, "excluded, though the other is there"),
    ("-airport", True, "what is not there excludes nothing"),
    ("bridge -airport", True, "nor here"),
    ('-"bridge old"', True, "a phrase that is not there"),
    ('-"old bridge"', False, "a phrase that is"),
    ("tunn*", True, "a prefix"),
    ("tunn", False, "half a word is another word"),
    ("-tunn*", False, "a prefix excluded"),
    ("the bridge", True, "a stop word asks for nothing"),
    ("the* bridge", True, "nor as a prefix"),
    ("-the bridge", True, "nor excludes anything"),
    ('"the old bridge"', True, "a stop word inside a phrase"),
    ("the", False, "nothing but stop words finds nothing"),
    ("!!", False, "nor does nothing"),
    ("brid:*", True, "what tsquery understands, and nobody meant"),
    ("bridge & !tunnel", True, "operators are no operators"),
    ("mayor’s", True, "an apostrophe"),
]


@pytest.mark.django_db
def test_search():
    text = "The old bridge leads to the café."
    claim = make_claim(text=text, quote="The mayor’s tunnel", snapshot=make_snapshot("The mayor’s tunnel."))
    for query, found, reason in FOUND:
        assert (claim in Claim.objects.search(query)) == found, f"{query}: {reason}"


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.text("ab*\"'-\\!&|():<> \0Ⅷ½ßé漢"), st.text('the a*-" ')))
@example("Ⅷ" * 2000)
@example('"' + "Ⅷ " * 1000)
@example("a" * 3000 + "*")
@example("\\'*")
@example("a'b*")
@example("a\\*")
@example("'':* <-> ()")
@example("\ud800\udfff")
@example("-" * 2000)
@example('"a' + " the" * 500 + ' b"')
@example("https://harbour.example/a?b=c&d*")
def test_no_query_is_too_much(query):
    assert list(Claim.objects.search(query)) == []
