"""Pairs of those reports that stand in one range of the grid and are within reach of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.apart import combined_sigma, days_apart, metres_apart
from trucewatch.incidents.compiled import available
from trucewatch.incidents.features import Features
from trucewatch.incidents.weights import Bounds

if TYPE_CHECKING:
    from trucewatch.incidents.compiled.joining import CompiledSides

__all__ = ["distinct", "expanded", "packed", "partners", "side_by_side", "sides_of"]

A = TypeVar("A")
T = TypeVar("T")

Ints = npt.NDArray[np.int64]

_BLOCK = 1 << 20
_WORTH_THREADS = 20_000
"""Of fewer reports the jobs are done before another thread has begun."""


class _Sides:
    """Two lists of rows between which pairs are looked for."""

    def __init__(self, rows: Features, weights: Bounds, left: Ints, right: Ints) -> None:
        self._rows, self._weights, self._left, self._right = rows, weights, left, right

    def places(self, keys: Ints, asked: Ints) -> Ints:
        """Return how many of the sorted keys are less than each of those asked for."""
        return np.searchsorted(keys, asked)

    def near(self, which: Ints, low: Ints, high: Ints) -> Iterator[Ints]:
        """Yield the pairs within reach of left[which[i]] and right[low[i]:high[i]]."""
        for first, second in expanded(self._left[which], self._right, low, high):
            yield _keep_near(self._rows, self._weights, first, second)


def side_by_side(work: Callable[[A, A], T], jobs: Sequence[tuple[A, A]], reports: int) -> Iterator[T]:
    """Yield the answer of each job in order; of much work two jobs are done at a time."""
    if reports < _WORTH_THREADS or not available(reports):
        yield from starmap(work, jobs)
        return
    from trucewatch.incidents.compiled.compiling import in_blocks

    yield from in_blocks(work, jobs)


def sides_of(rows: Features, weights: Bounds, left: Ints, right: Ints) -> _Sides | CompiledSides:
    """Return what finds pairs between `left` and `right`: compiled where there is much to find."""
    if not available(len(rows)):
        return _Sides(rows, weights, left, right)
    from trucewatch.incidents.compiled.joining import CompiledSides

    return CompiledSides(rows, weights, left, right)


def partners(
    sides: _Sides | CompiledSides, keys: Ints, asked: tuple[Ints, Ints, Ints], most: int
) -> Iterator[tuple[Ints, int]]:
    """Yield pairs of each left one and those of the right (sorted by key) whose keys lie in its range.

    `asked`: first key, key after the last, and where the left one would stand itself.
    """
    low, high = sides.places(keys, asked[0]), sides.places(keys, asked[1])
    some = np.flatnonzero(low < high)
    low, high = low[some], high[some]
    middle = _middle(keys, asked[2][some], low, high, most)
    low, high, cut = _bounded(low, high, middle, most)
    yield np.empty(0, dtype=np.int64), cut
    for pairs in sides.near(some, low, high):
        yield pairs, 0


def _middle(keys: Ints, own: Ints, low: Ints, high: Ints, most: int) -> Ints:
    """Return where each report would stand itself, which is asked only where the bound cuts."""
    over = high - low > most
    middle = low.copy()
    middle[over] = np.searchsorted(keys, own[over])
    return middle


def _bounded(low: Ints, high: Ints, middle: Ints, most: int) -> tuple[Ints, Ints, int]:
    """Return ranges of at most `most` around `middle`, and how many places were cut off."""
    over = (high - low) > most
    if not over.any():
        return low, high, 0
    cut = int((high - low - most)[over].sum())
    start = np.clip(middle - most // 2, low, np.maximum(low, high - most))
    low = np.where(over, start, low)
    return low, np.where(over, low + most, high), cut


def expanded(left: Ints, right: Ints, low: Ints, high: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs of the ranges in blocks, so that memory stays bounded."""
    counts = high - low
    ends = np.cumsum(counts)
    begin = 0
    while begin < len(left):
        base = int(ends[begin - 1]) if begin else 0
        stop = max(begin + 1, int(np.searchsorted(ends, base + _BLOCK, side="right")))
        part = counts[begin:stop]
        total = int(part.sum())
        if total:
            offset = np.arange(total) - np.repeat(np.cumsum(part) - part, part)
            yield (
                np.repeat(left[begin:stop], part),
                right[np.repeat(low[begin:stop], part) + offset],
            )
        begin = stop


def _keep_near(rows: Features, weights: Bounds, first: Ints, second: Ints) -> Ints:
    """Return the pairs within reach in time and, if both have coordinates, in space, as
    integers.
    """
    near = (first != second) & (days_apart(rows, first, second) <= weights.reach_days)
    first, second = first[near], second[near]
    reach = weights.reach_sigma * combined_sigma(rows, first, second, weights)
    apart = rows.placed[first] & rows.placed[second]
    near = ~apart | (metres_apart(rows, first, second) <= reach)
    return packed(rows, first[near], second[near])


def packed(rows: Features, first: Ints, second: Ints) -> Ints:
    """Return each pair once, as one number, whichever row comes first; sorted."""
    return distinct(np.minimum(first, second) * len(rows) + np.maximum(first, second))


def distinct(keys: Ints) -> Ints:
    """Return the sorted distinct keys: by sorting, which here is many times faster than by hashing."""
    ordered = np.sort(keys)
    fresh = np.ones(len(ordered), dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[fresh], dtype=np.int64)
