"""What is compiled answers as what is not: pairs, terms and clusters, on reports and graphs of every kind."""

import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trucewatch.actors import Actors
from trucewatch.incidents import candidates, clustering, partners, scoring
from trucewatch.incidents.agglomeration import Solver
from trucewatch.incidents.clustering import Rules
from trucewatch.incidents.features import features_of_columns
from trucewatch.incidents.given import given as reports_of
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.space_time_actor_2 import SPACE_TIME_ACTOR_2

if os.environ.get("CI") == "true":
    importlib.import_module("numba")
else:
    pytest.importorskip("numba", reason="the extra [fast] is not installed")

ROOT = Path(__file__).resolve().parents[3]
ALL = replace(SPACE_TIME_ACTOR_2, signals={**SPACE_TIME_ACTOR_2.signals, "rare_dyad": 300_000, "weighed_words": 700_000})
"""Every signal that came last has a weight."""


@pytest.fixture
def route(monkeypatch):
    """Return a function that sends all work the one or the other way."""

    def choose(compiled):
        for module in (partners, clustering, scoring):
            monkeypatch.setattr(module, "available", lambda _: compiled)

    return choose


def both(route, columns):
    """Return (candidates, pairs, clusters) of the reports, not compiled and compiled."""
    rows = features_of_columns(reports_of(columns).columns, Actors({}))
    found = []
    for compiled in (False, True):
        route(compiled)
        near = candidates.candidate_pairs(rows, ALL)
        pairs = scoring.score_pairs(rows, near, ALL)
        found.append((near, pairs, clustering.cluster(rows, pairs, Judgements(), ALL)))
    return found


def assert_equal(found):
    (near, pairs, clusters), (near_too, pairs_too, clusters_too) = found
    assert near.cut == near_too.cut
    for name in ("first", "second"):
        np.testing.assert_array_equal(getattr(near, name), getattr(near_too, name))
        np.testing.assert_array_equal(getattr(pairs, name), getattr(pairs_too, name))
    np.testing.assert_allclose(pairs.terms, pairs_too.terms, atol=1, rtol=0)
    np.testing.assert_array_equal(clusters.label, clusters_too.label)
    assert clusters.cut == clusters_too.cut


@pytest.mark.parametrize("seed", range(3))
def test_reports_that_say_everything_and_nothing(route, odd_reports, seed):
    found = both(route, odd_reports(seed))
    assert found[0][0].cut
    assert len(found[0][1]) > 1_000
    assert_equal(found)


def test_a_generated_war(route, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    columns, _ = importlib.import_module("generate_reports").war(8_000, 60)
    sys.modules.pop("generate_reports")
    found = both(route, columns)
    assert len(np.unique(found[0][2].label)) < 7_000
    assert_equal(found)


@st.composite
def graphs(draw):
    """One component or several: units with documents, pairs with sums that often tie."""
    count = draw(st.integers(2, 14))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda one: one[0] < one[1])
    edges = draw(st.dictionaries(ends, st.tuples(st.integers(-3, 4), st.integers(0, 1)), min_size=1, max_size=40))
    documents = draw(st.lists(st.integers(0, 6), min_size=count, max_size=count))
    sizes = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    return count, edges, documents, sizes


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(), st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=3), st.integers(-2, -1))
def test_graphs_with_documents_and_judgements(graph, kept_apart, absent):
    count, edges, documents, sizes = graph
    apart = tuple((one, other) for one, other in kept_apart if one != other and max(one, other) < count)
    assert_solved_alike(count, edges, documents, sizes, apart, absent)


def test_graphs_of_which_most_sums_tie():
    dice = np.random.default_rng(5)
    for _ in range(1_500):
        count = int(dice.integers(4, 9))
        edges = {
            (one, other): (int(dice.integers(1, 3)), 1)
            for one in range(count) for other in range(one + 1, count) if dice.random() < 0.7
        }
        if edges:
            documents = dice.integers(0, 2 * count, count).tolist()
            assert_solved_alike(count, edges, documents, [1] * count, (), -1)


def assert_solved_alike(count, edges, documents, sizes, apart, absent):
    from trucewatch.incidents.compiled.clustering import solved

    pairs = sorted(edges)
    one, other = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    value, told = (np.array([edges[pair][part] for pair in pairs], dtype=np.int64) for part in (0, 1))
    label = clustering.components(count, one, other)
    rules = Rules(np.array(sizes, dtype=np.int64), np.arange(count), np.array(documents, dtype=np.int64), apart)
    weights = clustering.Bounds("test", floor=absent)
    unit = np.arange(count)
    result, left = solved(label, unit, (one, other, value, told), rules, weights)
    assert not left.any()
    solver = clustering._solver(rules, range(count), weights)
    assert isinstance(solver, Solver)
    expected = unit.copy()
    for name in np.unique(label):
        own = np.flatnonzero(label[one] == name)
        if len(own):
            members = np.flatnonzero(label == name).tolist()
            inside = list(zip(*(each[own].tolist() for each in (one, other, value, told)), strict=True))
            for piece in solver.solve(members, inside):
                expected[piece] = min(piece)
    np.testing.assert_array_equal(result, expected)
