"""A table that people keep: CSV, TSV, semicolons, bars or XLSX, one report or claim per row.

Which column is read as what: `table_columns`. A cell stays the text that it is; one that begins
with “=” is text too. Read are only declared words (`values:`), days in other forms (`dates`), and
the codes of an ACLED file. The row number in locators and problems is the one that a
spreadsheet shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trucewatch.errors import BadInput, Problem, Severity
from trucewatch.sources.adapter import Parsed, count_problems
from trucewatch.sources.declaration import Declaration
from trucewatch.sources.decoding import decode, refused, unpacked
from trucewatch.sources.delimited import Record, guess_delimiter, records
from trucewatch.sources.table_columns import Header, known_names, read_header
from trucewatch.sources.table_rows import TableRows
from trucewatch.sources.workbook import MAGIC, read_workbook

__all__ = ["ADAPTER", "TableAdapter"]

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class _Grid:
    """The records of a file, whatever its format, and what was noticed in getting them."""

    records: Sequence[Record]
    padded: bool
    """Short rows are usual, because the format does not store empty cells at the end."""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unstored: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TableAdapter:
    """Reads tables; see the module."""

    name: str = "table"

    def read(self, raw: bytes, declaration: Declaration) -> Parsed:
        """Read every row; BadInput when it is no table or a needed column is missing."""
        grid = _grid(unpacked(raw, declaration.file), declaration)
        head = _head(grid.records, declaration)
        header = read_header(head.cells, head.number, declaration)
        fatal = [one for one in header.problems if one.severity is Severity.ERROR]
        if fatal:
            message = f"{declaration.file} cannot be read as a table of {header.kind}s"
            raise BadInput(message, (*fatal, *(one for one in header.problems if one not in fatal)))
        rows = TableRows(header, declaration, grid.padded)
        for record in grid.records:
            if record.number > head.number and not record.empty:
                rows.take(record)
        return _parsed(rows, grid, header, head, declaration)


ADAPTER = TableAdapter()


def _parsed(
    rows: TableRows, grid: _Grid, header: Header, head: Record, declaration: Declaration
) -> Parsed:
    above = [one.number for one in grid.records if one.number < head.number and not one.empty]
    notes = (
        *grid.notes,
        *(
            (f"column names in row {head.number}; {len(above)} rows above it are not read",)
            if above
            else ()
        ),
        f"rows are {header.kind}s",
        *header.notes,
    )
    unstored = _unstored(grid.unstored, header, declaration)
    problems = (*grid.problems, *header.problems, *unstored, *rows.problems)
    parsed = Parsed(tuple(rows.written), problems, rows.count, notes)
    return replace(parsed, problems=(*problems, *count_problems(parsed, declaration)))


def _grid(raw: bytes, declaration: Declaration) -> _Grid:
    """Return the records of the bytes; BadInput when they are no table."""
    if raw.startswith(MAGIC):
        sheet = read_workbook(raw, declaration.file, declaration.sheet)
        return _Grid(
            sheet.records,
            padded=True,
            notes=(f"read sheet “{sheet.name}”", *sheet.notes),
            unstored=sheet.unstored,
        )
    if raw.startswith(_OLD_EXCEL):
        raise refused(
            declaration.file,
            "an old Excel file (.xls)",
            "CSV, TSV or XLSX",
            "Save it as XLSX or CSV",
        )
    decoded = decode(raw, declaration.file, declaration.encoding)
    delimiter = declaration.delimiter or guess_delimiter(
        decoded.text, lambda cells: known_names(cells, declaration)
    )
    shown = "tab" if delimiter == "\t" else delimiter
    notes = (f"text in {decoded.encoding}, delimiter {shown}",)
    return _Grid(
        tuple(records(decoded.text, delimiter)),
        padded=False,
        notes=notes,
        problems=decoded.problems,
    )


def _head(rows: Sequence[Record], declaration: Declaration) -> Record:
    """Return the row of the column names: as declared, else the early row with most known names."""
    if declaration.header_row is not None:
        for one in rows:
            if one.number == declaration.header_row and one.cells:
                return one
        raise refused(
            declaration.file, f"{len(rows)} rows", f"column names in row {declaration.header_row}"
        )
    early = [one for one in rows[:_HEADER_WITHIN] if one.cells and not one.empty]
    if not early:
        raise refused(declaration.file, "no rows", "a row of column names and rows below it")
    best = max(early, key=lambda one: known_names(one.cells, declaration))
    if not known_names(best.cells, declaration):
        found = ", ".join(early[0].cells)[:200]
        advice = "Is it a table? If so, say which column is which under `columns:` of a declaration"
        raise refused(declaration.file, found, "column names such as occurred, place, by", advice)
    return best


def _unstored(
    places: Iterable[tuple[int, int]], header: Header, declaration: Declaration
) -> list[Problem]:
    return [
        Problem(
            declaration.file,
            row,
            header.own[column],
            None,
            "a stored value beside the formula",
            "The cell is read as empty; open and save the file in a spreadsheet program",
            Severity.WARNING,
        )
        for row, column in places
        if column < len(header.own)
    ]
