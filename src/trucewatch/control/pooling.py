"""From what is believed of every node to the answer for a place: own evidence and neighbours'.

The log-odds of a state are a weighted sum of `weights.FEATURES`: the log of the place's own
belief, and for each range the kernel-weighted mean of its neighbours' centred logs of belief.
`unknown` is the mass that no claim has reached: 0.95 · exp(-3 E), where E sums the claims' freshness
(1 for today's, 1/e after a year) over the place itself, twice, and its neighbours at the range that the weights name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trucewatch.control.evidence import Ints
from trucewatch.control.ground import LINE, Pool
from trucewatch.control.weights import (
    MIXED_RANGES,
    OWN_FEATURES,
    RECENT_RANGES,
    ControlWeights,
    Floats,
)

__all__ = [
    "FRESH_DAYS", "RECENT", "RECENT_DAYS", "Beliefs", "Sums", "answers", "centred", "features", "log_odds", "one_node", "softmax", "summed",
    "sums_by_part", "unknown_mass",
]

SHRINK = np.array([0.3, 0.5, 1.0, 3.0, 8.0])
"""By range: so many neighbours like everywhere are mixed in, because one far neighbour is no crowd."""
CLIP = 6.0
FRESH_DAYS = 365.0
RECENT_DAYS = 25.0
UNKNOWN_MOST, UNKNOWN_STEEP, OWN_COUNTS = 0.95, 3.0, 2.0
RECENT, _MIXED = list(RECENT_RANGES), list(MIXED_RANGES)
LEAST_SHARE = 0.02
UNMIXED_RANGE, CONTESTED_RANGE, ALONE_RANGE = 2, 1, 2
ALONE = 1.0
"""So many neighbours within 35 km halve the part that a place decides alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Beliefs:
    """What is believed of the nodes on one day."""

    state: Floats
    """(nodes, states)."""
    age: Ints
    """Days to the nearest observation used; -1 where there is none."""

    @property
    def present(self) -> Floats:
        """1 for nodes of which anything is said."""
        return (self.age >= 0).astype(float)

    @property
    def fresh(self) -> Floats:
        """1 for nodes spoken of on the day itself, 0 for those never spoken of."""
        return self._fading(FRESH_DAYS)

    @property
    def recent(self) -> Floats:
        """The same, fading within weeks."""
        return self._fading(RECENT_DAYS)

    def _fading(self, days: float) -> Floats:
        fading: Floats = np.where(self.age < 0, 0.0, np.exp(-np.maximum(self.age, 0) / days))
        return fading


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the neighbours of places add up to; one claim changes one term of each sum."""

    own: Floats
    """(places, states) belief of the own node, 0 where there is none."""
    own_fresh: Floats
    own_recent: Floats
    own_there: Floats
    shares: Floats
    """(ranges, places, states) Σ kernel · belief."""
    mass: Floats
    """(ranges, places) Σ kernel of nodes that say anything."""
    fresh: Floats
    """(ranges, places) Σ kernel · freshness."""
    recent_shares: Floats
    """(ranges, places, states) Σ kernel · belief, with what was said recently counting most."""
    moments: Floats
    """(line ranges, 5, places) Σ slope."""
    tilted: Floats
    """(line ranges, 2, places, states) Σ slope · belief, for x and y."""


def sums_by_part(part: Callable[[str, int], Floats]) -> Sums:
    """Return sums made part by part: `part(name, axis of the places)`."""
    axes = {"own": 0, "own_fresh": 0, "own_recent": 0, "own_there": 0, "shares": 1, "mass": 1, "fresh": 1, "recent_shares": 1}
    axes |= {"moments": 2, "tilted": 2}
    return Sums(**{name: part(name, axis) for name, axis in axes.items()})


def centred(state: Floats) -> Floats:
    """Return the logs of a belief less their mean, at most 6 from it."""
    logs = np.log(np.maximum(state, 1e-9))
    result: Floats = np.clip(logs - logs.mean(axis=-1, keepdims=True), -CLIP, CLIP)
    return result


def summed(pool: Pool, beliefs: Beliefs) -> Sums:
    """Return the sums over neighbours of every place."""
    there, fresh, recent = beliefs.present, beliefs.fresh, beliefs.recent
    nothing = np.zeros((1, beliefs.state.shape[1]))  # what the position -1 finds
    share = beliefs.state * there[:, None]
    return Sums(
        own=np.concatenate([beliefs.state * there[:, None], nothing])[pool.own],
        own_fresh=np.append(fresh, 0.0)[pool.own], own_recent=np.append(recent, 0.0)[pool.own],
        own_there=np.append(there, 0.0)[pool.own],
        shares=pool.kernel @ share, mass=pool.kernel @ there, fresh=pool.kernel @ fresh,
        recent_shares=pool.kernel[RECENT] @ (share * recent[:, None]),
        moments=pool.slope @ there, tilted=pool.slope[:, :2] @ share,
    )


def one_node(kernel: Floats, slope: Floats, own: Floats, beliefs: Beliefs) -> Sums:
    """Return what single nodes add to the sums of a place: `kernel` and `slope` of it, `own` 0 or 1."""
    there, recent = beliefs.present, beliefs.recent
    mine, share = own * there, kernel[:, :, None] * (beliefs.state * there[:, None])
    return Sums(
        own=beliefs.state * mine[:, None], own_fresh=beliefs.fresh * mine, own_recent=recent * mine, own_there=mine,
        shares=share, mass=kernel * there, fresh=kernel * beliefs.fresh,
        recent_shares=share[RECENT] * recent[:, None], moments=slope * there,
        tilted=slope[:, :2, :, None] * (beliefs.state * there[:, None]),
    )


def features(sums: Sums, prior: Floats) -> Floats:
    """Return (places, features, states) in the order of `weights.FEATURES`."""
    own = np.where(sums.own_there[:, None] > 0, centred(np.where(sums.own > 0, sums.own, 1.0)), 0.0)
    near = _agreeing(sums.shares, SHRINK, prior)
    recent = _agreeing(sums.recent_shares, SHRINK[RECENT], prior)
    mixed = [_mixed(*one) for one in zip(sums.shares, sums.mass, SHRINK, strict=True)]
    contested = np.zeros_like(own)
    contested[:, -1] = 1.0
    heard = np.where(sums.own_there > 0, sums.mass[ALONE_RANGE] / (sums.mass[ALONE_RANGE] + ALONE), 1.0)[:, None]
    found = np.stack([
        own, own * sums.own_recent[:, None], own * (1 - mixed[UNMIXED_RANGE])[:, None], own, *near, *recent,
        *_lines(sums, prior),
        np.tile(centred(prior), (len(own), 1)), *(mixed[at][:, None] * contested for at in _MIXED),
        near[CONTESTED_RANGE] * contested, contested,
    ], axis=1) * heard[:, None]
    found[:, OWN_FEATURES.index("own_alone")] = own * (1 - heard)
    return found


def _agreeing(shares: Floats, shrink: Floats, prior: Floats) -> Floats:
    """Return the centred log of the neighbours' shares with `shrink` neighbours like everywhere, less that of those."""
    base = shrink[:, None, None] * prior
    logs = np.log(shares + base) - np.log(base)
    result: Floats = logs - logs.mean(axis=-1, keepdims=True)
    return result


