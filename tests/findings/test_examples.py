"""The examples beside the clauses, and what an example leaves out."""

from dataclasses import replace

import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import Example, load_agreement
from trucewatch.errors import BadAgreement, Severity
from trucewatch.findings.examples import leg_of, run_examples
from trucewatch.incidents.leg import Candidates


def test_every_example_of_the_shipped_agreement_comes_out(agreement, actors, claims):
    results = run_examples(agreement, actors=actors, claims=claims)
    assert len(results) >= 35
    assert [(one.clause, one.line, one.expected, one.found) for one in results if not one.passed] == []
    assert len({one.line for one in results}) == len(results)


def one_example(agreement, actors, claims, **changes):
    facts = {
        "by": "sy-gov", "against": "opp", "act": "mortar", "time": "2016-09-13T10:00",
        "at": {"lat": "36.10", "lon": "37.05", "radius_m": "500"}, **changes.pop("facts", {}),
    }
    example = Example("say", 7, {key: value for key, value in facts.items() if value is not None}, **changes)
    clause = replace(agreement.clause("coh-attacks"), examples=(example,))
    (result,) = run_examples(replace(agreement, clauses=(clause,)), actors=actors, claims=claims)
    return result


@pytest.mark.parametrize(
    ("facts", "expectation", "passed"),
    [
        ({}, {"expect": "violation"}, True),
        ({}, {"expect": "violation", "attribution": "settled"}, True),
        ({}, {"expect": "violation", "attribution": "open"}, False),
        ({}, {"expect": "compliant"}, False),
        ({}, {"expect": "violation", "provisional": False}, True),
        ({}, {"expect": "violation", "provisional": True}, False),
        ({"known_at": "2016-09-13T12:00", "reading": "window-sy-army"}, {"expect": "violation", "provisional": True}, True),
        ({"by": None}, {"expect": "undetermined", "because": ("who",)}, True),
        ({"by": None}, {"expect": "undetermined", "because": ("who", "when")}, False),
        ({"strength": {"who": "alleged"}}, {"expect": "undetermined", "because": ("evidence:who",)}, True),
        ({"circumstance": {"response": "yes", "proportionate": "true"}},
         {"expect": "compliant", "excused_by": "self-defence"}, True),
        ({"circumstance": {"response": "yes", "proportionate": "true"}, "strength": {"circumstance": "alleged"}},
         {"expect": "undetermined", "because": ("self-defence",)}, True),
        ({"circumstance": {"response": "yes", "proportionate": "no"}},
         {"expect": "compliant", "excused_by": "self-defence"}, False),
        ({"time": ["2016-09-05", "2016-09-06"]}, {"expect": "not_covered", "because": ("when",)}, True),
        ({"at": None}, {"expect": "undetermined", "because": ("where",)}, True),
        ({"at": None, "by": None}, {"expect": "undetermined", "because": ("where",)}, True),
        ({"at": None, "by": None}, {"expect": "undetermined", "because": ("where",), "alone": True}, False),
        ({"at": None, "by": None}, {"expect": "undetermined", "because": ("who", "where"), "alone": True}, True),
    ],
)
def test_what_must_match(agreement, actors, claims, facts, expectation, passed):
    result = one_example(agreement, actors, claims, facts=facts, **expectation)
    assert result.passed is passed
    assert (result.clause, result.line, result.say) == ("coh-attacks", 7, "say")
    assert result.expected.startswith(expectation["expect"])
    assert result.found.startswith(result.ruling.verdict)


def test_defaults_of_a_leg():
    leg = leg_of(Example("say", 3, {"by": ["sy-gov", "ru"], "closed": "true", "affected": "civ", "act": "mortar"}, "violation"), "UTC")
    assert leg.by == Candidates(("sy-gov", "ru"), closed=True, basis="capability")
    assert leg.against == Candidates()
    assert leg.affected == ("civ",)
    assert set(leg.strength.values()) == {"verified"}
    assert (leg.occurred, leg.lat, leg.radius_m) == (None, None, None)


def test_a_point_without_a_radius_is_exact_and_a_time_is_a_minute():
    facts = {"at": {"lat": "1.5", "lon": "2"}, "time": "2016-09-13T10:00", "calibre_mm": "122", "weapon": "howitzer"}
    leg = leg_of(Example("say", 3, facts, "violation"), "UTC")
    assert (leg.lat, leg.lon, leg.radius_m, leg.calibre_mm) == (1.5, 2.0, 0.0, 122.0)
    assert (leg.occurred.end - leg.occurred.start).total_seconds() == 60


def test_an_example_of_a_duty(agreement, actors, claims):
    example = Example("nobody knows the line", 9, {}, "undetermined", because=("text",))
    clause = replace(agreement.clause("castello-withdrawal"), examples=(example,))
    (result,) = run_examples(replace(agreement, clauses=(clause,)), actors=actors, claims=claims)
    assert result.passed


HELD = """trucewatch: agreement/1.0
id: a
title: A
timezone: UTC
zones: {{theirs: {{control: {{by: south}}}}}}
evidence: {{control: {{sure: 0.9, excluded: 0.1}}, violation: {{who: reported, act: reported, against: reported, where: reported, when: reported}}}}
clauses:
  - id: peace
    who: north
    must_not: {{act: mortar}}
    where: theirs
    examples:
      - {{say: one, by: north, act: mortar, at: {{lat: 10.5, lon: 10.5}}, time: 2031-05-01T06:00, control: {control}, expect: violation}}
"""
TWO = load_actors("trucewatch: actors/0.1\nactors:\n  north: {name: North}\n  south: {name: South}\n", "a.yaml", zone="UTC")[0]


@pytest.mark.parametrize(
    ("control", "found"),
    [
        ("south", "violation"), ("{south: 0.91}", "violation"), ("{south: 0.89}", "undetermined (control)"),
        ("{north: 0.95}", "not_covered (where)"), ("{north: 0.85}", "undetermined (control)"), ("{north: 0.5, south: 0.5}", "undetermined (control)"),
    ],
)
def test_ground_may_be_held_with_a_probability_and_the_rest_is_unknown(control, found):
    agreement, problems = load_agreement(HELD.format(control=control), "a.yaml", actors=TWO)
    assert not [one for one in problems if one.severity is Severity.ERROR]
    (result,) = run_examples(agreement, actors=TWO)
    assert result.found.startswith(found)


@pytest.mark.parametrize("control", ["{east: 0.9}", "{south: 1.2}", "{south: 0.9, north: 0.2}", "nobody"])
def test_impossible_control_is_refused_with_its_place(control):
    with pytest.raises(BadAgreement) as caught:
        load_agreement(HELD.format(control=control), "a.yaml", actors=TWO)
    assert {one.line for one in caught.value.problems} == {13}
