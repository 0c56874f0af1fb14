"""Evidence and decisions, append-only: entries and the store that keeps them."""

from __future__ import annotations

from trucewatch.ledger.entry import ENTRY_KINDS, Draft, Entry, LedgerStore

__all__ = ["ENTRY_KINDS", "Draft", "Entry", "LedgerStore"]
