"""Greedy agglomeration on summed log-odds and local moves, under hard rules, for one component.

Bansal, Blum & Chawla (2004) state the problem (correlation clustering); merging the best pair
first with a heap and then moving single members is the usual heuristic. The work is bounded by the
pairs kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

__all__ = ["Solver"]

Ints = npt.NDArray[np.int64]
Kept = tuple[int, int]
"""Sum of the pairs kept between two clusters in micro-log-odds, and how many they are."""

_ROUNDS = 4
_NONE: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Cluster:
    """A growing cluster: its units, how many reports, and what it holds."""

    units: set[int]
    size: int
    documents: Counter[int]
    near: dict[int, Kept] = field(default_factory=dict)
    """Other cluster → (sum of kept pairs, how many pairs of reports they are)."""


@dataclass(frozen=True, slots=True)
class Solver:
    """Clusters one component at a time under the hard rules; units are numbers of rows."""

    sizes: Ints
    documents: Mapping[int, frozenset[int]]
    apart: Mapping[int, set[int]]
    absent: int

    def solve(
        self, members: Sequence[int], edges: Sequence[tuple[int, int, int, int]]
    ) -> list[list[int]]:
        """Return the clusters of one component; units only."""
        if len(members) == len(edges) + 1 == 2:
            return self._pair(*edges[0])
        near: dict[int, dict[int, Kept]] = {row: {} for row in members}
        for one, other, value, told in edges:
            total, count = near[one].get(other, (0, 0))
            near[one][other] = near[other][one] = (total + value, count + told)
        clusters = {
            row: _Cluster(
                {row}, int(self.sizes[row]), Counter(self.documents.get(row, ())), dict(near[row])
            )
            for row in members
        }
        self._merge(clusters)
        self._move(clusters, near)
        return [sorted(one.units) for one in clusters.values() if one.units]

    def _pair(self, one: int, other: int, value: int, told: int) -> list[list[int]]:
        """Return the answer for two units between which one pair was kept: most components."""
        worth = value + self.absent * (int(self.sizes[one]) * int(self.sizes[other]) - told)
        shared = not self.documents.get(one, _NONE).isdisjoint(self.documents.get(other, _NONE))
        if worth <= 0 or shared or other in self.apart.get(one, ()):
            return [[one], [other]]
        return [[one, other]]

    def _worth(self, one: _Cluster, other: _Cluster, kept: Kept) -> int:
        return kept[0] + self.absent * (one.size * other.size - kept[1])

    def _forbidden(self, one: _Cluster, other: _Cluster) -> bool:
        small, large = sorted((one, other), key=lambda each: len(each.units))
        if any(code in large.documents for code in small.documents):
            return True
        return any(not large.units.isdisjoint(self.apart.get(row, ())) for row in small.units)

    def _merge(self, clusters: dict[int, _Cluster]) -> None:
        """Merge the two clusters of the greatest sum until no sum is positive; ties by least
        rows.
        """
        heap = [
            (-self._worth(one, clusters[other], kept), row, other)
            for row, one in clusters.items()
            for other, kept in one.near.items()
            if row < other
        ]
        heapify(heap)
        while heap:
            cost, row, other = heappop(heap)
            if cost >= 0:
                return
            one, two = clusters.get(row), clusters.get(other)
            if one is None or two is None or other not in one.near:
                continue
            if -cost != self._worth(one, two, one.near[other]):
                continue
            if self._forbidden(one, two):
                del one.near[other], two.near[row]
                continue
            self._join(clusters, row, other)
            for third, kept in one.near.items():
                worth = self._worth(one, clusters[third], kept)
                if worth > 0:
                    heappush(heap, (-worth, min(row, third), max(row, third)))

    def _join(self, clusters: dict[int, _Cluster], row: int, other: int) -> None:
        one, two = clusters[row], clusters.pop(other)
        one.units |= two.units
        one.size += two.size
        one.documents.update(two.documents)
        one.near.pop(other, None)
        for third, kept in two.near.items():
            if third == row:
                continue
            total, count = one.near.get(third, (0, 0))
            joined = (total + kept[0], count + kept[1])
            one.near[third] = joined
            clusters[third].near.pop(other, None)
            clusters[third].near[row] = joined

    def _move(self, clusters: dict[int, _Cluster], near: Mapping[int, Mapping[int, Kept]]) -> None:
        """Move single units to where their sum is greater, in row order, a few rounds at most."""
        home = {row: name for name, one in clusters.items() for row in one.units}
        for _ in range(_ROUNDS):
            moved = [row for row in sorted(home) if self._move_one(row, clusters, home, near[row])]
            if not moved:
                return

    def _move_one(
        self,
        row: int,
        clusters: dict[int, _Cluster],
        home: dict[int, int],
        near: Mapping[int, Kept],
    ) -> bool:
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for other, kept in near.items():
            sums[home[other]][0] += kept[0]
            sums[home[other]][1] += kept[1]
        own = home[row]
        alone = _Cluster({row}, int(self.sizes[row]), Counter(self.documents.get(row, ())))
        rest = _Cluster(set(), clusters[own].size - alone.size, Counter())
        here = self._worth(alone, rest, (sums[own][0], sums[own][1]))
        best, target = max(0, here), own
        for name in sorted(sums):
            worth = self._worth(alone, clusters[name], (sums[name][0], sums[name][1]))
            if name != own and worth > best and not self._forbidden(alone, clusters[name]):
                best, target = worth, name
        if target == own and here >= 0:
            return False
        if target == own:
            target = self._free_name(clusters)
        self._shift(row, alone, clusters, own, target)
        home[row] = target
        return True

    def _free_name(self, clusters: dict[int, _Cluster]) -> int:
        """Return the name of a new, empty cluster for a unit that fits nowhere."""
        name = min(0, *clusters) - 1
        clusters[name] = _Cluster(set(), 0, Counter())
        return name

    def _shift(
        self, row: int, alone: _Cluster, clusters: dict[int, _Cluster], own: int, target: int
    ) -> None:
        for name, sign in ((own, -1), (target, 1)):
            one = clusters[name]
            one.units = one.units - {row} if sign < 0 else one.units | {row}
            one.size += sign * alone.size
            for code in alone.documents:
                one.documents[code] += sign
                if not one.documents[code]:
                    del one.documents[code]
