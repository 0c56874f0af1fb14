from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.places.distance import destination, distance_m, initial_bearing

LATS = st.floats(-80, 80)
LONS = st.floats(-180, 180)


# Reference values: geodesics on WGS84 (Karney 2013), to the metre.
@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        ((0.0, 0.0), (0.0, 1.0), 111_319.5),
        ((0.0, 0.0), (1.0, 0.0), 110_574.4),
        ((35.0, 38.0), (36.0, 38.0), 110_949.7),
        ((35.0, 38.0), (35.0, 39.0), 91_287.8),
        ((-37.95103342, 144.42486789), (-37.65282114, 143.92649554), 54_972.271),
    ],
)
def test_known_distances(start: tuple[float, float], end: tuple[float, float], metres: float):
    assert distance_m(*start, *end) == pytest.approx(metres, rel=1e-5)


@pytest.mark.parametrize("lat", [0.0, 33.5, 36.2, 60.0])
@pytest.mark.parametrize("bearing", [0.0, 45.0, 90.0, 200.0, 315.0])
def test_fifty_kilometres_come_back_as_fifty_kilometres(lat: float, bearing: float):
    end = destination(lat, 37.0, bearing, 50_000)
    assert distance_m(lat, 37.0, *end) == pytest.approx(50_000, rel=1e-4)
    turned = (initial_bearing(lat, 37.0, *end) - bearing + 180) % 360 - 180
    assert turned == pytest.approx(0, abs=0.25)


def test_vincentys_own_example():
    """Flinders Peak to Buninyong (GDA technical manual), 54,972.271 m at 306°52'05.37"."""
    lat, lon = destination(-37.951033417, 144.424867889, 306.868158, 54_972.271)
    assert (lat, lon) == (pytest.approx(-37.652821, abs=2e-6), pytest.approx(143.926496, abs=2e-6))


def test_nothing_moves_by_no_distance():
    assert destination(36.1, 37.2, 123, 0) == (36.1, 37.2)
    assert distance_m(36.1, 37.2, 36.1, 37.2) == 0.0


def test_antipodes_have_a_distance():
    assert distance_m(0, 0, 0, 180) == pytest.approx(20_015_115, rel=6e-3)


@given(LATS, LONS, LATS, LONS)
def test_distance_is_symmetric(lat1: float, lon1: float, lat2: float, lon2: float):
    there = distance_m(lat1, lon1, lat2, lon2)
    assert there >= 0
    assert there == pytest.approx(distance_m(lat2, lon2, lat1, lon1), abs=1e-3)


@given(LATS, LONS, st.floats(0, 360), st.floats(1, 200_000))
def test_a_destination_is_as_far_as_it_should_be(
    lat: float, lon: float, bearing: float, metres: float
):
    end = destination(lat, lon, bearing, metres)
    assert distance_m(lat, lon, *end) == pytest.approx(metres, rel=5e-4, abs=0.05)
