"""Zones that were drawn anew, units of the gazetteer, and the ground between two lines."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.agreement import Zone, ZoneVersion
from trucewatch.agreement.drawing import between_fault, shapes_of
from trucewatch.findings.units import Unit, in_units
from trucewatch.findings.zone_versions import in_version, version_moment
from trucewatch.periods import Period
from trucewatch.places import Shape, contains
from trucewatch.truth import FALSE, TRUE, UNKNOWN

START = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ZONE = Zone("z", "area", versions=(
    ZoneVersion("a", None, START + 2 * DAY), ZoneVersion("b", START + 2 * DAY, START + 4 * DAY), ZoneVersion("c", START + 5 * DAY, None),
))


def days(first, last):
    return Period(None if first is None else START + first * DAY, None if last is None else START + last * DAY)


@pytest.mark.parametrize(
    ("period", "inside", "expected"),
    [
        (days(0, 1), (TRUE, FALSE, FALSE), TRUE),
        (days(1, 2), (TRUE, FALSE, FALSE), TRUE),
        (days(2, 3), (TRUE, FALSE, TRUE), FALSE),
        (days(1, 3), (TRUE, TRUE, FALSE), TRUE),
        (days(1, 3), (TRUE, FALSE, FALSE), UNKNOWN),
        (days(1, 3), (FALSE, FALSE, TRUE), FALSE),
        (days(3, 5), (TRUE, TRUE, TRUE), UNKNOWN),
        (days(4, 5), (TRUE, TRUE, TRUE), UNKNOWN),
        (days(3, 6), (TRUE, TRUE, TRUE), UNKNOWN),
        (days(5, 900), (FALSE, FALSE, TRUE), TRUE),
        (days(None, 1), (TRUE, TRUE, TRUE), UNKNOWN),
        (days(6, None), (TRUE, TRUE, TRUE), UNKNOWN),
        (None, (TRUE, TRUE, TRUE), UNKNOWN),
    ],
)
def test_the_version_of_the_time_counts(period, inside, expected):
    assert in_version(inside, ZONE.versions, period) is expected


@given(st.integers(-3, 10), st.integers(1, 8), st.lists(st.sampled_from([TRUE, FALSE, UNKNOWN]), min_size=3, max_size=3))
def test_a_longer_period_never_knows_otherwise(first, length, inside):
    short, long = days(first, first + 1), days(first, first + length)
    told = in_version(inside, ZONE.versions, long)
    assert told is UNKNOWN or in_version(inside, ZONE.versions, short) is told


def test_a_zone_without_versions_sees_no_time():
    assert version_moment(Zone("z", "area", wkt="w").versions, days(0, 1)) == ()


UNITS = {
    "land": Unit(0), "north": Unit(1, ("land",)), "south": Unit(1, ("land",)), "hamlet": Unit(5, ("land",)), "district": Unit(2, ("land",)),
    "village": Unit(5, ("north", "land")), "town": Unit(4, ("south", "land")), "farm": Unit(7, ("district", "land")),
}


@pytest.mark.parametrize(
    ("place", "units", "expected"),
    [
        ("village", ("north",), TRUE), ("north", ("north",), TRUE), ("town", ("north",), FALSE), ("south", ("north",), FALSE),
        ("town", ("north", "south"), TRUE), ("hamlet", ("north",), UNKNOWN), ("farm", ("north",), UNKNOWN), ("land", ("north",), UNKNOWN),
        ("village", ("town",), UNKNOWN), ("town", ("elsewhere",), UNKNOWN), ("nowhere", ("north",), UNKNOWN), (None, ("north",), UNKNOWN),
        ("village", ("land",), TRUE),
    ],
)
def test_a_place_belongs_to_a_unit_to_another_or_nobody_knows(place, units, expected):
    assert in_units(place, units, UNITS) is expected


def test_without_a_gazetteer_nothing_is_known():
    assert in_units("village", ("north",), None) is UNKNOWN


def line(key, *points, accuracy=0.0):
    return Zone(key, "line", wkt=f"LINESTRING({', '.join(f'{lon} {lat}' for lat, lon in points)})", accuracy_m=accuracy)


@pytest.mark.parametrize("turned", [False, True])
def test_the_ground_between_two_lines_whichever_way_they_run(turned):
    north = [(46.0, 7.0), (46.1, 7.5), (46.0, 8.0)]
    zones = {"s": line("s", (45.0, 7.0), (45.0, 8.0)), "n": line("n", *(north[::-1] if turned else north), accuracy=300.0)}
    (shape,) = shapes_of(Zone("z", "between", between=("s", "n")), zones)
    spots = [(45.5, 7.5, TRUE), (44.9, 7.5, FALSE), (46.2, 7.5, FALSE), (45.5, 8.2, FALSE), (46.0, 7.0005, UNKNOWN)]
    assert [contains(shape, Shape(lat, lon, 10.0, None)) for lat, lon, _ in spots] == [truth for *_, truth in spots]


def test_lines_that_cross_have_no_ground_between_them():
    zones = {"a": line("a", (45.0, 7.0), (46.0, 8.0)), "b": line("b", (46.0, 7.0), (45.0, 8.0))}
    assert "cross" in (between_fault(Zone("z", "between", between=("a", "b")), zones) or "")
