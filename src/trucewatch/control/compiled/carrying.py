"""Sums carried from day to day as in `control.carrying`, and answers, compiled; places lie side by side."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.control import pooling
from trucewatch.control.compiled.answering import answer_places
from trucewatch.control.compiled.kernels import kernels
from trucewatch.control.course import Step
from trucewatch.control.evidence import Ints
from trucewatch.control.ground import LINE, Ground
from trucewatch.control.weights import MIXED_RANGES, RANGES_M, ControlWeights, Floats
from trucewatch.incidents.compiled.compiling import compiled

__all__ = ["AT_ONCE", "carried"]

AT_ONCE = 500_000
"""Pairs of a place and a node in one block: two blocks of 0.1 GB are worked on at a time."""

_Known = namedtuple("_Known", (
    "own", "bare", "used", "prior", "base", "base_log", "nothing", "shrink", "least", "least_log", "recent", "lines", "mixed", "unmixed",
    "contested_range", "alone", "alone_most", "clip", "unknown_most", "steep", "own_counts", "heard_range",
))  # fmt: skip


def carried(ground: Ground, rows: Ints, steps: Sequence[Step]) -> Iterator[Floats]:
    """Yield (places, states + 1) of some places for each step in order; the same array each time."""
    if not steps:
        return
    places, states = len(rows), steps[0].share.shape[1]
    kernel, slope, reaching = kernels(ground.lat[rows], ground.lon[rows], ground.own[rows], ground.nodes)
    standing = _standing(ground.own[rows], len(ground.nodes))
    sums = _nothing(places, states)
    out = np.empty((places, states + 1))
    known, weights = None, None
    for step in steps:
        if step.weights is not weights:
            weights, known = step.weights, _known(step.weights)
        if step.anew:
            for one in sums:
                one[:] = 0.0
        else:
            own, self_, shares, _, fresh, recent, _, tilted = sums
            _move(own, self_, shares, fresh, recent, tilted, step.daily, step.fading, step.fading_recent)
        _add(
            *sums, kernel, slope, reaching, *standing, step.nodes, step.share, step.there, step.fresh, step.recent, step.recent_share,
            np.array(pooling.RECENT), np.array(LINE),
            step.weights.heard_range,
        )
        answer_places(*sums, known, out)
        yield out


def _standing(own: Ints, nodes: int) -> tuple[Ints, Ints]:
    """Return the places that stand on nodes, by node, and where those of each node begin."""
    order = np.flatnonzero(own >= 0)
    order = order[np.argsort(own[order], kind="stable")]
    return order, np.searchsorted(own[order], np.arange(nodes + 1))


def _nothing(places: int, states: int) -> tuple[Floats, ...]:
    """Return own belief; own freshness, recency and presence; shares, mass, freshness, recent shares, moments and tilts."""
    ranges, lines, recent = len(RANGES_M), len(LINE), len(pooling.RECENT)
    shapes = ((states,), (3,), (ranges, states), (ranges,), (ranges,), (recent, states), (lines, 5), (lines, 2, states))
    return tuple(np.zeros((*one, places)) for one in shapes)


def _known(weights: ControlWeights) -> Any:  # noqa: ANN401 - a named tuple of arrays
    base = pooling.SHRINK[:, None] * weights.prior
    return _Known(
        weights.own, weights.bare, (weights.own != 0) | (weights.bare != 0), pooling.centred(weights.prior), base, np.log(base),
        np.zeros(len(weights.prior)), pooling.SHRINK, pooling.LEAST_SHARE,
        np.log(np.maximum(weights.prior, pooling.LEAST_SHARE)), np.array(pooling.RECENT), np.array(LINE), np.array(MIXED_RANGES),
        pooling.UNMIXED_RANGE, pooling.CONTESTED_RANGE, pooling.ALONE_RANGE, pooling.ALONE, pooling.CLIP, pooling.UNKNOWN_MOST,
        pooling.UNKNOWN_STEEP, pooling.OWN_COUNTS, weights.heard_range,
    )


@compiled
def _turned(rows: Floats, daily: Floats, factor: float, spare: Floats) -> None:
    """Multiply (states, places) by the daily matrix and a factor."""
    size, places = rows.shape
    for t in range(size):
        for c in range(places):
            spare[t, c] = 0.0
        for s in range(size):
            by = daily[s, t] * factor
            for c in range(places):
                spare[t, c] += rows[s, c] * by
    rows[:] = spare


@compiled
def _move(
    own: Floats, self_: Floats, shares: Floats, fresh: Floats, recent: Floats, tilted: Floats,
    daily: Floats, fading: float, fading_recent: float,
) -> None:
    spare = np.empty_like(own)
    _turned(own, daily, 1.0, spare)
    self_[0] *= fading
    self_[1] *= fading_recent
    fresh *= fading
    for r in range(shares.shape[0]):
        _turned(shares[r], daily, 1.0, spare)
    for r in range(recent.shape[0]):
        _turned(recent[r], daily, fading_recent, spare)
    for i in range(tilted.shape[0]):
        _turned(tilted[i, 0], daily, 1.0, spare)
        _turned(tilted[i, 1], daily, 1.0, spare)


@compiled
def _weigh(sums: Floats, kernel: Floats, by: Floats) -> None:
    """Add kernel (places) times `by` (states) to sums (states, places)."""
    for s in range(len(by)):
        for c in range(len(kernel)):
            sums[s, c] += by[s] * kernel[c]


@compiled
def _add(
    own: Floats, self_: Floats, shares: Floats, mass: Floats, fresh: Floats, recent: Floats, moments: Floats, tilted: Floats,
    kernel: Floats, slope: Floats, reaching: npt.NDArray[np.bool_], standing: Ints, begins: Ints,
    nodes: Ints, share: Floats, there: Floats, freshness: Floats, recency: Floats, recent_share: Floats, recents: Ints, lines: Ints,
    heard: int,
) -> None:
    for k in range(len(nodes)):
        n = nodes[k]
        for r in range(shares.shape[0]):
            if reaching[n, r]:
                _weigh(shares[r], kernel[n, r], share[k])
                if r == heard:
                    fresh[r] += freshness[k] * kernel[n, r]
                if there[k] != 0:
                    mass[r] += there[k] * kernel[n, r]
        for i in range(len(recents)):
            if reaching[n, recents[i]]:
                _weigh(recent[i], kernel[n, recents[i]], recent_share[k])
        for i in range(len(lines)):
            if reaching[n, lines[i]]:
                _weigh(tilted[i, 0], slope[n, i, 0], share[k])
                _weigh(tilted[i, 1], slope[n, i, 1], share[k])
                if there[k] != 0:
                    for m in range(5):
                        moments[i, m] += there[k] * slope[n, i, m]
        for at in range(begins[n], begins[n + 1]):
            c = standing[at]
            own[:, c] += share[k]
            self_[0, c] += freshness[k]
            self_[1, c] += recency[k]
            self_[2, c] += there[k]
