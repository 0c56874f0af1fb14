"""Control claims of a case become a distribution over holders, unknown unless somebody says something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.control import CONTESTED, RELIABILITY, UNKNOWN_HOLDER, Holders, lay_out_control
from trucewatch.periods import Period, parse_period
from trucewatch.places import load_places
from trucewatch.reports import Claim, Source, claim_table


def place(key: str, lat: str, radius: str):
    return {"key": key, "name": key.title(), "names": "", "lat": lat, "lon": "37", "radius_m": radius, "parent": "", "kind": ""}


PLACES, _ = load_places([place("port", "36", "2000"), place("hill", "39.5", "1000")], "places.csv")
SOURCES = {letter.lower(): Source(letter.lower(), letter, reliability=letter) for letter in "ABCDEF"}
ZONE = "Asia/Damascus"
DAY = datetime(2016, 9, 9, 21, tzinfo=UTC)
NOTHING = {CONTESTED: 0.0, UNKNOWN_HOLDER: 1.0}


def at(days: float) -> datetime:
    return DAY + timedelta(days=days)


def claim(number: int, value: str, days: float = 0.0, source: str = "a", **more) -> Claim:
    given_values = {
        "subject": "port", "place": "port", "lat": 36.0, "lon": 37.0, "radius_m": 2000.0,
        "valid_from": at(days), "origin": source, "known_at": at(days),
    }
    return Claim(f"c-{number}", "control", source, source, f"row {number}", value=value, **(given_values | more))


def asked(*claims: Claim, day: str = "2016-09-10", known_at=None, radius=0.0, accepted=(), **more) -> dict[str, float]:
    holders = Holders(claim_table(claims), PLACES, ZONE, known_at, sources=SOURCES, accepted=accepted)
    where = {"lat": 36.0, "lon": 37.0, "radius_m": radius, "place": None, "period": parse_period(day, ZONE)}
    return holders.holder_at(**(where | more))


def test_nothing_said_is_unknown():
    assert asked() == NOTHING


def test_one_claim_of_a_good_source_is_enough_for_judging_and_one_of_an_unknown_source_is_not():
    found = {letter: asked(claim(1, "held:north", source=letter.lower()))["north"] for letter in RELIABILITY}
    assert found["A"] > found["B"] > 0.9 > found["C"] > found["D"] > found["F"] > found["E"]


def test_what_a_person_accepted_is_surer_than_any_source():
    said = claim(1, "held:north", source="f")
    assert asked(said)["north"] < 0.9 < asked(said, accepted=["c-1"])["north"]
    assert asked(said, accepted=["c-1"], without_origins=("f",))["north"] > 0.9


@pytest.mark.parametrize("value", ["north", "held:north", "captured:north", "besieged:north"])
def test_values_that_name_a_holder(value):
    assert asked(claim(1, value, days=-1, source="b"))["north"] > 0.85


def test_it_ages():
    ages = [asked(claim(1, "north", days=-days))["north"] for days in (0, 30, 180, 720)]
    assert ages == sorted(ages, reverse=True)
    assert ages[0] - ages[3] > 0.2


def test_what_is_known_later_speaks_of_earlier_too():
    assert asked(claim(1, "north", days=1))["north"] > 0.9
    assert asked(claim(1, "captured:north", days=1))["north"] < 0.1


def test_independent_origins_agree_and_copies_count_once():
    alone = claim(1, "north", source="c")
    copy = claim(2, "north", source="b", origin="c")
    other = claim(3, "north", source="d")
    assert asked(alone, copy)["north"] < asked(claim(1, "north", source="b"))["north"] + 0.001
    assert asked(alone, other)["north"] > asked(alone)["north"]


def test_a_voice_that_repeats_itself_is_no_crowd():
    once, daily = claim(10, "north", source="c"), [claim(n, "north", days=n - 9, source="c") for n in range(10)]
    assert asked(once)["north"] <= asked(*daily)["north"] < 0.9


def test_unknown_origins_that_agree_count_once():
    first, second = claim(1, "north", source="c", origin=None), claim(2, "north", source="d", origin=None)
    assert asked(first, second) == asked(first)


def test_holders_who_contradict_each_other_leave_it_open():
    found = asked(claim(1, "north", source="a"), claim(2, "south", source="b"))
    assert 0.1 < found["south"] < found["north"] < 0.9


def test_contested_can_be_stated_and_who_fights_named():
    assert asked(claim(1, "contested"))[CONTESTED] > 0.5
    named = asked(claim(1, "contested:north|south"), claim(2, "west", days=-30, source="c"))
    assert named["west"] < asked(claim(1, "contested"), claim(2, "west", days=-30, source="c"))["west"]


def test_joint_holders_are_a_holder_of_their_own():
    assert asked(claim(1, "joint:north|south"))["north|south"] > 0.9


def test_the_later_word_of_one_origin_replaces_the_earlier():
    found = asked(claim(1, "north", days=-3), claim(2, "south", days=-1))
    assert found["south"] > 0.85
    assert found["north"] < 0.1


def test_a_capture_outweighs_what_another_said_before():
    found = asked(claim(1, "north", days=-5, source="b"), claim(2, "captured:south", days=-1, source="a"))
    assert found["south"] > 0.8
    assert found["north"] < 0.1


def test_on_the_day_of_a_capture_either_may_have_held_it():
    said = claim(1, "held:north", days=-3, source="b"), claim(2, "captured:south", source="b")
    assert {name: 0.25 < share < 0.65 for name, share in asked(*said).items() if name in ("north", "south")} == {"north": True, "south": True}
    assert asked(*said, day="2016-09-11")["south"] > 0.75
    early, late = (asked(*said, period=Period(at(hour), at(hour + 0.01))) for hour in (0.05, 0.95))
    assert early["north"] > 0.7
    assert late["south"] > 0.7


def test_who_withdrew_no_longer_holds_it():
    found = asked(claim(1, "north", days=-5), claim(2, "withdrew:north", days=-1, source="b"))
    assert found["north"] < 0.15


def test_own_word_of_a_holder_is_weak():
    assert asked(claim(1, "claimed:north"))["north"] < 0.8


def test_a_claim_speaks_for_its_radius():
    inside, beyond, far = (asked(claim(1, "north"), lat=lat)["north"] for lat in (36.017, 36.02, 37.0))
    assert inside > 0.9 > beyond > far
    assert far < 0.15


def test_ground_that_is_known_roughly_is_an_average():
    exact, rough, wide = (asked(claim(1, "north"), radius=radius)["north"] for radius in (0.0, 4000.0, 60_000.0))
    assert exact > rough > wide
    assert rough < 0.9


def test_a_place_stands_for_its_disk():
    assert asked(claim(1, "north"), lat=None, lon=None, place="port")["north"] > 0.9
    assert asked(claim(1, "north"), lat=None, lon=None, place="hill")[UNKNOWN_HOLDER] > 0.9


@pytest.mark.parametrize("where", [{"lat": None, "place": None}, {"period": None}, {"period": Period(DAY, None)}])
def test_without_ground_or_time_all_is_unknown(where):
    assert asked(claim(1, "north"), **where) == NOTHING


def test_the_evidence_of_an_incident_can_be_left_out():
    said = claim(1, "north", document="page-1"), claim(2, "south", source="b", origin=None)
    assert "north" not in asked(*said, without_origins=("a",)) or asked(*said, without_origins=("a",))["north"] < 0.1
    assert asked(*said, without_documents=("page-1",)) == asked(*said, without_origins=("a",))
    left = asked(*said, without_origins=("b",))
    assert left["north"] > 0.9 > asked(*said)["north"]
    assert left.get("south", 0.0) < 0.05
    assert asked(said[0], without_origins=("a",)) == NOTHING


def test_what_another_outlet_of_the_same_party_says_is_left_out_too():
    sources = {key: Source(key, key, reliability="A", party="north") for key in ("north-tv", "north-agency")}
    holders = Holders(claim_table([claim(1, "north", source="north-tv")]), PLACES, ZONE, None, sources=sources)
    ground = (36.0, 37.0, 0.0, None, parse_period("2016-09-10", ZONE))
    assert "north" in holders.holder_at(*ground)
    assert holders.holder_at(*ground, without_origins=("north-agency",)) == NOTHING


def test_reasons_name_the_claims_behind_it():
    holders = Holders(claim_table([claim(1, "north", days=-30), claim(2, "north", source="c")]), PLACES, ZONE, None, sources=SOURCES)
    ground = (36.0, 37.0, 0.0, None, parse_period("2016-09-10", ZONE))
    first, second = holders.reasons_at(*ground)
    assert [(one.claim_id, one.holder, one.age_days, one.distance_m, one.reliability) for one in (first, second)] == [
        ("c-1", "north", 30, 0, 0.95), ("c-2", "north", 0, 0, 0.8),
    ]
    assert first.contribution > second.contribution > 0
    assert first.if_removed < second.if_removed < holders.holder_at(*ground)["north"] + 0.01


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (claim(1, "held:name:somebody"), "value"), (claim(1, "besieged"), "value"), (claim(1, "took:north"), "value"),
        (claim(1, "withdrew:unknown"), "value"), (claim(1, "joint:north"), "value"), (claim(1, "held:north|name:x"), "value"),
        (claim(1, "north", valid_from=None), "valid_from"),
        (claim(1, "north", valid_to_latest=at(-1)), "valid_to"), (claim(1, "north", place=None, lat=None), "place"),
    ],
)
def test_claims_that_say_nothing_are_problems_and_the_rest_is_used(said, column):
    holders = Holders(claim_table([said, claim(2, "south")]), PLACES, ZONE, None, sources=SOURCES)
    assert [one.column for one in holders.problems] == [column]
    assert asked(said, claim(2, "south")) == asked(claim(2, "south"))


def test_days_of_one_distribution_are_one_row():
    holders = Holders(claim_table([claim(1, "captured:north")]), PLACES, ZONE, None, sources=SOURCES)
    table = lay_out_control(holders, day_from=at(-2), day_to=at(3))
    rows = [row for row in table if row["place"] == "port" and row["holder"] == "north"]
    assert [(row["day_from"], row["day_to"], row["probability"] > 0.9) for row in rows] == [
        (at(-2), at(0), False), (at(0), at(3), True),
    ]
    assert all('"claim_id":"c-1"' in row["reasons"] for row in rows)
    assert next(row["probability"] for row in table if row["place"] == "hill" and row["holder"] == UNKNOWN_HOLDER) > 0.9


def test_no_days_no_rows():
    holders = Holders(claim_table([]), PLACES, ZONE, None)
    assert len(lay_out_control(holders, day_from=None, day_to=None)) == 0
    assert {(row["holder"], row["probability"]) for row in lay_out_control(holders, day_from=at(0), day_to=at(1))} == {(UNKNOWN_HOLDER, 1.0)}


VALUES = st.sampled_from(["north", "south", "captured:north", "captured:south", "contested", "withdrew:north", "unknown", "joint:north|south"])
CLAIMS = st.lists(
    st.tuples(VALUES, st.integers(-40, 2), st.sampled_from("abcdef"), st.sampled_from(["a", "b", "x", None]), st.sampled_from([900.0, 2000.0])),
    max_size=7,
).map(
    lambda rows: [
        claim(n, value, days=days / 2, source=source, origin=origin, radius_m=radius)
        for n, (value, days, source, origin, radius) in enumerate(rows)
    ]
)


@settings(max_examples=60, deadline=None)
@given(CLAIMS)
def test_it_is_a_distribution(claims):
    found = asked(*claims, radius=1000.0)
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-9)
    assert all(value >= 0 for value in found.values())


@settings(max_examples=40, deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(claims, shuffler):
    shuffled = list(claims)
    shuffler.shuffle(shuffled)
    assert asked(*claims) == asked(*shuffled)


@settings(max_examples=40, deadline=None)
@given(CLAIMS, CLAIMS)
def test_what_is_published_later_has_no_effect(known, later):
    from dataclasses import replace

    late = [replace(one, claim_id=f"c-late-{n}", known_at=at(50)) for n, one in enumerate(later)]
    never = [replace(one, claim_id=f"c-never-{n}", known_at=None) for n, one in enumerate(later)]
    now = [replace(one, known_at=at(4)) for one in known]
    assert asked(*now, *late, *never, known_at=at(4)) == asked(*now)
