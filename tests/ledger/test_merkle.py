"""The tree against the definition of RFC 6962, 2.1, written out naively; known answers of its section 2.1.3 kind."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.ledger.merkle import (
    EMPTY_ROOT,
    KEPT_LEVELS,
    Peaks,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_by_consistency,
    root_by_inclusion,
)


def naive(leaves):
    """MTH of RFC 6962."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


def grown(count):
    """Leaves, the tree's edge, and a reader of its kept hashes."""
    leaves = [leaf_hash(str(number).encode()) for number in range(count)]
    kept = {0: leaves, **{level: [] for level in KEPT_LEVELS}}
    peaks = Peaks()
    for one in leaves:
        for level, number, hashed in peaks.push(one):
            assert number == len(kept[level])
            kept[level].append(hashed)
    return leaves, peaks, lambda level, first, end: kept[level][first:end]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 255, 256, 257, 600])
def test_the_root_is_that_of_the_definition(count):
    leaves, peaks, read = grown(count)
    assert peaks.root() == naive(leaves)
    assert Peaks.at(count, read).root() == naive(leaves)
    assert Peaks().root() == EMPTY_ROOT


@given(st.integers(1, 700), st.data())
def test_every_leaf_is_proven_and_no_other(count, data):
    leaves, peaks, read = grown(count)
    leaf = data.draw(st.integers(0, count - 1))
    path = inclusion_path(leaf, count, read)
    assert root_by_inclusion(leaf, count, leaves[leaf], path) == peaks.root()
    assert root_by_inclusion(leaf, count, leaf_hash(b"another"), path) != peaks.root()
    other = data.draw(st.integers(0, count - 1))
    if other != leaf:
        assert root_by_inclusion(other, count, leaves[leaf], path) != peaks.root()


@given(st.integers(1, 700), st.data())
def test_a_tree_is_proven_to_begin_with_an_earlier_one(count, data):
    leaves, peaks, read = grown(count)
    old = data.draw(st.integers(1, count))
    path = consistency_path(old, count, read)
    before = naive(leaves[:old])
    assert root_by_consistency(old, count, before, path) == (before, peaks.root())
    forged = naive([leaf_hash(b"forged"), *leaves[1:old]])
    if old < count:
        assert root_by_consistency(old, count, forged, path) != (forged, peaks.root())
