"""How far neighbours count, fitted on claims that are held out.

Each sample is a claim with the features of its place as they were without it. The weights are the
most probable ones under Σ log Σ_state p(state) · P(claim | state) and a normal prior about the
defaults; all but the constant are at least 0. Damped Newton steps with the expected curvature.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from trucewatch.control.evidence import Ints
from trucewatch.control.pooling import softmax
from trucewatch.control.weights import ControlWeights, Floats, default_weights

__all__ = ["Samples", "fit_pooling", "joined"]

_STEPS = 30
_TIGHT = 4.0
"""Curvature of the prior: a weight's deviation from the default costs as much as some claims gain."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Held-out claims; with or without features of the place's own."""

    features: Floats
    """(samples, features, states)."""
    likelihood: Floats
    """(samples, states)."""
    has_own: Floats
    channel: Ints
    """Whose errors the claim makes."""
    said: Ints
    """The state that it names."""

    def __len__(self) -> int:
        return len(self.likelihood)


def joined(parts: list[Samples]) -> Samples:
    """Return all samples of a list that is not empty."""
    return Samples(
        np.concatenate([one.features for one in parts]), np.concatenate([one.likelihood for one in parts]),
        np.concatenate([one.has_own for one in parts]), np.concatenate([one.channel for one in parts]),
        np.concatenate([one.said for one in parts]),
    )


def fit_pooling(samples: Samples, weights: ControlWeights) -> ControlWeights:
    """Return the weights with `own` and `bare` fitted; every claim also counts as one on bare ground."""
    base = default_weights(weights.states)
    owned = samples.has_own > 0
    hidden = samples.features.copy()
    hidden[:, 0] = 0.0
    return replace(
        weights, own=_fitted(samples.features[owned], samples.likelihood[owned], base.own),
        bare=_fitted(hidden, samples.likelihood, base.bare),
    )


def _fitted(found: Floats, likelihood: Floats, base: Floats) -> Floats:
    weights, value = base.copy(), -np.inf
    step = 1.0
    gradient, curvature = np.zeros_like(base), np.eye(len(base))
    candidate = weights
    for _ in range(_STEPS):
        score, slope, bend = _objective(candidate, found, likelihood, base)
        if score > value + 1e-6:
            weights, value, gradient, curvature, step = candidate, score, slope, bend, min(1.0, 2 * step)
        else:
            step /= 2
        candidate = _moved(weights, gradient, curvature, step)
        if np.abs(candidate - weights).max() < 1e-4:
            break
    return weights


def _moved(weights: Floats, gradient: Floats, curvature: Floats, step: float) -> Floats:
    """A Newton step in the weights that are free: at 0 and pushed below it, a weight stays there."""
    free = (weights > 0) | (gradient > 0)
    free[-1] = True
    moved = weights.copy()
    if free.any():
        moved[free] += step * np.linalg.solve(curvature[np.ix_(free, free)], gradient[free])
    moved[:-1] = np.maximum(moved[:-1], 0.0)
    return moved


def _objective(weights: Floats, found: Floats, likelihood: Floats, base: Floats) -> tuple[float, Floats, Floats]:
    belief = softmax(np.einsum("f,qfs->qs", weights, found))
    joint = belief * likelihood
    total = joint.sum(axis=1)
    away = weights - base
    score = float(np.log(total).sum() - _TIGHT / 2 * (away**2).sum())
    pull = joint / total[:, None] - belief
    gradient = np.einsum("qs,qfs->f", pull, found) - _TIGHT * away
    middle = found - np.einsum("qs,qfs->qf", belief, found)[:, :, None]
    curvature = np.einsum("qfs,qs,qgs->fg", middle, belief, middle) + _TIGHT * np.eye(len(base))
    return score, gradient, curvature
