"""`ledger verify`, `checkpoint`, `prove`, and the checker that needs no trucewatch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trucewatch.cli import app

CHECKER = Path(__file__).resolve().parents[2] / "scripts" / "verify_proof.py"


def ledger(case, *arguments):
    return CliRunner().invoke(app, ["--case", str(case), "ledger", *map(str, arguments)])


def checked(file, key, *more, python=(sys.executable, "-I", "-S"), path="/usr/bin:/bin"):
    """Run the checker in an empty environment; -S hides every installed package."""
    return subprocess.run(
        [*python, str(CHECKER), str(file), "--key", str(key), *map(str, more)],
        env={"PATH": path}, capture_output=True, text=True, check=False,
    )


@pytest.fixture
def proof(own_demo, tmp_path):
    entry = json.loads(ledger(own_demo, "log", "--json").stdout)["rows"][0]["entry_id"]
    answer = ledger(own_demo, "prove", entry, "--out", tmp_path / "proof.json")
    assert answer.exit_code == 0, answer.output
    return tmp_path / "proof.json"


def test_verify_says_ok_size_root_and_first_bad(own_demo):
    answer = ledger(own_demo, "verify", "--json")
    found = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert (found["ok"], found["first_bad"]) == (True, None)
    assert found["size"] == len(json.loads(ledger(own_demo, "log", "--json").stdout)["rows"])
    note = ledger(own_demo, "checkpoint").stdout.split("\n")
    assert note[1:3] == [str(found["size"]), found["root"]]


def test_verify_names_what_was_tampered_with(own_demo):
    evidence = next(iter(sorted((own_demo / "evidence").iterdir())))
    evidence.write_bytes(evidence.read_bytes()[:-1] + b"?")
    answer = ledger(own_demo, "verify", "--json")
    found = json.loads(answer.stdout)
    assert answer.exit_code == 1
    assert found["ok"] is False
    assert isinstance(found["first_bad"], int)


def test_a_stranger_checks_a_proof_with_the_key_alone(own_demo, proof):
    answer = checked(proof, own_demo / "ledger.pub")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["proven"] is True
    key = (own_demo / "ledger.pub").read_text().strip()
    assert checked(proof, key).returncode == 0


@pytest.mark.parametrize("place", ["entry", "proof"])
def test_a_changed_proof_is_none(own_demo, proof, place):
    bundle = json.loads(proof.read_text())
    text = bundle[place]
    for at in range(0, len(text), max(1, len(text) // 25)):
        if text[at] in "\n ":
            continue
        bundle[place] = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        proof.write_text(json.dumps(bundle))
        assert checked(proof, own_demo / "ledger.pub").returncode == 1, at


def test_another_key_or_another_checkpoint_proves_nothing(own_demo, proof, tmp_path, make_case):
    with make_case() as other:
        strange = other.folder.public_keys.read_text()
    assert "NOT PROVEN" in checked(proof, strange.strip()).stderr
    held = tmp_path / "held.txt"
    held.write_text(ledger(own_demo, "checkpoint").stdout)
    assert checked(proof, own_demo / "ledger.pub", "--checkpoint", held).returncode == 0
    held.write_text(held.read_text() + "\n")
    assert checked(proof, own_demo / "ledger.pub", "--checkpoint", held).returncode == 1


def test_what_is_not_recorded_cannot_be_proven(own_demo, tmp_path):
    answer = ledger(own_demo, "prove", "r-000000000000", "--out", tmp_path / "none.json")
    assert answer.exit_code == 2
    assert not (tmp_path / "none.json").exists()


def test_a_forged_proof_is_none_where_python_drops_its_asserts(own_demo, proof):
    bundle = json.loads(proof.read_text())
    bundle["entry"] = bundle["entry"].replace('"who":"', '"who":"un')
    forged = proof.with_name("forged.json")
    forged.write_text(json.dumps(bundle))
    optimised = (sys.executable, "-I", "-S", "-O")
    assert checked(forged, own_demo / "ledger.pub", python=optimised).returncode == 1
    assert checked(proof, own_demo / "ledger.pub", python=optimised).returncode == 0
