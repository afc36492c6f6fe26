"""The Merkle tree of RFC 9162, kept as the tiles of C2SP's tlog-tiles.

A tile holds up to 256 hashes of one level. The hashes of level 0 are those of the leaves. A hash of level n is the root of a full
tile of level n - 1. Only the last tile of a level is partial, and it only ever grows.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

HASH = 32
WIDTH = 256
FULL = HASH * WIDTH
EMPTY = sha256().digest()

# The tile of a level and index as the hashes that it holds.
Read = Callable[[int, int], bytes]


def hash_leaf(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """Return the root over a power of two of hashes."""
    while len(hashes) > HASH:
        pairs = range(0, len(hashes), 2 * HASH)
        hashes = b"".join(hash_node(hashes[at : at + HASH], hashes[at + HASH : at + 2 * HASH]) for at in pairs)
    return hashes


class Tree:
    """A tree of `size` leaves, whose tiles `read` returns."""

    def __init__(self, size: int, read: Read) -> None:
        self.size, self.read = size, read

    def root(self) -> bytes:
        return self._root(0, self.size) if self.size else EMPTY

    def inclusion(self, index: int) -> list[bytes]:
        """Return the inclusion proof of a leaf: PATH of RFC 9162, section 2.1.3.1."""
        return self._path(index, 0, self.size)

    def _root(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0:
            return self._node(width.bit_length() - 1, start)
        middle = start + _split(width)
        return hash_node(self._root(start, middle), self._root(middle, end))

    def _node(self, height: int, start: int) -> bytes:
        """Return the root of the full subtree of this height over the leaves from `start`."""
        level, above = divmod(height, 8)
        tile, first = divmod(start >> (8 * level), WIDTH)
        return fold(self.read(level, tile)[first * HASH : (first + (1 << above)) * HASH])

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._root(middle, end)]
        return [*self._path(index, middle, end), self._root(start, middle)]


def grow(size: int, read: Read, leaves: Iterable[bytes]) -> dict[tuple[int, int], bytes]:
    """Return the tiles that these hashes of leaves change or add, by level and index, in a tree of `size` leaves."""
    changed: dict[tuple[int, int], bytes] = {}

    def append(level: int, at: int, found: bytes) -> None:
        tile, place = divmod(at, WIDTH)
        before = changed[level, tile] if (level, tile) in changed else read(level, tile) if place else b""
        changed[level, tile] = hashes = before + found
        if len(hashes) == FULL:
            append(level + 1, tile, fold(hashes))

    for at, leaf in enumerate(leaves, size):
        append(0, at, leaf)
    return changed


def tile_path(index: int) -> str:
    """Return the index of a tile in the form of addresses: x001/x234/067."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups)


def _split(width: int) -> int:
    """Return the largest power of two below the width."""
    return 1 << (width - 1).bit_length() - 1
