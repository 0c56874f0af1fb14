"""Control claims become a distribution over holders, unknown unless somebody says something."""

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


PLACES, _ = load_places([place("port", "36", "2000"), place("hill", "36.5", "1000")], "places.csv")
SOURCES = {letter.lower(): Source(letter.lower(), letter, reliability=letter) for letter in "ABCDEF"}
ZONE = "Asia/Damascus"
DAY = datetime(2016, 9, 9, 21, tzinfo=UTC)


def at(days: float) -> datetime:
    return DAY + timedelta(days=days)


def claim(number: int, value: str, days: float = 0.0, source: str = "a", **more) -> Claim:
    given_values = {
        "subject": "port", "place": "port", "lat": 36.0, "lon": 37.0, "radius_m": 2000.0,
        "valid_from": at(days), "origin": source, "known_at": at(days),
    }
    return Claim(f"c-{number}", "control", source, source, f"row {number}", value=value, **(given_values | more))


def asked(*claims: Claim, day: str = "2016-09-10", known_at=None, radius=0.0, **more) -> dict[str, float]:
    holders = Holders(claim_table(claims), PLACES, ZONE, known_at, sources=SOURCES)
    where = {"lat": 36.0, "lon": 37.0, "radius_m": radius, "place": None, "period": parse_period(day, ZONE)}
    return holders.holder_at(**(where | more))


def test_nothing_said_is_unknown():
    assert asked() == {CONTESTED: 0.0, UNKNOWN_HOLDER: 1.0}


@pytest.mark.parametrize(("letter", "probability"), RELIABILITY.items())
def test_one_fresh_claim_weighs_what_its_source_is_worth(letter, probability):
    found = asked(claim(1, "held:north", source=letter.lower()))
    assert found == {CONTESTED: 0.0, "north": probability, UNKNOWN_HOLDER: pytest.approx(1 - probability)}


@pytest.mark.parametrize("value", ["north", "held:north", "captured:north", "besieged:north"])
def test_values_that_name_a_holder(value):
    assert asked(claim(1, value, days=-1, source="b"))["north"] > 0.85


def test_after_a_half_life_half_of_it_is_left():
    assert asked(claim(1, "north", days=-30))["north"] == pytest.approx(0.475)


def test_what_was_stated_to_last_does_not_age():
    assert asked(claim(1, "north", days=-30, valid_to_earliest=at(5)))["north"] == 0.95


def test_what_has_ended_says_nothing():
    assert asked(claim(1, "north", days=-30, valid_to_latest=at(-1)))[UNKNOWN_HOLDER] == 1.0


def test_a_claim_about_later_says_nothing_of_earlier():
    assert asked(claim(1, "north", days=1))[UNKNOWN_HOLDER] == 1.0


def test_a_state_speaks_of_its_whole_day_and_a_capture_from_its_hour():
    assert asked(claim(1, "held:north", days=0.5))["north"] == 0.95
    assert asked(claim(1, "captured:north", days=0.5))["north"] == pytest.approx(0.475)


def test_independent_origins_agree_in_log_odds_and_copies_count_once():
    alone = claim(1, "north", source="c")
    copy = claim(2, "north", source="b", origin="c")
    other = claim(3, "north", source="d")
    assert asked(alone, copy) == asked(alone)
    assert asked(alone, other)["north"] == pytest.approx(1 / (1 + (0.2 / 0.8) * (0.35 / 0.65)), abs=1e-4)


def test_unknown_origins_that_agree_count_once():
    first, second = claim(1, "north", source="c", origin=None), claim(2, "north", source="c", origin=None)
    assert asked(first, second) == asked(first)


def test_something_always_stays_unknown():
    found = asked(*(claim(n, "north", source="a", origin=f"o-{n}") for n in range(9)))
    assert found == {CONTESTED: 0.0, "north": 0.95, UNKNOWN_HOLDER: 0.05}


