"""Where something may be: a disk, or a polygon in WKT; the annular sector of an observation."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, isfinite, radians

from trucewatch.errors import BadCall
from trucewatch.places.bearings import DEGREES_WIDTH, width_of
from trucewatch.places.distance import destination

__all__ = ["LEAST_RANGE_SHARE", "Shape", "sector_wkt"]

LEAST_RANGE_SHARE = 0.1
"""A single distance is widened by this share on both sides: nobody judges it more finely."""

_STEP_DEGREES = 1.0
_LONGEST_M = 1_000_000.0
_CLOSEST_M = 5.0
"""An inner arc nearer than this falls together in 7 decimals (a centimetre); the sector then begins at the observer."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A disk, or a polygon when `area_wkt` is given (the disk is then not looked at)."""

    lat: float | None
    """Degrees WGS84; None: nobody knows where."""
    lon: float | None
    radius_m: float | None = None
    """Metres; contains the true place with at least 95 %; None: nobody knows how far off it is."""
    area_wkt: str | None = None
    """WKT, longitude first, degrees WGS84."""


def sector_wkt(
    lat: float,
    lon: float,
    bearing_from: float,
    bearing_to: float,
    distance_from_m: float,
    distance_to_m: float,
) -> str:
    """Return the annular sector seen from a point as a WKT polygon, longitude first, 7 decimals.

    Bearings run clockwise from true north and may cross 360; 0 to 360 is a ring. The polygon covers
    the true sector: the chords of its outer arc touch that arc from outside. A single bearing is
    widened to DEGREES_WIDTH and a single distance by LEAST_RANGE_SHARE each way; a sector that begins
    within 5 m of the observer begins at the observer. Longitudes are continuous with `lon`. BadCall when a value is impossible.
    """
    _check(lat, lon, bearing_from, bearing_to, distance_from_m, distance_to_m)
    if distance_from_m == distance_to_m:
        distance_from_m *= 1 - LEAST_RANGE_SHARE
        distance_to_m *= 1 + LEAST_RANGE_SHARE
    distance_from_m = distance_from_m if distance_from_m >= _CLOSEST_M else 0.0
    width = width_of(bearing_from, bearing_to)
    if width == 0:
        bearing_from, width = bearing_from - DEGREES_WIDTH / 2, DEGREES_WIDTH
    steps = max(2, ceil(width / _STEP_DEGREES))
    bearings = [bearing_from + width * number / steps for number in range(steps + 1)]
    reach = distance_to_m / cos(radians(width / steps / 2))
    outer = _arc(lat, lon, bearings, reach)
    if width >= 360:
        holes = [_arc(lat, lon, bearings[::-1], distance_from_m)] if distance_from_m > 0 else []
        return _polygon([outer, *holes])
    inner = (
        _arc(lat, lon, bearings[::-1], distance_from_m)
        if distance_from_m > 0
        else [_pair(lat, lon)]
    )
    return _polygon([[*outer, *inner, outer[0]]])


def _arc(lat: float, lon: float, bearings: list[float], metres: float) -> list[str]:
    return [_pair(*destination(lat, lon, bearing, metres)) for bearing in bearings]


def _pair(lat: float, lon: float) -> str:
    return f"{lon:.7f} {lat:.7f}"


def _polygon(rings: list[list[str]]) -> str:
    """Write closed rings; the ends of a full circle may differ in the last digit."""
    closed = [[*ring[:-1], ring[0]] for ring in rings]
    return "POLYGON (" + ", ".join(f"({', '.join(ring)})" for ring in closed) + ")"


def _check(
    lat: float, lon: float, bearing_from: float, bearing_to: float, near: float, far: float
) -> None:
    values = (lat, lon, bearing_from, bearing_to, near, far)
    if not all(isfinite(value) for value in values):
        message = f"a sector needs numbers, found {values}"
        raise BadCall(message)
    if abs(lat) > 85 or abs(lon) > 180:
        message = (
            f"the observer stands at lat {lat}, lon {lon}; expected lat -85..85 and lon -180..180"
        )
        raise BadCall(message)
    if not (-360 <= bearing_from <= 720 and -360 <= bearing_to <= 720):
        message = (
            f"bearings {bearing_from} to {bearing_to}; expected degrees clockwise from true north"
        )
        raise BadCall(message)
    if not 0 <= near <= far <= _LONGEST_M or far == 0:
        message = (
            f"distances {near} to {far} m; expected 0 <= from <= to <= {_LONGEST_M:.0f} and to > 0"
        )
        raise BadCall(message)
