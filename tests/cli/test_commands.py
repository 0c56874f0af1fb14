"""Deciding, checking and looking after a case; and the five exit codes."""

import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from trucewatch import __version__
from trucewatch.ledger.sqlite import journal_mode

REPOSITORY = Path(__file__).parents[2]


def exit_1(trucewatch, root):
    file = root / "agreement.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")


def exit_4(_, root):
    (root / "ledger.sqlite").write_bytes(b"no ledger " * 400)


# agreement


def test_lint_of_the_demo_passes(trucewatch, demo_root):
    answer = trucewatch("agreement", "lint", "--json", case=demo_root)
    assert answer.code == 0
    assert {one["severity"] for one in answer.problems} <= {"warning"}
    spoken = trucewatch("agreement", "lint", case=demo_root)
    assert (spoken.code, spoken.out) == (0, "")
    assert "readings" in spoken.err


def test_lint_of_a_broken_agreement_is_exit_1_with_every_problem(trucewatch, own_demo):
    exit_1(trucewatch, own_demo)
    answer = trucewatch("agreement", "lint", "--json", case=own_demo)
    assert answer.code == 1
    assert "nonsense" in [one["value"] or one["column"] for one in answer.problems] or "nonsense" in answer.out
    assert all(one["line"] for one in answer.problems)
    assert "agreement.yaml, line" in answer.err


def test_the_examples_of_the_demo_come_out_as_written(trucewatch, demo_root):
    answer = trucewatch("agreement", "test", "--json", case=demo_root)
    assert answer.code == 0
    assert len(answer.rows) >= 10
    assert all(row["passed"] for row in answer.rows)
    assert list(answer.rows[0]) == ["clause", "line", "say", "reading", "expected", "found", "passed"]


def test_an_example_that_comes_out_otherwise_is_exit_1(trucewatch, own_demo):
    file = own_demo / "agreement.yaml"
    text = file.read_text(encoding="utf-8")
    assert "not_covered" in text
    file.write_text(text.replace("not_covered", "compliant"), encoding="utf-8")
    answer = trucewatch("agreement", "test", case=own_demo)
    assert answer.code == 1, answer.err
    assert "come out otherwise" in answer.err


def test_the_examples_with_the_windows_of_a_file(trucewatch, demo_root, shipped):
    given = trucewatch("agreement", "test", "--claims", shipped / "claims.csv", "--json", case=demo_root)
    assert given.out == trucewatch("agreement", "test", "--json", case=demo_root).out


# ledger


def test_log_lists_every_entry(trucewatch, demo_root):
    rows = trucewatch("ledger", "log", "--json", case=demo_root).rows
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["kind"] for row in rows] == ["evidence"] * 2 + ["case_file"] * 4
    assert list(rows[0]) == ["sequence", "recorded_at", "kind", "entry_id", "who", "supersedes", "body"]
    spoken = trucewatch("ledger", "log", case=demo_root)
    assert "reports.csv" in spoken.out


def test_verify_reads_every_byte_back(trucewatch, own_demo):
    found = trucewatch("ledger", "verify", "--json", case=own_demo).document
    assert (found["ok"], found["size"], found["first_bad"]) == (True, 6, None)
    kept = sorted((own_demo / "evidence").iterdir())
    kept[1].write_bytes(kept[1].read_bytes() + b"!")
    answer = trucewatch("ledger", "verify", "--json", case=own_demo)
    assert (answer.code, answer.document["ok"]) == (1, False)
    assert kept[1].name in answer.err
    kept[1].unlink()
    answer = trucewatch("ledger", "verify", "--json", case=own_demo)
    assert answer.code == 1
    assert "gone" in answer.err


def test_verify_finds_a_missing_entry(trucewatch, own_demo):
    connection = sqlite3.connect(own_demo / "ledger.sqlite", isolation_level=None)
    connection.execute("DROP TRIGGER entry_is_never_deleted")
    connection.execute("DELETE FROM entry WHERE seq = 2")
    connection.close()
    answer = trucewatch("ledger", "verify", "--json", case=own_demo)
    assert answer.code == 1
    assert answer.document["first_bad"] == 2
    assert "entry 2 is missing" in answer.rows[0]["why"]


# doctor


def test_doctor_says_what_the_program_stands_on(trucewatch):
    answer = trucewatch("doctor", "--json")
    assert answer.code == 0
    assert answer.document["case"] is None
    (row,) = answer.rows
    assert row["trucewatch"] == __version__
    assert row["python"] == ".".join(map(str, sys.version_info[:3]))
    assert row["sqlite"] == sqlite3.sqlite_version
    assert row["sqlite_journal_mode"] == journal_mode()
    assert row["sqlite_synchronous"] == "EXTRA"
    for name in ("duckdb", "numpy", "shapely", "typer"):
        assert row[name], name
    lock = REPOSITORY / "requirements.lock"
    assert row["lock_sha256"] == hashlib.sha256(lock.read_bytes()).hexdigest()
    assert "duckdb" in trucewatch("doctor").out


# decide


def pair(trucewatch, root):
    """Two incidents with findings."""
    rows = trucewatch("findings", "--clause", "coh-attacks", "--json", case=root).rows
    return list(dict.fromkeys(row["incident_id"] for row in rows if row["incident_id"]))[:2]


