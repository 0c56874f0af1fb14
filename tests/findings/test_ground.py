"""Zones: strips along lines, and ground that somebody holds."""

from dataclasses import replace

import pytest

from trucewatch.agreement import Zone
from trucewatch.findings.ground import in_zone, place_all
from trucewatch.truth import FALSE, TRUE, UNKNOWN


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"sy_gov": 1.0}, TRUE),
        ({"sy_gov": 0.9, "unknown": 0.1}, TRUE),
        ({"sy_gov": 0.89, "unknown": 0.11}, UNKNOWN),
        ({"jn": 0.9, "unknown": 0.1}, FALSE),
        ({"jn": 0.89, "unknown": 0.11}, UNKNOWN),
        ({"contested": 1.0}, UNKNOWN),
        ({"unknown": 1.0}, UNKNOWN),
        ({"sy_gov": 0.5, "jn": 0.5}, UNKNOWN),
        ({"nobody_known": 1.0}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_ground_held_by_the_bearer(context, make, shares, expected):
    facts = context(holders=make.Held(**shares))
    zone = next(key for key, one in facts.agreement.zones.items() if one.held_by == "bearer")
    assert in_zone(make.leg(), zone, facts).truth is expected


@pytest.mark.parametrize(
    ("by", "closed", "expected"),
    [
        (("sy-gov", "ru"), True, UNKNOWN),
        (("ru", "us"), True, FALSE),
        (("sy-gov", "ru"), False, UNKNOWN),
        ((), False, UNKNOWN),
    ],
)
def test_several_bearers(context, make, by, closed, expected):
    facts = context(holders=make.Held(sy_gov=1.0))
    zone = next(key for key, one in facts.agreement.zones.items() if one.held_by == "bearer")
    leg = make.leg(by=make.named(*by, closed=closed))
    assert in_zone(leg, zone, facts).truth is expected


@pytest.mark.parametrize(
    ("shares", "expected"), [({"jn": 1.0}, TRUE), ({"sy_gov": 1.0}, FALSE), ({"jaish_fatah": 1.0}, UNKNOWN)]
)
def test_ground_held_by_a_group(context, make, shares, expected):
    assert in_zone(make.leg(), "nusra-held", context(holders=make.Held(**shares))).truth is expected


def test_what_an_incident_says_of_control_does_not_count_for_it(context, make):
    held = make.Held(jn=1.0)
    facts = context(holders=held, documents={"r-one": "doc-b", "r-two": "doc-a", "r-three": "doc-c"})
    in_zone(make.leg(), "nusra-held", facts)
    (ground, left_out), *more = held.asked
    assert not more
    assert ground[:4] == (36.10, 37.05, 500.0, "aleppo")
    assert left_out == (("sohr", "amc"), ("doc-a", "doc-b"))


@pytest.mark.parametrize("changes", [{"occurred": None}, {"place": None, "lat": None}])
def test_without_time_or_place_nobody_is_asked(context, make, changes):
    held = make.Held(jn=1.0)
    facts = context(holders=held)
    assert in_zone(make.leg(**changes), "nusra-held", facts).truth is UNKNOWN
    assert held.asked == []


def zoned(context, *zones: Zone):
    facts = context()
    return replace(
        facts, memo={},
        agreement=replace(facts.agreement, zones={**facts.agreement.zones, **{one.key: one for one in zones}}),
    )


LINE = Zone("shore", "line", wkt="LINESTRING(37.00 36.00, 37.20 36.00)", accuracy_m=50.0)
STRIP = Zone("strip", "buffer", within_m=2000.0, of="shore", side="north")


@pytest.mark.parametrize(
    ("lat", "expected"), [(36.009, TRUE), (36.03, FALSE), (35.99, FALSE), (36.018, UNKNOWN), (36.0, UNKNOWN)]
)
def test_a_strip_on_one_side_of_a_line(context, make, lat, expected):
    facts = zoned(context, LINE, STRIP)
    assert in_zone(make.leg(lat=lat, lon=37.1, radius_m=100.0), "strip", facts).truth is expected


def test_a_strip_along_a_placeholder_is_unknown(context, make):
    facts = zoned(context, replace(LINE, status="placeholder"), STRIP)
    answer = in_zone(make.leg(lat=10.0), "strip", facts)
    assert answer.truth is UNKNOWN
    assert answer.unsure_term
    assert answer.about == "shore"


def test_a_line_has_no_inside_and_a_zone_without_geometry_no_outside(context, make):
    facts = zoned(context, LINE, Zone("bare", "area", country="SY"))
    assert in_zone(make.leg(), "shore", facts).truth is UNKNOWN
    assert in_zone(make.leg(), "bare", facts).truth is UNKNOWN
    assert in_zone(make.leg(), "bare", facts).unsure_term


def test_placing_all_legs_at_once_changes_nothing(context, make):
    legs = [
        make.leg(lat=lat, lon=lon, radius_m=radius)
        for lat, lon in ((36.1, 37.05), (33.0, 35.75), (33.89, 35.5), (36.65, 37.12))
        for radius in (100.0, 40_000.0, None)
    ]
    single, batch = replace(context(), memo={}), replace(context(), memo={})
    place_all(legs, ["syria", "castello", "nusra-held", "no-fly"], batch)
    assert [in_zone(leg, "syria", batch) for leg in legs] == [in_zone(leg, "syria", single) for leg in legs]
    assert {in_zone(leg, "syria", batch).truth for leg in legs} == {TRUE, FALSE, UNKNOWN}
