"""Tables that others made → columns, through the Arrow C stream protocol.

DuckDB reads the stream: it knows every layout that data frames hand out (views of strings,
dictionaries, lists), and gives Python values back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from trucewatch.errors import BadCall

__all__ = ["ArrowTable", "columns_of"]


class ArrowTable(Protocol):
    """Anything with the Arrow C stream protocol: a data frame, a table of trucewatch."""

    def __arrow_c_stream__(self, requested_schema: object = None, /) -> object:
        """Hand out the stream."""


class _Stream:
    """Hides what else a table can do: DuckDB would ask a data frame for pyarrow."""

    def __init__(self, table: ArrowTable) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def columns_of(table: Mapping[str, Any] | ArrowTable) -> Mapping[str, Any]:
    """Return a mapping as it is, and any other table as column name → list of Python values.

    Instants keep their time zone, or stay without one. BadCall for anything else.
    """
    if isinstance(table, Mapping):
        return table
    if not hasattr(table, "__arrow_c_stream__"):
        found = type(table).__name__
        message = f"expected a mapping of columns, or a table with __arrow_c_stream__, got {found}"
        raise BadCall(message)
    import duckdb

    with duckdb.connect(":memory:") as connection:
        taken = connection.from_arrow(_Stream(table))
        names, rows = list(taken.columns), taken.fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
