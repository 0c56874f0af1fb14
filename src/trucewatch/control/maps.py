"""A map of who holds what, as GeoJSON areas of one day → one claim for every place that it shows.

A map is one source, with errors of its own; its lines are nobody's second opinion.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from trucewatch.control.given import Spot, spots_given
from trucewatch.control.words import Said
from trucewatch.errors import Problem, Severity

__all__ = ["claims_by_property", "claims_on_map", "day_in_name"]

_DAY = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


def day_in_name(name: str) -> date | None:
    """Return the day that a file name gives as 2024-07-08, 2024_07_08 or 20240708; None if none or several do."""
    found: set[date] = set()
    for year, month, day in _DAY.findall(name):
        with suppress(ValueError):
            found.add(date(int(year), int(month), int(day)))
    return found.pop() if len(found) == 1 else None


def claims_on_map(
    shown: Mapping[str, Any], places: object, day: date, *, source: str, holder: str, kind: str = "held", outside: str | None = None
) -> tuple[dict[str, list[Any]], tuple[Problem, ...]]:
    """Return the columns of `tw.estimate_control`, and a problem for each area kept aside.

    `shown`: a GeoJSON geometry, feature or collection of them (longitude first, RFC 7946); `places`: a table with
    place, lat, lon. What lies inside is a claim about `holder`; what lies outside one about `outside` (None: the map says
    nothing of it), but not where an area was kept aside. BadInput for places that cannot be used.
    """
    from shapely import STRtree, points

    spots = spots_given(places, ())
    areas, problems = _areas(shown, spots)
    inside = set(STRtree(areas).query(points([(one.lon, one.lat) for one in spots]), predicate="intersects")[0].tolist()) if areas else set()
    rows = []
    for at, one in enumerate(spots):
        said = holder if at in inside else outside if not problems else None
        if said is not None:
            rows.append((one.place, one.lat, one.lon, said, kind if at in inside else "held", day, day, source))
    names = ("place", "lat", "lon", "holder", "kind", "valid_from", "published_at", "source")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}, tuple(problems)


def claims_by_property(
    shown: Mapping[str, Any], places: object, day: date, *, source: str, name: str, words: Mapping[str, Said]
) -> tuple[dict[str, list[Any]], tuple[Problem, ...]]:
    """Return the same for a map whose features say in the property `name` whose area they are.

    `words`: value of the property → holder. Kept aside: features with another value, and places that lie in areas
    of several holders, because the map says two things of them.
    """
    found: dict[str, list[tuple[Any, ...]]] = {}
    problems: list[Problem] = []
    features = [one for one in shown.get("features") or () if isinstance(one, Mapping)]
    values = [str((one.get("properties") or {}).get(name)) for one in features]
    for number, value in enumerate(values, 1):
        if value not in words:
            problems.append(Problem("map", number, name, value, "a value that --holders names", "the area is kept aside", Severity.REJECTED))
    for value in sorted(set(values) & set(words)):
        said = words[value]
        of = [number for number, one in enumerate(values, 1) if one == value]
        part = {"type": "FeatureCollection", "features": [features[number - 1] for number in of]}
        if said.holder is None:
            continue
        claims, faults = claims_on_map(part, places, day, source=source, holder=said.holder, kind=said.kind)
        problems += [replace(one, line=of[one.line - 1] if one.line else None) for one in faults]
        for row in zip(*claims.values(), strict=True):
            found.setdefault(str(row[0]), []).append(row)
    names = ("place", "lat", "lon", "holder", "kind", "valid_from", "published_at", "source")
    kept = [rows[0] for rows in found.values() if len({row[3:5] for row in rows}) == 1]
    for place, rows in found.items():
        said_of = sorted({str(row[3]) for row in rows})
        if len({row[3:5] for row in rows}) > 1:
            problems.append(Problem("map", None, "geometry", f"{place}: {', '.join(said_of)}", "areas that do not overlap where places lie", "the place is kept aside", Severity.REJECTED))
    return {one: [row[at] for row in kept] for at, one in enumerate(names)}, tuple(problems)


def _areas(shown: Mapping[str, Any], spots: Sequence[Spot]) -> tuple[list[Any], list[Problem]]:
    from shapely import GEOSException
    from shapely.geometry import shape

    areas, problems = [], []
    for number, geometry in enumerate(_geometries(shown), 1):
        try:
            area = shape(geometry)
        except (GEOSException, KeyError, TypeError, ValueError, AttributeError, IndexError):
            problems.append(_aside(number, None, "a GeoJSON geometry with coordinates"))
            continue
        fault = _fault(area, spots)
        if fault is None:
            areas.append(area)
        else:
            problems.append(_aside(number, *fault))
    return areas, problems


def _geometries(shown: Mapping[str, Any]) -> Iterable[Any]:
    if shown.get("type") == "FeatureCollection":
        for one in shown.get("features") or ():
            yield from _geometries(one)
    elif shown.get("type") == "Feature":
        yield shown.get("geometry")
    else:
        yield shown


def _fault(area: Any, spots: Sequence[Spot]) -> tuple[str, str] | None:  # noqa: ANN401 - a shapely geometry
    from shapely import is_valid_reason

    if area.geom_type not in ("Polygon", "MultiPolygon") or area.is_empty:
        return area.geom_type, "a polygon or several"
    west, south, east, north = area.bounds
    if not all(map(math.isfinite, area.bounds)) or max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:
        return f"{west:g} {south:g} {east:g} {north:g}", "longitudes within 180 and latitudes within 90 degrees, longitude first"
    if east - west > 180:
        return f"longitudes {west:g} to {east:g}", "a polygon cut in two at the 180th meridian"
    if not area.is_valid:
        return is_valid_reason(area), "rings that do not cross themselves or each other"
    if spots and not _holds(spots, west, south, east, north) and _holds(spots, south, west, north, east):
        return f"{west:g} {south:g} {east:g} {north:g}", "longitude before latitude: the places lie where the axes are swapped"
    return None


def _holds(spots: Sequence[Spot], west: float, south: float, east: float, north: float) -> bool:
    return any(west <= one.lon <= east and south <= one.lat <= north for one in spots)


def _aside(number: int, value: str | None, expected: str) -> Problem:
    return Problem("map", number, "geometry", value, expected, "the area is kept aside", Severity.REJECTED)
