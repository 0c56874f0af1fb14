"""The Merkle tree of RFC 6962, section 2.1: roots, inclusion and consistency proofs.

Leaves are entries in order, counted from 0. Of the inner nodes only those that close 256, 256² or
256³ leaves are kept (`KEPT_LEVELS`): one node for 256 entries, and still no proof reads more than
a few hundred hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

__all__ = [
    "EMPTY_ROOT", "KEPT_LEVELS", "Peaks", "ReadHashes", "consistency_path", "inclusion_path", "leaf_hash",
    "node_hash", "range_root", "root_by_consistency", "root_by_inclusion",
]

EMPTY_ROOT = sha256(b"").digest()
KEPT_LEVELS = (8, 16, 24)
"""Levels whose closed nodes a store keeps beside the leaves; a node of level n closes 2**n leaves."""

ReadHashes = Callable[[int, int, int], Sequence[bytes]]
"""`read(level, first, end)`: hashes of a kept level (or of level 0, the leaves), `end` excluded."""


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of an entry."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Peaks:
    """The closed subtrees at the right edge of a growing tree: all that appending needs."""

    size: int = 0
    _peaks: list[bytes] = field(default_factory=list)
    """One hash for each bit of `size` that is set, largest subtree first."""

    @classmethod
    def at(cls, size: int, read: ReadHashes) -> Peaks:
        """Return the edge of a stored tree of `size` leaves."""
        return cls(size, [_closed(level, number, read) for level, number in _cover(0, size)])

    def copy(self) -> Peaks:
        """Return an edge that grows by itself."""
        return Peaks(self.size, list(self._peaks))

    def push(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf; yield (level, number, hash) of each kept node that it closes."""
        level, edge = 0, leaf
        while self.size >> level & 1:
            edge = node_hash(self._peaks.pop(), edge)
            level += 1
            if level in KEPT_LEVELS:
                yield level, self.size >> level, edge
        self._peaks.append(edge)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree so far."""
        return _folded(self._peaks)


def range_root(first: int, end: int, read: ReadHashes) -> bytes:
    """Return the root over leaves `first` to `end` (excluded), as RFC 6962 splits them."""
    return _folded([_closed(level, number, read) for level, number in _cover(first, end)])


def inclusion_path(leaf: int, size: int, read: ReadHashes) -> tuple[bytes, ...]:
    """Return the audit path of a leaf in the tree of `size` leaves (RFC 6962, 2.1.1), leaf side first."""
    return tuple(range_root(first, end, read) for first, end in _siblings(leaf, size))


def _siblings(leaf: int, size: int) -> list[tuple[int, int]]:
    first, end, found = 0, size, []
    while end - first > 1:
        middle = first + _split(end - first)
        if leaf < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def consistency_path(old: int, new: int, read: ReadHashes) -> tuple[bytes, ...]:
    """Return the proof that the tree of `old` leaves is the beginning of that of `new` (2.1.2)."""
    if old in (0, new):
        return ()
    first, end, whole, found = 0, new, True, []
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first, whole = middle, False
    ranges = found[::-1] if whole else [(first, end), *found[::-1]]
    return tuple(range_root(one, other, read) for one, other in ranges)


def root_by_inclusion(leaf: int, size: int, hashed: bytes, path: Sequence[bytes]) -> bytes | None:
    """Return the root that a leaf hash and its audit path lead to; None if the path has another length."""
    sides = _siblings(leaf, size) if 0 <= leaf < size else None
    if sides is None or len(sides) != len(path):
        return None
    for (first, _), sibling in zip(sides, path, strict=True):
        hashed = node_hash(sibling, hashed) if first < leaf else node_hash(hashed, sibling)
    return hashed


def root_by_consistency(
    old: int, new: int, old_root: bytes, path: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """Return both roots that a consistency proof leads to (RFC 9162, 2.1.4.2); None if it has no right form."""
    if old in (0, new):
        return None if path else (old_root, old_root)
    rest = list(path) if old & (old - 1) else [old_root, *path]
    if not 0 < old < new or not rest:
        return None
    left, last = old - 1, new - 1
    while left & 1:
        left, last = left >> 1, last >> 1
    one = other = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return None
        if left & 1 or left == last:
            one, other = node_hash(sibling, one), node_hash(sibling, other)
            while left and not left & 1:
                left, last = left >> 1, last >> 1
        else:
            other = node_hash(other, sibling)
        left, last = left >> 1, last >> 1
    return (one, other) if last == 0 else None


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _cover(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (level, number) of the closed subtrees that cover a range which begins at a multiple of their sizes."""
    while first < end:
        level = (end - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def _closed(level: int, number: int, read: ReadHashes) -> bytes:
    """Return the hash of a closed subtree from the nearest kept level below it."""
    base = max(kept for kept in (0, *KEPT_LEVELS) if kept <= level)
    span = level - base
    row = list(read(base, number << span, number + 1 << span))
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def _folded(peaks: Iterable[bytes]) -> bytes:
    root: bytes | None = None
    for peak in reversed(list(peaks)):
        root = peak if root is None else node_hash(peak, root)
    return EMPTY_ROOT if root is None else root
