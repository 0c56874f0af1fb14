"""Areas of a map become claims about the places that they show."""

from datetime import date

import pytest

import trucewatch as tw
from trucewatch.control.maps import claims_on_map, day_in_name

DAY = date(2024, 7, 8)
PLACES = {"place": ["in", "out"], "lat": [48.1, 48.1], "lon": [37.1, 39.0]}
RING = [[37, 48], [37.5, 48], [37.5, 48.5], [37, 48.5], [37, 48]]
BOWTIE = [[37, 48], [37.5, 48.5], [37.5, 48], [37, 48.5], [37, 48]]


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def shown(*rings):
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": polygon(one)} for one in rings]}


def test_what_lies_inside_is_held_and_what_lies_outside_is_too_where_the_map_says_so():
    claims, problems = claims_on_map(shown(RING), PLACES, DAY, source="map", holder="east", outside="west")
    assert (claims["place"], claims["holder"], problems) == (["in", "out"], ["east", "west"], ())
    claims, _ = claims_on_map(polygon(RING), PLACES, DAY, source="map", holder="east", kind="claimed")
    assert (claims["place"], claims["kind"]) == (["in"], ["claimed"])
    held = tw.estimate_control(claims, PLACES, [DAY])
    assert held.at("in", DAY)["east"] > 0.5


@pytest.mark.parametrize(("ring", "expected"), [
    (BOWTIE, "do not cross"),
    ([[one[1], one[0]] for one in RING], "axes are swapped"),
    ([[one[0], one[1] + 50] for one in RING], "within 90"),
    ([[-179, 48], [179, 48], [179, 49], [-179, 49], [-179, 48]], "180th meridian"),
    (["north"], "GeoJSON geometry"),
])
def test_an_area_that_cannot_be_right_is_kept_aside_and_the_rest_is_used(ring, expected):
    claims, problems = claims_on_map(shown(ring, RING), PLACES, DAY, source="map", holder="east", outside="west")
    assert [(one.line, expected in one.expected) for one in problems] == [(1, True)]
    assert (claims["place"], claims["holder"]) == (["in"], ["east"])


@pytest.mark.parametrize(("name", "day"), [
    ("deepstate_2024-07-08.geojson", DAY), ("map20240708T0300.json", DAY), ("2024_07_08.geojson", DAY),
    ("map.geojson", None), ("2024-07-08_2024-07-09.geojson", None), ("20241345.geojson", None),
])
def test_the_day_stands_in_the_name_of_the_file(name, day):
    assert day_in_name(name) == day
