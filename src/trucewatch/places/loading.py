"""The rows of places.csv become a gazetteer, and everything wrong with them a problem.

Rows are numbered as a spreadsheet shows them: the header is line 1, the first row line 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from trucewatch.errors import Problem, Severity, nearest
from trucewatch.places.distance import distance_m
from trucewatch.places.gazetteer import Gazetteer
from trucewatch.places.place import COARSEST_SETTLEMENT, Place, fineness

__all__ = ["COLUMNS", "REQUIRED", "load_places"]

REQUIRED = ("key", "name", "lat", "lon", "radius_m")
COLUMNS = (*REQUIRED, "names", "parent", "kind", "area_wkt")

_BOUNDS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "radius_m": (0.0, 20_000_000.0)}
_WANTED = {
    "lat": "a latitude in degrees, -90 to 90",
    "lon": "a longitude in degrees, -180 to 180",
    "radius_m": "metres above 0",
}
_QUOTE = "Put a cell that holds a comma in double quotes."
_FEWEST_TO_COMPARE = 8
_MARGIN = 0.15
"""The box of a theatre is wider than its middle nine tenths by this share on each side …"""
_MARGIN_DEGREES = 0.1
"""… and by this many degrees."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    place: Place


def load_places(rows: Sequence[Mapping[str, str]], place: str) -> tuple[Gazetteer, list[Problem]]:
    """Return the gazetteer of the good rows and the problems of the others, by line.

    `rows` are texts by column (COLUMNS; `names` separated by `;`), `place` names the file.
    Rejected: a missing column or value, no number, coordinates out of range or swapped (seen
    against the parent and the other rows), a radius that is not above 0, a repeated key, an outline
    that is none, more cells than columns. An unknown or circular parent is UNRESOLVED: the place is
    kept without it.
    """
    problems = _columns(rows, place)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Gazetteer({}), problems
    good: dict[str, _Row] = {}
    for line, row in enumerate(rows, 2):
        read = _read(row, line, place, problems)
        if read is not None and _is_first(read, line, good, place, problems):
            good[read.key] = _Row(line, read)
    _drop_swapped(good, place, problems)
    _drop_parents(good, place, problems)
    ordered = sorted(problems, key=lambda one: (one.line or 0, one.column or ""))
    return Gazetteer({key: good[key].place for key in sorted(good)}), ordered


def _columns(rows: Sequence[Mapping[str, str]], place: str) -> list[Problem]:
    if not rows:
        return [Problem(place, 1, None, None, "at least one place", severity=Severity.WARNING)]
    present = {name for row in rows for name in row if name}
    missing = [
        Problem(place, 1, name, None, f"a column “{name}”", _near(name, present), Severity.ERROR)
        for name in REQUIRED
        if name not in present
    ]
    strange = [
        Problem(
            place,
            1,
            name,
            name,
            f"a column among {', '.join(COLUMNS)}",
            "It is not read.",
            Severity.WARNING,
        )
        for name in sorted(present - set(COLUMNS))
    ]
    return missing + strange


def _near(name: str, present: set[str]) -> str:
    like = nearest(name, sorted(present - set(COLUMNS)))
    return f"Is “{like}” meant? Rename it to “{name}”." if like else f"Add “{name}” to the header."


def _read(row: Mapping[str, str], line: int, place: str, problems: list[Problem]) -> Place | None:
    """Return the place of one row, or None after adding every problem of the row."""
    before = len(problems)
    if set(map(type, row)) != {str}:  # csv.DictReader puts surplus cells under None
        problems.append(Problem(place, line, None, None, "as many cells as the header", _QUOTE))
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in ("key", "name"):
        if not cells[name]:
            problems.append(Problem(place, line, name, None, f"a {name}"))
    lat, lon, radius = (_number(cells[name], name, line, place, problems) for name in _BOUNDS)
    outline = cells["area_wkt"] or None
    if outline:
        _outline(outline, line, place, problems)
    if len(problems) > before or lat is None or lon is None or radius is None:
        return None
    names = tuple(name.strip() for name in cells["names"].split(";") if name.strip())
    return Place(
        cells["key"],
        cells["name"],
        names,
        lat,
        lon,
        radius,
        cells["parent"] or None,
        cells["kind"],
        outline,
    )


