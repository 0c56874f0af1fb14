from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.incidents.agglomeration import Solver
from trucewatch.incidents.clustering import cluster, components
from trucewatch.incidents.coded import Coded
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.scoring import Pairs
from trucewatch.incidents.weights import TERMS, Weights

UNIT = 1_000_000


class Rows:
    """As much of Features as clustering reads."""

    def __init__(self, count: int, documents: dict[int, int] | None = None) -> None:
        self.ids = tuple(f"r-{row:03d}" for row in range(count))
        codes = np.full(count, -1, dtype=np.int64)
        for row, code in (documents or {}).items():
            codes[row] = code
        self.document = Coded(codes, tuple(f"d{code}" for code in range(9)))
        self.start, self.end = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.int64)
        self.placed = self.dated = np.ones(count, dtype=bool)
        self.radius = np.ones(count)
        self.place = self.name = Coded(np.full(count, -1, dtype=np.int64), ())

    def __len__(self) -> int:
        return len(self.ids)


def found(
    count: int, scores: dict[tuple[int, int], float], rows: Rows | None = None, judgements: Judgements | None = None,
    **weights: Any,
) -> list[int]:
    pairs = sorted(scores)
    first, second = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    total = np.array([round(scores[pair] * UNIT) for pair in pairs], dtype=np.int64)
    terms = np.zeros((len(pairs), len(TERMS)), dtype=np.int32)
    result = cluster(
        rows or Rows(count), Pairs(first, second, total, terms), judgements or Judgements(), Weights("test", **weights)  # type: ignore[arg-type]
    )
    return result.label.tolist()


def test_one_bridge_does_not_join_two_crowds() -> None:
    crowd = {(a, b): 3.0 for group in ((0, 1, 2), (3, 4, 5)) for a, b in combinations(group, 2)}
    assert found(6, crowd | {(2, 3): 4.0}) == [0, 0, 0, 3, 3, 3]


def test_a_document_is_never_in_one_cluster_twice() -> None:
    rows = Rows(3, {0: 1, 2: 1})
    assert found(3, {(0, 1): 2.0, (1, 2): 5.0, (0, 2): 9.0}, rows) == [0, 1, 1]


def test_people_join_and_part() -> None:
    judged = Judgements(groups=(("r-000", "r-003"),), apart=(("r-000", "r-001"),))
    assert found(4, {(0, 1): 9.0, (1, 2): 3.0}, judgements=judged) == [0, 1, 1, 0]


def test_people_may_put_one_document_together() -> None:
    rows = Rows(3, {0: 1, 1: 1, 2: 1})
    judged = Judgements(groups=(("r-000", "r-001"),))
    assert found(3, {(1, 2): 9.0}, rows, judged) == [0, 0, 2]


def test_local_moves_repair_an_early_merge() -> None:
    # 1 is merged with 0 first, but fits better to 2, 3 once these are together
    scores = {(0, 1): 5.0, (1, 2): 4.0, (1, 3): 4.0, (2, 3): 4.5, (0, 2): -3.0, (0, 3): -3.0}
    assert found(4, scores) == [0, 1, 1, 1]


def test_a_report_that_cannot_be_placed_counts_only_what_is_known_of_it() -> None:
    scores = {(0, 1): 6.0, (1, 2): 6.0, (0, 2): 6.0, (2, 3): 8.0}
    lost = Rows(4)
    lost.dated = np.array([True, True, True, False])
    assert found(4, scores, lost) == [0, 0, 0, 0]
    assert found(4, scores) == [0, 0, 0, 0]
    assert found(4, scores | {(2, 3): 7.0}) == [0, 0, 2, 2] or found(4, scores | {(2, 3): 7.0}) == [0, 0, 0, 3]
    assert found(4, scores | {(2, 3): 7.0}, lost) == [0, 0, 0, 0]


def test_a_giant_component_is_cut_where_it_is_weakest() -> None:
    chain = {(a, a + 1): 3.5 if a != 4 else 1.5 for a in range(9)}
    label = found(10, chain, giant=6, floor=0)
    assert label == [0] * 5 + [5] * 5


@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_components_are_those_of_the_graph(count: int, edges: list[tuple[int, int]]) -> None:
    edges = [(a % count, b % count) for a, b in edges]
    label = components(count, *(np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1)))
    expected = list(range(count))
    for _ in range(count):
        for a, b in edges:
            expected[a] = expected[b] = min(expected[a], expected[b])
    assert label.tolist() == expected


@settings(max_examples=60)
@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.integers(-5, 6), max_size=21))
def test_no_single_report_would_rather_be_alone(drawn: dict[tuple[int, int], int]) -> None:
    edges = {(min(pair), max(pair)): value * UNIT for pair, value in drawn.items() if pair[0] != pair[1]}
    solver = Solver(np.ones(7, dtype=np.int64), {}, {}, -4 * UNIT)
    groups = solver.solve(list(range(7)), [(a, b, value, 1) for (a, b), value in sorted(edges.items())])
    assert sorted(row for group in groups for row in group) == list(range(7))
    for group in groups:
        total = sum(edges.get(pair, -4 * UNIT) for pair in combinations(group, 2))
        assert total >= 0
        for row in group:
            own = sum(edges.get((min(row, other), max(row, other)), -4 * UNIT) for other in group if other != row)
            assert own >= 0 or len(group) == 1


@pytest.mark.parametrize("size", [2, 5])
def test_equal_scores_fall_to_the_least_rows(size: int) -> None:
    scores = {(a, b): 1.0 for a, b in combinations(range(size), 2)}
    assert found(size, scores) == [0] * size
