from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import BadCall
from trucewatch.places import (
    Shape,
    ZoneShape,
    area_fault,
    contains,
    contains_many,
    destination,
    sector_wkt,
)
from trucewatch.places.projection import Projection
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

SQUARE = "POLYGON ((37 36, 38 36, 38 37, 37 37, 37 36))"
ZONE = ZoneShape(SQUARE)
ROUGH = ZoneShape(SQUARE, accuracy_m=2_000)
CASTELLO = [(36.262, 37.105), (36.249, 37.130), (36.240, 37.150), (36.232, 37.165)]

LATS = st.floats(35, 38)
LONS = st.floats(36, 39)
RADII = st.floats(0, 80_000)


@pytest.mark.parametrize(
    ("lat", "lon", "radius_m", "expected"),
    [
        (36.5, 37.5, 1_000, TRUE),
        (36.5, 37.5, 44_000, TRUE),
        (36.5, 37.5, 46_000, UNKNOWN),
        (36.5, 36.9, 8_000, FALSE),
        (36.5, 36.9, 9_500, UNKNOWN),
        (36.5, 37.0, 0, UNKNOWN),
        (40.7, -74.0, 1_000, FALSE),
        (-36.5, -142.5, 1_000, FALSE),
    ],
)
def test_disks(lat: float, lon: float, radius_m: float, expected: Truth):
    assert contains(ZONE, Shape(lat, lon, radius_m)) is expected


@pytest.mark.parametrize(
    "shape",
    [
        Shape(None, None, None),
        Shape(36.5, 37.5, None),
        Shape(None, 37.5, 100),
        Shape(float("nan"), 37.5, 100),
        Shape(36.5, 37.5, float("inf")),
        Shape(36.5, 37.5, -1),
        Shape(95, 37.5, 100),
    ],
)
def test_what_is_not_known_is_unknown(shape: Shape):
    assert contains(ZONE, shape) is UNKNOWN


def test_a_rough_border_leaves_more_open():
    near_inside, near_outside = Shape(36.5, 37.02, 500), Shape(36.5, 36.98, 500)
    assert (contains(ZONE, near_inside), contains(ROUGH, near_inside)) == (TRUE, UNKNOWN)
    assert (contains(ZONE, near_outside), contains(ROUGH, near_outside)) == (FALSE, UNKNOWN)


@pytest.mark.parametrize(
    ("wkt", "plain", "rough"),
    [
        ("POLYGON ((37.2 36.2, 37.4 36.2, 37.4 36.4, 37.2 36.2))", TRUE, TRUE),
        ("POLYGON ((37 36, 37.5 36, 37.5 36.5, 37 36.5, 37 36))", TRUE, UNKNOWN),
        ("POLYGON ((36.5 36.2, 37.4 36.2, 37.4 36.4, 36.5 36.2))", UNKNOWN, UNKNOWN),
        ("POLYGON ((36 35, 39 35, 39 38, 36 38, 36 35))", UNKNOWN, UNKNOWN),
        ("POLYGON ((38.01 36.2, 38.4 36.2, 38.4 36.4, 38.01 36.2))", FALSE, UNKNOWN),
        ("POLYGON ((39 36.2, 39.4 36.2, 39.4 36.4, 39 36.2))", FALSE, FALSE),
        ("LINESTRING (37.2 36.2, 37.4 36.2)", TRUE, TRUE),
        ("POINT (36.5 36.2)", FALSE, FALSE),
    ],
)
def test_polygons(wkt: str, plain: Truth, rough: Truth):
    shape = Shape(None, None, None, wkt)
    assert (contains(ZONE, shape), contains(ROUGH, shape)) == (plain, rough)


