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
from trucewatch.control.weights import OWN_FEATURES, ControlWeights, Floats, default_weights

__all__ = ["Samples", "bare_features", "fit_pooling", "joined"]

_STEPS = 30
_TIGHT = 20.0
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


def bare_features(samples: Samples) -> Floats:
    """Return the features as they would be at places without claims of their own."""
    hidden = samples.features.copy()
    hidden[:, : len(OWN_FEATURES)] = 0.0
    return hidden


def fit_pooling(samples: Samples, weights: ControlWeights) -> ControlWeights:
    """Return the weights with `own` and `bare` fitted; every claim also counts as one on bare ground."""
    base = default_weights(weights.states)
    owned = samples.has_own > 0
    hidden = bare_features(samples)
    return replace(
        weights, own=_fitted(samples.features[owned], samples.likelihood[owned], base.own, weights.own),
        bare=_fitted(hidden, samples.likelihood, base.bare, weights.bare),
    )


def _fitted(found: Floats, likelihood: Floats, base: Floats, start: Floats) -> Floats:
    weights = start
    value, gradient, curvature = _objective(weights, found, likelihood, base)
    for _ in range(_STEPS):
        toward = _best_of_model(weights, gradient, curvature) - weights
        step = 1.0
        while step > 1e-3:
            score, slope, bend = _objective(weights + step * toward, found, likelihood, base)
            if score > value:
                break
            step /= 2
        if step <= 1e-3 or score - value < 1e-3:
            break
        weights, value, gradient, curvature = weights + step * toward, score, slope, bend
    return weights


def _best_of_model(weights: Floats, gradient: Floats, curvature: Floats) -> Floats:
    """Return where the quadratic model is greatest, all but the last at least 0, by coordinates."""
    moved, slope = weights.copy(), gradient.copy()
    for _ in range(100):
        before = moved.copy()
        for at in range(len(moved)):
            free = moved[at] + slope[at] / curvature[at, at]
            fresh = free if at == len(moved) - 1 else max(0.0, free)
            slope -= curvature[:, at] * (fresh - moved[at])
            moved[at] = fresh
        if np.abs(moved - before).max() < 1e-5:
            break
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
    root = (middle * np.sqrt(belief)[:, None, :]).transpose(1, 0, 2).reshape(len(base), -1)
    curvature = root @ root.T + _TIGHT * np.eye(len(base))
    return score, gradient, curvature
