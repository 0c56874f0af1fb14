"""What is declared about a file: who publishes it, how its cells are to be read, when it came out.

A declaration is a YAML file beside the evidence (`reports.csv` → `reports.csv.yml`)::

    source: mission-sector-3       # key of the source of rows that name none
    timezone: Asia/Damascus        # IANA name; day-only dates are days of this zone
    encoding: windows-1256         # when it is not UTF-8
    delimiter: ";"                 # , ; | or tab
    sheet: Week 38                 # sheet of a workbook
    header_row: 3                  # row that holds the column names, counted from 1
    rows: reports                  # reports or claims
    dates: "%d/%m/%Y"              # how days are written, when not as 2016-09-19
    columns: {Datum: occurred, Ort: place, Bemerkung: "-"}   # own: report column, - to leave out
    values: {act: {Beschuss: shelling}}            # report column: own word: word to record
    published: 2016-09-14          # day on which an article appeared
    release: 2020-01-10            # nothing of a data set is known before it came out
    expected: {rows: 481, rejected: 0}
    publisher: …                   # shown with the rows
    licence: CC BY 4.0

Every key is optional. What the caller knows (the file's name, the case's time zone and sources)
is the base on which the file's own statements are laid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trucewatch.reading import Lexicon

__all__ = ["LEFT_OUT", "Declaration"]

LEFT_OUT = "-"
"""Instead of a report column: this own column is known and left out on purpose."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one file is to be read; every field has a default that means “not said”."""

    file: str = "input"
    """Name of the file as the user knows it: the place in every problem."""
    timezone: str = "UTC"
    """IANA name of the zone of dates and clock times without an offset."""
    source: str | None = None
    """Key of the source of rows that name none."""
    publisher: str | None = None
    licence: str | None = None
    """Licence of rows that name none."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Own column → column of REPORT_COLUMNS or CLAIM_COLUMNS, or LEFT_OUT."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Report column → own word → the word to record instead."""
    dates: str | None = None
    """`strptime` form of days that are not written as 2016-09-19."""
    rows: str | None = None
    """`reports` or `claims`; None: as the header says."""
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    """Row of the column names, counted from 1; None: the first row that is not empty."""
    release: datetime | None = None
    """When the data set came out (UTC); the end of the day when only a day is given."""
    sources: Mapping[str, str] | None = None
    """Key, name or alias of every source of the case → its key; None: names are not checked."""
    published: date | None = None
    """Day of publication of an article, in `timezone`."""
    lexicon: Lexicon | None = None
    """What words mean to the reader of articles; whoever calls chooses it."""
    siblings: tuple[str, ...] = ()
    """Texts of the other articles of the case."""
    expected: Mapping[str, int] = field(default_factory=dict)
    """Counts that the file should have: `rows`, `rejected`."""
