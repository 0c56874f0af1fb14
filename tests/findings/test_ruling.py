"""The verdict rules, and what the shipped case must say of hand-made happenings."""

from dataclasses import replace

import pytest

from trucewatch.findings.elements import ElementValue
from trucewatch.findings.ruling import Facts, judge, rule
from trucewatch.findings.settling import by_report
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import LegCircumstance
from trucewatch.truth import FALSE, TRUE, UNKNOWN

YES = True


def row(say, expect, has=(), lacks=(), reading="default", time="2016-09-13T10:00", known_at=None, clause="coh-attacks",
        attribution=None, **facts):
    return pytest.param(say, expect, has, lacks, reading, time, known_at, clause, attribution, facts, id=say)


def by(*parties, closed=False, basis=""):
    return ("named", parties, closed, basis)


HAPPENINGS = [
    row("5 Sept Tartus", "not_covered", ["when"], time=("2016-09-05T00:00", "2016-09-06T00:00"),
        by=by("isil"), against=by()),
    row("10 Sept Idlib market, candidates kept", "not_covered", ["when"], ["who"], time=("2016-09-10T00:00", "2016-09-11T00:00"),
        acts=("air_strike",), by=by("sy-gov", "ru"), against=by()),
    row("12 Sept Maarrat Misrin, hour unknown", "undetermined", ["when"], time=("2016-09-12T00:00", "2016-09-13T00:00"),
        acts=("air_strike",), by=by("sy-gov", "ru", basis="generic"), against=by()),
    row("15 Sept Mayadin", "undetermined", ["against", "who"], ["when"], time=("2016-09-15T00:00", "2016-09-16T00:00"),
        acts=("air_strike",), by=by("sy-gov", "ru", "us-coal", basis="generic"), against=by(), affected=("civ",)),
    row("17 Sept Jabal Tharda", "undetermined", ["who"], ["when"], time=("2016-09-17T16:00", "2016-09-17T18:00"),
        acts=("air_strike",), by=by("us-coal", basis="admission", closed=True), against=by("sy-gov"), attribution="settled",
        circumstances=(LegCircumstance("mistaken", YES, "us-coal", "corroborated"),)),
    row("17 Sept Jabal Tharda, coalition bound", "violation", [], [], reading="us-bound",
        time=("2016-09-17T16:00", "2016-09-17T18:00"), acts=("air_strike",), attribution="settled",
        by=by("us-coal", basis="admission", closed=True), against=by("sy-gov"),
        circumstances=(LegCircumstance("mistaken", YES, "us-coal", "corroborated"),)),
    row("18 Sept Dael, helicopters", "undetermined", ["evidence:act"], [], time="2016-09-18T12:00", acts=("air_strike",),
        by=by("sy-gov", "ru", closed=True), against=by("civ"), strength={"who": "reported", "act": "reported"},
        attribution="none"),
    row("19 Sept Urum al-Kubra", "undetermined", ["when", "who", "act"], [], time=("2016-09-19T19:12", "2016-09-20T00:00"),
        acts=("accidental_fire", "air_strike"), targets=("aid_convoy",), by=by("sy-gov", "ru"), against=by("aid")),
    row("19 Sept Urum al-Kubra as the US has it", "undetermined", ["who", "act"], ["when"], reading="window-us",
        time=("2016-09-19T19:12", "2016-09-19T20:30"), acts=("accidental_fire", "air_strike"), targets=("aid_convoy",),
        by=by("sy-gov", "ru"), against=by("aid")),
    row("19 Sept Urum al-Kubra as the Syrian army has it", "not_covered", ["when"], [], reading="window-sy-army",
        time=("2016-09-19T19:12", "2016-09-20T00:00"), acts=("accidental_fire", "air_strike"), targets=("aid_convoy",),
        by=by("sy-gov", "ru"), against=by("aid")),
    row("19 Sept Urum as known that night", "undetermined", ["who"], [], known_at="2016-09-20T07:00",
        time=("2016-09-19T19:12", "2016-09-20T00:00"), acts=("air_strike",), targets=("aid_convoy",),
        by=by("sy-gov", "ru"), against=by("aid")),
    row("Stated target ISIL", "not_covered", ["against"], [], by=by("ru"), against=by("isil"), acts=("air_strike",)),
    row("Stated target JFS, Nusra renamed", "not_covered", ["against"], [], by=by("ru"), against=by("jn"), acts=("air_strike",)),
    row("Stated target ISIL, by nobody known", "not_covered", ["against"], ["who"], by=by(), against=by("isil")),
    row("Stated target ISIL, said by one party", "undetermined", ["evidence:against"], [], by=by("ru"), against=by("isil"),
        strength={"against": "alleged"}),
    row("17 Sept 10:00, known on the 17th at noon", "undetermined", ["when"], [], time="2016-09-17T10:00",
        known_at="2016-09-17T12:00"),
    row("17 Sept 10:00, known on the 20th", "violation", [], [], time="2016-09-17T10:00", known_at="2016-09-20T07:00"),
    row("Helicopter over Aleppo, closed set", "violation", [], [], acts=("air_strike",), by=by("sy-gov", "ru", closed=True),
        against=by("civ"), attribution="open"),
    row("Harm to civilians apart", "not_covered", ["against"], [], reading="civilians-apart", acts=("air_strike",),
        by=by("sy-gov"), against=by("civ")),
    row("The map was never published", "undetermined", ["text", "where", "when"], ["who", "act"], clause="no-gov-flights",
        acts=("air_strike",)),
    row("Another than the bearer, map or no map", "not_covered", ["who"], [], clause="no-gov-flights", acts=("air_strike",),
        by=by("ru")),
    row("An exercise", "compliant", ["no_breach"], [], acts=("exercise",)),
    row("An exercise, on thin evidence", "undetermined", ["evidence:act"], [], acts=("exercise",), strength={"act": "reported"}),
    row("An exercise at a time unknown", "undetermined", ["when"], ["act"], acts=("exercise",), time=None),
    row("Everything outside is named", "not_covered", ["who", "against", "where", "when"], [], time="2016-09-05T08:00",
        by=by("isil"), against=by("jn"), lat=33.89, lon=35.50),
]


