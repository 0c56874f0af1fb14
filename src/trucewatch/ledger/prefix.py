"""The ledger as it stood when it had fewer entries: to be read, never written."""

from __future__ import annotations

from datetime import datetime

from trucewatch.errors import LedgerError
from trucewatch.ledger.entry import Check, Draft, Entry, LedgerStore

__all__ = ["LedgerPrefix"]


class LedgerPrefix:
    """The first `size` entries of a store; bytes that were erased since stay erased."""

    def __init__(self, store: LedgerStore, size: int) -> None:
        self._store = store
        self._size = size

    def append(
        self, drafts: tuple[Draft, ...], *, clock: datetime, check: Check | None = None  # noqa: ARG002 - the protocol's
    ) -> tuple[Entry, ...]:
        """Refuse: what was, was."""
        message = f"{len(drafts)} entries cannot be recorded in a ledger as it stood earlier"
        raise LedgerError(message)

    def entries(self) -> tuple[Entry, ...]:
        """Return the first entries in order."""
        return self._store.entries()[: self._size]

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes with this digest, checked; None when they were erased."""
        return self._store.payload(digest)

    def close(self) -> None:
        """Leave the store open: it belongs to the case."""
