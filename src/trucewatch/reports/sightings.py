"""What an observer states of direction and distance: from where, which way, how far."""

from __future__ import annotations

import math
from dataclasses import dataclass

from trucewatch.errors import BadCall
from trucewatch.places import parse_bearing, sector_wkt
from trucewatch.places.shapes import LEAST_RANGE_SHARE
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.row import Row

__all__ = ["NOTHING_SEEN", "SIGHTING_COLUMNS", "Seen", "Sighting", "sector", "sighting_of"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a row states of an observation; degrees are clockwise from true north."""

    lat: float | None = None
    lon: float | None = None
    radius_m: float = 0.0
    """How far the observer may have stood from that point."""
    bearing_from: float | None = None
    bearing_to: float | None = None
    distance_from_m: float | None = None
    distance_to_m: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Where an observed thing lies: the annular sector `wkt`, or the disk if that is None."""

    lat: float
    lon: float
    radius_m: float
    wkt: str | None = None


NOTHING_SEEN = Sighting()
_NOBODY = (None, None, 0.0)
SIGHTING_COLUMNS = (
    "observer_lat", "observer_lon", "observer_place", "bearing", "bearing_from", "bearing_to",
    "distance_from_m", "distance_to_m",
)
"""The columns that `sighting_of` looks at."""


def sighting_of(row: Row, lookups: Lookups) -> Sighting:
    """Return the observation of a row, unknown in every part that the row does not state."""
    if row.values.keys().isdisjoint(SIGHTING_COLUMNS):
        return NOTHING_SEEN
    near, far = row.number("distance_from_m", 0), row.number("distance_to_m", 0)
    if near is not None and far is not None and far < near:
        row.complain("distance_to_m", "not less than distance_from_m", "The two are swapped.")
        near, far = far, near
    return Sighting(*_observer(row, lookups), *_bearings(row), near, far)


def _observer(row: Row, lookups: Lookups) -> tuple[float | None, float | None, float]:
    lat, lon = row.number("observer_lat", -90, 90), row.number("observer_lon", -180, 180)
    if lat is not None and lon is not None:
        return lat, lon, 0.0
    name = row.text("observer_place")
    if name is None:
        return _NOBODY
    found = lookups.places(name)
    if len(found) == 1:
        return found[0].lat, found[0].lon, found[0].radius_m
    if not found:
        row.mention("place", name)
    else:
        advice = "Give observer_lat and observer_lon."
        row.complain("observer_place", "one place of that name", advice)
    return _NOBODY


def _bearings(row: Row) -> tuple[float | None, float | None]:
    first, last = row.number("bearing_from", 0, 360), row.number("bearing_to", 0, 360)
    if first is not None and last is not None:
        return first, last
    text = row.text("bearing")
    if text is None:
        return None, None
    try:
        return parse_bearing(text)
    except BadCall as error:
        row.complain("bearing", f"a compass word or degrees ({error})")
        return None, None


def sector(sighting: Sighting) -> Seen | None:
    """Return where the thing lies; None if nothing bounds it: no observer, no greatest distance.

    An observer who stood within `radius_m` of a point widens the distances by it, and the bearings
    by the angle under which that radius appears. What remains of a full circle is the disk.
    """
    lat, lon = sighting.lat, sighting.lon
    if lat is None or lon is None or sighting.distance_to_m is None:
        return None
    stray, near, most = sighting.radius_m, sighting.distance_from_m or 0.0, sighting.distance_to_m
    if near == most:
        near, most = near * (1 - LEAST_RANGE_SHARE), most * (1 + LEAST_RANGE_SHARE)
    far = max(1.0, most + stray)
    disk = Seen(lat, lon, far)
    first, last = sighting.bearing_from, sighting.bearing_to
    if first is None or last is None or (stray > 0 and near <= stray):
        return disk
    if first == last:
        first, last = parse_bearing(f"{first:g}")
    widen = math.degrees(math.asin(stray / near)) if stray > 0 else 0.0
    width = (last - first) % 360 + 2 * widen
    if last - first >= 360 or width >= 360:
        return disk
    start, end = (first - widen) % 360, (last + widen) % 360
    wkt = sector_wkt(lat, lon, start, end, max(0.0, near - stray), far)
    return Seen(lat, lon, far, wkt)
