"""Claims, weights and places together: what is believed on any day, and the answers for places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from trucewatch.control.carrying import carried
from trucewatch.control.chains import backward, forward, powers, smoothed_on
from trucewatch.control.compiled import available
from trucewatch.control.course import course_of
from trucewatch.control.evidence import Ints, Nodes, Observations, likelihoods
from trucewatch.control.given import ControlClaim
from trucewatch.control.ground import Ground
from trucewatch.control.hindsight import Smoother
from trucewatch.control.nowcast import Filter, weights_on
from trucewatch.control.pooling import Beliefs, answers, summed
from trucewatch.control.weights import ControlWeights, Floats

__all__ = ["Evidence"]

_BELIEFS_AT_ONCE = 20_000_000
_THREADS = 2
_PAIRS_AS_ONE = 20
"""Pairs of a place and a node that are laid out while a place and day is answered, about."""

T = TypeVar("T")


class Said(NamedTuple):
    """Claims, and what all of them say."""

    claims: tuple[ControlClaim, ...]
    seen: Observations


class Evidence:
    """Claims, weights and places together, ready for any day."""

    def __init__(
        self, claims: Sequence[ControlClaim], nodes: Nodes, states: tuple[str, ...], ground: Ground,
        everything: Observations, counted: npt.NDArray[np.bool_], fitted: tuple[ControlWeights, ...], mode: str, horizon: int,
    ) -> None:
        self.first, self.later = Said(tuple(claims), everything), Said((), everything.take(np.empty(0, dtype=np.int64)))
        """Claims as they were given at first, and what was added to them; joined only where all are needed."""
        self.nodes, self.states, self.ground = nodes, states, ground
        self.fitted, self.mode, self.horizon = fitted, mode, horizon
        self.counted = counted
        """Which claims count."""
        self.running: tuple[ControlWeights, int, Filter | Smoother] | None = None
        """The beliefs as they were last asked for: weights, day, and what keeps them up."""

    @cached_property
    def claims(self) -> tuple[ControlClaim, ...]:
        """All claims."""
        return (*self.first.claims, *self.later.claims)

    @cached_property
    def everything(self) -> Observations:
        """What all claims say, copies included."""
        return self.first.seen.joined_by(self.later.seen)

    @cached_property
    def seen(self) -> Observations:
        """What the claims that count say."""
        return self.everything.take(np.flatnonzero(self.counted[self.everything.claim]))

    @cached_property
    def voices(self) -> tuple[frozenset[str], frozenset[str]]:
        """Every source, and every origin."""
        return frozenset(one.source for one in self.claims), frozenset(one.origin for one in self.claims)

    def said_of(self, nodes: Ints) -> Observations:
        """Return what the claims that count say of some nodes."""
        base, more = self.first.seen, self.later.seen
        first, end = np.searchsorted(base.node, nodes), np.searchsorted(base.node, nodes + 1)
        rows = np.concatenate([np.arange(one, other) for one, other in zip(first, end, strict=True)])
        every = base.take(rows).joined_by(more.take(np.flatnonzero(np.isin(more.node, nodes))))
        return every.take(np.flatnonzero(self.counted[every.claim]))

    def about(self, ground: Ground) -> Evidence:
        """Return the same evidence, asked about other places among the same nodes."""
        other = copy(self)
        other.ground = ground
        return other

    def of_places(self, rows: Ints) -> Evidence:
        """Return the same evidence, asked about some of the places."""
        return self.about(Ground(self.ground.lat[rows], self.ground.lon[rows], self.ground.own[rows], self.nodes))

    def over(self, days: Sequence[int]) -> Floats:
        """Return (places, days, states + 1): the answers for days in order, `unknown` last."""
        shares = np.empty((len(self.ground.lat), len(days), len(self.states) + 1))

        def kept(rows: Ints, answered: Iterator[Floats]) -> None:
            for at, one in enumerate(answered):
                shares[rows, at] = one

        for _ in self.each(days, kept):
            pass
        return shares

    def through(self, days: Sequence[int], at_once: int) -> Iterator[tuple[Ints, Iterator[Floats]]]:
        """Yield the places in order, at most so many at once, with what `each` hands on."""
        answered, most = self._answering(days)
        for rows in self.ground.blocks(min(at_once, most)):
            yield rows, answered(rows)

    def each(self, days: Sequence[int], work: Callable[[Ints, Iterator[Floats]], T]) -> Iterator[T]:
        """Yield `work` of each block of places: rows, and (places, states + 1) for each day in order, to be read at once.

        Blocks are of neighbouring places, two of them are worked on at a time.
        """
        answered, most = self._answering(days)
        blocks = list(self.ground.blocks(most, by_neighbourhood=True))
        if len(blocks) < 2:
            yield from (work(rows, answered(rows)) for rows in blocks)
            return
        with ThreadPoolExecutor(_THREADS) as pool:
            yield from pool.map(lambda rows: work(rows, answered(rows)), blocks)

    def _answering(self, days: Sequence[int]) -> tuple[Callable[[Ints], Iterator[Floats]], int]:
        """Return how some places are answered day by day, and how many of them at most at once."""
        pairs = len(self.nodes) * len(self.ground.lat)
        by_compiled = available(max(len(days) * len(self.ground.lat), pairs // _PAIRS_AS_ONE))
        if self.mode == "filter" and (by_compiled or len(days) > 1):
            steps = course_of(self.seen, self.fitted, len(self.nodes), days, self.horizon)
            if by_compiled:
                from trucewatch.control.compiled import carrying

                return lambda rows: carrying.carried(self.ground, rows, steps), max(1, carrying.AT_ONCE // max(1, len(self.nodes)))
            return lambda rows: carried(self.ground.of(rows), steps), self.ground.at_once
        many = len(self.nodes) * len(self.states) * len(days) > _BELIEFS_AT_ONCE
        kept = None if many else [self._weighed(day) for day in days]

        def each_alone(rows: Ints) -> Iterator[Floats]:
            pool = self.ground.of(rows)
            return (answers(summed(pool, beliefs), weights) for weights, beliefs in kept or map(self._weighed, days))

        return each_alone, self.ground.at_once

    def answer(self, row: int, day: int) -> Floats:
        """Return (states + 1) for one place and day."""
        weights, beliefs = self._weighed(day)
        shares: Floats = answers(summed(self.ground.of(np.array([row])), beliefs), weights)[0]
        return shares

    def _weighed(self, day: int) -> tuple[ControlWeights, Beliefs]:
        return weights_on(day, self.fitted), self.beliefs(day)

    def beliefs(self, day: int) -> Beliefs:
        """Return what is believed of the nodes on a day; days in order are cheapest."""
        weights = weights_on(day, self.fitted)
        running = self.running
        back = running is not None and running[1] > day and self.mode == "filter"
        if running is None or running[0] is not weights or back:
            kind = Filter if self.mode == "filter" else Smoother
            running = (weights, day, kind(self.seen, weights, len(self.nodes), max(day, self.horizon)))
        running[2].advance(day)
        self.running = (weights, day, running[2])
        return running[2].beliefs(day)

    def variants(self, sets: Sequence[Sequence[int]], day: int) -> Beliefs:
        """Return what would be believed of a node on a day if it had only these claims, per set.

        The claims of one set belong to one node and count all.
        """
        weights = weights_on(day, self.fitted)
        of_claim: dict[int, list[int]] = defaultdict(list)
        for at, claim in enumerate(self.everything.claim):
            of_claim[int(claim)].append(at)
        picked = [sorted(at for one in some for at in of_claim[one]) for some in sets]
        rows = np.array([at for some in picked for at in some], dtype=np.int64)
        number = np.repeat(np.arange(len(sets)), [len(some) for some in picked])
        seen = replace(self.everything.take(rows), node=number)
        return _beliefs(seen, weights, day, max(day, self.horizon), len(sets))


def _beliefs(
    seen: Observations, weights: ControlWeights, day: int, horizon: int, count: int
) -> Beliefs:
    first = int(seen.day.min()) if len(seen) else day
    table = powers(weights.daily, max(horizon, day) - min(first, day))
    chains = forward(seen, likelihoods(seen, weights), weights.prior, table)
    later = backward(chains)  # a filter's claims are none of them later than the day
    return Beliefs(*smoothed_on(day, chains, later, weights.prior, table, count))
