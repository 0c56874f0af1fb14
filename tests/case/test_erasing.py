"""Erasing evidence: gone from everywhere the case can reach, and said wherever it mattered."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from trucewatch.case import open_case
from trucewatch.case.proving import verify_case
from trucewatch.case.publications import issue_rows
from trucewatch.case.publishing import publish
from trucewatch.case.reporting import daily_report, write_daily_report
from trucewatch.cli import app
from trucewatch.errors import BadCall, UnknownName

DAY = date(2016, 9, 19)
CANARY = b"hit trucks that had brought aid"


@pytest.fixture
def case(own_demo):
    with open_case(own_demo, who="tester") as opened:
        yield opened


def evidence(case, file="reports.csv"):
    return next(one for one in case.ledger.entries() if one.body.get("file") == file)


def erasure(case):
    return next(one for one in case.ledger.entries() if one.kind == "erasure")


def holding(case, word):
    """Return the files of the case, made by the program, that hold a word."""
    folders = (case.folder.evidence, case.folder.cache, case.folder.out)
    return [file for folder in folders for file in folder.rglob("*") if file.is_file() and word in file.read_bytes()]


def test_after_erasing_no_file_of_the_case_holds_it_and_the_log_verifies(case):
    reports = [one["report_id"] for one in case.run().reports.rows() if one["evidence"] == evidence(case).entry_id]
    publish(case, DAY, form="html", recipients=["Desk"])
    write_daily_report(case, DAY, form="md", audience="internal")
    assert len(holding(case, CANARY)) >= 3
    done = case.erase([evidence(case).entry_id], because="asked for by the source")
    assert done.recipients == ("Desk",)
    assert set(reports) <= set(done.reports)
    assert holding(case, CANARY) == []
    for one in reports:
        assert [file.name for file in holding(case, one.encode())] in ([], [erasure(case).digest])
    found = verify_case(case)
    assert (found.ok, found.erased) == (True, 2)
    assert issue_rows(case)[0]["recipients"] is None


def test_what_rested_on_it_says_so_at_every_instant_and_nothing_became_compliant(case):
    at = case.cut_off(DAY)
    publish(case, DAY, form="md")
    before = {one["finding_id"]: one for one in case.run(at).findings.finding.rows()}
    case.erase([evidence(case).entry_id], because="asked for by the source")
    after = {one["finding_id"]: one for one in case.run(at).findings.finding.rows()}
    assert before.keys() <= after.keys()
    rested = [one for one in before.values() if any(name.startswith("r-") for name in json.loads(one["evidence"]))]
    assert len(rested) > 20
    for one in rested:
        now = after[one["finding_id"]]
        assert now["verdict"] == "undetermined"
        assert "erased" in json.loads(now["reason"])
    told = case.run(at).explain(rested[0]["finding_id"])
    assert "evidence erased" in " ".join(told["explanation"]["sentences"])
    assert CANARY.decode() not in daily_report(case, DAY, form="md", audience="internal")


def test_bytes_that_are_put_back_are_not_used_and_are_named(case):
    one = evidence(case)
    kept = (case.folder.evidence / one.digest).read_bytes()
    case.erase([one.entry_id], because="asked for by the source")
    (case.folder.evidence / one.digest).write_bytes(kept)
    with open_case(case.root) as again:
        assert len(again.run().reports) == 0
        found = verify_case(again)
        assert not found.ok
        assert "Erase them once more" in found.why
        size = len(again.ledger.entries())
        again.erase([one.entry_id], because="asked for by the source")
        assert len(again.ledger.entries()) == size
        assert verify_case(again).ok


def test_a_publication_alone_can_be_erased(case):
    issue, raw = publish(case, DAY, form="md")
    (case.folder.out / "sent.md").parent.mkdir(exist_ok=True)
    (case.folder.out / "sent.md").write_bytes(raw)
    case.erase([issue.entry.entry_id], because="the wrong file went out")
    assert not (case.folder.out / "sent.md").exists()
    assert verify_case(case).ok
    case.decide("opinion", because="x", reports=["r-aaaaaaaaaaaa"])
    again, text = publish(case, DAY, form="md")
    assert again.revision == 1
    assert "was erased to protect a source" in text.decode()


def test_what_cannot_be_erased_is_refused_with_what_can(case):
    one = evidence(case)
    report = next(row["report_id"] for row in case.run().reports.rows() if row["evidence"] == one.entry_id)
    with pytest.raises(BadCall, match=one.entry_id):
        case.erase([report], because="asked for")
    with pytest.raises(UnknownName):
        case.erase(["e-aaaaaaaaaaaa"], because="asked for")
    with pytest.raises(BadCall, match="reason"):
        case.erase([one.entry_id], because=" ")
    with pytest.raises(BadCall, match="ledger log"):
        case.erase([], because="asked for")


def test_a_dry_run_tells_and_destroys_nothing(case):
    one = evidence(case)
    answer = CliRunner().invoke(app, ["--case", str(case.root), "decide", "erase", one.entry_id, "--dry-run"])
    assert answer.exit_code == 0
    assert "would be erased: " + one.entry_id in answer.output
    assert case.ledger.payload(one.digest) is not None
    refused = CliRunner().invoke(app, ["--case", str(case.root), "decide", "hold", "--because", "x", "--dry-run"])
    assert refused.exit_code == 2


def test_the_text_of_a_case_file_cannot_be_confirmed_without_the_key(case, make_case):
    other = make_case()
    other.run()
    mine, yours = ([one for one in each.ledger.entries() if one.kind == "case_file"] for each in (case, other))
    assert {one.entry_id for one in mine} & {one.entry_id for one in yours} == set()
    assert {one.body["seen"] for one in mine} & {one.body["seen"] for one in yours} == set()