def test_holders_who_contradict_each_other_make_it_contested():
    found = asked(claim(1, "north", source="a"), claim(2, "south", source="b"))
    assert found[CONTESTED] > 0.8
    assert 0 < found["south"] < found["north"] < 0.1


def test_contested_can_be_stated():
    assert asked(claim(1, "contested"))[CONTESTED] == 0.95


def test_the_later_word_of_one_origin_replaces_the_earlier():
    found = asked(claim(1, "north", days=-3), claim(2, "south", days=-1))
    assert found["south"] > 0.9
    assert "north" not in found


def test_a_capture_makes_older_claims_of_others_out_of_date():
    found = asked(claim(1, "north", days=-5, source="a"), claim(2, "captured:south", days=-1, source="b"))
    assert found["south"] > 0.75
    assert found.get("north", 0) < 0.05


def test_on_the_day_of_a_capture_both_may_have_held_it():
    found = asked(claim(1, "held:north", days=-1), claim(2, "captured:south"))
    assert found[CONTESTED] > 0 or (found["north"] > 0 and found["south"] > 0)
    assert max(found["north"], found["south"]) < 0.95


def test_who_withdrew_no_longer_holds_it_and_nobody_is_said_to():
    found = asked(claim(1, "north", days=-5), claim(2, "withdrew:north", days=-1, source="b"))
    assert found["north"] < 0.15
    assert found[UNKNOWN_HOLDER] > 0.8


def test_a_claim_speaks_for_its_radius():
    assert asked(claim(1, "north"), lat=36.017)["north"] == 0.95
    assert asked(claim(1, "north"), lat=36.02)[UNKNOWN_HOLDER] == 1.0
    assert asked(claim(1, "north"), radius=2000.0)["north"] == 0.95
    assert asked(claim(1, "north"), radius=4000.0)["north"] == pytest.approx(0.95 / 4, abs=1e-4)
    assert 0.4 < asked(claim(1, "north"), lat=36.0179, radius=1000.0)["north"] < 0.5


def test_a_place_stands_for_its_disk():
    assert asked(claim(1, "north"), lat=None, lon=None, place="port")["north"] == 0.95
    assert asked(claim(1, "north"), lat=None, lon=None, place="hill")[UNKNOWN_HOLDER] == 1.0


@pytest.mark.parametrize("where", [{"lat": None, "place": None}, {"period": None}, {"period": Period(DAY, None)}])
def test_without_ground_or_time_all_is_unknown(where):
    assert asked(claim(1, "north"), **where) == {CONTESTED: 0.0, UNKNOWN_HOLDER: 1.0}


def test_the_evidence_of_an_incident_can_be_left_out():
    said = claim(1, "north", document="page-1"), claim(2, "south", source="b", origin=None)
    assert "north" not in asked(*said, without_origins=("a",))
    assert "north" not in asked(*said, without_documents=("page-1",))
    assert "south" not in asked(*said, without_origins=("b",))


def test_what_another_outlet_of_the_same_party_says_is_left_out_too():
    sources = {key: Source(key, key, reliability="A", party="north") for key in ("north-tv", "north-agency")}
    holders = Holders(claim_table([claim(1, "north", source="north-tv")]), PLACES, ZONE, None, sources=sources)
    ground = (36.0, 37.0, 0.0, None, parse_period("2016-09-10", ZONE))
    assert "north" in holders.holder_at(*ground)
    assert "north" not in holders.holder_at(*ground, without_origins=("north-agency",))


