import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from trucewatch.incidents import DECISION, Decision, decision_table
from trucewatch.release import Attribution, Audience, Policy, released
from trucewatch.reports import ReportTables, claim_records, claim_table
from trucewatch.tables import Table

NO_DECISIONS = Table.empty(DECISION)
PUBLIC, INTERNAL = Policy(), Policy(Audience.INTERNAL)


def with_sensitivity(stages, reports, sensitivity="restricted"):
    """The same stages, some reports being of another sensitivity."""
    records = [
        replace(one, sensitivity=sensitivity) if one.report_id in reports else one
        for one in stages.resolved.tables.records()
    ]
    return replace(stages, resolved=replace(stages.resolved, tables=ReportTables.from_records(records)))


def tharda(stages):
    """The incident of 17 September at Jabal Tharda with its reports."""
    row = next(one for one in stages.linked.incident.rows() if one["place"] == "jabal-tharda" and one["reports"] > 1)
    ids = [one["report_id"] for one in stages.linked.incident_report.rows() if one["incident_id"] == row["incident_id"]]
    return row, ids


def texts(value):
    """Every text in a nest of dicts and lists."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def test_without_permission_no_finding_carries_a_word_about_any_party(stages):
    found = released(stages, PUBLIC, NO_DECISIONS).findings
    assert found
    keys = set(stages.actors.parties)
    for one in found:
        assert one.bearers == ()
        assert one.attribution == "withheld"
        assert one.subject_id is None
        assert all(each.words is None for each in (*one.elements, *one.exceptions))
        assert all(each.question is None for each in one.missing)
        said = texts({name: part for name, part in asdict(one).items() if name not in ("evidence", "clause")})
        assert not keys & set(said)
        assert not [text for text in said if stages.actors.find(text)]


def test_without_permission_no_evidence_points_at_a_candidate(stages):
    shown = released(stages, PUBLIC, NO_DECISIONS)
    kinds = {one.claim_id: one.kind for one in shown.claims}
    cited = {kinds[one] for each in shown.findings for one in each.evidence if one in kinds}
    assert cited
    assert not cited & {"acceptance", "rejection", "control"}
    inside = released(stages, INTERNAL, NO_DECISIONS)
    left_out = sum(len(one.evidence) for one in inside.findings) - sum(len(one.evidence) for one in shown.findings)
    assert left_out == sum(one.evidence_withheld for one in shown.findings)


def test_without_permission_reports_name_nobody(stages):
    for one in released(stages, PUBLIC, NO_DECISIONS).reports:
        assert (one.by, one.against, one.text) == (None, None, None)


def test_without_permission_no_statement_about_who_is_shown(stages):
    shown = released(stages, PUBLIC, NO_DECISIONS)
    assert not {one.kind for one in shown.claims} & {"admission", "denial", "statement"}
    assert all(one.mistaken is None for one in shown.incidents)
    assert all(one.bearer is None and one.words is None and one.duty_id is None for one in shown.duties)
    assert all(one.text is None for one in shown.claims)


def test_internally_nothing_is_left_out(stages):
    shown = released(stages, INTERNAL, NO_DECISIONS)
    assert len(shown.findings) == len(stages.findings.finding)
    assert len(shown.reports) == len(stages.resolved.tables)
    assert set(asdict(shown.withheld).values()) == {0}
    assert any(one.bearers for one in shown.findings)


def test_candidates_are_named_where_the_mandate_says_so(stages):
    shown = released(stages, Policy(attribution=Attribution.CANDIDATES), NO_DECISIONS)
    assert any(one.bearers for one in shown.findings if one.verdict == "undetermined")
    assert all(one.text is None for one in shown.reports)


def test_only_settled_bearers_are_named_where_the_mandate_says_so(stages):
    shown = released(stages, Policy(attribution=Attribution.SETTLED), NO_DECISIONS)
    named = [one for one in shown.findings if one.bearers]
    assert all(one.attribution == "settled" for one in named)
    assert all(one.by is None for one in shown.reports)


def test_restricted_reports_are_left_out_of_lists_and_of_evidence_and_counted(stages):
    row, ids = tharda(stages)
    shown = released(with_sensitivity(stages, ids[:1]), PUBLIC, NO_DECISIONS)
    incident = next(one for one in shown.incidents if one.incident_id == row["incident_id"])
    assert ids[0] not in incident.reports
    assert incident.withheld_reports == 1
    assert ids[0] not in {one.report_id for one in shown.reports}
    about = [one for one in shown.findings if one.incident_id == row["incident_id"]]
    assert all(ids[0] not in one.evidence for one in about)
    assert any(one.evidence_withheld for one in about)
    assert shown.withheld.reports == 1


def test_a_restricted_figure_does_not_show_through_the_range(stages):
    row, _ = tharda(stages)
    killed = {
        one.report_id: one.killed for one in released(stages, INTERNAL, NO_DECISIONS).reports if one.incident_id == row["incident_id"]
    }
    highest = max((one for one in killed if killed[one][1] is not None), key=lambda one: killed[one][1])
    shown = released(with_sensitivity(stages, [highest]), PUBLIC, NO_DECISIONS)
    incident = next(one for one in shown.incidents if one.incident_id == row["incident_id"])
    assert incident.killed[1] < killed[highest][1]


def test_an_incident_known_from_restricted_reports_only_is_not_shown(stages):
    row, ids = tharda(stages)
    shown = released(with_sensitivity(stages, ids), PUBLIC, NO_DECISIONS)
    assert row["incident_id"] not in {one.incident_id for one in (*shown.incidents, *shown.findings, *shown.reports)}
    assert shown.withheld.incidents == 1
    assert shown.withheld.findings_sensitive > 0
    assert row["incident_id"] in {one.incident_id for one in released(with_sensitivity(stages, ids), INTERNAL, NO_DECISIONS).incidents}


def test_restricted_claims_are_left_out_and_counted(stages):
    said = list(claim_records(stages.resolved.claims))
    chosen = next(one for one in said if one.kind == "window")
    table = claim_table([replace(one, sensitivity="confidential") if one is chosen else one for one in said])
    shown = released(replace(stages, resolved=replace(stages.resolved, claims=table)), PUBLIC, NO_DECISIONS)
    assert chosen.claim_id not in {one.claim_id for one in shown.claims}
    assert all(chosen.claim_id not in one.evidence for one in shown.findings)
    assert shown.withheld.claims == 1


@pytest.mark.parametrize("clause", [None, "coh-attacks"])
def test_what_is_held_leaves_public_output_until_it_is_released(stages, clause):
    row, ids = tharda(stages)
    hold = Decision("d-1", "hold", "chief", "source at risk", datetime(2016, 9, 18, tzinfo=UTC), reports=(ids[0],), clause=clause)
    letting = replace(hold, decision_id="d-2", kind="release", recorded_at=datetime(2016, 9, 19, tzinfo=UTC))
    held, free = released(stages, PUBLIC, decision_table([hold])), released(stages, PUBLIC, decision_table([hold, letting]))
    about = [one for one in held.findings if one.incident_id == row["incident_id"] and clause in (None, one.clause)]
    assert about == []
    assert held.withheld.findings_held > 0
    assert (row["incident_id"] in {one.incident_id for one in held.incidents}) is (clause is not None)
    assert free.findings == released(stages, PUBLIC, NO_DECISIONS).findings
    inside = released(stages, INTERNAL, decision_table([hold])).findings
    assert {one.held for one in inside if one.incident_id == row["incident_id"] and clause in (None, one.clause)} == {True}


def test_public_places_are_no_finer_than_the_policy_says(stages):
    shown = released(stages, Policy(public_radius_m=5000.0), NO_DECISIONS)
    assert all(one.radius_m >= 5000.0 for one in shown.incidents if one.radius_m is not None)
    assert any(one.coarsened for one in shown.incidents)
    assert all(one.place_written is None and one.area_wkt is None for one in shown.incidents)


def test_a_zone_does_not_tell_more_of_a_place_than_is_shown(stages):
    coarse = released(stages, Policy(public_radius_m=150_000.0), NO_DECISIONS)
    assert coarse.withheld.findings_coarsened > 0
    assert len(coarse.findings) < len(released(stages, PUBLIC, NO_DECISIONS).findings)
    assert any(one.findings_withheld for one in coarse.incidents)


def test_the_same_rows_in_another_order_release_the_same(stages):
    turned = replace(
        stages,
        linked=replace(stages.linked, incident=_turned(stages.linked.incident), leg=_turned(stages.linked.leg)),
        findings=replace(stages.findings, finding=_turned(stages.findings.finding)),
    )
    one, other = released(stages, PUBLIC, NO_DECISIONS), released(turned, PUBLIC, NO_DECISIONS)
    assert json.dumps(asdict(one), default=str) == json.dumps(asdict(other), default=str)


def _turned(table):
    return table.take(list(reversed(range(len(table)))))
