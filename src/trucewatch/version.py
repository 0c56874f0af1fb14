"""The version of the program; every finding and ledger entry carries it."""

from __future__ import annotations

__all__ = ["VERSION"]

VERSION = "0.1.0"
