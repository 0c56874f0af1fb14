"""The happenings of September 2016, each with a few hand-made reports that carry its difficulty."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from trucewatch.incidents import leg_records

CAPABLE = {"sy-gov": "capability", "ru": "capability"}
JETS = {"sy-gov": "generic", "ru": "generic", "us-coal": "generic"}
TOWN = {"radius_m": 3000.0}


@pytest.fixture
def tartus(report: Any) -> list[Any]:
    at = {"lat": 34.889, "lon": 35.8866, **TOWN, "act": "suicide_bombing", "place": "arzouna"}
    return [
        report("t1", "sana", "2016-09-05", **at, killed=(30, 30, 30), by={"isil": "stated"}),
        report("t2", "sohr", "2016-09-05", **at, killed=(35, 35, 35), document="sohr-1", hours=(5, 10)),
        report("t3", "sohr", "2016-09-05", **at, killed=(38, 38, 38), document="sohr-2"),
        report("t4", "amaq", "2016-09-05", **at, by={"isil": "stated"}, standing="claimed_by_party"),
        report("t5", "ged", "2016-09-05", **at, killed=(45, 45, 45), by={"isil": "coded"},
               against={"sy-gov": "coded"}, grouping="ged:227449", known_at=datetime(2019, 1, 1, tzinfo=UTC)),
    ]


@pytest.fixture
def idlib(report: Any) -> list[Any]:
    at = {"lat": 35.93062, "lon": 36.63393, **TOWN, "act": "air_strike", "place": "idlib"}
    return [
        report("i1", "sohr", "2016-09-10", **at, killed=(58, 58, 58), target="market", document="a", by=JETS),
        report("i2", "sohr", "2016-09-10", **at, killed=(60, 60, 60), target="market", document="b"),
        report("i3", "defence", "2016-09-10", **at, by={"ru": "stated"}, target="market"),
        report("i4", "afp", "2016-09-10", **at, by={"sy-gov": "stated"}, killed=(58, 58, 58)),
        report("i5", "ged", "2016-09-10", **at, killed=(58, 58, 58), by={"sy-gov": "coded"},
               against={"opp": "coded"}, grouping="ged:227653"),
    ]


@pytest.fixture
def mayadin(report: Any) -> list[Any]:
    at = {"lat": 35.02089, "lon": 40.453455, **TOWN, "act": "air_strike", "place": "mayadin"}
    return [
        report("m1", "afp", "2016-09-15", **at, killed=(23, 23, 23), origin="sohr", by=JETS),
        report("m2", "sohr", "2016-09-15", **at, killed=(31, 31, 31), by={"sy-gov": "stated", "ru": "stated"}),
        report("m3", "ged", "2016-09-15", **at, killed=(27, 31, 40), by={"sy-gov": "coded"},
               against={"isil": "coded"}, grouping="ged:227822"),
    ]


@pytest.fixture
def tharda(report: Any) -> list[Any]:
    at = {"lat": 35.2566, "lon": 40.1147, **TOWN, "place": "tharda"}
    strike = {**at, "act": "air_strike"}
    return [
        report("h1", "centcom", "2016-09-17", **strike, killed=(15, 15, None), by={"us-coal": "stated"},
               against={"sy-gov": "stated"}, circumstances={"mistaken": True}),
        report("h2", "ru-mod", "2016-09-17", **strike, killed=(62, 62, 62), by={"us-coal": "stated"},
               against={"sy-gov": "stated"}, hours=(14, 15)),
        report("h3", "sohr", "2016-09-17", **strike, killed=(80, 80, 80), by={"us-coal": "stated"},
               against={"sy-gov": "stated"}, document="sohr-1"),
        report("h4", "sohr", "2016-09-17", **strike, killed=(90, 90, 90), by={"us-coal": "stated"},
               document="sohr-2"),
        report("h5", "wiki", "2016-09-17", **strike, killed=(90, None, 106), by={"us-coal": "stated"},
               against={"sy-gov": "stated"}),
        report("h6", "ged", "2016-09-17", **strike, killed=(90, 90, 90), by={"iraq": "conflict"},
               against={"isil": "conflict"}, grouping="ged:227936"),
        report("h7", "sohr", "2016-09-17", **at, act="ground_assault", killed=(38, 38, 38),
               by={"isil": "stated"}, against={"sy-gov": "stated"}, document="sohr-3"),
        report("h8", "ged", "2016-09-17", **at, act="ground_assault", killed=(38, 38, 38),
               by={"isil": "coded"}, against={"sy-gov": "coded"}, grouping="ged:227953"),
    ]


@pytest.fixture
def urum(report: Any) -> list[Any]:
    depot = {"lat": 36.151583, "lon": 36.96775, "radius_m": 1000.0, "target": "aid_convoy"}
    town = {"lat": 36.1481, "lon": 36.94775, "radius_m": 1500.0, "target": "aid_convoy"}
    return [
        report("u1", "sohr", "2016-09-19", **depot, act="air_strike", killed=(12, 12, 12), by=JETS),
        report("u2", "un", "2016-09-19", **depot, act="air_strike", killed=(14, 14, 14),
               by={"sy-gov": "stated"}, hours=(16, 18)),
        report("u3", "afp", "2016-09-19", **depot, act="attack", killed=(18, 18, 18), by={"ru": "stated"}),
        report("u4", "hrw", "2016-09-19", **town, act="air_strike", killed=(21, 21, 21)),
        report("u5", "ged", "2016-09-19", **town, act="attack", killed=(21, 21, 21), by={"sy-gov": "coded"},
               grouping="ged:301214"),
        report("u6", "ru-mod", "2016-09-19", **depot, act="accidental_fire", by={"ru": "stated"},
               standing="denied"),
        report("u7", "wiki", "2016-09-19", **depot, act="air_strike", killed=(10, 10, None)),
    ]


@pytest.fixture
def dael(report: Any) -> list[Any]:
    at = {"lat": 32.7539, "lon": 36.13, **TOWN, "act": "air_strike", "place": "dael"}
    return [
        report("d1", "sohr", "2016-09-18", **at, killed=(11, 11, 11), by=CAPABLE, document="a"),
        report("d2", "ged", "2016-09-18", **at, killed=(11, 11, 11), by={"sy-gov": "coded"},
               against={"opp": "coded"}, origin="sohr", grouping="ged:227960"),
    ]


def incidents(linked: Any) -> list[dict[str, Any]]:
    return sorted(linked.incident.rows(), key=lambda row: -row["reports"])


def test_tartus_is_one_incident_claimed_by_isil(tartus: Any, run: Any, only_leg: Any) -> None:
    (incident,) = incidents(run(tartus))
    assert (incident["deaths_low"], incident["deaths_high"]) == (30, 45)
    assert len(json.loads(incident["figures"])) == 4
    assert json.loads(incident["disputed"]) == ["deaths"]
    leg = only_leg(tartus)
    assert (leg.by.parties, leg.by.closed, leg.by.basis) == (("isil",), True, "admission")
    assert leg.strength["who"] == "corroborated"
    assert incident["independent_origins"] == 3


def test_idlib_market_keeps_its_candidates(idlib: Any, run: Any, only_leg: Any) -> None:
    (incident,) = incidents(run(idlib))
    assert (incident["deaths_low"], incident["deaths_high"]) == (58, 60)
    leg = only_leg(idlib)
    assert leg.by.parties == ("ru", "sy-gov")
    assert not leg.by.closed
    assert leg.against.parties == ("opp",)
    assert leg.against.basis == "coded"
    assert leg.targets == ("market",)
    assert "deaths" not in leg.disputed
    assert "who" in leg.disputed


def test_mayadin_leaves_who_and_against_open(mayadin: Any, run: Any, only_leg: Any) -> None:
    (incident,) = incidents(run(mayadin))
    assert (incident["deaths_low"], incident["deaths_high"]) == (23, 40)
    leg = only_leg(mayadin)
    assert (leg.by.parties, leg.by.closed, leg.by.basis) == (("ru", "sy-gov"), False, "stated")
    assert (leg.against.closed, leg.against.basis) == (False, "coded")
    without = only_leg(mayadin[:2])
    assert (without.against.parties, without.against.basis) == ((), "none")


def test_tharda_strike_is_admitted_and_apart_from_the_ground_attack(tharda: Any, run: Any) -> None:
    linked = run(tharda)
    strike, ground = incidents(linked)
    assert (strike["reports"], ground["reports"]) == (6, 2)
    assert (strike["deaths_low"], strike["deaths_high"]) == (15, 106)
    assert strike["mistaken"] == "centcom"
    leg = next(one for one in leg_records(linked.leg) if one.incident_id == strike["incident_id"])
    assert (leg.by.parties, leg.by.closed, leg.by.basis) == (("us-coal",), True, "admission")
    assert leg.against.parties == ("sy-gov",)
    assert {"who", "against", "deaths"} <= set(leg.disputed)
    assert leg.strength["act"] == leg.strength["who"] == "corroborated"
    assert leg.occurred is not None
    assert leg.occurred.start == datetime(2016, 9, 17, tzinfo=UTC), "one side's hour narrows nothing"
    assert leg.strength["when"] in ("reported", "corroborated")


def test_urum_is_one_incident_with_a_disputed_act(urum: Any, run: Any, only_leg: Any) -> None:
    (incident,) = incidents(run(urum))
    assert (incident["deaths_low"], incident["deaths_high"]) == (10, 21)
    leg = only_leg(urum)
    assert leg.acts == ("accidental_fire", "air_strike")
    assert {"act", "who"} <= set(leg.disputed)
    assert leg.by.parties == ("ru", "sy-gov")
    assert not leg.by.closed
    assert leg.occurred is not None
    assert leg.occurred.start == datetime(2016, 9, 19, 16, tzinfo=UTC)
    assert leg.radius_m is not None
    assert 2000 < leg.radius_m < 2600, "a disk that covers both points with their radii"
    assert leg.targets == ("aid_convoy",)
    assert "where" not in leg.disputed


def test_dael_is_closed_by_capability_and_rests_on_one_origin(dael: Any, only_leg: Any) -> None:
    leg = only_leg(dael)
    assert (leg.by.parties, leg.by.closed, leg.by.basis) == (("ru", "sy-gov"), True, "capability")
    assert leg.independent_origins == 1
    assert leg.strength["act"] == "reported"
    assert leg.strength["who"] == "reported"


def test_all_cases_together_stay_what_they_are_alone(
    tartus: Any, idlib: Any, mayadin: Any, tharda: Any, urum: Any, dael: Any, groups: Any
) -> None:
    cases = (tartus, idlib, mayadin, tharda, urum, dael)
    alone = set().union(*(groups(case) for case in cases))
    assert groups([report for case in cases for report in case]) == alone
    assert len(alone) == 7