@pytest.mark.parametrize(
    ("say", "expect", "has", "lacks", "reading", "time", "known_at", "clause", "attribution", "facts"), HAPPENINGS
)
def test_what_the_run_must_say(
    context, make, say, expect, has, lacks, reading, time, known_at, clause, attribution, facts
):
    given = {
        key: make.named(*value[1], closed=value[2], basis=value[3]) if key in ("by", "against") else value
        for key, value in facts.items()
    }
    if "strength" in given:
        given["strength"] = make.strength(**given["strength"])
    leg = make.leg(time, **given)
    context = context(reading, known_at)
    ruling = judge(leg, context.agreement.clause(clause), context)
    assert ruling.verdict == expect
    assert set(has) <= set(ruling.reasons)
    assert not set(lacks) & set(ruling.reasons)
    assert attribution in (None, ruling.attribution)
    assert ruling.bearers == leg.by.parties
    assert ruling.reasons
    assert (ruling.missing == ()) == (ruling.verdict != "undetermined" and not ruling.provisional)
    assert ruling.evidence[:2] == ("r-one", "r-two")


def value(element: str, truth, strength="verified", *unsure: str) -> ElementValue:
    question = "" if truth is not UNKNOWN else f"{element}?"
    return ElementValue(element, truth, strength, "reported", "words", question, unsure_term=bool(unsure))


ALL = ("who", "act", "against", "where", "when")


