"""Excuses: invoked, claimed, supported; and those of fact."""

from dataclasses import replace

import pytest

from trucewatch.agreement import Condition, ExceptionTerm, Moment, Phase, Zone
from trucewatch.findings.exceptions import exception, exceptions_of, flags_of, zones_of
from trucewatch.incidents.leg import LegCircumstance
from trucewatch.truth import FALSE, TRUE, UNKNOWN

YES, NO, OPEN = True, False, None
DEFENCE = ExceptionTerm(
    "self-defence",
    Condition(all_of=(Condition(circumstance="response"), Condition(circumstance="proportionate"))),
    invocable=True,
)
TRAINING = ExceptionTerm("training", Condition(circumstance="training"))
EITHER = ExceptionTerm(
    "either", Condition(any_of=(Condition(circumstance="training"), Condition(where="nusra-held")))
)


def stated(*said: tuple[str, bool | None, str]) -> tuple[LegCircumstance, ...]:
    return tuple(LegCircumstance(flag, value, "somebody", support) for flag, value, support in said)


@pytest.mark.parametrize(
    ("term", "said", "expected"),
    [
        (DEFENCE, [], FALSE),
        (DEFENCE, [("mistaken", YES, "verified")], FALSE),
        (DEFENCE, [("response", NO, "verified")], FALSE),
        (DEFENCE, [("response", YES, "alleged")], UNKNOWN),
        (DEFENCE, [("response", YES, "verified")], UNKNOWN),
        (DEFENCE, [("response", OPEN, "reported")], UNKNOWN),
        (DEFENCE, [("response", YES, "corroborated"), ("proportionate", YES, "reported")], UNKNOWN),
        (DEFENCE, [("response", YES, "corroborated"), ("proportionate", YES, "verified")], TRUE),
        (DEFENCE, [("response", YES, "verified"), ("proportionate", NO, "verified")], FALSE),
        (DEFENCE, [("response", YES, "alleged"), ("proportionate", NO, "verified")], FALSE),
        (DEFENCE, [("response", YES, "verified"), ("response", NO, "verified"), ("proportionate", YES, "verified")], UNKNOWN),
        (DEFENCE, [("response", YES, "verified"), ("response", NO, "alleged"), ("proportionate", YES, "verified")], TRUE),
        (TRAINING, [], UNKNOWN),
        (TRAINING, [("training", NO, "alleged")], UNKNOWN),
        (TRAINING, [("training", NO, "corroborated")], FALSE),
        (TRAINING, [("training", YES, "corroborated")], TRUE),
        (EITHER, [("training", YES, "corroborated")], TRUE),
        (EITHER, [("training", NO, "corroborated")], UNKNOWN),
    ],
)
def test_circumstances(context, make, term, said, expected):
    value = exception(make.leg(circumstances=stated(*said)), term, context())
    assert value.truth is expected
    assert value.reason == (term.key if expected is UNKNOWN else None)
    assert bool(value.question) == (expected is UNKNOWN)


def test_words_say_what_is_claimed_and_what_nobody_says(context, make):
    leg = make.leg(circumstances=stated(("response", YES, "alleged")))
    value = exception(leg, DEFENCE, context())
    assert "response: claimed, not supported as the agreement asks" in value.words
    assert "proportionate: nobody says" in value.words
    assert (value.strength, value.required) == ("alleged", "corroborated")


@pytest.mark.parametrize(("holder", "expected"), [("jn", TRUE), ("sy_gov", FALSE), ("unknown", UNKNOWN)])
def test_a_place_that_excuses(context, agreement, make, holder, expected):
    facts = context("strict-nusra", holders=make.Held(**{holder: 1.0}))
    tried = exceptions_of(make.leg(), facts.agreement.clause("coh-attacks"), facts)
    assert [one.element for one in tried] == ["self-defence", "excluded-area"]
    assert tried[1].truth is expected


def test_an_exception_that_no_reading_enables_is_not_tried(context, make):
    facts = context()
    tried = exceptions_of(make.leg(), facts.agreement.clause("coh-attacks"), facts)
    assert [one.element for one in tried] == ["self-defence"]


@pytest.mark.parametrize(
    ("time", "expected"), [("2016-09-12T10:00", FALSE), ("2016-09-13T10:00", TRUE), (None, UNKNOWN)]
)
def test_an_exception_with_a_time_of_its_own(context, make, time, expected):
    facts = context()
    phase = Phase("later", start=Moment(at=make.instant("2016-09-13")), open_ended=True)
    agreement = replace(facts.agreement, phases={**facts.agreement.phases, "later": phase})
    term = replace(TRAINING, when="later")
    leg = make.leg(time, circumstances=stated(("training", YES, "verified")))
    assert exception(leg, term, replace(facts, agreement=agreement, memo={})).truth is expected


def test_an_excuse_on_an_unpublished_map_leaves_the_text_open(context, make):
    facts = context()
    zone = Zone("range", "layer", status="unpublished")
    agreement = replace(facts.agreement, zones={**facts.agreement.zones, "range": zone})
    term = ExceptionTerm("range", Condition(where="range"))
    value = exception(make.leg(), term, replace(facts, agreement=agreement, memo={}))
    assert value.truth is UNKNOWN
    assert value.unsure_term


def test_a_condition_lists_its_flags_and_zones():
    assert list(flags_of(DEFENCE.condition)) == ["response", "proportionate"]
    assert list(flags_of(EITHER.condition)) == ["training"]
    assert list(zones_of(EITHER.condition)) == ["nusra-held"]
