"""Duties judged: every state, who says so, who could look, and nothing beyond what is known."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, cycle, product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement, under
from trucewatch.findings.context import Context
from trucewatch.findings.coverage import Coverage
from trucewatch.findings.duties import duty_id, duty_table, judge_duties
from trucewatch.findings.explanation import explain_finding
from trucewatch.findings.judging import judge_all
from trucewatch.findings.questions import ranked_questions
from trucewatch.findings.schema import DUTY_STATES
from trucewatch.findings.sightings import presences
from trucewatch.incidents.decision import Decision, decision_table
from trucewatch.incidents.leg import Candidates, Leg, leg_table
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.periods import Period
from trucewatch.reports.claim import Claim, claim_table
from trucewatch.reports.schema import COVERAGE
from trucewatch.reports.source import Source
from trucewatch.tables import Table

ACTORS = load_actors(
    """
trucewatch: actors/0.1
actors:
  north: {name: Northern Army, kind: state}
  south: {name: Southern Front, kind: state}
  crew: {name: Southern Crew, member_of: [{actor: south, cite: test}]}
  splinter: {name: Splinter, member_of: [{actor: south, certainty: disputed}]}
  wick: {name: Wick Company}
  red: {name: Red Dove, kind: observer}
""",
    "actors.yaml", zone="UTC",
)[0]
HEAD = """
trucewatch: agreement/1.0
id: deed
title: Deed
timezone: UTC
texts: {deed: {title: Deed, kind: official, date: 2030-01-01}}
bound:
  north: {from: 2030-01-01}
  south: {from: 2030-01-01}
  wick: {certainty: disputed}
groups: {sides: {any_of: [north, south]}}
zones:
  strip: {wkt: "POLYGON((35 34, 36 34, 36 35, 35 35, 35 34))"}
  far: {wkt: "POLYGON((45 34, 46 34, 46 35, 45 35, 45 34))"}
anchors:
  d-day: {claim: signing, of: [north, south]}
  sketch: {at: 2030-01-01, status: from_memory}
phases:
  month: {starts: 2030-01-01, ends: 2030-01-31}
  ever: {starts: 2030-01-01, open_ended: true}
  lull: {window: {asserters: [north, south]}}
