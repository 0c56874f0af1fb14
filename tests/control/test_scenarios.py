"""Several parties, a siege, joint control and a withdrawal, as monitors tell of them."""

from datetime import date

import pytest

import trucewatch as tw

TOWNS = {"besieged": (35.0, 36.0), "shared": (35.9, 36.6), "taken": (36.5, 37.9), "border": (36.8, 38.0), "left": (34.0, 38.5), "front": (36.2, 37.1)}
CLAIMS = [
    ("besieged", "gov", "besieged", date(2016, 9, 1), "monitor"), ("besieged", "gov", "held", date(2016, 9, 3), "press"),
    ("shared", "nusra|opp", "joint", date(2016, 9, 2), "monitor"), ("shared", "opp|nusra", "joint", date(2016, 9, 4), "press"),
    ("taken", "is", "held", date(2016, 6, 1), "monitor"), ("taken", "sdf", "captured", date(2016, 8, 12), "monitor"), ("taken", "sdf", "held", date(2016, 8, 20), "press"),
    ("border", "tb", "captured", date(2016, 8, 24), "monitor"), ("border", "tb", "held", date(2016, 9, 1), "press"),
    ("left", "is", "held", date(2016, 8, 1), "monitor"), ("left", "is", "withdrew", date(2016, 9, 1), "monitor"),
    ("front", "gov|opp", "contested", date(2016, 9, 8), "monitor"), ("front", "opp|gov", "contested", date(2016, 9, 9), "press"),
]


@pytest.fixture(scope="module")
def theatre():
    columns = dict(zip(("place", "holder", "kind", "valid_from", "source"), map(list, zip(*CLAIMS, strict=True)), strict=True))
    columns |= {"lat": [TOWNS[one][0] for one in columns["place"]], "lon": [TOWNS[one][1] for one in columns["place"]]}
    return tw.estimate_control(columns, list(TOWNS), [date(2016, 7, 1), date(2016, 9, 10)])


@pytest.mark.parametrize(("place", "holder"), [
    ("besieged", "gov"), ("shared", "nusra|opp"), ("taken", "sdf"), ("border", "tb"), ("front", "contested"),
])
def test_each_place_has_the_holder_that_was_last_reported(theatre, place, holder):
    shares = theatre.at(place, date(2016, 9, 10))
    assert max(shares, key=shares.get) == holder
    assert shares[holder] > 0.5


def test_before_a_capture_the_former_holder_held(theatre):
    shares = theatre.at("taken", date(2016, 7, 1))
    assert max(shares, key=shares.get) == "is"


def test_who_withdrew_is_no_longer_the_likeliest_and_nobody_is_put_in_his_place(theatre):
    before, after = (theatre.at("left", day) for day in (date(2016, 7, 1), date(2016, 9, 10)))
    assert before["unknown"] > 0.3
    assert after["is"] < 0.2
    assert max(share for holder, share in after.items() if holder != "unknown") < 0.5


def test_held_by_an_excluded_group_is_a_sum_over_holders(theatre):
    shares = theatre.at("shared", date(2016, 9, 10))
    excluded = sum(share for holder, share in shares.items() if {"nusra", "is"} & set(holder.split("|")))
    assert excluded > 0.6
