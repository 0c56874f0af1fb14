"""From scored pairs to incidents: correlation clustering, never connected components.

Within each component of positive pairs, clusters are merged greedily by the sum of their log-odds,
then single reports move to where their sum is greater. A pair that was not kept counts `floor`, so
a bridge of one good pair does not hold two crowds together. Hard rules: one document tells a
happening once; what people put together or kept apart stays so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.agglomeration import Solver
from trucewatch.incidents.candidates import comparable
from trucewatch.incidents.compiled import available
from trucewatch.incidents.features import Features
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.pairs import Pairs
from trucewatch.incidents.weights import Bounds

__all__ = ["Clusters", "Rules", "cluster", "components"]

Ints = npt.NDArray[np.int64]

_UNIT = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """One cluster number per row; the number of a cluster is its least row."""

    label: Ints
    component: Ints
    """The least row of those that hang together by positive pairs, before anything was cut."""
    cut: tuple[tuple[int, int, int], ...] = ()
    """Components that were too large: (least row, reports, log-odds at which it was cut)."""


def cluster(rows: Features, pairs: Pairs, judgements: Judgements, weights: Bounds) -> Clusters:
    """Return the clusters of the rows under the hard rules."""
    unit = _units(rows, judgements)
    pairs = pairs.take(unit[pairs.first] != unit[pairs.second])
    told = comparable(rows)
    edges = _Edges(
        np.minimum(unit[pairs.first], unit[pairs.second]),
        np.maximum(unit[pairs.first], unit[pairs.second]),
        pairs.total - weights.threshold,
        (told[pairs.first] & told[pairs.second]).astype(np.int64),
    )
    positive = edges.take(edges.total > 0)
    label = components(len(rows), positive.first, positive.second)
    component = _by_unit(label, unit)
    label, cut = _cut_giants(label, positive, weights.giant)
    inside = edges.take(label[edges.first] == label[edges.second])
    rules = _rules(rows, unit, told, judgements)
    result = unit.copy()
    if len(inside.first) and available(len(rows)):
        from trucewatch.incidents.compiled.clustering import solved

        columns = (inside.first, inside.second, inside.total, inside.told)
        result, left = solved(label, unit, columns, rules, weights)
        inside = inside.take(left)
    parts = _by_component(label, unit, inside)
    solver = _solver(rules, [one for members, _ in parts for one in members], weights)
    for members, own in parts:
        for piece in solver.solve(members, own):
            result[piece] = min(piece)
    return Clusters(_by_unit(result, unit), component, cut)


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """Pairs of units `first` < `second`; `told` is 1 where both reports are comparable."""

    first: Ints
    second: Ints
    total: Ints
    told: Ints

    def take(self, which: npt.NDArray[np.bool_]) -> _Edges:
        return _Edges(self.first[which], self.second[which], self.total[which], self.told[which])


def components(count: int, first: Ints, second: Ints) -> Ints:
    """Return the least member of the connected component of each of `count` nodes."""
    label = np.arange(count, dtype=np.int64)
    while True:
        least = np.minimum(label[first], label[second])
        before = label.copy()
        np.minimum.at(label, first, least)
        np.minimum.at(label, second, least)
        np.minimum.at(label, before[first], least)
        np.minimum.at(label, before[second], least)
        label = label[label]
        if np.array_equal(label, before):
            return label


def _units(rows: Features, judgements: Judgements) -> Ints:
    """Return the unit of each row: reports that people put together move as one."""
    position = _positions(rows, judgements.groups)
    unit = np.arange(len(rows), dtype=np.int64)
    for group in judgements.groups:
        members = [position[report] for report in group]
        unit[members] = min(members)
    return unit


def _positions(rows: Features, named: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """Return the row of each report, if any is named."""
    return {report: row for row, report in enumerate(rows.ids)} if named else {}


def _by_unit(label: Ints, unit: Ints) -> Ints:
    """Spread the label of each unit to its rows, naming a cluster by its least row."""
    spread = label[unit]
    least = np.full(len(spread), len(spread), dtype=np.int64)
    np.minimum.at(least, spread, np.arange(len(spread)))
    return np.asarray(least[spread], dtype=np.int64)


def _cut_giants(
    label: Ints, edges: _Edges, most: int
) -> tuple[Ints, tuple[tuple[int, int, int], ...]]:
    """Cut each component of more than `most` units at the least whole log-odds that leaves none.

    Where even pairs of twelve log-odds hold more together, those pieces stay whole: memory and time
    are bounded by the pairs, which are bounded by the grid.
    """
    sizes = np.bincount(label, minlength=len(label))
    giants = np.flatnonzero(sizes > most)
    report = []
    label = label.copy()
    for giant in giants.tolist():
        members = np.flatnonzero(label == giant)
        inside = label[edges.first] == giant
        level = 0
        pieces = label
        while level < 12 and np.bincount(pieces[members]).max(initial=0) > most:
            level += 1
            strong = edges.take(inside & (edges.total > level * _UNIT))
            pieces = components(len(label), strong.first, strong.second)
        label[members] = pieces[members]
        report.append((giant, len(members), level))
    return label, tuple(report)


def _by_component(
    label: Ints, unit: Ints, inside: _Edges
) -> list[tuple[list[int], list[tuple[int, int, int, int]]]]:
    """Return (units, pairs) of every component of at least two units."""
    columns = (label[inside.first], inside.first, inside.second, inside.total, inside.told)
    edges: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for name, *edge in zip(*(each.tolist() for each in columns), strict=True):
        edges[name].append((edge[0], edge[1], edge[2], edge[3]))
    members: dict[int, list[int]] = defaultdict(list)
    for row, name in enumerate(label.tolist()):
        if name in edges and unit[row] == row:
            members[name].append(row)
    return [(members[name], each) for name, each in sorted(edges.items())]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What no sum of log-odds overrules."""

    sizes: Ints
    """Comparable reports of each unit."""
    owner: Ints
    """A unit, and in `document` one that it holds."""
    document: Ints
    apart: tuple[tuple[int, int], ...]
    """Units that people keep apart."""


def _rules(rows: Features, unit: Ints, told: npt.NDArray[np.bool_], judgements: Judgements) -> Rules:
    sizes = np.bincount(unit[told], minlength=len(unit)).astype(np.int64)
    named = np.flatnonzero(rows.document.codes >= 0)
    position = _positions(rows, judgements.apart)
    apart = [(int(unit[position[one]]), int(unit[position[other]])) for one, other in judgements.apart]
    return Rules(sizes, unit[named], rows.document.codes[named], tuple(apart))


def _solver(rules: Rules, units: Sequence[int], weights: Bounds) -> Solver:
    """Return what clusters these units."""
    held: dict[int, set[int]] = {one: set() for one in units}
    for row, code in zip(rules.owner.tolist(), rules.document.tolist(), strict=True) if units else ():
        if row in held:
            held[row].add(code)
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in rules.apart:
        apart[one].add(other)
        apart[other].add(one)
    documents = {row: frozenset(codes) for row, codes in held.items()}
    return Solver(rules.sizes, documents, apart, weights.floor)
