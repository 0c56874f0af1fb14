"""Scored pairs that stay in memory while reports come: found by report, dropped and added."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.pairs import Pairs
from trucewatch.incidents.partners import distinct
from trucewatch.incidents.resident import Growing
from trucewatch.incidents.weights import TERMS

__all__ = ["KeptPairs"]

Ints = npt.NDArray[np.int64]

_GROUPING = TERMS.index("grouping")


class KeptPairs:
    """Pairs above the floor before rivals are taken off; ends are rows of `resident.Resident`."""

    def __init__(self, pairs: Pairs, count: int) -> None:
        nobody = np.empty(0, dtype=np.int64)
        self.first, self.second, self.total, self.parted = (Growing(nobody) for _ in range(4))
        self.settled = Growing(nobody)
        """What is left of the total when rivals are taken off."""
        self.alive = Growing(np.empty(0, dtype=bool))
        self._extend(pairs.first, pairs.second, pairs)
        ends = np.concatenate([pairs.first, pairs.second])
        self._order = np.argsort(ends, kind="stable") % max(1, len(pairs))
        self._at = np.searchsorted(np.sort(ends), np.arange(count + 1))
        self._later: dict[int, list[int]] = defaultdict(list)

    def _extend(self, first: Ints, second: Ints, pairs: Pairs) -> None:
        parted = np.minimum(0, pairs.terms[:, _GROUPING]).astype(np.int64)
        columns = (self.first, self.second, self.total, self.parted, self.settled, self.alive)
        values = (first, second, pairs.total, parted, pairs.total, np.ones(len(pairs), dtype=bool))
        for column, more in zip(columns, values, strict=True):
            column.extend(more)

    def of(self, rows: Ints) -> Ints:
        """Return the numbers of the pairs that have an end in these rows, sorted."""
        early = rows[rows < len(self._at) - 1]
        low, count = self._at[early], self._at[early + 1] - self._at[early]
        offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        later = [pair for row in rows.tolist() if row in self._later for pair in self._later[row]]
        found = np.concatenate([self._order[np.repeat(low, count) + offset], np.array(later, dtype=np.int64)])
        found = distinct(found)
        return np.asarray(found[self.alive.now[found]], dtype=np.int64)

    def ends(self, numbers: Ints) -> Ints:
        """Return the rows at the ends of these pairs, each once."""
        return distinct(np.concatenate([self.first.now[numbers], self.second.now[numbers]]))

    def replace(self, rows: Ints, pairs: Pairs, where: Ints) -> Ints:
        """Put these pairs (of rows `where[first]`, `where[second]`) in the place of those that have an end
        in `rows`; returns the ends of both."""
        gone = self.of(rows)
        self.alive.now[gone] = False
        begin = len(self.first.now)
        first, second = where[pairs.first], where[pairs.second]
        self._extend(first, second, pairs)
        for number, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True), start=begin):
            self._later[one].append(number)
            self._later[other].append(number)
        return distinct(np.concatenate([self.ends(gone), first, second]))
