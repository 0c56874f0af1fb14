"""Which of the pairs that share a piece of the grid are within reach: `partners` compiled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.compiled.compiling import compiled, in_blocks
from trucewatch.incidents.features import DAY, Features
from trucewatch.incidents.weights import SIGMA_PER_RADIUS, Bounds

__all__ = ["CompiledSides"]

Ints = npt.NDArray[np.int64]

_BLOCK = 1 << 22


class CompiledSides:
    """Two lists of rows between which pairs are looked for; answers as `partners._Sides` does."""

    def __init__(self, rows: Features, weights: Bounds, left: Ints, right: Ints) -> None:
        self._left, self._right, self._count = left, right, len(rows)
        self._mine, self._theirs = _facts(rows, left), _facts(rows, right)
        self._limits = (weights.reach_days * DAY, weights.reach_sigma, SIGMA_PER_RADIUS**2, weights.sigma_floor_m**2)

    def places(self, keys: Ints, asked: Ints) -> Ints:
        """Return how many of the sorted keys are less than each of those asked for."""
        found = np.empty(len(asked), dtype=np.int64)
        _placed(keys, asked, found)
        return found

    def near(self, which: Ints, low: Ints, high: Ints) -> Iterator[Ints]:
        """Yield the pairs within reach of left[which[i]] and right[low[i]:high[i]]."""
        ends = np.cumsum(high - low)

        def work(begin: int, end: int) -> Ints:
            room = np.empty(int(ends[end - 1] - (ends[begin - 1] if begin else 0)), dtype=np.int64)
            part = slice(begin, end)
            asked = (which[part], low[part], high[part])
            count = _kept(self._left, self._right, *asked, self._mine, self._theirs, self._limits, self._count, room)
            return np.sort(room[:count])

        yield from in_blocks(work, _blocks(ends))


@compiled
def _placed(keys, asked, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Search from the last place on in growing steps: what is asked for comes almost in order."""
    place, count = 0, len(keys)
    for number in range(len(asked)):
        key, step = asked[number], 1
        while place > 0 and keys[place - 1] >= key:
            place, step = max(0, place - step), 2 * step
        step, beyond = 1, place
        while beyond < count and keys[beyond] < key:
            place, beyond, step = beyond + 1, min(count, beyond + step), 2 * step
        while place < beyond:
            middle = (place + beyond) // 2
            if keys[middle] < key:
                place = middle + 1
            else:
                beyond = middle
        found[number] = place


def _blocks(ends: Ints) -> list[tuple[int, int]]:
    """Return bounds of blocks of about equally many pairs."""
    if not len(ends) or ends[-1] <= _BLOCK:
        return [(0, len(ends))] if len(ends) else []
    cuts = np.searchsorted(ends, np.arange(_BLOCK, ends[-1], _BLOCK))
    edges = np.unique(np.concatenate([[0], cuts, [len(ends)]]))
    return [(a, b) for a, b in pairwise(edges.tolist())]


def _facts(rows: Features, which: Ints) -> tuple[npt.NDArray[Any], ...]:
    """Return what decides about reach, laid out in the order in which it is read."""
    lat, lon = np.radians(rows.lat[which]), np.radians(rows.lon[which])
    own = (lat, lon, np.cos(lat), rows.radius[which] ** 2, rows.placed[which], rows.start[which], rows.end[which])
    return tuple(map(np.ascontiguousarray, own))


@compiled
def _kept(left, right, which, low, high, mine, theirs, limits, all_rows, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Write the keys of the pairs within reach into `room`; return how many they are.

    The radius of the Earth stands here again, because what is compiled and kept takes no notice of a
    constant that changes elsewhere.
    """
    lat, lon, cosine, square, placed, start, end = mine
    lats, lons, cosines, squares, placeds, starts, ends = theirs
    days, sigmas, per_radius, floor = limits
    count = 0
    for number in range(len(which)):
        place = which[number]
        one = left[place]
        for at in range(low[number], high[number]):
            gap = max(start[place] - ends[at], starts[at] - end[place])
            other = right[at]
            if one == other or gap > days:
                continue
            if placed[place] and placeds[at]:
                reach = sigmas * np.sqrt((square[place] + squares[at]) / per_radius + floor)
                if abs(lat[place] - lats[at]) * 6_371_008.8 > reach + 1.0:
                    continue
                north = np.sin((lats[at] - lat[place]) / 2.0)
                east = np.sin((lons[at] - lon[place]) / 2.0)
                chord = north * north + cosine[place] * cosines[at] * east * east
                if 2.0 * 6_371_008.8 * np.arcsin(np.sqrt(min(1.0, chord))) > reach:
                    continue
            room[count] = min(one, other) * all_rows + max(one, other)
            count += 1
    return count
