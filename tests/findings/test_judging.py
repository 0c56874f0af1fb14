"""Every leg, clause and reading: the tables, and what must hold of them whatever the legs are."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import UnknownName
from trucewatch.findings.elements import speaks_of
from trucewatch.findings.judging import judge_all
from trucewatch.findings.ruling import judge
from trucewatch.findings.schema import VERDICTS
from trucewatch.identifiers import finding_id
from trucewatch.incidents.decision import Decision, decision_table
from trucewatch.incidents.leg import Candidates, Leg, LegCircumstance, leg_table
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS
from trucewatch.periods import Period, parse_instant
from trucewatch.reports.claim import claim_table
from trucewatch.reports.report import Report, ReportTables
from trucewatch.reports.schema import COVERAGE
from trucewatch.tables import Table

PARTIES = ("sy-gov", "ru", "us-coal", "opp", "ypg", "isil", "jn", "jaish-fatah", "ahrar", "civ")
ACTS = ("mortar", "air_strike", "attack", "aid_denied", "seizure_of_position", "accidental_fire")
TARGETS = ("aid_convoy", "market", "fighters")
FIRST = parse_instant("2016-09-10T00:00", "Asia/Damascus")
CLOSED = ("capability", "corroborated", "admission", "verified")


def several(values, most=3):
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


@st.composite
def candidates(draw):
    parties = draw(several(PARTIES))
    if not parties:
        return Candidates()
    closed = draw(st.booleans())
    basis = draw(st.sampled_from(CLOSED if closed else ("stated", "generic", "coded", "conflict")))
    return Candidates(parties, closed, basis)


@st.composite
def periods(draw):
    start = FIRST + timedelta(minutes=draw(st.integers(0, 14 * 24 * 60)))
    length = draw(st.sampled_from([1, 60, 24 * 60, 3 * 24 * 60]))
    return Period(start, start + timedelta(minutes=length))


flags = st.builds(
    LegCircumstance, st.sampled_from(["response", "proportionate"]), st.sampled_from([True, False, None]),
    st.just("somebody"), st.sampled_from(STRENGTHS),
)


@st.composite
def legs(draw, number=0):
    placed = draw(st.booleans()) or draw(st.booleans())
    return Leg(
        f"l-{number:03}", f"i-{number:03}", acts=draw(several(ACTS, 2)), targets=draw(several(TARGETS, 2)),
        by=draw(candidates()), against=draw(candidates()), occurred=draw(st.none() | periods()),
        lat=draw(st.sampled_from([36.1, 33.89, 36.65, 33.0])) if placed else None,
        lon=draw(st.sampled_from([37.05, 35.5, 35.75])) if placed else None,
        radius_m=draw(st.sampled_from([None, 100.0, 20_000.0])),
        circumstances=tuple(draw(st.lists(flags, max_size=2))),
        strength=draw(st.fixed_dictionaries({one: st.sampled_from(STRENGTHS) for one in ELEMENTS})),
        reports=(f"r-{number}",), origins=("sohr",), known_at=FIRST,
    )


@st.composite
def breaches(draw):
    """Legs near a clear breach: all is known and verified, but for a fact or two."""
    start = parse_instant("2016-09-14T10:00", "Asia/Damascus")
    clear = Leg(
        "l-000", "i-000", acts=("mortar",), by=Candidates(("sy-gov",), basis="stated"),
        against=Candidates(("opp",), basis="stated"), occurred=Period(start, start + timedelta(minutes=5)),
        lat=36.1, lon=37.05, radius_m=100.0, strength=dict.fromkeys(ELEMENTS, "verified"),
        reports=("r-0",), origins=("sohr",), known_at=FIRST,
    )
    other = draw(legs())
    names = ("acts", "targets", "by", "against", "occurred", "circumstances", "strength", "radius_m")
    changed = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    return replace(clear, **{name: getattr(other, name) for name in changed})


anything = st.one_of(legs(), breaches())


@pytest.fixture(scope="module")
def run(agreement, actors, claims):
    def judged(*given, readings=("default",), **more):
        return judge_all(
            leg_table(given), agreement=agreement, readings=readings, actors=actors,
            claims=claim_table(claims), program_version="0.0", **more,
        )

    return judged


@given(st.lists(st.integers(), min_size=1, max_size=4).flatmap(
    lambda numbers: st.tuples(*(legs(number=place) for place in range(len(numbers))))
))
@settings(max_examples=40)
def test_the_tables_agree_with_the_interpreter(context, agreement, run, given_legs):
    readings = tuple(agreement.readings)
    tables = run(*given_legs, readings=readings)
    rows = {(row["subject_id"], row["clause"], row["reading"]): row for row in tables.finding if row["subject_kind"] == "leg"}
    expected = {}
    for reading in readings:
        facts = replace(context(reading), memo={})
        for leg in given_legs:
            for clause in facts.agreement.clauses:
                if clause.duty is None and speaks_of(leg, clause, facts):
                    expected[leg.leg_id, clause.key, reading] = judge(leg, clause, facts)
    assert rows.keys() == expected.keys()
    elements = Counter((row["subject_id"], row["clause"], row["reading"]) for row in tables.element)
    for key, ruling in expected.items():
        row = rows[key]
        assert (row["verdict"], json.loads(row["reason"])) == (ruling.verdict, list(ruling.reasons))
        assert json.loads(row["evidence"]) == list(ruling.evidence)
        assert (row["attribution"], json.loads(row["bearers"])) == (ruling.attribution, list(ruling.bearers))
        assert (row["provisional"], row["state"]) == (ruling.provisional, ruling.state)
        assert [one["words"] for one in json.loads(row["exceptions"])] == [one.words for one in ruling.exceptions]
        assert [one["question"] for one in json.loads(row["missing"])] == [one.question for one in ruling.missing]
        assert ruling.reasons
        outside = ruling.verdict == "not_covered"
        assert elements[key] == (len(ruling.reasons) if outside else len(ruling.elements) + len(ruling.exceptions))
        assert row["finding_id"] == finding_id(agreement.key, key[1], key[2], key[0])


def coarser(leg: Leg, what: str) -> Leg:
    """The same leg with one fact known less well."""
    changes = {
        "by": {"by": Candidates(leg.by.parties, basis="generic")},
        "by-more": {"by": Candidates(tuple(dict.fromkeys((*leg.by.parties, "isil", "sy-gov"))), leg.by.closed,
                                     leg.by.basis if leg.by.closed else "generic")},
        "against": {"against": Candidates()},
        "when": {"occurred": None},
        "when-wider": {"occurred": leg.occurred and Period(leg.occurred.start - timedelta(days=2), leg.occurred.end)},
        "where": {"lat": None, "lon": None},
        "where-wider": {"radius_m": None if leg.radius_m is None else leg.radius_m + 300_000.0},
        "act": {"acts": ()},
        "act-more": {"acts": tuple(dict.fromkeys((*leg.acts, "accidental_fire", "mortar")))},
        "targets": {"targets": ()},
        "weak-who": {"strength": {**leg.strength, "who": "alleged"}},
        "weak-act": {"strength": {**leg.strength, "act": "alleged"}},
    }
    if what in ("act-more", "by-more") and not (leg.acts if what == "act-more" else leg.by.parties):
        return leg
    return replace(leg, **changes[what])


@given(anything, st.sampled_from([
    "by", "by-more", "against", "when", "when-wider", "where", "where-wider", "act", "act-more", "targets", "weak-who", "weak-act",
]))
@settings(max_examples=150)
def test_refinement_never_flips_a_determined_verdict(context, leg, what):
    for reading in ("default", "us-bound", "window-sy-army"):
        facts = context(reading)
        for clause in facts.agreement.clauses:
            if clause.duty is None:
                coarse = judge(coarser(leg, what), clause, facts).verdict
                fine = judge(leg, clause, facts).verdict
                assert coarse in ("undetermined", fine)


@given(anything, st.sampled_from(["by", "against", "when", "where", "act"]))
@settings(max_examples=150)
def test_unknown_never_becomes_compliant(context, leg, what):
    facts = context()
    clause = facts.agreement.clause("coh-attacks")
    unknown = coarser(leg, what)
    if what == "by":
        unknown = replace(unknown, by=Candidates())
    ruling = judge(unknown, clause, facts)
    assert ruling.verdict in ("undetermined", "not_covered")
    assert ruling.reasons


@given(anything)
@settings(max_examples=150)
def test_no_violation_charges_one_of_several(context, leg):
    facts = context()
    ruling = judge(leg, facts.agreement.clause("coh-attacks"), facts)
    if ruling.verdict == "violation":
        assert ruling.attribution == ("settled" if len(ruling.bearers) == 1 else "open")
        assert leg.by.closed or leg.by.basis == "stated"
    if ruling.verdict in ("not_covered", "compliant"):
        assert ruling.attribution == "none"


SWAP = {"sy-gov": "ru", "ru": "sy-gov"}


def mirrored(leg: Leg) -> Leg:
    def swapped(given: Candidates) -> Candidates:
        return replace(given, parties=tuple(SWAP.get(one, one) for one in given.parties))

    return replace(leg, by=swapped(leg.by), against=swapped(leg.against))


@given(anything)
@settings(max_examples=100)
def test_a_mirrored_case_gives_mirrored_findings(context, leg):
    for reading in ("default", "civilians-apart"):
        facts = context(reading)
        for key in ("coh-attacks", "coh-no-gain", "aid-access"):
            clause = facts.agreement.clause(key)
            one, other = judge(leg, clause, facts), judge(mirrored(leg), clause, facts)
            assert (one.verdict, one.reasons, one.attribution) == (other.verdict, other.reasons, other.attribution)
            assert one.bearers == tuple(SWAP.get(party, party) for party in other.bearers)


def test_order_and_repetition_change_nothing(run, agreement, make):
    given_legs = [make.leg(leg_id=f"l-{n}", incident_id=f"i-{n}", by=make.named(party)) for n, party in enumerate(PARTIES)]
    readings = tuple(agreement.readings)
    one = run(*given_legs, readings=readings)
    other = run(*reversed(given_legs), readings=(*reversed(readings), "default"))
    assert one.finding.rows() == other.finding.rows()
    assert one.element.rows() == other.element.rows()
    assert one.duty.rows() == other.duty.rows()


def test_no_finding_where_the_clause_does_not_speak(run, make):
    tables = run(make.leg(acts=("advance",)))
    found = {row["clause"] for row in tables.finding if row["subject_kind"] == "leg"}
    assert found == {"coh-no-gain"}
    unknown = run(make.leg(acts=()))
    assert {row["clause"] for row in unknown.finding if row["subject_kind"] == "leg"} == {
        "coh-attacks", "coh-no-gain", "aid-access", "no-gov-flights",
    }


def test_readings_differ_side_by_side(run, agreement, make):
    leg = make.leg("2016-09-19T19:30", by=make.named("us-coal", basis="admission"), against=make.named("sy-gov"))
    tables = run(leg, readings=tuple(agreement.readings))
    verdicts = {row["reading"]: row["verdict"] for row in tables.finding if row["clause"] == "coh-attacks"}
    assert verdicts == {
        "default": "undetermined", "window-us": "undetermined", "window-ru": "undetermined",
        "window-sy-army": "not_covered", "us-bound": "undetermined", "strict-nusra": "undetermined",
        "civilians-apart": "undetermined",
    }


def test_columns_and_knowledge(run, agreement, make):
    known_at = make.instant("2016-09-20T07:00")
    row = next(row for row in run(make.leg(), known_at=known_at).finding if row["clause"] == "coh-attacks")
    assert row["known_at"] == known_at
    assert row["agreement_version"] == agreement.version
    assert row["program_version"] == "0.0"
    assert (row["subject_kind"], row["subject_id"], row["incident_id"]) == ("leg", "l-one", "i-one")
    assert json.loads(row["bearers"]) == ["sy-gov"]
    assert json.loads(row["exceptions"]) == [{"id": "self-defence", "truth": "false", "words": "nobody invokes it"}]
    assert set(row["verdict"].split()) <= set(VERDICTS)


def test_decisions_reach_legs_and_orphans_are_told(run, make):
    recorded = make.instant("2016-10-01")
    determined = Decision("d-1", "determine", "desk", "because", recorded, reports=("r-one",), question="who", answer="yes")
    orphan = replace(determined, decision_id="d-2", reports=("r-gone",))
    leg = make.leg(by=make.named("us-coal"), against=make.named("sy-gov"))
    tables = run(leg, decisions=decision_table([determined, orphan]))
    row = next(row for row in tables.finding if row["clause"] == "coh-attacks")
    assert row["verdict"] == "violation"
    assert "d-1" in json.loads(row["evidence"])
    assert [one.value for one in tables.problems] == ["d-2"]


def test_documents_of_the_incident_do_not_say_who_held_the_ground(run, make):
    held = make.Held(sy_gov=1.0)
    reports = ReportTables.from_records(
        [Report("r-one", "sohr", "row 1", document="page-1"), Report("r-two", "amc", "row 2")]
    )
    tables = run(make.leg(acts=("aid_denied",)), holders=held, reports=reports)
    verdicts = {row["clause"]: row["verdict"] for row in tables.finding}
    assert verdicts["aid-access"] == "violation"
    assert [left_out for _, left_out in held.asked] == [(("sohr", "amc"), ("page-1",))]


def test_nothing_in_nothing_out(run, context):
    assert len(run(readings=()).finding) == 0
    duties_only = run()
    assert {row["subject_kind"] for row in duties_only.finding} == {"duty"}
    with pytest.raises(UnknownName):
        run(readings=("no-such-reading",))


def test_coverage_of_a_zone_is_listed_with_its_duty(run, make):
    rows = [{"coverage_id": "c-9", "zone": "castello-south-500"}, {"coverage_id": "c-8", "place": "aleppo"}]
    tables = run(coverage=Table.from_rows(COVERAGE, rows))
    row = next(row for row in tables.finding if row["clause"] == "castello-mirror")
    assert json.loads(row["evidence"]) == ["c-9"]
