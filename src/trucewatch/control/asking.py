"""Claims, weights and places together: what is believed on any day, and the answers for places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from typing import TypeVar

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

T = TypeVar("T")


class Evidence:
    """Claims, weights and places together, ready for any day."""

    def __init__(
        self, claims: Sequence[ControlClaim], nodes: Nodes, states: tuple[str, ...], ground: Ground,
        everything: Observations, counted: npt.NDArray[np.bool_], fitted: tuple[ControlWeights, ...], mode: str, horizon: int,
    ) -> None:
        self.claims, self.nodes, self.states, self.ground = tuple(claims), nodes, states, ground
        self.fitted, self.mode, self.horizon = fitted, mode, horizon
        self.everything, self.counted = everything, counted
        """What all claims say, copies included; and which claims count."""
        self.seen = everything.take(counted[everything.claim])
        """What the claims that count say."""
        self._running: tuple[ControlWeights, int, Filter | Smoother] | None = None

    def about(self, ground: Ground) -> Evidence:
        """Return the same evidence, asked about other places among the same nodes."""
        other = copy(self)
        other.ground = ground
        return other

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
        if self.mode == "filter" and len(days) > 1:
            steps = course_of(self.seen, self.fitted, len(self.nodes), days, self.horizon)
            if available(len(days) * len(self.ground.lat)):
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
        running = self._running
        back = running is not None and running[1] > day and self.mode == "filter"
        if running is None or running[0] is not weights or back:
            kind = Filter if self.mode == "filter" else Smoother
            running = (weights, day, kind(self.seen, weights, len(self.nodes), max(day, self.horizon)))
        running[2].advance(day)
        self._running = (weights, day, running[2])
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
