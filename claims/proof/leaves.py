"""The content of a leaf.

A body is the JSON that readers saw, with each text replaced by the hash of a random salt and the text. So the log stays verifiable when
a text has to be removed: without its salt, nobody can confirm a guess of it. A leaf is a small JSON object with the hash of the
body. Both are canonical JSON (RFC 8785).
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

SALT = 16
# Members without free text: states, codes, kinds, languages, dates and names of columns. Every other string is salted.
PLAIN = {
    "status", "from_status", "to_status", "kind", "code", "stance", "method", "language", "said_at", "taken_at", "published_at",
    "accessed_at", "created_at", "updated_at", "reviewed_at", "review_by", "due_on", "at", "undone_at", "table", "columns", "key_id",
}  # fmt: skip

Json = Mapping[str, "Json"] | list["Json"] | str | int | float | bool | None
# For each salted hash, its salt and its text.
Opened = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Written:
    """A leaf and its body as they are hashed, and what opens the hashes in the body."""

    leaf: str
    body: str
    opened: Opened


def write(kind: str, body: Json, *, at: str, claim: int | None, earlier: bool = False) -> Written:
    """Return the leaf for a body. `earlier`: what it records was published before the log began."""
    opened: Opened = {}
    text = canonical(_salted(body, "", opened))
    leaf: dict[str, str | int | None] = {
        "at": at,
        "body": sha256(text).hexdigest(),
        "claim": claim,
        "kind": kind,
        "v": 1,
    }
    if earlier:
        leaf["earlier"] = True
    return Written(canonical(leaf).decode(), text.decode(), opened)


def canonical(value: Json) -> bytes:
    """Return JSON as RFC 8785 defines it. For leaves, with ASCII keys and no fractions, that is sorted JSON without white space."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


class Removed(str):
    """Replaces a removed text. It equals every text."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    __hash__ = str.__hash__


REMOVED = Removed("[removed]")


def read(body: str, opened: Mapping[str, Sequence[str]]) -> tuple[Any, set[str]]:
    """Return a body with its texts, and the hashes without an opening. Raises ValueError if an opening does not match its hash."""
    missing: set[str] = set()
    for found, (salt, text) in opened.items():
        if sha256(bytes.fromhex(salt) + text.encode()).hexdigest() != found:
            raise ValueError(f"The text of the hash {found} is not the one that was hashed.")

    def open_(value: dict[str, Any]) -> Any:
        if value.keys() != {"salted"}:
            return value
        if value["salted"] in opened:
            return opened[value["salted"]][1]
        missing.add(value["salted"])
        return REMOVED

    return json.loads(body, object_hook=open_), missing


def _salted(value: Json, name: str, opened: Opened) -> Json:
    if isinstance(value, Mapping):
        return {key: _salted(member, key, opened) for key, member in value.items()}
    if isinstance(value, list):
        return [_salted(member, name, opened) for member in value]
    if isinstance(value, float):  # its canonical form is another than orjson's
        raise TypeError(f"{name} is a fraction.")
    if not isinstance(value, str) or name in PLAIN:
        return value
    salt = secrets.token_bytes(SALT)
    found = sha256(salt + value.encode()).hexdigest()
    opened[found] = (salt.hex(), value)
    return {"salted": found}
