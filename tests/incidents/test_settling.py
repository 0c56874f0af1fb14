from __future__ import annotations

from typing import Any

import pytest

from trucewatch.incidents.settling import (
    act_below,
    enclosing,
    settle_period,
    settle_place,
    settle_values,
)
from trucewatch.incidents.weighing import Weighing
from trucewatch.places import distance_m


@pytest.fixture
def weighing(actors: Any, sources: Any) -> Weighing:
    return Weighing(actors, sources)


@pytest.mark.parametrize(
    ("hours", "expected", "disputed"),
    [
        ([("sohr", (0, 24)), ("afp", (19, 20))], (19, 20), False),
        ([("sohr", (0, 24)), ("sana", (19, 20))], (0, 24), False),
        ([("sana", (0, 24)), ("ru-mod", (19, 20))], (19, 20), False),
        ([("sohr", (3, 5)), ("afp", (7, 9))], (3, 9), True),
        ([("sohr", (3, 5)), ("sana", (7, 9))], (3, 9), True),
    ],
    ids=["narrowest", "an allegation does not narrow", "allegations among themselves", "apart", "allegation apart"],
)
def test_period(report: Any, weighing: Weighing, hours: Any, expected: Any, disputed: Any) -> None:
    reports = [report(str(n), source, "2016-09-19", hours=each) for n, (source, each) in enumerate(hours)]
    found = settle_period(reports, weighing)
    assert found.value is not None
    assert found.value.start is not None
    assert found.value.end is not None
    assert (found.value.start.hour, found.value.end.hour or 24) == expected
    assert found.disputed == disputed


def test_a_denial_narrows_no_period(report: Any, weighing: Weighing) -> None:
    day = report("1", "sohr", "2016-09-19")
    hour = report("2", "afp", "2016-09-19", hours=(19, 20), standing="denied")
    assert settle_period([day, hour], weighing).value == day.occurred


@pytest.mark.parametrize(
    ("disks", "radius", "disputed"),
    [
        ([(36.15, 36.96, 1000.0), (36.15, 36.96, 5000.0)], (1000, 1000), False),
        ([(36.151583, 36.96775, 1000.0), (36.1481, 36.94775, 1500.0)], (2000, 2300), False),
        ([(36.0, 37.0, 1000.0), (36.1, 37.0, 1000.0)], (6500, 6700), True),
        ([(36.0, 37.0, 1000.0), (36.02, 37.0, 9000.0), (36.01, 37.0, 80000.0)], (1000, 1000), False),
    ],
    ids=["the smaller", "1.8 km apart", "do not touch", "inside both"],
)
def test_place(report: Any, weighing: Weighing, disks: Any, radius: Any, disputed: Any) -> None:
    reports = [
        report(str(n), "sohr", "2016-09-19", lat=lat, lon=lon, radius_m=r) for n, (lat, lon, r) in enumerate(disks)
    ]
    found = settle_place(reports, weighing)
    assert found.value.radius_m is not None
    assert radius[0] <= found.value.radius_m <= radius[1]
    assert found.disputed == disputed
    assert found.support


def test_place_without_coordinates(report: Any, weighing: Weighing) -> None:
    one, other = report("1", "sohr", "2016-09-19", place="idlib"), report("2", "afp", "2016-09-19", place="idlib")
    assert settle_place([one, other], weighing).value.place == "idlib"
    elsewhere = report("3", "afp", "2016-09-19", place="hama")
    found = settle_place([one, elsewhere], weighing)
    assert (found.value.place, found.disputed) == (None, True)


def test_the_enclosing_disk_contains_both_across_the_date_line() -> None:
    lat, lon, radius = enclosing(10.0, 179.99, 2000.0, 10.1, -179.98, 500.0)
    for other_lat, other_lon, other_radius in ((10.0, 179.99, 2000.0), (10.1, -179.98, 500.0)):
        assert distance_m(lat, lon, other_lat, other_lon) + other_radius <= radius
    assert abs(lon) > 179


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([("sohr", "attack"), ("afp", "air_strike")], ("air_strike",)),
        ([("sohr", "attack"), ("sana", "air_strike")], ("attack",)),
        ([("sohr", "air_strike"), ("afp", "artillery")], ("air_strike", "artillery")),
        ([("sohr", None)], ()),
    ],
    ids=["the finer", "an allegation is not finer", "disputed", "unknown"],
)
def test_acts(report: Any, weighing: Weighing, acts: Any, expected: Any) -> None:
    reports = [report(str(n), source, "2016-09-19", act=act) for n, (source, act) in enumerate(acts)]
    found = settle_values(reports, lambda one: one.act, act_below, weighing)
    assert found.value == expected
    assert found.disputed == (len(expected) > 1)


def test_a_denial_with_another_act_disputes_the_act(report: Any, weighing: Weighing) -> None:
    strike = report("1", "sohr", "2016-09-19", act="air_strike")
    fire = report("2", "ru-mod", "2016-09-19", act="accidental_fire", standing="denied")
    found = settle_values([strike, fire], lambda one: one.act, act_below, weighing)
    assert found.value == ("accidental_fire", "air_strike")
    assert found.support == (strike,)
