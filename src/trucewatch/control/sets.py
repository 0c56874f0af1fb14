"""The fewest holders that hold the truth nine times in ten: how much probability such a set needs, from held-out claims.

Sets that gather 0.9 hold it more often, because the last holder taken in brings more than was missing. So the share
is chosen at which sets for held-out claims hold the truth in nine of ten, the claim itself telling what was true.
"""

from __future__ import annotations

import numpy as np

from trucewatch.control.fitting import Samples, bare_features
from trucewatch.control.pooling import log_odds, softmax
from trucewatch.control.weights import ControlWeights, Floats

__all__ = ["AIM", "levels_of", "likeliest"]

AIM = 0.9
_ENOUGH = 300
_TRIED = np.linspace(0.3, AIM, 121)


def levels_of(samples: Samples | None, weights: ControlWeights) -> tuple[float, float]:
    """Return the share of probability of a set at a place with claims of its own, and at one without; 0.3..0.9.

    With fewer than 300 held-out claims it is 0.9: the sets hold the truth more often than that.
    """
    if samples is None:
        return AIM, AIM
    owned = samples.has_own > 0
    return (
        _level(samples.features[owned], samples.likelihood[owned], 1.0, weights),
        _level(bare_features(samples), samples.likelihood, 0.0, weights),
    )


def _level(found: Floats, likelihood: Floats, own: float, weights: ControlWeights) -> float:
    if len(found) < _ENOUGH:
        return AIM
    belief = softmax(log_odds(found, np.full(len(found), own), weights))
    true = belief * likelihood
    true /= true.sum(axis=1, keepdims=True)
    order = np.argsort(-belief, axis=1, kind="stable")
    ranked, right = np.take_along_axis(belief, order, 1), np.take_along_axis(true, order, 1)
    before = np.cumsum(ranked, axis=1) - ranked
    return next((float(share) for share in _TRIED if (right * (before < share)).sum(axis=1).mean() >= AIM), AIM)


def likeliest(shares: dict[str, float], level: float) -> tuple[str, ...]:
    """Return the fewest holders that gather a share of probability, the likeliest first."""
    found: list[str] = []
    gathered = 0.0
    for name in sorted(shares, key=lambda one: (-shares[one], one)):
        if gathered >= level:
            break
        found.append(name)
        gathered += shares[name]
    return tuple(found)
