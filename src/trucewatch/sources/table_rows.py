"""The rows of a table: cells to written rows, repetitions and rows that do not fit.

A cell stays the text that it is. Read are only declared words (`values:`), days in other forms
(`dates`) and, in a file from ACLED, its codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from trucewatch.acts import ACLED_SUB_EVENT
from trucewatch.errors import Problem, Severity
from trucewatch.reports.checking import check_written
from trucewatch.reports.unresolved import fold
from trucewatch.reports.written import Written
from trucewatch.sources.dates import AMBIGUOUS, iso_day
from trucewatch.sources.declaration import Declaration
from trucewatch.sources.delimited import Record
from trucewatch.sources.table_columns import Header
from trucewatch.sources.table_words import words

__all__ = ["TableRows"]

_DATES = ("occurred", "published_at", "valid_from", "valid_to_earliest", "valid_to_latest")
_ACTS = {fold(code): act for code, act in ACLED_SUB_EVENT.items()}


@dataclass(slots=True)
class TableRows:
    """The rows of one table while they are read, in order."""

    header: Header
    declaration: Declaration
    padded: bool
    count: int = 0
    written: list[Written] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    by_cells: dict[tuple[str, ...], int] = field(default_factory=dict)
    by_id: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """Record a row, or say why not."""
        self.count += 1
        cells = self._squared(record)
        if cells is None or self._repeated(record.number, cells):
            return
        raw = {name: cell for name, cell in zip(self.header.own, cells, strict=True) if cell}
        row = Written(self.header.kind, f"row {record.number}", self._values(cells), raw)
        found = [
            self._in_own_words(one, row)
            for one in (*self._check(row, record.number), *self._check_codes(cells, record.number))
        ]
        self.problems += found
        if not any(one.severity is Severity.REJECTED for one in found):
            self.written.append(row)
            self.by_cells[cells] = self.by_id[_identity(row)] = record.number

    def _check(self, row: Written, number: int) -> tuple[Problem, ...]:
        declared = self.declaration
        found = check_written(row, declared.file, number, declared.timezone, declared.sources)
        first = self.by_id.get(_identity(row)) if row.values.get("id") else None
        if first is None:
            return found
        expected = f"an id that row {first} does not have already, with other content"
        advice = "The first one is kept; correct or leave out the other"
        return (*found, Problem(declared.file, number, "id", row.values["id"], expected, advice))

    def _check_codes(self, cells: Sequence[str], number: int) -> list[Problem]:
        """A precision that ACLED does not define says nothing of how sure place and day are."""
        known = {"geo precision": words().radii_m, "time precision": words().spreads}
        return [
            Problem(
                self.declaration.file,
                number,
                self.header.own[position],
                cells[position],
                f"one of {', '.join(known[name])}",
            )
            for name, position in self.header.acled.items()
            if name in known and cells[position] and cells[position] not in known[name]
        ]

    def _squared(self, record: Record) -> tuple[str, ...] | None:
        """Return as many cells as there are columns; None, with a problem, if they do not fit."""
        width = len(self.header.own)
        cells = record.cells
        if record.fault is not None:
            self._reject(record.number, None, record.fault, "a row whose quotes are closed")
            return None
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        if len(cells) < width and self.padded:
            cells += ("",) * (width - len(cells))
        if len(cells) != width:
            shown = f"{len(cells)} cells: {' | '.join(cells)[:120]}"
            self._reject(record.number, None, shown, f"{width} cells as in the header")
            return None
        return cells

    def _repeated(self, number: int, cells: tuple[str, ...]) -> bool:
        first = self.by_cells.get(cells)
        if first is None:
            return False
        advice = "It is recorded once; if it is another happening, give each row an id"
        shown = " | ".join(cell for cell in cells if cell)[:120]
        self.problems.append(
            Problem(
                self.declaration.file,
                number,
                None,
                shown,
                f"a row unlike row {first}",
                advice,
                Severity.WARNING,
            )
        )
        return True

    def _values(self, cells: Sequence[str]) -> dict[str, str]:
        """Return column of trucewatch → text, defaults filled in."""
        header, declared = self.header, self.declaration
        values = {
            name: cells[position] for name, position in header.targets.items() if cells[position]
        }
        for name, table in declared.values.items():
            if name in values:
                values[name] = table.get(values[name], values[name])
        for name in _DATES:
            if name in values:
                values[name] = iso_day(values[name], declared.dates)
        values |= _sides([cells[position] for position in header.sides])
        _read_acled(values, header, cells)
        for name, default in (("source", declared.source), ("licence", declared.licence)):
            if default is not None:
                values.setdefault(name, default)
        return values

    def _in_own_words(self, problem: Problem, row: Written) -> Problem:
        """Return the problem in the file's own words; a slashed day says what to declare."""
        column = self.header.own_name(problem.column)
        value, advice = problem.value, problem.advice
        if value is not None and value == row.values.get(problem.column or ""):
            value = row.raw.get(column or "", value)
        if problem.column in _DATES and problem.value and AMBIGUOUS.fullmatch(problem.value):
            advice = 'Declare `dates: "%d/%m/%Y"` or `dates: "%m/%d/%Y"`: it can be either'
        return replace(problem, column=column, value=value, advice=advice)

    def _reject(self, number: int, column: str | None, value: str, expected: str) -> None:
        self.problems.append(Problem(self.declaration.file, number, column, value, expected))


def _identity(row: Written) -> tuple[str, str]:
    """Each source numbers its own rows."""
    return row.values.get("source", ""), row.values.get("id", "")


def _sides(names: Sequence[str]) -> dict[str, str]:
    """Return both sides as coded candidates; who could not have acted was affected."""
    given = [name.replace(";", ",") for name in names if name]
    affected = [
        name
        for name in given
        if name.casefold().startswith(tuple(one.casefold() for one in words().affected))
    ]
    acting = [name for name in given if name not in affected]
    values = {"affected": ";".join(affected)} if affected else {}
    if acting:
        values |= {"by": ";".join(acting), "by_basis": "coded"}
    if acting and not affected:
        values |= {"against": ";".join(acting), "against_basis": "coded"}
    return values


def _read_acled(values: dict[str, str], header: Header, cells: Sequence[str]) -> None:
    """Read ACLED's codes in place: sub-event to act, precision to radius and period."""
    codes = {name: cells[position] for name, position in header.acled.items()}
    act = fold(codes.get("sub event type", ""))
    if act in _ACTS:
        values["act"] = _ACTS[act] or ""
    radius = words().radii_m.get(codes.get("geo precision", ""))
    if radius is not None:
        values.setdefault("radius_m", radius)
    spread = words().spreads.get(codes.get("time precision", ""), 0)
    if spread and "occurred" in values:
        values["occurred"] = _spread(values["occurred"], spread)


def _spread(day: str, days: int) -> str:
    """Return a day widened to both sides, as an interval; other text stays as it is."""
    try:
        middle = date.fromisoformat(day)
        return f"{middle - timedelta(days=days)}/{middle + timedelta(days=days)}"
    except (ValueError, OverflowError):
        return day
