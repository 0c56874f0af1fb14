"""DuckDB in the process: the default engine, two threads, no extensions, no files, no network."""

from __future__ import annotations

from typing import Any

import duckdb

from trucewatch.engines.export import SQL_TYPES, typed
from trucewatch.errors import EngineError
from trucewatch.tables import Table

__all__ = ["DuckDBEngine"]

class DuckDBEngine:
    """An in-memory DuckDB; instants are BIGINT microseconds since 1970 (UTC), as in `Table`."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
                "enable_external_access": "false", "threads": "2",
            },
        )

    def load(self, name: str, table: Table) -> None:
        """Copy `table` into the engine as `name`."""
        plain = {name: table.columns[name].copy() for name in table.schema.names}
        declared = ", ".join(f'"{one.name}" {SQL_TYPES[one.kind]}' for one in table.schema.fields)
        try:
            if not len(table):
                self._connection.execute(f'CREATE OR REPLACE TABLE "{name}" ({declared})')
                return
            self._connection.register("incoming", plain)
            self._connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {typed(table)} FROM incoming')
            self._connection.unregister("incoming")
        except duckdb.Error as error:
            message = f"duckdb could not load table {name}: {error}"
            raise EngineError(message) from error

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing."""
        try:
            self._connection.execute(statement)
        except duckdb.Error as error:
            message = f"duckdb: {error}"
            raise EngineError(message) from error

    def fetch(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query as dicts, null as None."""
        try:
            answer = self._connection.execute(query)
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except duckdb.Error as error:
            message = f"duckdb: {error}"
            raise EngineError(message) from error

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()
