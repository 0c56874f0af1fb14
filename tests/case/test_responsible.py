"""`changes` names the entries of the ledger behind every finding that moved, looked for where the finding cites none."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trucewatch.case.case import open_case
from trucewatch.case.listing import changed_rows
from trucewatch.case.making import new_case
from trucewatch.case.responsible import with_entries

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour-truce"


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    with new_case(tmp_path_factory.mktemp("made") / "case", EXAMPLE / "agreement.yaml", timezone="UTC", who="tester") as made:
        for name in ("claims.csv", "reports.csv"):
            made.add(EXAMPLE / name)
        yield made


def moved(case, start, end):
    before, after = case.run(start), case.run(end)
    return with_entries(case, before, after, changed_rows(before, after))


def test_what_a_finding_cites_is_traced_to_the_entry_that_holds_it(replayed):
    rows = moved(replayed, "2019-03-07T07:00", "2019-03-10T07:00")
    assert rows
    files = {entry.entry_id: entry.body["file"] for entry in replayed.record.entries() if entry.kind == "evidence"}
    result = replayed.run("2019-03-10T07:00")
    reports = set(result.resolved.tables.report.values("report_id"))
    for row in rows:
        brought = [one for entry in row["entries"] for one in entry["brought"]]
        assert sorted(brought) == row["because"] or not row["because"]
        for entry in row["entries"]:
            assert entry["file"] == files[entry["entry_id"]]
            assert all((one in reports) == (entry["file"] == "reports.csv") for one in entry["brought"])


def test_what_time_alone_brought_has_no_entry_and_says_when(replayed):
    """A duty that fell due is asked for, although nobody said anything."""
    rows = [row for row in moved(replayed, "2019-03-07T07:00", "2019-03-12T07:00") if not row["entries"]]
    assert rows
    assert any((row["old_verdict"], row["new_verdict"]) == ("not_covered", "undetermined") for row in rows)
    for row in rows:
        assert not row["because"]
        if row["step"] is not None:
            again = changed_rows(replayed.run(row["step"]), replayed.run("2019-03-12T07:00"))
            assert row["finding_id"] not in {one["finding_id"] for one in again}


@pytest.fixture
def live(tmp_path, monkeypatch):
    """A live case whose clock the test moves."""
    ticks = [datetime(2019, 4, 1, tzinfo=UTC)]
    monkeypatch.setattr("trucewatch.case.case.now", lambda: ticks[0])
    with new_case(tmp_path / "case", EXAMPLE / "agreement.yaml", timezone="UTC", who="tester") as made:
        file = made.root / "case.toml"
        file.write_text(file.read_text().replace('mode = "replay"', 'mode = "live"'))
    with open_case(made.root, who="tester") as case:
        assert case.settings.mode == "live"

        def later(minutes=10):
            ticks[0] += timedelta(minutes=minutes)
            return ticks[0]

        yield case, later


def test_an_agreement_read_anew_is_the_entry_behind_what_it_moved(live):
    case, later = live
    for name in ("claims.csv", "reports.csv"):
        case.add(EXAMPLE / name)
        later()
    case.run()
    start = later()
    later()
    file = case.root / "places.csv"  # recorded between, and moves nothing
    file.write_text(file.read_text() + "nowhere,Nowhere,,10.0,10.0,1000,,village\n")
    case.run()
    later()
    agreement = case.root / "agreement.yaml"
    text = agreement.read_text()
    agreement.write_text(text.replace("violation: {who: corroborated", "violation: {who: reported", 1))
    case.run()
    end = later()
    before, after = case.run(start), case.run(end)
    rows = changed_rows(before, after)
    assert rows, "the new agreement moves something"
    told = with_entries(case, before, after, rows)
    last = [entry for entry in case.record.entries() if entry.kind == "case_file" and entry.body["file"] == "agreement.yaml"][-1]
    assert {tuple(one["entry_id"] for one in row["entries"]) for row in told if not row["because"]} == {(last.entry_id,)}


def test_what_a_finding_cites_and_a_file_read_anew_are_both_named(live):
    """The same finding has a new report and another agreement: neither stands for the other."""
    case, later = live
    case.add(EXAMPLE / "claims.csv")
    later()
    case.run()
    start = later()
    later()
    case.add(EXAMPLE / "reports.csv")
    later()
    agreement = case.root / "agreement.yaml"
    agreement.write_text(agreement.read_text().replace("violation: {who: corroborated", "violation: {who: reported", 1))
    case.run()
    end = later()
    before, after = case.run(start), case.run(end)
    told = with_entries(case, before, after, changed_rows(before, after))
    named = {tuple(sorted({one["file"] for one in row["entries"]} - {"claims.csv"})) for row in told if row["because"]}
    assert ("agreement.yaml", "reports.csv") in named, "moved by the second, made by the first"
    assert ("reports.csv",) in named, "and what the agreement did not move is not laid to it"


def test_a_decision_taken_back_names_the_decision_that_took_it_back(live):
    case, later = live
    for name in ("claims.csv", "reports.csv"):
        case.add(EXAMPLE / name)
    later()
    row = next(
        one for one in case.run().findings.finding.rows()
        if one["clause"] == "no-heavy-guns" and one["reading"] == "default" and one["reason"] == '["act"]'
    )
    reports = [one for one in json.loads(row["evidence"]) if one.startswith("r-")]
    asked = {"clause": "no-heavy-guns", "question": "act", "reports": reports}
    wrong = case.decide("determine", because="Measured: 122 mm.", answer="yes", **asked)
    later()
    case.run()
    start = later()
    later()
    back = case.decide("determine", because="Misread: 60 mm.", answer="no", supersedes=wrong, **asked)
    end = later()
    before, after = case.run(start), case.run(end)
    told = with_entries(case, before, after, changed_rows(before, after))
    assert told
    assert any(back in {one["entry_id"] for one in row["entries"]} for row in told)
