"""Each element alone: what it takes to be true, false, open or too weak."""

import pytest

from trucewatch.agreement import ActTerm, Clause
from trucewatch.findings.elements import act, against, elements_of, speaks_of, when, where, who
from trucewatch.truth import FALSE, TRUE, UNKNOWN


@pytest.fixture
def clause(agreement):
    return agreement.clause("coh-attacks")


@pytest.mark.parametrize(
    ("by", "closed", "basis", "expected"),
    [
        (("sy-gov",), False, "stated", TRUE),
        (("isil",), False, "stated", FALSE),
        (("us-coal",), False, "admission", UNKNOWN),
        (("sy-gov", "ru"), True, "capability", TRUE),
        (("sy-gov", "isil"), True, "capability", UNKNOWN),
        (("isil", "jn"), True, "corroborated", FALSE),
        (("sy-gov", "ru"), False, "stated", UNKNOWN),
        (("isil", "jn"), False, "stated", UNKNOWN),
        (("sy-gov",), False, "coded", UNKNOWN),
        (("sy-gov",), True, "coded", UNKNOWN),
        (("isil",), True, "generic", UNKNOWN),
        (("sy-gov", "ru"), True, "conflict", UNKNOWN),
        (("sy-gov",), False, "capability", UNKNOWN),
        (("sy-gov",), True, "capability", TRUE),
        ((), False, "none", UNKNOWN),
        ((), True, "none", UNKNOWN),
    ],
)
def test_who_over_candidates(context, clause, make, by, closed, basis, expected):
    leg = make.leg(by=make.named(*by, closed=closed, basis=basis))
    value = who(leg, clause, context())
    assert value.truth is expected
    assert (value.question == "") == (expected is not UNKNOWN)


def test_open_candidates_are_told_as_open(context, clause, make):
    value = who(make.leg(by=make.named("sy-gov", "ru")), clause, context())
    assert "candidates: Syrian government forces, Russian Federation" in value.words
    assert "others remain possible" in value.words
    assert value.question.startswith("Who fired? candidates: ")
    assert value.about is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [("alleged", "evidence:who"), ("reported", "evidence:who"), ("corroborated", None), ("verified", None)],
)
@pytest.mark.parametrize("by", ["sy-gov", "isil"])
def test_who_needs_support_for_true_and_for_false(context, clause, make, by, given, expected):
    leg = make.leg(by=make.named(by), strength=make.strength(who=given))
    value = who(leg, clause, context())
    assert value.reason == expected
    assert (value.settled is UNKNOWN) == (expected is not None)


@pytest.mark.parametrize(("given", "settled"), [("alleged", UNKNOWN), ("reported", FALSE)])
def test_against_false_needs_its_support(context, clause, make, given, settled):
    leg = make.leg(against=make.named("isil"), strength=make.strength(against=given))
    assert against(leg, clause, context()).settled is settled


def test_who_was_hurt_is_not_what_was_attacked(context, clause, make):
    leg = make.leg(against=make.named(), affected=("civ",))
    value = against(leg, clause, context())
    assert value.truth is UNKNOWN
    assert value.question.startswith("What was attacked?")


@pytest.mark.parametrize(
    ("changes", "truth"),
    [
        ({}, TRUE),
        ({"lat": 33.89, "lon": 35.50}, FALSE),
        ({"lat": 36.65, "lon": 37.12}, UNKNOWN),
        ({"lat": 33.00, "lon": 35.75}, UNKNOWN),
        ({"radius_m": 900_000.0}, UNKNOWN),
        ({"radius_m": None}, UNKNOWN),
        ({"lat": None, "lon": None, "place": None}, UNKNOWN),
        ({"area_wkt": "POLYGON((37 36, 37.1 36, 37.1 36.1, 37 36.1, 37 36))"}, TRUE),
    ],
)
def test_where(context, clause, make, changes, truth):
    value = where(make.leg(**changes), clause, context())
    assert value.truth is truth


