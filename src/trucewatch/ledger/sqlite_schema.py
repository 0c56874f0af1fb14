"""The tables of a SQLite ledger, and how a ledger of an earlier version becomes one of this version."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from trucewatch.errors import LedgerError
from trucewatch.ledger.entry import Entry, Row, Signer
from trucewatch.ledger.merkle import Peaks
from trucewatch.ledger.store import Node, grown

__all__ = ["VERSION", "insert_rows", "prepare", "write_note"]

VERSION = 1
"""Kept in the file as `user_version`. 0: entries without hashes, the salt of a payload in its entry."""

_TABLES = """
CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL, leaf BLOB NOT NULL);
CREATE TABLE node (level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, number)) WITHOUT ROWID;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL);
CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only, without gaps'); END;
"""
_GUARD = """
CREATE TRIGGER {table}_is_never_{what}d BEFORE {what} ON {table}
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""


def prepare(connection: sqlite3.Connection, path: Path, signer: Signer | None) -> None:
    """Make the tables of a new ledger, or bring an earlier one up to date, keeping a copy of it.

    LedgerError for a ledger of a later version: an older program would not know what it must keep.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version == VERSION:
        return
    if version > VERSION:
        message = (
            f"{path} has version {version}, this program knows versions up to {VERSION}. "
            "Use a later version of trucewatch; nothing was changed"
        )
        raise LedgerError(message)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if int(connection.execute("PRAGMA user_version").fetchone()[0]) == 0:  # not done by another program meanwhile
            _bring_up(connection, path, signer)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _bring_up(connection: sqlite3.Connection, path: Path, signer: Signer | None) -> None:
    old = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entry'").fetchone() is not None
    if old:
        _back_up(path, path.with_name(f"{path.name}.version-0"))
        connection.execute("ALTER TABLE entry RENAME TO entry_0")
        for trigger in ("updated", "deleted", "replaced"):
            connection.execute(f"DROP TRIGGER entry_is_never_{trigger}")
    for statement in _statements():
        connection.execute(statement)
    if old:
        entries = tuple(_from_version_0(connection))
        peaks = Peaks()
        insert_rows(connection, *grown(entries, peaks))
        if signer is not None and entries:
            write_note(connection, peaks.size, signer.sign(peaks.size, peaks.root()))
        connection.execute("DROP TABLE entry_0")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements() -> Iterator[str]:
    whole = _TABLES + "".join(
        _GUARD.format(table=table, what=what)
        for table in ("entry", "node", "checkpoint")
        for what in ("update", "delete")
    )
    statement = ""
    for line in whole.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _back_up(path: Path, copy: Path) -> None:
    """Copy the ledger as it was; a reader of its own, because the migration already writes."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _from_version_0(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Yield the entries of version 0; the salt stays in the file of the payload alone."""
    for sequence, body in connection.execute("SELECT seq, body FROM entry_0 ORDER BY seq"):
        plain = json.loads(body)
        del plain["salt"]
        stamp = datetime.fromisoformat(plain.pop("recorded_at"))
        yield Entry(sequence=sequence, recorded_at=stamp, **plain)


def insert_rows(connection: sqlite3.Connection, rows: Sequence[Row], nodes: Sequence[Node]) -> None:
    """Write entries, and the nodes of the tree that they close."""
    connection.executemany(
        "INSERT INTO entry (seq, body, leaf) VALUES (?, ?, ?)", ((one.sequence, one.body, one.leaf) for one in rows)
    )
    connection.executemany("INSERT INTO node (level, number, hash) VALUES (?, ?, ?)", nodes)


def write_note(connection: sqlite3.Connection, size: int, note: str) -> None:
    """Write a signed checkpoint."""
    connection.execute("INSERT INTO checkpoint (size, note) VALUES (?, ?)", (size, note))