def test_reasons_name_the_claims_behind_it():
    holders = Holders(claim_table([claim(1, "north", days=-30), claim(2, "withdrew:south")]), PLACES, ZONE, None, sources=SOURCES)
    reasons = holders.reasons_at(36.0, 37.0, 0.0, None, parse_period("2016-09-10", ZONE))
    assert [(one.claim_id, one.holder, one.weight, one.age_days, one.distance_m) for one in reasons] == [
        ("c-1", "north", 0.475, 30.0, 0), ("c-2", UNKNOWN_HOLDER, 0.95, 0.0, 0),
    ]


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (claim(1, "held:name:somebody"), "value"), (claim(1, "besieged"), "value"), (claim(1, "took:north"), "value"),
        (claim(1, "withdrew:unknown"), "value"), (claim(1, "north", valid_from=None), "valid_from"),
        (claim(1, "north", place=None, lat=None), "place"),
    ],
)
def test_claims_that_say_nothing_are_problems(said, column):
    holders = Holders(claim_table([said]), PLACES, ZONE, None, sources=SOURCES)
    assert [one.column for one in holders.problems] == [column]
    assert asked(said)[UNKNOWN_HOLDER] == 1.0


def test_days_of_one_distribution_are_one_row():
    table, problems = lay_out_control(
        claim_table([claim(1, "north", valid_to_earliest=at(9))]), gazetteer=PLACES, zone=ZONE,
        day_from=at(-1), day_to=at(3), known_at=None, sources=SOURCES,
    )
    assert problems == []
    assert [(row["place"], row["day_from"], row["day_to"], row["holder"], row["probability"]) for row in table] == [
        ("hill", at(-1), at(3), UNKNOWN_HOLDER, 1.0),
        ("port", at(-1), at(0), UNKNOWN_HOLDER, 1.0),
        ("port", at(0), at(3), "north", 0.95),
        ("port", at(0), at(3), UNKNOWN_HOLDER, 0.05),
    ]
    assert '"claim_id":"c-1"' in table.values("reasons")[2]


def test_no_days_no_rows():
    table, _ = lay_out_control(claim_table([]), gazetteer=PLACES, zone=ZONE, day_from=None, day_to=None, known_at=None)
    assert len(table) == 0


VALUES = st.sampled_from(["north", "south", "captured:north", "captured:south", "contested", "withdrew:north", "unknown"])
CLAIMS = st.lists(
    st.tuples(VALUES, st.integers(-40, 2), st.sampled_from("abcdef"), st.sampled_from(["a", "b", "x", None]), st.sampled_from([900.0, 2000.0])),
    max_size=7,
).map(
    lambda rows: [
        claim(n, value, days=days / 2, source=source, origin=origin, radius_m=radius)
        for n, (value, days, source, origin, radius) in enumerate(rows)
    ]
)


@settings(max_examples=150, deadline=None)
@given(CLAIMS)
def test_it_is_a_distribution_that_leaves_room_for_the_unknown(claims):
    found = asked(*claims, radius=1000.0)
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-9)
    assert all(value >= 0 for value in found.values())
    assert found[UNKNOWN_HOLDER] >= 0.05


@settings(max_examples=300, deadline=None)
@given(CLAIMS, st.data())
def test_taking_a_claim_away_never_adds_to_its_holder(claims, data):
    if not claims:
        return
    gone = data.draw(st.sampled_from(claims))
    holder = gone.value.rpartition(":")[2]
    if gone.value.startswith("withdrew") or holder in (CONTESTED, UNKNOWN_HOLDER):
        return
    with_it, without = asked(*claims, radius=1000.0), asked(*(one for one in claims if one is not gone), radius=1000.0)
    assert without.get(holder, 0.0) <= with_it.get(holder, 0.0)


@settings(max_examples=60, deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(claims, shuffler):
    shuffled = list(claims)
    shuffler.shuffle(shuffled)
    assert asked(*claims) == asked(*shuffled)


@settings(max_examples=60, deadline=None)
@given(CLAIMS, CLAIMS)
def test_what_is_published_later_has_no_effect(known, later):
    from dataclasses import replace

    late = [replace(one, claim_id=f"c-late-{n}", known_at=at(50)) for n, one in enumerate(later)]
    never = [replace(one, claim_id=f"c-never-{n}", known_at=None) for n, one in enumerate(later)]
    now = [replace(one, known_at=at(4)) for one in known]
    assert asked(*now, *late, *never, known_at=at(4)) == asked(*now)
