"""XLSX to records: the stored values of one sheet, dates as ISO text, formulas never run.

The archive is bounded before it is opened (parts, unpacked size, ratio) and the sheet while it is
read (rows, cells); XML entities are refused by defusedxml, which openpyxl uses when it is there.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from trucewatch.errors import BadInput, nearest
from trucewatch.sources.decoding import refused
from trucewatch.sources.delimited import Record

__all__ = ["MAGIC", "Sheet", "read_workbook"]

MAGIC = b"PK\x03\x04"
MAX_PARTS = 2_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 400
MAX_ROWS = 1_048_576
MAX_CELLS = 20_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of one sheet, and what a person should know of them."""

    name: str
    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()
    unstored: tuple[tuple[int, int], ...] = ()
    """Row (from 1) and column (from 0) of formulas whose value no program has stored."""


def read_workbook(raw: bytes, file: str, sheet: str | None = None) -> Sheet:
    """Read one sheet: the named one, else the first that holds anything.

    BadInput: no workbook, one that exceeds the bounds, or no such sheet.
    """
    try:
        formulas = _formula_sheets(raw, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it leaves out
            found = _stored_values(raw, file, sheet)
            return found if not formulas else _with_unstored(found, raw)
    except BadInput:
        raise
    except Exception as error:  # broken archives and sheets fail in many ways without a common base
        raise refused(
            file, f"a broken workbook ({type(error).__name__})", "an XLSX workbook"
        ) from error


def _formula_sheets(raw: bytes, file: str) -> list[str]:
    """Refuse an archive that is no workbook or too large; return the sheets that hold formulas."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
        unpacked = sum(one.file_size for one in parts)
        if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, 100_000 + len(raw) * MAX_RATIO):
            found = f"{len(parts)} parts, {unpacked} bytes when unpacked"
            raise refused(file, found, f"at most {MAX_PARTS} parts and {MAX_UNPACKED} bytes")
        if not any(one.filename.startswith("xl/") for one in parts):
            raise refused(
                file, "a ZIP archive that is no workbook", "CSV, TSV or XLSX", "Unpack it"
            )
        sheets = [one.filename for one in parts if one.filename.startswith("xl/worksheets/")]
        return [name for name in sheets if _holds_formula(archive.read(name))]


def _holds_formula(content: bytes) -> bool:
    return b"<f>" in content or b"<f " in content


def _stored_values(raw: bytes, file: str, wanted: str | None) -> Sheet:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    name, notes = _chosen(book, file, wanted)
    found = _records(book[name], file)
    book.close()
    return Sheet(name, found, notes)


def _with_unstored(found: Sheet, raw: bytes) -> Sheet:
    """Return the sheet with the places of formulas whose value was never stored."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    written = book[found.name]
    written.reset_dimensions()
    unstored = tuple(
        (record.number, column)
        for record, row in zip(found.records, written.iter_rows(), strict=False)
        for column, cell in enumerate(row)
        if getattr(cell, "data_type", "") == "f" and not "".join(record.cells[column : column + 1])
    )
    book.close()
    return replace(found, unstored=unstored)


def _chosen(book: Any, file: str, wanted: str | None) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401
    """Return the name of the sheet to read, with a note when there was a choice."""
    names = [one.title for one in book.worksheets]
    if wanted is not None:
        if wanted not in names:
            near = nearest(wanted, names)
            advice = f"Did you mean “{near}”?" if near else f"It has {', '.join(names)}"
            raise refused(file, wanted, "a sheet of the workbook", advice)
        return wanted, ()
    filled = [one.title for one in book.worksheets if _has_content(one)]
    if not filled:
        raise refused(file, "no sheet with content", "a sheet with a header and rows")
    left = ", ".join(f"“{name}”" for name in filled[1:])
    return filled[0], (f"not read: sheet {left} (declare `sheet:` for another)",) if left else ()


def _has_content(sheet: Any) -> bool:  # noqa: ANN401 (openpyxl has no types)
    sheet.reset_dimensions()  # the stated size of a sheet is often wrong
    return any(any(value is not None for value in row) for row in sheet.iter_rows(values_only=True))


def _records(sheet: Any, file: str) -> tuple[Record, ...]:  # noqa: ANN401
    sheet.reset_dimensions()
    found: list[Record] = []
    cells_seen = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells_seen += len(row)
        if number > MAX_ROWS or cells_seen > MAX_CELLS:
            raise refused(
                file, f"more than {number} rows", f"at most {MAX_ROWS} rows and {MAX_CELLS} cells"
            )
        cells = [_as_text(cell.value, getattr(cell, "number_format", "")) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        found.append(Record(number, tuple(cells)))
    return tuple(found)


def _as_text(value: object, number_format: str | None) -> str:
    """Return a stored value as the text a person would have typed."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            clocked = value.time() != time() or "h" in (number_format or "").lower()
            return _to_minutes(value.isoformat()) if clocked else value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return _to_minutes(value.isoformat())
        case timedelta():
            return _to_minutes(str(value).rjust(8, "0"))
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value).strip()


def _to_minutes(text: str) -> str:
    """Drop seconds that are zero: a cell that shows 19:12 holds 19:12:00."""
    return text.removesuffix(":00") if text.count(":") == 2 else text
