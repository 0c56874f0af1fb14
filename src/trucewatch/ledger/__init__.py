"""Evidence and decisions, append-only: entries, the Merkle tree over them, and the stores that keep them."""

from __future__ import annotations

from trucewatch.ledger.entry import (
    ENTRY_KINDS,
    Draft,
    Entry,
    LedgerStore,
    Origin,
    Signer,
    TreeStore,
)

__all__ = ["ENTRY_KINDS", "Draft", "Entry", "LedgerStore", "Origin", "Signer", "TreeStore"]
