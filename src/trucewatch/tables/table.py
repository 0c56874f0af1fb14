"""The table itself: columns of equal length under a schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.errors import BadCall
from trucewatch.tables.columns import arrow_array, arrow_types, hand_out, store
from trucewatch.tables.schema import Field, Schema

__all__ = ["Table"]

Row = dict[str, Any]


def _column(schema: Schema, one: Field, values: list[Any]) -> npt.NDArray[Any]:
    """Return a checked column; BadCall names table, column and row."""
    if one.required and None in values:
        place = f"row {values.index(None)} has none"
        message = f"table {schema.name}: column {one.name} is required, {place}"
        raise BadCall(message)
    try:
        return store(one.kind, values)
    except (TypeError, ValueError, OverflowError) as error:
        message = f"table {schema.name}: column {one.name} holds values of kind {one.kind}: {error}"
        raise BadCall(message) from None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length under a schema; immutable by contract."""

    schema: Schema
    columns: Mapping[str, npt.NDArray[Any]] = field(repr=False)

    def __post_init__(self) -> None:
        lengths = {name: len(array) for name, array in self.columns.items()}
        if lengths.keys() != set(self.schema.names) or len(set(lengths.values())) > 1:
            message = f"table {self.schema.name} needs its columns, equally long; found {lengths}"
            raise BadCall(message)

    @classmethod
    def from_rows(cls, schema: Schema, rows: Iterable[Mapping[str, Any]]) -> Table:
        """Build a table; a missing key is null.

        KeyError for a key that is no column; BadCall (a ValueError) for a null in a required
        column and for a value that the column's kind does not admit.
        """
        listed = list(rows)
        known = set(schema.names)
        for row in listed:
            strange = row.keys() - known
            if strange:
                message = f"table {schema.name} has no column {sorted(strange)}"
                raise KeyError(message)
        columns = {
            one.name: _column(schema, one, [row.get(one.name) for row in listed])
            for one in schema.fields
        }
        return cls(schema, columns)

    @classmethod
    def from_columns(cls, schema: Schema, columns: Mapping[str, list[Any]]) -> Table:
        """Build a table from whole columns of Python values, one list for each field.

        KeyError for a column too many or too few, BadCall as in `from_rows`.
        """
        wrong = columns.keys() ^ set(schema.names)
        if wrong:
            message = f"table {schema.name} has other columns than {sorted(wrong)}"
            raise KeyError(message)
        stored = {one.name: _column(schema, one, columns[one.name]) for one in schema.fields}
        return cls(schema, stored)

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
        return hand_out(self.schema.field(name).kind, self.columns[name])

    def rows(self) -> list[Row]:
        """Return every row as a dict in schema order."""
        names = self.schema.names
        lists = [self.values(name) for name in names]
        return [dict(zip(names, values, strict=True)) for values in zip(*lists, strict=True)]

    def take(self, positions: Sequence[int] | npt.NDArray[Any]) -> Table:
        """Return the rows at these positions, in their order; of a boolean mask, the true ones."""
        given = np.asarray(positions)
        index = np.flatnonzero(given) if given.dtype == bool else given.astype(np.int64)
        return Table(self.schema, {name: array[index] for name, array in self.columns.items()})

    def filter(self, test: Callable[[Row], bool]) -> Table:
        """Return the rows for which `test(row)` holds, in order."""
        return self.take([position for position, row in enumerate(self.rows()) if test(row)])

    def sorted(self, *names: str) -> Table:
        """Return the rows ordered by these columns, nulls first; by the key if none is named."""
        lists = [self.values(name) for name in (names or self.schema.key or self.schema.names)]
        keys = [
            tuple((value is not None, 0 if value is None else value) for value in row)
            for row in zip(*lists, strict=True)
        ]
        return self.take(sorted(range(len(self)), key=keys.__getitem__))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the table to any Arrow consumer (PyCapsule protocol); lists travel as JSON text."""
        import nanoarrow as na

        types = arrow_types()
        children = [arrow_array(self.columns[one.name], one.kind) for one in self.schema.fields]
        struct = na.c_array_from_buffers(
            na.struct({one.name: types[one.kind] for one in self.schema.fields}),
            length=len(self),
            buffers=[None],
            children=children,
        )
        return na.c_array_stream(struct).__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.schema.names)
        body = "".join(
            "".join(("<tr>", *(f"<td>{_shown(value)}</td>" for value in row.values()), "</tr>"))
            for row in self.take(range(min(20, len(self)))).rows()
        )
        caption = f"{escape(self.schema.name)}: {len(self)} rows"
        return f"<table><caption>{caption}</caption><tr>{head}</tr>{body}</table>"


def _shown(value: object) -> str:
    from html import escape

    return "" if value is None else escape(str(value))
