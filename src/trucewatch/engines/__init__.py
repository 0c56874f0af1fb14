"""Engines that run the SQL of the stages: a literal table, and entry points `trucewatch.engines`."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points

from trucewatch.engine import Engine
from trucewatch.errors import UnknownName

__all__ = ["ENGINES", "open_engine"]

ENGINES = {
    "duckdb": "trucewatch.engines.duckdb:DuckDBEngine",
    "postgres": "trucewatch.engines.postgres:PostgresEngine",
    "spark": "trucewatch.engines.spark:SparkEngine",
}
"""Name → where the class is; importing this table loads no engine."""


def open_engine(name: str = "duckdb", **settings: str) -> Engine:
    """Return a fresh engine by name; UnknownName if there is none of that name.

    `settings` are those of the engine: `dsn` of postgres, `master` of spark.
    """
    found = {one.name: one.value for one in entry_points(group="trucewatch.engines")} | ENGINES
    if name not in found:
        raise UnknownName(name, place="--engine", known=found)
    module, _, attribute = found[name].partition(":")
    engine: Engine = getattr(import_module(module), attribute)(**settings)
    return engine
