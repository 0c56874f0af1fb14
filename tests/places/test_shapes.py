from __future__ import annotations

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trucewatch.errors import BadCall
from trucewatch.places import destination, distance_m, sector_wkt

LATS = st.floats(-60, 60)
BEARINGS = st.floats(0, 359.99)


@example(-12.225247674753668, 0.0, 187.0, 0.01953125, 500.0)
@given(LATS, BEARINGS, st.floats(5, 355), st.floats(0, 40_000), st.floats(500, 40_000))
@settings(max_examples=60, deadline=None)
def test_a_sector_covers_what_it_describes(
    lat: float, first: float, width: float, near: float, depth: float
):
    far = near + depth
    area = shapely.from_wkt(sector_wkt(lat, 37.0, first, (first + width) % 360, near, far))
    assert area.is_valid
    for share in (0.02, 0.5, 0.98):
        for metres in (near + 0.02 * depth, near + depth / 2, far - 1):
            end = destination(lat, 37.0, first + share * width, metres)
            assert area.covers(shapely.Point(end[1], end[0]))


@given(LATS, BEARINGS, st.floats(10, 90), st.floats(500, 40_000), st.floats(500, 40_000))
def test_a_sector_covers_little_else(
    lat: float, first: float, width: float, near: float, depth: float
):
    far = near + depth
    area = shapely.from_wkt(sector_wkt(lat, 37.0, first, (first + width) % 360, near, far))
    middle = first + width / 2
    for bearing, metres in (
        (middle, far * 1.002 + 1),
        (middle, near * 0.995 - 1),
        (first - 2, near + depth / 2),
        (first + width + 2, near + depth / 2),
        (middle + 180, near + depth / 2),
    ):
        end = destination(lat, 37.0, bearing, metres)
        assert not area.covers(shapely.Point(end[1], end[0]))


def test_the_corners_of_a_sector_lie_where_they_should_at_fifty_kilometres():
    area = shapely.from_wkt(sector_wkt(35.0, 38.0, 300, 330, 30_000, 50_000))
    distances = [distance_m(35.0, 38.0, lat, lon) for lon, lat in area.exterior.coords]
    assert max(distances) == pytest.approx(50_000, rel=5e-3)
    assert min(distances) == pytest.approx(30_000, rel=5e-3)


def test_a_full_circle_is_a_ring_and_from_zero_a_disk():
    ring = shapely.from_wkt(sector_wkt(36, 37, 0, 360, 1_000, 2_000))
    assert ring.is_valid
    assert len(ring.interiors) == 1
    assert not ring.covers(shapely.Point(37, 36))
    disk = shapely.from_wkt(sector_wkt(36, 37, 0, 360, 0, 2_000))
    assert disk.covers(shapely.Point(37, 36))


def test_a_single_bearing_and_distance_are_widened():
    area = shapely.from_wkt(sector_wkt(36, 37, 358, 358, 5_000, 5_000))
    for bearing, metres in ((358, 5_000), (354, 4_600), (2, 5_400)):
        lat, lon = destination(36, 37, bearing, metres)
        assert area.covers(shapely.Point(lon, lat))


def test_a_sector_from_zero_starts_at_the_observer():
    area = shapely.from_wkt(sector_wkt(36, 37, 350, 10, 0, 3_000))
    assert area.is_valid
    assert area.covers(shapely.Point(37, 36))


@pytest.mark.parametrize(
    "values",
    [
        (91, 37, 0, 10, 0, 1),
        (36, 200, 0, 10, 0, 1),
        (36, 37, 0, 900, 0, 1),
        (36, 37, 0, 10, -1, 1),
        (36, 37, 0, 10, 5, 1),
        (36, 37, 0, 10, 0, 0),
        (36, 37, 0, 10, 0, float("nan")),
        (36, 37, 0, 10, 0, 2e6),
    ],
)
def test_impossible_sectors_are_refused(values: tuple[float, float, float, float, float, float]):
    with pytest.raises(BadCall, match=r"expected|needs numbers"):
        sector_wkt(*values)
