#!/usr/bin/env python3
"""Check a receipt of claimtrack without asking anybody, or whether one checkpoint of its log extends another.

    verify_receipt.py receipt.json --key log.vkey [--witness witness.vkey]
    verify_receipt.py --consistent OLD NEW --tiles https://claims.example/log --key log.vkey

A receipt says what a desk published about a claim, and when. It is right if its entries are leaves of the tree whose root the
log has signed. Of two checkpoints, the newer is right if the older one's tree is the beginning of its tree.

It takes Python 3.11 or newer, and the package `cryptography`. docs/proof.md describes the formats. Exit status: 0 if all holds,
1 if something does not, 2 if it cannot be checked.
"""

import argparse
import base64
import json
import sys
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ModuleNotFoundError:
    print("This cannot be checked without the package cryptography: pip install cryptography", file=sys.stderr)
    sys.exit(2)

ED25519, COSIGNATURE = b"\x01", b"\x04"
HASH, WIDTH = 32, 256
REMOVED = "[removed]"


class Wrong(Exception):
    """Something does not hold."""


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes


# Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature)


def read_key(verifier: str, kind: bytes = ED25519) -> tuple[str, bytes, Ed25519PublicKey]:
    """Return name, id and key of a verifier's line, name+id+key."""
    name, key_id, encoded = verifier.strip().split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    if key[:1] != kind or sha256(f"{name}\n".encode() + key).digest()[:4].hex() != key_id:
        raise Wrong(f"The key of {name} is not an Ed25519 key {'of a witness ' * (kind != ED25519)}with its own id.")
    return name, bytes.fromhex(key_id), Ed25519PublicKey.from_public_bytes(key[1:])


def read_signature(note: str, verifier: str, kind: bytes = ED25519) -> tuple[str, bytes]:
    """Return the text of a note, and the signature of it by this key. That of a witness begins with its time."""
    name, key_id, key = read_key(verifier, kind)
    text, separator, signatures = note.rpartition("\n\n")
    if not separator:
        raise Wrong("The checkpoint has no signature.")
    text += "\n"
    for line in signatures.splitlines():
        dash, signer, encoded = line.split(" ", 2)
        found = base64.b64decode(encoded, validate=True)
        if dash == "—" and signer == name and found[:4] == key_id:
            signed, signature = text, found[4:]
            if kind == COSIGNATURE:
                signed, signature = f"cosignature/v1\ntime {int.from_bytes(found[4:12])}\n{text}", found[12:]
            try:
                key.verify(signature, signed.encode())
            except InvalidSignature:
                raise Wrong(f"The signature of {name} is not of this checkpoint.") from None
            return text, found[4:]
    raise Wrong(f"{name} has not signed this checkpoint.")


def read_checkpoint(note: str, verifier: str) -> Checkpoint:
    """Return the head of the tree that the note states, if this key has signed it."""
    text, _ = read_signature(note, verifier)
    name = verifier.split("+")[0]
    origin, size, root, *_ = text.splitlines()
    if origin != name:
        raise Wrong(f"The checkpoint is of {origin}, not of {name}.")
    return Checkpoint(origin, int(size), base64.b64decode(root, validate=True))


# The Merkle tree (RFC 9162)


