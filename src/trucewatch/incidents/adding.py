"""Reports that come to others: only what they can reach is worked out again.

A new report is a partner of some, crowds their day (`busy`), may crowd out another partner where a bound
cuts, and rivals others of its document. What can change is found in that order:

1. touched: reports whose partners change; theirs are the pairs that are scored again;
2. ends of those pairs: their rivals change, and with them every pair that they have;
3. the components that these pairs belong to: they are clustered again.

All three are worked out on views in the order of report_id, so the answer is that of linking at once; a test
holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.candidates import Candidates, candidate_pairs
from trucewatch.incidents.clustering import cluster
from trucewatch.incidents.features import Features
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.kept_pairs import KeptPairs
from trucewatch.incidents.pairs import Pairs, busyness, in_order
from trucewatch.incidents.partners import distinct
from trucewatch.incidents.resident import Growing, Resident
from trucewatch.incidents.scoring import scored
from trucewatch.incidents.trained import Trained, rivals_of
from trucewatch.incidents.weights import Weights

__all__ = ["Standing"]

Ints = npt.NDArray[np.int64]

_MICRO = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """A view, the row of each of its reports, and the pairs in it."""

    rows: Features
    where: Ints
    near: Candidates


class Standing:
    """Reports that were linked, and how they were; rows are numbered as they came."""

    def __init__(self, rows: Features, judgements: Judgements, weights: Weights | Trained) -> None:
        self._weights, self._judgements = weights, judgements
        self._resident = Resident(rows, weights)
        people = {report for group in judgements.groups for report in group}
        self._people = np.array([row for row, one in enumerate(rows.ids) if one in people], dtype=np.int64)
        candidates = candidate_pairs(rows, weights)
        busy = busyness(rows, candidates)
        self._busy = Growing(busy)
        self.pairs = KeptPairs(scored(rows, candidates, busy, weights), len(rows))
        everything = np.arange(len(rows))
        self.label, self._component = Growing(everything.copy()), Growing(everything.copy())
        """The cluster and the component of each row, named by one of its rows."""
        self._cluster(rows, everything)

    @property
    def ids(self) -> list[str]:
        """The report id of every row."""
        return self._resident.ids

    def add(self, fresh: Features) -> tuple[Ints, Ints]:
        """Add reports; returns (rows whose cluster was worked out again, the cluster that each had before).

        A new report had none: -1. The clusters of these rows have no other rows, before and after.
        """
        new = self._resident.extend(fresh)
        self._busy.extend(np.zeros((len(new), 3), dtype=np.int64))
        for column in (self.label, self._component):
            column.extend(new)
        changed = self._score_again(*self._touched(new))
        reached = np.union1d(new, self.pairs.ends(self.pairs.of(changed)))
        rows, where = self._resident.view(self._hanging_together(reached))
        before = np.where(np.isin(where, new), -1, self.label.now[where])
        self._cluster(rows, where)
        return where, before

    def _partners(self, about: Ints) -> _Around:
        """Return every pair that these rows look for; of two classes of precision one looks for the other."""
        rows, where = self._resident.view(self._resident.around(about))
        return _Around(rows, where, candidate_pairs(rows, self._weights, about=np.isin(where, about)))

    def _touched(self, new: Ints) -> tuple[Ints, _Around]:
        """Return the rows whose partners change, and what holds all their pairs.

        Where no bound cuts around the new ones, those are the new ones and their partners. With a bound that
        cuts, a new one may push another out: all around those around.
        """
        about = self._resident.around(new)
        wide = self._resident.around(about)
        found = self._partners(wide)
        if found.near.cut and candidate_pairs(found.rows, self._weights, about=np.isin(found.where, about)).cut:
            return wide, self._partners(self._resident.around(wide))
        fresh = np.isin(found.where, new)
        told = fresh[found.near.first] | fresh[found.near.second]
        ends = [found.where[found.near.first[told]], found.where[found.near.second[told]]]
        return distinct(np.concatenate([new, *ends])), found

    def _score_again(self, touched: Ints, found: _Around) -> Ints:
        """Score every pair of these rows; returns the ends of the pairs that went and came."""
        rows, where, near = found.rows, found.where, found.near
        own = np.isin(where, touched)
        told = own[near.first] | own[near.second]
        near = Candidates(near.first[told], near.second[told], near.cut)
        busy = self._busy.now[where]
        busy[own] = busyness(rows, near)[own]
        self._busy.now[where[own]] = busy[own]
        changed = self.pairs.replace(touched, scored(rows, near, busy, self._weights), where)
        return np.union1d(changed, touched)

    def _hanging_together(self, reached: Ints) -> Ints:
        """Return the rows of every component of which one row is reached."""
        component = self._component.now
        named = distinct(component[reached])
        found, fresh = reached, reached
        while len(fresh):
            near = self.pairs.ends(self.pairs.of(fresh))
            near = near[np.isin(component[near], named)]
            found, fresh = np.union1d(found, near), np.setdiff1d(near, found)
        return np.union1d(found, self._judged(named))

    def _judged(self, named: Ints) -> Ints:
        """Return the rows that people put together and that belong to one of these components."""
        return self._people[np.isin(self._component.now[self._people], named)]

    def _cluster(self, rows: Features, where: Ints) -> None:
        """Take off rivals and cluster anew what lies between these rows, which are whole components."""
        pairs = self._settled(where)
        inside = np.isin(pairs.first, where) & np.isin(pairs.second, where)
        ends = [_places(where, each[inside]) for each in (pairs.first, pairs.second)]
        local = in_order([Pairs(np.minimum(*ends), np.maximum(*ends), pairs.total[inside], pairs.terms[inside])])
        found = cluster(rows, local, _about(self._judgements, set(rows.ids)), self._weights)
        self.label.now[where] = where[found.label]
        self._component.now[where] = where[found.component]

    def _settled(self, where: Ints) -> Pairs:
        """Return the pairs of these rows that are above the floor when rivals are taken off."""
        numbers = self.pairs.of(where)
        first, second = self.pairs.first.now[numbers], self.pairs.second.now[numbers]
        total = self.pairs.total.now[numbers]
        if isinstance(self._weights, Trained) and self._weights.rivals and len(numbers):
            total = total - self._rivals(first, second, total, self._weights.rivals)
        self.pairs.settled.now[numbers] = total
        kept = total - self.pairs.parted.now[numbers] > self._weights.floor
        no_terms = np.zeros((int(kept.sum()), 0), dtype=np.int32)
        return Pairs(first[kept], second[kept], total[kept], no_terms)

    def _rivals(self, first: Ints, second: Ints, total: Ints, weight: int) -> Ints:
        """Return what rivals take off, summed in the order of report ids as everywhere."""
        document, where = self._resident.documents(distinct(np.concatenate([first, second])))
        one, other = _places(where, first), _places(where, second)
        low, high = np.minimum(one, other), np.maximum(one, other)
        order = np.lexsort((high, low))
        found = np.empty(len(first), dtype=np.int64)
        odds = rivals_of(document, low[order], high[order], total[order] / _MICRO)
        found[order] = np.rint(odds * weight).astype(np.int64)
        return found


def _places(where: Ints, rows: Ints) -> Ints:
    """Return the place in `where` of each of these rows."""
    order = np.argsort(where)
    return np.asarray(order[np.searchsorted(where[order], rows)], dtype=np.int64)


def _about(judgements: Judgements, known: set[str]) -> Judgements:
    """Return what was judged about these reports."""
    groups = tuple(one for one in judgements.groups if known.issuperset(one))
    return replace(judgements, groups=groups, apart=tuple(one for one in judgements.apart if known.issuperset(one)))
