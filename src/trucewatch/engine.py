"""What an engine is: something that holds tables and runs plain SQL over them.

The SQL text lives as constants in the stage that owns it and is the same for every engine:
no dialect, no floating-point sums (a grouped sum of floats differs from run to run), no
row order without ORDER BY. Implementations: `trucewatch.engines`.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from trucewatch.tables import Table

__all__ = ["Engine"]


@runtime_checkable
class Engine(Protocol):
    """Four methods; the contract suite is tests/contracts/test_engines.py."""

    def load(self, name: str, table: Table) -> None:
        """Make `table` readable in SQL as `name`; an earlier table of that name is replaced."""

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing, such as CREATE TABLE … AS."""

    def fetch(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query as dicts, null as None; EngineError if it cannot run."""

    def close(self) -> None:
        """Give back what the engine holds; calling it twice is allowed."""
