"""A data set that is edited and cut week by week: what it says now counts now, what it said then is not lost."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from trucewatch.case.making import new_case
from trucewatch.case.revisions import differences, revised
from trucewatch.cli import app
from trucewatch.errors import BadCall, Conflict, UnknownName
from trucewatch.reports import EvidenceRef, Written

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour-truce"


def rows():
    with (EXAMPLE / "reports.csv").open(encoding="utf-8", newline="") as file:
        return list({row["document"]: row for row in csv.DictReader(file) if row["document"]}.values())


@pytest.fixture
def week(tmp_path):
    """Return a function that writes rows as the file of a week."""

    def written(name, chosen):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows()[0])
            writer.writeheader()
            writer.writerows(chosen)
        return tmp_path / name

    return written


@pytest.fixture
def case(tmp_path, week):
    with new_case(tmp_path / "case", EXAMPLE / "agreement.yaml", timezone="UTC", who="ana") as made:
        made.add(EXAMPLE / "claims.csv")
        made.add(week("week-1.csv", rows()[:10]))
        yield made


def edited(chosen):
    """The second row says other dead, the fourth is gone, there is one more, and the order is another."""
    second = chosen[1] | {"killed": "7"}
    return [rows()[10], *chosen[4:], chosen[0], second, chosen[2]]


def last(case):
    return [one for one in case.ledger.entries() if one.kind == "evidence"][-1].entry_id


def reports(case, known_at=None):
    return {row["document"]: row for row in case.run(known_at).resolved.tables.report.rows()}


def counted(case):
    return len(case.run().resolved.tables.report.values("report_id"))


def test_an_edited_row_is_replaced_a_deleted_one_counts_no_more_and_both_are_told(case, week):
    before, first = reports(case), last(case)
    added = case.revise(week("week-2.csv", edited(rows()[:10])), first, because="the source corrected itself")
    after = reports(case)
    names = [row["document"] for row in rows()[:11]]
    assert set(before) - set(after) == {names[3]}
    assert set(after) - set(before) == {names[10]}
    for name in (names[0], names[2], *names[4:10]):
        assert after[name] == before[name], "what did not change is known from when it was first known"
    assert after[names[1]]["evidence"] == added.evidence_id
    told = [one for one in case.run().problems if "Revised by ana" in one.advice]
    assert [(one.value, "the source corrected itself" in one.advice) for one in told] == [("1 edited, 1 deleted, 1 added", True)]
    answer = CliRunner().invoke(app, ["--case", str(case.root), "revisions", "--json"])
    found = {row["what"]: row for row in json.loads(answer.stdout)["rows"]}
    assert found["edited"]["cells"] == {"killed": [rows()[1]["killed"], "7"]}
    assert (found["edited"]["old"], found["deleted"]["old"], found["added"]["new"]) == ("row 3", "row 5", "row 2")
    assert {row["because"] for row in found.values()} == {"the source corrected itself"}


def test_week_after_week(case, week):
    for number in range(2, 5):
        case.revise(week(f"week-{number}.csv", rows()[: 10 + number]), last(case), because=f"week {number}")
        assert counted(case) == 10 + number
    case.revise(week("week-5.csv", rows()[:10]), last(case), because="taken back")
    assert counted(case) == 10
    with pytest.raises(Conflict, match="was revised by ana already"):
        case.revise(week("week-6.csv", rows()[:3]), last_but_one(case), because="of an old one")


def last_but_one(case):
    return [one for one in case.ledger.entries() if one.kind == "evidence"][-2].entry_id


def test_in_a_live_case_the_past_stays_as_it_was_known(case, week):
    file = case.root / "case.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('mode = "replay"', 'mode = "live"'), encoding="utf-8")
    case.settings = type(case)(case.root, who="ana").settings
    before = reports(case)
    then = case.ledger.entries()[-1].recorded_at + timedelta(microseconds=1)
    case.revise(week("week-2.csv", edited(rows()[:10])), last(case), because="corrected")
    assert reports(case, then) == before
    assert reports(case).keys() != before.keys()


def test_in_a_replayed_case_a_revision_leaks_into_no_day_before_it(case, week):
    before = reports(case)
    at = datetime(2019, 4, 1, tzinfo=UTC)
    case.revise(week("week-2.csv", edited(rows()[:10])), last(case), because="corrected", effective=at)
    known = {name for name, row in before.items() if row["known_at"] is not None}
    assert {name: row for name, row in reports(case, at - timedelta(seconds=1)).items() if name in known} == {
        name: row for name, row in before.items() if name in known and row["known_at"] < at
    }
    assert reports(case).keys() != before.keys()


def test_versions_are_erased_together_because_they_share_their_rows(case, week):
    first = last(case)
    case.revise(week("week-2.csv", edited(rows()[:10])), first, because="corrected")
    plan = case.erase([first], because="danger")
    assert len(plan.targets) == 2
    assert reports(case) == {}


def test_what_cannot_be_revised_is_refused(case, week):
    file = week("week-2.csv", rows()[:2])
    with pytest.raises(UnknownName):
        case.revise(file, "e-none", because="x")
    with pytest.raises(BadCall, match="needs a reason"):
        case.revise(file, last(case), because=" ")
    size = case.ledger.size()
    case.revise(file, last(case), because="x")
    case.revise(file, last_but_one(case), because="x")
    assert case.ledger.size() == size + 1, "the same once more changes nothing"


REF = {name: EvidenceRef(name, f"{name}.csv", datetime(2026, 3, 1, tzinfo=UTC), "table") for name in ("e-1", "e-2")}
CELLS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 2)), max_size=8)


def as_rows(name, cells):
    return [(REF[name], Written("report", f"row {n}", {"killed": str(v)}, {"id": k, "killed": str(v)})) for n, (k, v) in enumerate(cells)]


@given(CELLS, CELLS)
def test_after_a_revision_exactly_its_rows_count_and_every_other_is_accounted_for(before, after):
    old, new = as_rows("e-1", before), as_rows("e-2", after)
    found = revised(old, new)
    assert sorted(tuple(row.raw.items()) for _, row in found) == sorted(tuple(row.raw.items()) for _, row in new)
    stayed = [row for ref, row in found if ref is REF["e-1"]]
    told = differences(old, new)
    count = {what: sum(one.what == what for one in told) for what in ("edited", "deleted", "added")}
    assert len(old) == len(stayed) + count["edited"] + count["deleted"]
    assert len(new) == len(stayed) + count["edited"] + count["added"]
    assert all(one.cells for one in told)