def test_place_and_time_need_support_only_to_be_inside(context, clause, make):
    weak = make.strength(where="alleged", when="alleged")
    outside = make.leg("2016-09-05T08:00", lat=33.89, lon=35.50, strength=weak)
    inside = make.leg(strength=weak)
    for element in (where, when):
        assert element(outside, clause, context()).settled is FALSE
        assert element(inside, clause, context()).reason == f"evidence:{element.__name__}"


def test_an_unpublished_zone_is_never_outside(context, agreement, make):
    clause = agreement.clause("no-gov-flights")
    value = where(make.leg(lat=10.0, lon=10.0), clause, context())
    assert value.truth is UNKNOWN
    assert value.unsure_term
    assert "unpublished" in value.words
    assert when(make.leg("2001-01-01T10:00"), clause, context()).truth is UNKNOWN


BIG_GUNS = Clause(
    "guns", "presence", "coh-parties", acts=(ActTerm("weapon_presence", (), ("artillery", "mortar"), 100.0),)
)
AID = Clause(
    "aid", "prohibition", "coh-parties",
    acts=(ActTerm("access.obstruct"), ActTerm("attack", ("aid_convoy", "aid_worker"))),
)


@pytest.mark.parametrize(
    ("clause", "facts", "truth", "speaks"),
    [
        (BIG_GUNS, {"acts": ("weapon_presence",), "weapons": ("howitzer",), "calibre_mm": 122.0}, TRUE, True),
        (BIG_GUNS, {"acts": ("weapon_presence",), "weapons": ("mortar",), "calibre_mm": 82.0}, FALSE, True),
        (BIG_GUNS, {"acts": ("weapon_presence",), "weapons": ("mortar",)}, UNKNOWN, True),
        (BIG_GUNS, {"acts": ("weapon_presence",), "weapons": ("rifle",), "calibre_mm": 122.0}, FALSE, True),
        (BIG_GUNS, {"acts": ("weapon_presence",), "calibre_mm": 122.0}, UNKNOWN, True),
        (BIG_GUNS, {"acts": ("presence",), "weapons": ("howitzer",), "calibre_mm": 122.0}, UNKNOWN, True),
        (BIG_GUNS, {"acts": ("mortar",)}, FALSE, False),
        (BIG_GUNS, {"acts": ()}, UNKNOWN, True),
        (AID, {"acts": ("mortar",), "targets": ("aid_convoy",)}, TRUE, True),
        (AID, {"acts": ("mortar",), "targets": ("market",)}, FALSE, False),
        (AID, {"acts": ("mortar",), "targets": ("market", "aid_convoy")}, UNKNOWN, True),
        (AID, {"acts": ("mortar",), "targets": ()}, UNKNOWN, False),
        (AID, {"acts": ("aid_denied", "mortar"), "targets": ()}, UNKNOWN, True),
        (AID, {"acts": ("aid_denied", "mortar"), "targets": ("aid_worker",)}, TRUE, True),
        (AID, {"acts": ("aid_denied", "aid_delayed")}, TRUE, True),
        (AID, {"acts": ("accidental_fire", "air_strike"), "targets": ("aid_convoy",)}, UNKNOWN, True),
    ],
)
def test_act_over_alternatives(context, make, clause, facts, truth, speaks):
    leg = make.leg(**facts)
    value = act(leg, clause, context())
    assert value.truth is truth
    assert speaks_of(leg, clause, context()) is speaks
    assert (value.question == "") == (truth is not UNKNOWN)


def test_a_missing_calibre_is_asked_for(context, make):
    leg = make.leg(acts=("weapon_presence",), weapons=("mortar",))
    assert act(leg, BIG_GUNS, context()).question.startswith("With what weapon, of what calibre?")


def test_open_words_are_shown_and_not_judged(context, agreement, make):
    leg = make.leg(acts=("seizure_of_position",))
    value = act(leg, agreement.clause("coh-no-gain"), context())
    assert value.truth is TRUE
    assert "left to people: “seeking to acquire”" in value.words


def test_a_clause_has_only_the_elements_that_it_states(context, agreement, make):
    assert [one.element for one in elements_of(make.leg(), AID, context())] == ["who", "act"]
    full = elements_of(make.leg(), agreement.clause("coh-attacks"), context())
    assert [one.element for one in full] == ["who", "act", "against", "where", "when"]
