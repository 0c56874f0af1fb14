import pytest

from trucewatch.agreement import under
from trucewatch.agreement.drawing import shapes_of, versions_of


def zone(load, written, key="land", **sections):
    clause = "  - {id: peace, cite: {text: deed, quote: q}, who: sides, must_not: {act: attack}}"
    return load(zones=f"  {key}: {written}", clauses=clause, **sections)[0].zones[key]


def test_an_area_keeps_its_border_accuracy_country_and_open_part(load):
    ring = "POLYGON((36 35, 37 35, 37 36, 36 35))"
    found = zone(load, f"{{wkt: '{ring}', country: SY, accuracy_m: 3000, maybe: '{ring}', cite: [deed, map]}}")
    assert (found.kind, found.wkt, found.maybe_wkt) == ("area", ring, ring)
    assert (found.accuracy_m, found.country, found.cite.at) == (3000.0, "SY", "map")


def test_a_line_of_named_coordinates_becomes_wkt_longitude_first(load):
    found = zone(load, "{line: [{lat: 36.262, lon: 37.105}, {lat: 36.2, lon: 37.2}], status: placeholder}")
    assert (found.kind, found.wkt, found.status) == ("line", "LINESTRING(37.105 36.262, 37.2 36.2)", "placeholder")


def test_a_buffer_takes_over_the_doubt_of_its_line(load):
    written = (
        "{line: [{lat: 36.2, lon: 37.1}, {lat: 36.2, lon: 37.2}], status: from_memory}\n"
        "  strip: {within_m: 500, of: land, side: north}"
    )
    found = load(zones=f"  land: {written}")[0].zones["strip"]
    assert (found.kind, found.within_m, found.of, found.side) == ("buffer", 500.0, "land", "north")
    assert found.status == "from_memory"


@pytest.mark.parametrize("by", ["bearer", "north", "sides"])
def test_ground_held_by_somebody(load, by):
    found = zone(load, f"{{control: {{by: {by}}}}}")
    assert (found.kind, found.held_by) == ("control", by)


@pytest.mark.parametrize("written", ["{layer: annexed map, status: unpublished}", "{status: placeholder}"])
def test_geometry_that_is_not_here(load, written):
    found = zone(load, written)
    assert (found.kind, found.wkt) == ("layer", None)
    assert found.status != "given"


def test_a_zone_written_in_place_gets_a_name_of_its_own(load):
    clause = "  - {id: peace, cite: {text: deed, quote: q}, who: sides, must_not: {act: attack}, where: {control: {by: bearer}}}"
    agreement, _ = load(clauses=clause)
    assert agreement.clauses[0].where == "peace.where"
    assert agreement.zones["peace.where"].held_by == "bearer"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{wkt: 'POLYGON((36 35, 37 35, 37 36, 36 36))'}", "end where they began"),
        ("{wkt: 'POLYGON((35 36, 35 137, 36 137, 35 36))'}", "longitude first"),
        ("{wkt: 'POLYGON((36 35, 37 36, 37 35, 36 36, 36 35))'}", "does not cross itself"),
        ("{wkt: 'POLYGON((36 nan, 37 36, 37 35, 36 nan))'}", "POLYGON((lon lat"),
        ("{wkt: 'LINESTRING(36 35, 37 36)'}", "POLYGON((lon lat"),
        ("{wkt: 'POLYGON((36 35, 37 35, 37 36, 36 35))', accuracy_m: -1}", "accuracy_m: a number"),
        ("{wkt: 'POLYGON((36 35, 37 35, 37 36, 36 35))', country: Syria}", "two capital letters"),
        ("{country: SY}", "exactly one of wkt"),
        ("{line: [{lat: 36.2, lon: 37.1}]}", "at least two points"),
        ("{line: [{lat: 136.2, lon: 37.1}, {lat: 36.2, lon: 37.1}]}", "lat: a number from -90 to 90"),
        ("{line: [[36.2, 37.1], [36.3, 37.1]]}", "a mapping of keys"),
        ("{within_m: 500, of: land}", "the name of a line"),
        ("{within_m: 0, of: land}", "within_m: a number"),
        ("{layer: map}", "unpublished, placeholder"),
        ("{wkt: 'POLYGON((36 35, 37 35, 37 36, 36 35))', layer: map, status: unpublished}", "exactly one of wkt"),
        ("{control: {by: nobody}}", "the name of a holder"),
    ],
)
def test_a_wrong_zone_is_refused(problems_of, written, expected):
    problems = problems_of(zones=f"  land: {written}")
    assert any(expected in one.expected for one in problems), problems


def test_a_side_that_the_line_does_not_have_is_refused(problems_of):
    line = "{line: [{lat: 36.2, lon: 37.1}, {lat: 36.3, lon: 37.1}]}"
    problems = problems_of(zones=f"  land: {line}\n  strip: {{within_m: 10, of: land, side: north}}")
    assert [one.value for one in problems] == ["strip"]


def test_buffers_of_buffers_cannot_go_in_a_circle(problems_of):
    problems = problems_of(zones="  land: {within_m: 5, of: b}\n  b: {within_m: 5, of: land}")
    assert {one.value for one in problems} == {"land", "b"}


LINES = "  a: {line: [{lat: 35.0, lon: 36.0}, {lat: 35.0, lon: 37.0}]}\n  b: {line: [{lat: 35.5, lon: 37.0}, {lat: 35.5, lon: 36.0}], status: from_memory}\n"
SQUARE = "POLYGON((36 35, 37 35, 37 36, 36 36, 36 35))"


