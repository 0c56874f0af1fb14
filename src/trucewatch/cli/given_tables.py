"""Tables that are given to a command without a case: CSV, TSV or XLSX as columns of texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from trucewatch.errors import BadInput, Problem, Severity

__all__ = ["in_file", "read_columns"]


def in_file(problem: Problem, name: str, lines: Sequence[int]) -> Problem:
    """Return a problem with the row that a spreadsheet shows instead of the row of the table."""
    line = 1 if problem.line is None else lines[problem.line - 1]
    return replace(problem, place=name, line=line)


def read_columns(file: Path, lists: Collection[str] = ()) -> tuple[dict[str, list[object]], list[int]]:
    """Return the columns as texts, and where each row stands in the file, the header being 1.

    In the columns of `lists` several values of a cell are parted by semicolons or bars.
    BadInput for a file that is no table.
    """
    from trucewatch.sources.decoding import decode, unpacked
    from trucewatch.sources.delimited import guess_delimiter, records
    from trucewatch.sources.workbook import MAGIC, read_workbook

    raw = unpacked(file.read_bytes(), file.name)
    if raw.startswith(MAGIC):
        found = read_workbook(raw, file.name).records
    else:
        text = decode(raw, file.name).text
        found = tuple(records(text, guess_delimiter(text, len)))
    rows = [one for one in found if not one.empty]
    faults = [
        Problem(file.name, one.number, None, None, one.fault, "", Severity.ERROR)
        for one in rows if one.fault
    ]
    if faults or not rows:
        message = f"{file.name} cannot be read as a table"
        raise BadInput(message, faults or [Problem(file.name, 1, None, None, "a header and rows")])
    names, *body = (one.cells for one in rows)
    wide = [(*cells, *[""] * (len(names) - len(cells))) for cells in body]
    columns: dict[str, list[object]] = {
        name: [cells[place] or None for cells in wide] for place, name in enumerate(names) if name
    }
    for name in lists:
        if name in columns:
            columns[name] = [_parts(str(one or "")) for one in columns[name]]
    return columns, [one.number for one in rows[1:]]


def _parts(cell: str) -> list[str]:
    return [part for one in cell.replace("|", ";").split(";") if (part := one.strip())]
