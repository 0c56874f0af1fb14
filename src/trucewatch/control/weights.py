"""What the estimate of control rests on besides claims: who errs how, how long holding lasts, and
how far neighbours count. Fitted from claims alone, or the defaults shipped for small cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

__all__ = ["FEATURES", "LINE_RANGES", "MIXED_RANGES", "OWN_FEATURES", "RANGES_M", "RECENT_RANGES", "ControlWeights", "Floats", "default_weights", "widened"]

Floats = npt.NDArray[np.float64]

RANGES_M = (6_000.0, 15_000.0, 35_000.0, 90_000.0, 220_000.0)
"""Ranges over which neighbours are pooled (standard deviation of a Gaussian kernel)."""
RECENT_RANGES = (1, 2, 3)
"""Positions in RANGES_M of the ranges over which what was said in the last weeks is pooled too."""
MIXED_RANGES = (1, 2, 3)
"""Positions of the ranges over which it counts how mixed the holders are."""
LINE_RANGES = (2, 3)
"""Positions of the ranges over which a plane is laid through the neighbours' shares: fronts are lines."""
OWN_FEATURES = ("own", "own_recent", "own_unmixed", "own_alone")
FEATURES = (
    *OWN_FEATURES, *(f"near_{int(one / 1000)}_km" for one in RANGES_M),
    *(f"recent_{int(RANGES_M[at] / 1000)}_km" for at in RECENT_RANGES),
    *(f"line_{int(RANGES_M[at] / 1000)}_km" for at in LINE_RANGES), "prior",
    *(f"mixed_{int(RANGES_M[at] / 1000)}_km" for at in MIXED_RANGES), "contested_near", "contested",
)
"""What the log-odds of a state are a weighted sum of: the place's own belief (also as far as it is recent,
and as far as its neighbours agree), its neighbours', and the share of each state everywhere. All of them count as far as
neighbours say anything; `own_alone` is the rest: a place whose neighbours are silent has the belief of its own chain. From `mixed` on they speak for `contested` alone: how mixed the holders are, how contested 15 km around is, and a constant."""

_RIGHT, _CONTESTED_SHARE = 0.85, 0.06
_LASTS_DAYS, _CONTESTED_LASTS_DAYS = 1_500.0, 90.0
_OWN = (0.48, 0.15, 0.02, 1.0, 0.15, 0.02, 0.33, 0.44, 0.18, 0.07, 0.02, 0.03, 0.23, 0.25, 0.66, 0.51, 0.61, 0.42, 0.0, 0.76)
_BARE = (0.0, 0.0, 0.0, 0.0, 0.23, 0.22, 0.67, 0.78, 0.59, 0.04, 0.02, 0.02, 0.38, 0.37, 1.7, 0.66, 0.59, 0.2, 0.03, 0.24)
"""Made by bench/control_defaults.py from made-up wars."""


@dataclass(frozen=True, slots=True, eq=False)
class ControlWeights:
    """Everything that stays fixed while claims are weighed."""

    states: tuple[str, ...]
    """Holders in order, `contested` last."""
    prior: Floats
    """(states) share of places in each state, when nothing is said of them."""
    daily: Floats
    """(states, states) probability of being in the second state one day after the first."""
    confusions: Mapping[str, Floats] = field(repr=False)
    """Source → (true state, state said) probabilities."""
    other: Floats
    """The same for a source that was not fitted."""
    own: Floats
    """Weight of each of `FEATURES` where the place has claims of its own."""
    bare: Floats
    """The same where it has none."""
    heard_range: int = 3
    """Position in `RANGES_M`: a claim about a neighbour so far away still makes a place less unknown."""
    claims: int = 0
    """Number of claims fitted on; 0: the defaults."""
    since: int = 0
    """First day (ordinal) for which a nowcast uses them."""


def default_weights(states: Sequence[str]) -> ControlWeights:
    """Return the weights shipped for cases with few claims.

    How far neighbours count comes from made-up wars (bench/control_defaults.py); how often sources are
    right (0.85) and how long a holder stays (1,500 days; fighting 90) were set by judgement.
    """
    size = len(states)
    return ControlWeights(
        tuple(states), _prior(size), _daily(size), MappingProxyType({}), _confusion(size), np.array(_OWN), np.array(_BARE)
    )


def _prior(size: int) -> Floats:
    prior = np.full(size, (1 - _CONTESTED_SHARE) / max(1, size - 1))
    prior[-1] = _CONTESTED_SHARE if size > 1 else 1.0
    return prior


def _daily(size: int) -> Floats:
    """A holder loses a place rarely, and then to any other state; fighting over it ends sooner."""
    leaving = np.full(size, 1 / _LASTS_DAYS)
    leaving[-1] = 1 / _CONTESTED_LASTS_DAYS
    if size == 1:
        return np.ones((1, 1))
    daily = np.repeat(leaving[:, None] / (size - 1), size, axis=1)
    np.fill_diagonal(daily, 1 - leaving)
    return daily


def _confusion(size: int) -> Floats:
    if size == 1:
        return np.ones((1, 1))
    wrong = np.full((size, size), (1 - _RIGHT) / (size - 1))
    np.fill_diagonal(wrong, _RIGHT)
    return wrong


def widened(weights: ControlWeights, states: Sequence[str]) -> ControlWeights:
    """Return the weights for more states: what was not fitted is as in the defaults."""
    if tuple(states) == weights.states:
        return weights
    base = default_weights(states)
    at = np.array([base.states.index(one) for one in weights.states])
    inside = np.ix_(at, at)

    def rows(fitted: Floats, default: Floats) -> Floats:
        full = default.copy()
        full[inside] = fitted * default[inside].sum(axis=1, keepdims=True)
        return full

    prior = base.prior.copy()
    prior[at] = weights.prior * base.prior[at].sum()
    confusions = {name: rows(one, base.other) for name, one in weights.confusions.items()}
    return ControlWeights(
        base.states, prior, rows(weights.daily, base.daily), MappingProxyType(confusions),
        rows(weights.other, base.other), weights.own, weights.bare, weights.heard_range, weights.claims, weights.since,
    )
