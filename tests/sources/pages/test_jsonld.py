import pytest

from sources.pages.jsonld import as_list, read, resolve, types

READABLE = [
    # script, ids of its nodes, why
    ('{"@id": "a"}', ["a"], "one node"),
    ('[{"@id": "a"}, {"@id": "b"}]', ["a", "b"], "a list"),
    ('{"@id": "a", "@graph": [{"@id": "b"}, {"@id": "c"}]}', ["a", "b", "c"], "a graph"),
    ('{"@id": "a", "mainEntity": {"@id": "b"}}', ["a", "b"], "a web page about an article"),
    ('{"@id": "a", "hasPart": {"@id": "b"}}', ["a"], "related articles stay out"),
    ('{"@id": "a", "text": "two\nlines"}', ["a"], "a raw line end in a string"),
    ('{"@id": "a, ]", "text": "two\nlines"}', ["a, ]"], "which is no reason to touch a string"),
    ('{"@id": "a", "b": [1, 2,],}', ["a"], "trailing commas"),
    ('<!-- {"@id": "a"} -->', ["a"], "hidden from browsers of the nineties"),
    ('//<![CDATA[\n{"@id": "a"}\n//]]>', ["a"], "hidden from XML"),
    ('{"@id": "a"};', ["a"], "ended like a statement"),
    ('"words"', [], "no node"),
    ("[null, 3, []]", [], "no node either"),
]


@pytest.mark.parametrize(("script", "ids", "why"), READABLE)
def test_read(script, ids, why):
    nodes, unreadable = read([script])
    assert [node["@id"] for node in nodes] == ids, why
    assert unreadable == 0


@pytest.mark.parametrize("script", ["", '{"@id": "a"', "[" * 100_000, '{"a": undefined}'])
def test_what_is_beyond_repair_is_counted(script):
    nodes, unreadable = read([script, '{"@id": "b"}'])
    assert [node["@id"] for node in nodes] == ["b"]
    assert unreadable == 1


@pytest.mark.parametrize(
    ("node", "expected", "why"),
    [
        ({"@type": "Report"}, {"Report"}, "a short name"),
        ({"@type": ["Person", "Organization"]}, {"Person", "Organization"}, "several"),
        ({"@type": "https://schema.org/Report"}, {"Report"}, "a full address"),
        ({"@type": "schema:Report"}, {"Report"}, "a prefixed name"),
        ({"type": "Report"}, {"Report"}, "without the at sign, as some write it"),
        ({"@type": [None, 3]}, set(), "no names"),
        ({}, set(), "nothing"),
    ],
)
def test_types(node, expected, why):
    assert types(node) == expected, why


def test_as_list():
    assert as_list(None) == []
    assert as_list("a") == ["a"]
    assert as_list(["a", ["b", None, ["c"]]]) == ["a", "b", "c"]
    assert as_list([{"@set": ["a", {"@list": ["b"]}]}, {"@id": "c"}]) == ["a", "b", {"@id": "c"}]


def test_a_list_may_be_deep():
    deep: object = "a"
    for _ in range(100_000):
        deep = [deep]
    assert as_list(deep) == ["a"]


def test_resolve():
    ann = {"@id": "#ann", "name": "Ann Hale"}
    assert resolve({"@id": "#ann"}, [{"@id": "#ann"}, ann]) == ann
    assert resolve({"@id": "#tom"}, [ann]) == {"@id": "#tom"}
    assert resolve({"@id": "#ann", "name": "A. Hale"}, [ann])["name"] == "A. Hale"
