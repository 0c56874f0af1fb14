"""What the ledger holds: entries, appended and never edited.

An entry is canonical JSON (RFC 8785) of at most 64 KiB. Bytes that somebody gave lie beside
the ledger under SHA-256(salt ‖ bytes), so that they can be erased while the entry stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

__all__ = ["ENTRY_KINDS", "Draft", "Entry", "LedgerStore"]

ENTRY_KINDS = ("evidence", "case_file", "decision", "publication")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a caller wants recorded; the ledger gives the number, the stamp and the digest."""

    kind: str
    entry_id: str
    who: str
    body: Mapping[str, Any] = field(default_factory=dict)
    supersedes: str | None = None
    payload: bytes | None = None


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
    salt: str | None
    program: str


class LedgerStore(Protocol):
    """Where entries live; the contract suite is tests/contracts/test_ledgers.py."""

    def append(self, drafts: tuple[Draft, ...], *, clock: datetime) -> tuple[Entry, ...]:
        """Record all drafts or none, under one stamp; LedgerError if it cannot."""

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order."""

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes with this digest, checked; None when they were erased."""

    def close(self) -> None:
        """Release the store; calling it twice is allowed."""
