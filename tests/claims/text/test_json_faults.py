"""What is wrong with JSON: every sentence of Python's parser has words of ours."""

import json

import pytest

from claims.text.json_faults import fault


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ('{"a": }', "a value is missing", "nothing where a value stands"),
        ("{a: 1}", "double quotation marks", "a name as JavaScript allows it"),
        ('{"a" 1}', "a colon is missing", "a name without a colon"),
        ('{"a": 1 "b": 2}', "a comma is missing", "two members with nothing between them"),
        ('{"a": "one', "the quotation mark that ends a text is missing", "cut short"),
        ('{"a": "one\ntwo"}', "a line break or another control character", "a text over two lines"),
        (r'{"a": "C:\data"}', r"a \ in a text", "a path of Windows"),
        (r'{"a": "\u12"}', r"a \ in a text", "half an escape"),
        ('{"a": 1', "it ends before it is complete", "cut short between members"),
        ("{} {}", "something follows its end", "two objects"),
        ("[1,]", "a comma", "Python 3.13 has a sentence of its own for it"),
    ],
)
def test_it_works(text, words, why):
    with pytest.raises(json.JSONDecodeError) as found:
        json.loads(text)
    message = fault(found.value)
    assert words in message or (text == "[1,]" and "a value is missing" in message), why
    assert found.value.msg not in message


def test_a_sentence_of_a_later_python_is_not_passed_on():
    assert fault(json.JSONDecodeError("Something new", "{}", 0)) == "it cannot be read"
