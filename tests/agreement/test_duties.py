"""Duties as written: what is read, and what is refused with the value, the place and what was expected."""

from datetime import timedelta

import pytest

from trucewatch.agreement import (
    Delivery,
    Notice,
    Observation,
    Ratio,
    Release,
    SubQuota,
    lint,
    load_agreement,
)
from trucewatch.agreement.times import ClaimNeed, Moment

OTHER = "  - {id: other, cite: {text: deed, quote: q}, who: south, must: {release: {of: captives, count: 3}}}\n"


def written(must, beside=""):
    return f"{OTHER}  - {{id: duty, cite: {{text: deed, quote: q}}, who: north, must: {must}{beside and ', '}{beside}}}"


@pytest.fixture
def duty(load):
    def read(must, beside=""):
        agreement, warnings = load(clauses=written(must, beside))
        return agreement.clause("duty").duty, warnings

    return read


def test_a_delivery(duty):
    found, warnings = duty(
        "{deliver: {unit: trucks, at_least: 600, per: day, averaged_over: 7d,"
        " of_which: [{unit: trucks, what: fuel, at_least: 50}, {to: land, at_least: 300}, {what: food, to: mill, at_least: 1}]}}"
    )
    assert found.deliver == Delivery(
        "trucks", 600, timedelta(days=1), timedelta(days=7),
        (SubQuota("fuel", 50, "fuel"), SubQuota("land", 300, None, "land"), SubQuota("food-mill", 1, "food", "mill")),
    )
    assert [one.expected for one in warnings if one.value == "mill"] == ["to: a zone, or a place of the case"]
    assert duty("{deliver: {unit: trucks, at_least: 5, per: week}}")[0].deliver.averaged_over == timedelta(days=7)


def test_a_release(duty):
    found, _ = duty("{release: {of: detainees, count: 90, ratio: {per: other, at_least: 30}, order: [women, under-19]}}")
    assert found.release == Release("detainees", 90, Ratio("other", 30), ("women", "under-19"))


def test_notices_and_checklists(duty):
    found, _ = duty("{notify: {whom: [south, the Mechanism], of: strikes, within: 24h, before: 2h}, tasks: [lists, camps]}")
    assert found.notify == Notice(("south", "the Mechanism"), "strikes", timedelta(hours=24), timedelta(hours=2))
    assert found.tasks == ("lists", "camps")


def test_a_withdrawal_by_calibre(duty):
    (line,) = duty("{withdraw: [{calibre_mm: {at_least: 100}, beyond: land}]}")[0].withdraw
    assert (line.calibre_at_least_mm, line.weapons) == (100, ())


def test_what_stands_beside_it(duty):
    found, _ = duty(
        "{perform: handover}",
        "start_by: 2016-09-20, due: 2016-09-25, lapses: 2016-09-30, suspended_by: {claim: halt, of: [south]},"
        " only_if: {claim: {claim: lists, of: [north, south]}}, observed: {of: land, at_least: 0.5}, verified_by: [raiders]",
    )
    assert isinstance(found.due, Moment)
    assert found.start_by.at < found.due.at < found.lapses.at
    assert found.suspended_by == ClaimNeed("halt", ("south",), "any")
    assert found.only_if_claim == ClaimNeed("lists", ("north", "south"), "all")
    assert (found.observed, found.verified_by) == (Observation("land", 0.5), ("raiders",))
    plain, _ = duty("{perform: handover}", "due_open: immediately")
    assert (plain.immediately, plain.due, plain.observed.at_least) == (True, None, 0.9)


def test_times_may_stand_in_must_too(duty):
    assert duty("{perform: handover, due: 2016-09-25}")[0].due == duty("{perform: handover}", "due: 2016-09-25")[0].due


