import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.places import distance_m, load_places
from trucewatch.release.coarsening import Spot, coarse_place, coarsened

ROWS = [
    {"key": "land", "name": "Land", "lat": "36", "lon": "37", "radius_m": "200000", "parent": "", "kind": "country"},
    {"key": "town", "name": "Town", "lat": "36.1", "lon": "37.1", "radius_m": "2500", "parent": "land", "kind": "town"},
    {"key": "clinic", "name": "Clinic", "lat": "36.101", "lon": "37.1", "radius_m": "50", "parent": "town", "kind": "site"},
]


@given(
    lat=st.floats(-75, 75), lon=st.floats(-179, 179), radius=st.floats(0, 3000), finest=st.sampled_from([500.0, 1000.0, 5000.0])
)
def test_what_is_shown_contains_what_is_known_and_is_no_finer(lat, lon, radius, finest):
    spot = Spot(lat, lon, radius)
    shown = coarsened(spot, finest)
    assert shown.radius_m >= finest
    assert distance_m(lat, lon, shown.lat, shown.lon) + radius <= shown.radius_m + 1
    if radius < finest:
        assert (shown.lat, shown.lon) == (round(shown.lat, 4), round(shown.lon, 4))


@given(st.floats(0, 0.002), st.floats(0, 0.002))
def test_neighbours_in_a_cell_are_shown_alike(north, east):
    one, other = Spot(36.0, 37.0, 10.0), Spot(36.0 + north, 37.0 + east, 10.0)
    first, second = coarsened(one, 5000.0), coarsened(other, 5000.0)
    if (first.lat, first.lon) == (second.lat, second.lon):
        assert first == second


def test_what_is_coarse_enough_stays():
    spot = Spot(36.2, 37.1, 9000.0)
    assert coarsened(spot, 1000.0) == spot
    assert coarsened(Spot(36.2, 37.1, 10.0), 0.0) == Spot(36.2, 37.1, 10.0)


def test_an_outline_becomes_a_disk_round_it():
    sector = "POLYGON((37.0 36.0, 37.02 36.01, 37.01 36.02, 37.0 36.0))"
    shown = coarsened(Spot(None, None, None, sector), 1000.0)
    assert shown.area_wkt is None
    for lat, lon in ((36.0, 37.0), (36.01, 37.02), (36.02, 37.01)):
        assert distance_m(lat, lon, shown.lat, shown.lon) <= shown.radius_m


def test_an_unknown_place_stays_unknown():
    assert coarsened(Spot(None, None, None), 1000.0) == Spot(None, None, None)


@pytest.mark.parametrize(
    ("key", "finest", "expected"),
    [("clinic", 0.0, "clinic"), ("clinic", 1000.0, "town"), ("town", 5000.0, "land"), ("land", 900_000.0, None), (None, 1.0, None)],
)
def test_a_name_is_no_finer_than_the_place_shown(key, finest, expected):
    gazetteer, problems = load_places(ROWS, "places.csv")
    assert not problems
    assert coarse_place(key, finest, gazetteer) == expected
