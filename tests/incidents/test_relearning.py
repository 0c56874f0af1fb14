"""What judgements teach: pairs, penalties, folds, and weights that keep their meaning."""

import importlib
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trucewatch.actors import Actors
from trucewatch.errors import BadCall
from trucewatch.incidents.candidates import candidate_pairs
from trucewatch.incidents.features import features_of_columns
from trucewatch.incidents.given import given
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.relearning import adjusted, judged_pairs, relearn
from trucewatch.incidents.scoring import score_pairs
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1
from trucewatch.incidents.weights import TERMS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows():
    sys.path.insert(0, str(ROOT / "bench"))
    columns, _ = importlib.import_module("generate_reports").war(4_000, 20)
    sys.path.remove(str(ROOT / "bench"))
    sys.modules.pop("generate_reports")
    return features_of_columns(given(columns).columns, Actors({}))


def judged_by(rows, weights, count, seed=0):
    """Judgements of doubtful pairs, each report once, by a person whose odds are those of `weights`."""
    dice = np.random.default_rng(seed)
    pairs = score_pairs(rows, candidate_pairs(rows, SPACE_TIME_ACTOR_1), SPACE_TIME_ACTOR_1)
    truth = (pairs.terms * weights).sum(axis=1) / 1e6
    same, apart, used = [], [], set()
    for place in dice.permutation(np.flatnonzero(np.abs(pairs.total) < 4_000_000)).tolist():
        ends = (rows.ids[pairs.first[place]], rows.ids[pairs.second[place]])
        if used.isdisjoint(ends) and len(same) + len(apart) < count:
            used |= set(ends)
            (same if dice.random() < 1 / (1 + np.exp(-truth[place])) else apart).append(ends)
    return Judgements(groups=tuple(sorted(same)), apart=tuple(sorted(apart)))


def test_where_people_judge_otherwise_it_is_learnt_and_holds_for_pairs_left_out(rows):
    deaths_matter = np.where(np.array(TERMS) == "deaths", 4.0, 1.0)
    taught = relearn(rows, judged_by(rows, deaths_matter, 400), SPACE_TIME_ACTOR_1)
    assert taught.pairs > 300
    assert taught.loss_after < taught.loss_before - 0.03
    assert taught.factors["deaths"] > 1.5
    assert max(taught.factors, key=taught.factors.get) == "deaths"
    assert sum(row["pairs"] for row in taught.reliability) == taught.pairs


def test_where_people_judge_as_the_weights_do_little_changes(rows):
    taught = relearn(rows, judged_by(rows, np.ones(len(TERMS)), 400), SPACE_TIME_ACTOR_1)
    assert taught.loss_after < taught.loss_before + 0.02
    assert all(0.4 < one < 1.8 for one in taught.factors.values())
    assert abs(taught.shift) < 0.7


def test_no_term_is_turned_round(rows):
    against = np.where(np.array(TERMS) == "time", -3.0, 1.0)
    taught = relearn(rows, judged_by(rows, against, 300), SPACE_TIME_ACTOR_1)
    assert all(one >= 0 for one in taught.factors.values())


def test_few_judgements_are_refused_with_what_is_missing(rows):
    few = judged_by(rows, np.ones(len(TERMS)), 8)
    with pytest.raises(BadCall, match="it takes 10 in all"):
        relearn(rows, few, SPACE_TIME_ACTOR_1)
    with pytest.raises(BadCall, match="it takes 10 in all"):
        relearn(rows, Judgements(groups=(("nobody", "knows"),)), SPACE_TIME_ACTOR_1)


def test_pairs_that_follow_from_what_was_judged(rows):
    a, b, c, d = rows.ids[:4]
    first, second, same = judged_pairs(rows, Judgements(groups=((a, b),), apart=((b, c), (c, "unknown"))))
    assert list(zip(first.tolist(), second.tolist(), same.tolist(), strict=True)) == [(0, 1, True), (0, 2, False), (1, 2, False)]
    assert d not in {rows.ids[row] for row in [*first, *second]}


def test_adjusted_weights_say_so_and_stay_what_they_are():
    changed = adjusted(SPACE_TIME_ACTOR_1, 0.5, {"deaths": 2.0, "rivals": 0.5})
    assert changed.version == "space-time-actor-1+case"
    assert changed.prior == SPACE_TIME_ACTOR_1.prior + 500_000
    assert changed.signals["equal_killed_log"] == 2 * SPACE_TIME_ACTOR_1.signals["equal_killed_log"]
    assert changed.signals["overlap"] == SPACE_TIME_ACTOR_1.signals["overlap"]
    assert replace(changed, version="x") == replace(adjusted(SPACE_TIME_ACTOR_1, 0.5, {"rivals": 0.5, "deaths": 2.0}), version="x")
    for wrong in ({"mood": 1.0}, {"deaths": -1.0}, {"prior": 2.0}):
        with pytest.raises(BadCall, match="factors of at least 0"):
            adjusted(SPACE_TIME_ACTOR_1, 0.0, wrong)
