"""Duties that are counted, listed or announced, told as the examples that a lawyer writes."""

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import load_agreement
from trucewatch.errors import BadAgreement
from trucewatch.findings import run_examples

ACTORS = load_actors(
    """
trucewatch: actors/0.1
actors:
  north: {name: Northern Army, kind: state}
  south: {name: Southern Front, kind: state}
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
bound: {north: {from: 2030-01-01}, south: {from: 2030-01-01}}
zones:
  crossing: {wkt: "POLYGON((35 34, 36 34, 36 35, 35 35, 35 34))"}
phases:
  month: {starts: 2030-01-01, ends: 2030-01-29}
evidence: {violation: {act: reported}}
readings:
  loose: {extends: default, note: nothing differs}
clauses:
"""
OTHER = "  - {id: captives, who: south, cite: {text: deed, quote: q}, must: {release: {of: captives, count: 33}}, due: 2030-01-15, when: month}\n"
SEEN = "observed: [{zone: crossing, by: mission, from: 2030-01-01, to: 2030-01-29}]"


def loaded(duty, *examples):
    listed = "".join(f"      - {{say: it, {one}}}\n" for one in examples)
    text = f"{HEAD}{OTHER}  - id: duty\n    who: north\n    cite: {{text: deed, quote: q}}\n"
    text += "".join(f"    {line}\n" for line in duty.split("\n"))
    return load_agreement(f"{text}    examples:\n{listed}", "a.yaml", actors=ACTORS)[0]


def run(duty, example):
    (result,) = run_examples(loaded(duty, f"{example}, expect: violation"), actors=ACTORS)
    found = result.found.partition(", attribution")[0]
    return f"{found} {result.found.rpartition('state ')[2]}", result.ruling


AID = """must: {deliver: {unit: trucks, at_least: 600, per: day, averaged_over: 7d,
  of_which: [{what: fuel, at_least: 50}, {to: crossing, at_least: 300}]}}
when: month
observed: {of: crossing, at_least: 0.9}"""
WEEK = "since: 2030-01-01, until: 2030-01-08"


def week(amount, by="mission", of="", since="2030-01-01", until="2030-01-08"):
    part = f", of: {of}" if of else ""
    return f"{{by: {by}{part}, amount: {amount}, since: {since}, until: {until}}}"


def weeks(*claims, known="2030-01-10"):
    return f"known_at: {known}, claims: [{', '.join(claims)}]"


FUEL, NORTHWARD = week(400, of="fuel"), week(2100, of="crossing")


@pytest.mark.parametrize(
    ("example", "found"),
    [
        (weeks(week(4200), FUEL, NORTHWARD), "compliant (performed) performed"),
        (weeks(week(4200), NORTHWARD), "undetermined (performed, coverage) not_judged"),
        (weeks(week(1008), FUEL, NORTHWARD) + f", {SEEN}", "violation (when, performed, coverage) partly"),
        (weeks(week(1008), FUEL, NORTHWARD), "undetermined (coverage) partly"),
        (weeks(week(4200), week(340, of="fuel"), NORTHWARD) + f", {SEEN}", "violation (when, performed, coverage) partly"),
        (weeks(week("[3000, 5000]"), FUEL, NORTHWARD) + f", {SEEN}", "undetermined (performed) partly"),
        (weeks(week(4200, "north"), FUEL, NORTHWARD), "undetermined (performed, coverage) not_judged"),
        (weeks(week(4200, "press"), week(1008), FUEL, NORTHWARD) + f", {SEEN}", "undetermined (performed) partly"),
        (weeks(week(2000, until="2030-01-04"), week(2200, since="2030-01-04"), FUEL, NORTHWARD), "compliant (performed) performed"),
        (weeks(week(2000, until="2030-01-04"), week(2200, "press", since="2030-01-04"), FUEL, NORTHWARD) + f", {SEEN}", "undetermined (performed) partly"),
        (weeks(week(4200), FUEL, NORTHWARD, known="2030-01-07"), "not_covered (when) due"),
        (weeks(week(4200), FUEL, NORTHWARD, known="2030-01-16"), "undetermined (performed, coverage) not_judged"),
        (weeks() + f", {SEEN}", "undetermined (performed) not_judged"),
    ],
)
def test_a_quota_with_its_parts_over_whole_windows(example, found):
    assert run(AID, example)[0] == found


def test_the_worst_window_is_told_as_a_share():
    _, ruling = run(AID, weeks(week(1008), FUEL, NORTHWARD) + f", {SEEN}")
    words = next(one.words for one in ruling.elements if one.element == "performed")
    assert "trucks in the window from 1 January 2030 00:00: 24 % of the quota" in words


FREED = "must: {release: {of: detainees, count: 33}}\ndue: 2030-01-15\nwhen: month\nwhere: crossing"


def freed(amount, by="mission", until="2030-01-15", of=""):
    part = f", of: {of}" if of else ""
    return f"{{by: {by}{part}, amount: {amount}, until: {until}}}"


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ([freed(33)], "compliant (performed) performed"),
        ([freed(8)], "undetermined (coverage) partly"),
        ([freed(8, until="2030-01-10")], "undetermined (performed, coverage) partly"),
        ([freed(33, until="2030-01-20")], "undetermined (performed, coverage) not_judged"),
        ([freed(8), freed(10, "press")], "undetermined (coverage) partly"),
        ([freed(20), freed(13, "press")], "undetermined (coverage) partly"),
        ([freed(0)], "undetermined (coverage) overdue"),
        ([freed(33, "north")], "undetermined (performed, coverage) not_judged"),
        (["{by: mission, says: done, since: 2030-01-12}"], "compliant (performed) performed"),
        (["{by: mission, says: done, since: 2030-01-12}", freed(8, "press")], "undetermined (performed, coverage) partly"),
    ],
)
def test_a_release_is_counted_by_each_and_never_added(claims, found):
    assert run(FREED, f"claims: [{', '.join(claims)}]")[0] == found


