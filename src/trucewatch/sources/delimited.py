"""Delimited text to records: comma, semicolon, bar or tab; quotes as in RFC 4180.

A record that the rules of quoting forbid is handed on with its fault, and reading goes on behind
it. Records are counted from 1 as a spreadsheet shows them: the header, empty lines and line
breaks inside quotes do not change that count.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

__all__ = ["DELIMITERS", "Record", "guess_delimiter", "records"]

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table as it stands in the file."""

    number: int
    """Counted from 1, the header included."""
    cells: tuple[str, ...] = ()
    """Outer blanks removed; a cell without a value is empty."""
    fault: str | None = None
    """Why the cells could not be told apart; None if they could."""

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.fault is None and not any(self.cells)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Return the records of a text; an unclosed quote makes the rest of it one faulty record."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(number, fault=_said(str(error)))
            continue
        yield Record(number, tuple([cell.strip() for cell in cells]))


def _said(fault: str) -> str:
    """Return the fault in words for people."""
    if "end of data" in fault:
        return "a quote that is never closed: nothing behind it was read"
    if "field larger" in fault:
        return "a cell of more than 131072 characters, as after a quote that is not closed"
    return f"quotes that do not fit ({fault})"


def guess_delimiter(text: str, recognised: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter under which the first records look most like a table.

    Judged by: how many names of the widest early record `recognised` knows, then how many of the
    first 20 records are as wide as it, then its width; the earlier in DELIMITERS wins a tie.
    """
    head = text[:200_000]

    def shape(delimiter: str) -> tuple[int, int, int]:
        sample = [one.cells for one in islice(records(head, delimiter), _SAMPLE) if one.cells]
        if not sample:
            return (0, 0, 0)
        width = max(map(len, sample))
        known = max(recognised(cells) for cells in sample)
        return (known, 0 if width == 1 else sum(len(cells) == width for cells in sample), width)

    return max(DELIMITERS, key=shape)
