"""Columns from anywhere → control claims that can be weighed; for notebooks and other programs.

What cannot be used is kept aside as a `Problem`; the rest is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.errors import BadInput, Problem, Severity, nearest

__all__ = ["KINDS", "OVERLAYS", "ControlClaim", "Spot", "claims_given", "day_number", "listed", "spots_given"]

KINDS = ("held", "captured", "claimed", "contested", "besieged", "withdrew", "joint", "failed")
"""What a claim says of its holder. `claimed`: the holder's own assertion, weighed as another
source. `besieged`: the holder sits inside and is surrounded. `failed`: tried to take it."""

OVERLAYS = ("besieged_by", "presence", "claimed_by")
"""Kinds of rows that say nothing of who holds the place (`trucewatch.control.overlays`): no claims, and no problem."""

_REQUIRED = ("place", "lat", "lon", "holder", "valid_from", "source")
_COLUMNS = (*_REQUIRED, "radius_m", "kind", "valid_to", "published_at", "origin")
_NUMBERS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "radius_m": (0.0, 2e6)}


@dataclass(frozen=True, slots=True)
class ControlClaim:
    """One usable claim; days are proleptic ordinals (`date.toordinal`), UTC."""

    row: int
    """Row of the table, counted from 1."""
    place: str | None
    lat: float
    lon: float
    radius_m: float
    holder: str
    """Party; `a|b` sorted for joint control; `contested`, or `contested:a|b` where it is named who."""
    kind: str
    first: int
    last: int
    """Last day for which it speaks: `valid_to`, else the day of publication."""
    published: int
    source: str
    origin: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is asked about."""

    place: str
    lat: float
    lon: float


def listed(values: Any) -> list[Any]:  # noqa: ANN401
    """Return an array or list as Python values, null as None."""
    if isinstance(values, np.ma.MaskedArray):
        return [None if one is np.ma.masked else one for one in values]
    if isinstance(values, np.ndarray):
        kind = values.dtype.kind
        return list(values.astype("datetime64[us]").tolist()) if kind == "M" else list(values.tolist())
    return list(values)


def claims_given(table: Mapping[str, Any], first: int = 1) -> tuple[tuple[ControlClaim, ...], tuple[Problem, ...]]:
    """Return the claims of a table in its order, and a problem for every row kept aside.

    Required columns: place, lat, lon, holder, valid_from, source; optional: radius_m, kind,
    valid_to (excluded), published_at, origin. BadInput if a column is missing or lengths differ.
    A claim without published_at counts as published on its valid_from. `first` is the number of the first row.
    """
    columns = {str(name): listed(values) for name, values in table.items()}
    faults = [*_shape(columns)]
    if faults:
        message = f"these are no control claims: {len(faults)} problem(s)"
        raise BadInput(message, sorted(faults))
    used = {name: values for name, values in columns.items() if name in _COLUMNS}
    claims: list[ControlClaim] = []
    problems: list[Problem] = []
    for number, values in enumerate(zip(*used.values(), strict=True), first):
        row = dict(zip(used, values, strict=True))
        if row.get("kind") in OVERLAYS:
            continue
        found = _claim(row, number)
        (problems if isinstance(found, Problem) else claims).append(found)  # type: ignore[arg-type]
    return tuple(claims), tuple(problems)


