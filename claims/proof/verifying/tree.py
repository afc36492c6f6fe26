"""The log: numbers without a gap, tiles that match the leaves, checkpoints that match the tree, and texts that match their hashes."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256

from claims.proof import leaves, sequencing
from claims.proof.merkle import FULL, HASH, WIDTH, Tree, fold, hash_leaf
from claims.proof.verifying import removals
from claims.proof.verifying.checks import Check, Finding, Row, Scope, batches, rows
from claims.proof.witnessing import Verifier, unsigned_head
from claimtrack.refusals import Invalid

ENTRIES = "SELECT id, index, leaf FROM claims_logentry WHERE index IS NOT NULL ORDER BY index, id"
OPENINGS = """
    SELECT e.id, e.body, o.texts::text FROM claims_logentry e LEFT JOIN claims_logopening o ON o.entry_id = e.id
    WHERE {dates} AND ({claims} OR e.claim_id IS NULL)"""


def check_leaves(scope: Scope) -> Iterator[Finding]:
    """Check the numbers and the tiles, from the leaves up."""
    expected = 0
    full: list[bytes] = []
    hashes = b""
    stored = tiles_of(0)
    for batch in batches(ENTRIES, WIDTH):
        for pk, index, leaf in batch:
            if index != expected:
                yield Finding("claims_logentry", pk, f"it has the number {index} instead of {expected}")
            expected += 1
            hashes += hash_leaf(leaf.encode())
            if len(hashes) == FULL:
                full.append(fold(hashes))
                yield from _compare_tile(stored, 0, len(full) - 1, hashes)
                hashes = b""
    if hashes:
        yield from _compare_tile(stored, 0, len(full), hashes)
    yield from _left(stored, 0)
    level = 0
    while full:
        level, level_hashes, full = level + 1, full, []
        stored = tiles_of(level)
        for tile, first in enumerate(range(0, len(level_hashes), WIDTH)):
            hashes = b"".join(level_hashes[first : first + WIDTH])
            yield from _compare_tile(stored, level, tile, hashes)
            if len(hashes) == FULL:
                full.append(fold(hashes))
        yield from _left(stored, level)
    yield from _left(rows(f"SELECT index, hashes, level FROM claims_logtile WHERE level > {level}"), level + 1)


def tiles_of(level: int) -> Iterator[Row]:
    return rows(f"SELECT index, hashes, level FROM claims_logtile WHERE level = {level} ORDER BY index, id")


def _compare_tile(stored: Iterator[Row], level: int, tile: int, hashes: bytes) -> Iterator[Finding]:
    index, found, _ = next(stored, (None, b"", level))
    if index != tile:
        yield Finding("claims_logtile", f"{level}/{tile}", f"it is missing; tile {index} is in its place")
    elif bytes(found) != hashes:
        first = next(
            (at for at in range(0, len(hashes), HASH) if hashes[at : at + HASH] != bytes(found)[at : at + HASH]), None
        )
        if first is None:
            yield Finding("claims_logtile", f"{level}/{tile}", "it has more hashes than the tree")
        else:
            entry = (tile * WIDTH + first // HASH) * WIDTH**level
            yield Finding("claims_logtile", f"{level}/{tile}", f"it does not have the hash of entry {entry}")


def _left(stored: Iterator[Row], level: int) -> Iterator[Finding]:
    for index, _, at in stored:
        yield Finding("claims_logtile", f"{at}/{index}", "it is none of this tree")


def check_openings(scope: Scope) -> Iterator[Finding]:
    """Check that texts and salts match the hashes, and that there are no others."""
    sql = OPENINGS.format(dates=scope.dates("e.at"), claims=scope.claims("e.claim_id"))
    for pk, body, texts in rows(sql):
        if texts is None:
            yield Finding("claims_logentry", pk, "nothing opens its hashes")
            continue
        opened = json.loads(texts)
        try:
            _, missing = leaves.read(body, opened)
        except (ValueError, TypeError) as error:
            yield Finding("claims_logopening", pk, str(error))
            continue
        extra = [found for found in opened if found not in body]
        if extra:
            yield Finding("claims_logopening", pk, f"it opens {extra[0]}, which the entry does not have")
        if missing and not removals.explains("claims_logopening", pk):
            yield Finding("claims_logopening", pk, f"it lacks what opens {min(missing)}, and no redaction says so")


def check_checkpoints(scope: Scope) -> Iterator[Finding]:
    """Check that each signed head is a prefix of the tree, and that the last one covers all of it."""
    [(size,)] = rows(sequencing.SIZE)
    total, last = size, 0
    tree_root = roots(total)
    for pk, said, note in rows("SELECT id, size, note FROM claims_checkpoint ORDER BY id"):
        reason = _objection(note, total, tree_root)
        if not reason and said != unsigned_head(note).size:
            reason = f"its size is not the {said} that its row says"
        if not reason and said < last:
            reason = f"it is smaller than the one before it, which has {last} entries"
        if reason:
            yield Finding("claims_checkpoint", pk, reason)
        last = max(last, said)
    if last != total:
        yield Finding("claims_logentry", last, f"the last checkpoint is of {last} entries, but {total} are numbered")
    for name, note in scope.checkpoints.items():
        if reason := _objection(note, total, tree_root):
            yield Finding("checkpoint", name, reason)


def _objection(note: str, total: int, root: Callable[[int], bytes]) -> str:
    try:
        head = unsigned_head(note)
        if sequencing.started():
            # None: signed with an earlier key.
            Verifier.read(sequencing.signer().verifier).signature(note)
    except Invalid as error:
        return error.message
    if head.size > total:
        return f"it is of {head.size} entries, but the log has {total}"
    if head.root != root(head.size):
        return f"the first {head.size} entries of the log do not have its root: the log was rewritten"
    return ""


def roots(total: int) -> Callable[[int], bytes]:
    """Return a function from a size to the root of the tree of that size. It reads few tiles if the sizes are in order."""

    @lru_cache(64)
    def read(level: int, index: int) -> bytes:
        return sequencing.tiles([(level, index)]).get((level, index), b"")

    @lru_cache(2)
    def root(size: int) -> bytes:
        return Tree(size, read).root()

    return root


def check_bodies(scope: Scope) -> Iterator[Finding]:
    """Check that the leaf has the hash of the body, and that the columns by which an entry is found agree with it."""
    columns = """SELECT id, leaf, body, kind, claim_id, earlier FROM claims_logentry e"""
    sql = f"{columns} WHERE {scope.dates('e.at')} AND ({scope.claims('e.claim_id')} OR e.claim_id IS NULL)"
    for pk, leaf, body, kind, claim, earlier in rows(sql):
        try:
            said = json.loads(leaf)
        except ValueError:
            yield Finding("claims_logentry", pk, "its leaf is no JSON")
            continue
        if said.get("body") != sha256(body.encode()).hexdigest():
            yield Finding("claims_logentry", pk, "its body has another hash than its leaf says")
        if (said.get("kind"), said.get("claim"), said.get("earlier", False)) != (kind, claim, earlier):
            yield Finding("claims_logentry", pk, "its columns say something else than its leaf")


CHECKS = [
    Check("entries are numbered without a gap, and their hashes are those of the tree", check_leaves),
    Check("every leaf has the hash of its body", check_bodies),
    Check("every text of an entry opens its hash", check_openings),
    Check("every checkpoint is a beginning of the log, and the last one is the whole of it", check_checkpoints),
]
