"""A backup that is taken while somebody writes restores to a ledger that verifies."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from threading import Thread
from time import sleep

from trucewatch.ledger import Draft
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import verified

SHOWN_BY = (
    "tests/case/test_packing.py::test_every_entry_acknowledged_before_a_pack_begins_is_in_it",
    "tests/case/test_packing.py::test_evidence_that_is_erased_while_it_is_packed_is_left_out",
)
OPEN = ""


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def opened(folder):
    signer = CaseSigner(folder / "ledger.pub", folder.parent / "keys", case="promise")
    return SQLiteLedger(folder / "ledger.sqlite", folder / "evidence", program="1", signer=signer)


def test_a_copy_taken_while_somebody_writes_verifies(tmp_path):
    busy, copy = tmp_path / "busy", tmp_path / "copy"
    busy.mkdir()
    copy.mkdir()
    with closing(opened(busy)) as first:
        first.append((Draft("evidence", "e-0", "ana", {}, payload=b"0"),), clock=NOON)

    def write():
        with closing(opened(busy)) as mine:
            for number in range(1, 60):
                mine.append((Draft("evidence", f"e-{number}", "ana", {}, payload=str(number).encode()),), clock=NOON)

    writer = Thread(target=write)
    writer.start()
    while not (busy / "evidence").is_dir() or len(list((busy / "evidence").iterdir())) < 10:
        assert writer.is_alive(), "the writer stopped before it had written ten entries"
        sleep(0.001)
    with closing(sqlite3.connect(busy / "ledger.sqlite", timeout=30)) as source, closing(sqlite3.connect(copy / "ledger.sqlite")) as target:
        source.backup(target)
    shutil.copytree(busy / "evidence", copy / "evidence", ignore=shutil.ignore_patterns(".*"))  # after the entries that name it
    shutil.copyfile(busy / "ledger.pub", copy / "ledger.pub")
    writer.join()
    with closing(opened(copy)) as restored:
        told = verified(restored, restored.payload, public_keys(copy / "ledger.pub"))
        assert (told.ok, told.why) == (True, None)
        assert 9 <= told.size <= 60
        assert [restored.payload(one.digest) for one in restored.entries()] == [str(n).encode() for n in range(told.size)]
