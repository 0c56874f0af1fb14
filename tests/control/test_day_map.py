"""Maps, tables and differences of days, and where sources say different things."""

import json
from datetime import date
from xml.etree import ElementTree

import pytest

import trucewatch as tw
from trucewatch.control.day_map import (
    areas_geojson,
    cells_around,
    day_map_of_claims,
    place_rows,
    points_asked,
)
from trucewatch.control.differences import disagreements, moved_between
from trucewatch.control.overlays import overlays_on
from trucewatch.publish.control_map import control_map_svg

BEFORE, AFTER = date(2016, 9, 10), date(2016, 9, 25)
PLACES = {"West": (36.0, 36.0), "East": (36.0, 38.0)}
ROWS = [
    ("West", "gov", "held", date(2016, 9, 1), "press"), ("East", "opp", "held", date(2016, 9, 1), "press"),
    ("West", "gov", "held", date(2016, 9, 9), "monitor"), ("East", "gov", "captured", date(2016, 9, 20), "monitor"),
    ("East", "gov", "captured", date(2016, 9, 20), "press"), ("East", "opp", "held", date(2016, 9, 22), "radio"),
]


def columns(rows=ROWS):
    names = ("place", "holder", "kind", "valid_from", "source")
    made = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return made | {"lat": [PLACES[one][0] for one in made["place"]], "lon": [PLACES[one][1] for one in made["place"]]}


@pytest.fixture(scope="module")
def days():
    cells = cells_around(list(PLACES.values()), across=24)
    held = tw.estimate_control(columns(), points_asked(PLACES, cells), [BEFORE, AFTER])
    return [day_map_of_claims(held, day, PLACES, cells) for day in (BEFORE, AFTER)], held


def test_areas_lie_where_their_holder_is_likeliest_and_never_overlap(days):
    from shapely.geometry import shape

    (first, _), _ = days
    document = json.loads(json.dumps(areas_geojson(first)))
    areas = [one for one in document["features"] if one["geometry"]["type"] == "MultiPolygon"]
    shapes = [shape(one["geometry"]) for one in areas]
    assert all(one.is_valid for one in shapes) and sum(one.area for one in shapes) <= sum((c.east - c.west) * (c.north - c.south) for c in first.cells) + 1e-6
    assert all(a.intersection(b).area < 1e-9 for at, a in enumerate(shapes) for b in shapes[:at])
    points = {one["properties"]["place"]: one for one in document["features"] if one["geometry"]["type"] == "Point"}
    assert points["West"]["geometry"]["coordinates"] == [36.0, 36.0] and points["West"]["properties"]["status"] == "gov"
    assert {one["properties"]["confidence"] for one in areas} <= {"sure", "likely", "leaning"}
    held_by = {one["properties"]["holder"] for one in areas}
    assert "unknown" not in held_by


def test_the_table_of_places_sums_to_one(days):
    rows, names = place_rows(days[0][0])
    assert names[:6] == ("place", "longitude", "latitude", "date", "status", "probability") and {"p_gov", "p_opp", "p_unknown", "p_contested"} <= set(names)
    assert [sum(row[name] for name in names if name.startswith("p_")) for row in rows] == pytest.approx([1, 1])
    assert rows[0]["date"] == "20160910"


def test_a_difference_names_what_changed_hands_first(days):
    (first, second), _ = days
    moved = moved_between(first, second)
    assert (moved[0].place, moved[0].before, moved[0].after, moved[0].changed) == ("East", "opp", "gov", True)
    assert moved_between(first, first) == ()


def test_sources_that_say_different_things_are_set_side_by_side_with_their_reliability(days):
    held = days[1]
    rows = disagreements(held.evidence, AFTER)
    assert {(one.place, one.source, one.says) for one in rows} == {("East", "monitor", "gov"), ("East", "press", "gov"), ("East", "radio", "opp")}
    assert {one.source: one.reliability for one in rows} == {one: held.reliability[one] for one in ("monitor", "press", "radio")}
    assert disagreements(held.evidence, BEFORE) == ()
    left = tw.estimate_control(columns([("West", "gov", "held", BEFORE, "press"), ("West", "gov", "withdrew", BEFORE, "radio")]), ["West"], [AFTER])
    assert [one.says for one in disagreements(left.evidence, AFTER)] in (["gov", "not gov"], ["not gov", "gov"])


def test_the_drawing_is_well_formed_names_holders_and_rings_the_besieged(days):
    over, _ = overlays_on(columns([("West", "opp", "besieged_by", BEFORE, "press")]), AFTER)
    drawn = control_map_svg(days[0][1], {"gov": "Government <of> A"}, over)
    root = ElementTree.fromstring(drawn)
    words = "".join(root.itertext())
    assert "Government <of> A" in words and "2016-09-25" in words and "besieged" in words
    rings = [one for one in root.iter("{http://www.w3.org/2000/svg}circle") if one.get("class") == "siege"]
    assert len(rings) == 2  # the place and the legend
    assert control_map_svg(day_map_of_claims(days[1], BEFORE, {}), {}) is None


def test_places_on_both_sides_of_the_180th_meridian_have_no_cells():
    assert cells_around([(0.0, 179.0), (0.0, -179.0)]) == [] and cells_around([]) == []
    boxes = cells_around([(89.0, 179.9)])
    assert max(one[3] for one in boxes) <= 90 and max(one[2] for one in boxes) <= 180