def test_eight_of_thirty_three_is_24_percent_and_with_coverage_a_violation():
    found, ruling = run(FREED, f"claims: [{freed(8)}], {SEEN}")
    assert found == "violation (when, performed, coverage) partly"
    assert "performed in time: 24 %" in next(one.words for one in ruling.elements if one.element == "performed")


RATIO = "must: {release: {of: detainees, ratio: {per: captives, at_least: 30}}}\ndue: 2030-01-15\nwhen: month\nwhere: crossing"
THEIRS = "{by: mission, about: captives, amount: 3, until: 2030-01-15}"


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ([THEIRS, freed(90)], "compliant (performed) performed"),
        ([THEIRS, freed(45)], "undetermined (coverage) partly"),
        ([THEIRS.replace("3,", "'x',").replace("'x'", "[2, 3]"), freed(60)], "undetermined (performed, coverage) partly"),
        ([freed(90)], "undetermined (performed, coverage) not_judged"),
        ([THEIRS.replace("mission", "south"), freed(90)], "undetermined (performed, coverage) not_judged"),
    ],
)
def test_a_ratio_hangs_on_what_the_other_side_gave_up(claims, found):
    assert run(RATIO, f"claims: [{', '.join(claims)}]")[0] == found


def test_an_unknown_ratio_is_never_a_violation_and_is_asked():
    found, ruling = run(RATIO, SEEN)
    assert found == "undetermined (performed) not_judged"
    assert "How many did captives give up" in ruling.missing[0].question
    assert run(RATIO, "determined: {ratio: yes}")[0] == "compliant (performed) performed"
    assert run(RATIO, "determined: {ratio: no}")[0].startswith("violation")


ORDER = "must: {release: {of: detainees, count: 33, order: [women, under-19, men]}}\ndue: 2030-01-15\nwhen: month\nwhere: crossing"


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (f"claims: [{freed(33)}]", "undetermined (performed, coverage) partly"),
        (f"claims: [{freed(33)}], determined: {{order: yes}}", "compliant (performed) performed"),
        (f"claims: [{freed(33)}], determined: {{order: no}}", "violation (when, performed, coverage) partly"),
        (f"claims: [{freed(33)}, {{by: mission, of: women, says: done, since: 2030-01-10}}, {freed(5, until='2030-01-06', of='under-19')}]",
         "violation (when, performed, coverage) partly"),
        (f"claims: [{freed(33)}, {{by: mission, of: women, says: done, since: 2030-01-05}}, {freed(5, until='2030-01-06', of='under-19')}]",
         "undetermined (performed, coverage) partly"),
        ("claims: [{by: mission, says: done, since: 2030-01-12}]", "compliant (performed) performed"),
    ],
)
def test_of_an_order_only_a_breach_can_be_told(facts, found):
    assert run(ORDER, facts)[0] == found