evidence: {violation: {act: reported}}
clauses:
"""
LEAVE = "must: {withdraw: [{weapons: [tank], beyond: strip}]}, due: 2030-01-11, when: month"
SHARED = {one: Source(one, one.title()) for one in ("mission", "press", "un")} | {"radio": Source("radio", "Southern radio", party="south")}


def day(number, hour=0):
    return datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=number - 1, hours=hour)


def agreed(*clauses, who="south"):
    listed = [one if "who:" in one else f"id: duty, who: {who}, {one}" for one in clauses]
    text = HEAD + "".join(f"  - {{cite: {{text: deed, quote: q}}, {one}}}\n" for one in listed)
    return load_agreement(text, "a.yaml", actors=ACTORS)[0]


numbers = count(1)


def said(asserter, value=None, at=12, *, subject="duty", since=None, until=None, low=None, high=None, known=None, **more):
    """Return a claim published on day `at`."""
    when = day(known or at)
    return Claim(
        f"c-{next(numbers)}", "aggregate" if value is None else "duty", asserter, "mission", "row", subject=subject,
        value=value, low=low, high=high, valid_from=None if since is None else day(since),
        valid_to_latest=None if until is None else day(until), published_at=day(at), known_at=when, **more,
    )


def seen(since=1, until=11, share=1.0, observer="mission", zone="strip"):
    return Coverage(f"c-{next(numbers)}", zone, day(since), day(until), observer, share, known_at=day(until))


def tank(on=13, **changes):
    plain = Leg(
        f"l-{next(numbers)}", "i-1", acts=("weapon_presence",), weapons=("tank",), by=Candidates(("south",), basis="stated"),
        occurred=Period(day(on), day(on, 1)), lat=34.5, lon=35.5, radius_m=100.0, strength=dict.fromkeys(ELEMENTS, "reported"),
        reports=("r-1",), known_at=day(on, 1),
    )
    return replace(plain, **changes)


def decided(question, answer, **more):
    return Decision(f"d-{next(numbers)}", "determine", "panel", "because", day(20), question=question, answer=answer, **{"clause": "duty", **more})


def facts(agreement, *, claims=(), coverage=(), legs=(), decisions=(), known=20, accepted=(), reading="default"):
    grounds = {one.ground for one in coverage}
    return Context(
        under(agreement, reading), ACTORS, tuple(claims), known_at=None if known is None else day(known),
        coverage={ground: tuple(one for one in coverage if one.ground == ground) for ground in grounds},
        sources=SHARED, presences=presences(legs), about_duties=tuple(decisions), accepted=frozenset(accepted),
    )


def judged(clause, bearer="south", **known):
    """Return state, verdict, reasons and the row of the clause called `duty`, or of the only one."""
    clauses = clause if isinstance(clause, tuple) else (clause,)
    context = facts(agreed(*clauses), **known)
    found = next(one for one in judge_duties(context) if one.bearer == bearer and one.clause == "duty")
    row = next(row for row in duty_table(context) if row["duty_id"] == found.subject_id)
    assert row["state"] == found.state
    assert found.state in DUTY_STATES
    return SimpleNamespace(
        state=found.state, verdict=found.ruling.verdict, reasons=found.ruling.reasons, row=row, ruling=found.ruling,
        words={one.element: one.words for one in found.ruling.elements},
    )


def answer(*args, **known):
    found = judged(*args, **known)
    return found.state, found.verdict, found.reasons


MISSED = ("when", "performed", "coverage")


@pytest.mark.parametrize(
    ("known", "facts", "expected"),
    [
        (5, {}, ("due", "not_covered", ("when",))),
        (20, {"claims": [said("mission", "done", since=9)]}, ("performed", "compliant", ("performed",))),
        (5, {"claims": [said("mission", "done", 4, since=3)]}, ("performed", "compliant", ("performed",))),
        (20, {}, ("overdue", "undetermined", ("coverage",))),
        (20, {"coverage": [seen()]}, ("overdue", "violation", MISSED)),
        (20, {"coverage": [seen(until=10)]}, ("overdue", "violation", MISSED)),
        (20, {"coverage": [seen(until=9)]}, ("overdue", "undetermined", ("coverage",))),
        (None, {"coverage": [seen()]}, ("overdue", "violation", MISSED)),
        (20, {"claims": [said("mission", "not_done")]}, ("overdue", "undetermined", ("coverage",))),
        (20, {"claims": [said("mission", "not_done")], "coverage": [seen()]}, ("overdue", "violation", MISSED)),
        (20, {"claims": [said("mission", "partly", until=11, low=0.24, high=0.24)]}, ("partly", "undetermined", ("coverage",))),
        (20, {"claims": [said("mission", "partly", until=11, low=24, high=24, unit="%")], "coverage": [seen()]}, ("partly", "violation", MISSED)),
        (20, {"claims": [said("mission", "partly", until=11, low=0.5)], "coverage": [seen()]}, ("partly", "undetermined", ("performed",))),
    ],
)
def test_states_and_verdicts_of_a_withdrawal(known, facts, expected):
    assert answer(LEAVE, known=known, **facts) == expected


def test_before_its_phase_it_is_not_yet_due():
    clause = "must: {perform: handover}, due: 2030-01-21, when: {from: 2030-01-15, to: 2030-01-31}"
    assert answer(clause, known=10) == ("not_yet_due", "not_covered", ("when",))
    assert answer(clause, known=16)[0] == "due"


def test_from_when_it_must_have_begun_it_is_due():
    clause = "must: {perform: handover}, due: 2030-01-21, start_by: 2030-01-08, when: month"
    assert answer(clause, known=5)[0] == "not_yet_due"
    assert answer(clause, known=9)[0] == "due"


def test_what_lapses_before_it_is_due_asks_for_nothing():
    clause = LEAVE + ", lapses: 2030-01-06"
    assert answer(clause, coverage=[seen()]) == ("lapsed", "not_covered", ("when",))
    assert answer(clause, known=5)[0] == "due"
    assert answer(LEAVE + ", lapses: 2030-01-15", coverage=[seen()])[:2] == ("overdue", "violation")


def test_a_clause_that_was_no_longer_in_force_had_lapsed():
    clause = LEAVE.replace("month", "{from: 2030-01-01, to: 2030-01-05}")
    assert answer(clause, coverage=[seen()]) == ("lapsed", "not_covered", ("when",))


SUSPENDED = LEAVE + ", suspended_by: {claim: halt, of: [north]}"


@pytest.mark.parametrize(
    ("claims", "state"),
    [
        ([], "overdue"),
        ([said("north", "yes", 8, subject="halt", since=8)], "suspended"),
        ([said("north", "yes", 8, subject="halt", since=8, until=9)], "overdue"),
        ([said("north", "yes", 15, subject="halt", since=15)], "overdue"),
        ([said("south", "yes", 8, subject="halt", since=8)], "overdue"),
        ([said("north", "no", 8, subject="halt", since=8)], "overdue"),
        ([said("north", "yes", 15, subject="halt", since=8)], "overdue"),
        ([said("north", "yes", 8, subject="halt", since=8), said("north", "yes", 15, subject="halt", since=15)], "suspended"),
        ([said("north", "yes", 8, subject="halt", since=8), said("north", "no", 10, subject="halt")], "overdue"),
        ([said("north", "yes", 8, subject="halt", since=8), said("north", "no", 15, subject="halt")], "suspended"),
    ],
)
def test_a_suspension_counts_if_it_is_declared_and_holds_when_it_is_due(claims, state):
    found = judged(SUSPENDED, claims=claims, coverage=[seen()])
    assert found.state == state
    assert found.verdict == ("not_covered" if state == "suspended" else "violation")


# ------------------------------------------------------------------------------- whose word
DONE, NOT = said("mission", "done", since=9), said("press", "not_done")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([said("south", "done", since=9)], ("not_judged", "undetermined", ("performed",))),
        ([said("crew", "done", since=9)], ("not_judged", "undetermined", ("performed",))),
        ([said("radio", "done", since=9)], ("not_judged", "undetermined", ("performed",))),
        ([said("north", "done", since=9)], ("not_judged", "undetermined", ("performed",))),
        ([said("nobody", "done", since=9)], ("not_judged", "undetermined", ("performed",))),
        ([said("red", "done", since=9)], ("performed", "compliant", ("performed",))),
        ([DONE, said("north", "not_done")], ("performed", "compliant", ("performed",))),
        ([said("south", "done", since=9), said("press", "not_done")], ("overdue", "violation", MISSED)),
        ([DONE, NOT], ("not_judged", "undetermined", ("performed",))),
        ([said("mission", "unconfirmed")], ("overdue", "undetermined", ("performed",))),
        ([said("mission", "unconfirmed"), said("press", "not_done")], ("overdue", "violation", MISSED)),
        ([said("north", "unconfirmed")], ("overdue", "violation", MISSED)),
        ([said("mission", "unconfirmed", 9)], ("overdue", "violation", MISSED)),
        ([said("mission", "not_done", 9)], ("overdue", "violation", MISSED)),
        ([said("mission", "done", 9, since=8), said("mission", "not_done", 12)], ("overdue", "violation", MISSED)),
        ([said("south", "not_done")], ("overdue", "violation", MISSED)),
        ([said("splinter", "done", since=9)], ("not_judged", "undetermined", ("performed",))),
    ],
)
def test_whose_word_settles_with_full_coverage(claims, expected):
    assert answer(LEAVE, claims=claims, coverage=[seen()]) == expected


def test_a_contradiction_names_both():
    found = judged(LEAVE, claims=[DONE, NOT], coverage=[seen()])
    assert "Mission: done" in found.words["performed"]
    assert "Press: not done" in found.words["performed"]
    assert {DONE.claim_id, NOT.claim_id} <= set(found.ruling.evidence)


def test_a_source_that_is_not_public_is_not_named_in_the_words():
    quiet = replace(DONE, sensitivity="confidential")
    found = judged(LEAVE, claims=[quiet])
    assert found.verdict == "compliant"
    assert found.words["performed"].startswith("a source not named here: done")
    assert "mission" not in " ".join(found.words.values()).casefold()


def test_the_other_sides_word_alone_settles_nothing():
    found = judged(LEAVE, claims=[said("north", "not_done")])
    assert (found.state, found.reasons) == ("overdue", ("coverage",))


def test_only_who_surely_belongs_to_the_bearer_admits_for_it():
    assert answer(LEAVE, claims=[DONE, said("crew", "not_done")])[2] == ("performed", "coverage")
    assert answer(LEAVE, claims=[DONE, said("splinter", "not_done")])[1] == "compliant"


def test_about_so_many_is_not_so_many():
    partly = said("mission", "partly", until=11, low=0.24, high=0.24)
    assert answer(LEAVE, claims=[partly], coverage=[seen()])[1] == "violation"
    assert answer(LEAVE, claims=[replace(partly, qualifier="about")], coverage=[seen()])[2] == ("performed",)
    assert answer(LEAVE, claims=[replace(partly, qualifier="at_least")], coverage=[seen()])[:2] == ("partly", "undetermined")
    assert answer(LEAVE, claims=[replace(partly, low=-1.0)], coverage=[seen()])[1] == "undetermined"
    assert answer(LEAVE, claims=[replace(partly, low=0.9)], coverage=[seen()])[1] == "undetermined"


def test_the_strength_that_the_agreement_asks_of_acts_is_asked_here():
    def strict(clause, **known):
        context = facts(agreed(clause), **known)
        rule = replace(context.agreement.evidence, required={"act": "corroborated"})
        context = replace(context, agreement=replace(context.agreement, evidence=rule))
        return next(judge_duties(context))

    one, two = said("mission", "done", since=9), said("press", "done", since=9)
    assert strict(LEAVE, claims=[one]).ruling.verdict == "undetermined"
    assert strict(LEAVE, claims=[one, two]).ruling.verdict == "compliant"
    assert strict(LEAVE, claims=[one, said("mission", "done", 13, since=9)]).ruling.verdict == "undetermined"
    assert strict(LEAVE, claims=[one], accepted=[one.claim_id]).ruling.verdict == "compliant"


def test_whom_the_agreement_lets_verify_needs_no_coverage():
    clause = LEAVE + ", verified_by: [red]"
    assert answer(clause, claims=[said("red", "not_done")]) == ("overdue", "violation", MISSED)
    assert answer(clause, claims=[said("mission", "not_done")])[2] == ("coverage",)
    found = judged(clause, claims=[said("red", "done", since=9)])
    assert found.verdict == "compliant"
    assert {one.strength for one in found.ruling.elements if one.element == "performed"} == {"verified"}


def test_what_was_said_before_the_deadline_says_nothing_of_it():
    assert answer(LEAVE, claims=[said("mission", "not_done", 9)], coverage=[seen(until=5)])[2] == ("coverage",)


def test_late_performance_misses_the_deadline_and_is_said():
    found = judged(LEAVE, claims=[said("mission", "done", 15, since=14)], coverage=[seen()])
    assert (found.state, found.verdict) == ("overdue", "violation")
    assert "done late, on 14 January 2030" in found.words["performed"]


def test_a_day_without_an_hour_may_be_too_late():
    clause = LEAVE.replace("2030-01-11", "2030-01-11T12:00")
    assert answer(clause, claims=[said("mission", "done", 15, since=11)], coverage=[seen(until=12)])[2] == ("performed",)
    assert answer(clause, claims=[said("mission", "done", 15, since=10)])[1] == "compliant"


def test_a_claim_may_name_one_of_several_bearers():
    clause = "must: {perform: handover}, due: 2030-01-11, when: month, where: strip"
    agreement = agreed(clause, who="sides")
    claims = [said("mission", "done", since=9, subject="duty:north")]
    found = {one.bearer: one.ruling.verdict for one in judge_duties(facts(agreement, claims=claims, coverage=[seen()]))}
    assert found == {"north": "compliant", "south": "violation"}
    both = [said("mission", "not_done")]
    context = facts(agreement, claims=both, coverage=[seen(until=3)])
    assert {one.ruling.reasons for one in judge_duties(context)} == {("coverage",)}
    assert {row["duty_id"] for row in duty_table(context)} == {duty_id("deed", "duty", one) for one in ("north", "south")}


def test_as_known_then():
    late = said("mission", "done", 9, since=9, known=18)
    assert answer(LEAVE, claims=[late], coverage=[seen()], known=15)[1] == "violation"
    assert answer(LEAVE, claims=[late], coverage=[seen()], known=19)[1] == "compliant"
    assert json.loads(judged(LEAVE, claims=[late], known=15).row["claims"]) == []


# ------------------------------------------------------------------------------- coverage
@pytest.mark.parametrize(
    ("observed", "coverage", "verdict"),
    [
        ("", [seen(share=0.9)], "violation"),
        ("", [seen(share=0.89)], "undetermined"),
        ("", [seen(1, 6), seen(6, 11, observer="press")], "violation"),
        ("", [seen(1, 6, 0.5), seen(1, 6, 0.5, "press"), seen(6, 11)], "undetermined"),
        ("", [seen(observer="north")], "undetermined"),
        ("", [seen(observer="south")], "undetermined"),
        ("", [seen(zone="far")], "undetermined"),
        (", observed: {of: far, at_least: 0.5}", [seen(zone="far", share=0.5)], "violation"),
        (", observed: {at_least: 0.5}", [seen(share=0.5)], "violation"),
    ],
)
def test_only_enough_coverage_by_who_is_no_side_makes_silence_speak(observed, coverage, verdict):
    assert judged(LEAVE + observed, coverage=coverage).verdict == verdict


def test_every_zone_of_the_duty_must_be_seen():
    clause = LEAVE.replace("beyond: strip}", "beyond: strip}, {personnel: true, beyond: far}")
    assert judged(clause, coverage=[seen()]).verdict == "undetermined"
    assert judged(clause, coverage=[seen(), seen(zone="far")]).verdict == "violation"


def test_where_no_ground_is_named_nobody_can_have_seen_enough():
    found = judged("must: {perform: handover}, due: 2030-01-11, when: month", coverage=[seen()])
    assert found.reasons == ("coverage",)
    assert "names no ground" in found.words["coverage"]


# ------------------------------------------------------------------------------- sightings
@pytest.mark.parametrize(
    ("leg", "verdict"),
    [
        (tank(), "violation"),
        (tank(on=9), "undetermined"),
        (tank(occurred=Period(day(10), day(13))), "undetermined"),
        (tank(weapons=("howitzer",)), "undetermined"),
        (tank(weapons=()), "undetermined"),
        (tank(by=Candidates(("north",), basis="stated")), "undetermined"),
        (tank(by=Candidates(("south", "north"), basis="stated")), "undetermined"),
        (tank(lat=34.0, radius_m=500.0), "undetermined"),
        (tank(lat=40.0), "undetermined"),
        (tank(strength={**dict.fromkeys(ELEMENTS, "reported"), "act": "alleged"}), "undetermined"),
        (tank(on=40), "undetermined"),
    ],
)
def test_what_is_surely_seen_to_stay_shows_that_it_did_not_withdraw(leg, verdict):
    found = judged(LEAVE, legs=[leg])
    assert found.verdict == verdict
    assert ("r-1" in found.ruling.evidence) is (verdict == "violation")


def test_a_sighting_against_a_report_that_it_was_done_is_a_contradiction():
    found = judged(LEAVE, legs=[tank()], claims=[DONE], coverage=[seen()])
    assert (found.state, found.verdict, found.reasons) == ("not_judged", "undetermined", ("performed",))
    assert "come back" in found.ruling.missing[0].question


def test_each_line_of_a_withdrawal_has_its_own_word():
    clause = LEAVE.replace("beyond: strip}", "beyond: strip}, {id: men, personnel: true, beyond: far}")
    tanks = said("mission", "done", since=9, subject="duty.line-1")
    assert answer(clause, claims=[tanks]) == ("partly", "undetermined", ("performed", "coverage"))
    assert answer(clause, claims=[tanks, said("mission", "not_done", subject="duty.men")]) == ("partly", "undetermined", ("coverage",))
    assert answer(clause, claims=[tanks, said("mission", "done", since=9, subject="duty.men")])[1] == "compliant"
    assert answer(clause, claims=[tanks], legs=[tank(lon=45.5, acts=("force_presence",), weapons=())])[:2] == ("partly", "violation")


def test_what_may_stay_shows_nothing():
    clause = LEAVE.replace("weapons: [tank]", "any: true, allow: {weapons: tank}")
    assert judged(clause, legs=[tank()]).verdict == "undetermined"
    assert judged(clause, legs=[tank(weapons=("howitzer",))]).verdict == "violation"
    assert judged(clause, legs=[tank(acts=("force_presence",), weapons=())]).verdict == "undetermined"


def test_calibres_of_a_withdrawal():
    clause = LEAVE.replace("weapons: [tank]", "weapons: [artillery], calibre_mm: {at_least: 100}")
    assert judged(clause, legs=[tank(weapons=("howitzer",), calibre_mm=122.0)]).verdict == "violation"
    assert judged(clause, legs=[tank(weapons=("howitzer",), calibre_mm=82.0)]).verdict == "undetermined"
    assert judged(clause, legs=[tank(weapons=("howitzer",))]).verdict == "undetermined"


# ------------------------------------------------------------------------------- times that are not known
UNDATED = "must: {withdraw: [{any: true, beyond: strip}]}, when: month"
IMMEDIATE = "must: {perform: handover}, due_open: immediately, when: month, where: strip"


def test_without_a_date_it_is_open_until_its_phase_ends():
    assert answer(UNDATED, coverage=[seen()]) == ("not_judged", "undetermined", ("when", "coverage"))
    assert answer(UNDATED, known=40, coverage=[seen(1, 31)]) == ("overdue", "violation", MISSED)
    assert answer(UNDATED, claims=[said("mission", "done", since=15)])[1] == "compliant"


def test_a_clause_without_a_phase_and_a_date_is_open():
    clause = "must: {perform: handover}, where: strip"
    assert answer(clause, coverage=[seen(until=20)])[:2] == ("not_judged", "undetermined")
    assert answer(clause + ", due: 2030-01-11", known=5)[:2] == ("due", "not_covered")
    assert answer(clause + ", due: 2030-01-11", coverage=[seen()])[1] == "violation"


def test_immediately_is_for_people_to_measure():
    assert answer(IMMEDIATE, coverage=[seen(until=20)]) == ("not_judged", "undetermined", ("when",))
    assert answer(IMMEDIATE, known=0) == ("not_yet_due", "not_covered", ("when",))
    assert answer(IMMEDIATE, claims=[said("mission", "done", since=2)])[2][0] == "when"
    late = answer(IMMEDIATE, coverage=[seen()], decisions=[decided("due", "2030-01-05T00:00")])
    assert late == ("overdue", "violation", MISSED)
    assert answer(IMMEDIATE, coverage=[seen(until=20)], decisions=[decided("due", "yes")])[:2] == ("overdue", "violation")
    assert answer(IMMEDIATE, decisions=[decided("due", "no")])[1] == "not_covered"
    assert answer(IMMEDIATE, claims=[said("mission", "done", since=2)], decisions=[decided("performed", "yes")])[1] == "compliant"


ANCHORED = LEAVE.replace("due: 2030-01-11", "due: {anchor: d-day, plus: 10d}")


def stated(**days):
    return [said(one, "yes", number, subject="signing", since=number) for one, number in days.items()]


@pytest.mark.parametrize(
    ("known", "claims", "expected"),
    [
        (20, [], ("not_judged", "undetermined", ("when", "coverage"))),
        (20, stated(north=1), ("not_judged", "undetermined", ("when", "coverage"))),
        (20, stated(north=1, south=1), ("overdue", "violation", MISSED)),
        (20, stated(north=1, south=3), ("overdue", "violation", MISSED)),
        (12, stated(north=1, south=3), ("not_judged", "undetermined", ("when",))),
        (10, stated(north=1, south=3), ("due", "not_covered", ("when",))),
        (20, [*stated(north=1, south=3), said("mission", "done", since=9)], ("performed", "compliant", ("performed",))),
        (20, [*stated(north=1, south=3), said("mission", "done", 12, since=11)], ("not_judged", "undetermined", ("performed",))),
        (20, [*stated(north=1, south=3), said("mission", "done", 15, since=14)], ("overdue", "violation", MISSED)),
        (20, [*stated(north=1, south=3), said("mission", "not_done", 12)], ("overdue", "violation", MISSED)),
    ],
)
def test_a_deadline_after_d_day_is_as_sure_as_d_day_is(known, claims, expected):
    assert answer(ANCHORED, known=known, claims=claims, coverage=[seen(until=13)]) == expected


def test_what_was_seen_must_suffice_wherever_the_deadline_lay():
    claims = stated(north=1, south=3)
    assert answer(ANCHORED, claims=claims, coverage=[seen(until=12)])[1] == "violation"
    assert answer(ANCHORED, claims=claims, coverage=[seen(until=11)])[2] == ("coverage",)


@pytest.mark.parametrize(("until", "state"), [(15, "suspended"), (12, "not_judged"), (10, "overdue")])
def test_a_suspension_must_hold_wherever_the_deadline_lay(until, state):
    halt = said("north", "yes", 8, subject="halt", since=8, until=until)
    clause = ANCHORED + ", suspended_by: {claim: halt, of: [north]}"
    assert answer(clause, claims=[*stated(north=1, south=3), halt], coverage=[seen(until=13)])[0] == state


def test_a_sighting_after_the_later_date_shows_it():
    assert answer(ANCHORED, claims=stated(north=1, south=3), legs=[tank(on=14)])[1] == "violation"
    assert answer(ANCHORED, claims=stated(north=1, south=3), legs=[tank(on=12)])[2] == ("coverage",)


def test_an_anchor_in_doubt_is_text():
    assert answer(ANCHORED.replace("d-day", "sketch"), coverage=[seen()]) == ("not_judged", "undetermined", ("text",))


@pytest.mark.parametrize("moment", ["{end_of: month}", "{day: 30, of: month}", "{start_of: month, plus: 30d}"])
def test_moments_of_phases_are_deadlines(moment):
    clause = LEAVE.replace("2030-01-11", moment)
    assert answer(clause, coverage=[seen(until=31)])[:2] == ("due", "not_covered")
    assert answer(clause, known=31, coverage=[seen(until=31)])[:2] == ("overdue", "violation")


def test_what_never_ends_is_never_overdue():
    clause = LEAVE.replace("2030-01-11", "{end_of: ever}")
    assert answer(clause, known=None, coverage=[seen()])[:2] == ("due", "not_covered")


def test_a_lapse_that_cannot_be_dated_leaves_it_open():
    clause = LEAVE + ", lapses: {anchor: d-day, plus: 5d}"
    assert answer(clause, coverage=[seen()])[:2] == ("not_judged", "undetermined")
    assert answer(clause, claims=stated(north=1, south=3), coverage=[seen()])[0] == "lapsed"
    assert answer(clause, claims=stated(north=1, south=10), coverage=[seen()])[:2] == ("not_judged", "undetermined")
    assert answer(clause, claims=stated(north=10, south=10), coverage=[seen()])[:2] == ("overdue", "violation")


def test_a_window_of_claims_with_no_statement_leaves_it_open():
    clause = LEAVE.replace("when: month", "when: lull")
    assert answer(clause, coverage=[seen()])[:2] == ("not_judged", "undetermined")
    assert "when" in answer(clause, coverage=[seen()])[2]


# ------------------------------------------------------------------------------- conditional duties
FIRST = "id: first, who: north, must: {perform: handover}, due: 2030-01-08, when: month, where: strip"
MIRROR = LEAVE + ", only_if: {performed: first}"


@pytest.mark.parametrize(
    ("claims", "coverage", "expected"),
    [
        ([], [], ("not_judged", "undetermined", ("when", "coverage"))),
        ([said("mission", "done", 8, since=6, subject="first")], [seen()], ("overdue", "violation", MISSED)),
        ([said("mission", "not_done", subject="first")], [seen()], ("not_yet_due", "not_covered", ("when",))),
        ([], [seen()], ("not_yet_due", "not_covered", ("when",))),
        ([said("north", "done", 8, since=6, subject="first")], [seen()], ("not_judged", "undetermined", ("when",))),
    ],
)
def test_a_mirrored_duty_waits_for_the_other_side(claims, coverage, expected):
    state, verdict, reasons = answer((FIRST, MIRROR), claims=claims, coverage=coverage)
    assert (state, verdict) == expected[:2]
    assert set(expected[2]) <= set(reasons)


def test_a_duty_may_wait_for_claims_on_record():
    clause = LEAVE + ", only_if: {claim: {claim: lists-agreed, of: [north, south], needs: all}}"
    both = [said(one, "yes", 3, subject="lists-agreed") for one in ("north", "south")]
    assert answer(clause, claims=both, coverage=[seen()])[1] == "violation"
    assert answer(clause, claims=both[:1], coverage=[seen()])[:2] == ("not_judged", "undetermined")
    denied = [both[0], said("south", "no", 3, subject="lists-agreed")]
    assert answer(clause, claims=denied, coverage=[seen()])[1] == "not_covered"
    assert answer(clause, claims=both[:1], coverage=[seen()], decisions=[decided("opened", "yes")])[1] == "violation"


# ------------------------------------------------------------------------------- determinations
def test_people_settle_what_is_open_and_nothing_else():
    assert answer(LEAVE, decisions=[decided("performed", "no")]) == ("overdue", "violation", MISSED)
    assert answer(LEAVE, decisions=[decided("performed", "yes")])[1] == "compliant"
    assert answer(LEAVE, decisions=[decided("coverage", "yes")])[1] == "violation"
    assert answer(LEAVE, claims=[DONE], decisions=[decided("performed", "no")])[1] == "compliant"
    assert answer(LEAVE, decisions=[decided("performed:south", "no")])[1] == "violation"
    assert answer(LEAVE, decisions=[decided("performed:north", "no")])[1] == "undetermined"
    assert answer(LEAVE, decisions=[decided("performed", "no", reading="other")])[1] == "undetermined"
    assert answer(LEAVE, decisions=[decided("performed", "no", clause="other")])[1] == "undetermined"
    assert answer(LEAVE, coverage=[seen()], decisions=[decided("suspended", "yes")])[0] == "suspended"
    assert judged(LEAVE).ruling.state == "reported"
    assert judged(LEAVE, decisions=[replace(decided(None, None), kind="verify")]).ruling.state == "verified"
    assert judged(LEAVE, decisions=[decided("unverifiable", "yes")]).ruling.state == "unverifiable"


TASKS = "must: {tasks: [lists, camps]}, due: 2030-01-11, when: month, where: strip"


def test_that_not_all_tasks_are_done_needs_coverage_too():
    lists = said("mission", "done", since=9, subject="duty.lists")
    assert answer(TASKS, claims=[lists, said("press", "not_done")]) == ("partly", "undetermined", ("coverage",))
    assert answer(TASKS, claims=[lists, said("press", "not_done")], coverage=[seen()])[1] == "violation"
    assert answer(TASKS, claims=[lists, said("press", "unconfirmed")], coverage=[seen()])[2] == ("performed",)


STORM = LEAVE + ", unless: [{id: storm, invocable: true, if: {circumstance: storm}, note: n}, {id: flood, if: {circumstance: flood}, note: n, enabled: false}]"


def test_what_excuses_a_duty():
    def found(known=20, **facts):
        context = facts_with_reply(STORM, known=known, coverage=[seen()], **facts)
        ruling = next(judge_duties(context)).ruling
        return ruling.verdict, ruling.reasons, ruling.provisional

    def facts_with_reply(clause, **known):
        context = facts(agreed(clause), **known)
        rule = replace(context.agreement.evidence, reply_within=timedelta(days=3))
        return replace(context, agreement=replace(context.agreement, evidence=rule))

    assert found(known=12) == ("violation", MISSED, True)
    assert found(known=12, decisions=[replace(decided("south", None), kind="reply")]) == ("violation", MISSED, False)
    assert found(known=12, decisions=[replace(decided("north", None), kind="reply")])[2]
    assert found() == ("violation", MISSED, False)
    invoked = said("south", "yes", 12, subject="duty.storm")
    assert found(claims=[invoked]) == ("undetermined", ("storm",), False)
    assert found(claims=[replace(invoked, value="no")])[0] == "violation"
    assert found(claims=[said("south", "yes", 15, subject="duty.storm")])[0] == "violation"
    assert found(claims=[invoked], decisions=[decided("storm", "no")])[0] == "violation"
    assert found(claims=[invoked], decisions=[decided("storm", "yes")]) == ("compliant", ("excused:storm",), False)


def test_a_clause_in_conflict_and_a_permission_leave_it_open():
    other = "id: stay, who: south, must_not: {act: territory}, conflicts_with: [duty]"
    assert answer((LEAVE, other), coverage=[seen()])[1:] == ("undetermined", ("conflict:stay",))
    allowed = "id: may-stay, who: south, may: {act: presence, over: [duty]}"
    assert answer((LEAVE, allowed), coverage=[seen()])[1:] == ("undetermined", ("may-stay",))
    settled = answer((LEAVE, allowed), coverage=[seen()], decisions=[decided("may-stay", "yes")])
    assert settled[1:] == ("compliant", ("permitted:may-stay",))


# ------------------------------------------------------------------------------- who is bound
def test_nobody_is_found_in_breach_who_is_not_surely_bound():
    clause = LEAVE.replace("must:", "who: wick, id: duty, must:")
    found = judged(clause, "wick", coverage=[seen()])
    assert (found.state, found.verdict, found.reasons) == ("not_judged", "undetermined", ("who",))


# ------------------------------------------------------------------------------- words and properties
def test_a_violation_charges_the_bearer_and_says_why():
    found = judged(LEAVE, coverage=[seen()])
    assert (found.ruling.attribution, found.ruling.bearers, found.ruling.provisional) == ("settled", ("south",), False)
    assert found.words["when"].startswith("overdue; due by 11 January 2030 00:00")
    assert "100 % of strip" in found.words["coverage"]
    assert (found.row["sure"], found.row["possible"]) == (0.0, 0.0)


def test_what_is_missing_is_asked():
    found = judged(LEAVE)
    assert found.ruling.attribution == "none"
    (missing,) = found.ruling.missing
    assert missing.question.startswith("Who could see whether this was done? Southern Front: withdraw tank beyond strip; due by")
    assert (missing.element, missing.about) == ("coverage", "duty")


def run(*, claims=(), coverage=(), legs=(), decisions=(), sources=SHARED, known=20, clause=LEAVE):
    """Judge the case as the pipeline does, from tables."""
    rows = [
        {"coverage_id": one.coverage_id, "zone": one.ground, "from": one.start, "to": one.end, "observer": one.observer,
         "share": one.share, "known_at": one.known_at}
        for one in coverage
    ]
    return judge_all(
        leg_table(legs), agreement=agreed(clause), readings=["default"], actors=ACTORS, claims=claim_table(claims),
        coverage=Table.from_rows(COVERAGE, rows), decisions=decision_table(decisions), sources=sources, known_at=day(known),
        program_version="test",
    )


def test_the_tables_of_a_run_carry_coverage_sources_sightings_and_decisions():
    def verdict(**facts):
        (finding,) = [one for one in run(**facts) if one.subject_kind == "duty"]
        return finding.verdict

    assert verdict(coverage=[seen()]) == "violation"
    assert verdict(coverage=[seen()], known=10) == "not_covered"
    assert verdict(legs=[tank()]) == "violation"
    assert verdict(claims=[said("radio", "done", since=9)]) == "undetermined"
    assert verdict(claims=[said("red", "done", since=9)]) == "compliant"
    assert verdict(decisions=[decided("performed", "no")]) == "violation"
    assert verdict(decisions=[decided("performed", "no", reports=("r-gone",))]) == "undetermined"
    assert verdict(decisions=[decided("performed", "no", effective=day(21))]) == "undetermined"
    assert verdict(claims=[said("radio", "done", since=9)], sources={**SHARED, "radio": Source("radio", "Radio")}) == "compliant"


def test_a_duty_that_only_a_reading_knows_is_in_the_table():
    text = HEAD + f"  - {{id: duty, who: south, cite: {{text: deed, quote: q}}, {LEAVE}}}\n"
    text += "readings: {swapped: {extends: default, clauses: {duty: {who: north}}}}\n"
    agreement = load_agreement(text, "a.yaml", actors=ACTORS)[0]
    tables = judge_all(
        leg_table([]), agreement=agreement, readings=["default", "swapped"], actors=ACTORS, claims=claim_table([]), program_version="test",
    )
    assert {one.bearers for one in tables} == {("south",), ("north",)}
    assert {one.subject_id for one in tables} == set(tables.duty.values("duty_id"))


def test_the_explanation_of_a_duty_reads_well():
    tables = run(coverage=[seen()], claims=[said("south", "done", since=9), said("press", "not_done")])
    (finding,) = list(tables)
    told = explain_finding(tables, finding.finding_id)
    assert told.sentences == (
        "It was not performed in time, and enough could be seen to say so.",
        "when: overdue; due by 11 January 2030 00:00.",
        "performed: Southern Front: done (its own word); Press: not done.",
        "coverage: surely seen until the deadline: 100 % of strip; 90 % asked.",
    )
    assert [(one.element, one.answer) for one in told.elements] == [
        ("who", "yes"), ("when", "yes"), ("performed", "no"), ("coverage", "yes"),
    ]
    tables = run()
    (open_,) = list(tables)
    assert explain_finding(tables, open_.finding_id).sentences[1].startswith("coverage: surely seen until the deadline: 0 % of strip")
    assert ranked_questions(tables)[0]["about"] == "duty"


ASSERTERS = st.sampled_from(("mission", "press", "red", "south", "north", "radio", "crew"))


def some(*values):
    claim = st.builds(said, ASSERTERS, st.sampled_from(values), st.integers(2, 19), since=st.integers(2, 19))
    return st.lists(claim, max_size=4)


rows = st.lists(
    st.builds(seen, st.integers(1, 5), st.integers(6, 12), st.sampled_from((0.5, 1.0)), st.sampled_from(("mission", "press"))), max_size=3
)
CLAUSES = st.sampled_from((LEAVE, UNDATED, IMMEDIATE, SUSPENDED, LEAVE + ", verified_by: [red]"))
ANY = some("done", "not_done", "unconfirmed", "partly")


@given(CLAUSES, ANY, rows, rows)
def test_more_coverage_never_flips_a_determined_verdict(clause, claims, coverage, more):
    before = judged(clause, claims=claims, coverage=coverage).verdict
    fresh = [replace(one, observer="un") for one in more]
    if before != "undetermined":
        assert judged(clause, claims=claims, coverage=[*coverage, *fresh]).verdict == before


@given(CLAUSES, ANY, rows, st.sampled_from(("done", "not_done")), st.integers(2, 10))
def test_more_claims_of_the_same_direction_never_flip_a_determined_verdict(clause, claims, coverage, value, at):
    before = judged(clause, claims=claims, coverage=coverage).verdict
    fresh = said("un", value, 19 if value == "not_done" else at, since=at)
    same = {"compliant": "done", "violation": "not_done"}.get(before)
    if same == value:
        assert judged(clause, claims=[*claims, fresh], coverage=coverage).verdict == before


@given(st.sampled_from((UNDATED, IMMEDIATE, ANCHORED, LEAVE.replace("month", "lull"))), ANY, rows)
def test_an_unknown_time_never_gives_a_violation(clause, claims, coverage):
    assert judged(clause, claims=claims, coverage=coverage).verdict != "violation"


@given(ANY, rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(claims, coverage, shuffle):
    before = judged(LEAVE, claims=claims, coverage=coverage)
    shuffle.shuffle(claims)
    shuffle.shuffle(coverage)
    after = judged(LEAVE, claims=claims, coverage=coverage)
    assert (after.row, after.ruling.verdict, after.words) == (before.row, before.ruling.verdict, before.words)


MUSTS = (
    "perform: handover", "withdraw: [{weapons: [tank], beyond: strip}, {id: men, personnel: true, beyond: far}]",
    "deliver: {unit: trucks, at_least: 5, per: day, averaged_over: 7d, of_which: [{what: fuel, at_least: 1}]}",
    "release: {of: men, count: 33, order: [old, young]}", "release: {of: men, ratio: {per: first, at_least: 3}, order: [old, young]}",
    "notify: {whom: red, of: strikes, within: 2h}", "tasks: [lists, camps]", "perform: handover, tasks: [lists]",
)
TIMES = (
    "", "due: 2030-01-11", "due_open: immediately", "due: {anchor: d-day, plus: 10d}", "due: {end_of: month}", "due: {end_of: ever}",
    "due: 2030-01-11, lapses: {anchor: d-day, plus: 5d}", "due: 2030-01-11, start_by: 2030-01-04, lapses: 2030-01-20",
)
WHEN = ("", "when: month", "when: ever", "when: lull", "when: {from: 2030-01-05, to: 2030-01-09}")
REST = (
    "", "where: strip", "observed: {of: strip, at_least: 0.5}", "verified_by: [red]", "suspended_by: {claim: halt, of: [north]}",
    "only_if: {performed: first}", "only_if: {claim: {claim: halt, of: [north, south], needs: any}}",
)
FIRST_RELEASE = "id: first, who: north, must: {release: {of: captives, count: 3}}, due: 2030-01-08, when: month, where: strip"
SUBJECTS = st.sampled_from(("duty", "duty.men", "duty.fuel", "duty.lists", "duty.old", "duty.young", "duty:north", "first", "halt", "signing"))
ANYTHING = st.lists(
    st.builds(
        said, ASSERTERS, st.sampled_from((None, "done", "not_done", "partly", "unconfirmed", "yes", "no", "odd")), st.integers(1, 19),
        subject=SUBJECTS, since=st.none() | st.integers(1, 19), until=st.none() | st.integers(19, 30),
        low=st.none() | st.sampled_from((-1.0, 0.0, 0.5, 4.0, 33.0, 99.0)), high=st.none() | st.sampled_from((0.0, 0.5, 4.0, 33.0, 99.0)),
        qualifier=st.sampled_from((None, "exact", "at_least", "about")), unit=st.sampled_from((None, "%", "trucks")),
    ),
    max_size=6,
)
DECISIONS = st.lists(
    st.builds(decided, st.sampled_from(("performed", "due", "opened", "suspended", "coverage", "order", "ratio", "performed:north")),
              st.sampled_from(("yes", "no", "2030-01-09", "perhaps"))), max_size=2,
)
ALL_TEXTS = [", ".join(one for one in (f"must: {{{must}}}", *rest) if one) for must in MUSTS for rest in product(TIMES, WHEN, REST)]


@settings(max_examples=200)
@given(st.sampled_from(ALL_TEXTS), ANYTHING, rows, DECISIONS, st.sampled_from((None, 0, 5, 12, 20, 40)), st.booleans())
def test_whatever_is_asked_and_said_the_answer_keeps_to_the_table(clause, claims, coverage, decisions, known, sighted):
    legs = [tank(), tank(on=14, acts=("force_presence",), weapons=(), lon=45.5)] if sighted else []
    found = judged((FIRST_RELEASE, clause), claims=claims, coverage=coverage, decisions=decisions, known=known, legs=legs)
    part = found.row["possible"]
    elements = {one.element: one.truth.value for one in found.ruling.elements}
    if found.verdict == "violation":
        assert found.state in ("overdue", "partly")
        assert part < 1
        assert elements == {"who": "true", "when": "true", "performed": "false", "coverage": "true"}
    elif found.verdict == "compliant":
        assert found.state == "performed"
        assert elements["performed"] == "true"
    elif found.verdict == "not_covered":
        assert found.reasons == ("when",)
    else:
        assert {one.element for one in found.ruling.missing} == set(found.reasons)
        assert all(one.question for one in found.ruling.missing)


@settings(max_examples=200)
@given(st.sampled_from(ALL_TEXTS), ANYTHING, st.sampled_from((None, 12, 20, 40)))
def test_the_word_of_the_sides_alone_settles_nothing(clause, claims, known):
    sides = [replace(one, asserter=who) for one, who in zip(claims, cycle(("south", "north", "radio", "crew", "splinter", "nobody")), strict=False)]
    assert judged((FIRST_RELEASE, clause), claims=sides, known=known).verdict in ("undetermined", "not_covered")
