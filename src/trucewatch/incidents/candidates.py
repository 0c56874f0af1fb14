"""Which pairs of reports are worth comparing: grids of space and time, never all pairs.

Reports fall into classes of precision, by radius and by length of period. For every pair of classes
there is one grid whose cells are as wide as the reach of that pair of classes, so that partners
lie in the same cell or a neighbouring one. Cells become sorted integers, neighbours are found by
binary search. A report without coordinates finds partners through its place key or its place name;
one without time or place only through the grouping of its data set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations_with_replacement, product

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.features import DAY, Features
from trucewatch.incidents.grid import (
    PERIOD_CLASSES_DAYS,
    RADIUS_CLASSES_M,
    Grid,
    TimeOrder,
    grid_spans,
)
from trucewatch.incidents.partners import (
    distinct,
    expanded,
    packed,
    partners,
    side_by_side,
    sides_of,
)
from trucewatch.incidents.weights import SIGMA_PER_RADIUS, Bounds

__all__ = ["Candidates", "candidate_pairs", "comparable"]

Ints = npt.NDArray[np.int64]

_NEIGHBOURS = np.array(list(product((-1, 0, 1), repeat=2)), dtype=np.int64)
"""Steps in rows and columns from a cell to itself and the cells around it."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs of rows with `first` < `second`, each once, in order; and how many the bound cut
    off.
    """

    first: Ints
    second: Ints
    cut: int

    def __len__(self) -> int:
        return len(self.first)


def candidate_pairs(
    rows: Features, weights: Bounds, about: npt.NDArray[np.bool_] | None = None
) -> Candidates:
    """Return every pair worth scoring; the bound on partners per cell keeps hot cities linear.

    `about` (default: all): the rows that look for partners. A pair of two others is found only if
    both belong to one group of a data set; `cut` counts what was cut off for these rows.
    """
    found: list[Ints] = []
    cut = 0
    order = TimeOrder(rows, weights)
    for pairs, dropped in chain(
        _by_grid(rows, weights, order, about), _by_place(rows, weights, order, about), _by_grouping(rows, weights)
    ):
        found.append(pairs)
        cut += dropped
    joined = distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    count = max(1, len(rows))
    return Candidates(joined // count, joined % count, cut)


def comparable(rows: Features) -> npt.NDArray[np.bool_]:
    """Return which reports have a time and a place that are compared with all others.

    Where one of two reports has not, that they were not compared says nothing.
    """
    spans = (rows.end - rows.start) / DAY
    mapped = rows.placed & (rows.radius <= RADIUS_CLASSES_M[-1]) & (spans <= PERIOD_CLASSES_DAYS[-1])
    named = ~rows.placed & ((rows.place.codes >= 0) | (rows.name.codes >= 0))
    return np.asarray(rows.dated & (mapped | (named & (spans <= PERIOD_CLASSES_DAYS[2]))), dtype=bool)


def _by_grid(
    rows: Features, weights: Bounds, order: TimeOrder, about: npt.NDArray[np.bool_] | None
) -> Iterator[tuple[Ints, int]]:
    space = np.searchsorted(RADIUS_CLASSES_M, rows.radius)
    time = np.searchsorted(PERIOD_CLASSES_DAYS, grid_spans(rows))
    usable = rows.placed & rows.dated & (space < len(RADIUS_CLASSES_M))
    usable &= time < len(PERIOD_CLASSES_DAYS)
    kinds = product(range(len(RADIUS_CLASSES_M)), range(len(PERIOD_CLASSES_DAYS)))
    usable, space, time = usable[order.order], space[order.order], time[order.order]
    members = {
        kind: order.order[usable & (space == kind[0]) & (time == kind[1])] for kind in kinds
    }
    present = [kind for kind, each in members.items() if len(each)]
    def joined(one: tuple[int, int], other: tuple[int, int]) -> list[tuple[Ints, int]]:
        sigma = np.hypot(RADIUS_CLASSES_M[one[0]], RADIUS_CLASSES_M[other[0]]) / SIGMA_PER_RADIUS
        cell_m = weights.reach_sigma * float(np.hypot(sigma, weights.sigma_floor_m))
        left = members[one] if about is None else members[one][about[members[one]]]
        low, high = order.window(left, PERIOD_CLASSES_DAYS[other[1]])
        return list(_join(rows, weights, order.rank, left, members[other], cell_m, low, high))

    for found in side_by_side(joined, list(combinations_with_replacement(present, 2)), len(rows)):
        yield from found


def _join(
    rows: Features, weights: Bounds, rank: Ints, left: Ints, right: Ints, cell_m: float, low: Ints, high: Ints
) -> Iterator[tuple[Ints, int]]:
    """Yield pairs of `left` × `right` in equal or neighbouring cells, closer than the reach.

    `low` and `high` are the ranks between which the partners of each left one lie.
    """
    grid = Grid(rows, cell_m)
    keys = grid.cell(right) * len(rank) + rank[right]
    sorter = np.argsort(keys)
    right, keys = right[sorter], keys[sorter]
    # Asked for in the order of the cells, since searches near each other find each other's memory.
    home = np.argsort(grid.cell(left) * len(rank) + rank[left])
    left, low, high = left[home], low[home], high[home]
    sides = sides_of(rows, weights, left, right)
    for row_step, column_step in _NEIGHBOURS.tolist():
        near = grid.cell(left, row_step, column_step) * len(rank)
        yield from partners(sides, keys, (near + low, near + high, near + rank[left]), weights.partners)


def _by_place(
    rows: Features, weights: Bounds, order: TimeOrder, about: npt.NDArray[np.bool_] | None
) -> Iterator[tuple[Ints, int]]:
    """Yield partners by place key and by place name for reports without coordinates."""
    usable = rows.dated & (grid_spans(rows) <= PERIOD_CLASSES_DAYS[2])
    for codes in (rows.place.codes, rows.name.codes):
        right = np.flatnonzero(usable & (codes >= 0))
        left = right[~rows.placed[right]]
        left = left if about is None else left[about[left]]
        if not len(left):
            continue
        keys = codes[right] * len(rows) + order.rank[right]
        sorter = np.argsort(keys)
        low, high = order.window(left, PERIOD_CLASSES_DAYS[2])
        near = codes[left] * len(rows)
        asked = (near + low, near + high, near + order.rank[left])
        yield from partners(sides_of(rows, weights, left, right[sorter]), keys[sorter], asked, weights.partners)


def _by_grouping(rows: Features, weights: Bounds) -> Iterator[tuple[Ints, int]]:
    """Yield every pair that a data set puts into one group; in a huge group each with the next
    ones.
    """
    codes = rows.grouping.codes
    members = np.flatnonzero(codes >= 0)
    members = members[np.lexsort((members, codes[members]))]
    ends = np.searchsorted(codes[members], codes[members], side="right")
    low = np.arange(1, len(members) + 1)
    high = np.minimum(ends, low + weights.partners)
    yield np.empty(0, dtype=np.int64), int((ends - high).sum())
    for first, second in expanded(members, members, low, high):
        yield packed(rows, first, second), 0
