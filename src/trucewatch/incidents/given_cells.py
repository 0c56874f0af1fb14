"""Columns of any kind → columns of one kind, quickly; and what cannot be used, with its row.

NumPy arrays are taken as they are where their kind allows it; in lists, each distinct value is
read once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from trucewatch.errors import Problem, Severity
from trucewatch.incidents.coded import Coded, coded, nothing, recoded
from trucewatch.incidents.report_columns import NEVER
from trucewatch.tables import to_micros

__all__ = ["Cells", "listed"]

T = TypeVar("T")
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_BAD, _UNREAD = object(), object()
_INSTANT = "an instant such as 2016-09-12T16:00:00+00:00, or nothing"


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads columns of one table, None for a column that is not there; `problems` takes what cannot be used."""

    count: int
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, row: int, name: str, value: object, expected: str) -> None:
        """Note a value that cannot be used; `row` counts from 0."""
        self.problems.append(Problem("reports", row + 1, name, None if value is None else str(value), expected, "", Severity.ERROR))

    def texts(self, name: str, values: Any) -> Coded[str]:  # noqa: ANN401
        """Return a column of texts; an empty one says nothing."""
        if values is None:
            return nothing(self.count)
        values = listed(values)
        if set(map(type, values)) <= {str, type(None)}:
            return _said(coded(values))
        return coded(self._each(name, values, _text, ""))

    def lists(self, name: str, values: Any) -> Coded[tuple[str, ...]]:  # noqa: ANN401
        """Return a column of lists of texts without repeats."""
        if values is None:
            return coded([()] * self.count)
        values = listed(values)
        if set(map(type, values)) <= {list, tuple}:
            known = coded(list(map(tuple, values)), repr)
            # Only texts: one that is equal and yet another (1 and True) would be taken for the first.
            if all(isinstance(one, str) for each in known.values for one in each):
                return recoded(known, _several)
        return coded(self._each(name, values, _several, ""))

    def numbers(self, name: str, values: object, least: float, most: float) -> Floats:
        """Return a column of numbers, NaN for nothing and for what is refused."""
        if values is None:
            return np.full(self.count, np.nan)
        found = _floats(values, self.count)
        if found is None:
            expected = f"a number from {least:g} to {most:g}, or nothing"
            read = self._each(name, values, _number, expected)
            found = np.array([np.nan if one is None else one for one in read], dtype=np.float64)
        wrong = ~np.isnan(found) & ~((found >= least) & (found <= most))
        for row in np.flatnonzero(wrong).tolist():
            self.refuse(row, name, found[row], f"a number from {least:g} to {most:g}, or nothing")
        found[wrong] = np.nan
        return found

    def instants(self, name: str, values: object) -> Ints:
        """Return a column of microseconds since 1970 (UTC where no zone is given), NEVER for nothing."""
        if values is None:
            return np.full(self.count, NEVER, dtype=np.int64)
        if isinstance(values, np.ndarray) and values.dtype.kind == "M" and not isinstance(values, np.ma.MaskedArray):
            micros = values.astype("datetime64[us]").astype(np.int64)
            return np.where(np.isnat(values), NEVER, micros)
        read = self._each(name, values, _micros, _INSTANT)
        return np.array([NEVER if one is None else one for one in read], dtype=np.int64)

    def _each(self, name: str, values: object, read: Callable[[Any], Any], expected: str) -> list[Any]:
        known: dict[Hashable, Any] = {}
        found = []
        for row, value in enumerate(listed(values)):
            kind = type(value)
            key = (tuple(value), list) if kind is list or kind is np.ndarray else (value, kind)
            one = known.get(key, _UNREAD)
            if one is _UNREAD:
                one = known[key] = read(value)
            if one is _BAD:
                self.refuse(row, name, value, expected)
                one = None
            found.append(one)
        return found


def listed(values: Any) -> Sequence[Any]:  # noqa: ANN401
    """Return a column as Python values, None for a masked or missing one."""
    if isinstance(values, np.ma.MaskedArray):
        return [None if one is np.ma.masked else one for one in values]
    if isinstance(values, np.ndarray):
        kind = values.dtype.kind
        return list(values.astype("datetime64[us]").tolist()) if kind == "M" else list(values.tolist())
    return values if isinstance(values, list | tuple) else list(values)


def _floats(values: Any, count: int) -> Floats | None:  # noqa: ANN401
    """Return numbers as they are; None if a value has to be looked at."""
    if isinstance(values, np.ma.MaskedArray):
        return None
    if isinstance(values, np.ndarray):
        return values.astype(np.float64) if values.dtype.kind in "iuf" else None
    kinds = set(map(type, values))
    if kinds <= {int, float, type(None)}:
        return np.array(values, dtype=np.float64) if count else np.empty(0)
    return None


def _said(column: Coded[str]) -> Coded[str]:
    """Return the column with its empty text, which sorts first, as unknown."""
    if "" not in column.values[:1]:
        return column
    return Coded(np.maximum(-1, column.codes - 1), column.values[1:])


def _missing(value: Any) -> bool:  # noqa: ANN401
    return value is None or value is np.ma.masked or (isinstance(value, str) and not value) or bool(value != value)


def _text(value: Any) -> str | None:  # noqa: ANN401
    return None if _missing(value) else str(value)


def _several(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    inside = value if isinstance(value, list | tuple | np.ndarray) else [value]
    return tuple(dict.fromkeys(str(one) for one in inside if not _missing(one)))


def _number(value: Any) -> Any:  # noqa: ANN401
    if _missing(value):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return _BAD


def _micros(value: Any) -> Any:  # noqa: ANN401
    if _missing(value):
        return None
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, str):
        with suppress(ValueError):  # what is no instant is refused below
            value = datetime.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if not isinstance(value, datetime):
        return _BAD
    return to_micros(value.replace(tzinfo=UTC) if value.tzinfo is None else value)