def _lines(sums: Sums, prior: Floats) -> Floats:
    """Return (line ranges, places, states): the same from a plane through the neighbours' shares.

    Weighted least squares with neighbours like everywhere mixed in, and a pull towards level ground.
    """
    x, y, xx, xy, yy = np.moveaxis(sums.moments, 1, 0)
    mass, shrink = sums.mass[LINE], SHRINK[LINE, None]
    left = np.stack([
        np.stack([mass + shrink, x, y], axis=-1), np.stack([x, xx + shrink, xy], axis=-1), np.stack([y, xy, yy + shrink], axis=-1)
    ], axis=-2)
    right = np.stack([sums.shares[LINE] + shrink[:, :, None] * prior, sums.tilted[:, 0], sums.tilted[:, 1]], axis=-2)
    here = np.maximum(np.linalg.solve(left, right)[..., 0, :], LEAST_SHARE)
    logs = np.log(here) - np.log(np.maximum(prior, LEAST_SHARE))
    result: Floats = logs - logs.mean(axis=-1, keepdims=True)
    return result


def _mixed(shares: Floats, mass: Floats, shrink: float) -> Floats:
    """Return 1 - Σ p² of the neighbours' mean belief, less as few neighbours speak."""
    mean = shares / np.maximum(mass, 1e-9)[:, None]
    result: Floats = (1 - (mean**2).sum(axis=1)) * mass / (mass + shrink)
    return result


def log_odds(found: Floats, own_there: Floats, weights: ControlWeights) -> Floats:
    """Return (places, states), up to a constant per place."""
    chosen = np.where(own_there[:, None] > 0, weights.own, weights.bare)
    total: Floats = np.einsum("qf,qfs->qs", chosen, found)
    return total


def softmax(logits: Floats) -> Floats:
    """Return probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def unknown_mass(sums: Sums, weights: ControlWeights) -> Floats:
    """Return the probability that nobody's claims reach the place, per place."""
    mass: Floats = UNKNOWN_MOST * np.exp(-UNKNOWN_STEEP * (OWN_COUNTS * sums.own_fresh + sums.fresh[weights.heard_range]))
    return mass


def answers(sums: Sums, weights: ControlWeights) -> Floats:
    """Return (places, states + 1): probabilities of the states and, last, of `unknown`."""
    known = softmax(log_odds(features(sums, weights.prior), sums.own_there, weights))
    nobody = unknown_mass(sums, weights)[:, None]
    return np.concatenate([known * (1 - nobody), nobody], axis=1)
