"""Coordinates, grid references, sectors and names become positions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from trucewatch.actors import load_actors
from trucewatch.places import distance_m, load_places
from trucewatch.reports import EvidenceRef, Written
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.positions import DEFAULT_RADIUS_M, Position, locate
from trucewatch.reports.row import Row
from trucewatch.reports.sightings import sighting_of

ACTORS, _ = load_actors("trucewatch: actors/0.1\nactors:\n  north: {name: North}\n", "actors.yaml")
SQUARE = "POLYGON ((37 36, 37.1 36, 37.1 36.1, 37 36.1, 37 36))"


def place(key, name, lat, lon, radius="500", area=""):
    return {"key": key, "name": name, "names": "", "lat": lat, "lon": lon, "radius_m": radius, "parent": "", "kind": "", "area_wkt": area}


PLACES, _ = load_places(
    [
        place("port", "Port Town", "36.05", "37.05", "2000"),
        place("vale", "Vale", "36.05", "37.05", "9000", SQUARE),
        place("mill-n", "Mill", "36.10", "37.00"),
        place("mill-s", "Mill", "36.20", "37.00"),
        place("ford-w", "Ford", "36.00", "30.00"),
        place("ford-e", "Ford", "36.00", "40.00"),
    ],
    "places.csv",
)


def read(**values: str) -> tuple[Position, Row]:
    ref = EvidenceRef("e-1", "rows.csv", datetime(2020, 1, 1, tzinfo=UTC), "table")
    row = Row(ref, Written("report", "row 4", values))
    lookups = Lookups({}, ACTORS, PLACES, "UTC")
    return locate(row, lookups, sighting_of(row, lookups)), row


def columns(row: Row) -> list[str | None]:
    return [one.problem.column for one in row.noted(None)]


@pytest.mark.parametrize(
    ("lat", "lon", "least", "most"),
    [("36.0512", "37.0512", DEFAULT_RADIUS_M, DEFAULT_RADIUS_M), ("36.1", "37.1", 7_800, 7_900), ("36", "37", 78_000, 79_000)],
)
def test_coordinates_are_as_exact_as_they_are_written(lat, lon, least, most):
    found, _ = read(lat=lat, lon=lon)
    assert (found.lat, found.lon) == (float(lat), float(lon))
    assert least <= found.radius_m <= most


def test_a_radius_that_is_given_is_used():
    assert read(lat="36.1", lon="37.1", radius_m="300")[0].radius_m == 300
    assert read(place="Port Town", radius_m="300")[0] == Position("port", 36.05, 37.05, 300.0)


def test_half_a_position_is_not_used():
    found, row = read(lat="36.1", place="Port Town")
    assert found.place == "port"
    assert columns(row) == ["lat"]


def test_coordinates_keep_the_place_they_agree_with():
    assert read(lat="36.06", lon="37.06", place="Port Town")[0].place == "port"
    found, row = read(lat="33.5", lon="36.3", place="Port Town")
    assert (found.place, found.lat) == (None, 33.5)
    assert columns(row) == ["place"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Port Town", "port"), ("port", "port"), ("Port Town, Vale", None),
        ("near Port Town", None), ("5 km north of Port Town", None), ("Port Town bridge", None),
        ("Port Town, unheard-of bridge", None), ("outskirts of Port Town", None),
        ("Vale market", "vale"),
    ],
)
def test_only_what_lies_in_a_place_keeps_its_key(text, key):
    found, _ = read(place=text)
    assert found.place == key
    assert None not in (found.lat, found.lon, found.radius_m)
    assert read(place=text, lat="36.06", lon="37.06")[0].place == key


def test_a_point_away_from_a_place_has_ground_of_its_own():
    away, _ = read(place="5 km north of Port Town")
    assert distance_m(36.05, 37.05, away.lat, away.lon) == pytest.approx(5_000, abs=5)
    assert away.radius_m > 2_000


def test_words_about_a_place_far_from_the_coordinates_are_a_problem():
    found, row = read(lat="33.5", lon="36.3", place="5 km north of Port Town")
    assert (found.place, found.lat) == (None, 33.5)
    assert columns(row) == ["place"]


def test_a_place_brings_its_disk_and_its_outline():
    assert read(place="Port Town")[0] == Position("port", 36.05, 37.05, 2000.0)
    assert read(place="Vale")[0].area_wkt == SQUARE


def test_an_unknown_place_is_mentioned_and_nowhere():
    found, row = read(place="Atlantis")
    assert found == Position()
    assert [(one.kind, one.value) for one in row.mentioned(None)] == [("place", "Atlantis")]


def test_namesakes_near_each_other_are_one_uncertain_place():
    found, row = read(place="Mill")
    assert (found.place, found.lat, found.lon) == (None, 36.15, 37.0)
    for lat in (36.10, 36.20):
        assert distance_m(found.lat, found.lon, lat, 37.0) + 500 <= found.radius_m
    assert columns(row) == ["place"]


def test_namesakes_far_apart_are_nowhere():
    assert read(place="Ford")[0] == Position()


@pytest.mark.parametrize("cells", [{"mgrs": "37SDA1234567890"}, {"utm": "37N 412345 3967890"}])
def test_grid_references(cells):
    found, row = read(**cells)
    assert found.lat is not None
    assert found.radius_m is not None
    assert columns(row) == []


def test_a_grid_reference_that_is_none_is_a_problem():
    found, row = read(mgrs="nonsense", place="Port Town")
    assert found.place == "port"
    assert columns(row) == ["mgrs"]


def test_an_area_has_the_radius_that_covers_it():
    found, _ = read(area_wkt=SQUARE)
    assert (found.lat, found.lon, found.area_wkt) == (36.05, 37.05, SQUARE)
    assert found.radius_m >= distance_m(36.05, 37.05, 36.0, 37.0)


@pytest.mark.parametrize("area", ["POINT (37 36)", "POLYGON ((0 0, 1 1", "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"])
def test_an_area_that_is_none_is_a_problem(area):
    found, row = read(area_wkt=area)
    assert found == Position()
    assert columns(row) == ["area_wkt"]


def test_what_an_observer_saw_is_a_sector():
    found, _ = read(observer_lat="36", observer_lon="37", bearing="N", distance_from_m="2000", distance_to_m="4000")
    assert found.area_wkt.startswith("POLYGON")
    assert 36.01 < found.lat < 36.04
    assert found.lon == pytest.approx(37.0, abs=1e-4)
    assert found.radius_m >= 1500


def test_without_a_direction_what_was_heard_may_lie_all_around():
    assert read(observer_lat="36", observer_lon="37", distance_to_m="4000")[0] == Position(None, 36.0, 37.0, 4000.0)


def test_without_a_distance_nothing_bounds_it():
    assert read(observer_lat="36", observer_lon="37", bearing="N", place="Port Town")[0].place == "port"


def test_an_observer_known_by_place_only_widens_the_sector():
    exact, _ = read(observer_lat="36.05", observer_lon="37.05", bearing="N", distance_from_m="5000", distance_to_m="6000")
    vague, _ = read(observer_place="Port Town", bearing="N", distance_from_m="5000", distance_to_m="6000")
    assert vague.radius_m > exact.radius_m
    near, _ = read(observer_place="Port Town", bearing="N", distance_from_m="1000", distance_to_m="1500")
    assert near == Position(None, 36.05, 37.05, 3500.0)


def test_swapped_distances_are_put_right_and_said():
    found, row = read(observer_lat="36", observer_lon="37", distance_from_m="4000", distance_to_m="2000")
    assert found.radius_m == 4000
    assert columns(row) == ["distance_to_m"]
