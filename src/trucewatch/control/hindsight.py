"""Any day with everything that is known: the smoother."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from trucewatch.control.chains import backward, forward, powers, smoothed_on
from trucewatch.control.evidence import Ints, Observations, likelihoods
from trucewatch.control.fitting import Samples, fit_pooling, joined
from trucewatch.control.ground import Ground
from trucewatch.control.learning import learn_sources
from trucewatch.control.nowcast import ENOUGH_CLAIMS
from trucewatch.control.pooling import Beliefs, features, summed
from trucewatch.control.weights import ControlWeights

__all__ = ["Smoother", "fitted_on_all"]


class Smoother:
    """The belief about every node on any day, under one set of weights."""

    def __init__(self, seen: Observations, weights: ControlWeights, count: int, horizon: int) -> None:
        self._seen, self._count, self.weights = seen, count, weights
        first = int(seen.day.min()) if len(seen) else horizon
        last = max(horizon, int(seen.day.max())) if len(seen) else horizon
        self._table = powers(weights.daily, last - first)
        likelihood = likelihoods(seen, weights)
        self._chains = forward(seen, likelihood, weights.prior, self._table)
        self._later = backward(self._chains)

    def advance(self, day: int) -> None:
        """Nothing to take in: everything is known."""

    def beliefs(self, day: int) -> Beliefs:
        """Return what is believed of the nodes on a day."""
        return Beliefs(*smoothed_on(day, self._chains, self._later, self.weights.prior, self._table, self._count))

    def samples(self, ground: Ground) -> Samples | None:
        """Return the claims with the features of their nodes without them; one-day claims only."""
        seen = self._seen
        alone = np.bincount(seen.claim, minlength=1)[seen.claim] == 1
        rows = np.flatnonzero(alone & (seen.says > 0))
        parts = [self._on(int(day), rows[seen.day[rows] == day], ground) for day in np.unique(seen.day[rows])]
        return joined(parts) if parts else None

    def _on(self, day: int, rows: Ints, ground: Ground) -> Samples:
        rows = rows[:: -(-len(rows) // ground.at_once)]
        chains, nodes = self._chains, self._seen.node[rows]
        beliefs = self.beliefs(day)
        sums = summed(ground.of(nodes), beliefs)
        without = chains.before[rows] * self._later[rows]
        others = (np.bincount(self._seen.node, minlength=self._count)[nodes] > 1).astype(float)
        own = without / without.sum(axis=1, keepdims=True) * others[:, None]
        age = self._age_without(rows)
        recent = np.where(others > 0, Beliefs(own, age).recent, 0.0)
        sums = replace(sums, own=own, own_there=others, own_recent=recent)
        seen = self._seen
        return Samples(
            features(sums, self.weights.prior), chains.likelihood[rows], others, seen.channel[rows], seen.state[rows]
        )


    def _age_without(self, rows: Ints) -> Ints:
        """Return the days to the nearest other observation of the same node."""
        day, node = self._seen.day, self._seen.node
        step = np.where(node[1:] == node[:-1], np.diff(day), np.iinfo(np.int64).max)
        far = np.array([np.iinfo(np.int64).max])
        nearest: Ints = np.minimum(np.concatenate([far, step])[rows], np.concatenate([step, far])[rows])
        return nearest


def fitted_on_all(
    seen: Observations, start: ControlWeights, ground: Ground, last: int
) -> tuple[tuple[ControlWeights, ...], Samples | None]:
    """Return weights fitted on every claim (the shipped ones if there are few), and the samples."""
    count = len(ground.nodes)
    many = len(np.unique(seen.claim)) >= ENOUGH_CLAIMS
    learned = learn_sources(seen, start) if many else start
    samples = Smoother(seen, learned, count, last).samples(ground) if len(seen) else None
    if not many or samples is None:
        return (learned,), samples
    fitted = fit_pooling(samples, learned)
    return (replace(fitted, claims=len(np.unique(seen.claim)), since=0),), samples
