"""The ledger in one SQLite file: one writer, many readers, nothing ever updated or deleted.

Journal mode TRUNCATE with synchronous EXTRA: SQLite before 3.51.3 can corrupt a WAL file that
is reset while read (sqlite.org/wal.html, “the WAL-reset bug”), and Debian 12 links 3.40.1.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from trucewatch.errors import LedgerError
from trucewatch.ledger.encoding import decode, numbered
from trucewatch.ledger.entry import Check, Draft, Entry, Row, Signer
from trucewatch.ledger.evidence import EvidenceFolder
from trucewatch.ledger.merkle import Peaks
from trucewatch.ledger.sqlite_schema import insert_rows, prepare

__all__ = ["SQLiteLedger", "journal_mode"]

_PATIENCE_S = 30.0
"""How long a writer waits for another one before it gives up."""
_ROWS = "SELECT seq, CAST(body AS BLOB), CAST(leaf AS BLOB) FROM entry WHERE seq > ? ORDER BY seq"
"""SQLite keeps any type in any column: whatever lies there is read as bytes, and then compared."""
_PAUSE_S = 0.001
"""Between two tries to write. SQLite's own waiting grows to a tenth of a second, and the last of many comes too late."""


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> str:
    """Return the journal mode that is safe with this SQLite version."""
    return "WAL" if version >= (3, 51, 3) else "TRUNCATE"


class SQLiteLedger:
    """`path` is the ledger file; evidence bytes lie in `evidence_dir`, one file per digest.

    With a `signer` every transaction ends with a signed checkpoint.
    """

    def __init__(self, path: Path, evidence_dir: Path, *, program: str, signer: Signer | None = None) -> None:
        self._path = path
        self._program = program
        self._signer = signer
        self._read: tuple[Entry, ...] = ()
        """What was read so far: nothing of it can change."""
        self._peaks = Peaks()
        self.evidence = EvidenceFolder(evidence_dir)
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S)
            self._connection.execute(f"PRAGMA journal_mode={journal_mode()}")
            self._connection.execute("PRAGMA synchronous=EXTRA")
            prepare(self._connection, path, signer)
        except sqlite3.Error as error:
            message = f"{path} cannot be opened as a ledger: {error}"
            raise LedgerError(message) from error

    def append(
        self, drafts: tuple[Draft, ...], *, clock: datetime, check: Check | None = None
    ) -> tuple[Entry, ...]:
        """Record all drafts or none; evidence bytes are on disk before the entry is."""
        if not drafts:
            return ()
        kept: list[str] = []
        try:
            digests = [self._kept(draft, kept) for draft in drafts]
            self._begin()
            if check is not None:
                check(self.entries())
            last, stamp = self._last()
            now = clock.astimezone(UTC)
            entries = numbered(
                zip(drafts, digests, strict=True), after=last, stamp=max(now, stamp or now), program=self._program
            )
            peaks = self._edge(last)
            self._insert(entries, peaks)
            self._connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            self._roll_back(kept)
            message = f"{self._path}: nothing was recorded: {error}"
            raise LedgerError(message) from error
        except BaseException:
            self._roll_back(kept)
            raise
        self._peaks = peaks
        return entries

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order; LedgerError if the numbering has a gap."""
        fresh = []
        for expected, row in enumerate(self.rows(after=len(self._read)), start=len(self._read) + 1):
            if row.sequence != expected:
                message = f"{self._path}: entry {expected} is missing; the ledger was tampered with"
                raise LedgerError(message)
            fresh.append(decode(row.sequence, row.body))
        if fresh:
            self._read = (*self._read, *fresh)
        return self._read

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes with this digest; LedgerError if they do not match their entry."""
        return self.evidence.payload(digest)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def size(self) -> int:
        """Return the number of the last entry."""
        return int(self._all("SELECT coalesce(max(seq), 0) FROM entry")[0][0])

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Yield rows as they lie there; LedgerError where the file cannot be read."""
        try:
            for row in self._connection.execute(_ROWS, (after,)):
                yield Row(*row)
        except sqlite3.Error as error:
            message = f"{self._path} cannot be read: {error}"
            raise LedgerError(message) from error

    def hashes(self, level: int, first: int, end: int) -> Sequence[bytes]:
        """Return hashes of the leaves (level 0) or of a kept level."""
        statement = (
            "SELECT CAST(leaf AS BLOB) FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq" if level == 0
            else f"SELECT CAST(hash AS BLOB) FROM node WHERE level = {level:d} AND number >= ? AND number < ? ORDER BY number"
        )
        return [hashed for (hashed,) in self._all(statement, first, end)]

    def notes(self, *, least: int = 0) -> Sequence[tuple[int, str]]:
        """Return (size, signed note) of the checkpoints."""
        found = self._all("SELECT size, CAST(note AS BLOB) FROM checkpoint WHERE size >= ? ORDER BY size", least)
        return [(size, note.decode(errors="replace")) for size, note in found]

    def _all(self, statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]  # of whatever the statement asks
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            message = f"{self._path} cannot be read: {error}"
            raise LedgerError(message) from error

    def _kept(self, draft: Draft, kept: list[str]) -> str | None:
        if draft.payload is None:
            return None
        kept.append(self.evidence.keep(draft.payload))
        return kept[-1]

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

    def _last(self) -> tuple[int, datetime | None]:
        row = self._connection.execute("SELECT seq, body FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        return (0, None) if row is None else (row[0], decode(*row).recorded_at)

    def _edge(self, size: int) -> Peaks:
        return self._peaks.copy() if self._peaks.size == size else Peaks.at(size, self.hashes)

    def _insert(self, entries: tuple[Entry, ...], peaks: Peaks) -> None:
        insert_rows(self._connection, entries, peaks)
        if self._signer is not None:
            note = self._signer.sign(peaks.size, peaks.root())
            self._connection.execute("INSERT INTO checkpoint (size, note) VALUES (?, ?)", (peaks.size, note))

    def _roll_back(self, kept: list[str]) -> None:
        """Undo a transaction, and the bytes that were written for it.

        An interruption may come after the commit: bytes that an entry names stay. If that cannot be
        read, all stay: bytes without an entry do no harm.
        """
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
        if kept:
            with suppress(LedgerError, OSError):
                named = {entry.digest for entry in self.entries()}
                for digest in kept:
                    if digest not in named:
                        (self.evidence.path / digest).unlink(missing_ok=True)
