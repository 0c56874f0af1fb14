"""The ledger in one SQLite file: one writer, many readers, nothing ever updated or deleted.

Journal mode TRUNCATE with synchronous EXTRA: SQLite before 3.51.3 can corrupt a WAL file that
is reset while read (sqlite.org/wal.html, “the WAL-reset bug”), and Debian 12 links 3.40.1.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import rfc8785

from trucewatch.errors import LedgerError
from trucewatch.ledger.entry import ENTRY_KINDS, Draft, Entry
from trucewatch.periods import iso

__all__ = ["SQLiteLedger", "journal_mode"]

_MAX_BODY = 64 * 1024

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TRIGGER IF NOT EXISTS entry_is_never_updated BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_never_deleted BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_never_replaced BEFORE INSERT ON entry
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only, without gaps'); END;
"""


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> str:
    """Return the journal mode that is safe with this SQLite version."""
    return "WAL" if version >= (3, 51, 3) else "TRUNCATE"


class SQLiteLedger:
    """`path` is the ledger file; evidence bytes lie in `evidence_dir`, one file per digest."""

    def __init__(self, path: Path, evidence_dir: Path, *, program: str) -> None:
        self._path = path
        self._evidence = evidence_dir
        self._program = program
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S)
            self._connection.execute(f"PRAGMA journal_mode={journal_mode()}")
            self._connection.execute("PRAGMA synchronous=EXTRA")
            self._connection.executescript(_SCHEMA)
        except sqlite3.Error as error:
            message = f"{path} cannot be opened as a ledger: {error}"
            raise LedgerError(message) from error

    def append(self, drafts: tuple[Draft, ...], *, clock: datetime) -> tuple[Entry, ...]:
        """Record all drafts or none; evidence bytes are on disk before the entry is."""
        if not drafts:
            return ()
        salted = [_salted(draft.payload) for draft in drafts]
        kept: list[Path] = []
        try:
            for draft, (digest, salt) in zip(drafts, salted, strict=True):
                if draft.payload is not None and digest and salt:
                    kept.append(self._keep(digest, bytes.fromhex(salt) + draft.payload))
            self._connection.execute("BEGIN IMMEDIATE")
            last, stamp = self._last()
            stamp = max(clock.astimezone(UTC), stamp) if stamp else clock.astimezone(UTC)
            entries = tuple(
                self._entry(last + number, draft, stamp, *salted[number - 1])
                for number, draft in enumerate(drafts, start=1)
            )
            self._connection.executemany(
                "INSERT INTO entry (seq, body) VALUES (?, ?)",
                [(entry.sequence, _encode(entry)) for entry in entries],
            )
            self._connection.execute("COMMIT")
        except (sqlite3.Error, rfc8785.CanonicalizationError) as error:
            self._roll_back(kept)
            message = f"{self._path}: nothing was recorded: {error}"
            raise LedgerError(message) from error
        except BaseException:
            self._roll_back(kept)
            raise
        return entries

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order; LedgerError if the numbering has a gap."""
        try:
            rows = self._connection.execute("SELECT seq, body FROM entry ORDER BY seq").fetchall()
        except sqlite3.Error as error:
            message = f"{self._path} cannot be read: {error}"
            raise LedgerError(message) from error
        for expected, (sequence, _) in enumerate(rows, start=1):
            if sequence != expected:
                message = f"{self._path}: entry {expected} is missing; the ledger was tampered with"
                raise LedgerError(message)
        return tuple(_decode(sequence, body) for sequence, body in rows)

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes with this digest; LedgerError if they do not match their entry."""
        file = self._evidence / digest
        if not file.exists():
            return None
        kept = file.read_bytes()
        if hashlib.sha256(kept).hexdigest() != digest:
            message = f"{file}: the bytes do not match the digest in the ledger"
            raise LedgerError(message)
        return kept[_SALT:]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _last(self) -> tuple[int, datetime | None]:
        row = self._connection.execute("SELECT seq, body FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        return (0, None) if row is None else (row[0], _decode(*row).recorded_at)

    def _roll_back(self, kept: list[Path]) -> None:
        """Undo a transaction, and the bytes that were written for it.

        An interruption may come after the commit: bytes that an entry names stay. If that cannot be
        read, all stay: bytes without an entry do no harm.
        """
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        if kept:
            with suppress(LedgerError):
                named = {entry.digest for entry in self.entries()}
                for file in kept:
                    if file.name not in named:
                        file.unlink(missing_ok=True)

    def _keep(self, digest: str, salted: bytes) -> Path:
        """Write salted bytes under their digest, durably; return the file."""
        self._evidence.mkdir(parents=True, exist_ok=True)
        partial = self._evidence / f".{digest}.partial"
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(salted)
            file.flush()
            os.fsync(file.fileno())
        kept = partial.replace(self._evidence / digest)
        folder = os.open(self._evidence, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return kept

    def _entry(
        self, sequence: int, draft: Draft, stamp: datetime, digest: str | None, salt: str | None
    ) -> Entry:
        if draft.kind not in ENTRY_KINDS:
            message = f"“{draft.kind}” is no kind of entry; known: {', '.join(ENTRY_KINDS)}"
            raise LedgerError(message)
        return Entry(
            sequence, draft.kind, draft.entry_id, stamp, draft.who, dict(draft.body), draft.supersedes,
            digest, salt, self._program,
        )


_SALT = 16
_PATIENCE_S = 30.0
"""How long a writer waits for another one before it gives up."""
_FIELDS = ("kind", "entry_id", "who", "body", "supersedes", "digest", "salt", "program")


def _salted(payload: bytes | None) -> tuple[str | None, str | None]:
    """Return (digest, salt) for bytes, both None when there are none."""
    if payload is None:
        return None, None
    salt = secrets.token_bytes(_SALT)
    return hashlib.sha256(salt + payload).hexdigest(), salt.hex()


def _encode(entry: Entry) -> bytes:
    plain: dict[str, Any] = {name: getattr(entry, name) for name in _FIELDS}
    plain["recorded_at"] = iso(entry.recorded_at)
    encoded = rfc8785.dumps(plain)
    if len(encoded) > _MAX_BODY:
        message = f"entry {entry.entry_id} has {len(encoded)} bytes; at most {_MAX_BODY}: give long text as payload"
        raise LedgerError(message)
    return encoded


def _decode(sequence: int, body: bytes) -> Entry:
    try:
        plain = json.loads(body)
        stamp = datetime.fromisoformat(plain.pop("recorded_at"))
        return Entry(sequence=sequence, recorded_at=stamp, **plain)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"entry {sequence} cannot be read; the ledger was tampered with: {error}"
        raise LedgerError(message) from error
