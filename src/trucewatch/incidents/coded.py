"""A column of values as small integers and the values they stand for: compared fast, still readable."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Coded", "coded", "joined", "nothing", "recoded", "shared", "together"]

Ints = npt.NDArray[np.int64]
S = TypeVar("S")
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[S]):
    """A column of small integers and the values they stand for; -1 is unknown.

    The values are in sorted order, so that codes compare as values do, unless it is said otherwise.
    """

    codes: Ints
    values: tuple[S, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def of(self, row: int) -> S | None:
        """Return the value of one row, None if unknown."""
        code = int(self.codes[row])
        return None if code < 0 else self.values[code]

    def take(self, order: npt.NDArray[np.int64]) -> Coded[S]:
        """Return these rows in this order; values that no row has any more stay listed."""
        return Coded(self.codes[order], self.values)

    def each(self) -> list[S | None]:
        """Return the value of every row."""
        found: list[S | None] = [*self.values, None]
        return [found[code] for code in self.codes.tolist()]


def nothing(count: int) -> Coded[Any]:
    """Return a column of `count` unknown values."""
    return Coded(np.full(count, -1, dtype=np.int64), ())


def coded(values: Sequence[T | None], key: Callable[[T], Any] | None = None) -> Coded[T]:
    """Return a column of hashable values, None for unknown; `key` sorts them, as of `sorted`."""
    known = dict.fromkeys(values)
    known.pop(None, None)
    ordered: list[T] = sorted(known, key=key)  # type: ignore[type-var,arg-type,assignment]
    if ordered == values:
        return Coded(np.arange(len(values), dtype=np.int64), tuple(ordered))
    return _by_code(values, ordered)


def shared(values: Sequence[S]) -> Coded[S]:
    """Return a column of objects that rows share: told apart by identity, in order of appearance.

    An equal object that is not the same one only costs the work again.
    """
    found: dict[int, S] = {}
    places = np.array([_place(found, value) for value in values], dtype=np.int64)
    code = {place: number for number, place in enumerate(found)}
    return Coded(np.array([code[one] for one in places.tolist()], dtype=np.int64), tuple(found.values()))


def _place(found: dict[int, S], value: S) -> int:
    found.setdefault(id(value), value)
    return id(value)


def recoded(
    column: Coded[S], read: Callable[[S], T | None], key: Callable[[T], Any] | None = None
) -> Coded[T]:
    """Return `read` of every value, each distinct one read once."""
    made = coded([read(one) for one in column.values], key)
    table = np.append(made.codes, np.int64(-1))
    return Coded(table[column.codes], made.values)


def joined(one: Coded[S], other: Coded[S], laid: Callable[[Sequence[S]], Coded[S]]) -> Coded[S]:
    """Return the rows of two columns, the one after the other; `laid` is `coded` or `shared`."""
    values = laid([*one.values, *other.values])
    table = np.append(values.codes, np.int64(-1))
    beyond = np.where(other.codes < 0, -1, other.codes + len(one.values))
    return Coded(table[np.concatenate([one.codes, beyond])], values.values)


def together(columns: Sequence[Coded[Any]], count: int) -> tuple[Ints, Ints]:
    """Return (rows that show each distinct combination of values, combination of each row).

    Combinations are in the order of their codes, the first column first.
    """
    place = np.zeros(count, dtype=np.int64)
    first = np.zeros(min(1, count), dtype=np.int64)
    for column in columns:
        if column.values:
            place = place * (len(column.values) + 1) + column.codes + 1
            _, first, place = np.unique(place, return_index=True, return_inverse=True)
    return first, place


def _by_code(values: Sequence[T | None], ordered: Sequence[T]) -> Coded[T]:
    code: dict[T | None, int] = dict(zip(ordered, range(len(ordered)), strict=True))
    code[None] = -1
    codes = np.fromiter(map(code.__getitem__, values), dtype=np.int64, count=len(values))
    return Coded(codes, tuple(ordered))
