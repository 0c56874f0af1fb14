"""What a source adapter is: bytes and a declaration in, rows as written and problems out.

An adapter interprets the file format and nothing else: it resolves no name, invents no value and
drops no row without a word. How to write one: docs/sources.md. The promises below are tested for
every adapter by tests/contracts/test_adapters.py:

* the same bytes and declaration give the same rows, problems and notes;
* rows in = accepted + rejected, and every row of the file is found in a locator or in a problem;
* a code that the format does not define rejects its row;
* whatever the bytes, nothing but `BadInput` is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from trucewatch.errors import Problem, Severity, nearest
from trucewatch.reports.unresolved import fold
from trucewatch.reports.written import Written
from trucewatch.sources.declaration import Declaration

__all__ = ["Adapter", "Parsed", "count_problems", "known_sources", "preview", "source_problem"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an adapter read from one file, in the order of the file."""

    rows: tuple[Written, ...]
    """Accepted rows; one row of the file may give several, or share one with others."""
    problems: tuple[Problem, ...]
    """Everything a person should know; a rejected row has at least one of severity REJECTED."""
    rows_in: int
    """Rows of the file that hold anything, the header not counted."""
    notes: tuple[str, ...] = ()
    """What was decided in reading: guessed columns, counts, what was left out."""

    @property
    def rejected(self) -> int:
        """Rows of the file that were not recorded."""
        lines = {one.line for one in self.problems if one.severity is Severity.REJECTED}
        return len(lines - {None})

    @property
    def accepted(self) -> int:
        """Rows of the file that were recorded; a mere repetition counts, as recorded already."""
        return self.rows_in - self.rejected


@runtime_checkable
class Adapter(Protocol):
    """One file format."""

    @property
    def name(self) -> str:
        """What stands behind `--as`: lower case, a noun of the format."""

    def read(self, raw: bytes, declaration: Declaration) -> Parsed:
        """Read the bytes of one file.

        BadInput: the bytes are not of this format at all; it carries the problems. Rows that
        cannot be used are no error: they are problems of the result.
        """


def preview(parsed: Parsed) -> list[dict[str, str]]:
    """Return what would be recorded: locator, kind and the stated values of every row."""
    return [
        {"locator": row.locator, "kind": row.kind}
        | {name: value for name, value in row.values.items() if value}
        for row in parsed.rows
    ]


def count_problems(parsed: Parsed, declaration: Declaration) -> tuple[Problem, ...]:
    """Return a warning for each declared count that the file does not have."""
    found = {"rows": parsed.rows_in, "rejected": parsed.rejected}
    return tuple(
        Problem(
            declaration.file,
            None,
            None,
            f"{found[name]} {name}",
            f"{number} {name} as declared",
            "The file is another version, or was not read as meant",
            Severity.WARNING,
        )
        for name, number in sorted(declaration.expected.items())
        if found.get(name, number) != number
    )


def source_problem(
    value: str, file: str, line: int, column: str, sources: Iterable[str], severity: Severity
) -> Problem:
    """Return the problem of a source name that the case does not know."""
    near = nearest(value, sources)
    advice = f"Did you mean {near}?" if near else "Add it under sources in case.toml"
    return Problem(file, line, column, value, "a source of case.toml", advice, severity)


def known_sources(sources: Mapping[str, str]) -> Mapping[str, str]:
    """Return `sources` with its names in compared form, keys included."""
    named = {fold(name): key for name, key in sources.items()}
    return named | {fold(key): key for key in sources.values()}
