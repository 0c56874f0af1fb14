"""The drawing of where a clause holds: what is drawn is there, what is not drawn gives none."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from trucewatch.agreement import Zone, ZoneVersion
from trucewatch.publish.zone_sketch import zone_sketch

LINES = {
    "west": Zone("west", "line", wkt="LINESTRING(35.0 34.0, 35.0 34.1)"),
    "east": Zone("east", "line", wkt="LINESTRING(35.2 34.0, 35.2 34.1)"),
}
AREA = "POLYGON((-123.5 -49.0, -123.4 -49.0, -123.4 -48.9, -123.5 -48.9, -123.5 -49.0))"


def parts(drawn):
    root = ElementTree.fromstring(drawn)
    return [(one.get("class"), one) for one in root.iter() if one.get("class")]


@pytest.mark.parametrize(
    ("zone", "classes"),
    [
        (Zone("land", "area", wkt=AREA), ["within"]),
        (Zone("land", "area", wkt=AREA, maybe_wkt=AREA), ["within", "open-ground"]),
        (Zone("strip", "buffer", within_m=3000, of="west", side="west"), ["within", "drawn-line"]),
        (Zone("valley", "between", between=("west", "east")), ["within", "drawn-line", "drawn-line"]),
        (LINES["west"], ["drawn-line"]),
    ],
)
def test_ground_and_lines_are_drawn(zone, classes):
    drawn = zone_sketch(zone, LINES)
    assert [kind for kind, _ in parts(drawn) if kind not in ("sketch", "sheet", "bar")] == classes
    assert not re.search(r"nan|inf|None", drawn)


def test_an_earlier_drawing_is_dashed_and_the_last_one_filled():
    change = datetime(2031, 5, 10, tzinfo=UTC)
    zone = Zone("land", "area", versions=(ZoneVersion(AREA, None, change), ZoneVersion(AREA.replace("-123.5", "-123.6"), change, None)))
    kinds = [kind for kind, _ in parts(zone_sketch(zone, {}))]
    assert kinds.count("earlier") == kinds.count("within") == 1


def test_everything_lies_on_the_sheet_and_the_bar_is_as_long_as_it_says():
    drawn = zone_sketch(Zone("land", "area", wkt=AREA), {})
    found = dict(parts(drawn))
    width, height = float(found["sheet"].get("width")), float(found["sheet"].get("height"))
    points = [tuple(map(float, one)) for one in re.findall(r"([-\d.]+) ([-\d.]+)", found["within"].get("d"))]
    assert points
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points)
    high = max(y for _, y in points) - min(y for _, y in points)
    bar, told = float(re.search(r"h([\d.]+)", found["bar"].get("d"))[1]), re.search(r">([\d.]+) km<", drawn)[1]
    assert bar / high == pytest.approx(float(told) / 11.132, rel=0.02), "a tenth of a degree is 11.1 km"
    assert "49.01°S to 48.89°S, 123.55°W to 123.35°W" in drawn, "wider, so that it is not too tall"


@pytest.mark.parametrize("zone", [Zone("a", "admin", admin=("x",)), Zone("h", "control", held_by="n"), Zone("l", "layer", status="unpublished"), Zone("s", "buffer", within_m=5, of="gone")])
def test_what_is_not_drawn_has_no_drawing(zone):
    assert zone_sketch(zone, {}) is None
