"""The tree agrees with another implementation, pymerkle, for every size up to 1,000, and with RFC 9162's own words."""

import random
from functools import cache
from hashlib import sha256

import pymerkle
import pytest

from claims.proof.merkle import EMPTY, FULL, Tree, grow, hash_leaf, tile_path
from tools import verify_receipt

SIZES = 1_000
LEAVES = [f"leaf {number}".encode() for number in range(SIZES)]


@cache
def other():
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in LEAVES:
        tree.append_entry(leaf)
    return tree


@cache
def tiles():
    return grow(0, {}.__getitem__, map(hash_leaf, LEAVES))


def tree(size):
    def read(level, index):
        return tiles()[level, index][: ((size >> (8 * level)) - 256 * index) * 32]

    return Tree(size, read)


def test_it_works():
    assert tree(SIZES).root() == other().get_root(SIZES)
    assert len(tiles()) == 5 and len(tiles()[0, 0]) == FULL


def test_roots_of_all_sizes_agree():
    assert [tree(size).root() for size in range(1, SIZES + 1)] == [other().get_root(n) for n in range(1, SIZES + 1)]


def test_proofs_of_inclusion_agree():
    """For every size: the first leaf, the last one, and one in between."""
    chosen = random.Random(9162)
    for size in range(1, SIZES + 1):
        for index in {0, size - 1, chosen.randrange(size)}:
            proof = other().prove_inclusion(index + 1, size)
            assert tree(size).inclusion(index) == proof.path[1:], (index, size)


def test_the_verifier_agrees():
    """It finds the same root from each proof, and both roots of each pair of sizes from the same tiles."""
    chosen = random.Random(9162)
    for size in range(1, SIZES + 1):
        index, before = chosen.randrange(size), chosen.randint(1, size)
        proof = other().prove_inclusion(index + 1, size).path[1:]
        assert verify_receipt.root_by(hash_leaf(LEAVES[index]), index, size, proof) == other().get_root(size)
        log = verify_receipt.Tiles("", size)
        log.read = tree(size).read
        assert log.roots(0, size, before) == (other().get_root(size), other().get_root(before)), (before, size)


def test_an_empty_tree_has_the_root_of_nothing():
    assert Tree(0, {}.__getitem__).root() == EMPTY == sha256(b"").digest()


@pytest.mark.parametrize("steps", [[1] * 300, [255, 1, 1, 256, 200], [700]])
def test_it_grows_to_the_same_tiles_by_any_steps(steps):
    found, size = {}, 0

    def read(*place):
        return found[place]

    for step in steps:
        found |= grow(size, read, map(hash_leaf, LEAVES[size : size + step]))
        size += step
    assert found == grow(0, {}.__getitem__, map(hash_leaf, LEAVES[:size]))


def test_a_third_level():
    """65,536 leaves fill level 1: its root is the first hash of level 2."""
    leaves = [hash_leaf(b"%d" % number) for number in range(65_537)]
    found = grow(0, {}.__getitem__, leaves)
    assert len(found[2, 0]) == 32
    assert found[2, 0] == Tree(65_536, lambda *place: found[place]).root()


@pytest.mark.parametrize(
    ("index", "path"), [(0, "000"), (999, "999"), (1_000, "x001/000"), (1_234_067, "x001/x234/067")]
)
def test_the_path_of_a_tile(index, path):
    assert tile_path(index) == path
