import pytest

from claims.text.searching import MAX_LENGTH, MAX_TERMS, Term, parse

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
    ("“nine cars”", [("nine cars", False, False)], "marks as telephones write them"),
    ("„nine cars“", [("nine cars", False, False)], "as German ones do"),
    ("-«nine cars» «ten»", [("nine cars", False, True), ("ten", False, False)], "guillemets"),
    ("「九台」", [("九台", False, False)], "corner brackets"),
    ("＂nine cars＂", [("nine cars", False, False)], "wide marks"),
    ("boat＊ －sea", [("boat", True, False), ("sea", False, True)], "a wide asterisk and hyphen"),
    ("\u200f“nine”", [("nine", False, False)], "an unseen character before a mark"),
    ("\ufeff-nine", [("nine", False, True)], "and before a minus sign"),
    ("O’Hara", [("O’Hara", False, False)], "an apostrophe is no mark"),
    ("💉", [("💉", False, False)], "a symbol"),
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
