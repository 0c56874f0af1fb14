"""Latitude and longitude that were written in each other's column, as far as the case's places tell.

Two plausible numbers say nothing by themselves (36.2, 37.2 and 37.2, 36.2 both lie near Aleppo), so
a row is refused only where the position as written cannot be meant and the swapped one can: beside
a named place, or against the extent of all places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from trucewatch.errors import Problem, Severity
from trucewatch.places import Gazetteer, distance_m
from trucewatch.reports import Written
from trucewatch.sources.adapter import Parsed

__all__ = ["without_swapped"]

_FAR_M = 50_000.0
"""A position farther than this beyond its place's radius is not at that place."""
_NEAR_M = 25_000.0
"""A swapped position within this of the place's radius is the one that was meant."""
_MARGIN_DEGREES = 1.0
"""How far outside all places a position may lie and still be of the theatre."""


def without_swapped(parsed: Parsed, gazetteer: Gazetteer, file: str) -> Parsed:
    """Return `parsed` without the rows whose coordinates are swapped, each now a problem (REJECTED)."""
    extent = _extent(gazetteer)
    found = [(row, _swapped(row.values, gazetteer, extent)) for row in parsed.rows]
    refused = tuple(_problem(row, file, near) for row, near in found if near is not None)
    if not refused:
        return parsed
    kept = tuple(row for row, near in found if near is None)
    return replace(parsed, rows=kept, problems=(*parsed.problems, *refused))


_Extent = tuple[float, float, float, float]


def _extent(gazetteer: Gazetteer) -> _Extent | None:
    """Return south, north, west and east of all places; None if there are too few to tell."""
    places = tuple(gazetteer.places.values())
    if len(places) < 8:
        return None
    lats, lons = [one.lat for one in places], [one.lon for one in places]
    return (
        min(lats) - _MARGIN_DEGREES, max(lats) + _MARGIN_DEGREES,
        min(lons) - _MARGIN_DEGREES, max(lons) + _MARGIN_DEGREES,
    )


def _swapped(values: Mapping[str, str], gazetteer: Gazetteer, extent: _Extent | None) -> str | None:
    """Return what the swapped position lies at, or None if nothing says that it is swapped."""
    position = _position(values)
    if position is None or abs(position[1]) > 90:
        return None
    lat, lon = position
    for place in gazetteer.resolve(values.get("place", "")) if values.get("place") else ():
        as_written = distance_m(lat, lon, place.lat, place.lon) - place.radius_m
        turned = distance_m(lon, lat, place.lat, place.lon) - place.radius_m
        if as_written > _FAR_M and turned < _NEAR_M:
            return place.name
    if extent is not None and not _inside(lat, lon, extent) and _inside(lon, lat, extent):
        return "the area of the case"
    return None


def _inside(lat: float, lon: float, extent: _Extent) -> bool:
    south, north, west, east = extent
    return south <= lat <= north and west <= lon <= east


def _position(values: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        return float(values["lat"]), float(values["lon"])
    except (KeyError, ValueError):
        return None


def _problem(row: Written, file: str, near: str) -> Problem:
    number = re.search(r"\d+", row.locator)
    return Problem(
        file, int(number.group()) if number else None, "lat, lon",
        f"{row.values['lat']}, {row.values['lon']}", f"a position at {near}",
        "Latitude and longitude seem to be swapped: put each in its column", Severity.REJECTED,
    )