def test_the_ground_between_two_lines_takes_over_their_doubt(load):
    zones = load(zones=f"{LINES}  land: {{between: [a, b]}}")[0].zones
    assert (zones["land"].kind, zones["land"].between, zones["land"].status) == ("between", ("a", "b"), "from_memory")


def test_versions_stand_in_the_order_of_their_times(load):
    found = load(zones=(
        f"  land:\n    versions:\n      - {{from: 2016-09-10, wkt: '{SQUARE}'}}\n"
        f"      - {{to: 2016-09-10, wkt: '{SQUARE}', cite: [deed, map]}}"
    ))[0].zones["land"]
    assert [(one.start is None, one.end is None) for one in found.versions] == [(True, False), (False, True)]


def test_what_is_drawn_along_a_line_follows_its_versions(load):
    moved = "{line: {versions: [{to: 2016-09-10, line: [{lat: 35, lon: 36}, {lat: 36, lon: 36}]}, {from: 2016-09-10, to: 2016-09-20, line: [{lat: 35, lon: 37}, {lat: 36, lon: 37}]}]}}"
    zones = load(zones=f"  front: {moved}\n  wall: {{line: [{{lat: 35, lon: 38}}, {{lat: 36, lon: 38}}]}}\n  strip: {{within_m: 500, of: front}}\n  land: {{between: [front, wall]}}")[0].zones
    assert zones["front"].kind == "line"
    times = [(one.start, one.end) for one in zones["front"].versions]
    assert len(times) == 2
    for name in ("strip", "land"):
        assert [(one.start, one.end) for one in versions_of(zones[name], zones)] == times
        first, second = shapes_of(zones[name], zones)
        assert first.box[0] < second.box[0], "the second lies farther east"
    assert versions_of(zones["wall"], zones) == ()
    assert shapes_of(zones["front"], zones) == (), "a line has no inside"


def test_between_two_lines_that_moved_there_is_ground_while_both_are_drawn(load):
    one = "{line: {versions: [{to: 2016-09-10, line: [{lat: 35, lon: 36}, {lat: 36, lon: 36}]}, {from: 2016-09-10, line: [{lat: 35, lon: 36.2}, {lat: 36, lon: 36.2}]}]}}"
    other = "{line: {versions: [{from: 2016-09-05, to: 2016-09-20, line: [{lat: 35, lon: 37}, {lat: 36, lon: 37}]}]}}"
    zones = load(zones=f"  a: {one}\n  b: {other}\n  land: {{between: [a, b]}}")[0].zones
    days = [(one.start.day, one.end.day) for one in versions_of(zones["land"], zones)]
    assert days == [(4, 9), (9, 19)] or days == [(5, 10), (10, 20)]


def test_units_and_lines_that_are_not_here(load):
    zones = load(zones="  land: {admin: [north, south]}\n  lost: {line: {layer: old line}, status: unpublished}\n  strip: {within_m: 5, of: lost}")[0].zones
    assert (zones["land"].admin, zones["lost"].kind, zones["strip"].status) == (("north", "south"), "line", "unpublished")


def test_a_zone_of_some_readings_is_in_doubt_under_the_others(load):
    agreement, _ = load(zones=f"  land: {{wkt: '{SQUARE}', reading: [mine]}}", readings="  mine: {note: n}")
    assert {one: under(agreement, one).zones["land"].status for one in agreement.readings} == {"mine": "given", "default": "by_reading"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"{LINES}  land: {{between: [a]}}", "two different lines"),
        (f"{LINES}  land: {{between: [a, a]}}", "two different lines"),
        (f"{LINES}  land: {{between: [a, c]}}", "the name of a line"),
        ("  a: {line: [{lat: 35, lon: 36}, {lat: 36, lon: 37}]}\n  b: {line: [{lat: 36, lon: 36}, {lat: 35, lon: 37}]}\n  land: {between: [a, b]}", "ground between them"),
        ("  land: {versions: []}", "at least one"),
        (f"  land: {{versions: [{{wkt: '{SQUARE}'}}, {{from: 2016-09-10, wkt: '{SQUARE}'}}]}}", "do not overlap"),
        (f"  land: {{versions: [{{from: 2016-09-10, to: 2016-09-09, wkt: '{SQUARE}'}}]}}", "later than from"),
        ("  land: {versions: [{from: 2016-09-10}]}", "wkt: in a version"),
        ("  land: {line: {versions: []}}", "at least one"),
        ("  land: {line: {versions: [{from: 2016-09-10}]}}", "line: in a line as drawn"),
        ("  land: {line: {versions: [{line: [{lat: 35, lon: 36}]}]}}", "at least two points"),
        ("  land: {line: {versions: [{line: [{lat: 35, lon: 36}, {lat: 36, lon: 36}]}, {from: 2016-09-10, line: [{lat: 35, lon: 36}, {lat: 36, lon: 36}]}]}}", "do not overlap"),
        ("  land: {admin: []}", "at least one text"),
        ("  land: {line: {layer: old line}}", "status: unpublished"),
        (f"  land: {{wkt: '{SQUARE}', reading: [mine]}}", "the name of a reading"),
    ],
)
def test_a_zone_that_cannot_be_is_refused(problems_of, written, expected):
    problems = problems_of(zones=written)
    assert any(expected in one.expected for one in problems), problems
