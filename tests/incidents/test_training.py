"""Weights from answers: what is learned, what signs may be, rivals."""

from __future__ import annotations

import numpy as np
import pytest

import trucewatch as tw
from trucewatch.actors import Actors
from trucewatch.incidents.features import features_of
from trucewatch.incidents.given import reports_given
from trucewatch.incidents.signals import SIGNALS, signals_of
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1
from trucewatch.incidents.training import fit, lesson_of, train
from trucewatch.incidents.weights import SPACE_TIME_ACTOR_0, TERMS

DAY = np.datetime64("2016-09-13T00:00:00", "us")


def rows_of(**columns):
    return features_of(reports_given(columns), actors=Actors(parties={}), sources={})


def happenings(count, seed):
    """Happenings told by two documents each, at points that only the two share."""
    dice = np.random.default_rng(seed)
    lat = np.repeat(np.round(dice.uniform(33, 34, count), 3), 2)
    days = np.repeat(dice.integers(0, 30, count), 2)
    known = [int(one) for one in np.repeat(dice.integers(0, 9, count), 2)]
    return {
        "report_id": [f"r{number:04d}" for number in range(2 * count)],
        "document": [f"{'ab'[number % 2]}{days[number]}" for number in range(2 * count)],
        "occurred_from": DAY + days * np.timedelta64(1, "D"), "occurred_to": DAY + (days + 1) * np.timedelta64(1, "D"),
        "lat": lat.tolist(), "lon": [37.0] * 2 * count, "radius_m": [1000.0] * 2 * count, "deaths_best": known,
    }


def test_trained_weights_find_what_they_were_taught_and_keep_their_signs():
    rows = rows_of(**happenings(150, 1))
    answer = [number // 2 for number in range(300)]
    lesson = lesson_of(rows, answer, [one % 4 for one in answer], SPACE_TIME_ACTOR_0)
    weights = train(lesson, "taught", SPACE_TIME_ACTOR_0, {"same_weapon": 7})
    links = tw.link(happenings(40, 2), weights=weights)
    groups = links.membership.values("incident_id")
    right = sum(groups[2 * number] == groups[2 * number + 1] for number in range(40))
    assert right >= 36
    assert len(set(groups)) >= 36
    assert weights.signals["same_weapon"] == 7
    signs = {one.name: one.sign for one in SIGNALS}
    assert all(value * signs[name] >= 0 for name, value in weights.signals.items())
    assert weights.rivals >= 0


def test_shipped_weights_keep_their_signs():
    signs = {one.name: one.sign for one in SIGNALS}
    assert SPACE_TIME_ACTOR_1.signals.keys() <= signs.keys()
    assert all(value * signs[name] >= 0 for name, value in SPACE_TIME_ACTOR_1.signals.items())
    assert {one.term for one in SIGNALS} <= set(TERMS)


def test_a_fit_recovers_the_weights_of_its_own_making():
    dice = np.random.default_rng(3)
    columns = dice.normal(size=(20_000, 2))
    same = dice.random(20_000) < 1 / (1 + np.exp(1.0 - 1.5 * columns[:, 0] + 0.5 * columns[:, 1]))
    prior, first, second = fit(columns, same, np.array([1, 0]))
    assert (prior, first, second) == pytest.approx((-1.0, 1.5, -0.5), abs=0.08)
    assert fit(columns, same, np.array([1, 1]))[2] == 0, "no weight against its meaning"


def test_nothing_known_gives_no_signal():
    rows = rows_of(
        report_id=["a", "b"], document=["x", "y"], occurred_from=[None, None], occurred_to=[None, None]
    )
    found = signals_of(rows, np.array([0]), np.array([1]), np.zeros((2, 3), dtype=np.int64), {})
    told = {one.name: value for one, value in zip(SIGNALS, found[0].tolist(), strict=True) if value}
    assert told == {"unplaced": 1.0}


def pair(**second):
    first = {
        "report_id": "a", "document": "x", "occurred_from": DAY, "occurred_to": DAY + np.timedelta64(1, "D"), "lat": 36.2, "lon": 37.1,
        "radius_m": 1000.0, "act": "air_strike", "deaths_best": 3, "injured_best": 2, "act_raw": "Shooting; Arson", "source": "one",
        "published_at": DAY, "text": "market of the town struck", "by": ["ru"],
    }
    other = {**first, "report_id": "b", "document": "y", "source": "two", **second}
    return {name: [first[name], other[name]] for name in first}


@pytest.mark.parametrize(
    ("term", "unlike"),
    [
        ("distance", {"lat": 36.23}), ("time", {"occurred_from": DAY + np.timedelta64(1, "D"), "occurred_to": DAY + np.timedelta64(2, "D")}),
        ("deaths", {"deaths_best": 30}), ("injured", {"injured_best": 0}), ("act", {"act_raw": "Voting"}), ("parties", {"by": ["sy"]}),
        ("text", {"text": "nothing of the kind"}), ("outlet", {"source": "one"}), ("published", {"published_at": DAY + np.timedelta64(60, "D")}),
    ],
)  # fmt: skip
def test_a_fact_that_differs_is_worth_less(term, unlike):
    def worth(**second):
        return tw.link(pair(**second)).pairs.values(term)

    alike, other = worth(), worth(**unlike)
    assert not other or other[0] < alike[0]


def test_two_reports_of_one_document_make_each_other_less_sure():
    alone = tw.link(pair()).pairs.rows()[0]
    three = {name: [*values, values[1]] for name, values in pair().items()}
    three["report_id"] = ["a", "b", "c"]
    rivals = [row for row in tw.link(three).pairs.rows() if row["first"] == "a"]
    assert alone["rivals"] == 0
    assert len(rivals) == 2
    assert all(row["rivals"] < -1 for row in rivals)
