"""An upgrade loses no entry, keeps a copy of the ledger as it was, and a newer ledger is refused."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from trucewatch.errors import LedgerError
from trucewatch.ledger import Draft
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.sqlite_schema import VERSION
from trucewatch.ledger.verification import verified

SHOWN_BY = (
    "tests/ledger/test_lost_server.py::test_a_ledger_on_a_server_of_another_version_is_refused_and_left_alone",
)
OPEN = "of PostgreSQL ledgers there has been one version only; more than one upgrade in a row has not been needed yet"

RELEASED = Path(__file__).parents[1] / "ledger" / "released"
"""A ledger as the program of each version wrote it, with what that program read back of it (entries.json)."""
VERSIONS = sorted(one.name for one in RELEASED.iterdir())


def opened(folder):
    signer = CaseSigner(folder / "ledger.pub", folder.parent / "keys", case="promise")
    return SQLiteLedger(folder / "ledger.sqlite", folder / "evidence", program="1", signer=signer)


@pytest.fixture(params=VERSIONS)
def released(request, tmp_path):
    return Path(shutil.copytree(RELEASED / request.param, tmp_path / request.param))


def told(folder):
    return json.loads((folder / "entries.json").read_text(encoding="utf-8"))


def test_there_is_a_ledger_of_every_version():
    assert [f"version-{number}" for number in range(VERSION + 1)] == VERSIONS


def test_every_entry_of_every_version_is_there_as_it_was_read_then(released):
    with closing(opened(released)) as ledger:
        assert [
            {
                "sequence": one.sequence, "kind": one.kind, "entry_id": one.entry_id, "recorded_at": one.recorded_at.isoformat(),
                "who": one.who, "body": one.body, "supersedes": one.supersedes, "digest": one.digest, "program": one.program,
                "payload": ledger.payload(one.digest).decode() if one.digest else None,
            }
            for one in ledger.entries()
        ] == told(released)
        assert verified(ledger, ledger.payload, public_keys(released / "ledger.pub")).ok
        ledger.append((Draft("decision", "d-new", "eve"),), clock=datetime.fromisoformat("2026-04-01T12:00Z"))
        assert verified(ledger, ledger.payload, public_keys(released / "ledger.pub")).ok
    with closing(opened(released)) as again:
        assert [one.entry_id for one in again.entries()] == [*(one["entry_id"] for one in told(released)), "d-new"]


def test_before_an_upgrade_a_copy_is_kept_from_which_it_can_be_done_again(released):
    before = contents(released / "ledger.sqlite")
    with closing(opened(released)):
        pass
    copies = list(released.glob("ledger.sqlite.version-*"))
    assert [one.name for one in copies] == ([] if released.name == f"version-{VERSION}" else [f"ledger.sqlite.{released.name}"])
    for copy in copies:
        assert contents(copy) == before
        copy.replace(released / "ledger.sqlite")
        with closing(opened(released)) as ledger:
            assert len(ledger.entries()) == len(told(released))


def contents(file):
    with closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


def test_an_upgrade_that_is_interrupted_leaves_the_ledger_as_it_was(tmp_path, monkeypatch):
    folder = Path(shutil.copytree(RELEASED / "version-0", tmp_path / "version-0"))
    before = contents(folder / "ledger.sqlite")
    with monkeypatch.context() as patch:
        patch.setattr("trucewatch.ledger.sqlite_schema.insert_rows", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            opened(folder)
    assert contents(folder / "ledger.sqlite") == before
    with closing(opened(folder)) as ledger:
        assert len(ledger.entries()) == len(told(folder))


def test_a_ledger_of_a_later_version_is_refused_and_left_alone(released):
    with closing(sqlite3.connect(released / "ledger.sqlite")) as file:
        file.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = (released / "ledger.sqlite").read_bytes()
    with pytest.raises(LedgerError, match=f"version {VERSION + 1}"):
        opened(released)
    assert (released / "ledger.sqlite").read_bytes() == before
    assert not list(released.glob("*.version-*"))
