"""A full disk corrupts nothing, is told, and what was recorded can still be read."""

import errno
import os
from datetime import UTC, datetime

import pytest

from trucewatch.errors import LedgerError
from trucewatch.ledger import Draft
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import verified

SHOWN_BY = ()
OPEN = "a failure at every single write of the file system"


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path):
    signer = CaseSigner(tmp_path / "ledger.pub", tmp_path / "keys", case="promise")
    opened = SQLiteLedger(tmp_path / "ledger.sqlite", tmp_path / "evidence", program="1", signer=signer)
    opened.append((Draft("evidence", "e-first", "ana", {}, payload=b"first"),), clock=NOON)
    yield opened
    opened.close()


def whole(ledger, folder):
    return verified(ledger, ledger.payload, public_keys(folder / "ledger.pub"))


def test_the_database_cannot_grow(ledger, tmp_path):
    ledger._connection.execute(f"PRAGMA max_page_count = {ledger._connection.execute('PRAGMA page_count').fetchone()[0]}")
    acknowledged = 1
    with pytest.raises(LedgerError, match="nothing was recorded"):
        for number in range(200):
            ledger.append((Draft("decision", f"d-{number}", "ana", {"why": "x" * 500}, payload=b"long"),), clock=NOON)
            acknowledged += 1
    assert len(ledger.entries()) == acknowledged
    assert ledger.payload(ledger.entries()[0].digest) == b"first"
    assert whole(ledger, tmp_path).ok
    assert len(list((tmp_path / "evidence").iterdir())) == acknowledged, "no bytes of what was not recorded"
    ledger._connection.execute("PRAGMA max_page_count = 100000")
    ledger.append((Draft("decision", "d-again", "ana", {}),), clock=NOON)
    assert whole(ledger, tmp_path).ok


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_the_evidence_cannot_be_written(ledger, tmp_path, monkeypatch, nth):
    sync, calls = os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    drafts = tuple(Draft("evidence", f"e-{number}", "ana", {}, payload=b"more") for number in range(2))
    with pytest.raises(LedgerError, match="No space left"):
        ledger.append(drafts, clock=NOON)
    monkeypatch.undo()
    assert [one.entry_id for one in ledger.entries()] == ["e-first"]
    assert whole(ledger, tmp_path).ok
    ledger.append(drafts, clock=NOON)
    assert len(ledger.entries()) == 3
