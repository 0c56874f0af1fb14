"""Many places and days: carried from day to day, block by block, run-length; all equal to each day worked out by itself."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trucewatch as tw

START = date(2016, 9, 1)


def on(day):
    return START + timedelta(days=int(day))


def claims_of(dice, count, span=60, spread=30):
    """Claims about some twenty places by two sources, some late, some of fighting or of capture."""
    where = dice.uniform(0, 3, (20, 2))
    rows = []
    for _ in range(count):
        place, day = int(dice.integers(20)), int(dice.integers(span))
        kind = str(dice.choice(["held", "held", "held", "captured", "contested", "withdrew"]))
        rows.append({
            "place": f"p{place}", "lat": 36 + where[place, 0], "lon": 37 + where[place, 1],
            "radius_m": float(dice.choice([0, 0, 0, 30_000])), "holder": None if kind == "contested" else str(dice.choice(["north", "south", "third"])),
            "kind": kind, "valid_from": on(day), "published_at": on(day + int(dice.integers(spread))), "source": str(dice.choice(["a", "b"])),
        })
    return {name: [one[name] for one in rows] for name in rows[0]}


def places_of(dice, count):
    return {"place": [f"p{k}" for k in range(count)], "lat": 36 + dice.uniform(0, 3, count), "lon": 37 + dice.uniform(0, 3, count)}


def day_by_day(held):
    """Each day worked out by itself from the beliefs of that day: the slow path."""
    return np.concatenate([held.evidence.over([day.toordinal()]) for day in held.days], axis=1)


@pytest.mark.parametrize("mode", ["filter", "smooth"])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 40), every=st.integers(1, 9))
def test_carrying_from_day_to_day_is_working_each_day_out(mode, seed, count, every):
    dice = np.random.default_rng(seed)
    held = tw.estimate_control(claims_of(dice, count), places_of(dice, 30), [on(day) for day in range(0, 100, every)], mode=mode)
    assert np.abs(held.probabilities - day_by_day(held)).max() < 1e-9


def test_fitted_weights_begin_anew_each_month():
    dice = np.random.default_rng(1)
    held = tw.estimate_control(claims_of(dice, 700, span=150), places_of(dice, 30), [on(day) for day in range(20, 170, 3)])
    assert len(held.weights) > 3
    assert np.abs(held.probabilities - day_by_day(held)).max() < 1e-9


def test_runs_say_what_the_days_say(monkeypatch):
    dice = np.random.default_rng(2)
    held = tw.estimate_control(claims_of(dice, 60), places_of(dice, 30), [on(day) for day in range(90)])
    monkeypatch.setattr("trucewatch.control.ground.PAIRS_AT_ONCE", 200)
    runs, seen = held.runs(0.05), np.zeros((30, 90), dtype=int)
    for place, first, last, shares in zip(runs.place, runs.first, runs.last, runs.shares, strict=True):
        seen[place, first : last + 1] += 1
        mine = held.probabilities[place, first : last + 1]
        assert np.abs(mine[0] - shares).max() < 1e-6
        assert np.abs(mine - mine[0]).max() < 0.05
    assert (seen == 1).all()
    assert len(runs) < 30 * 90 / 2
    assert list(zip(runs.place, runs.first, strict=True)) == sorted(zip(runs.place, runs.first, strict=True))


def test_what_is_too_much_to_keep_is_worked_out_when_asked(monkeypatch):
    dice = np.random.default_rng(3)
    given_claims, places, days = claims_of(dice, 60), places_of(dice, 12), [on(day) for day in range(0, 90, 10)]
    kept = tw.estimate_control(given_claims, places, days)
    monkeypatch.setattr("trucewatch.control.holdings._FEW", 150)
    asked = tw.estimate_control(given_claims, places, days)
    assert list(asked) == list(kept) and len(asked) == len(kept)
    assert asked.at("p3", days[4]) == kept.at("p3", days[4])
    assert asked.geojson(days[5]) == kept.geojson(days[5])
    assert asked.why("p3", days[4]) == kept.why("p3", days[4])
    assert "probabilities" not in asked.__dict__


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 60), every=st.integers(1, 9))
def test_compiled_answers_are_those_of_numpy(seed, count, every):
    pytest.importorskip("numba")
    dice = np.random.default_rng(seed)
    held = tw.estimate_control(claims_of(dice, count), places_of(dice, 30), [on(day) for day in range(0, 100, every)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("trucewatch.control.compiled._WORTH_IT", 1)
        patch.setattr("trucewatch.control.compiled.carrying.AT_ONCE", 100)
        compiled = held.evidence.over([day.toordinal() for day in held.days])
    assert np.abs(compiled - held.probabilities).max() < 1e-9


def joined(one, other):
    return {name: [*one[name], *other[name]] for name in one}


@pytest.mark.parametrize("mode", ["filter", "smooth"])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), before=st.integers(1, 40), more=st.lists(st.integers(1, 4), min_size=1, max_size=3), asked=st.booleans())
def test_adding_claims_is_estimating_from_all_of_them(mode, seed, before, more, asked):
    dice = np.random.default_rng(seed)
    claims, places, days = claims_of(dice, before), places_of(dice, 24), [on(day) for day in range(0, 90, 15)]
    held = tw.estimate_control(claims, places, days, mode=mode)
    for count in more:
        if asked:
            assert held.probabilities.shape[0] == 24
        fresh = claims_of(dice, count)
        if dice.random() < 0.3:
            fresh["source"][0] = "c"
        if dice.random() < 0.2:
            fresh["lat"][0] = 99.0
        was = held
        held, claims = held.add(fresh), joined(claims, fresh)
    whole = tw.estimate_control(claims, places, days, mode=mode, weights=held.weights)
    assert held.problems == whole.problems and held.holders == whole.holders
    assert held.at("p3", days[4]) == whole.at("p3", days[4])
    assert np.abs(held.probabilities - whole.probabilities).max() < 1e-9
    why, expected = held.why("p3", days[4]), whole.why("p3", days[4])
    assert [one.row for one in why] == [one.row for one in expected] and why.answer == pytest.approx(expected.answer, abs=1e-9)
    assert held.reliability == whole.reliability
    assert held is not was


def test_a_claim_of_somebody_unheard_of_can_be_added():
    dice = np.random.default_rng(5)
    claims, places, days = claims_of(dice, 30), places_of(dice, 12), [on(day) for day in range(0, 90, 15)]
    held = tw.estimate_control(claims, places, days)
    fresh = {name: values[:1] for name, values in claims.items()} | {"holder": ["fourth"], "kind": ["held"], "source": ["z"]}
    added = held.add(fresh)
    whole = tw.estimate_control(joined(claims, fresh), places, days, weights=held.weights)
    assert added.holders == whole.holders == (*held.holders[:-2], "contested", "unknown") or "fourth" in added.holders
    assert np.abs(added.probabilities - whole.probabilities).max() < 1e-12


def test_what_new_claims_cannot_reach_is_not_worked_out_again():
    far = {"place": ["near", "far"], "lat": [36.0, 36.0], "lon": [37.0, 57.0]}
    claims = {"place": ["near", "far"], "lat": [36.0, 36.0], "lon": [37.0, 57.0], "holder": ["a", "b"], "valid_from": [START, START], "source": ["x", "x"]}
    held = tw.estimate_control(claims, far, [on(0), on(10), on(20)])
    held.probabilities[:] = 0.125
    added = held.add({name: values[:1] for name, values in claims.items()} | {"valid_from": [on(10)], "holder": ["b"]})
    assert (added.probabilities[1] == 0.125).all() and (added.probabilities[0, 0] == 0.125).all()
    assert (added.probabilities[0, 1:] != 0.125).all()
