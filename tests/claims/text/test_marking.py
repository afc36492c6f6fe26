from hypothesis import given
from hypothesis import strategies as st

from claims.text.marking import passages


def test_overlapping_spans_cut_each_other():
    found = passages("abcdefgh", [(1, 5, "x"), (3, 7, "y")])
    assert [(p.text, p.spans, p.opens) for p in found] == [
        ("a", (), ()),
        ("bc", ("x",), ("x",)),
        ("de", ("x", "y"), ("y",)),
        ("fg", ("y",), ()),
        ("h", (), ()),
    ]


def test_a_text_without_quotes_is_one_passage():
    assert [p.text for p in passages("abc", [])] == ["abc"]


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40))))
def test_the_passages_joined_are_the_text_and_each_span_is_its_slice(text, raw):
    spans = [(a, a + n, i) for i, (a, n) in enumerate(raw) if a + n <= len(text)]
    found = passages(text, spans)
    assert "".join(p.text for p in found) == text
    for start, end, what in spans:
        assert "".join(p.text for p in found if what in p.spans) == text[start:end]
        assert sum(what in p.opens for p in found) == 1
