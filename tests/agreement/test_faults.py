"""Many faults in one file are told at once, each with its value, its place and what was expected."""

import pytest

from trucewatch.agreement import load_agreement
from trucewatch.errors import BadAgreement

FAULTY = """trucewatch: agreement/1.0
id: Test Truce
title: Truce
timezone: Asia/Damaskus
texts:
  deed: {title: Deed, kind: offical}
bound:
  north: {from: 2016-13-01, cite: deed}
groups:
  sides: {any_of: [north, suoth], none_of: [north]}
zones:
  land: {wkt: "POLYGON((36 35, 37 35, 37 36))"}
  strip: {within_m: 500m, of: border}
phases:
  truce: {starts: 19:00, open_ended: on}
  later: {starts: {after: truc}, lasts: 012}
anchors:
  d-day: {at: 2016-09-12, claim: d-day, of: NO}
readings:
  mine: {extend: default}
evidence:
  violation: {who: strong, act: corroborated, against: reported, where: reported, when: reported}
clauses:
  - id: peace
    cite: [dead, "§1"]
    who: sids
    must_not: {act: atack, target: hospitl}
    when: truce
    unles: []
  - {id: peace, who: north, must_not: {act: attack}, examples: [{say: s, expect: guilty}]}
"""
EXPECTED = [
    (2, "Test Truce", "the id of an agreement", ""), (4, "Asia/Damaskus", "an IANA name", "Asia/Damascus"), (6, "offical", "kind: one of", "official"),
    (8, "2016-13-01", "from: a time such as", ""), (10, "any_of and none_of", "exactly one of", ""), (10, "suoth", "the name of a group", "south"),
    (12, "POLYGON", "rings of at least four points", ""), (13, "500m", "within_m: a number", ""), (13, "border", "the name of a line", ""),
    (15, "19:00", "starts: a time such as", ""), (15, "on", "open_ended: true or false", ""), (16, "truc", "the name of a phase", "truce"),
    (16, "012", "lasts: a duration", ""), (18, "both or neither", "either at or claim", ""), (18, "NO", "the name of a party", ""),
    (20, "extend", "a key of reading mine", "extends"), (22, "strong", "who: one of", ""), (25, "dead", "the name of a text", "deed"),
    (26, "sids", "the name of a group", "sides"), (27, "atack", "the name of an act", "attack"), (27, "hospitl", "the name of a target", "hospital"),
    (29, "a list of 0", "a key of clause peace", "unless"), (30, "peace", "each clause id once", ""), (30, "guilty", "expect: one of", ""),
]


@pytest.fixture(scope="module")
def problems(actors):
    with pytest.raises(BadAgreement) as refused:
        load_agreement(FAULTY, "agreement.yaml", actors=actors)
    return refused.value.problems


@pytest.mark.parametrize(("line", "value", "expected", "near"), EXPECTED, ids=[f"{line}-{value}" for line, value, *_ in EXPECTED])
def test_each_is_told_with_value_place_and_expectation(problems, line, value, expected, near):
    found = [one for one in problems if one.line == line and expected in one.expected]
    assert found, [str(one) for one in problems if one.line == line]
    assert any(value in (one.value or "") for one in found) or value == "a list of 0"
    assert any(near in one.advice for one in found)
    assert all(one.column and one.place == "agreement.yaml" for one in found)


def test_all_of_them_at_once_in_the_order_of_the_file(problems):
    lines = [one.line for one in problems]
    assert lines == sorted(lines)
    assert {line for line, *_ in EXPECTED} <= set(lines)
