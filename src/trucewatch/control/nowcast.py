"""Day after day with what was published by then: the filter.

Weights for a month are fitted on what was published before its first day: chains of all claims so
far, and the features of each claim's place as they stood on the eve of its publication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date

import numpy as np

from trucewatch.control.chains import forward, over, powers
from trucewatch.control.evidence import Ints, Observations, likelihoods
from trucewatch.control.fitting import Samples, fit_pooling, joined
from trucewatch.control.ground import Ground
from trucewatch.control.learning import learn_sources
from trucewatch.control.pooling import Beliefs, features, summed
from trucewatch.control.weights import ControlWeights

__all__ = ["ENOUGH_CLAIMS", "Filter", "fitted_by_month", "weights_on"]

ENOUGH_CLAIMS = 300
"""With fewer claims the shipped weights are used."""
_TIMELY_DAYS = 14


class Filter:
    """The belief about every node, kept up day by day under one set of weights."""

    def __init__(self, seen: Observations, weights: ControlWeights, count: int, horizon: int) -> None:
        self._count = count
        self._now: Callable[[], Observations] = lambda: seen
        self.weights = weights
        first = int(seen.day.min()) if len(seen) else horizon
        self._table = powers(weights.daily, horizon - first)
        self._first = first
        self._after = np.tile(weights.prior, (count, 1))
        self._last = np.full(count, -1, dtype=np.int64)
        self._day = first - 1

    @property
    def _seen(self) -> Observations:
        return self._now()

    def advance(self, day: int) -> None:
        """Take in what was published up to and on a day."""
        if day == self._day:
            return
        seen, touched = self._seen, self.touched(day)
        if len(touched):
            self._settle(seen.take(np.flatnonzero(np.isin(seen.node, touched) & (seen.published <= day))))
        self._day = day

    def joined_by(self, seen: Callable[[], Observations], about: Observations, count: int) -> Filter | None:
        """Return this with more claims; `seen` makes all observations once they are needed, `about` are those of their nodes.

        None: they reach back too far.
        """
        if int(about.day.min()) < self._first:
            return None
        other = copy(self)
        more = count - self._count
        other._count, other._now = count, seen
        other._after = np.concatenate([self._after, np.tile(self.weights.prior, (more, 1))])
        other._last = np.concatenate([self._last, np.full(more, -1, dtype=np.int64)])
        touched = np.unique(about.node)
        other._after[touched], other._last[touched] = self.weights.prior, -1
        other._settle(about.take(about.published <= self._day))
        return other

    def touched(self, day: int) -> Ints:
        """Return the nodes, in order, that claims speak of which were published since, up to and on a day."""
        seen = self._seen
        return np.unique(seen.node[(seen.published > self._day) & (seen.published <= day)])

    def _settle(self, seen: Observations) -> None:
        if not len(seen):
            return
        chains = forward(seen, likelihoods(seen, self.weights), self.weights.prior, self._table)
        ends = np.flatnonzero(np.r_[seen.node[1:] != seen.node[:-1], True])
        self._after[seen.node[ends]] = chains.after[ends]
        self._last[seen.node[ends]] = seen.day[ends]

    def beliefs(self, day: int, nodes: Ints | slice = slice(None)) -> Beliefs:
        """Return what is believed of the nodes (or some) on a day, given what was taken in."""
        last = self._last[nodes]
        gap = np.maximum(day - last, 0)
        state = np.einsum("ns,nst->nt", self._after[nodes], over(self._table, gap))
        return Beliefs(state, np.where(last < 0, -1, gap))

    def samples(self, day: int, ground: Ground) -> Samples | None:
        """Return the claims published on a day with the features of their nodes before them."""
        seen = self._seen
        rows = np.flatnonzero((seen.published == day) & (seen.says > 0) & (seen.day >= day - _TIMELY_DAYS))
        if not len(rows):
            return None
        rows = rows[:: -(-len(rows) // ground.at_once)]
        sums = summed(ground.of(seen.node[rows]), self.beliefs(day))
        return Samples(
            features(sums, self.weights.prior), likelihoods(seen.take(rows), self.weights), sums.own_there, seen.channel[rows], seen.state[rows]
        )


def months(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Return the first and last day of each month between two days, the first month from `first`."""
    while first <= last:
        day = date.fromordinal(first)
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal()
        yield first, min(after - 1, last)
        first = after


def fitted_by_month(
    seen: Observations, start: ControlWeights, ground: Ground, last: int
) -> tuple[tuple[ControlWeights, ...], Samples | None]:
    """Return the weights month by month up to a day, and the samples they were fitted on.

    `ground` asks about the nodes themselves.
    """
    if not len(seen):
        return (start,), None
    found, kept, current = [start], list[Samples](), start
    for opens, closes in months(int(seen.published.min()), last):
        known = seen.take(seen.published < opens)
        if len(np.unique(known.claim)) >= ENOUGH_CLAIMS:
            current = _fitted(known, current, kept, opens)
            found.append(current)
        kept += _month(seen, current, ground, opens, closes)
    return tuple(found), joined(kept) if kept else None


def _fitted(known: Observations, current: ControlWeights, kept: Sequence[Samples], opens: int) -> ControlWeights:
    learned = learn_sources(known, current)
    fitted = fit_pooling(joined(list(kept)), learned) if kept else learned
    return replace(fitted, claims=len(np.unique(known.claim)), since=opens)


def _month(seen: Observations, weights: ControlWeights, ground: Ground, opens: int, closes: int) -> list[Samples]:
    keeping = Filter(seen, weights, len(ground.nodes), closes)
    kept = []
    for day in np.unique(seen.published[(seen.published >= opens) & (seen.published <= closes)]):
        keeping.advance(int(day) - 1)
        found = keeping.samples(int(day), ground)
        kept += [found] if found is not None else []
    return kept


def weights_on(day: int, fitted: Sequence[ControlWeights]) -> ControlWeights:
    """Return the last weights that were fitted before a day; the first if none were."""
    return [one for one in fitted if one.since <= day][-1] if fitted[0].since <= day else fitted[0]


