"""Counts through an engine, and questions ranked by what their answers would decide."""

import pytest

from trucewatch.engines.duckdb import DuckDBEngine
from trucewatch.findings.counts import (
    bearer_table,
    by_party,
    by_reading_and_verdict,
    undetermined_by_reason,
)
from trucewatch.findings.judging import judge_all
from trucewatch.findings.questions import ranked_questions
from trucewatch.incidents.leg import leg_table
from trucewatch.reports.claim import claim_table


@pytest.fixture
def tables(agreement, actors, claims, make):
    legs = [
        make.leg(leg_id="l-1", incident_id="i-1"),
        make.leg(leg_id="l-2", incident_id="i-2", by=make.named("sy-gov", "ru", closed=True)),
        make.leg(leg_id="l-3", incident_id="i-3", by=make.named("sy-gov", "ru")),
        make.leg(leg_id="l-4", incident_id="i-4", by=make.named("us-coal"), against=make.named("sy-gov")),
        make.leg(leg_id="l-5", incident_id="i-5", by=make.named("us-coal"), against=make.named("sy-gov"), lat=None),
        make.leg("2016-09-05T08:00", leg_id="l-6", incident_id="i-6", by=make.named("ru")),
    ]
    return judge_all(
        leg_table(legs), agreement=agreement, readings=("default", "us-bound"), actors=actors,
        claims=claim_table(claims), program_version="0",
    )


@pytest.fixture
def engine():
    opened = DuckDBEngine()
    yield opened
    opened.close()


def test_by_reading_and_verdict(engine, tables):
    counted = {(row["reading"], row["verdict"]): row["findings"] for row in by_reading_and_verdict(engine, tables.finding)}
    duties = sum(kind == "duty" for kind in tables.finding.values("subject_kind")) // 2
    assert counted["default", "violation"] == 2
    assert counted["us-bound", "violation"] == 3
    assert sum(counted.values()) == len(tables.finding)
    undetermined = tables.finding.filter(lambda row: row["verdict"] == "undetermined" and row["reading"] == "default")
    assert counted["default", "undetermined"] == len(undetermined) >= 3 + duties
    assert all(row["provisional"] == 0 for row in by_reading_and_verdict(engine, tables.finding))


def test_shares_of_reasons(engine, tables):
    rows = [row for row in undetermined_by_reason(engine, tables.finding) if row["reading"] == "default"]
    shares = {row["reason"]: (row["findings"], row["share"]) for row in rows}
    total = rows[0]["total"]
    assert {row["total"] for row in rows} == {total}
    assert shares["text"][0] == 3
    assert all(share == round(number / total, 4) for number, share in shares.values())
    assert [row["findings"] for row in rows] == sorted((row["findings"] for row in rows), reverse=True)


def test_by_party_keeps_the_three_apart(engine, tables):
    rows = {row["party"]: row for row in by_party(engine, tables.finding.filter(lambda row: row["clause"] == "coh-attacks"))
            if row["reading"] == "default"}
    assert {party: tuple(row.values())[2:] for party, row in rows.items()} == {
        "ru": (0, 1, 1), "sy-gov": (1, 1, 1), "us-coal": (0, 0, 2),
    }


def test_duties_and_happenings_outside_charge_nobody(tables):
    roles = bearer_table(tables.finding).rows()
    subjects = {row["finding_id"]: row for row in tables.finding}
    assert {subjects[row["finding_id"]]["subject_kind"] for row in roles} == {"leg"}
    assert "not_covered" not in {subjects[row["finding_id"]]["verdict"] for row in roles}


def test_questions_are_ranked_by_what_they_alone_would_decide(tables):
    ranked = ranked_questions(tables)
    bound = next(one for one in ranked if one["about"] == "us-coal")
    assert "the agreement file calls it disputed" in bound["question"]
    assert bound["incident_id"] is None
    assert bound["findings"] >= 2
    assert bound["only"] >= 1
    who = next(one for one in ranked if one["element"] == "who" and one["incident_id"] == "i-3")
    assert who["about"] is None
    assert who["question"].startswith("Who fired? candidates: ")
    order = [(one["only"], one["findings"]) for one in ranked]
    assert order == sorted(order, reverse=True)
    assert all(one["findings"] == len(one["finding_ids"]) for one in ranked)


def test_questions_of_another_reading(tables):
    assert all(one["about"] != "us-coal" for one in ranked_questions(tables, "us-bound"))
    assert ranked_questions(tables, "no-such-reading") == []