def test_a_sector_is_judged_as_it_lies():
    lat, lon = 36.5, 36.98
    eastward = Shape(None, None, None, sector_wkt(lat, lon, 67.5, 112.5, 5_000, 9_000))
    across = Shape(None, None, None, sector_wkt(lat, lon, 67.5, 112.5, 500, 9_000))
    westward = Shape(None, None, None, sector_wkt(lat, lon, 247.5, 292.5, 5_000, 9_000))
    assert contains(ZONE, eastward) is TRUE
    assert contains(ZONE, across) is UNKNOWN
    assert contains(ZONE, westward) is FALSE


@given(LATS, LONS, RADII, RADII, st.sampled_from([ZONE, ROUGH]))
def test_shrinking_keeps_and_growing_never_makes_certainty(
    lat: float, lon: float, radius: float, other: float, zone: ZoneShape
):
    small, large = sorted((radius, other))
    before, after = (contains(zone, Shape(lat, lon, size)) for size in (large, small))
    if before is not UNKNOWN:
        assert after is before


@given(LATS, LONS, RADII)
def test_certainty_agrees_with_points_of_the_disk(lat: float, lon: float, radius: float):
    answer = contains(ZONE, Shape(lat, lon, radius))
    area = shapely.from_wkt(SQUARE)
    points = [destination(lat, lon, bearing, radius) for bearing in range(0, 360, 30)]
    inside = {bool(area.covers(shapely.Point(end[1], end[0]))) for end in [*points, (lat, lon)]}
    if answer is TRUE:
        assert inside == {True}
    if answer is FALSE:
        assert inside == {False}


@given(LATS, LONS, st.floats(0, 60_000), st.floats(-60, 60))
@settings(max_examples=40, deadline=None)
def test_moving_zone_and_disk_along_a_parallel_changes_nothing(
    lat: float, lon: float, radius: float, east: float
):
    shift = np.array([round(east, 3), 0])
    moved = shapely.transform(shapely.from_wkt(SQUARE), lambda points: points + shift)
    there = contains(ZoneShape(moved.wkt), Shape(lat, lon + round(east, 3), radius))
    here = contains(ZONE, Shape(lat, lon, radius))
    assert {here, there} in ({here}, {here, UNKNOWN}, {there, UNKNOWN})
    middle = contains(ZoneShape(moved.wkt), Shape(36.5, 37.5 + round(east, 3), 40_000))
    assert middle is TRUE


@given(st.lists(st.tuples(LATS, LONS, RADII), max_size=12))
@settings(max_examples=40)
def test_many_answers_as_one_by_one(disks: list[tuple[float, float, float]]):
    columns = list(zip(*disks, strict=True)) or [(), (), ()]
    assert contains_many(ROUGH, *columns) == [contains(ROUGH, Shape(*disk)) for disk in disks]


def test_many_takes_unknown_rows():
    nan = float("nan")
    found = contains_many(ZONE, np.array([36.5, nan, 36.5]), [37.5, 37.5, nan], [10, 10, 10])
    assert found == [TRUE, UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    ("lat", "lon", "north", "south"),
    [
        (36.260, 37.130, TRUE, FALSE),
        (36.2465, 37.130, FALSE, TRUE),
        (36.249, 37.130, UNKNOWN, UNKNOWN),
        (36.300, 37.130, FALSE, FALSE),
        (36.240, 37.120, FALSE, FALSE),
        (36.260, 37.300, FALSE, FALSE),
    ],
)
def test_a_strip_lies_on_its_side_of_the_line(lat: float, lon: float, north: Truth, south: Truth):
    disk = Shape(lat, lon, 50)
    assert contains(ZoneShape.beside(CASTELLO, 3_500, "north"), disk) is north
    assert contains(ZoneShape.beside(CASTELLO, 500, "south"), disk) is south
    backwards = ZoneShape.beside(CASTELLO[::-1], 3_500, "north")
    assert contains(backwards, disk) is north