@pytest.mark.parametrize(
    ("changed", "excuses", "verdict", "reasons"),
    [
        ({}, [], "violation", ALL),
        ({"who": (FALSE,)}, [], "not_covered", ("who",)),
        ({"who": (FALSE, "alleged")}, [], "undetermined", ("evidence:who",)),
        ({"where": (FALSE, "alleged"), "who": (UNKNOWN,)}, [], "not_covered", ("where",)),
        ({"when": (TRUE, "alleged")}, [], "undetermined", ("evidence:when",)),
        ({"act": (FALSE,)}, [], "compliant", ("no_breach",)),
        ({"act": (FALSE,)}, [UNKNOWN], "compliant", ("no_breach",)),
        ({"act": (FALSE,), "where": (UNKNOWN,)}, [UNKNOWN], "undetermined", ("where",)),
        ({"act": (UNKNOWN,), "who": (UNKNOWN,), "when": (UNKNOWN,)}, [UNKNOWN], "undetermined",
         ("who", "act", "when", "excuse-0")),
        ({"where": (UNKNOWN, "verified", "placeholder")}, [], "undetermined", ("text", "where")),
        ({"where": (UNKNOWN, "verified", "placeholder"), "who": (FALSE,)}, [], "not_covered", ("who",)),
        ({}, [TRUE], "compliant", ("excused:excuse-0",)),
        ({}, [UNKNOWN, TRUE], "compliant", ("excused:excuse-1",)),
        ({}, [UNKNOWN, FALSE], "undetermined", ("excuse-0",)),
        ({}, [FALSE, FALSE], "violation", ALL),
        ({"who": (UNKNOWN,)}, [TRUE], "undetermined", ("who",)),
    ],
)
def test_the_order_of_the_rules(context, make, changed, excuses, verdict, reasons):
    facts = context()
    elements = [value(name, *changed.get(name, (TRUE,))) for name in ALL]
    tried = [value(f"excuse-{number}", truth) for number, truth in enumerate(excuses)]
    ruling = rule(
        make.leg(), facts.agreement.clause("coh-attacks"), facts, Facts(tuple(elements), tuple(tried)),
    )
    assert (ruling.verdict, ruling.reasons) == (verdict, reasons)
    assert {one.element for one in ruling.missing} == (
        {reason.removeprefix("evidence:") for reason in reasons} & {one.element for one in (*elements, *tried) if one.question}
    )


def test_a_placeholder_clause_gives_no_verdict(context, make):
    facts = context()
    clause = replace(facts.agreement.clause("coh-attacks"), status="placeholder")
    assert judge(make.leg(), clause, facts).reasons == ("text",)
    assert judge(make.leg(), clause, facts).missing[0].about == "coh-attacks"
    assert judge(make.leg(by=make.named("isil")), clause, facts).verdict == "not_covered"


@pytest.mark.parametrize(
    ("known_at", "reply", "provisional"),
    [
        (None, None, False),
        ("2016-09-13T12:00", None, True),
        ("2016-09-16T10:00", None, True),
        ("2016-09-16T10:01", None, False),
        ("2016-09-13T12:00", "sy-gov", False),
        ("2016-09-13T12:00", "ru", True),
    ],
)
def test_a_violation_is_provisional_until_the_reply(context, make, known_at, reply, provisional):
    decisions = {}
    if reply:
        recorded = make.instant("2016-09-13T11:00")
        replied = Decision("d-1", "reply", "desk", "letter", recorded, reports=("r-one",), question=reply)
        decisions = by_report((replied,))
    facts = context("window-sy-army", known_at, decisions=decisions)
    ruling = judge(make.leg(), facts.agreement.clause("coh-attacks"), facts)
    assert (ruling.verdict, ruling.provisional) == ("violation", provisional)
    assert [one.element for one in ruling.missing] == (["self-defence"] if provisional else [])
    if provisional:
        assert "until 16 September 2016 10:01" in ruling.missing[0].question


def test_without_an_invocable_exception_nothing_is_provisional(context, make):
    facts = context("window-sy-army", "2016-09-13T12:00")
    leg = make.leg(acts=("advance",))
    ruling = judge(leg, facts.agreement.clause("coh-no-gain"), facts)
    assert (ruling.verdict, ruling.provisional) == ("violation", False)


def test_the_claimed_mistake_is_no_element_and_no_exception(context, make):
    mistaken = (LegCircumstance("mistaken", YES, "us-coal", "verified"),)
    leg = make.leg(circumstances=mistaken)
    facts = context()
    assert judge(leg, facts.agreement.clause("coh-attacks"), facts).verdict == "violation"


def test_the_question_about_a_disputed_party(context, make):
    facts = context()
    leg = make.leg(by=make.named("us-coal", basis="admission"), against=make.named("sy-gov"))
    missing = judge(leg, facts.agreement.clause("coh-attacks"), facts).missing
    assert [(one.element, one.about) for one in missing] == [("who", "us-coal")]
    assert "the agreement file calls it disputed" in missing[0].question