@pytest.mark.parametrize(
    ("must", "beside", "expected"),
    [
        ("{deliver: {unit: trucks, at_least: 5}}", "", "per: in deliver"),
        ("{deliver: {unit: trucks, per: day}}", "", "at_least: in deliver"),
        ("{deliver: {unit: trucks, at_least: -5, per: day}}", "", "a number from 0"),
        ("{deliver: {unit: trucks, at_least: 5, per: month}}", "", "per: one of hour, day, week"),
        ("{deliver: {unit: trucks, at_least: 5, per: day, averaged_over: 36h}}", "", "a whole number of the stretches"),
        ("{deliver: {unit: trucks, at_least: 5, per: day, of_which: [{at_least: 1}]}}", "", "what or to"),
        ("{deliver: {unit: trucks, at_least: 5, per: day, of_which: [{what: fuel, at_least: 9}]}}", "", "no more than the whole, 5"),
        ("{deliver: {unit: trucks, at_least: 5, per: day, of_which: [{what: fuel, at_least: 1}, {what: fuel, at_least: 2}]}}", "", "each part of a quota once"),
        ("{deliver: {unit: trucks, at_least: 5, per: day, of_which: [{unit: tons, what: fuel, at_least: 1}]}}", "", "unit: one of trucks"),
        ("{release: {count: 3}}", "", "of: in release"),
        ("{release: {of: men, count: 0}}", "", "a number from 1"),
        ("{release: {of: men, ratio: {per: another, at_least: 3}}}", "", "the name of a clause"),
        ("{release: {of: men, ratio: {per: duty, at_least: 3}}}", "", "the clause of the other side"),
        ("{release: {of: men, order: [women, women]}}", "", "each kind of persons once"),
        ("{release: {of: men, order: [Old Men]}}", "", "the id of a kind of persons"),
        ("{notify: {of: strikes}}", "", "whom: in notify"),
        ("{notify: {whom: south, of: strikes, within: soon}}", "", "within: a duration"),
        ("{tasks: [lists, lists]}", "", "each task once"),
        ("{tasks: []}", "", "tasks: at least one text"),
        ("{withdraw: [{id: a, any: true, beyond: land}, {id: a, any: true, beyond: land}]}", "", "each line of a withdrawal once"),
        ("{withdraw: [{id: A line, any: true, beyond: land}]}", "", "the id of a line of a withdrawal"),
        ("{perform: handover, soon: true}", "", "a key of must"),
        ("{perform: handover}", "due: soon", "due: "),
        ("{perform: handover, due: 2016-09-25}", "due: 2016-09-26", "due once"),
        ("{perform: handover}", "due: 2016-09-25, due_open: immediately", "either due or due_open"),
        ("{perform: handover}", "due_open: soon", "due_open: one of immediately"),
        ("{perform: handover}", "due: 2016-09-25, start_by: 2016-09-26", "start_by: earlier than due"),
        ("{perform: handover}", "only_if: {}", "exactly one of performed and claim"),
        ("{perform: handover}", "only_if: {performed: other, claim: {claim: c, of: north}}", "exactly one of performed and claim"),
        ("{perform: handover}", "only_if: {claim: {claim: c}}", "of: in claim"),
        ("{perform: handover}", "suspended_by: {claim: c, of: nobody}", "the name of a party"),
        ("{perform: handover}", "suspended_by: {of: north}", "claim: in suspended_by"),
        ("{perform: handover}", "observed: {at_least: 90}", "at_least: a number from"),
        ("{perform: handover}", "observed: {off: land}", "a key of observed"),
        ("{perform: handover}", "verified_by: [nobody]", "the name of a party"),
    ],
)
def test_what_a_duty_may_not_say(problems_of, must, beside, expected):
    problems = problems_of(clauses=written(must, beside))
    assert any(expected in one.expected for one in problems), problems
    assert all(one.line for one in problems)


def test_a_prohibition_waits_for_nothing(problems_of):
    problems = problems_of(clauses="  - {id: no, who: north, must_not: {act: attack}, due: 2016-09-25, verified_by: [south]}")
    assert {one.value for one in problems} >= {"due", "verified_by"}


@pytest.mark.parametrize(
    ("must", "beside", "expected"),
    [
        ("{release: {of: men, ratio: {per: peace, at_least: 3}}}", "", "per: a clause whose must is a release"),
        ("{perform: handover}", "only_if: {performed: peace}", "performed: a clause with must"),
    ],
)
def test_a_duty_refers_to_duties(problems_of, must, beside, expected):
    peace = "\n  - {id: peace, who: north, must_not: {act: attack}}"
    problems = problems_of(clauses=written(must, beside) + peace)
    assert [(one.value, one.expected) for one in problems] == [("peace", expected)]


def test_the_bearers_of_a_duty_are_named(problems_of):
    problems = problems_of(
        groups="  sides: {any_of: [north, south]}\n  rest: {none_of: [sides]}\n  all: {any_of: [sides, rest]}",
        clauses="  - {id: duty, who: all, must: {perform: handover}}",
    )
    assert [(one.value, one.expected) for one in problems] == [("all", "who of a duty: parties, or groups of them by any_of")]


def test_lint_asks_for_examples_and_for_somebody_who_could_see(text_of, actors):
    def weak(beside=""):
        text = text_of(clauses=f"  - {{id: duty, cite: {{text: deed, quote: q}}, who: north, must: {{perform: handover}}{beside}}}")
        agreement, _ = load_agreement(text, "a.yaml", actors=actors)
        return [one.expected for one in lint(agreement, text) if one.value == "clause duty"]

    examples = [f"an example that is {one}" for one in ("compliant", "not_covered", "undetermined", "violation")]
    assert weak() == [*examples, "where, observed or verified_by"]
    assert weak(", verified_by: south") == examples
    assert weak(", status: placeholder") == ["an example that is undetermined"]
    assert weak(", where: land, examples: [{say: no, expect: violation}]") == examples[:3]
