"""Which column of a table is read as what: as declared, by its own name, or by a word for it.

The words are data (table.yml). A guess is never silent: every column that was read under another
name is told in the notes, every column that is not read in a problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.errors import Problem, Severity, nearest
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS
from trucewatch.sources.declaration import LEFT_OUT, Declaration
from trucewatch.sources.table_words import compared, words

__all__ = ["Header", "known_names", "read_header"]

_COLUMNS = {"report": REPORT_COLUMNS, "claim": CLAIM_COLUMNS}
_PLACES = (
    ("place",),
    ("lat", "lon"),
    ("mgrs",),
    ("utm",),
    ("area_wkt",),
    ("observer_place",),
    ("observer_lat", "observer_lon"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """How the columns of one table are read."""

    kind: str
    """`report` or `claim`."""
    own: tuple[str, ...]
    """Own names as written, made unique."""
    targets: Mapping[str, int]
    """Column of trucewatch → position."""
    sides: tuple[int, ...] = ()
    """Positions of columns that name both sides without saying who acted."""
    acled: Mapping[str, int] = field(default_factory=dict)
    """`sub event type`, `geo precision`, `time precision` → position, in a file from ACLED."""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def own_name(self, column: str | None) -> str | None:
        """Return the file's own name of a column of trucewatch, for problems."""
        position = self.targets.get(column or "")
        return column if position is None else self.own[position]


def known_names(cells: Sequence[str], declaration: Declaration) -> int:
    """Return how many cells of a row are names of columns: how much it looks like a header."""
    names = words().names
    return sum(
        cell in declaration.columns
        or compared(cell) in names["report"]
        or compared(cell) in names["claim"]
        for cell in cells
        if cell
    )


def read_header(cells: Sequence[str], number: int, declaration: Declaration) -> Header:
    """Say how each column is read; `number` is the row of the header, for problems.

    A needed column that is missing, or two columns of one name, is a problem of severity ERROR:
    the table cannot be read until it is mended or declared.
    """
    own = _unique(cells)
    names = [compared(name) for name in cells]
    kind = _kind(names, declaration)
    reading = _Reading(kind, own, names, number, declaration)
    reading.declared()
    reading.guessed()
    reading.twice(cells)
    sides = reading.sides()
    reading.unread()
    reading.needed()
    return Header(
        kind,
        own,
        {name: at for name, (at, _) in reading.taken.items()},
        sides,
        reading.acled(),
        tuple(reading.notes),
        tuple(reading.problems),
    )


