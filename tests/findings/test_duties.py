"""Duties: rows, claims of all sides, and findings that never go beyond what time and text allow."""

import json
from dataclasses import replace

import pytest

from trucewatch.agreement import Clause, Duty, Phase, Withdrawal, Zone
from trucewatch.findings.duties import bearers_of, duty_table, judge_duties


def test_all_three_claims_about_castello_stand_under_the_duty(context, claims):
    row = next(row for row in duty_table(context()) if row["clause"] == "castello-withdrawal")
    assert json.loads(row["claims"]) == ["syr16-c063", "syr16-c064", "syr16-c065"]
    said = {one.claim_id: (one.asserter, one.value) for one in claims}
    assert [said[one] for one in json.loads(row["claims"])] == [
        ("sy-gov", "done"), ("us", "unconfirmed"), ("fastaqim", "not_done"),
    ]
    assert (row["bearer"], row["state"]) == ("sy-gov", "not_judged")
    assert row["words"].startswith("Syrian government forces: withdraw tank, howitzer, gun, mortar, mlrs beyond")
    assert "except machine gun" in row["words"]


def test_only_claims_known_then(context):
    row = next(row for row in duty_table(context(known_at="2016-09-16T12:00")) if row["clause"] == "castello-withdrawal")
    assert json.loads(row["claims"]) == ["syr16-c063", "syr16-c064"]


def test_placeholders_give_text_and_nothing_else(context):
    found = list(judge_duties(context()))
    assert {one.clause for one in found} == {"castello-withdrawal", "castello-kurds", "castello-mirror"}
    assert {(one.ruling.verdict, one.ruling.reasons) for one in found} == {("undetermined", ("text",))}
    first = next(one for one in found if one.clause == "castello-withdrawal")
    assert first.ruling.evidence == ("syr16-c063", "syr16-c064", "syr16-c065")
    assert first.ruling.missing[0].about == "castello-withdrawal"
    assert first.ruling.attribution == "none"


@pytest.fixture
def given_duty(context, make):
    def build(known_at=None, *, phase: Phase | None = None, zone_status="given", **duty):
        facts = context(known_at=known_at)
        clause = Clause(
            "leave", "duty", "coh-parties", when="fair" if phase else None,
            duty=Duty(withdraw=(Withdrawal("syria-strip", anything=True),), **duty),
        )
        zones = {"syria-strip": Zone("syria-strip", "area", zone_status, wkt="POLYGON((0 0,1 0,1 1,0 0))")}
        agreement = replace(
            facts.agreement, clauses=(clause,), zones=zones, phases={"fair": phase} if phase else {}
        )
        return replace(facts, agreement=agreement, memo={})

    return build


def test_a_group_of_bearers_gives_one_duty_each(given_duty):
    facts = given_duty()
    assert bearers_of("coh-parties", facts) == ("sy-gov", "ru", "us-coal", "opp", "ypg")
    rows = duty_table(facts).rows()
    assert len({row["duty_id"] for row in rows}) == 5


@pytest.mark.parametrize(
    ("known_at", "state", "verdict", "reason"),
    [
        (None, "not_judged", "undetermined", "coverage"),
        ("2016-09-10", "not_yet_due", "not_covered", "when"),
        ("2016-09-20", "not_judged", "undetermined", "coverage"),
    ],
)
def test_time_tells_that_it_is_not_yet_due(given_duty, make, known_at, state, verdict, reason):
    facts = given_duty(known_at, due=make.instant("2016-09-15"))
    assert {row["state"] for row in duty_table(facts)} == {state}
    assert {(one.ruling.verdict, one.ruling.reasons) for one in judge_duties(facts)} == {(verdict, (reason,))}


def test_a_fixed_phase_gives_the_stretch(given_duty, make):
    phase = Phase("fair", start=make.instant("2016-09-12"), end=make.instant("2016-09-19"))
    early, late = given_duty("2016-09-11", phase=phase), given_duty("2016-09-13", phase=phase)
    row = duty_table(late).rows()[0]
    assert (row["from"], row["to"]) == (phase.start, phase.end)
    assert {row["state"] for row in duty_table(early)} == {"not_yet_due"}
    assert {row["state"] for row in duty_table(late)} == {"not_judged"}


@pytest.mark.parametrize("what", ["zone", "phase"])
def test_what_the_duty_rests_on_must_be_given(given_duty, make, what):
    phase = Phase("fair", start=make.instant("2016-09-12"), status="from_memory" if what == "phase" else "given")
    facts = given_duty(phase=phase, zone_status="placeholder" if what == "zone" else "given")
    assert {one.ruling.reasons for one in judge_duties(facts)} == {("text",)}


def test_words_tell_due_and_condition(given_duty, make):
    facts = given_duty(due=make.instant("2016-09-15T12:00"), only_if_performed="other", perform="release_of_persons")
    words = duty_table(facts).rows()[0]["words"]
    assert "release of persons" in words
    assert "due by 15 September 2016 12:00" in words
    assert words.endswith("only once other is performed")


def test_no_duty_is_ever_found_breached(context, given_duty, make):
    for known_at in (None, "2016-09-01", "2016-12-01"):
        for facts in (context(known_at=known_at), given_duty(known_at, due=make.instant("2016-09-15"))):
            assert "violation" not in {one.ruling.verdict for one in judge_duties(facts)}
