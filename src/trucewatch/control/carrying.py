"""Answers for many places on many days, carried from day to day; block by block, so that memory is bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from trucewatch.control.course import Step
from trucewatch.control.evidence import Ints
from trucewatch.control.ground import LINE, Pool
from trucewatch.control.pooling import RECENT, Sums, answers
from trucewatch.control.weights import RANGES_M, Floats

__all__ = ["carried"]


def carried(pool: Pool, steps: Sequence[Step]) -> Iterator[Floats]:
    """Yield (places, states + 1) for each step in order: the answers of `pooling`, the sums carried on."""
    sums: Sums | None = None
    for step in steps:
        sums = _nothing(len(pool.own), step.share.shape[1]) if sums is None or step.anew else _moved(sums, step)
        if len(step.nodes):
            sums = _joined(sums, _added(pool, step))
        yield answers(sums, step.weights)


def _nothing(places: int, states: int) -> Sums:
    ranges, lines, recent = len(RANGES_M), len(LINE), len(RECENT)
    return Sums(
        np.zeros((places, states)), np.zeros(places), np.zeros(places), np.zeros(places),
        np.zeros((ranges, places, states)), np.zeros((ranges, places)), np.zeros((ranges, places)),
        np.zeros((recent, places, states)), np.zeros((lines, 5, places)), np.zeros((lines, 2, places, states)),
    )


def _moved(sums: Sums, step: Step) -> Sums:
    daily, fading, recent = step.daily, step.fading, step.fading_recent
    return Sums(
        sums.own @ daily, sums.own_fresh * fading, sums.own_recent * recent, sums.own_there,
        sums.shares @ daily, sums.mass, sums.fresh * fading, sums.recent_shares @ daily * recent,
        sums.moments, sums.tilted @ daily,
    )


def _added(pool: Pool, step: Step) -> Sums:
    """Return what the changed nodes add."""
    kernel, slope = pool.kernel[:, :, step.nodes], pool.slope[:, :, :, step.nodes]
    mine = _mine(pool.own, step.nodes)
    nothing = np.zeros((1, step.share.shape[1]))  # what the position -1 finds
    return Sums(
        np.concatenate([step.share, nothing])[mine], np.append(step.fresh, 0.0)[mine],
        np.append(step.recent, 0.0)[mine], np.append(step.there, 0.0)[mine],
        kernel @ step.share, kernel @ step.there, kernel @ step.fresh, kernel[RECENT] @ step.recent_share,
        slope @ step.there, slope[:, :2] @ step.share,
    )


def _mine(own: Ints, nodes: Ints) -> Ints:
    """Return where each place's own node is among the changed ones, which are in order; -1 where it is not."""
    at = np.searchsorted(nodes, own)
    found = (at < len(nodes)) & (nodes[np.minimum(at, len(nodes) - 1)] == own)
    return np.where(found, at, -1)


def _joined(one: Sums, other: Sums) -> Sums:
    return Sums(*(getattr(one, name) + getattr(other, name) for name in Sums.__slots__))
