import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from trucewatch.places import distance_m
from trucewatch.publish.map_labels import place_labels
from trucewatch.publish.map_marks import MARKS, mark
from trucewatch.publish.map_svg import map_svg
from trucewatch.publish.projection import frame_for, rings_of

SQUARE = "POLYGON((36 35, 38 35, 38 37, 36 37, 36 35))"


def drawn(report):
    return ET.fromstring(map_svg(report))


def marked(root, kind):
    return [one for one in root.iter() if kind in (one.get("class") or "").split()]


def test_the_map_is_whole_and_its_numbers_have_one_decimal(report):
    text = map_svg(report)
    root = ET.fromstring(text)
    assert len(marked(root, "mark")) == len([one for one in report.happenings if one.lat is not None])
    assert all(len(one) <= 1 for one in re.findall(r"\d\.(\d+)", re.sub(r"<(?:text|title|desc)[^>]*>[^<]*<", "<", text)))


def test_uncertainty_is_drawn_to_scale(report):
    wide = replace(report.happenings[0], lat=36.0, lon=37.0, radius_m=20_000.0)
    root = drawn(replace(report, happenings=(wide,), maybe=(), outline_wkt=SQUARE))
    circle = marked(root, "ground")[0]
    frame = frame_for(rings_of(SQUARE), (), 640.0, (0.5, 1.0))
    assert float(circle.get("r")) == pytest.approx(20 * frame.per_km, rel=0.4)
    assert marked(root, "mark")


def test_a_disputed_place_is_dashed_and_an_area_has_no_point(report):
    one = report.happenings[0]
    root = drawn(replace(report, happenings=(replace(one, place_disputed=True),), maybe=()))
    assert marked(root, "disputed")
    root = drawn(replace(report, happenings=(replace(one, radius_m=60_000.0),), maybe=()))
    assert marked(root, "area")
    assert not marked(root, "mark")


def test_without_places_there_is_no_map(report):
    nowhere = tuple(replace(one, lat=None, lon=None, area_wkt=None) for one in report.happenings)
    assert map_svg(replace(report, happenings=nowhere, maybe=())) is None


def test_every_verdict_has_a_shape_of_its_own():
    shapes = {re.sub(r' class="mark [^"]*"', "", mark(one)) for one in MARKS}
    assert len(shapes) == len(MARKS)


def test_the_projection_is_true_to_scale_in_the_middle():
    frame = frame_for(rings_of(SQUARE), (), 640.0)
    west, east = frame.at(36.0, 36.5), frame.at(36.0, 37.5)
    assert (east[0] - west[0]) / frame.per_km * 1000 == pytest.approx(distance_m(36.0, 36.5, 36.0, 37.5), rel=0.01)
    south, north = frame.at(35.5, 37.0), frame.at(36.5, 37.0)
    assert (south[1] - north[1]) / frame.per_km * 1000 == pytest.approx(distance_m(35.5, 37.0, 36.5, 37.0), rel=0.01)


def test_labels_keep_apart_where_there_is_room():
    labels = place_labels([(100.0, 100.0, 10.0, "one place"), (110.0, 102.0, 10.0, "another")], 640.0, 400.0)
    assert [one.text for one in labels] == ["one place", "another"]
    assert (labels[0].x, labels[0].y) != (labels[1].x, labels[1].y)
    corner = place_labels([(635.0, 5.0, 5.0, "a long name at the border")], 640.0, 400.0)[0]
    assert corner.anchor == "end"
    assert corner.y > 5