def _unique(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names; one that is empty is “column 3”, one that is repeated gets a number."""
    named = [cell or f"column {position}" for position, cell in enumerate(cells, start=1)]
    seen: dict[str, int] = {}
    found = []
    for name in named:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def _kind(names: Sequence[str], declaration: Declaration) -> str:
    if declaration.rows is not None:
        return declaration.rows.removesuffix("s")
    claims = words().names["claim"]
    found = {claims[name][0] for name in names if name in claims}
    found |= set(declaration.columns.values())
    return "claim" if "asserter" in found and found & {"kind", "subject"} else "report"


@dataclass(slots=True)
class _Reading:
    """A header while its columns are given out."""

    kind: str
    own: tuple[str, ...]
    names: list[str]
    number: int
    declaration: Declaration
    taken: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Column of trucewatch → (position, rank of the word that gave it; -1: declared)."""
    settled: set[int] = field(default_factory=set)
    """Positions about which nothing more is to be said."""
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def declared(self) -> None:
        """Give out what the declaration says."""
        folded_own = {name: position for position, name in reversed(list(enumerate(self.names)))}
        for name, column in self.declaration.columns.items():
            position = self.own.index(name) if name in self.own else folded_own.get(compared(name))
            if position is None:
                near = nearest(name, self.own)
                self._note(
                    name,
                    "a declared column that is in the table",
                    f"Did you mean “{near}”?" if near else "",
                )
                continue
            self.settled.add(position)
            if column == LEFT_OUT:
                self.notes.append(f"column “{self.own[position]}” is left out, as declared")
            elif column not in _COLUMNS[self.kind]:
                self._note(name, f"a column of {self.kind}s", f"“{column}” is none")
            else:
                self.taken[column] = (position, -1)
                self.notes.append(
                    f"column “{self.own[position]}” was read as {column}, as declared"
                )

    def guessed(self) -> None:
        """Give out the other columns by their names; the word that comes first wins."""
        ranked = words().names[self.kind]
        offers = sorted(
            (rank, position, column)
            for position, name in enumerate(self.names)
            if position not in self.settled and name in ranked
            for column, rank in (self._turned(*ranked[name]),)
        )
        for rank, position, column in offers:
            if column not in self.taken:
                self.taken[column] = (position, rank)
                self.settled.add(position)
                if rank:
                    self.notes.append(
                        f"column “{self.own[position]}” was read as {column} because "
                        f"“{self.names[position]}” is a word for it"
                    )

    def _turned(self, column: str, rank: int) -> tuple[str, int]:
        """In a file from ACLED the column `source` names who said it first."""
        if column == "source" and words().acled in self.names and self.kind == "report":
            return "origin", max(rank, 1)
        return column, rank

    def twice(self, cells: Sequence[str]) -> None:
        """A name that stands twice leaves open which column is meant."""
        for column, (position, _) in sorted(self.taken.items()):
            if cells[position] and list(cells).count(cells[position]) > 1:
                advice = f"Two columns are called so; rename one: it is read as {column}"
                self._note(cells[position], "each column name once", advice, Severity.ERROR)

    def sides(self) -> tuple[int, ...]:
        """Give out the columns that name both sides, unless others say who acted."""
        if self.kind != "report" or self.taken.keys() & {"by", "against"}:
            return ()
        found = tuple(
            p
            for p, name in enumerate(self.names)
            if name in words().sides and p not in self.settled
        )
        self.settled.update(found)
        self.notes += [
            f"column “{self.own[position]}” was read as a candidate for by and against, because it "
            "does not say who acted"
            for position in found
        ]
        return found

    def acled(self) -> dict[str, int]:
        """Return the positions of ACLED's codes, in a file from ACLED."""
        if words().acled not in self.names or self.kind != "report":
            return {}
        wanted = ("sub event type", "geo precision", "time precision")
        return {name: self.names.index(name) for name in wanted if name in self.names}

    def unread(self) -> None:
        """Say of every other column that it is kept but not read."""
        codes = self.acled()
        quiet = words().left_out if words().acled in self.names else frozenset[str]()
        left = [
            position
            for position, name in enumerate(self.names)
            if position not in self.settled and name not in codes
        ]
        listed = [self.own[position] for position in left if self.names[position] in quiet]
        if listed:
            self.notes.append(f"kept and not read, as is usual for ACLED: {', '.join(listed)}")
        for position in left:
            if self.names[position] not in quiet:
                near = nearest(self.names[position], _COLUMNS[self.kind])
                self._note(
                    self.own[position],
                    f"a column of {self.kind}s",
                    (f"Did you mean {near}? " if near else "")
                    + "It is kept with the row and not read; declare it under `columns:`",
                )

    def needed(self) -> None:
        """Without these columns no row can be recorded."""
        had = ", ".join(self.own)
        if self.kind == "claim":
            wanted = [(name, "") for name in ("kind", "asserter") if name not in self.taken]
        else:
            wanted = (
                []
                if "occurred" in self.taken
                else [("occurred", "(a day, an instant or an interval)")]
            )
            if not any(all(name in self.taken for name in names) for names in _PLACES):
                wanted.append(
                    ("place", "or lat and lon, mgrs, utm, area_wkt, or the observer's position")
                )
        if "source" not in self.taken and self.declaration.source is None:
            wanted.append(("source", "or --source NAME for all rows"))
        for name, more in wanted:
            self._note(
                had,
                f"a column {name} {more}".strip(),
                "Declare it under `columns:`",
                Severity.ERROR,
                name,
            )

    def _note(
        self,
        value: str,
        expected: str,
        advice: str = "",
        severity: Severity = Severity.WARNING,
        column: str | None = None,
    ) -> None:
        self.problems.append(
            Problem(
                self.declaration.file,
                self.number,
                column or value,
                value,
                expected,
                advice,
                severity,
            )
        )
