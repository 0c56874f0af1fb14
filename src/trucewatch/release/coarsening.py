"""Places made coarser for the public, so that the true place stays inside what is shown."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from trucewatch.places import Gazetteer, distance_m

__all__ = ["Spot", "coarse_place", "coarsened"]

_METRES_PER_DEGREE = 111_320.0
"""Of latitude, near enough for a grid; distances are measured on the ellipsoid."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is shown: a disk, or the outline of an area."""

    lat: float | None
    lon: float | None
    radius_m: float | None
    area_wkt: str | None = None


def coarsened(spot: Spot, finest_m: float) -> Spot:
    """Return a spot no finer than `finest_m` that contains `spot`; the same one if it is coarse enough.

    The centre moves to a grid of `finest_m` and the radius grows by as much as the grid may have
    moved it. An outline becomes a disk round it: the apex of a sector is where an observer stood.
    """
    if finest_m <= 0:
        return spot
    disk = _round(spot.area_wkt) if spot.area_wkt else spot
    if disk.lat is None or disk.lon is None:
        return Spot(None, None, None)
    radius = disk.radius_m or 0.0
    if radius >= finest_m and not spot.area_wkt:
        return spot
    lat, lon = _snapped(disk.lat, disk.lon, finest_m)
    moved = distance_m(disk.lat, disk.lon, lat, lon)
    reach = max(finest_m, radius + _diagonal(finest_m), radius + moved)
    return Spot(lat, lon, float(math.ceil(reach / 100.0) * 100))


def _snapped(lat: float, lon: float, side_m: float) -> tuple[float, float]:
    """Return the centre of the grid cell; columns are as wide as they are high at their own row."""
    high = side_m / _METRES_PER_DEGREE
    row = (math.floor(lat / high) + 0.5) * high
    wide = high / max(0.01, math.cos(math.radians(row)))
    column = (math.floor(lon / wide) + 0.5) * wide
    return round(max(-90.0, min(90.0, row)), 4), round(max(-180.0, min(180.0, column)), 4)


def _diagonal(side_m: float) -> float:
    """Half a cell's diagonal: it does not depend on where in the cell the place lies."""
    return side_m / math.sqrt(2.0)


def _round(wkt: str) -> Spot:
    numbers = [float(one) for one in re.findall(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", wkt)]
    lons, lats = numbers[0::2], numbers[1::2]
    if not lats:
        return Spot(None, None, None)
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    reach = max(distance_m(lat, lon, one, other) for one, other in zip(lats, lons, strict=False))
    return Spot(lat, lon, reach)


def coarse_place(key: str | None, finest_m: float, gazetteer: Gazetteer) -> str | None:
    """Return the place, or the nearest one round it that is no finer than `finest_m`; None if there is none."""
    if key is None or key not in gazetteer.places:
        return None
    for one in (key, *gazetteer.parents(key)):
        if gazetteer.places[one].radius_m >= finest_m:
            return one
    return None
