"""What each claim adds to an answer, and what the answer would be without it.

Contributions are taken in order of publication: each is the change of the log-odds when the claim
joins those before it, so they add up to the answer less the prior. `if_removed` takes one claim out
of all and weighs the rest again, with the same weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from trucewatch.control.asking import Evidence
from trucewatch.control.evidence import Ints, independent
from trucewatch.control.ground import Pool
from trucewatch.control.nowcast import weights_on
from trucewatch.control.pooling import Beliefs, Sums, answers, one_node, sums_by_part
from trucewatch.control.weights import ControlWeights, Floats

__all__ = ["ClaimReason", "Why", "reasons"]


@dataclass(frozen=True, slots=True)
class ClaimReason:
    """What one claim does to an answer."""

    row: int
    """Row of the table of claims, counted from 1."""
    place: str | None
    source: str
    origin: str
    kind: str
    holder: str
    published: date
    contribution: float
    """Change of the natural-log odds when it joined; 0 for a copy."""
    if_removed: float
    """Probability of the holder without it, all else as it is."""
    age_days: int
    distance_m: int
    reliability: float
    """Probability that its source says what is so."""
    copy: bool
    """Whether it repeats what its origin was already counted for."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a holder has its probability; iterates over the claims in order of publication."""

    place: str
    day: date
    holder: str
    probability: float
    prior: float
    """Log-odds of the holder if nothing were said."""
    answer: float
    """Log-odds of the holder: the prior and all contributions."""
    claims: tuple[ClaimReason, ...] = field(repr=False)

    def __iter__(self) -> Iterator[ClaimReason]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def best(self, count: int = 5) -> tuple[ClaimReason, ...]:
        """Return the claims that move the log-odds most, the strongest first."""
        return tuple(sorted(self.claims, key=lambda one: (-abs(one.contribution), one.row))[:count])


def reasons(evidence: Evidence, place: str, at: int, day: int, state: int) -> Why:
    """Return why the asked place number `at` has its probability of a state on a day."""
    weights = weights_on(day, evidence.fitted)
    pool = evidence.ground.of(np.array([at]))
    order = _reaching(evidence, pool, day)
    joined, removed = _sets(evidence, order)
    beliefs = evidence.variants([*joined, *removed], day)
    half = len(order)
    nodes = evidence.nodes.of_claim[order]
    steps = _terms(pool, nodes, beliefs, slice(0, half))
    without = _terms(pool, nodes, beliefs, slice(half, None))
    running = _running(steps, nodes)
    chances = answers(running, weights)[:, state]
    odds = np.log(chances / (1 - chances))
    dropped = answers(_dropped(running, steps, without, nodes), weights)[:, state]
    listed = tuple(
        _reason(evidence, weights, pool, int(claim), day, float(odds[k + 1] - odds[k]), float(dropped[k]))
        for k, claim in enumerate(order)
    )
    return Why(place, date.fromordinal(day), evidence.states[state], float(chances[-1]), float(odds[0]), float(odds[-1]), listed)


def _reaching(evidence: Evidence, pool: Pool, day: int) -> Ints:
    """Return the claims that can reach a place, in order of publication."""
    own = np.arange(len(evidence.nodes)) == pool.own[0]
    near = (pool.kernel[:, 0] > 0).any(axis=0) | own
    picked = [
        (one.published, one.row, k) for k, one in enumerate(evidence.claims)
        if near[evidence.nodes.of_claim[k]] and (evidence.mode != "filter" or one.published <= day)
    ]
    return np.array([k for _, _, k in sorted(picked)], dtype=np.int64)


def _sets(evidence: Evidence, order: Ints) -> tuple[list[list[int]], list[list[int]]]:
    """Return, per claim, the claims of its node up to it, and all others of its node.

    Only claims that count; without the first of several copies another of them counts.
    """
    so_far: dict[int, list[int]] = defaultdict(list)
    everything: dict[int, list[int]] = defaultdict(list)
    joined = []
    for claim in order:
        node = int(evidence.nodes.of_claim[claim])
        everything[node].append(int(claim))
        if evidence.counted[claim]:
            so_far[node].append(int(claim))
        joined.append(list(so_far[node]))
    return joined, [_others(evidence, int(claim), everything) for claim in order]


def _others(evidence: Evidence, claim: int, everything: dict[int, list[int]]) -> list[int]:
    left = [one for one in everything[int(evidence.nodes.of_claim[claim])] if one != claim]
    if not evidence.counted[claim] or all(evidence.counted[one] for one in left):
        return [one for one in left if evidence.counted[one]]
    counted = independent([evidence.claims[one] for one in left], evidence.nodes.part(left))
    return [one for one, counts in zip(left, counted, strict=True) if counts]


def _terms(pool: Pool, nodes: Ints, beliefs: Beliefs, some: slice) -> Sums:
    """Return what each node, as one claim leaves it, adds to the sums of a place."""
    own = (nodes == pool.own[0]).astype(float)
    return one_node(pool.kernel[:, 0, nodes], pool.slope[:, :, 0, nodes], own, Beliefs(beliefs.state[some], beliefs.age[some]))


def _previous(nodes: Ints) -> Ints:
    """Return the position of the claim before each one of its node, -1 for the first."""
    last: dict[int, int] = {}
    found = []
    for k, node in enumerate(nodes):
        found.append(last.get(int(node), -1))
        last[int(node)] = k
    return np.array(found, dtype=np.int64)


def _running(steps: Sums, nodes: Ints) -> Sums:
    """Return the sums before any claim and after each: len(nodes) + 1 rows."""
    before = _previous(nodes)
    old = before >= 0

    def total(name: str, axis: int) -> Floats:
        values = np.moveaxis(getattr(steps, name), axis, 0)
        change = values - np.where(old.reshape(-1, *[1] * (values.ndim - 1)), values[before], 0.0) if len(nodes) else values
        start = np.zeros((1, *values.shape[1:]))
        return np.moveaxis(np.concatenate([start, np.cumsum(change, axis=0)]), 0, axis)

    return sums_by_part(total)


def _dropped(running: Sums, steps: Sums, without: Sums, nodes: Ints) -> Sums:
    """Return the final sums with each claim's node as it is without the claim."""
    final = np.array([int(np.flatnonzero(nodes == node)[-1]) for node in nodes], dtype=np.int64)

    def total(name: str, axis: int) -> Floats:
        last = np.moveaxis(getattr(running, name), axis, 0)[-1:]
        now, then = (np.moveaxis(getattr(one, name), axis, 0) for one in (steps, without))
        return np.moveaxis(last - now[final] + then, 0, axis)

    return sums_by_part(total)


def _reason(
    evidence: Evidence, weights: ControlWeights, pool: Pool, claim: int, day: int, contribution: float, if_removed: float
) -> ClaimReason:
    one = evidence.claims[claim]
    rows = np.flatnonzero(evidence.everything.claim == claim)
    channel = evidence.everything.channels[int(evidence.everything.channel[rows[0]])]
    right = float(weights.prior @ np.diag(weights.confusions.get(channel, weights.other)))
    distance = pool.distance_m[0, evidence.nodes.of_claim[claim]]
    return ClaimReason(
        one.row, one.place, one.source, one.origin, one.kind, one.holder, date.fromordinal(one.published), contribution,
        if_removed, day - one.last, round(float(distance)), round(right, 4), not evidence.counted[claim],
    )
