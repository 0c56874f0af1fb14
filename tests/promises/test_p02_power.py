"""A ledger that was torn or flipped on the disk is named, and never read as if it were whole."""

import shutil
from datetime import UTC, datetime

import pytest

from trucewatch.errors import LedgerError
from trucewatch.ledger import Draft
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import verified

SHOWN_BY = (
    "tests/ledger/test_verification.py::test_any_flipped_byte_of_an_entry_is_named",
)
OPEN = "a disk that loses what it said was written"


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def opened(folder):
    signer = CaseSigner(folder / "ledger.pub", folder / "keys", case="promise")
    return SQLiteLedger(folder / "ledger.sqlite", folder / "evidence", program="1", signer=signer)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of a ledger of thirty signed entries, and the entries."""
    folder = tmp_path_factory.mktemp("whole")
    ledger = opened(folder)
    for number in range(30):
        ledger.append((Draft("decision", f"d-{number}", "ana", {"n": number}),), clock=NOON)
    entries = ledger.entries()
    ledger.close()
    return folder, entries


def found(folder, raw):
    """Return whether a damaged file passes for a ledger, and its entries if it does."""
    (folder / "ledger.sqlite").write_bytes(raw)
    try:
        ledger = opened(folder)
    except LedgerError:
        return False, ()
    try:
        told = verified(ledger, ledger.payload, public_keys(folder / "ledger.pub"))
        return told.ok, ledger.entries() if told.ok else ()
    finally:
        ledger.close()


@pytest.mark.parametrize("share", [0.1, 0.35, 0.5, 0.8, 0.95])
def test_a_torn_file_is_no_ledger(whole, tmp_path, share):
    folder, _ = whole
    copy = shutil.copytree(folder, tmp_path / "copy")
    raw = (folder / "ledger.sqlite").read_bytes()
    ok, _ = found(copy, raw[: int(len(raw) * share)])
    assert not ok


def test_a_flipped_byte_is_named_or_harms_nothing(whole, tmp_path):
    folder, entries = whole
    copy = shutil.copytree(folder, tmp_path / "copy")
    raw = (folder / "ledger.sqlite").read_bytes()
    named = 0
    for at in range(100, len(raw), len(raw) // 60):
        ok, told = found(copy, raw[:at] + bytes([raw[at] ^ 0x20]) + raw[at + 1 :])
        assert not ok or told == entries, at
        named += not ok
    assert named > 10
