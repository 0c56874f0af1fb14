"""What differs between two instants of knowledge, and because of what."""

import json

import pytest

from trucewatch.findings.changes import finding_changes, incident_correspondence
from trucewatch.findings.judging import judge_all
from trucewatch.incidents.leg import leg_table
from trucewatch.incidents.schema import INCIDENT_REPORT
from trucewatch.reports.claim import claim_table
from trucewatch.tables import Table


@pytest.fixture
def run(agreement, actors, claims):
    def judged(*legs, known_at=None, readings=("default",)):
        table = leg_table(legs)
        tables = judge_all(
            table, agreement=agreement, readings=readings, actors=actors, claims=claim_table(claims),
            known_at=known_at, program_version="0",
        )
        return tables, table

    return judged


def changes(before, after, correspondence=None, **more):
    return finding_changes(
        before[0], after[0], old_legs=before[1], new_legs=after[1], correspondence=correspondence or {}, **more
    ).rows()


def test_nothing_changed(run, make):
    assert changes(run(make.leg()), run(make.leg())) == []


def test_a_flipped_element_and_what_flipped_it(run, make):
    before = run(make.leg(by=make.named(), strength=make.strength(who="alleged")))
    after = run(make.leg(reports=("r-one", "r-three", "r-two")))
    (row,) = changes(before, after)
    assert (row["old_verdict"], row["new_verdict"]) == ("undetermined", "violation")
    assert json.loads(row["old_reason"]) == ["who"]
    assert json.loads(row["elements"]) == [{"element": "who", "old": "unknown", "new": "true (verified)"}]
    assert json.loads(row["because"]) == ["r-three"]
    assert row["old_finding_id"] is None


def test_a_window_known_later(run, make):
    leg = make.leg("2016-09-17T10:00")
    before, after = run(leg, known_at=make.instant("2016-09-17T12:00")), run(leg)
    row = next(row for row in changes(before, after) if row["clause"] == "coh-attacks")
    assert (row["old_verdict"], row["new_verdict"]) == ("undetermined", "violation")
    because = json.loads(row["because"])
    assert "syr16-c010" in because
    known = frozenset({"syr16-c010", "syr16-c009", "r-nine"})
    row = next(row for row in changes(before, after, known_differently=known) if row["clause"] == "coh-attacks")
    assert json.loads(row["because"]) == ["syr16-c009", "syr16-c010"]


def test_new_and_gone(run, make):
    one, two = make.leg(), make.leg(leg_id="l-two", incident_id="i-two")
    (row,) = changes(run(one), run(one, two))
    assert (row["old_verdict"], row["new_verdict"], row["incident_id"]) == (None, "violation", "i-two")
    (row,) = changes(run(one, two), run(one))
    assert (row["old_verdict"], row["new_verdict"]) == ("violation", None)
    assert json.loads(row["because"])[:2] == ["r-one", "r-two"]


def test_what_moved_out_of_the_term_names_only_what_put_it_outside(run, make):
    (row,) = changes(run(make.leg()), run(make.leg(against=make.named("isil"))))
    assert (row["old_verdict"], row["new_verdict"]) == ("violation", "not_covered")
    assert json.loads(row["elements"]) == [{"element": "against", "old": "true (verified)", "new": "false (verified)"}]


def test_a_renamed_leg_keeps_its_history(run, make):
    before = run(make.leg(by=make.named()))
    after = run(make.leg(leg_id="l-new", incident_id="i-new"))
    (row,) = changes(before, after, {"i-one": "i-new"})
    assert (row["old_verdict"], row["new_verdict"]) == ("undetermined", "violation")
    assert row["old_finding_id"] in before[0].finding.values("finding_id")
    assert row["finding_id"] in after[0].finding.values("finding_id")
    assert len(changes(before, after)) == 2


def test_a_renamed_leg_that_says_the_same_is_no_change(run, make):
    assert changes(run(make.leg()), run(make.leg(leg_id="l-new"))) == []


def test_of_several_legs_the_one_with_most_shared_evidence_corresponds(run, make):
    old = run(make.leg(by=make.named()))
    far = make.leg(leg_id="l-a", reports=("r-x",))
    near = make.leg(leg_id="l-b", reports=("r-one", "r-two"))
    rows = changes(old, run(far, near))
    renamed = next(row for row in rows if row["old_finding_id"])
    assert json.loads(renamed["because"]) == []
    assert [row["old_verdict"] for row in rows if not row["old_finding_id"]] == [None]


def test_another_family_of_act_does_not_correspond(run, make):
    rows = changes(run(make.leg()), run(make.leg(leg_id="l-new", acts=("advance",))))
    assert {(row["old_verdict"], row["new_verdict"]) for row in rows} == {("violation", None), (None, "violation")}


def test_incidents_correspond_by_shared_reports():
    def table(**homes):
        return Table.from_rows(INCIDENT_REPORT, [{"incident_id": home, "report_id": one} for one, home in homes.items()])

    old = table(a="i-1", b="i-1", c="i-1", d="i-2", e="i-3", f="i-3")
    new = table(a="i-9", b="i-9", c="i-8", e="i-7", f="i-6")
    assert incident_correspondence(old, new) == {"i-1": "i-9", "i-3": "i-6"}


def test_a_change_of_state_or_provision_counts(run, make):
    leg = make.leg()
    reading = ("window-sy-army",)
    before = run(leg, known_at=make.instant("2016-09-13T12:00"), readings=reading)
    after = run(leg, known_at=make.instant("2016-09-17T12:00"), readings=reading)
    rows = [row for row in changes(before, after) if row["clause"] == "coh-attacks"]
    assert [(row["old_verdict"], row["new_verdict"]) for row in rows] == [("violation", "violation")]
    assert changes(before, before) == []
