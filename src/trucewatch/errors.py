"""Every exception of trucewatch, and the value that stands for bad data.

The tree::

    TrucewatchError
    ├── BadCall              a call that cannot be right: wrong argument, unknown name
    │   ├── UnknownName      a name that no table of names holds
    │   └── BadPeriod        text that is no instant and no period
    ├── BadFile              a file of the case that cannot be used; carries its problems
    │   ├── BadCaseFile      case.toml, actors.yaml, places.csv
    │   └── BadAgreement     agreement.yaml
    ├── BadInput             evidence that is not what it was said to be; carries its problems
    ├── CaseNotFound         no case.toml here or above
    ├── Conflict             somebody else decided, or works on it, meanwhile
    ├── LedgerError          the ledger refuses or contradicts itself
    └── EngineError          an engine cannot run

Bad *data* is never an exception: stages return `Problem` values beside their tables.
Every message gives the value received, the place, what was expected and what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "BadAgreement",
    "BadCall",
    "BadCaseFile",
    "BadFile",
    "BadInput",
    "BadPeriod",
    "CaseNotFound",
    "Conflict",
    "EngineError",
    "LedgerError",
    "Problem",
    "Severity",
    "TrucewatchError",
    "UnknownName",
    "nearest",
]


class Severity(StrEnum):
    """How far a problem reaches."""

    REJECTED = "rejected"
    """The row was not recorded; it is listed with its locator."""
    ERROR = "error"
    """The whole file cannot be used."""
    UNRESOLVED = "unresolved"
    """Recorded, but a name, place or act in it is not known to the case."""
    WARNING = "warning"
    """Recorded and used; something a person should look at."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with data: shown to people, never raised, never dropped.

    Problems sort by place, line and column; what concerns the whole file or row comes first.
    """

    place: str
    """The file or source, as the user knows it."""
    line: int | None
    """Line or row number counted from 1; None when the whole file is meant."""
    column: str | None
    """Column name, or the character position in a text file; None when the row is meant."""
    value: str | None
    """What was found, as written; None when nothing was there."""
    expected: str
    """What would have been right."""
    advice: str = ""
    """What to do now; empty when `expected` says it."""
    severity: Severity = Severity.REJECTED

    def __lt__(self, other: Problem) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        where = (self.place, self.line or 0, _natural(self.column), self.value or "")
        return (*where, self.expected, self.advice, self.severity)

    def __str__(self) -> str:
        where = self.place
        if self.line is not None:
            where += f", line {self.line}"
        if self.column:
            where += f", {self.column}"
        found = "nothing" if self.value is None else f"“{self.value}”"
        text = f"{where}: found {found}, expected {self.expected}"
        return f"{text}. {self.advice}" if self.advice else text


def _natural(column: str | None) -> tuple[str, int, str]:
    """A sort key that puts “column 9” before “column 10”."""
    name, _, last = (column or "").rpartition(" ")
    return (name, int(last), "") if last.isdecimal() else (column or "", 0, "")


class TrucewatchError(Exception):
    """The root: catch this to catch everything that trucewatch raises on purpose."""


class BadCall(TrucewatchError, ValueError):  # noqa: N818 - the public name
    """A call that cannot be right, whatever the data."""


class UnknownName(BadCall):
    """A name that no table of names holds; the message offers the nearest ones."""

    def __init__(self, value: str, *, place: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = nearest(value, names)
        hint = f"; did you mean “{near}”?" if near else "."
        listed = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        super().__init__(f"{place}: “{value}” is not known{hint} Known: {listed or 'none'}")
        self.value = value
        self.place = place


class BadPeriod(BadCall):
    """Text that is no instant and no period in any accepted form."""

    def __init__(self, value: str, why: str = "") -> None:
        reason = f" ({why})" if why else ""
        super().__init__(
            f"“{value}” is no time that can be read{reason}. Accepted: 2016-09-19, 2016-09, "
            "2016-09-19T19:12, 2016-09-19T19:12+03:00, 2016-09-19/2016-09-21, D+2"
        )
        self.value = value


class _WithProblems(TrucewatchError):  # noqa: N818 - a base, never raised itself
    """Shared by errors that carry every problem of a file at once."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        lines = "".join(f"\n  {problem}" for problem in self.problems)
        super().__init__(message + lines)


class BadFile(_WithProblems):
    """A file of the case that cannot be used as it stands."""


class BadCaseFile(BadFile):
    """case.toml, actors.yaml or places.csv cannot be used."""


class BadAgreement(BadFile):
    """The agreement cannot be used; every problem is in `problems`, with line and column."""


class BadInput(_WithProblems):
    """Evidence that is not what `--as` says it is."""


class CaseNotFound(TrucewatchError):  # noqa: N818 - the public name
    """There is no case.toml in this folder or above it."""


class Conflict(TrucewatchError):  # noqa: N818 - the public name
    """Somebody else decided about the same thing, or is working on it; nothing was recorded."""


class LedgerError(TrucewatchError):
    """The ledger refuses an entry or does not agree with itself."""


class EngineError(TrucewatchError):
    """An engine is missing or cannot run a statement."""


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like `value`, or None if none is near."""
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None
