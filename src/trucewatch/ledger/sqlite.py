"""The ledger in one SQLite file: one writer, many readers, nothing ever updated or deleted.

Journal mode TRUNCATE with synchronous EXTRA: SQLite before 3.51.3 can corrupt a WAL file that
is reset while read (sqlite.org/wal.html, “the WAL-reset bug”), and Debian 12 links 3.40.1.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from trucewatch.errors import LedgerError
from trucewatch.ledger.entry import Row, Signer
from trucewatch.ledger.evidence import EvidenceFolder
from trucewatch.ledger.sqlite_schema import insert_rows, prepare, write_note
from trucewatch.ledger.store import Node, SQLStore

__all__ = ["SQLiteLedger", "journal_mode"]

_PATIENCE_S = 30.0
"""How long a writer waits for another one before it gives up."""
_PAUSE_S = 0.001
"""Between two tries to write. SQLite's own waiting grows to a tenth of a second, and the last of many comes too late."""


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> str:
    """Return the journal mode that is safe with this SQLite version."""
    return "WAL" if version >= (3, 51, 3) else "TRUNCATE"


class SQLiteLedger(SQLStore):
    """`path` is the ledger file; evidence bytes lie in `evidence_dir`, one file per digest.

    With a `signer` every transaction ends with a signed checkpoint.
    """

    _failures = (sqlite3.Error, UnicodeDecodeError)  # the second: what SQLite says of a damaged name
    _bytes = _text = "coalesce(CAST({} AS BLOB), x'')"
    """SQLite keeps any type in any column, and a damaged file gives NULL: whatever lies there is read as bytes, and then compared."""

    def __init__(self, path: Path, evidence_dir: Path, *, program: str, signer: Signer | None = None) -> None:
        super().__init__(str(path), EvidenceFolder(evidence_dir), program=program, signer=signer)
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S)
            self._connection.execute(f"PRAGMA journal_mode={journal_mode()}")
            self._connection.execute("PRAGMA synchronous=EXTRA")
            prepare(self._connection, path, signer)
        except self._failures as error:
            message = f"{path} cannot be opened as a ledger: {error}"
            raise LedgerError(message) from error

    def back_up(self, file: Path) -> None:
        """Copy the ledger, as it is at one instant, into a new file; nobody has to stop writing.

        Of one state the copies are alike to the byte, and hold nothing that was ever freed in the file.
        """
        try:
            with closing(sqlite3.connect(file, isolation_level=None)) as copy:
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.execute("VACUUM")
        except self._failures as error:
            message = f"{self._place} could not be copied to {file}: {error}"
            raise LedgerError(message) from error

    def _query(self, statement: str, values: Sequence[object]) -> Sequence[tuple[object, ...]]:
        found: list[tuple[object, ...]] = self._connection.execute(statement, values).fetchall()
        return found

    def _in_transaction(self) -> bool:
        return bool(self._connection.in_transaction)

    def _insert(self, rows: Sequence[Row], nodes: Sequence[Node]) -> None:
        insert_rows(self._connection, rows, nodes)

    def _write_note(self, size: int, note: str) -> None:
        write_note(self._connection, size, note)

    def _begin(self) -> None:
        """Become the writer."""
        deadline = time.monotonic() + _PATIENCE_S
        self._connection.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                        raise
                    time.sleep(_PAUSE_S)
                else:
                    return
        finally:
            self._connection.execute(f"PRAGMA busy_timeout={_PATIENCE_S * 1000:.0f}")
