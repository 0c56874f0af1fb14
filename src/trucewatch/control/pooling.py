"""From what is believed of every node to the answer for a place: own evidence and neighbours'.

The log-odds of a state are a weighted sum of `weights.FEATURES`: the log of the place's own
belief, and for each range the kernel-weighted mean of its neighbours' centred logs of belief.
`unknown` is the mass that no claim has reached: 0.95 · exp(-6 E), where E sums the claims' freshness
(1 for today's, 1/e after a year) over the place itself and its neighbours within tens of kilometres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from trucewatch.control.evidence import Ints, Nodes
from trucewatch.control.given import Spot
from trucewatch.control.weights import RANGES_M, ControlWeights, Floats
from trucewatch.places.distance import EARTH_RADIUS_M

__all__ = [
    "Beliefs", "Pool", "Sums", "answers", "centred", "features", "log_odds", "pool_of", "softmax", "summed",
    "sums_by_part", "unknown_mass",
]

_SHRINK = 0.3
"""So much kernel weight of neighbours who say nothing is mixed in: one far neighbour is no crowd."""
_CLIP = 6.0
_FRESH_DAYS = 365.0
_UNKNOWN_MOST, _UNKNOWN_STEEP, _UNKNOWN_RANGE = 0.95, 6.0, 2
_MIXED = (1, 2)
"""Positions in RANGES_M of the ranges over which holders count as mixed."""


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
        fresh: Floats = np.where(self.age < 0, 0.0, np.exp(-np.maximum(self.age, 0) / _FRESH_DAYS))
        return fresh


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """How the places asked about hang together with the nodes."""

    kernel: Floats
    """(ranges, places, nodes); a place's own node has 0."""
    own: Ints
    """The place's own node, -1 if it has none."""
    distance_m: Floats

    def reach(self, kernel: Floats) -> Floats:
        """Return the part of a kernel that says how far freshness reaches."""
        reached: Floats = kernel[_UNKNOWN_RANGE]
        return reached

    def of(self, rows: Ints) -> Pool:
        """Return the same for some of the places."""
        return Pool(self.kernel[:, rows], self.own[rows], self.distance_m[rows])


def pool_of(spots: Sequence[Spot], nodes: Nodes, own: Ints | None = None) -> Pool:
    """Return kernels exp(-d² / 2(h² + σ²)) · h² / (h² + σ²) with d by haversine; below 0.01 they are 0.

    `own`: the node of each place; None: the one of its name.
    """
    lat, lon = np.array([(one.lat, one.lon) for one in spots], dtype=float).reshape(-1, 2).T
    apart = _haversine_m(lat[:, None], lon[:, None], nodes.lat[None], nodes.lon[None])
    if own is None:
        own = np.array([nodes.named.get(one.place, -1) for one in spots], dtype=np.int64)
    kernel = np.empty((len(RANGES_M), *apart.shape))
    for at, reach in enumerate(RANGES_M):
        wide = reach**2 + nodes.sigma_m**2
        value = np.exp(-(apart**2) / (2 * wide)) * (reach**2 / wide)
        kernel[at] = np.where(value < 0.01, 0.0, value)
    having = np.flatnonzero(own >= 0)
    kernel[:, having, own[having]] = 0.0
    return Pool(kernel, own, apart)


def _haversine_m(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    north, east = np.radians(lat2 - lat1) / 2, np.radians(lon2 - lon1) / 2
    half: Floats = np.sin(north) ** 2 + np.cos(np.radians(lat1)) * np.cos(np.radians(lat2)) * np.sin(east) ** 2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return metres


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the neighbours of places add up to; one claim changes one term of each sum."""

    own: Floats
    """(places, states) belief of the own node, 0 where there is none."""
    own_fresh: Floats
    own_there: Floats
    voices: Floats
    """(ranges, places, states) Σ kernel · centred log of belief."""
    shares: Floats
    """(ranges, places, states) Σ kernel · belief."""
    mass: Floats
    """(ranges, places) Σ kernel of nodes that say anything."""
    fresh: Floats
    """(places) Σ kernel · freshness."""


def sums_by_part(part: Callable[[str, int], Floats]) -> Sums:
    """Return sums made part by part: `part(name, axis of the places)`."""
    axes = {"own": 0, "own_fresh": 0, "own_there": 0, "voices": 1, "shares": 1, "mass": 1, "fresh": 0}
    return Sums(**{name: part(name, axis) for name, axis in axes.items()})


def centred(state: Floats) -> Floats:
    """Return the logs of a belief less their mean, at most 6 from it."""
    logs = np.log(np.maximum(state, 1e-9))
    result: Floats = np.clip(logs - logs.mean(axis=-1, keepdims=True), -_CLIP, _CLIP)
    return result


def summed(pool: Pool, beliefs: Beliefs) -> Sums:
    """Return the sums over neighbours of every place."""
    there, fresh = beliefs.present, beliefs.fresh
    nothing = np.zeros((1, beliefs.state.shape[1]))  # what the position -1 finds
    own_there = np.append(there, 0.0)[pool.own]
    return Sums(
        own=np.concatenate([beliefs.state * there[:, None], nothing])[pool.own],
        own_fresh=np.append(fresh, 0.0)[pool.own], own_there=own_there,
        voices=pool.kernel @ (centred(beliefs.state) * there[:, None]), shares=pool.kernel @ (beliefs.state * there[:, None]),
        mass=pool.kernel @ there, fresh=pool.reach(pool.kernel) @ fresh,
    )


def features(sums: Sums, prior: Floats) -> Floats:
    """Return (places, features, states) in the order of `weights.FEATURES`."""
    size = len(prior)
    own = np.where(sums.own_there[:, None] > 0, centred(np.where(sums.own > 0, sums.own, 1.0)), 0.0)
    near = sums.voices / (sums.mass + _SHRINK)[:, :, None]
    contested = np.zeros((len(own), size))
    contested[:, -1] = 1.0
    mixed = [_mixed(sums.shares[at], sums.mass[at])[:, None] * contested for at in _MIXED]
    level = np.tile(centred(prior), (len(own), 1))
    return np.stack([own, *near, level, *mixed, contested], axis=1)


def _mixed(shares: Floats, mass: Floats) -> Floats:
    """Return 1 - Σ p² of the neighbours' mean belief, less as few neighbours speak."""
    mean = shares / np.maximum(mass, 1e-9)[:, None]
    result: Floats = (1 - (mean**2).sum(axis=1)) * mass / (mass + _SHRINK)
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


def unknown_mass(sums: Sums) -> Floats:
    """Return the probability that nobody's claims reach the place, per place."""
    mass: Floats = _UNKNOWN_MOST * np.exp(-_UNKNOWN_STEEP * (sums.own_fresh + sums.fresh))
    return mass


def answers(sums: Sums, weights: ControlWeights) -> Floats:
    """Return (places, states + 1): probabilities of the states and, last, of `unknown`."""
    known = softmax(log_odds(features(sums, weights.prior), sums.own_there, weights))
    nobody = unknown_mass(sums)[:, None]
    return np.concatenate([known * (1 - nobody), nobody], axis=1)
