"""An upgrade loses no entry, keeps a copy of the ledger as it was, and a newer ledger is refused."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from trucewatch.errors import LedgerError
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import verified

SHOWN_BY = ()
OPEN = "PostgreSQL, and more than one earlier version"


SALT = bytes(range(16))
GUARDS = "".join(
    f"CREATE TRIGGER entry_is_never_{name} BEFORE {what} BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    for name, what in (
        ("updated", "UPDATE ON entry"), ("deleted", "DELETE ON entry"),
        ("replaced", "INSERT ON entry WHEN EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq)"),
    )
)


@pytest.fixture
def version_0(tmp_path):
    """A ledger as the first version wrote it: two entries, one with bytes; the salt in the entry, no hashes."""
    digest = sha256(SALT + b"given").hexdigest()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / digest).write_bytes(SALT + b"given")
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as file:
        file.executescript("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);" + GUARDS)
        for number, kept in ((1, digest), (2, None)):
            body = {
                "kind": "decision", "entry_id": f"d-{number}", "who": "ana", "body": {"n": number}, "supersedes": None,
                "digest": kept, "salt": SALT.hex() if kept else None, "program": "0.0.1", "recorded_at": f"2026-03-0{number}T12:00:00Z",
            }
            file.execute("INSERT INTO entry VALUES (?, ?)", (number, json.dumps(body).encode()))
        file.commit()
    return tmp_path


def opened(folder):
    signer = CaseSigner(folder / "ledger.pub", folder / "keys", case="promise")
    return SQLiteLedger(folder / "ledger.sqlite", folder / "evidence", program="1", signer=signer)


def test_every_entry_of_an_earlier_version_is_there_and_a_copy_is_kept(version_0):
    before = (version_0 / "ledger.sqlite").read_bytes()
    with closing(opened(version_0)) as ledger:
        entries = ledger.entries()
        assert [(one.sequence, one.entry_id, one.body["n"], one.program) for one in entries] == [
            (1, "d-1", 1, "0.0.1"), (2, "d-2", 2, "0.0.1"),
        ]
        assert entries[0].recorded_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
        assert ledger.payload(entries[0].digest) == b"given"
        assert verified(ledger, ledger.payload, public_keys(version_0 / "ledger.pub")).ok
    copy = version_0 / "ledger.sqlite.version-0"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM entry").fetchone() == (2,)
    assert len(copy.read_bytes()) == len(before)


def test_a_ledger_of_a_later_version_is_refused_and_left_alone(version_0):
    with closing(sqlite3.connect(version_0 / "ledger.sqlite")) as file:
        file.execute("PRAGMA user_version = 99")
    before = (version_0 / "ledger.sqlite").read_bytes()
    with pytest.raises(LedgerError, match="version 99"):
        opened(version_0)
    assert (version_0 / "ledger.sqlite").read_bytes() == before
