"""What the ledger holds: entries, appended and never edited, and what a store of them offers.

An entry is canonical JSON (RFC 8785) of at most 64 KiB, a leaf of the Merkle tree over the whole
ledger. Bytes that somebody gave lie beside it under SHA-256(salt ‖ bytes), so that they can be
erased while the entry stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

__all__ = ["ENTRY_KINDS", "Check", "Draft", "Entry", "LedgerStore", "Origin", "Row", "Signer", "TreeStore"]

ENTRY_KINDS = ("evidence", "case_file", "decision", "publication", "erasure", "lease", "merge")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry was recorded first, if it came from another ledger by a merge."""

    sequence: int
    """Its number there."""
    recorded_at: datetime
    """Its stamp there, aware UTC; here it is known from the merge."""
    leaf: str
    """Hex hash of it as it stood there: by this it is recognised, however often ledgers are merged."""
    program: str
    digest: str | None
    """Digest of its payload there. The entry here has none where the same content was here already."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a caller wants recorded; the ledger gives the number, the stamp and the digest."""

    kind: str
    entry_id: str
    who: str
    body: Mapping[str, Any] = field(default_factory=dict)
    supersedes: str | None = None
    payload: bytes | None = None
    digest: str | None = None
    """Of a payload whose bytes lie in the evidence folder already; then `payload` is None."""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded entry; `sequence` counts from 1 without gaps."""

    sequence: int
    kind: str
    entry_id: str
    recorded_at: datetime
    """One stamp per transaction, aware UTC: never earlier than the entry before."""
    who: str
    body: Mapping[str, Any]
    supersedes: str | None
    digest: str | None
    """Hex SHA-256 over salt and payload; None when the entry has no payload."""
    program: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it lies in a store, unchecked."""

    sequence: int
    body: bytes
    leaf: bytes
    """Hash of `body` (`merkle.leaf_hash`), 32 bytes."""


Check = Callable[[Sequence[Entry]], None]
"""Looks at everything recorded so far inside a transaction; what it raises undoes the transaction."""


class LedgerStore(Protocol):
    """Where entries live; the contract suite is tests/contracts/test_ledgers.py."""

    def append(
        self, drafts: tuple[Draft, ...], *, clock: datetime, check: Check | None = None
    ) -> tuple[Entry, ...]:
        """Record all drafts or none, under one stamp, if `check` lets them; LedgerError if it cannot."""

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order."""

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes with this digest, checked; None when they were erased."""

    def close(self) -> None:
        """Release the store; calling it twice is allowed."""


class TreeStore(Protocol):
    """What verifying and proving read of a store: bytes and hashes as they lie there."""

    def size(self) -> int:
        """Return the number of entries."""

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Yield rows in order of their number, those up to `after` left out."""

    def hashes(self, level: int, first: int, end: int) -> Sequence[bytes]:
        """Return hashes of a kept level of the tree (`merkle.ReadHashes`)."""

    def notes(self, *, least: int = 0) -> Sequence[tuple[int, str]]:
        """Return (size, signed note) of every checkpoint of at least that size, smallest first."""


class Signer(Protocol):
    """Who signs checkpoints."""

    def sign(self, size: int, root: bytes) -> str:
        """Return the tree head as a signed note."""
