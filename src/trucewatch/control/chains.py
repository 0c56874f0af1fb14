"""Hidden Markov chains of many nodes at once, with exact gaps between observations.

Forward and backward recursions (Rabiner 1989, Proceedings of the IEEE 77(2):257-286) over waves: the k-th observations of all
nodes together. A gap of g days is the g-th power of the daily transition matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trucewatch.control.evidence import Ints, Observations
from trucewatch.control.weights import Floats

__all__ = ["Pass", "backward", "forward", "over", "powers", "smoothed_on"]

_LONGEST = 4_000
_LEAST = 1e-12
_MOVED = 0.5
"""Set by judgement, not measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """The chains of some observations, which are ordered by node and day."""

    seen: Observations
    likelihood: Floats
    before: Floats
    """(rows, states) given everything earlier of the node."""
    after: Floats
    """(rows, states) given this observation too."""
    moved: Floats
    """(rows, states, states) from the observation before of the node."""


def powers(daily: Floats, most: int) -> Floats:
    """Return (gap, states, states): the daily matrix to the power of every gap up to `most` days."""
    size = min(max(1, most), _LONGEST) + 1
    table = np.empty((size, *daily.shape))
    table[0] = np.eye(len(daily))
    known = 1
    while known < size:  # doubling: P^(known + i - 1) = P^known · P^(i - 1)
        step = table[known - 1] @ daily
        more = min(known, size - known)
        table[known:known + more] = table[:more] @ step
        known += more
    return table


def over(table: Floats, gaps: Ints) -> Floats:
    """Return the matrices for gaps; what is longer than the table counts as its end."""
    matrices: Floats = table[np.clip(gaps, 0, len(table) - 1)]
    return matrices


def _starts(node: Ints) -> tuple[Ints, Ints]:
    """Return first rows of the nodes, and how many rows each has."""
    starts = np.flatnonzero(np.r_[True, node[1:] != node[:-1]]) if len(node) else np.empty(0, dtype=np.int64)
    counts = np.diff(np.r_[starts, len(node)])
    return starts, counts


def _waves(node: Ints, *, from_end: bool = False) -> Iterator[Ints]:
    starts, counts = _starts(node)
    order = np.argsort(-counts, kind="stable")
    starts, counts = starts[order], counts[order]
    for k in range(int(counts[0]) if len(counts) else 0):
        some = np.searchsorted(-counts, -k, side="left")
        yield starts[:some] + (counts[:some] - 1 - k if from_end else k)


def _normal(rows: Floats) -> Floats:
    rows = np.maximum(rows, _LEAST)
    scaled: Floats = rows / rows.sum(axis=-1, keepdims=True)
    return scaled


def moves(seen: Observations, table: Floats) -> Floats:
    """Return (rows, states, states): how a node comes to each observation from the one before it.

    Who reports a change does so because something happened: half the mass is taken to have moved
    there (or away from there) on that day, whatever the gap. The first row of a node has no use.
    """
    gaps = np.diff(seen.day, prepend=0) if len(seen) else seen.day
    return _jumping(over(table, gaps), seen)


def _jumping(matrices: Floats, seen: Observations) -> Floats:
    there = np.arange(matrices.shape[-1]) == seen.state[:, None]
    landing = np.where((seen.says > 0)[:, None], there, ~there)
    jump = landing / np.maximum(1, landing.sum(axis=1, keepdims=True))
    mixed: Floats = np.where(
        seen.change[:, None, None], (1 - _MOVED) * matrices + _MOVED * jump[:, None, :], matrices
    )
    return mixed


def forward(seen: Observations, likelihood: Floats, prior: Floats, table: Floats) -> Pass:
    """Return the filter at every observation; a node starts from `prior` (states)."""
    before, after = np.empty_like(likelihood), np.empty_like(likelihood)
    before[:] = prior
    moved = moves(seen, table)
    for k, rows in enumerate(_waves(seen.node)):
        if k:
            before[rows] = np.einsum("ns,nst->nt", after[rows - 1], moved[rows])
        after[rows] = _normal(before[rows] * likelihood[rows])
    return Pass(seen, likelihood, before, after, moved)


def backward(chains: Pass) -> Floats:
    """Return (rows, states): likelihood of everything later of the node, up to a factor per row."""
    later = np.ones_like(chains.likelihood)
    for k, rows in enumerate(_waves(chains.seen.node, from_end=True)):
        if k:
            ahead = chains.likelihood[rows + 1] * later[rows + 1]
            later[rows] = _normal(np.einsum("nst,nt->ns", chains.moved[rows + 1], ahead))
    return later


def smoothed_on(day: int, chains: Pass, later: Floats, prior: Floats, table: Floats, count: int) -> tuple[Floats, Ints]:
    """Return (nodes, states) on a day given all observations, and the days to the nearest of them.

    Nodes are numbered 0..count-1; one without observations has the prior and a distance of -1.
    """
    seen = chains.seen
    starts, counts = _starts(seen.node)
    nodes = seen.node[starts]
    passed = np.add.reduceat((seen.day <= day).astype(np.int64), starts) if len(starts) else counts
    left, right = starts + passed - 1, starts + passed
    has_left, has_right = passed > 0, passed < counts
    belief, apart = np.tile(prior, (len(starts), 1)), np.full(len(starts), np.iinfo(np.int64).max)
    gap = day - seen.day[left[has_left]]
    belief[has_left] = np.einsum("ns,nst->nt", chains.after[left[has_left]], over(table, gap))
    apart[has_left] = gap
    ahead = seen.day[right[has_right]] - day
    message = chains.likelihood[right[has_right]] * later[right[has_right]]
    coming = _jumping(over(table, ahead), seen.take(right[has_right]))
    belief[has_right] *= np.einsum("nst,nt->ns", coming, message)
    apart[has_right] = np.minimum(apart[has_right], ahead)
    result, nearest = np.tile(prior, (count, 1)), np.full(count, -1, dtype=np.int64)
    result[nodes], nearest[nodes] = _normal(belief), apart
    return result, nearest
