"""Statements of a case → evidence that can be asked: what a voice repeats counts less, what it takes back counts as a change.

Case files hold few claims, and one voice often says the same again. Its errors are not independent of each other, so a
repetition counts as much as a month has passed since; and a voice that says something else than before has not
erred by chance twice: something happened, or it knows better. Set by judgement, not measured.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from trucewatch.control.asking import Evidence
from trucewatch.control.evidence import (
    Nodes,
    Observations,
    independent,
    nodes_of,
    observe,
    states_of,
)
from trucewatch.control.ground import Ground
from trucewatch.control.schema import UNKNOWN_HOLDER
from trucewatch.control.statements import Statement
from trucewatch.control.weights import ControlWeights, Floats, default_weights

__all__ = ["Voices", "voices_of"]

_AGAIN_DAYS = 90.0
_HEARD_RANGE = 0
"""6 km: among few claims one about the next town leaves a place unknown."""
_NOWHERE = np.empty(0)


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """The statements of a case laid out once; `without` gives the evidence that is left of them."""

    statements: tuple[Statement, ...]
    nodes: Nodes
    reach_m: Floats
    """(nodes) within so many metres a point lies on the ground that a statement is about; 0 for a vague area."""
    weights: ControlWeights
    states: tuple[str, ...]

    def without(self, left_out: Collection[int]) -> Evidence:
        """Return the evidence of all statements but some (positions)."""
        kept = [at for at in range(len(self.statements)) if at not in left_out]
        claims = tuple(self.statements[at].claim for at in kept)
        nodes = self.nodes.part(kept)
        everything = observe(claims, nodes, self.states, np.ones(len(claims), dtype=bool))
        counted = independent(claims, nodes)
        seen = _spoken(everything, counted, [one.origin for one in claims])
        last = max((one.published for one in claims), default=0)
        nowhere = Ground(_NOWHERE, _NOWHERE, np.empty(0, dtype=np.int64), nodes)
        return Evidence(claims, nodes, self.states, nowhere, seen, counted, (self.weights,), "smooth", last)


def voices_of(statements: Sequence[Statement]) -> Voices:
    """Return the statements laid out. A holder whom no claim names is possible too: `unknown`."""
    claims = [one.claim for one in statements]
    states = states_of(claims, (UNKNOWN_HOLDER,))
    nodes = nodes_of(claims)
    reach = np.zeros(len(nodes))
    for at, one in zip(nodes.of_claim, claims, strict=True):
        reach[at] = max(reach[at], one.radius_m, _LEAST_REACH_M)
    return Voices(tuple(statements), nodes, np.where(nodes.sigma_m > 0, 0.0, reach), _weights(statements, states), states)


_LEAST_REACH_M = 250.0


def _weights(statements: Sequence[Statement], states: tuple[str, ...]) -> ControlWeights:
    """Return the shipped weights with the class of every voice as its reliability."""
    base = default_weights(states)
    right: dict[str, float] = {}
    names = {one.claim.source for one in statements}
    for one in statements:
        voice = one.claim.origin if one.claim.origin in names else one.claim.source
        channel = f"{voice} (claimed)" if one.claim.kind == "claimed" else voice
        right[channel] = max(right.get(channel, 0.0), one.right)
    return replace(base, heard_range=_HEARD_RANGE, confusions=MappingProxyType({name: _errs(len(states), one) for name, one in right.items()}))


def _errs(size: int, right: float) -> Floats:
    table = np.full((size, size), (1 - right) / (size - 1))
    np.fill_diagonal(table, right)
    return table


def _spoken(seen: Observations, counted: np.ndarray, voices: Sequence[str]) -> Observations:
    """Return the observations with repetitions weakened and changes of mind marked; copies have no say in that."""
    share, change = seen.share.copy(), seen.change.copy()
    last: dict[tuple[int, str], tuple[int, int, int]] = {}
    for at in np.flatnonzero(counted[seen.claim]).tolist():
        claim = int(seen.claim[at])
        key, said = (int(seen.node[at]), voices[claim]), (int(seen.state[at]), int(seen.says[at]))
        before = last.get(key)
        if before is not None and before[1:] == said:
            share[at] *= min(1.0, (int(seen.day[at]) - before[0]) / _AGAIN_DAYS)
        elif before is not None and said[1] > 0 and before[2] > 0:
            change[at] = True
        last[key] = (int(seen.day[at]), *said)
    return replace(seen, share=share, change=change)
