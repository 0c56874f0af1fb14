"""`tw.estimate_control`: any table of claims in, a distribution per place and day out."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

import trucewatch as tw
from trucewatch.errors import BadCall, BadInput

START = date(2016, 9, 1)
TOWNS = {"alpha": (36.0, 37.0), "beta": (36.05, 37.05), "gamma": (36.3, 37.3), "far": (33.0, 40.0)}
COLUMNS = ("place", "lat", "lon", "radius_m", "holder", "kind", "valid_from", "valid_to", "published_at", "source", "origin")


def on(day):
    return START + timedelta(days=day)


def claim(place, holder, day, late=0, source="monitor", kind="held", **more):
    lat, lon = TOWNS[place]
    about = {"valid_from": on(day), "valid_to": None, "published_at": on(day + late), "source": source, "origin": None}
    return {"place": place, "lat": lat, "lon": lon, "radius_m": 500.0, "holder": holder, "kind": kind} | about | more


def table(claims):
    return {name: [one[name] for one in claims] for name in COLUMNS}


def places(*names):
    return {"place": names, "lat": [TOWNS[one][0] for one in names], "lon": [TOWNS[one][1] for one in names]}


def held(claims, names=("alpha",), days=(10,), **more):
    return tw.estimate_control(table(claims), places(*names), [on(one) for one in days], **more)


CROWD = [
    claim("alpha", "north", 0), claim("alpha", "north", 2, source="press"), claim("beta", "south", 1),
    claim("beta", "south", 3, kind="captured"), claim("gamma", "north", 4, source="press"),
    claim("gamma", None, 6, 2, kind="contested"), claim("alpha", "south", 8, 1, source="rumour"),
    claim("alpha", "north", 5, 8), claim("beta", "north", 20),
]


@pytest.mark.parametrize("mode", ["filter", "smooth"])
def test_every_place_and_day_sums_to_one_and_names_contested_and_unknown(mode):
    found = held(CROWD, ("alpha", "gamma", "far"), (0, 5, 10, 30), mode=mode)
    rows = list(found)
    assert len(rows) == len(found)
    seen = {}
    for place, day, holder, probability in rows:
        seen.setdefault((place, day), {})[holder] = probability
    assert len(seen) == 12
    for shares in seen.values():
        assert sum(shares.values()) == pytest.approx(1, abs=1e-9)
        assert {"contested", "unknown"} <= shares.keys()
        assert all(0 <= one <= 1 for one in shares.values())


def test_ground_that_no_claim_reaches_is_unknown():
    assert held(CROWD, ("far",)).at("far", on(10))["unknown"] > 0.9
    assert held([], ("far",)).at("far", on(10))["unknown"] > 0.9


def test_what_is_said_again_is_surer_and_what_is_old_is_less_sure():
    once = held([claim("alpha", "north", 9)]).at("alpha", on(10))["north"]
    twice = held([claim("alpha", "north", 9), claim("alpha", "north", 9, source="press")]).at("alpha", on(10))["north"]
    old = held([claim("alpha", "north", 9), claim("alpha", "south", 300)], days=(400,)).at("alpha", on(400))
    assert twice > once > 0.6
    assert old["south"] > old["north"]


def test_the_filter_knows_nothing_that_was_published_later():
    known = [one for one in CROWD if one["published_at"] <= on(10)]
    later = [claim("alpha", "south", 2, 30), claim("beta", "north", 5, 20)]
    before = held(known, ("alpha", "beta"), mode="filter")
    after = held(known + later, ("alpha", "beta"), mode="filter", weights=before.weights)
    assert np.abs(before.probabilities - after.probabilities).max() < 1e-12
    assert held(known + later, mode="smooth").at("alpha", on(10)) != held(known, mode="smooth").at("alpha", on(10))


def test_a_claim_counts_on_its_day_of_publication_at_whatever_hour():
    late = claim("alpha", "north", 10) | {"published_at": datetime(2016, 9, 11, 23, 59, tzinfo=UTC)}
    assert held([late], days=(10,), mode="filter").at("alpha", on(10))["north"] > 0.5
    assert held([late], days=(9,), mode="filter").at("alpha", on(9))["unknown"] > 0.9


def test_copies_of_one_origin_count_once():
    first = claim("alpha", "north", 5, source="agency", origin="agency")
    copies = [claim("alpha", "north", 5 + k, source=f"paper-{k}", origin="agency") for k in range(3)]
    others = [claim("alpha", "north", 5, source=f"paper-{k}") for k in range(3)]
    alone, copied, agreeing = (held([first, *more]).at("alpha", on(10)) for more in ([], copies, others))
    assert copied == alone
    assert agreeing["north"] > alone["north"]


@pytest.mark.parametrize("mode", ["filter", "smooth"])
@pytest.mark.parametrize("place", ["alpha", "beta", "gamma"])
def test_contributions_add_up_and_removal_is_what_recomputing_gives(mode, place):
    copy = claim("alpha", "north", 0, 1, source="paper", origin="monitor")
    claims = [*CROWD, copy]
    found = held(claims, ("alpha", "beta", "gamma"), (10,), mode=mode)
    why = found.why(place, on(10))
    assert why.answer - why.prior == pytest.approx(sum(one.contribution for one in why), abs=1e-9)
    assert why.probability == pytest.approx(found.at(place, on(10))[why.holder], abs=1e-4)
    assert 1 / (1 + np.exp(-why.answer)) == pytest.approx(why.probability, abs=1e-9)
    published = [(one.published, one.row) for one in why]
    assert published == sorted(published)
    assert len(why) == (7 if mode == "filter" else 9) + 1
    for one in why:
        rest = [other for row, other in enumerate(claims, 1) if row != one.row]
        without = held(rest, ("alpha", "beta", "gamma"), (10,), mode=mode, weights=found.weights)
        at = (("alpha", "beta", "gamma").index(place), 0, without.holders.index(why.holder))
        assert one.if_removed == pytest.approx(float(without.probabilities[at]), abs=1e-9)
    assert [one.contribution for one in why if one.copy] == [0.0]


def test_the_order_of_rows_does_not_matter():
    forth, back = held(CROWD, ("alpha", "gamma")), held(CROWD[::-1], ("alpha", "gamma"))
    assert np.abs(forth.probabilities - back.probabilities).max() < 1e-12


def test_captured_says_who_held_it_not_before_and_withdrew_who_left():
    captured = held([claim("alpha", "north", 0), claim("alpha", "south", 10, kind="captured")], days=(8, 11))
    assert captured.at("alpha", on(8))["north"] > captured.at("alpha", on(8))["south"]
    assert captured.at("alpha", on(11))["south"] > 0.5
    left = held([claim("alpha", "north", 0), claim("beta", "south", 0), claim("alpha", "north", 10, kind="withdrew")], days=(11,))
    stayed = held([claim("alpha", "north", 0), claim("beta", "south", 0)], days=(11,))
    assert left.at("alpha", on(11))["north"] < stayed.at("alpha", on(11))["north"]


def test_joint_control_is_a_holder_of_its_own_and_fighting_names_who_may_hold():
    joint = held([claim("alpha", "south|north", 5, kind="joint")]).at("alpha", on(10))
    assert joint["north|south"] > 0.6
    claims = [claim("beta", one, 0) for one in ("north", "south", "third")]
    open_to = held([*claims, claim("alpha", "north|south", 9, kind="contested"), claim("alpha", "north|south", 9, kind="contested", source="press")]).at("alpha", on(10))
    assert open_to["contested"] > 0.5 and open_to["north"] > open_to["third"]


def test_what_cannot_be_used_is_kept_aside_and_the_rest_is_used():
    wrong = [
        claim("alpha", "north", 5) | {"lat": 95.0}, claim("alpha", "north", 5) | {"valid_to": on(2)},
        claim("alpha", None, 5), claim("alpha", "north", 5, kind="liberated"), claim("alpha", "north", 5, late=-3),
        claim("alpha", "north", 5) | {"valid_from": "soon"},
    ]
    found = held([*wrong, claim("alpha", "south", 9)])
    assert [(one.line, one.column) for one in found.problems] == [
        (1, "lat"), (2, "valid_to"), (3, "holder"), (4, "kind"), (5, "valid_from"), (6, "valid_from"),
    ]
    assert found.at("alpha", on(10)) == held([claim("alpha", "south", 9)]).at("alpha", on(10))


def test_calls_that_cannot_be_right_say_so():
    with pytest.raises(BadInput, match="valid_from"):
        tw.estimate_control({"place": []}, places("alpha"), [START])
    with pytest.raises(BadInput, match="nowhere"):
        tw.estimate_control(table(CROWD), ["nowhere"], [START])
    with pytest.raises(BadCall, match="mode"):
        held(CROWD, mode="guess")
    with pytest.raises(BadCall, match="asked"):
        held(CROWD).why("beta", on(10))
    assert tw.estimate_control(table(CROWD), ["alpha"], ["2016-09-11"]).at("alpha", on(10)) == held(CROWD).at("alpha", on(10))


def test_tables_go_in_and_out():
    import duckdb

    found = held(CROWD, ("alpha", "beta"))
    frame = duckdb.sql("SELECT 'alpha' AS place, 36.0 AS lat, 37.0 AS lon")
    assert tw.estimate_control(table(CROWD), frame, [on(10)]).at("alpha", on(10)) == found.at("alpha", on(10))
    assert [tuple(row.values()) for row in found.table] == [(one.place, one.day.isoformat(), *one[2:]) for one in found]
    assert found.__arrow_c_stream__() is not None


def test_a_map_has_the_likeliest_holder_of_every_place():
    found = held(CROWD, ("alpha", "far"))
    near, far = found.geojson(on(10))["features"]
    assert near["geometry"]["coordinates"] == [37.0, 36.0]
    assert near["properties"]["p_north"] == found.at("alpha", on(10))["north"]
    assert far["properties"]["status"] == "unknown"


# ------------------------------------------------------------------------- many claims


def war(seed=4, count=40, days=400):
    """Towns on a line; the front moves from one end to the middle. Returns claims and the truth."""
    dice = np.random.default_rng(seed)
    claims, truth = [], {}
    right = {"careful": 0.97, "hasty": 0.8}
    for town in range(count):
        for day in range(days):
            truth[town, day] = "north" if town > count / 2 * day / days else "south"
        for day in np.flatnonzero(dice.random(days) < 1 / 12).tolist():
            source = ("careful", "hasty")[int(dice.integers(2))]
            true = truth[town, day]
            wrong = dice.random() > right[source]
            said = {"north": "south", "south": "north"}[true] if wrong else true
            claims.append({
                "place": f"town-{town:02d}", "lat": 36.0, "lon": 37 + town / 10, "radius_m": 0, "holder": said, "kind": "held",
                "valid_from": on(day), "valid_to": None, "published_at": on(day + int(dice.integers(4))), "source": source, "origin": None,
            })
    return claims, truth


@pytest.fixture(scope="module")
def long_war():
    claims, truth = war()
    names = sorted({one["place"] for one in claims})
    days = [on(one) for one in range(200, 400, 20)]
    return truth, {mode: tw.estimate_control(table(claims), names, days, mode=mode) for mode in ("filter", "smooth")}


def test_reliability_of_sources_is_found_without_the_truth(long_war):
    for found in long_war[1].values():
        assert found.reliability["careful"] == pytest.approx(0.97, abs=0.03)
        assert found.reliability["hasty"] == pytest.approx(0.80, abs=0.04)
        assert found.confusion["hasty"]["north"]["south"] == pytest.approx(0.2, abs=0.06)


@pytest.mark.parametrize("mode", ["filter", "smooth"])
def test_a_moving_front_is_followed(long_war, mode):
    truth, found = long_war[0], long_war[1][mode]
    shares = [found.at(place, day)[truth[int(place[-2:]), (day - START).days]] for place in found.places for day in found.days]
    assert np.mean(np.array(shares) > 0.5) > 0.95
    assert -np.log(np.maximum(shares, 0.001)).mean() < 0.15


def test_the_reliability_diagram_counts_held_out_claims(long_war):
    for found in long_war[1].values():
        assert sum(one.claims for one in found.calibration) > 500
        apart = [abs(one.expected - one.observed) * one.claims for one in found.calibration]
        assert sum(apart) / sum(one.claims for one in found.calibration) < 0.05


@pytest.mark.parametrize("mode", ["filter", "smooth"])
def test_a_set_of_holders_holds_the_truth_nine_times_in_ten_or_is_one_holder(long_war, mode):
    truth, found = long_war[0], long_war[1][mode]
    sets = {(place, day): found.likely(place, day) for place in found.places for day in found.days}
    right = [truth[int(place[-2:]), (day - START).days] in one for (place, day), one in sets.items()]
    assert np.mean(right) > 0.88
    assert all(0.3 <= level <= 0.9 for level in found.levels)
    for (place, day), one in sets.items():
        shares = found.at(place, day)
        assert min(shares[name] for name in one) >= max([share for name, share in shares.items() if name not in one], default=0)
        assert len(one) == 1 or sum(shares[name] for name in one[:-1]) < 0.9


def test_with_few_claims_sets_gather_nine_tenths():
    found = held(CROWD, ("alpha", "far"))
    assert found.levels == (0.9, 0.9)
    assert sum(found.at("alpha", on(10))[name] for name in found.likely("alpha", on(10))) >= 0.9
    assert found.likely("far", on(10)) == ("unknown",)


def test_removal_holds_with_fitted_weights(long_war):
    claims, _ = war()
    found = long_war[1]["filter"]
    why = found.why("town-12", on(240))
    assert why.answer - why.prior == pytest.approx(sum(one.contribution for one in why), abs=1e-9)
    best = why.best(1)[0]
    rest = [one for row, one in enumerate(claims, 1) if row != best.row]
    without = tw.estimate_control(table(rest), found.places, [on(240)], mode="filter", weights=found.weights)
    assert without.at("town-12", on(240))[why.holder] == pytest.approx(best.if_removed, abs=1e-4)


def test_many_places_are_answered_block_by_block_as_all_at_once(monkeypatch):
    names, days = ("alpha", "beta", "gamma", "far"), (0, 10, 30)
    whole = held(CROWD, names, days)
    monkeypatch.setattr("trucewatch.control.ground.PAIRS_AT_ONCE", 4)
    monkeypatch.setattr("trucewatch.control.asking._BELIEFS_AT_ONCE", 1)
    parts = held(CROWD, names, days, weights=whole.weights)
    assert np.abs(whole.probabilities - parts.probabilities).max() < 1e-12
    assert parts.why("beta", on(10)).answer == pytest.approx(whole.why("beta", on(10)).answer, abs=1e-9)
