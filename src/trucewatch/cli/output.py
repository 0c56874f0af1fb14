"""How commands speak: rows on stdout, prose and progress on stderr, and five exit codes."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import IntEnum
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from trucewatch.errors import Problem
from trucewatch.periods import iso

__all__ = ["Exit", "counting", "plain", "prose", "say_problems", "write_json", "write_rows"]

prose = Console(stderr=True, highlight=False, soft_wrap=True)
"""Where sentences, warnings and progress go."""


@contextmanager
def counting(what: str, every: int = 20) -> Iterator[Callable[[int], None]]:
    """Show on stderr how many are done, where somebody is looking; yield what has to be told it."""
    with prose.status(f"0 {what}") as shown:
        yield lambda number: shown.update(f"{number} {what}") if number % every == 0 else None


class Exit(IntEnum):
    """What the exit code means."""

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    SOME_REJECTED = 3
    FAILED = 4


def plain(value: object) -> object:
    """Return a value as JSON has it: instants as RFC 3339 in UTC, JSON columns opened."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def write_json(
    schema: str,
    *,
    case: str | None,
    known_at: datetime | None,
    rows: Sequence[Mapping[str, Any]],
    problems: Iterable[Problem] = (),
    also: Mapping[str, Any] | None = None,
) -> None:
    """Print the one object that every command prints under --json; `also` are keys that follow."""
    listed = [
        {
            "place": one.place, "line": one.line, "column": one.column, "value": one.value,
            "expected": one.expected, "advice": one.advice or None, "severity": one.severity.value,
        }
        for one in problems
    ]
    document = {
        "schema": f"trucewatch/{schema}/1", "case": case, "known_at": iso(known_at),
        "rows": [plain(row) for row in rows], "problems": listed,
        **(also or {}),
    }
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _cell(value: object) -> str:
    shown = plain(value)
    if shown is None:
        return ""
    if isinstance(shown, list | dict):
        return json.dumps(shown, ensure_ascii=False)
    return str(shown)


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _harmless(text: str) -> str:
    """Keep a spreadsheet from reading text as a formula (OWASP, CSV injection)."""
    return "'" + text if text.startswith(_FORMULA) else text


def write_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_csv: bool) -> None:
    """Print rows as CSV or as a table that fits the terminal."""
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_csv_cell(row.get(name)) for name in columns])
        return
    table = RichTable(box=None, header_style="bold", pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(row.get(name))) for name in columns))
    Console(highlight=False).print(table)


def _csv_cell(value: object) -> str:
    text = _cell(value)
    if isinstance(value, int | float):
        return text
    return _harmless(text).replace("\r\n", "\n").replace("\r", "\n")  # csv leaves a bare \r unquoted


def say_problems(problems: Sequence[Problem], *, limit: int = 20) -> None:
    """Print problems on stderr, the first `limit` of them in full."""
    for problem in problems[:limit]:
        prose.print(f"[yellow]{problem.severity.value}[/] {escape(str(problem))}")
    if len(problems) > limit:
        prose.print(f"… and {len(problems) - limit} more; --json lists all")
