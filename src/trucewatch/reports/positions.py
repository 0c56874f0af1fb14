"""Where it happened: coordinates, a grid reference, a sector or a name become a position."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from trucewatch.errors import BadCall, Severity
from trucewatch.places import Located, distance_m, parse_position
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.row import Row
from trucewatch.reports.sightings import NOTHING_SEEN, Sighting, sector

__all__ = [
    "AMBIGUOUS_WITHIN_M",
    "DEFAULT_RADIUS_M",
    "NOWHERE",
    "PLACE_COLUMNS",
    "Position",
    "locate",
]

PLACE_COLUMNS = ("place", "lat", "lon", "radius_m", "mgrs", "utm", "area_wkt")
"""The columns that `locate` looks at."""

DEFAULT_RADIUS_M = 1000.0
"""Radius of coordinates that come without one. Published coordinates of an incident are as a rule
the centre of a village or a quarter, which is about two kilometres across."""

AMBIGUOUS_WITHIN_M = 100_000.0
"""Namesakes within this distance are one uncertain place; farther apart they are none."""

_NAMESAKE_BEYOND_M = 50_000.0
"""Coordinates farther than this from the place that is named mean a namesake of it."""

_METRES_PER_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6,371 km."""

_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_VERTEX = re.compile(rf"({_NUMBER})\s+({_NUMBER})")


@dataclass(frozen=True, slots=True)
class Position:
    """Where a row puts the happening; degrees WGS84 and metres, None where it does not say."""

    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    area_wkt: str | None = None


NOWHERE = Position()


def locate(row: Row, lookups: Lookups, sighting: Sighting = NOTHING_SEEN) -> Position:
    """Return the position of a row.

    Coordinates, grid references and areas that are written win over what an observer saw, that
    over the gazetteer's position of the place named. The place keeps its key where the two agree
    and the words put it there: what lies near X or 5 km north of X is not in X.
    """
    found = _meant(row, lookups)
    named = _named(row, found)
    inside = all(one.inside for one in found)
    stated = _coordinates(row) or _grid(row) or _area(row) or _seen(sighting)
    if stated is None:
        return named if inside else replace(named, place=None)
    place = _agreeing(row, named, stated)
    return _rounded(replace(stated, place=place if inside else None))


def _coordinates(row: Row) -> Position | None:
    lat, lon = row.number("lat", -90, 90), row.number("lon", -180, 180)
    if lat is None or lon is None:
        for name, value, other in (("lat", lat, "lon"), ("lon", lon, "lat")):
            if value is not None and row.text(other) is None:
                row.complain(name, f"{other} beside it", "The coordinates are not used.")
        return None
    radius = row.number("radius_m", 0)
    if radius is None:
        coarse = max(_half_unit(row.text(name) or "") for name in ("lat", "lon"))
        radius = max(DEFAULT_RADIUS_M, coarse * _METRES_PER_DEGREE * math.sqrt(2))
    return Position(None, lat, lon, max(1.0, radius), _valid_area(row))


def _half_unit(text: str) -> float:
    """Half of the last digit that is written, in degrees: 36.2 may be off by 0.05."""
    return 0.5 * 10.0 ** -len(text.partition(".")[2])


def _grid(row: Row) -> Position | None:
    for name in ("mgrs", "utm"):
        text = row.text(name)
        if text is None:
            continue
        try:
            lat, lon, radius = parse_position(text)
        except BadCall as error:
            row.complain(name, f"a grid reference ({error})")
            continue
        return Position(None, lat, lon, row.number("radius_m", 0) or radius, _valid_area(row))
    return None


def _valid_area(row: Row) -> str | None:
    """Return `area_wkt` if it is a polygon on earth."""
    text = row.text("area_wkt")
    if text is None:
        return None
    from trucewatch.places import area_fault  # loads shapely

    fault = area_fault(text)
    if fault is None:
        return text
    expected = "a valid POLYGON or MULTIPOLYGON in degrees, lon lat"
    row.complain("area_wkt", expected, f"{fault}. It is not used.")
    return None


def _area(row: Row) -> Position | None:
    area = _valid_area(row)
    return None if area is None else _covering(area)


def _seen(sighting: Sighting) -> Position | None:
    seen = sector(sighting)
    if seen is None:
        return None
    if seen.wkt is not None:
        return _covering(seen.wkt)
    return Position(None, seen.lat, seen.lon, seen.radius_m)


def _vertices(wkt: str) -> list[tuple[float, float]]:
    """The (lat, lon) of every vertex; WKT writes them lon lat."""
    return [(float(lat), float(lon)) for lon, lat in _VERTEX.findall(wkt)]


def _covering(wkt: str) -> Position:
    """Return the centre of a polygon's bounding box and the radius that covers its vertices."""
    vertices = _vertices(wkt)
    lats, lons = zip(*vertices, strict=True)
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    radius = max(distance_m(lat, lon, *vertex) for vertex in vertices)
    return Position(None, lat, lon, math.ceil(radius), wkt)


def _meant(row: Row, lookups: Lookups) -> tuple[Located, ...]:
    """Return what the place that is named may mean; none if it is not known."""
    text = row.text("place")
    if text is None:
        return ()
    found = lookups.places(text)
    if not found:
        row.mention("place", text)
    return found


def _named(row: Row, found: Sequence[Located]) -> Position:
    """Return the gazetteer's position of what is named, with the key of the place it leans on."""
    if not found:
        return NOWHERE
    if len(found) > 1:
        keys = ", ".join(sorted(one.place.key for one in found))
        row.complain(
            "place", "one place of that name",
            f"It may be {keys}; give the finer part or coordinates.", Severity.UNRESOLVED,
        )
        return _containing(found)
    place = found[0].as_place()
    radius = row.number("radius_m", 0)
    if radius is None:
        return Position(place.key, place.lat, place.lon, place.radius_m, place.area_wkt)
    return Position(place.key, place.lat, place.lon, max(1.0, radius))


def _containing(found: Sequence[Located]) -> Position:
    """Return the disk that holds all candidates, if they lie near each other."""
    for one, other in combinations(found, 2):
        if distance_m(one.lat, one.lon, other.lat, other.lon) > AMBIGUOUS_WITHIN_M:
            return NOWHERE
    lats, lons = [one.lat for one in found], [one.lon for one in found]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    radius = max(distance_m(lat, lon, one.lat, one.lon) + one.radius_m for one in found)
    return _rounded(Position(None, lat, lon, math.ceil(radius)))


def _agreeing(row: Row, named: Position, stated: Position) -> str | None:
    """Return the place's key unless the coordinates lie far away from it."""
    points = (named.lat, named.lon, stated.lat, stated.lon)
    if named.place is None or None in points:
        return named.place
    apart = distance_m(*(one for one in points if one is not None))
    if apart <= (named.radius_m or 0.0) + (stated.radius_m or 0.0) + _NAMESAKE_BEYOND_M:
        return named.place
    row.complain(
        "place", f"a place near the coordinates; {named.place} lies {apart / 1000:.0f} km away",
        "The coordinates are used, the place is left open.",
    )
    return None


def _rounded(one: Position) -> Position:
    """Six decimals of a degree (0.1 m), one of a metre."""
    if one.lat is None or one.lon is None or one.radius_m is None:
        return one
    lat, lon, radius = round(one.lat, 6), round(one.lon, 6), round(one.radius_m, 1)
    return Position(one.place, lat, lon, radius, one.area_wkt)
