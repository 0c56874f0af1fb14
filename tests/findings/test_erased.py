"""What evidence that is gone leaves behind: never compliance, always the word."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.findings import FindingTables, LostGround, with_erased
from trucewatch.findings.schema import DUTY, ELEMENT, FINDING, VERDICTS
from trucewatch.tables import Table

AT = datetime(2016, 9, 20, tzinfo=UTC)


def finding(number, verdict, *reports, clause="c", reading="default"):
    return {
        "finding_id": f"f-{number}", "subject_kind": "leg", "subject_id": f"l-{number}", "incident_id": f"i-{number}",
        "clause": clause, "reading": reading, "verdict": verdict, "provisional": False, "reason": ["no_breach"],
        "state": "reported", "attribution": "none", "bearers": [], "exceptions": [], "missing": [],
        "evidence": list(reports), "agreement_version": "a", "program_version": "1", "known_at": None,
    }


def lost(number, verdict, *left, since=None, clause="c", reading="default"):
    return LostGround(f"f-{number}", "leg", f"l-{number}", f"i-{number}", clause, reading, verdict, since, left, "d-erasure")


def after(rows, grounds, known_at=None, readings=("default",)):
    tables = FindingTables(Table.from_rows(FINDING, rows), Table.from_rows(ELEMENT, []), Table.from_rows(DUTY, []))
    told = with_erased(tables, grounds, readings=readings, agreement="a", program="1", known_at=known_at)
    return {row["finding_id"]: row for row in told.finding.rows()}


def reasons(row):
    return json.loads(row["reason"])


def test_a_finding_whose_happening_is_gone_stays_and_says_so():
    row = after([], [lost(1, "violation")])["f-1"]
    assert (row["verdict"], reasons(row), row["state"]) == ("undetermined", ["erased"], "unverifiable")
    assert json.loads(row["evidence"]) == ["d-erasure"]


def test_what_is_left_excuses_nobody():
    row = after([finding(1, "compliant", "r-left")], [lost(1, "violation", "r-left")])["f-1"]
    assert (row["verdict"], reasons(row)) == ("undetermined", ["erased"])


def test_a_renamed_finding_is_the_same_finding():
    rows = after([finding(2, "compliant", "r-left")], [lost(1, "violation", "r-left")])
    assert rows.keys() == {"f-2"}
    assert rows["f-2"]["verdict"] == "undetermined"
    other = after([finding(2, "compliant", "r-left", clause="d")], [lost(1, "violation", "r-left")])
    assert (other["f-1"]["verdict"], other["f-2"]["verdict"]) == ("undetermined", "compliant")


def test_what_other_evidence_still_shows_stands_and_says_so():
    row = after([finding(1, "violation", "r-left")], [lost(1, "violation", "r-left")])["f-1"]
    assert (row["verdict"], reasons(row)) == ("violation", ["no_breach", "erased"])
    same = after([finding(1, "compliant", "r-left")], [lost(1, "compliant", "r-left")])["f-1"]
    assert (same["verdict"], json.loads(same["evidence"])) == ("compliant", ["r-left", "d-erasure"])


def test_before_it_was_known_and_under_readings_that_were_not_run_nothing_was_lost():
    assert after([], [lost(1, "violation", since=AT)], known_at=AT.replace(day=19)) == {}
    assert after([], [lost(1, "violation", since=AT)], known_at=AT).keys() == {"f-1"}
    assert after([], [lost(1, "violation", reading="window-us")]) == {}


@pytest.mark.parametrize("before", VERDICTS)
@pytest.mark.parametrize("now", VERDICTS)
def test_erasing_makes_nothing_compliant_or_uncovered(before, now):
    row = after([finding(1, now, "r-left")], [lost(1, before, "r-left")])["f-1"]
    assert row["verdict"] not in {"compliant", "not_covered"} - {before}


_names = st.integers(0, 4)


_told = st.tuples(st.sampled_from(VERDICTS), st.sets(st.sampled_from("rstu")))


@given(rows=st.dictionaries(_names, _told), grounds=st.dictionaries(_names, _told))
def test_no_finding_is_lost_or_quietened(rows, grounds):
    given_rows = [finding(one, verdict, *(f"r-{name}" for name in sorted(left))) for one, (verdict, left) in rows.items()]
    erased = [lost(one, verdict, *(f"r-{name}" for name in sorted(left))) for one, (verdict, left) in grounds.items()]
    told = after(given_rows, erased)
    then = {one.finding_id: one for one in erased}
    for one in erased:
        assert one.finding_id in told or any(set(json.loads(row["evidence"])) & set(one.left) for row in told.values())
    for key, row in told.items():
        if key in then and row["verdict"] in ("compliant", "not_covered"):
            assert row["verdict"] == then[key].verdict, "it said so before"
    assert after(given_rows, erased[::-1]) == told
