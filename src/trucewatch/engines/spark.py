"""Spark 4 on this machine: two threads, no page, no port beyond localhost, a folder that goes away.

A documented possibility rather than a recommendation: on one machine DuckDB is faster by far. It
takes statements of one kind less: a table that Spark has made cannot be changed row by row.
"""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from trucewatch.engines.export import write_parquet
from trucewatch.errors import EngineError
from trucewatch.tables import Table

__all__ = ["SparkEngine"]

_NUMBERS = count(1)
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.legacy.createHiveTableByDefault": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.runSQLOnFiles": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
}


class SparkEngine:
    """A place in Spark with a database of its own; needs pyspark (`pip install trucewatch[spark]`), Java 17.

    The Java process is shared by all engines of a Python process and ends with it.
    """

    def __init__(self, master: str = "local[2]") -> None:
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as error:
            message = "spark: pyspark is not installed; pip install 'trucewatch[spark]'"
            raise EngineError(message) from error
        self._error: tuple[type[Exception], ...] = (PySparkException,)
        self._folder = Path(mkdtemp(prefix="trucewatch-spark-"))
        builder = SparkSession.builder.master(master).appName("trucewatch")
        for name, value in _SETTINGS.items():
            builder = builder.config(name, value)
        builder = builder.config("spark.sql.warehouse.dir", str(self._folder / "unused"))
        try:
            self._session = builder.getOrCreate().newSession()
        except Exception as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            message = f"spark: it did not start ({error}); it needs Java 17 or newer"
            raise EngineError(message) from error
        number = next(_NUMBERS)
        self._database, self._files, self._closed = f"trucewatch_{number}", count(1), False
        location = (self._folder / "tables").as_uri()
        self._session.sql(f"CREATE DATABASE {self._database} LOCATION '{location}'")
        self._session.sql(f"USE {self._database}")

    def load(self, name: str, table: Table) -> None:
        """Make `table` readable as `name`, as Spark reads a file that is written for it."""
        self._must_be_open()
        path = self._folder / f"{next(self._files)}-{name}.parquet"
        write_parquet(table, path)
        try:
            self._session.read.parquet(path.as_uri()).createOrReplaceTempView(name)
        except self._error as error:
            message = f"spark could not load table {name}: {error}"
            raise EngineError(message) from error

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing."""
        self._rows(statement)

    def fetch(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query as dicts, null as None."""
        return self._rows(query)

    def _rows(self, statement: str) -> list[dict[str, Any]]:
        self._must_be_open()
        try:
            return [row.asDict() for row in self._session.sql(statement).collect()]
        except self._error as error:
            message = f"spark: {error}"
            raise EngineError(message) from error

    def _must_be_open(self) -> None:
        if self._closed:
            message = "spark: the engine is closed"
            raise EngineError(message)

    def close(self) -> None:
        """Drop the database and the folder."""
        if not self._closed:
            self._session.sql("USE default")
            self._session.sql(f"DROP DATABASE IF EXISTS {self._database} CASCADE")
            shutil.rmtree(self._folder, ignore_errors=True)
            self._closed = True
