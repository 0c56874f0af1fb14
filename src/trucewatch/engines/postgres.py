"""PostgreSQL 15 or newer: a schema of its own for each engine, dropped when it is closed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trucewatch.engines.export import SQL_TYPES, write_csv
from trucewatch.errors import EngineError
from trucewatch.tables import Table

__all__ = ["PostgresEngine"]

_SQL_TYPES = {**SQL_TYPES, "number": "DOUBLE PRECISION", "text": "TEXT", "json": "TEXT"}
_CHUNK = 1 << 20


class PostgresEngine:
    """One connection to a server; needs psycopg 3 (`pip install trucewatch[postgres]`).

    `dsn` is a libpq connection string such as `host=/tmp dbname=mission user=mission`; without one,
    libpq's own settings (PGHOST and so on) count. The role needs no more than the right to make a
    schema in its database. EngineError when the library or the server is missing.
    """

    def __init__(self, dsn: str = "") -> None:
        try:
            import psycopg
            from psycopg.rows import dict_row
        except ImportError as error:
            message = "postgres: psycopg is not installed; pip install 'trucewatch[postgres]'"
            raise EngineError(message) from error
        self._error: type[Exception] = psycopg.Error
        try:
            self._connection = psycopg.connect(dsn, autocommit=True, row_factory=dict_row)
            with self._connection.cursor() as cursor:
                row = cursor.execute("SELECT pg_backend_pid() AS pid").fetchone()
                self._schema = f"trucewatch_{(row or {})['pid']}"
                cursor.execute(f'DROP SCHEMA IF EXISTS "{self._schema}" CASCADE')
                cursor.execute(f'CREATE SCHEMA "{self._schema}"')
                cursor.execute(f'SET search_path TO "{self._schema}"')
        except psycopg.Error as error:
            message = f"postgres: no connection ({error}); is the server running, and dsn right?"
            raise EngineError(message) from error

    def load(self, name: str, table: Table) -> None:
        """Copy `table` into the schema as `name`."""
        declared = ", ".join(
            f'"{one.name}" {_SQL_TYPES[one.kind]}' for one in table.schema.fields
        )
        try:
            with TemporaryDirectory(prefix="trucewatch-") as folder:
                path = Path(folder) / "table.csv"
                write_csv(table, path)
                with self._connection.cursor() as cursor:
                    cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
                    cursor.execute(f'CREATE UNLOGGED TABLE "{name}" ({declared})')
                    self._copy(cursor, name, path)
                    cursor.execute(f'ANALYZE "{name}"')
        except self._error as error:
            message = f"postgres could not load table {name}: {error}"
            raise EngineError(message) from error

    def _copy(self, cursor: Any, name: str, path: Path) -> None:  # noqa: ANN401
        with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT csv)') as copy, path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                copy.write(chunk)

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing."""
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(statement.encode())
        except self._error as error:
            message = f"postgres: {error}"
            raise EngineError(message) from error

    def fetch(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query as dicts, null as None; sums come as Decimal."""
        try:
            with self._connection.cursor() as cursor:
                rows: list[dict[str, Any]] = cursor.execute(query.encode()).fetchall()
        except self._error as error:
            message = f"postgres: {error}"
            raise EngineError(message) from error
        return rows

    def close(self) -> None:
        """Drop the schema and end the connection."""
        if not self._connection.closed:
            self._connection.execute(f'DROP SCHEMA IF EXISTS "{self._schema}" CASCADE'.encode())
            self._connection.close()
