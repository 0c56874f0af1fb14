"""`ledger witness`: a second key under a checkpoint, and `ledger verify` that demands it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from trucewatch.cli import app


def ledger(case, *arguments):
    return CliRunner().invoke(app, ["--case", str(case), "ledger", *map(str, arguments)])


def witness(case, folder, out="seen.txt", key="witness.pem", name="ombudsman", *more):
    return ledger(case, "witness", "--key", folder / key, "--name", name, "--out", folder / out, *more)


def verify(case, folder, note="seen.txt", public="seen.txt.pub"):
    return ledger(case, "verify", "--checkpoint", folder / note, "--witness", folder / public)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "of-the-witness"
    made.mkdir()
    return made


def test_what_a_witness_signed_is_verified(own_demo, folder):
    assert witness(own_demo, folder).exit_code == 0
    assert (folder / "witness.pem").stat().st_mode & 0o077 == 0
    assert verify(own_demo, folder).exit_code == 0
    assert ledger(own_demo, "verify", "--checkpoint", folder / "seen.txt").exit_code == 0
    again = witness(own_demo, folder, "later.txt", "witness.pem", "ombudsman", "--seen", folder / "seen.txt")
    assert again.exit_code == 0, again.output
    assert (folder / "later.txt.pub").read_text() == (folder / "seen.txt.pub").read_text()


def test_a_checkpoint_without_the_witness_or_with_another_is_refused(own_demo, folder):
    assert witness(own_demo, folder).exit_code == 0
    assert witness(own_demo, folder, "other.txt", "other.pem").exit_code == 0
    (folder / "bare.txt").write_text(ledger(own_demo, "checkpoint").stdout, encoding="utf-8")
    for note in ("bare.txt", "other.txt"):
        answer = verify(own_demo, folder, note)
        assert answer.exit_code == 4
        assert "signed by the witness ombudsman" in " ".join(answer.output.split())


def test_a_time_that_was_changed_is_no_signature(own_demo, folder):
    import base64

    assert witness(own_demo, folder).exit_code == 0
    note = folder / "seen.txt"
    *head, line = note.read_text(encoding="utf-8").rstrip("\n").split("\n")
    dash, name, blob = line.split(" ")
    raw = bytearray(base64.b64decode(blob))
    raw[11] ^= 1
    note.write_text("\n".join([*head, f"{dash} {name} {base64.b64encode(raw).decode()}"]) + "\n", encoding="utf-8")
    assert verify(own_demo, folder).exit_code == 4


def test_a_ledger_that_does_not_verify_is_not_witnessed(own_demo, folder):
    evidence = min((own_demo / "evidence").iterdir())
    evidence.write_bytes(evidence.read_bytes() + b"?")
    answer = witness(own_demo, folder)
    assert answer.exit_code == 4
    assert "nothing was signed" in answer.output
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["", "two words", "a+b"])
def test_a_name_that_would_not_be_read_back_is_refused(own_demo, folder, name):
    assert witness(own_demo, folder, name=name).exit_code == 2


def test_a_key_in_the_case_folder_is_refused(own_demo, folder):
    answer = ledger(own_demo, "witness", "--key", own_demo / "w.pem", "--name", "w", "--out", folder / "n.txt")
    assert answer.exit_code == 2
    assert not (own_demo / "w.pem").exists()
