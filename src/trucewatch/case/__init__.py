"""A case folder opened: reads its files, wires ledger, engine and pipeline."""

from __future__ import annotations

from trucewatch.case.case import Case, create_case, open_case

__all__ = ["Case", "create_case", "open_case"]