def _number(cell: str, name: str, line: int, place: str, problems: list[Problem]) -> float | None:
    low, high = _BOUNDS[name]
    try:
        value = float(cell)
    except ValueError:
        advice = "Write a decimal point, not a comma." if "," in cell else ""
        problems.append(Problem(place, line, name, cell or None, _WANTED[name], advice))
        return None
    if not isfinite(value) or not low <= value <= high or (name == "radius_m" and value == 0):
        advice = "Are lat and lon swapped?" if name == "lat" and 90 < abs(value) <= 180 else ""
        problems.append(Problem(place, line, name, cell, _WANTED[name], advice))
        return None
    return value


def _outline(wkt: str, line: int, place: str, problems: list[Problem]) -> None:
    from trucewatch.places.zones import area_fault  # loads shapely, only for files with outlines

    fault = area_fault(wkt)
    if fault:
        problems.append(
            Problem(place, line, "area_wkt", wkt[:60], "a POLYGON in WKT, longitude first", fault)
        )


def _is_first(
    read: Place, line: int, good: Mapping[str, _Row], place: str, problems: list[Problem]
) -> bool:
    if read.key not in good:
        return True
    advice = f"Line {good[read.key].line} has it too and is kept."
    problems.append(Problem(place, line, "key", read.key, "each key once", advice))
    return False


def _drop_swapped(good: dict[str, _Row], place: str, problems: list[Problem]) -> None:
    """Take out rows that fit their parent, or the theatre, only with lat and lon exchanged."""
    box = _theatre([row.place for row in good.values()])
    swapped = [row for row in good.values() if _is_swapped(row.place, good, box)]
    for row in swapped:
        found = f"{row.place.lat:g}, {row.place.lon:g}"
        expected = f"a place near the others; {row.place.lon:g}, {row.place.lat:g} would be one"
        problems.append(Problem(place, row.line, "lat", found, expected, "Swap lat and lon."))
        del good[row.place.key]


def _is_swapped(
    one: Place, good: Mapping[str, _Row], box: tuple[float, float, float, float] | None
) -> bool:
    above = good.get(one.parent) if one.parent not in (None, one.key) else None
    parent = above.place if above else None
    if parent is not None and abs(one.lon) <= 90:
        reach = 1.5 * parent.radius_m + one.radius_m
        if distance_m(one.lat, one.lon, parent.lat, parent.lon) <= reach:
            return False
        if distance_m(one.lon, one.lat, parent.lat, parent.lon) <= reach:
            return True
    if box is None or fineness(one) < COARSEST_SETTLEMENT - 1:
        return False
    return not _inside(one.lat, one.lon, box) and _inside(one.lon, one.lat, box)


def _theatre(places: Sequence[Place]) -> tuple[float, float, float, float] | None:
    """Return (south, north, west, east) of most places, widened; None when they are too few."""
    if len(places) < _FEWEST_TO_COMPARE:
        return None
    south, north = _middle([one.lat for one in places])
    west, east = _middle([one.lon for one in places])
    return south, north, west, east


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Return the span of the middle nine tenths of the values, widened by the margins."""
    ordered = sorted(values)
    cut = max(1, len(ordered) // 20)
    low, high = ordered[cut], ordered[-1 - cut]
    margin = _MARGIN * (high - low) + _MARGIN_DEGREES
    return low - margin, high + margin


def _inside(lat: float, lon: float, box: tuple[float, float, float, float]) -> bool:
    south, north, west, east = box
    return south <= lat <= north and west <= lon <= east


def _drop_parents(good: dict[str, _Row], place: str, problems: list[Problem]) -> None:
    """Keep a place whose parent is not known, or is itself further up, but without the parent."""
    for key, row in list(good.items()):
        parent = row.place.parent
        if parent is None or (parent in good and not _circular(key, good)):
            continue
        like = nearest(parent, sorted(good))
        advice = (
            "It belongs to itself." if parent in good else f"Is “{like}” meant?" if like else ""
        )
        problems.append(
            Problem(
                place,
                row.line,
                "parent",
                parent,
                "the key of another place",
                advice,
                Severity.UNRESOLVED,
            )
        )
        good[key] = replace(row, place=replace(row.place, parent=None))


def _circular(key: str, good: Mapping[str, _Row]) -> bool:
    seen: list[str] = []
    current: str | None = good[key].place.parent
    while current in good and current is not None and current not in seen:
        if current == key:
            return True
        seen.append(current)
        current = good[current].place.parent
    return False
