"""Permissions, conflicts, qualifiers and prevention, where an example beside a clause cannot reach."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from trucewatch.agreement import ActTerm, Clause
from trucewatch.findings.explanation import _because
from trucewatch.findings.judging import judge_legs
from trucewatch.findings.ruling import judge
from trucewatch.findings.settling import by_report
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.headcount import headcount
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.reports.report import Report

NOW = datetime(2016, 9, 20, tzinfo=UTC)
RULE = Clause("rule", "prohibition", "coh-parties", acts=(ActTerm("attack"),))
OLDER = Clause("older", "prohibition", "coh-parties", acts=(ActTerm("mortar", targets=("hospital",)),))
LEAVE = Clause("leave", "permission", "coh-parties", acts=(ActTerm("mortar"),), over=("rule",))


@pytest.fixture(scope="module")
def facts(context):
    """Return a context of the shipped agreement with these clauses in place of its own."""

    def build(*clauses, **others):
        base = context(**others)
        agreement = replace(base.agreement, clauses=clauses)
        return replace(base, agreement=agreement, memo={})

    return build


def determined(word, answer, clause=None):
    return Decision(f"d-{word}", "determine", "team", "seen", NOW, ("r-one",), clause=clause, question=word, answer=answer)


@pytest.mark.parametrize(
    ("rule", "older"),
    [
        (replace(RULE, conflicts_with=("older",)), OLDER),
        (RULE, replace(OLDER, conflicts_with=("rule",))),
    ],
)
def test_one_side_may_declare_a_conflict(facts, make, rule, older):
    now = facts(rule, older)
    assert judge(make.leg(targets=("market",)), rule, now).reasons == ("conflict:older",)
    assert judge(make.leg(targets=("hospital",)), rule, now).verdict == "violation"
    assert judge(make.leg(targets=("hospital",)), older, now).verdict == "violation"
    assert judge(make.leg(targets=()), rule, now).reasons == ("conflict:older",)


def test_a_conflict_says_who_could_decide(facts, make):
    rule = replace(RULE, conflicts_with=("older",))
    (missing,) = judge(make.leg(targets=("market",)), rule, facts(rule, OLDER)).missing
    assert (missing.about, "no rank" in missing.question) == ("older", True)
    assert _because("conflict:older", {}) == "older says otherwise, and the text does not say which comes first."


def test_where_the_other_does_not_cover_it_there_is_no_conflict(facts, make):
    rule = replace(RULE, conflicts_with=("older",))
    elsewhere = replace(OLDER, who="us-coal")
    assert judge(make.leg(targets=("market",)), rule, facts(rule, elsewhere)).verdict == "violation"


def test_an_open_permission_leaves_it_open_and_one_in_doubt_says_so(facts, make):
    leg = make.leg(acts=("mortar", "sniper"))
    assert judge(leg, RULE, facts(RULE, LEAVE)).reasons == ("leave",)
    doubtful = replace(LEAVE, status="placeholder")
    assert judge(make.leg(acts=("mortar",)), RULE, facts(RULE, doubtful)).reasons == ("text", "leave")
    assert judge(make.leg(acts=("sniper",)), RULE, facts(RULE, LEAVE)).verdict == "violation"


def test_a_permission_too_weakly_supported_does_not_excuse(facts, make):
    strict = replace(LEAVE, evidence={"act": "verified"})
    strength = dict.fromkeys(ELEMENTS, "verified") | {"act": "corroborated"}
    leg = make.leg(acts=("mortar",), strength=strength)
    assert judge(leg, RULE, facts(RULE, LEAVE)).verdict == "compliant"
    assert judge(leg, RULE, facts(RULE, strict)).reasons == ("leave",)


def test_a_determination_about_the_permission_reaches_what_it_beats(facts, make):
    asked = replace(LEAVE, qualified=("warned",))
    now = facts(RULE, asked)
    leg = make.leg(reports=("r-one",))
    assert judge(leg, RULE, now).reasons == ("leave",)
    told = replace(now, decisions=by_report([determined("warned", "yes", "leave")]), memo={})
    assert judge(leg, RULE, told).reasons == ("permitted:leave",)
    (answers,) = [one.answers for one in judge_legs([leg], [told])]
    assert answers[0][1].reasons == ("permitted:leave",)


def test_together_and_alone_say_the_same(facts, make):
    rule = replace(RULE, conflicts_with=("older",), qualified=("offensive",))
    guard = Clause("guard", "prevention", "sy-gov", acts=(ActTerm("attack"),), by="isil")
    now = facts(rule, OLDER, replace(LEAVE, over=()), guard)
    legs = [
        make.leg(leg_id=f"l-{number}", acts=acts, targets=targets)
        for number, (acts, targets) in enumerate(
            (acts, targets)
            for acts in (("mortar",), ("mortar", "sniper"), ("advance",), ())
            for targets in ((), ("hospital",), ("market",), ("hospital", "market"))
        )
    ]
    for one in judge_legs(legs, [now]):
        leg = next(each for each in legs if each.leg_id == one.subject_id)
        alone = judge(replace(leg, reports=()), now.agreement.clause(one.clause), replace(now, memo={}))
        assert one.answers[0][1] == alone


def test_who_had_to_prevent_bears_it_and_is_never_said_to_have_done_it(facts, make):
    guard = Clause("guard", "prevention", "sy-gov", acts=(ActTerm("attack"),), by="isil", strict=True)
    ruling = judge(make.leg(by=make.named("isil")), guard, facts(guard))
    assert (ruling.verdict, ruling.bearers, ruling.attribution) == ("violation", ("sy-gov",), "settled")
    assert "has to prevent" in ruling.elements[0].words
    nobody = judge(make.leg(by=make.named()), guard, facts(guard))
    assert (nobody.verdict, nobody.attribution, nobody.reasons) == ("undetermined", "none", ("who",))


def counted(count, qualifier, unit="soldiers"):
    return Report("r", "s", "d", "row", count=count, count_qualifier=qualifier, unit=unit)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([], (None, None)),
        ([counted(12, "exact")], (12, 12)),
        ([counted(12, "at_least")], (12, None)),
        ([counted(12, "about")], (None, None)),
        ([counted(12, "exact"), counted(30, "exact", "armed persons")], (12, 30)),
        ([counted(12, "exact"), counted(30, "at_least")], (12, None)),
        ([counted(12, "exact"), counted(30, "about")], (None, None)),
        ([counted(12, "exact"), counted(30, "exact", "explosions")], (12, 12)),
    ],
)
def test_how_many_were_there(reports, expected):
    assert headcount(reports) == expected
