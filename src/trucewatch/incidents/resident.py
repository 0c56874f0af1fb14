"""Reports that stay in memory while others come: rows in the order of their coming, found by time.

Rows are numbered as they came and never move. `view` gives any of them as Features in the order of
report_id, so that what is worked out about a part comes out as it would of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.coded import Coded, nothing
from trucewatch.incidents.features import DAY, Features, dyad_order
from trucewatch.incidents.grid import PERIOD_CLASSES_DAYS, grid_spans, grid_start
from trucewatch.incidents.partners import distinct
from trucewatch.incidents.weights import Bounds

__all__ = ["Growing", "Resident"]

Ints = npt.NDArray[np.int64]

_NAMED_DAYS = PERIOD_CLASSES_DAYS[2]
"""Reports without coordinates are compared as if their periods were as long as this."""
_COMPARED: dict[str, Callable[[Any], Any] | None] = {
    "act": str, "dyad": dyad_order, "doings": None, "weapon": None, "by": None, "against": None, "target": None,
}  # fmt: skip
"""Columns whose values are compared, each with each; by their order if it decides which partners a bound leaves."""


class Growing:
    """An array that rows are added to; `now` are those there are."""

    def __init__(self, start: npt.NDArray[Any]) -> None:
        self._room, self._count = start, len(start)

    @property
    def now(self) -> npt.NDArray[Any]:
        """The rows there are, to read and to change."""
        return self._room[: self._count]

    def extend(self, more: npt.NDArray[Any]) -> None:
        """Add rows; room is made for an eighth more than there is, so that this rarely copies."""
        wanted = self._count + len(more)
        if wanted > len(self._room):
            room = np.empty((wanted + wanted // 8 + 64, *self._room.shape[1:]), dtype=self._room.dtype)
            room[: self._count] = self.now
            self._room = room
        self._room[self._count : wanted] = more
        self._count = wanted


class _GrowingCodes:
    """A coded column that rows are added to; values keep their codes."""

    def __init__(self, start: Coded[Any]) -> None:
        self.codes = Growing(start.codes)
        self._values = list(start.values)
        self._code = dict(zip(start.values, range(len(start.values)), strict=True))

    def extend(self, more: Coded[Any]) -> None:
        table = [self._code.setdefault(value, len(self._code)) for value in more.values]
        self._values += [value for value, code in zip(more.values, table, strict=True) if code >= len(self._values)]
        self.codes.extend(np.array([*table, -1], dtype=np.int64)[more.codes])

    def view(self, which: Ints) -> Coded[Any]:
        """Return these rows with every value that there ever was: what they are named by does not matter."""
        # A tuple would be a copy of all values.
        return Coded(self.codes.now[which], cast("tuple[Any, ...]", self._values))

    def used(self, which: Ints, key: Callable[[Any], Any] | None) -> Coded[Any]:
        """Return these rows with the values that they have, in the order of `key`."""
        if not self._values:
            return nothing(len(which))
        used, codes = np.unique(self.codes.now[which], return_inverse=True)
        unknown = int(len(used) > 0 and used[0] < 0)
        values = [self._values[code] for code in used[unknown:].tolist()]
        codes = codes - unknown
        if key is None:
            return Coded(codes, tuple(values))
        order = sorted(range(len(values)), key=lambda place: key(values[place]))
        table = np.empty(len(values) + 1, dtype=np.int64)
        table[order], table[-1] = np.arange(len(values)), -1
        return Coded(table[codes], tuple([values[place] for place in order]))


class Resident:
    """Columns of reports, and which of them lie around which in time."""

    def __init__(self, rows: Features, weights: Bounds) -> None:
        self.ids = list(rows.ids)
        self._columns: dict[str, Growing | _GrowingCodes] = {}
        for name in _names():
            column = getattr(rows, name)
            self._columns[name] = _GrowingCodes(column) if isinstance(column, Coded) else Growing(column.copy())
        self._reach = round(weights.reach_days * DAY)
        self._times = _Times()
        self._groups: dict[int, list[int]] = defaultdict(list)
        self._note(rows, np.arange(len(rows)))

    def extend(self, rows: Features) -> Ints:
        """Add reports, which are not there yet; returns their rows."""
        fresh = np.arange(len(self.ids), len(self.ids) + len(rows))
        self.ids += rows.ids
        for name, column in self._columns.items():
            column.extend(getattr(rows, name))
        self._note(rows, fresh)
        return fresh

    def _note(self, rows: Features, which: Ints) -> None:
        self._times.extend(rows, which)
        codes = self._codes("grouping").now[which]
        for row in np.flatnonzero(codes >= 0).tolist():
            self._groups[int(codes[row])].append(int(which[row]))

    def _codes(self, name: str) -> Growing:
        column = self._columns[name]
        assert isinstance(column, _GrowingCodes)
        return column.codes

    def around(self, which: Ints) -> Ints:
        """Return these rows and all that could be partners of one of them, or crowd one out."""
        near = self._times.around(which, self._reach)
        codes = distinct(self._codes("grouping").now[which])
        grouped = [row for code in codes[codes >= 0].tolist() for row in self._groups[code]]
        return distinct(np.concatenate([which, near, np.array(grouped, dtype=np.int64)]))

    def view(self, which: Ints) -> tuple[Features, Ints]:
        """Return these rows as Features in the order of report_id, and the row of each."""
        which, ids = self._by_id(which)
        columns: dict[str, Any] = {
            name: _part(name, each, which) for name, each in self._columns.items()
        }
        return Features(ids=tuple(ids), **columns), which

    def documents(self, which: Ints) -> tuple[Coded[str], Ints]:
        """Return the documents of these rows in the order of report_id, and the row of each."""
        which, _ = self._by_id(which)
        column = self._columns["document"]
        assert isinstance(column, _GrowingCodes)
        return column.view(which), which

    def _by_id(self, which: Ints) -> tuple[Ints, list[str]]:
        ids = [self.ids[row] for row in which.tolist()]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        return which[order], [ids[place] for place in order]


def _part(name: str, column: Growing | _GrowingCodes, which: Ints) -> Any:  # noqa: ANN401
    if isinstance(column, Growing):
        return column.now[which]
    return column.used(which, _COMPARED[name]) if name in _COMPARED else column.view(which)


def _names() -> list[str]:
    return [one.name for one in fields(Features) if one.name != "ids"]


class _Times:
    """Rows by the class of their period, in the order of its start."""

    def __init__(self) -> None:
        self._longest = [round(days * DAY) for days in (*PERIOD_CLASSES_DAYS, _NAMED_DAYS)]
        self._start = Growing(np.empty(0, dtype=np.int64))
        self._kind = Growing(np.empty(0, dtype=np.int64))
        """Place in `_longest`; the last is that of reports without coordinates, -1: not found by time."""
        self._starts = [np.empty(0, dtype=np.int64) for _ in self._longest]
        self._rows = [np.empty(0, dtype=np.int64) for _ in self._longest]

    def extend(self, rows: Features, which: Ints) -> None:
        start = grid_start(rows)
        kind = np.searchsorted(PERIOD_CLASSES_DAYS, grid_spans(rows))
        kind = np.where(rows.placed, kind, np.where(kind < 3, len(self._longest) - 1, len(self._longest)))
        kind = np.where(rows.dated & (kind < len(self._longest)), kind, -1)
        kind = np.where(rows.placed & (kind == len(self._longest) - 1), -1, kind)
        self._start.extend(start)
        self._kind.extend(kind)
        for place in range(len(self._longest)):
            own = np.flatnonzero(kind == place)
            own = own[np.argsort(start[own], kind="stable")]
            at = np.searchsorted(self._starts[place], start[own])
            self._starts[place] = np.insert(self._starts[place], at, start[own])
            self._rows[place] = np.insert(self._rows[place], at, which[own])

    def around(self, which: Ints, reach: int) -> Ints:
        """Return the rows whose starts lie where a partner of one of these may start."""
        start, kind = self._start.now[which], self._kind.now[which]
        start, kind = start[kind >= 0], kind[kind >= 0]
        longest, unplaced = np.array(self._longest, dtype=np.int64), len(self._longest) - 1
        named = np.where(kind == unplaced, longest[unplaced], 0)
        found = [np.empty(0, dtype=np.int64)]
        for place in range(len(self._longest)):
            back = np.maximum(longest[place], named)
            ahead = np.maximum(longest[kind], longest[unplaced] if place == unplaced else 0)
            low = np.searchsorted(self._starts[place], start - reach - back, side="left")
            high = np.searchsorted(self._starts[place], start + reach + ahead, side="right")
            found += [self._rows[place][a:b] for a, b in _merged(low, high)]
        return np.concatenate(found)


def _merged(low: Ints, high: Ints) -> list[tuple[int, int]]:
    """Return the union of ranges as ranges apart from each other."""
    order = np.argsort(low)
    low, high = low[order], np.maximum.accumulate(high[order])
    begins = np.flatnonzero(np.concatenate([np.ones(min(1, len(low)), dtype=bool), low[1:] > high[:-1]]))
    ends = np.append(begins[1:], len(low))[: len(begins)] - 1
    return list(zip(low[begins].tolist(), high[ends].tolist(), strict=True))
