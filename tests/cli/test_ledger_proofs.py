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


@pytest.fixture
def finding(own_demo, tmp_path):
    """The proof of a finding of a published report: its file, its id."""
    run = CliRunner().invoke(app, ["--case", str(own_demo), "report", "2016-09-19", "--publish", "--format", "json", "--out", str(tmp_path / "r.json")])
    assert run.exit_code == 0, run.output
    wanted = json.loads((tmp_path / "r.json").read_text())["findings"][0]["id"]
    answer = ledger(own_demo, "prove", wanted, "--out", tmp_path / "proof.json")
    assert answer.exit_code == 0, answer.output
    return tmp_path / "proof.json", wanted


def test_a_published_finding_is_proven_with_the_key_alone(own_demo, finding):
    file, wanted = finding
    assert file.stat().st_size <= 2048
    answer = checked(file, own_demo / "ledger.pub")
    assert answer.returncode == 0, answer.stderr
    fields = json.loads(answer.stdout)["fields"]
    assert (fields["finding"], fields["verdict"]) == (wanted, "undetermined")
    assert fields.keys() == {"finding", "clause", "reading", "verdict", "provisional", "reasons"}


def test_only_the_fields_that_were_asked_for_are_shown(own_demo, finding):
    file, wanted = finding
    assert ledger(own_demo, "prove", wanted, "--field", "state", "--day", "2016-09-19", "--out", file).exit_code == 0
    fields = json.loads(checked(file, own_demo / "ledger.pub").stdout)["fields"]
    assert fields.keys() == {"finding", "state"}
    assert ledger(own_demo, "prove", wanted, "--field", "bearers", "--out", file).exit_code == 2


def test_a_forged_finding_is_not_proven(own_demo, finding, tmp_path):
    file, _ = finding
    honest = json.loads(file.read_text())

    def refused(**changed):
        forged = tmp_path / "forged.json"
        forged.write_text(json.dumps({**honest, **changed}))
        answer = checked(forged, own_demo / "ledger.pub")
        assert answer.returncode == 1
        assert answer.stderr.startswith("NOT PROVEN")

    told = honest["disclosed"]
    fields = told["fields"]
    refused(disclosed={**told, "fields": {**fields, "verdict": [fields["verdict"][0], "violation"]}})
    refused(disclosed={**told, "fields": {**fields, "verdict": ["A" * 16, fields["verdict"][1]]}})
    refused(proves="f-aaaaaaaaaaaa")
    refused(proves="f-aaaaaaaaaaaa", disclosed=None)
    refused(proves="f-aaaaaaaaaaaa", disclosed={**told, "fields": {**fields, "finding": [fields["finding"][0], "f-aaaaaaaaaaaa"]}})
    refused(entry=honest["entry"].replace("undetermined", "violation").replace('"revision":0', '"revision":1'))
    first = json.loads(ledger(own_demo, "log", "--json").stdout)["rows"][0]["entry_id"]
    assert ledger(own_demo, "prove", first, "--out", tmp_path / "other.json").exit_code == 0
    other = json.loads((tmp_path / "other.json").read_text())
    refused(entry=other["entry"], proof=other["proof"])


def test_a_proof_against_another_checkpoint_is_refused(own_demo, finding, tmp_path):
    _, wanted = finding
    held = tmp_path / "held.txt"
    held.write_text(ledger(own_demo, "checkpoint").stdout)
    CliRunner().invoke(app, ["--case", str(own_demo), "report", "2016-09-18", "--publish", "--format", "md"])
    later = tmp_path / "later.json"
    assert ledger(own_demo, "prove", wanted, "--out", later).exit_code == 0
    assert checked(later, own_demo / "ledger.pub").returncode == 0
    assert checked(later, own_demo / "ledger.pub", "--checkpoint", held).returncode == 1
    assert ledger(own_demo, "prove", wanted, "--checkpoint", held, "--out", later).exit_code == 0
    assert checked(later, own_demo / "ledger.pub", "--checkpoint", held).returncode == 0


def test_a_finding_that_was_never_published_cannot_be_proven(own_demo, tmp_path):
    answer = ledger(own_demo, "prove", "f-aaaaaaaaaaaa", "--out", tmp_path / "none.json")
    assert answer.exit_code == 2
    assert "--publish" in answer.output
