"""`ledger copy`: a case moves to a server and back, and verifies to the same root everywhere."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from trucewatch.cli import app


def ledger(case, *arguments):
    return CliRunner().invoke(app, ["--case", str(case), "ledger", *map(str, arguments)])


def verified(case):
    answer = ledger(case, "verify", "--json")
    found = json.loads(answer.stdout)
    return answer.exit_code, found["size"], found["root"]


@pytest.fixture
def address(request):
    pytest.importorskip("psycopg")
    part = dict(one.split("=", 1) for one in request.getfixturevalue("postgres_dsn").split())
    return f"postgresql://{part['user']}@/{part['dbname']}?host={part['host']}&port={part['port']}"


def test_a_case_moves_to_a_server_and_back(own_demo, tmp_path, address):
    before = verified(own_demo)
    settings = own_demo / "case.toml"
    written = settings.read_text(encoding="utf-8").replace('id = "', f'id = "{tmp_path.name[-20:]}-', 1)
    settings.write_text(written, encoding="utf-8")
    answer = ledger(own_demo, "copy", "--to", address)
    assert answer.exit_code == 0, answer.output
    (own_demo / "ledger.sqlite").rename(tmp_path / "old.sqlite")
    settings.write_text(f'{written}\n[ledger]\nstore = "{address}"\n', encoding="utf-8")
    assert verified(own_demo) == before
    assert not (own_demo / "ledger.sqlite").exists()
    answer = CliRunner().invoke(app, ["--case", str(own_demo), "run"])
    assert answer.exit_code == 0, answer.output
    after = verified(own_demo)
    assert after[:2] == (0, before[1] + 1), "the changed case.toml is recorded, on the server"
    assert ledger(own_demo, "copy", "--to", own_demo / "ledger.sqlite").exit_code == 0
    settings.write_text(written, encoding="utf-8")
    assert verified(own_demo) == after


def test_a_file_that_exists_is_not_overwritten(own_demo, tmp_path):
    there = tmp_path / "letter.txt"
    there.write_text("to the mission", encoding="utf-8")
    answer = ledger(own_demo, "copy", "--to", there)
    assert answer.exit_code == 2
    assert "exists already" in answer.output
    assert there.read_text(encoding="utf-8") == "to the mission"


def test_a_ledger_that_does_not_verify_is_not_copied(own_demo, tmp_path):
    evidence = min((own_demo / "evidence").iterdir())
    evidence.write_bytes(evidence.read_bytes() + b"?")
    answer = ledger(own_demo, "copy", "--to", tmp_path / "copy.sqlite")
    assert answer.exit_code != 0
    assert "nothing was copied" in answer.output
    assert not (tmp_path / "copy.sqlite").exists()
