"""Read the JSON-LD of a page as a flat list of nodes (schema.org in script elements, W3C JSON-LD 1.1 section 7).

Publishers write it by hand and by template: lists at the top, `@graph`, comment and CDATA wrappers, raw line ends inside strings,
trailing commas, types as lists or full addresses. All of these are read. Scripts that cannot be read are counted, so that the
caller can warn.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]

# A byte order mark, the marks of a comment or of CDATA around a script, and a semicolon at its end.
WRAPPER = re.compile(r"^\ufeff|^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)[\s;]*$|;\s*$")
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


def read(scripts: Iterable[str]) -> tuple[list[Node], int]:
    """Return all nodes of the scripts in order, and the number of scripts that could not be read.

    Nodes inside lists, `@graph` and `mainEntity` are included. Others, such as related articles, are left out.
    """
    nodes: list[Node] = []
    unreadable = 0
    for script in scripts:
        try:
            nodes += _flat(_loads(script))
        except (ValueError, RecursionError):
            unreadable += 1
    return nodes, unreadable


def types(node: Node) -> set[str]:
    """Return the short names of a node's types: NewsArticle for https://schema.org/NewsArticle and schema:NewsArticle."""
    names = node.get("@type", node.get("type"))
    return {re.split(r"[/:#]", name)[-1] for name in as_list(names) if isinstance(name, str)}


def as_list(value: object) -> list[object]:
    """Return the values of a property as a list. In JSON-LD, a single value needs no list, and lists and sets may nest.

    There is no recursion, since a hostile document may be very deep.
    """
    found: list[object] = []
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict) and part.keys() in ({"@set"}, {"@list"}):
            waiting += part.values()
        elif part is not None:
            found.append(part)
    return found


def resolve(node: Node, nodes: list[Node]) -> Node:
    """Return the node that a reference such as `{"@id": "#ann"}` points to, else the node itself."""
    if set(node) == {"@id"}:
        return next((other for other in nodes if other.get("@id") == node["@id"] and len(other) > 1), node)
    return node


def _loads(script: str) -> object:
    try:
        return json.loads(script, strict=False)
    except ValueError:
        return json.loads(TRAILING_COMMA.sub("", WRAPPER.sub("", script)), strict=False)


def _flat(value: object) -> Iterator[Node]:
    for node in as_list(value):
        if isinstance(node, dict):
            yield node
            yield from _flat(node.get("@graph"))
            yield from _flat(node.get("mainEntity"))