def test_a_line_that_bends_keeps_its_sides_apart():
    line = [(36.20, 37.00), (36.21, 37.03), (36.19, 37.05), (36.205, 37.08), (36.20, 37.11)]
    north, south = (ZoneShape.beside(line, 1_500, side) for side in ("north", "south"))
    assert north.polygon.is_valid
    for (lat1, lon1), (lat2, lon2) in pairwise(line):
        lat, lon = (lat1 + lat2) / 2, (lon1 + lon2) / 2
        above, below = Shape(lat + 0.003, lon, 10), Shape(lat - 0.003, lon, 10)
        assert (contains(north, above), contains(north, below)) == (TRUE, FALSE)
        assert (contains(south, above), contains(south, below)) == (FALSE, TRUE)


def test_a_line_that_turns_back_has_no_sides():
    loop = [(36.2, 37.0), (36.2, 37.1), (36.204, 37.1), (36.204, 37.03)]
    with pytest.raises(BadCall, match="turns back"):
        ZoneShape.beside(loop, 3_000, "north")


def test_both_sides_hold_each_side():
    both = ZoneShape.beside(CASTELLO, 1_000)
    for side in ("north", "south", "east", "west"):
        strip = ZoneShape.beside(CASTELLO, 1_000, side)
        assert both.polygon.buffer(1).covers(
            shapely.transform(
                shapely.from_wkt(strip.wkt),
                lambda points: np.column_stack(
                    both.projection.forward(points[:, 1], points[:, 0])
                ),
            )
        )
    assert contains(both, Shape(36.249, 37.130, 900)) is TRUE


@pytest.mark.parametrize(
    ("line", "within_m", "side"),
    [
        ([(36.0, 37.0), (36.5, 37.0)], 500, "north"),
        ([(36.0, 37.0), (36.0, 37.5)], 500, "east"),
        ([(36.0, 37.0)], 500, "north"),
        (CASTELLO, 0, "north"),
        (CASTELLO, 500, "left"),
        ([(96.0, 37.0), (36.0, 37.5)], 500, "north"),
        ([(36.0, 37.0), (36.0, 37.0)], 500, "north"),
    ],
)
def test_a_strip_that_cannot_be_is_refused(
    line: list[tuple[float, float]], within_m: float, side: str
):
    with pytest.raises(BadCall, match=r"expected|name another"):
        ZoneShape.beside(line, within_m, side)


@pytest.mark.parametrize(
    "wkt",
    [
        "",
        "nonsense",
        "POINT (37 36)",
        "POLYGON EMPTY",
        "POLYGON ((37 96, 38 96, 38 97, 37 96))",
        "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))",
    ],
)
def test_what_is_no_area_is_refused(wkt: str):
    assert area_fault(wkt)
    with pytest.raises(BadCall, match=r"expected|no valid polygon"):
        ZoneShape(wkt)


def test_equal_text_is_an_equal_zone():
    assert area_fault(SQUARE) is None
    assert ZoneShape(SQUARE) == ZONE
    assert ZONE != ROUGH
    assert len({ZONE, ZoneShape(SQUARE), ROUGH}) == 2
    with pytest.raises(BadCall, match="accuracy_m"):
        ZoneShape(SQUARE, accuracy_m=-1)


@given(st.floats(-60, 60), st.floats(-179, 179), st.floats(-5, 5), st.floats(-5, 5))
def test_the_projection_comes_back(lat: float, lon: float, north: float, east: float):
    projection = Projection(lat, lon)
    x, y = projection.forward(np.array([lat + north]), np.array([lon + east]))
    lats, lons = projection.backward(x, y)
    assert lats[0] == pytest.approx(lat + north, abs=1e-7)
    assert lons[0] == pytest.approx(lon + east, abs=1e-7)


def test_names_alone_do_not_load_geometry():
    program = (
        "import sys, trucewatch.places as p; p.sector_wkt(36, 37, 0, 9, 1, 2); "
        "p.parse_bearing('N'); print('shapely' in sys.modules, end=' '); "
        "p.ZoneShape; print('shapely' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