TASKS = "must: {tasks: [lists, camps, stores]}\ndue: 2030-01-15\nwhen: month\nwhere: crossing"


def task(name, says="done", by="mission"):
    return f"{{by: {by}, of: {name}, says: {says}, since: 2030-01-05, at: 2030-01-16}}"


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (f"claims: [{task('lists')}, {task('camps')}, {task('stores')}]", "compliant (performed) performed"),
        (f"claims: [{task('lists')}]", "undetermined (performed, coverage) partly"),
        (f"claims: [{task('lists')}], {SEEN}", "violation (when, performed, coverage) partly"),
        (f"claims: [{task('lists')}, {task('camps', by='north')}], {SEEN}", "violation (when, performed, coverage) partly"),
        (f"claims: [{task('lists')}, {task('camps')}, {task('stores', by='north')}], {SEEN}", "undetermined (performed) partly"),
        (f"claims: [{task('lists', 'not_done')}]", "undetermined (coverage) overdue"),
        ("claims: [{by: mission, says: done, since: 2030-01-05}]", "compliant (performed) performed"),
        (SEEN, "violation (when, performed, coverage) overdue"),
    ],
)
def test_a_checklist_is_done_when_every_task_is(facts, found):
    assert run(TASKS, facts)[0] == found


def test_words_of_a_checklist_tell_each_task():
    _, ruling = run(TASKS, f"claims: [{task('lists')}]")
    words = next(one.words for one in ruling.elements if one.element == "performed")
    assert "between 33 % and 100 %; lists: done; camps: open; stores: open" in words


def test_a_notice():
    notice = "must: {notify: {whom: [red, 'the Mechanism'], of: strikes, before: 2h}}\ndue: 2030-01-15\nwhen: month"
    assert run(notice, "claims: [{by: red, says: done, since: 2030-01-05}]")[0] == "compliant (performed) performed"
    _, ruling = run(notice, "known_at: 2030-01-16")
    assert "tell red and the Mechanism of strikes, at least 2 h before it" in ruling.missing[0].question


def test_an_example_says_what_was_expected_and_found():
    duty = FREED.replace("north", "south")
    (result,) = run_examples(loaded(duty, f"claims: [{freed(8)}], expect: undetermined, state: overdue, reading: loose"), actors=ACTORS)
    assert not result.passed
    assert result.expected == "undetermined, state overdue"
    assert result.found.endswith("state partly")


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("time: 2030-01-03", "a key of an example of a duty"),
        ("claims: [{says: done}]", "by: in a claim of an example"),
        ("claims: [{by: mission}]", "says or amount"),
        ("claims: [{by: mission, says: maybe}]", "says: one of done"),
        ("claims: [{by: mission, amount: many}]", "amount: a number"),
        ("claims: [{by: mission, says: done, when: 2030-01-03}]", "a key of a claim"),
        ("observed: [{by: mission, from: 2030-01-01, to: 2030-01-02}]", "exactly one of zone and place"),
        ("observed: [{zone: no-where, by: mission, from: 2030-01-01, to: 2030-01-02}]", "the name of a zone"),
        ("observed: [{zone: crossing, by: mission, from: 2030-01-01}]", "to: in an observation"),
        ("present: [{by: north, act: weapon_presence}]", "at: in a sighting"),
        ("determined: {done: yes}", "a key of determined"),
        ("bearer: nobody", "the name of a party"),
        ("state: late", "state: one of not_yet_due"),
        ("because: act", "because: one of who"),
    ],
)
def test_what_a_duty_cannot_ask_for_is_refused(example, expected):
    with pytest.raises(BadAgreement) as caught:
        loaded(FREED, f"{example}, expect: violation")
    assert any(expected in one.expected for one in caught.value.problems), caught.value.problems


def test_a_sighting_in_an_example():
    leave = "must: {withdraw: [{weapons: [tank], beyond: crossing}]}\ndue: 2030-01-10\nwhen: month"
    there = "present: [{by: north, act: weapon_presence, weapon: tank, at: {lat: 34.5, lon: 35.5}, time: 2030-01-12T10:00}]"
    assert run(leave, there)[0] == "violation (when, performed, coverage) overdue"
    assert run(leave, there.replace("01-12", "01-08"))[0] == "undetermined (coverage) overdue"
