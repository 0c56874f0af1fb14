"""Components of pairs laid out as arrays, and solved by what is compiled, two stretches at a time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.compiled.agglomerating import solve_components
from trucewatch.incidents.compiled.compiling import THREADS, in_blocks
from trucewatch.incidents.weights import Bounds

if TYPE_CHECKING:
    from trucewatch.incidents.clustering import Rules

__all__ = ["solved"]

Ints = npt.NDArray[np.int64]


def solved(
    label: Ints, unit: Ints, edges: tuple[Ints, Ints, Ints, Ints], rules: Rules, weights: Bounds
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return (least unit of its cluster for every unit, which edges were not looked at).

    `label` is the component of each unit, `edges` (first, second, sum, pairs of comparable reports), both
    ends in one component. Components of more than `giant` units are left alone: their tables would be large.
    """
    size = np.bincount(label[unit == np.arange(len(unit))], minlength=len(label))
    taken = size[label[edges[0]]] <= weights.giant
    one, other, value, told = (each[taken] for each in edges)
    order = np.argsort(label[one], kind="stable")
    one, other, value, told = one[order], other[order], value[order], told[order]
    names, edge_at = np.unique(label[one], return_index=True)
    inside = np.zeros(len(label), dtype=bool)
    inside[names] = True
    members = np.flatnonzero((unit == np.arange(len(unit))) & inside[label])
    members = members[np.argsort(label[members], kind="stable")]
    member_at = np.append(np.searchsorted(label[members], names), len(members))
    place = np.empty(len(label), dtype=np.int64)
    place[members] = np.arange(len(members)) - member_at[np.searchsorted(names, label[members])]
    held, held_at = _held(rules, len(label))
    result = unit.copy()
    laid = (place[one], place[other], value, told)
    edge_at = np.append(edge_at, len(one))

    def work(begin: int, end: int) -> None:
        solve_components(
            begin, end, members, member_at, laid, edge_at, rules.sizes, held, held_at, np.int64(weights.floor), result
        )

    list(in_blocks(work, _stretches(member_at)))
    return result, ~taken


def _stretches(member_at: Ints) -> list[tuple[int, int]]:
    """Return bounds of stretches of components with about equally many units."""
    steps = 8 * THREADS
    cuts = np.searchsorted(member_at, np.linspace(0, member_at[-1], steps + 1))
    edges = np.unique(np.minimum(cuts, len(member_at) - 1)).tolist()
    return list(pairwise(edges))


def _held(rules: Rules, count: int) -> tuple[Ints, Ints]:
    """Return what each unit may share with no other of its cluster, and where that of each unit starts.

    Two units that people keep apart share a number that nobody else has.
    """
    pairs = np.array(rules.apart, dtype=np.int64).reshape(-1)
    beyond = 1 + int(rules.document.max(initial=-1))
    owner = np.concatenate([rules.owner, pairs])
    code = np.concatenate([rules.document, beyond + np.arange(len(pairs)) // 2])
    order = np.argsort(owner, kind="stable")
    return code[order], np.searchsorted(owner[order], np.arange(count + 1))
