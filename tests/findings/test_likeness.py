"""Legs that are alike: what judging looks at, and nothing else, tells them apart."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.findings.likeness import Likeness
from trucewatch.findings.ruling import judge
from trucewatch.incidents.leg import Candidates, Leg, LegCircumstance
from trucewatch.periods import Period

UNSEEN = {
    "leg_id": "l-two", "incident_id": "i-two", "affected": ("civ",), "deaths_low": 3, "deaths_high": 9,
    "independent_origins": 7, "reports": ("r-nine",), "origins": ("hrw",), "disputed": ("when",),
}
GROUND = {"place": "idlib", "lat": 35.9, "lon": 36.6, "radius_m": 9.0, "area_wkt": "POLYGON EMPTY"}
SEEN = {
    "acts": ("air_strike",), "targets": ("market",), "weapons": ("mortar",), "calibre_mm": 120.0,
    "headcount_low": 21, "headcount_high": 40,
    "by": Candidates(("ru",), basis="stated"), "against": Candidates(("civ",), basis="stated"),
    "circumstances": (LegCircumstance("response", value=True, asserter=None, strength="alleged"),),
    "strength": dict.fromkeys(("who", "act", "against", "where", "when"), "alleged"), "occurred": None,
}


@pytest.fixture(scope="module")
def readings(context, agreement):
    first = replace(context("default", "2016-09-20T07:00"), memo={})
    return [first.under(context(reading).agreement) for reading in agreement.readings]


def test_every_fact_of_a_leg_is_seen_or_known_not_to_matter():
    assert {one.name for one in fields(Leg)} == {*UNSEEN, *GROUND, *SEEN, "known_at"}


@pytest.mark.parametrize("name", [*UNSEEN, *GROUND])
def test_what_no_verdict_rests_on_does_not_tell_legs_apart(readings, make, name):
    likeness, leg = Likeness.under(readings), make.leg()
    assert likeness.of(replace(leg, **{name: (UNSEEN | GROUND)[name]})) == likeness.of(leg)


@pytest.mark.parametrize("name", [*SEEN])
def test_what_judging_looks_at_tells_legs_apart(readings, make, name):
    likeness, leg = Likeness.under(readings), make.leg()
    assert likeness.of(replace(leg, **{name: SEEN[name]})) != likeness.of(leg)


def test_when_it_became_known_counts_as_long_as_a_reply_is_awaited(readings, make):
    likeness, leg = Likeness.under(readings), make.leg()
    early, late, later = (
        likeness.of(replace(leg, known_at=make.instant(time)))
        for time in ("2016-09-01", "2016-09-20T05:00", "2016-09-20T06:00")
    )
    assert early == likeness.of(replace(leg, known_at=make.instant("2016-09-02")))
    assert len({early, late, later}) == 3


@given(st.integers(0, 15 * 24), st.integers(0, 15 * 24), st.sampled_from([1, 24, 72]), st.sampled_from([1, 24, 72]))
@settings(max_examples=60)
def test_legs_of_alike_times_are_judged_alike(readings, make, first, second, hours, others):
    likeness, start = Likeness.under(readings), make.instant("2016-09-09")
    legs = [
        make.leg(known_at=None, occurred=Period(start + timedelta(hours=since), start + timedelta(hours=since + length)))
        for since, length in ((first, hours), (second, others))
    ]
    if likeness.of(legs[0]) != likeness.of(legs[1]):
        return
    for facts in readings:
        for clause in facts.agreement.clauses:
            if clause.duty is None:
                bare = replace(facts, memo={})
                assert judge(legs[0], clause, bare) == judge(legs[1], clause, bare)
