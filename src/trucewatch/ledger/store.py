"""What both stores of the ledger do alike: recording in one transaction, and reading in order.

A store adds what differs: how a writer begins, how a query runs, how rows are written, and whether a
transaction is open.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from trucewatch.errors import LedgerError
from trucewatch.ledger.encoding import decode, encode, numbered
from trucewatch.ledger.entry import Check, Draft, Entry, Row, Signer
from trucewatch.ledger.evidence import EvidenceFolder
from trucewatch.ledger.merkle import Peaks, leaf_hash

__all__ = ["Node", "SQLStore", "grown"]

_FIRST_PAGE, _PAGE = 1, 8_192
"""Rows that are read at once: a proof wants one, and each further page is twice as long."""

Node = tuple[int, int, bytes]
"""Level, number and hash of a kept node of the tree."""


def grown(entries: Sequence[Entry], peaks: Peaks) -> tuple[list[Row], list[Node]]:
    """Return the rows of entries and the nodes of the tree that they close; `peaks` grows by them."""
    rows: list[Row] = []
    nodes: list[Node] = []
    for entry in entries:
        body = encode(entry)
        leaf = leaf_hash(body)
        rows.append(Row(entry.sequence, body, leaf))
        nodes.extend(peaks.push(leaf))
    return rows, nodes


class SQLStore(ABC):
    """A ledger in tables `entry`, `node` and `checkpoint`; evidence bytes lie in a folder."""

    _failures: tuple[type[Exception], ...]
    """What the library raises."""
    _bytes: str
    """How a column is read as bytes, whatever lies in it."""
    _text: str
    """How a column of text is read as its bytes."""

    def __init__(self, place: str, evidence: EvidenceFolder, *, program: str, signer: Signer | None) -> None:
        self._place = place
        self._program = program
        self._signer = signer
        self._read: tuple[Entry, ...] = ()
        """What was read so far: nothing of it can change."""
        self._peaks = Peaks()
        self._connection: Any = None
        self.evidence = evidence

    def append(
        self, drafts: tuple[Draft, ...], *, clock: datetime, check: Check | None = None
    ) -> tuple[Entry, ...]:
        """Record all drafts or none; evidence bytes are on disk before the entry is."""
        if not drafts:
            return ()
        kept: list[str] = []
        failures: tuple[type[Exception], ...] = (*self._failures, OSError)
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
            rows, nodes = grown(entries, peaks)
            self._insert(rows, nodes)
            self._sign(peaks)
            self._commit(rows)
        except failures as error:
            self._roll_back(kept)
            message = f"{self._place}: nothing was recorded: {error}"
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
                message = f"{self._place}: entry {expected} is missing; the ledger was tampered with"
                raise LedgerError(message)
            fresh.append(decode(row.sequence, row.body))
        if fresh:
            self._read = (*self._read, *fresh)
        return self._read

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes with this digest; LedgerError if they do not match their entry."""
        return self.evidence.payload(digest)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def size(self) -> int:
        """Return the number of the last entry."""
        return int(self._all("SELECT coalesce(max(seq), 0) FROM entry")[0][0])

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Yield rows as they lie there; LedgerError where they cannot be read."""
        body, leaf = self._bytes.format("body"), self._bytes.format("leaf")
        statement = f"SELECT seq, {body}, {leaf} FROM entry WHERE seq > ? ORDER BY seq LIMIT ?"
        length = _FIRST_PAGE
        while page := self._all(statement, after, length):
            yield from (Row(*row) for row in page)
            after, length = page[-1][0], min(2 * length, _PAGE)

    def hashes(self, level: int, first: int, end: int) -> Sequence[bytes]:
        """Return hashes of the leaves (level 0) or of a kept level."""
        leaf, hashed = self._bytes.format("leaf"), self._bytes.format("hash")
        statement = (
            f"SELECT {leaf} FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq" if level == 0
            else f"SELECT {hashed} FROM node WHERE level = {level:d} AND number >= ? AND number < ? ORDER BY number"
        )
        return [one for (one,) in self._all(statement, first, end)]

    def notes(self, *, least: int = 0) -> Sequence[tuple[int, str]]:
        """Return (size, signed note) of the checkpoints."""
        note = self._text.format("note")
        found = self._all(f"SELECT size, {note} FROM checkpoint WHERE size >= ? ORDER BY size", least)
        return [(size, raw.decode(errors="replace")) for size, raw in found]

    def adopt(self, rows: Sequence[Row], nodes: Sequence[Node], notes: Sequence[tuple[int, str]]) -> None:
        """Take over a whole ledger as it lies elsewhere, or nothing; LedgerError unless this one is empty."""
        try:
            self._begin()
            if self._last()[0]:
                message = f"{self._place} is not empty: a ledger is copied into a new one"
                raise LedgerError(message)
            self._insert(rows, nodes)
            for size, note in notes:
                self._write_note(size, note)
            self._connection.execute("COMMIT")
        except self._failures as error:
            self._roll_back([])
            message = f"{self._place}: nothing was copied: {error}"
            raise LedgerError(message) from error
        except BaseException:
            self._roll_back([])
            raise

    def _all(self, statement: str, *values: object) -> list[Any]:
        """Return every row that a statement (with `?` for values) gives; LedgerError if it cannot be read."""
        try:
            return list(self._query(statement, values))
        except self._failures as error:
            message = f"{self._place} cannot be read: {error}"
            raise LedgerError(message) from error

    @abstractmethod
    def _query(self, statement: str, values: Sequence[object]) -> Sequence[Any]:
        """Return the rows that a statement gives."""

    @abstractmethod
    def _begin(self) -> None:
        """Become the writer."""

    @abstractmethod
    def _insert(self, rows: Sequence[Row], nodes: Sequence[Node]) -> None:
        """Write entries and the nodes of the tree that they close."""

    def _commit(self, rows: Sequence[Row]) -> None:  # noqa: ARG002 - what a store needs that can lose its server
        """End the transaction that recorded `rows`; if this raises one of `_failures`, nothing was recorded."""
        self._connection.execute("COMMIT")

    @abstractmethod
    def _write_note(self, size: int, note: str) -> None:
        """Keep a checkpoint."""

    @abstractmethod
    def _in_transaction(self) -> bool:
        """Return whether a transaction is open."""

    def _kept(self, draft: Draft, kept: list[str]) -> str | None:
        if draft.payload is None:
            return draft.digest
        kept.append(self.evidence.keep(draft.payload))
        return kept[-1]

    def _last(self) -> tuple[int, datetime | None]:
        found = self._all(f"SELECT seq, {self._bytes.format('body')} FROM entry ORDER BY seq DESC LIMIT 1")
        return (found[0][0], decode(*found[0]).recorded_at) if found else (0, None)

    def _edge(self, size: int) -> Peaks:
        return self._peaks.copy() if self._peaks.size == size else Peaks.at(size, self.hashes)

    def _sign(self, peaks: Peaks) -> None:
        if self._signer is not None:
            self._write_note(peaks.size, self._signer.sign(peaks.size, peaks.root()))

    def _roll_back(self, kept: list[str]) -> None:
        """Undo a transaction, and the bytes that were written for it.

        An interruption may come after the commit: bytes that an entry names stay. If that cannot be
        read, all stay: bytes without an entry do no harm.
        """
        with suppress(*self._failures):
            if self._in_transaction():
                self._connection.execute("ROLLBACK")
        if kept:
            with suppress(LedgerError, OSError):
                named = {entry.digest for entry in self.entries()}
                for digest in kept:
                    if digest not in named:
                        (self.evidence.path / digest).unlink(missing_ok=True)
