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
from itertools import combinations_with_replacement, product

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.features import DAY, OPEN, Features
from trucewatch.incidents.weights import SIGMA_PER_RADIUS, Bounds

__all__ = [
    "Candidates",
    "candidate_pairs",
    "combined_sigma",
    "comparable",
    "days_apart",
    "metres_apart",
]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""
DEGREE_M = EARTH_M * np.pi / 180.0

RADIUS_CLASSES_M = (2_500.0, 8_000.0, 30_000.0, 120_000.0)
"""Upper ends; a place known less well than the last is no position."""
PERIOD_CLASSES_DAYS = (1.5, 8.0, 40.0, 400.0)
"""Upper ends; a longer period is a total, not a happening, and is compared only by grouping."""

_OPEN_DAYS = 31
"""On the grid a period with one unknown bound reaches this far from its known bound."""
_BLOCK = 1 << 20
_COLUMNS = 1 << 17
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


def metres_apart(rows: Features, first: Ints, second: Ints) -> Floats:
    """Return great-circle metres between two rows of each pair (haversine); meaningless if
    unplaced.
    """
    lat1, lat2 = np.radians(rows.lat[first]), np.radians(rows.lat[second])
    half_lon = np.radians(rows.lon[second] - rows.lon[first]) / 2.0
    chord = np.sin((lat2 - lat1) / 2.0) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(half_lon) ** 2
    return np.asarray(2.0 * EARTH_M * np.arcsin(np.sqrt(np.minimum(1.0, chord))), dtype=np.float64)


def combined_sigma(rows: Features, first: Ints, second: Ints, weights: Bounds) -> Floats:
    """Return the standard deviation in metres of the distance between two places of one
    happening.
    """
    variance = (rows.radius[first] ** 2 + rows.radius[second] ** 2) / SIGMA_PER_RADIUS**2
    return np.asarray(np.sqrt(variance + weights.sigma_floor_m**2), dtype=np.float64)


def days_apart(rows: Features, first: Ints, second: Ints) -> Floats:
    """Return days between two periods; negative if they overlap, 0 if one starts when the other
    ends.
    """
    gap = np.maximum(rows.start[first] - rows.end[second], rows.start[second] - rows.end[first])
    return np.asarray(gap / DAY, dtype=np.float64)


def candidate_pairs(rows: Features, weights: Bounds) -> Candidates:
    """Return every pair worth scoring; the bound on partners per cell keeps hot cities linear."""
    found: list[Ints] = []
    cut = 0
    for pairs, dropped in (
        *_by_grid(rows, weights),
        *_by_place(rows, weights),
        *_by_grouping(rows, weights),
    ):
        found.append(pairs)
        cut += dropped
    joined = _distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
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


def _start(rows: Features) -> Ints:
    """Return where the period begins on the grid: a month before its end if nobody knows."""
    return np.where(rows.start == -OPEN, rows.end - _OPEN_DAYS * DAY, rows.start)


def _spans(rows: Features) -> Floats:
    """Return the length of the period on the grid in days."""
    spans = (rows.end - rows.start) / DAY
    return np.asarray(np.where(spans > OPEN / DAY / 2, _OPEN_DAYS, spans), dtype=np.float64)


def _by_grid(rows: Features, weights: Bounds) -> Iterator[tuple[Ints, int]]:
    spans = _spans(rows)
    space = np.searchsorted(RADIUS_CLASSES_M, rows.radius)
    time = np.searchsorted(PERIOD_CLASSES_DAYS, spans)
    usable = rows.placed & rows.dated & (space < len(RADIUS_CLASSES_M))
    usable &= time < len(PERIOD_CLASSES_DAYS)
    order = _Order(rows, weights, spans)
    kinds = product(range(len(RADIUS_CLASSES_M)), range(len(PERIOD_CLASSES_DAYS)))
    members = {
        kind: np.flatnonzero(usable & (space == kind[0]) & (time == kind[1])) for kind in kinds
    }
    present = [kind for kind, each in members.items() if len(each)]
    for one, other in combinations_with_replacement(present, 2):
        sigma = np.hypot(RADIUS_CLASSES_M[one[0]], RADIUS_CLASSES_M[other[0]]) / SIGMA_PER_RADIUS
        cell_m = weights.reach_sigma * float(np.hypot(sigma, weights.sigma_floor_m))
        low, high = order.window(members[one], PERIOD_CLASSES_DAYS[other[1]])
        yield from _join(rows, weights, order.rank, members[one], members[other], cell_m, low, high)


class _Order:
    """All reports in order of start, act, parties and id: where a cell holds more partners than the
    bound, the nearest in this order are kept."""

    def __init__(self, rows: Features, weights: Bounds, spans: Floats) -> None:
        start = _start(rows)
        order = np.lexsort((rows.dyad.codes, rows.act.codes, start))
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[order] = np.arange(len(order))
        self._sorted = start[order]
        self._reach = weights.reach_days
        self._start, self._end = start, start + np.rint(spans * DAY).astype(np.int64)

    def window(self, which: Ints, longest: float) -> tuple[Ints, Ints]:
        """Return the ranks [low, high) between which lie all partners in time whose periods have at
        most `longest` days."""
        earliest = self._start[which] - round((longest + self._reach) * DAY)
        latest = self._end[which] + round(self._reach * DAY)
        low = np.searchsorted(self._sorted, earliest, side="left")
        return low, np.searchsorted(self._sorted, latest, side="right")


