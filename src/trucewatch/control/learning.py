"""How sources err and how long holding lasts, learned from the claims alone.

Expectation maximisation for a hidden Markov chain with one confusion matrix per source (Dawid and
Skene 1979, Applied Statistics 28(1):20-28, inside Baum-Welch). Rates of change come from expected numbers of
changes per day of exposure, exact for gaps that are short beside the time a holder stays.
Every count starts from the defaults, so that few claims move little.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from trucewatch.control.chains import Pass, backward, forward, powers
from trucewatch.control.evidence import Observations, likelihoods
from trucewatch.control.weights import ControlWeights, Floats, default_weights

__all__ = ["learn_sources"]

_ROUNDS = 12
_ENOUGH = 1e-3
_SAID_PRIOR, _EVEN_PRIOR, _STAYED_PRIOR_DAYS, _PLACES_PRIOR = 6.0, 30.0, 3_000.0, 10.0


def learn_sources(seen: Observations, start: ControlWeights) -> ControlWeights:
    """Return `start` with prior, daily matrix and confusion matrices fitted to observations."""
    weights = start
    base = default_weights(start.states)
    for _ in range(_ROUNDS):
        fitted = _round(seen, weights, base)
        moved = max(np.abs(fitted.other - weights.other).max(), np.abs(fitted.prior - weights.prior).max())
        weights = fitted
        if moved < _ENOUGH:
            break
    return weights


def _round(seen: Observations, weights: ControlWeights, base: ControlWeights) -> ControlWeights:
    span = int(seen.day.max() - seen.day.min()) if len(seen) else 1
    table = powers(weights.daily, span)
    chains = forward(seen, likelihoods(seen, weights), weights.prior, table)
    later = backward(chains)
    belief = chains.after * later
    belief /= belief.sum(axis=1, keepdims=True)
    other, confusions = _confusions(seen, belief, base)
    return replace(
        weights, prior=_prior(seen, belief, base), daily=_daily(chains, later, belief, base),
        other=other, confusions=MappingProxyType(confusions),
    )


def _confusions(seen: Observations, belief: Floats, base: ControlWeights) -> tuple[Floats, dict[str, Floats]]:
    """Return the matrix of all sources together, and that of each.

    Each row leans on a matrix that errs evenly, as often as the source errs on the whole: a state
    that is rarely said must not become the one in which errors are truths.
    """
    size = len(base.states)
    counts = np.zeros((len(seen.channels), size, size))
    told = seen.says > 0
    np.add.at(counts.transpose(0, 2, 1), (seen.channel[told], seen.state[told]), belief[told] * seen.share[told, None])
    together = _leaning(counts.sum(axis=0), base.other)
    return together, {name: _leaning(counts[at], together) for at, name in enumerate(seen.channels)}


def _leaning(counts: Floats, known: Floats) -> Floats:
    size = len(known)
    right = (np.trace(counts) + _SAID_PRIOR * np.trace(known) / size) / (counts.sum() + _SAID_PRIOR)
    even = np.full((size, size), (1 - right) / max(1, size - 1))
    np.fill_diagonal(even, right if size > 1 else 1.0)
    return _rows(counts + _EVEN_PRIOR * even)


def _rows(counts: Floats) -> Floats:
    shares: Floats = counts / counts.sum(axis=1, keepdims=True)
    return shares


def _prior(seen: Observations, belief: Floats, base: ControlWeights) -> Floats:
    first = np.r_[True, seen.node[1:] != seen.node[:-1]]
    total = belief[first].sum(axis=0) + _PLACES_PRIOR * base.prior
    shares: Floats = total / total.sum()
    return shares


def _daily(chains: Pass, later: Floats, belief: Floats, base: ControlWeights) -> Floats:
    left = np.flatnonzero(chains.seen.node[1:] == chains.seen.node[:-1])
    gaps = chains.seen.day[left + 1] - chains.seen.day[left]
    ahead = chains.likelihood[left + 1] * later[left + 1]
    joint = chains.after[left][:, :, None] * chains.moved[left + 1] * ahead[:, None, :]
    joint /= joint.sum(axis=(1, 2), keepdims=True)
    changes = joint.sum(axis=0)
    exposed = ((belief[left] + belief[left + 1]) / 2 * gaps[:, None]).sum(axis=0)
    rates: Floats = (changes + _STAYED_PRIOR_DAYS * base.daily) / (exposed + _STAYED_PRIOR_DAYS)[:, None]
    np.fill_diagonal(rates, 0.0)
    leaving = np.minimum(rates.sum(axis=1), 0.5)
    rates *= (leaving / np.maximum(rates.sum(axis=1), 1e-12))[:, None]
    np.fill_diagonal(rates, 1 - leaving)
    return rates
