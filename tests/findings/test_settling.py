"""What people decided: which decisions count, and what they change."""

from dataclasses import replace

import pytest

from trucewatch.findings.ruling import judge
from trucewatch.findings.settling import accepted_claims, by_report, in_force, orphaned
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import LegCircumstance

YES = True


@pytest.fixture
def decide(make):
    def build(number: int, kind: str, question: str | None = None, answer: str | None = None, **more) -> Decision:
        recorded = make.instant(f"2016-10-{number:02}T12:00")
        facts = {"reports": ("r-one",), "recorded_at": recorded, **more}
        return Decision(f"d-{number}", kind, "reviewer", "because", question=question, answer=answer, **facts)

    return build


@pytest.fixture
def ruled(context, make):
    def build(leg, *decisions, reading="default", known_at=None, clause="coh-attacks"):
        facts = context(reading, known_at)
        counting = in_force(decisions, facts.known_at)
        facts = replace(
            facts, decisions=by_report(counting), accepted=accepted_claims(counting), memo={}
        )
        return judge(leg, facts.agreement.clause(clause), facts)

    return build


def test_a_verification_raises_one_element_or_all(ruled, decide, make):
    leg = make.leg(strength=make.strength(who="alleged", act="reported"))
    assert ruled(leg).reasons == ("evidence:who", "evidence:act")
    one = ruled(leg, decide(1, "verify", "who"))
    assert (one.verdict, one.reasons, one.state) == ("undetermined", ("evidence:act",), "verified")
    both = ruled(leg, decide(1, "verify"))
    assert (both.verdict, both.state) == ("violation", "verified")
    assert "d-1" in both.evidence


def test_a_determined_circumstance_beats_what_is_claimed(ruled, decide, make):
    claimed = (LegCircumstance("response", YES, "opp", "alleged"), LegCircumstance("proportionate", YES, "opp", "alleged"))
    leg = make.leg(by=make.named("opp"), against=make.named("sy-gov"), circumstances=claimed)
    assert ruled(leg).reasons == ("self-defence",)
    yes = [decide(1, "determine", "response", "yes"), decide(2, "determine", "proportionate", "yes")]
    assert ruled(leg, *yes).reasons == ("excused:self-defence",)
    no = decide(3, "determine", "proportionate", "no")
    assert ruled(leg, *yes, no).verdict == "violation"


@pytest.mark.parametrize(("answer", "verdict"), [("yes", "violation"), ("no", "not_covered"), ("perhaps", "undetermined")])
def test_a_determination_settles_an_open_element(ruled, decide, make, answer, verdict):
    leg = make.leg(by=make.named("us-coal"), against=make.named("sy-gov"))
    assert ruled(leg).verdict == "undetermined"
    assert ruled(leg, decide(1, "determine", "who", answer)).verdict == verdict


def test_a_determination_does_not_edit_what_is_settled(ruled, decide, make):
    assert ruled(make.leg(), decide(1, "determine", "who", "no")).verdict == "violation"
    assert ruled(make.leg(by=make.named("isil")), decide(1, "determine", "who", "yes")).verdict == "not_covered"


def test_a_determination_can_name_a_party_where_nobody_is_named(ruled, decide, make):
    leg = make.leg(by=make.named("sy-gov", "ru"), strength=make.strength(who="alleged"))
    ruling = ruled(leg, decide(1, "determine", "who", "ru"))
    assert (ruling.verdict, ruling.bearers, ruling.attribution) == ("violation", ("ru",), "settled")
    unnamed = make.leg(against=make.named())
    assert ruled(unnamed, decide(1, "determine", "against", "isil")).reasons == ("against",)
    assert ruled(unnamed, decide(1, "determine", "against", "isil")).verdict == "not_covered"
    assert ruled(make.leg(), decide(1, "determine", "who", "isil")).bearers == ("sy-gov",)


def test_a_yes_over_open_candidates_charges_nobody(ruled, decide, make):
    ruling = ruled(make.leg(by=make.named("sy-gov", "ru")), decide(1, "determine", "who", "yes"))
    assert (ruling.verdict, ruling.attribution) == ("violation", "none")


def test_no_determination_makes_up_a_text(ruled, decide, make):
    leg = make.leg(acts=("air_strike",))
    ruling = ruled(leg, decide(1, "determine", "where", "yes"), decide(2, "determine", "when", "yes"), clause="no-gov-flights")
    assert ruling.verdict == "undetermined"
    assert "text" in ruling.reasons


def test_the_latest_effective_decision_counts(ruled, decide, make):
    leg = make.leg(by=make.named("us-coal"), against=make.named("sy-gov"))
    late = decide(1, "determine", "who", "no", effective=make.instant("2016-10-20"))
    early = decide(2, "determine", "who", "yes", effective=make.instant("2016-10-10"))
    assert ruled(leg, late, early).verdict == "not_covered"
    assert ruled(leg, late, early, known_at="2016-10-15").verdict == "violation"
    assert ruled(leg, late, early, known_at="2016-10-05").verdict == "undetermined"
    assert ruled(leg, early, decide(3, "determine", "who", "no", supersedes="d-2")).verdict == "not_covered"
    assert ruled(leg, early, decide(3, "opinion", "who", "no", supersedes="d-2")).verdict == "undetermined"


def test_a_decision_keeps_to_its_clause_reading_and_reports(ruled, decide, make):
    leg = make.leg(by=make.named("us-coal"), against=make.named("sy-gov"))
    for more in ({"clause": "aid-access"}, {"reading": "window-us"}, {"reports": ("r-other",)}):
        assert ruled(leg, decide(1, "determine", "who", "yes", **more)).verdict == "undetermined"
    assert ruled(leg, decide(1, "determine", "who", "yes", reading="window-us"), reading="window-us").verdict == "violation"


@pytest.mark.parametrize(("kind", "question", "answer", "state"), [
    ("determine", "unverifiable", "yes", "unverifiable"),
    ("determine", "investigated", None, "investigated"),
    ("determine", "unverifiable", "no", "reported"),
    ("opinion", "who", "no", "reported"),
])
def test_state(ruled, decide, make, kind, question, answer, state):
    ruling = ruled(make.leg(), decide(1, kind, question, answer))
    assert (ruling.state, ruling.verdict) == (state, "violation")


def test_accepted_claims_can_be_taken_back(decide):
    yes, no = decide(1, "accept", "c-1"), decide(2, "accept", "c-1", "no")
    assert accepted_claims([yes]) == {"c-1"}
    assert accepted_claims([yes, no]) == frozenset()


def test_orphans_are_listed(decide):
    kept = decide(1, "verify", reports=("r-gone", "r-one"))
    gone = decide(2, "verify", reports=("r-gone",))
    nothing_cited = decide(3, "accept", "c-1", reports=())
    found = orphaned([gone, kept, nothing_cited], {"r-one"})
    assert [(one.value, one.severity) for one in found] == [("d-2", "warning")]
    assert "r-gone" in found[0].advice