def _shape(columns: Mapping[str, Sequence[Any]]) -> Iterable[Problem]:
    for name in _REQUIRED:
        if name not in columns:
            near = nearest(name, [one for one in columns if one not in _COLUMNS])
            advice = f"rename the column “{near}”" if near else "give the column, null where unknown"
            yield Problem("claims", None, name, None, f"a column {name}", advice)
    lengths = {name: len(one) for name, one in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        yield Problem("claims", None, None, told, "columns of one length")


class _Unusable(ValueError):  # noqa: N818 - never leaves this module
    def __init__(self, value: object, column: str, expected: str) -> None:
        super().__init__(column)
        self.column, self.value, self.expected = column, value, expected


def _claim(row: Mapping[str, Any], number: int) -> ControlClaim | Problem:
    try:
        return _read(row, number)
    except _Unusable as fault:
        value = None if fault.value is None else str(fault.value)
        return Problem("claims", number, fault.column, value, fault.expected, "the claim is kept aside", Severity.REJECTED)


def _read(row: Mapping[str, Any], number: int) -> ControlClaim:
    place, source = _text(row, "place"), _text(row, "source")
    if source is None:
        raise _Unusable(None, "source", "who says it")
    lat, lon, radius = (_number(row, name) for name in _NUMBERS)
    if lat is None or lon is None:
        raise _Unusable(None, "lat" if lat is None else "lon", "degrees WGS84")
    first, last, published = _days(row)
    kind, holder = _meaning(_text(row, "kind"), _text(row, "holder"))
    origin = _text(row, "origin") or source
    return ControlClaim(number, place, lat, lon, radius or 0.0, holder, kind, first, last, published, source, origin)


def _days(row: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return first and last day spoken for, and the day of publication; nothing later than that."""
    first, published, end = (_day(row, name) for name in ("valid_from", "published_at", "valid_to"))
    if first is None and published is None:
        raise _Unusable(None, "valid_from", "a day, or published_at")
    first = published if first is None else first
    published = first if published is None else published
    assert first is not None and published is not None
    if end is not None and end < first:
        raise _Unusable(row["valid_to"], "valid_to", "no earlier than valid_from")
    if first - published == 1:
        first = published  # a day begins earlier in the east
    if first > published:
        raise _Unusable(row["valid_from"], "valid_from", "no later than published_at: nobody can know it before")
    last = published if end is None else max(first, min(published, end - 1))
    return first, last, published


def _meaning(kind: str | None, holder: str | None) -> tuple[str, str]:
    said = kind or (CONTESTED if holder == CONTESTED else "held")
    if said not in KINDS:
        raise _Unusable(said, "kind", f"one of {', '.join(KINDS)}")
    names = sorted({one.strip() for one in (holder or "").split("|")} - {"", CONTESTED})
    if said == CONTESTED or holder == CONTESTED:
        return CONTESTED, f"{CONTESTED}:{'|'.join(names)}" if names else CONTESTED
    if not names or UNKNOWN_HOLDER in names:
        raise _Unusable(holder, "holder", "a party")
    if said == "joint" and len(names) < 2:
        raise _Unusable(holder, "holder", "two parties or more, parted by |")
    if said != "joint" and len(names) > 1 and said not in ("held", "captured", "claimed"):
        raise _Unusable(holder, "holder", f"one party for a claim of kind {said}")
    return said, "|".join(names)


def _value(row: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401
    value = row.get(name)
    empty = value is None or value is np.ma.masked or value == "" or value != value
    return None if empty else value


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = _value(row, name)
    return None if value is None else str(value).strip() or None


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = _value(row, name)
    if value is None:
        return None
    least, most = _NUMBERS[name]
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not least <= found <= most:
        raise _Unusable(value, name, f"a number from {least:g} to {most:g}")
    return found


def _day(row: Mapping[str, Any], name: str) -> int | None:
    value = _value(row, name)
    if value is None:
        return None
    try:
        return day_number(value)
    except (TypeError, ValueError):
        raise _Unusable(value, name, "a day such as 2016-09-12, or an instant") from None


def day_number(value: object) -> int:
    """Return the UTC day of a date, an instant or its ISO text as an ordinal; ValueError if none."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, str):
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).date().toordinal()
    if isinstance(value, date):
        return value.toordinal()
    message = f"no day: {value!r}"
    raise ValueError(message)


def spots_given(places: object, claims: Sequence[ControlClaim]) -> tuple[Spot, ...]:
    """Return the places asked about: columns place, lat, lon, or names of places that claims locate.

    BadInput for a place that nobody locates, a repeated place or impossible coordinates.
    """
    if isinstance(places, Mapping):
        columns = {str(name): listed(values) for name, values in places.items()}
        missing = [name for name in ("place", "lat", "lon") if name not in columns]
        if missing:
            raise _no_places([Problem("places", None, name, None, f"a column {name}") for name in missing])
        rows = list(zip(columns["place"], columns["lat"], columns["lon"], strict=True))
    else:
        known = {one.place: (one.lat, one.lon) for one in reversed(claims)}
        rows = [(one, *known.get(one, (None, None))) for one in listed(places)]
    return _spots(rows)


def _spots(rows: Sequence[tuple[Any, Any, Any]]) -> tuple[Spot, ...]:
    spots: dict[str, Spot] = {}
    problems = []
    for number, (place, lat, lon) in enumerate(rows, 1):
        row = {"place": place, "lat": lat, "lon": lon}
        try:
            name, north, east = _text(row, "place"), _number(row, "lat"), _number(row, "lon")
            if name is None or name in spots:
                raise _Unusable(place, "place", "a name or key of its own")
            if north is None or east is None:
                raise _Unusable(place, "place", "its degrees WGS84, here or in a claim about it")
            spots[name] = Spot(name, north, east)
        except _Unusable as fault:
            value = None if fault.value is None else str(fault.value)
            problems.append(Problem("places", number, fault.column, value, fault.expected, "", Severity.ERROR))
    if problems:
        raise _no_places(problems)
    return tuple(spots.values())


def _no_places(problems: Sequence[Problem]) -> BadInput:
    message = f"these places cannot be asked about: {len(problems)} problem(s)"
    return BadInput(message, sorted(problems))