def hash_leaf(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_by(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """Return the root that follows from an inclusion proof: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        raise Wrong(f"There is no leaf {index} in a tree of {size}.")
    place, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Wrong("The proof is too long.")
        if place % 2 or place == last:
            root = hash_node(sibling, root)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            root = hash_node(root, sibling)
        place, last = place // 2, last // 2
    if last:
        raise Wrong("The proof is too short.")
    return root


class Tiles:
    """The tiles of a log (C2SP tlog-tiles), in a folder or at an address."""

    def __init__(self, place: str, size: int) -> None:
        self.place, self.size = place.rstrip("/"), size
        self.found: dict[tuple[int, int], bytes] = {}

    def read(self, level: int, index: int) -> bytes:
        if (level, index) not in self.found:
            width = min(WIDTH, (self.size >> (8 * level)) - index * WIDTH)
            groups = [f"{index % 1000:03}"]
            while index >= 1000:
                index //= 1000
                groups.insert(0, f"x{index % 1000:03}")
            path = f"tile/{level}/{'/'.join(groups)}" + ("" if width == WIDTH else f".p/{width}")
            hashes = self.fetch(path)
            if len(hashes) != width * HASH:
                raise Wrong(f"The tile {path} does not hold {width} hashes.")
            self.found[level, index] = hashes
        return self.found[level, index]

    def fetch(self, path: str) -> bytes:
        if self.place.startswith(("https://", "http://")):
            with urllib.request.urlopen(f"{self.place}/{path}", timeout=60) as answer:
                found: bytes = answer.read()
                return found
        return Path(self.place, path).read_bytes()

    def root(self, start: int, end: int) -> bytes:
        """Return the root over the leaves from `start` to before `end`."""
        width = end - start
        if width & (width - 1):
            middle = start + split(width)
            return hash_node(self.root(start, middle), self.root(middle, end))
        level, above = divmod(width.bit_length() - 1, 8)
        tile, first = divmod(start >> (8 * level), WIDTH)
        hashes = self.read(level, tile)[first * HASH : (first + (1 << above)) * HASH]
        row = [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
        while len(row) > 1:
            row = [hash_node(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
        return row[0]

    def roots(self, start: int, end: int, old: int) -> tuple[bytes, bytes | None]:
        """Return the root over these leaves, and that over those of them before `old`, from the same hashes."""
        if old >= end or old <= start:
            root = self.root(start, end)
            return root, root if old >= end else None
        middle = start + split(end - start)
        left, old_left = self.roots(start, middle, old)
        right, old_right = self.roots(middle, end, old)
        return hash_node(left, right), hash_node(left, old_right) if old_right else old_left


def split(width: int) -> int:
    return 1 << ((width - 1).bit_length() - 1)


def check_consistency(old: Checkpoint, new: Checkpoint, tiles: str) -> str:
    if old.size > new.size:
        raise Wrong(f"The older checkpoint has {old.size} leaves, the newer one only {new.size}.")
    roots: tuple[bytes, bytes | None] = (sha256().digest(),) * 2
    if new.size:
        roots = Tiles(tiles, new.size).roots(0, new.size, old.size)
    if roots[0] != new.root:
        raise Wrong("The tiles are not those of the newer checkpoint.")
    if old.size and roots[1] != old.root:
        raise Wrong(f"The first {old.size} leaves are not what they were: the log was rewritten.")
    return f"The log has grown from {old.size} to {new.size} leaves, and nothing before was changed."


# Receipts


def opened(value: Any, texts: dict[str, dict[str, str]]) -> Any:
    """Return a body with the texts in place of their salted hashes, where the receipt opens them."""
    if isinstance(value, list):
        return [opened(member, texts) for member in value]
    if not isinstance(value, dict):
        return value
    if set(value) != {"salted"}:
        return {name: opened(member, texts) for name, member in value.items()}
    given = texts.get(value["salted"])
    if given is None:
        return REMOVED
    if sha256(bytes.fromhex(given["salt"]) + given["text"].encode()).hexdigest() != value["salted"]:
        raise Wrong("A text is not the one that was published.")
    return given["text"]


def check_entry(entry: dict[str, Any], head: Checkpoint) -> tuple[dict[str, Any], Any]:
    """Return leaf and body of an entry, if it is in the tree and its texts are those that were hashed."""
    place, raw, body = entry["index"], entry["leaf"].encode(), entry["body"].encode()
    proof = [bytes.fromhex(sibling) for sibling in entry["proof"]]
    if root_by(hash_leaf(raw), place, head.size, proof) != head.root:
        raise Wrong(f"Entry {place} is not in the log.")
    leaf = json.loads(raw)
    if sha256(body).hexdigest() != leaf["body"]:
        raise Wrong(f"The body of entry {place} is not the one in the log.")
    return leaf, opened(json.loads(body), entry["opened"])


def check_receipt(receipt: dict[str, Any], verifier: str) -> list[tuple[dict[str, Any], Any]]:
    """Return leaf and body of each entry of a receipt, if all of it holds."""
    head = read_checkpoint(receipt["checkpoint"], verifier)
    places = [entry["index"] for entry in receipt["entries"]]
    if places != sorted(set(places)):
        raise Wrong("The entries are not in the order of the log.")
    return [check_entry(entry, head) for entry in receipt["entries"]]


def describe(leaf: dict[str, Any], body: Any) -> str:
    lines = [f"{leaf['at']}  {leaf['kind']}" + (" (before the log began)" if leaf.get("earlier") else "")]
    review = body.get("review") or {}
    verdict = review.get("verdict") or {}
    for name, value in (
        ("claim", leaf["claim"]),
        ("wording", review.get("wording")),
        ("verdict", verdict.get("label")),
        ("rationale", review.get("rationale")),
        ("by", review.get("reviewer")),
        ("evidence", len(review.get("evidence") or []) or None),
        ("snapshot", (body.get("snapshot") or {}).get("sha256")),
    ):
        if value is not None:
            lines.append(f"    {name}: {value}")
    return "\n".join(lines)


def text_or_file(given: str) -> str:
    return Path(given).read_text() if Path(given).is_file() else given


def run(options: argparse.Namespace, read: Callable[[str], str] = text_or_file) -> None:
    if options.consistent:
        if not (options.key and options.tiles):
            raise ValueError("--consistent takes --key and --tiles, too.")
        key = read(options.key)
        old, new = (read_checkpoint(read(note), key) for note in options.consistent)
        print(check_consistency(old, new, options.tiles))
        return
    if not options.receipt:
        raise ValueError("Name a receipt, or two checkpoints with --consistent.")
    receipt = json.loads(Path(options.receipt).read_text())
    key = read(options.key) if options.key else receipt["key"]
    for leaf, body in check_receipt(receipt, key):
        print(json.dumps(body, ensure_ascii=False, indent=2) if options.whole else describe(leaf, body))
    for witness in map(read, options.witness):
        _, signature = read_signature(receipt["checkpoint"], witness, COSIGNATURE)
        seen = datetime.fromtimestamp(int.from_bytes(signature[:8]), UTC)
        print(f"{witness.split('+')[0]} saw this log on {seen:%Y-%m-%d at %H:%M UTC}, grown from what it saw before.")
    print(f"All {len(receipt['entries'])} entries are in the log that {key.split('+')[0]} has signed.")
    if not options.key:
        print(
            "The key is the one in the receipt: compare it with the key that you have from elsewhere, and give that as --key."
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipt", nargs="?")
    parser.add_argument("--key", help="the log's public key (name+id+key), or a file with it")
    parser.add_argument(
        "--witness", action="append", default=[], help="the public key of a witness that must have signed"
    )
    parser.add_argument("--consistent", nargs=2, metavar=("OLD", "NEW"), help="two files with checkpoints")
    parser.add_argument("--tiles", help="the address of the log, or a folder with a copy of it")
    parser.add_argument("--whole", action="store_true", help="print all that readers saw, as JSON")
    try:
        run(parser.parse_args())
    except Wrong as wrong:
        print(f"WRONG: {wrong}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"This cannot be checked: {error!r}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
