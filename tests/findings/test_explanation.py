"""A finding in plain sentences."""

import pytest

from trucewatch.errors import UnknownName
from trucewatch.findings.explanation import explain_finding
from trucewatch.findings.judging import FindingTables, judge_all
from trucewatch.findings.schema import DUTY, ELEMENT, FINDING
from trucewatch.incidents.leg import LegCircumstance, leg_table
from trucewatch.reports.claim import claim_table
from trucewatch.tables import Table

YES = True


@pytest.fixture
def explained(agreement, actors, claims):
    def build(leg, clause="coh-attacks", reading="default", known_at=None):
        tables = judge_all(
            leg_table([leg]), agreement=agreement, readings=(reading,), actors=actors, claims=claim_table(claims),
            known_at=known_at, program_version="0",
        )
        found = next(row for row in tables.finding if row["clause"] == clause)
        return explain_finding(tables, found["finding_id"])

    return build


def test_a_violation(explained, make):
    told = explained(make.leg())
    assert told.verdict == "violation"
    assert told.sentences == ("Every element of the term is met, at the strength that the agreement asks for.",)
    assert [(one.element, one.answer, one.sufficient) for one in told.elements] == [
        (name, "yes", True) for name in ("who", "act", "against", "where", "when")
    ]
    assert [(one.exception, one.answer) for one in told.exceptions] == [("self-defence", "no")]
    assert told.missing == ()
    assert told.evidence[:2] == ("r-one", "r-two")
    assert told.incident_id == "i-one"


def test_what_is_open_is_asked(explained, make):
    told = explained(make.leg("2016-09-19T19:30", by=make.named("sy-gov", "ru"), strength=make.strength(act="reported")))
    assert told.sentences[0] == "This cannot be said from what is known."
    assert [one.split(":")[0] for one in told.sentences[1:]] == ["who", "act", "when"]
    assert "less support than the agreement asks for" in told.sentences[2]
    assert [one.element for one in told.missing] == ["who", "act", "when"]
    assert {one.element: one.answer for one in told.elements} == {
        "who": "open", "act": "yes", "against": "yes", "where": "yes", "when": "open",
    }
    assert not next(one for one in told.elements if one.element == "act").sufficient


def test_not_covered_says_that_other_law_may_apply(explained, make):
    told = explained(make.leg("2016-09-05T08:00"))
    assert told.sentences[0] == "Not judged under this text; other law may apply."
    assert "before the window" in told.sentences[1]


def test_an_excuse_and_an_open_one(explained, make):
    flags = tuple(LegCircumstance(one, YES, "opp", "corroborated") for one in ("response", "proportionate"))
    excused = explained(make.leg(circumstances=flags))
    assert excused.sentences[1] == "self-defence excuses it."
    claimed = explained(make.leg(circumstances=flags[:1]))
    assert claimed.sentences[1].startswith("self-defence: ")
    assert claimed.exceptions[0].answer == "open"


def test_provisional_is_said(explained, make):
    told = explained(make.leg(), reading="window-sy-army", known_at=make.instant("2016-09-13T12:00"))
    assert "provisional" in told.sentences[1]
    assert [one.element for one in told.missing] == ["self-defence"]


def test_duties_and_texts(explained, make):
    told = explained(make.leg(), clause="castello-withdrawal")
    assert told.sentences[1] == "text: the text is not given for sure."
    assert told.subject_kind == "duty"


def test_an_unknown_finding_is_a_bad_call():
    nothing = FindingTables(Table.empty(FINDING), Table.empty(ELEMENT), Table.empty(DUTY))
    with pytest.raises(UnknownName):
        explain_finding(nothing, "f-nothing")