def test_decide_records_and_prints_what_it_changes(trucewatch, own_demo):
    one, other = pair(trucewatch, own_demo)
    before = trucewatch("findings", "--json", case=own_demo).rows
    answer = trucewatch(
        "decide", "same", one, other, "--because", "one crater", "--by", "ann", "--json", case=own_demo
    )
    assert answer.code == 0, answer.err
    assert answer.document["schema"] == "trucewatch/changes/1"
    assert answer.rows
    assert "recorded" in answer.err
    assert f"{len(answer.rows)} finding(s) changed" in answer.err
    after = trucewatch("findings", "--json", case=own_demo).rows
    assert {row["finding_id"] for row in before} != {row["finding_id"] for row in after}
    (decision,) = {row["decision_id"] for row in answer.rows}
    entry = trucewatch("ledger", "log", "--json", case=own_demo).rows[-1]
    assert (entry["entry_id"], entry["kind"], entry["who"]) == (decision, "decision", "ann")
    assert entry["body"]["because"] == "one crater"
    undone = trucewatch("decide", "opinion", "--undo", decision, "--because", "two craters", case=own_demo)
    assert undone.code == 0
    assert "finding_id" in undone.out
    assert trucewatch("findings", "--json", case=own_demo).rows == before


def test_decide_that_changes_nothing_says_so(trucewatch, own_demo):
    answer = trucewatch("decide", "opinion", "--because", "I wonder", "--json", case=own_demo)
    assert answer.code == 0
    assert answer.rows == []
    assert "0 finding(s) changed" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("same", "--because", "x"), ("same", "r-nothing", "--because", "x"), ("sane", "--because", "x"), ("opinion",),
        ("opinion", "--because", " "), ("opinion", "--because", "x", "--undo", "d-nothing"),
        ("opinion", "--because", "x", "--effective", "soon"),
    ],
)
def test_a_decision_that_cannot_be_right_is_exit_2_and_not_recorded(trucewatch, demo_root, arguments):
    before = trucewatch("ledger", "log", "--json", case=demo_root).out
    answer = trucewatch("decide", *arguments, "--json", case=demo_root)
    assert answer.code == 2
    assert answer.document["schema"] == "trucewatch/error/1"
    assert trucewatch("ledger", "log", "--json", case=demo_root).out == before


# demo and report


def test_demo_makes_runs_and_reports_the_shipped_case(trucewatch, tmp_path):
    first = trucewatch("demo", tmp_path / "demo")
    assert first.code == 0, first.err
    assert "reports.csv: 128 of 128 rows" in first.err
    assert "undetermined" in first.err
    reports = list((tmp_path / "demo" / "out").iterdir())
    assert reports
    assert str(reports[0].name) in first.err
    again = trucewatch("demo", tmp_path / "demo")
    assert again.code == 0
    assert "reports.csv: already recorded" in again.err


@pytest.mark.parametrize(
    "arguments", [("yesterday",), ("2016-09-31",), ("2016-09-19", "--format", "docx"), ("2016-09-19", "--audience", "everybody")]
)
def test_a_report_that_cannot_be_is_exit_2(trucewatch, demo_root, arguments):
    answer = trucewatch("report", *arguments, "--out", "-", case=demo_root)
    assert (answer.code, answer.out) == (2, "")


# exit codes, of the program as it is installed


@pytest.mark.parametrize(("code", "spoil"), [(1, exit_1), (4, exit_4)])
def test_what_is_broken_is_said_without_traceback(trucewatch, own_demo, code, spoil):
    spoil(trucewatch, own_demo)
    for arguments in (("run",), ("findings", "--json"), ("review", "--json")):
        answer = trucewatch(*arguments, case=own_demo)
        assert answer.code == code, answer
        assert "Traceback" not in answer.err
        if "--json" in arguments:
            assert answer.document["schema"] == "trucewatch/error/1"


def test_a_folder_that_cannot_be_used_is_exit_4(trucewatch, own_demo):
    (own_demo / "ledger.sqlite").unlink()
    (own_demo / "ledger.sqlite").mkdir()
    assert trucewatch("ledger", "log", "--json", case=own_demo).code == 4


def installed(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-c", "from trucewatch.cli import main; main()", *map(str, arguments)],
        capture_output=True, text=True, cwd=cwd, timeout=60, check=False,
    )


def test_the_program_from_outside(demo_root, tmp_path):
    good = installed("--case", demo_root, "ledger", "verify", cwd=tmp_path)
    assert (good.returncode, good.stdout) == (0, "")
    assert "entries agree" in good.stderr
    assert installed("ledger", "verify", cwd=tmp_path).returncode == 2


def test_what_nobody_foresaw_is_exit_4_with_its_traceback(tmp_path):
    program = (
        "import trucewatch.cli as cli\n"
        "def fall(): raise ZeroDivisionError('nobody foresaw this')\n"
        "cli.app = fall\n"
        "cli.main()\n"
    )
    fallen = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert fallen.returncode == 4
    assert "ZeroDivisionError: nobody foresaw this" in fallen.stderr


def test_changes_that_no_example_notices_are_listed(trucewatch, own_demo):
    answer = trucewatch("agreement", "test", "--mutate", "--json", case=own_demo)
    assert {one["section"] for one in answer.rows} >= {"clause", "zone", "phase", "group", "evidence"}
    assert any(one["noticed_by"] for one in answer.rows)
    assert answer.code == (1 if any(one["missing"] or one["stale"] for one in answer.rows) else 0)
    told = trucewatch("agreement", "test", "--mutate", case=own_demo)
    broken = sum(one["broken"] is not None for one in answer.rows)
    assert f"{len(answer.rows) - broken} changes, " in told.err
    assert f"{broken} more cannot be judged" in told.err
