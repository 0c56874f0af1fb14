"""`pooling.answers` for places whose sums lie side by side.

Terms whose weight is 0 are left out, and so is what is the same for all states. Probabilities differ from NumPy's by
rounding alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from trucewatch.control.compiled.logarithm import log_all
from trucewatch.control.weights import Floats
from trucewatch.incidents.compiled.compiling import compiled

__all__ = ["answer_places"]

_OWN, _NEAR, _RECENT, _LINES, _PRIOR, _MIXED, _NEAR_CONTESTED, _CONTESTED = 0, 4, 9, 12, 14, 15, 18, 19
"""Where the groups of `weights.FEATURES` begin."""


@compiled
def _weights(self_: Floats, mass: Floats, known: Any) -> Floats:  # noqa: ANN401 - a named tuple of arrays
    """Return (features, places): the weights of each place, less as it decides alone."""
    found = np.empty((len(known.own), self_.shape[1]))
    for c in range(self_.shape[1]):
        there = self_[2, c] > 0
        alone = known.alone_most / (mass[known.alone, c] + known.alone_most) if there else 0.0
        for f in range(len(found)):
            found[f, c] = known.own[f] * (1 - alone) if there else known.bare[f]
        found[_OWN + 3, c] = known.own[_OWN + 3] * alone if there else 0.0
    return found


@compiled
def _add_logs(total: Floats, values: Floats, base: Floats, base_log: Floats, weights: Floats, logs: Floats, spare: Any) -> None:  # noqa: ANN401
    """Add weights (places) times the logs of values (states, places) and base (states), less those of base."""
    for s in range(len(total)):
        for c in range(total.shape[1]):
            logs[s, c] = values[s, c] + base[s]
        log_all(logs[s], spare)
        for c in range(total.shape[1]):
            logs[s, c] -= base_log[s]
            total[s, c] += weights[c] * logs[s, c]


@compiled
def _level(
    found: Floats, shares: Floats, mass: Floats, moments: Floats, tilted: Floats, base: Floats, shrink: float, least: float
) -> None:
    """Write to `found` (states, places) the height here of the plane through the neighbours' shares, at least `least`."""
    size, places = shares.shape
    for c in range(places):
        x, y, xx, xy, yy = moments[0, c], moments[1, c], moments[2, c], moments[3, c], moments[4, c]
        a, d, f = mass[c] + shrink, xx + shrink, yy + shrink
        one, two, three = d * f - xy * xy, xy * y - x * f, x * xy - d * y
        whole = 1 / (a * one + x * two + y * three)
        for s in range(size):
            level = one * (shares[s, c] + base[s]) + two * tilted[0, s, c] + three * tilted[1, s, c]
            found[s, c] = max(level * whole, least)


@compiled
def _add_mixed(
    total: Floats, shares: Floats, mass: Floats, shrink: float, weights: Floats, unmixed: Floats, keep: bool  # noqa: FBT001
) -> None:
    size, places = shares.shape
    for c in range(places):
        squares = 0.0
        for s in range(size):
            squares += shares[s, c] * shares[s, c]
        less = max(mass[c], 1e-9)
        mixed = (1 - squares / (less * less)) * mass[c] / (mass[c] + shrink)
        total[size - 1, c] += weights[c] * mixed
        if keep:
            unmixed[c] = 1 - mixed


@compiled
def _add_own(total: Floats, own: Floats, self_: Floats, unmixed: Floats, weights: Floats, clip: float) -> None:
    size = len(own)
    logs = np.empty(size)
    for c in range(own.shape[1]):
        if self_[2, c] > 0:
            middle = 0.0
            for s in range(size):
                logs[s] = np.log(max(own[s, c], 1e-9)) if own[s, c] > 0 else 0.0
                middle += logs[s] / size
            weight = weights[_OWN, c] + weights[_OWN + 1, c] * self_[1, c] + weights[_OWN + 2, c] * unmixed[c] + weights[_OWN + 3, c]
            for s in range(size):
                total[s, c] += weight * min(max(logs[s] - middle, -clip), clip)


@compiled
def answer_places(
    own: Floats, self_: Floats, shares: Floats, mass: Floats, fresh: Floats, recent: Floats, moments: Floats, tilted: Floats,
    known: Any, out: Floats,  # noqa: ANN401 - a named tuple of arrays
) -> None:
    """Write (places, states + 1) to `out`; the sums have the places last."""
    size, places = own.shape
    weights = _weights(self_, mass, known)
    total, logs, spare, unmixed = np.empty((size, places)), np.empty((size, places)), np.empty(places, dtype=np.int64), np.zeros(places)
    for s in range(size):
        total[s] = weights[_PRIOR] * known.prior[s]
    total[size - 1] += weights[_CONTESTED]
    for r in range(len(mass)):
        about = r == known.contested_range and known.used[_NEAR_CONTESTED]
        if known.used[_NEAR + r] or about:
            _add_logs(total, shares[r], known.base[r], known.base_log[r], weights[_NEAR + r], logs, spare)
        if about:
            for c in range(places):
                middle = 0.0
                for s in range(size):
                    middle += logs[s, c] / size
                total[size - 1, c] += weights[_NEAR_CONTESTED, c] * (logs[size - 1, c] - middle)
    for i in range(len(recent)):
        if known.used[_RECENT + i]:
            _add_logs(total, recent[i], known.base[known.recent[i]], known.base_log[known.recent[i]], weights[_RECENT + i], logs, spare)
    level = np.empty((size, places))
    for i in range(len(moments)):
        if known.used[_LINES + i]:
            r = known.lines[i]
            _level(level, shares[r], mass[r], moments[i], tilted[i], known.base[r], known.shrink[r], known.least)
            _add_logs(total, level, known.nothing, known.least_log, weights[_LINES + i], logs, spare)
    for i in range(len(known.mixed)):
        r = known.mixed[i]
        _add_mixed(total, shares[r], mass[r], known.shrink[r], weights[_MIXED + i], unmixed, r == known.unmixed)
    _add_own(total, own, self_, unmixed, weights, known.clip)
    _share_out(total, self_[0], fresh[known.heard_range], known, out)


@compiled
def _share_out(total: Floats, own_fresh: Floats, fresh: Floats, known: Any, out: Floats) -> None:  # noqa: ANN401
    size, places = total.shape
    for c in range(places):
        most, whole = total[0, c], 0.0
        for s in range(1, size):
            most = max(most, total[s, c])
        for s in range(size):
            out[c, s] = np.exp(total[s, c] - most)
            whole += out[c, s]
        nobody = known.unknown_most * np.exp(-known.steep * (known.own_counts * own_fresh[c] + fresh[c]))
        for s in range(size):
            out[c, s] *= (1 - nobody) / whole
        out[c, size] = nobody