def _join(
    rows: Features, weights: Bounds, rank: Ints, left: Ints, right: Ints, cell_m: float, low: Ints, high: Ints
) -> Iterator[tuple[Ints, int]]:
    """Yield pairs of `left` × `right` in equal or neighbouring cells, closer than the reach.

    `low` and `high` are the ranks between which the partners of each left one lie.
    """
    stay = np.zeros(len(right), dtype=np.int64)
    cell = _cell(rows, right, cell_m, stay, stay)
    sorter = np.lexsort((rank[right], cell))
    right, keys = right[sorter], (cell * len(rank) + rank[right])[sorter]
    # Asked for in the order of the cells, since searches near each other find each other's memory.
    home = np.argsort(_cell(rows, left, cell_m, *np.zeros((2, len(left)), dtype=np.int64)), kind="stable")
    left, low, high = left[home], low[home], high[home]
    for row_step, column_step in _NEIGHBOURS.tolist():
        near = _cell(rows, left, cell_m, row_step, column_step) * len(rank)
        ranges = (near + low, near + high, near + rank[left])
        yield from _partners(rows, weights, left, right, keys, ranges)


def _partners(
    rows: Features, weights: Bounds, left: Ints, right: Ints, keys: Ints, asked: tuple[Ints, Ints, Ints]
) -> Iterator[tuple[Ints, int]]:
    """Yield pairs of each left one and those of `right` (sorted by key) whose keys lie in its range.

    `asked`: first key, key after the last, and where the left one would stand itself.
    """
    low, high = np.searchsorted(keys, asked[0]), np.searchsorted(keys, asked[1])
    some = np.flatnonzero(low < high)
    low, high, left = low[some], high[some], left[some]
    middle = _middle(keys, asked[2][some], low, high, weights.partners)
    low, high, cut = _bounded(low, high, middle, weights.partners)
    yield np.empty(0, dtype=np.int64), cut
    for first, second in _expanded(left, right, low, high):
        yield _keep_near(rows, weights, first, second), 0


def _middle(keys: Ints, own: Ints, low: Ints, high: Ints, most: int) -> Ints:
    """Return where each report would stand itself, which is asked only where the bound cuts."""
    over = high - low > most
    middle = low.copy()
    middle[over] = np.searchsorted(keys, own[over])
    return middle


def _cell(rows: Features, which: Ints, cell_m: float, row_step: Ints | int, column_step: Ints | int) -> Ints:
    """Return the number of the cell that lies these steps from the cell of each report.

    Columns are as wide as a cell at the edge of the neighbouring row that is nearer to the pole.
    """
    height = cell_m / DEGREE_M
    row = np.floor((rows.lat[which] + 90.0) / height) + row_step
    edge = np.maximum(np.abs((row - 1) * height - 90.0), np.abs((row + 2) * height - 90.0))
    width = height / np.maximum(0.02, np.cos(np.radians(np.minimum(89.0, edge))))
    columns = np.maximum(1.0, np.floor(360.0 / width))
    column = np.floor((rows.lon[which] + 180.0) / (360.0 / columns))
    column = np.mod(column + column_step, columns)
    return np.asarray((row + 1) * _COLUMNS + column, dtype=np.int64)


def _bounded(low: Ints, high: Ints, middle: Ints, most: int) -> tuple[Ints, Ints, int]:
    """Return ranges of at most `most` around `middle`, and how many places were cut off."""
    over = (high - low) > most
    if not over.any():
        return low, high, 0
    cut = int((high - low - most)[over].sum())
    start = np.clip(middle - most // 2, low, np.maximum(low, high - most))
    low = np.where(over, start, low)
    return low, np.where(over, low + most, high), cut


def _expanded(left: Ints, right: Ints, low: Ints, high: Ints) -> Iterator[tuple[Ints, Ints]]:
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
    return _packed(rows, first[near], second[near])


def _packed(rows: Features, first: Ints, second: Ints) -> Ints:
    return _distinct(np.minimum(first, second) * len(rows) + np.maximum(first, second))


def _distinct(keys: Ints) -> Ints:
    """Return the sorted distinct keys: by sorting, which here is many times faster than by hashing."""
    ordered = np.sort(keys)
    fresh = np.ones(len(ordered), dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[fresh], dtype=np.int64)


def _by_place(rows: Features, weights: Bounds) -> Iterator[tuple[Ints, int]]:
    """Yield partners by place key and by place name for reports without coordinates."""
    spans = _spans(rows)
    usable = rows.dated & (spans <= PERIOD_CLASSES_DAYS[2])
    order = _Order(rows, weights, spans)
    for codes in (rows.place.codes, rows.name.codes):
        right = np.flatnonzero(usable & (codes >= 0))
        left = right[~rows.placed[right]]
        if not len(left):
            continue
        keys = codes[right] * len(rows) + order.rank[right]
        sorter = np.argsort(keys)
        low, high = order.window(left, PERIOD_CLASSES_DAYS[2])
        near = codes[left] * len(rows)
        asked = (near + low, near + high, near + order.rank[left])
        yield from _partners(rows, weights, left, right[sorter], keys[sorter], asked)


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
    for first, second in _expanded(members, members, low, high):
        yield _packed(rows, first, second), 0
