"""The texts and numbers in the members of a ClaimReview (pure)."""

import html
import math
import re

from sources.pages.jsonld import Node, as_list

_DECIMAL_COMMA = re.compile(r"-?\d{1,3},\d{1,2}")
_INLINE_TAG = re.compile(r"</?(?:a|b|em|i|span|strong|u)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:br|div|h[1-6]|li|p|ul)\b[^<>]*>", re.IGNORECASE)


def nested(node: Node) -> Node:
    """Return a node with `itemReviewed.author.name` as the name of the author of the item reviewed, if it has no other."""
    flat = dict.fromkeys(n for n in node if n.startswith(("itemReviewed.", "reviewRating.", "author.", "publisher.")))
    if not flat:
        return node
    found = {name: value for name, value in node.items() if name not in flat}
    copies: set[int] = set()  # the ids of the nodes in it that are its own
    for path in flat:
        *outer, last = path.split(".")[:5]
        inner = found
        for name in outer:
            below = inner.get(name)
            if id(below) not in copies:
                inner[name] = dict(below) if isinstance(below, dict) else {}
                copies.add(id(inner[name]))
            inner = inner[name]
        inner.setdefault(last, node[path])
    return found


def text(value: object) -> str:
    """Return the first text of a member, which may be a list or a value object, without white space around it."""
    for item in as_list(value):
        if isinstance(item, dict):
            item = item.get("@value")
        if isinstance(item, str) and item.strip():
            return item.strip()
    return ""


def clean(value: object) -> str:
    """Return a text for readers: without HTML tags and entities, and with single spaces."""
    return " ".join(_TAG.sub(" ", _INLINE_TAG.sub("", html.unescape(text(value)))).split())


def number(value: object) -> float | None:
    """Return a number, which may be written as text, or None."""
    value = next(iter(as_list(value)), None)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value.strip()):
        value = value.replace(",", ".")
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
