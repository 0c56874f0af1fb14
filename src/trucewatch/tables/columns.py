"""How the values of one column are stored, handed out and given to Arrow.

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

What does not fit its kind is refused, never bent: no text where a number is meant, no 2.7 where a
whole number is meant, no clock time without a zone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.tables.schema import Kind

__all__ = ["arrow_array", "arrow_types", "from_micros", "hand_out", "store", "to_micros"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STORED: dict[Kind, type] = {"text": str, "json": str, "integer": int, "boolean": bool}
"""Kind → the type whose values are stored as they are."""
_JSON = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def to_micros(instant: datetime) -> int:
    """Return an aware datetime as microseconds since 1970-01-01T00:00Z (exact)."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the aware UTC datetime of a number of microseconds since 1970 (exact)."""
    return _EPOCH + timedelta(microseconds=int(micros))


def store(kind: Kind, values: Sequence[Any]) -> npt.NDArray[Any]:
    """Return `values` in the array that the module docstring names for `kind`."""
    if kind == "number":
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    accepted = _accepted(kind, values)
    if kind in ("text", "json"):
        array = np.empty(len(values), dtype=object)
        array[:] = accepted
        return array
    mask = np.array([value is None for value in values], dtype=bool)
    plain = [0 if value is None else value for value in accepted]
    return np.ma.MaskedArray(np.array(plain, dtype=bool if kind == "boolean" else np.int64), mask)


def _accepted(kind: Kind, values: Sequence[Any]) -> Sequence[Any]:
    """Return the values as their kind stores them; most columns hold nothing else already."""
    if set(map(type, values)) <= {_STORED.get(kind), type(None)}:
        return values
    accept = _ACCEPT[kind]
    return [None if value is None else accept(value) for value in values]


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    message = f"{value!r} is no text"
    raise TypeError(message)


def _as_integer(value: object) -> int:
    """Return a whole number; one with a fraction, or written as text, is refused, never cut."""
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating) and value.is_integer():
        return int(value)
    message = f"{value!r} is no whole number"
    raise TypeError(message)


def _as_micros(value: object) -> int:
    if not isinstance(value, datetime):
        return _as_integer(value)
    if value.tzinfo is None:
        message = f"{value.isoformat()} has no time zone"
        raise TypeError(message)
    return to_micros(value)


def _as_boolean(value: object) -> bool:
    """Return a truth value; “false” as text would be true, so text is refused."""
    if isinstance(value, bool | np.bool_) or (isinstance(value, int) and value in (0, 1)):
        return bool(value)
    message = f"{value!r} is neither true nor false"
    raise TypeError(message)


def _as_json(value: object) -> str:
    if isinstance(value, str):
        return value
    return _JSON.encode(value)


_ACCEPT: dict[Kind, Callable[[Any], Any]] = {
    "text": _as_text,
    "json": _as_json,
    "integer": _as_integer,
    "instant": _as_micros,
    "boolean": _as_boolean,
}


def hand_out(kind: Kind, array: npt.NDArray[Any]) -> list[Any]:
    """Return a column as Python values, null as None."""
    if kind == "number":
        return [None if value != value else value for value in array.tolist()]
    values: list[Any] = array.tolist()
    if kind == "instant":
        return [None if value is None else from_micros(value) for value in values]
    return values


def arrow_types() -> dict[Kind, Any]:
    """Return the Arrow type of each kind; lists travel as JSON text."""
    import nanoarrow as na

    return {
        "text": na.string(),
        "json": na.string(),
        "number": na.float64(),
        "integer": na.int64(),
        "instant": na.timestamp("us", timezone="UTC"),
        "boolean": na.bool_(),
    }


def arrow_array(array: npt.NDArray[Any], kind: Kind) -> object:
    """Return a column as a nanoarrow array; numbers hand over their buffer, text is copied."""
    import nanoarrow as na

    arrow_type = arrow_types()[kind]
    if array.dtype == object:
        return na.c_array(array.tolist(), arrow_type)
    null = np.isnan(array) if kind == "number" else np.ma.getmaskarray(array)
    plain = np.ascontiguousarray(np.ma.getdata(array))
    if array.dtype == bool:
        plain = np.packbits(plain, bitorder="little")
    valid = np.packbits(~null, bitorder="little") if null.any() else None
    return na.c_array_from_buffers(arrow_type, length=len(array), buffers=[valid, plain])
