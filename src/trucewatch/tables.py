"""The columnar table that travels between stages, and the schema that documents it.

A `Table` holds one NumPy array per field of its `Schema`. Unknown is null and stays null:

========== ============================================ ==================
kind       stored as                                    null is
========== ============================================ ==================
text       object array of str                          None
json       object array of str, each one JSON value     None
number     float64                                      NaN
integer    masked int64                                 masked
instant    masked int64, microseconds since 1970 (UTC)  masked
boolean    masked bool                                  masked
========== ============================================ ==================

Rows are handed out as plain dicts of Python values (`instant` as an aware datetime in UTC).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = ["Field", "Kind", "Schema", "Table", "from_micros", "to_micros"]

Kind = Literal["text", "json", "number", "integer", "instant", "boolean"]
Row = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """Return an aware datetime as microseconds since 1970-01-01T00:00Z (exact)."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the aware UTC datetime of a number of microseconds since 1970 (exact)."""
    return _EPOCH + timedelta(microseconds=int(micros))


@dataclass(frozen=True, slots=True)
class Field:
    """One documented column."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    """Closed list of admitted texts; empty when any text is admitted."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The documented columns of one table; `name` is singular, `key` identifies a row."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    meaning: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(one.name for one in self.fields)

    def field(self, name: str) -> Field:
        """Return the field called `name`; KeyError if there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        message = f"table {self.name} has no column “{name}”; it has {', '.join(self.names)}"
        raise KeyError(message)


def _store(kind: Kind, values: Sequence[Any]) -> npt.NDArray[Any]:
    """Return `values` in the array that the module docstring names for `kind`."""
    if kind in ("text", "json"):
        array = np.empty(len(values), dtype=object)
        if kind == "json":
            array[:] = [None if value is None else _as_json(value) for value in values]
        else:
            array[:] = list(values)
        return array
    if kind == "number":
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    mask = np.fromiter((value is None for value in values), dtype=bool, count=len(values))
    if kind == "boolean":
        filled = np.array([bool(value) for value in values], dtype=bool)
        return np.ma.MaskedArray(filled, mask=mask)
    plain = [
        0 if value is None else to_micros(value) if isinstance(value, datetime) else int(value)
        for value in values
    ]
    return np.ma.MaskedArray(np.array(plain, dtype=np.int64), mask=mask)


def _as_json(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hand_out(kind: Kind, array: npt.NDArray[Any]) -> list[Any]:
    """Return a column as Python values, null as None."""
    if kind == "number":
        return [None if value != value else value for value in array.tolist()]
    values: list[Any] = array.tolist()
    if kind == "instant":
        return [None if value is None else from_micros(value) for value in values]
    return values


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length under a schema; immutable by contract."""

    schema: Schema
    columns: Mapping[str, npt.NDArray[Any]] = field(repr=False)

    @classmethod
    def from_rows(cls, schema: Schema, rows: Iterable[Mapping[str, Any]]) -> Table:
        """Build a table; a missing key is null, an unknown key or a null in a required field raises."""
        listed = list(rows)
        known = set(schema.names)
        for row in listed:
            strange = row.keys() - known
            if strange:
                message = f"table {schema.name} has no column {sorted(strange)}"
                raise KeyError(message)
        columns = {}
        for one in schema.fields:
            values = [row.get(one.name) for row in listed]
            if one.required and None in values:
                message = f"table {schema.name}: column {one.name} is required, row {values.index(None)} has none"
                raise ValueError(message)
            columns[one.name] = _store(one.kind, values)
        return cls(schema, columns)

    @classmethod
    def empty(cls, schema: Schema) -> Table:
        """Return the table of this schema with no rows."""
        return cls.from_rows(schema, ())

    def __len__(self) -> int:
        return len(self.columns[self.schema.fields[0].name])

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows())

    def values(self, name: str) -> list[Any]:
        """Return one column as Python values, null as None, instants as aware UTC datetimes."""
        return _hand_out(self.schema.field(name).kind, self.columns[name])

    def rows(self) -> list[Row]:
        """Return every row as a dict in schema order."""
        names = self.schema.names
        lists = [self.values(name) for name in names]
        return [dict(zip(names, values, strict=True)) for values in zip(*lists, strict=True)]

    def take(self, positions: Sequence[int] | npt.NDArray[Any]) -> Table:
        """Return the rows at these positions, in their order."""
        index = np.asarray(positions, dtype=np.int64)
        return Table(self.schema, {name: array[index] for name, array in self.columns.items()})

    def filter(self, test: Callable[[Row], bool]) -> Table:
        """Return the rows for which `test(row)` holds, in order."""
        return self.take([position for position, row in enumerate(self.rows()) if test(row)])

    def sorted(self, *names: str) -> Table:
        """Return the rows ordered by these columns (nulls first), or by the key if none is named."""
        lists = [self.values(name) for name in (names or self.schema.key)]
        keys = [tuple((value is not None, value or 0 if value is None else value) for value in row)
                for row in zip(*lists, strict=True)]
        return self.take(sorted(range(len(self)), key=keys.__getitem__))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the table to any Arrow consumer (PyCapsule protocol); lists travel as JSON text."""
        import nanoarrow as na

        arrow = {
            "text": na.string, "json": na.string, "number": na.float64, "integer": na.int64,
            "boolean": na.bool_,
        }
        fields = {
            one.name: na.timestamp("us", timezone="UTC") if one.kind == "instant" else arrow[one.kind]()
            for one in self.schema.fields
        }
        children = []
        for one in self.schema.fields:
            plain = self.values(one.name)
            if one.kind == "instant":
                counted = [None if value is None else to_micros(value) for value in plain]
                children.append(na.c_array(counted, na.int64()))
            else:
                children.append(na.c_array(plain, fields[one.name]))
        struct = na.c_array_from_buffers(
            na.struct(fields), length=len(self), buffers=[None], children=children
        )
        return na.c_array_stream(struct).__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.schema.names)
        shown = self.take(range(min(20, len(self)))).rows()
        body = "".join(
            "<tr>" + "".join(f"<td>{escape('' if v is None else str(v))}</td>" for v in row.values()) + "</tr>"
            for row in shown
        )
        return f"<table><caption>{escape(self.schema.name)}: {len(self)} rows</caption><tr>{head}</tr>{body}</table>"
