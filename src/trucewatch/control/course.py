"""How the beliefs about nodes change from one day that is asked about to the next: what nowcasts of many places share.

Between two claims a belief moves by the daily matrix and its freshness fades by a constant factor, both linear; so do
all sums over neighbours. A place's sums of the day before therefore need only the changes of the nodes that claims
published since then speak of. Everything begins anew when the weights change, at most once a month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trucewatch.control.chains import over, powers
from trucewatch.control.evidence import Ints, Observations
from trucewatch.control.nowcast import Filter, weights_on
from trucewatch.control.pooling import FRESH_DAYS, RECENT_DAYS, Beliefs
from trucewatch.control.weights import ControlWeights, Floats

__all__ = ["Step", "course_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What comes between the day asked about before and this one."""

    day: int
    weights: ControlWeights
    anew: bool
    """The sums begin at 0: the first day under these weights."""
    daily: Floats
    """(states, states) by which beliefs have moved since the day before."""
    fading: float
    fading_recent: float
    """Factors of what fades within a year, and within weeks."""
    nodes: Ints
    share: Floats
    """(nodes, states) change of the belief; of nodes spoken of for the first time, the belief."""
    there: Floats
    fresh: Floats
    recent: Floats
    recent_share: Floats
    """(nodes, states) change of what was said in the last weeks."""


def course_of(
    seen: Observations, fitted: Sequence[ControlWeights], count: int, days: Sequence[int], horizon: int
) -> tuple[Step, ...]:
    """Return the steps from each of the days, in order, to the next; `count` nodes."""
    steps: list[Step] = []
    keeping: Filter | None = None
    for day in days:
        weights = weights_on(day, fitted)
        if keeping is None or keeping.weights is not weights:
            keeping = Filter(seen, weights, count, max(day, horizon))
            keeping.advance(day)
            now = keeping.beliefs(day)
            steps.append(_step(day, weights, None, np.flatnonzero(now.age >= 0), None, now))
            continue
        touched = keeping.touched(day)
        before = keeping.beliefs(day, touched)
        keeping.advance(day)
        steps.append(_step(day, weights, steps[-1].day, touched, before, keeping.beliefs(day, touched)))
    return tuple(steps)


def _step(day: int, weights: ControlWeights, last: int | None, nodes: Ints, before: Beliefs | None, now: Beliefs) -> Step:
    """Return the step; `before` and `now` are about `nodes` alone where there is a day before."""
    if before is None:
        now = Beliefs(now.state[nodes], now.age[nodes])
        before = Beliefs(np.zeros_like(now.state), np.full(len(nodes), -1, dtype=np.int64))
    gap = 0 if last is None else day - last
    said, said_before = now.state * now.present[:, None], before.state * before.present[:, None]
    return Step(
        day, weights, last is None, over(powers(weights.daily, gap), np.array([gap]))[0],
        float(np.exp(-gap / FRESH_DAYS)), float(np.exp(-gap / RECENT_DAYS)), nodes,
        said - said_before, now.present - before.present, now.fresh - before.fresh, now.recent - before.recent,
        said * now.recent[:, None] - said_before * before.recent[:, None],
    )
