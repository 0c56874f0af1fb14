"""Degrees to the units of a drawing: an equirectangular map, true to scale at its middle latitude."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Box", "MapFrame", "frame_for", "rings_of"]

KM_PER_DEGREE = 111.32
"""Of latitude; of longitude at the equator."""

Point = tuple[float, float]
"""Longitude, latitude."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A drawing of `width` by `height` units over a box."""

    box: Box
    width: float
    height: float
    per_km: float
    """Units of the drawing for one kilometre."""

    def at(self, lat: float, lon: float) -> Point:
        """Return (x, y), y downwards, rounded to one decimal."""
        middle = math.cos(math.radians((self.box.south + self.box.north) / 2))
        x = (lon - self.box.west) * KM_PER_DEGREE * middle * self.per_km
        y = (self.box.north - lat) * KM_PER_DEGREE * self.per_km
        return round(x, 1), round(y, 1)

    def length(self, metres: float) -> float:
        """Return a distance in units of the drawing, rounded to one decimal."""
        return round(metres / 1000 * self.per_km, 1)


def rings_of(wkt: str) -> tuple[tuple[Point, ...], ...]:
    """Return the rings of a POLYGON or MULTIPOLYGON as (longitude, latitude) points."""
    return tuple(
        tuple((float(lon), float(lat)) for lon, lat in re.findall(r"(-?[\d.]+)\s+(-?[\d.]+)", ring))
        for ring in re.findall(r"\(([^()]+)\)", wkt)
    )


def frame_for(
    rings: Iterable[Sequence[Point]],
    spots: Iterable[tuple[float, float, float]],
    width: float,
    shape: tuple[float, float] = (0.0, 99.0),
    margin: float | None = None,
) -> MapFrame | None:
    """Return a frame round the rings and the spots (lat, lon, radius in metres); None if there are none.

    `shape` gives the least and the greatest height as parts of the width; the box grows to meet it. `margin` is in
    degrees; None: a twenty-fifth of the longer side, but at least 0.05.
    """
    points = [point for ring in rings for point in ring]
    for lat, lon, radius in spots:
        reach = radius / 1000 / KM_PER_DEGREE
        wide = reach / max(0.05, math.cos(math.radians(lat)))
        points += [(lon - wide, lat - reach), (lon + wide, lat + reach)]
    if not points:
        return None
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    if margin is None:
        margin = max(0.05, 0.04 * max(max(lons) - min(lons), max(lats) - min(lats)))
    box = Box(min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin)
    box = _shaped(box, *shape)
    middle = max(0.05, math.cos(math.radians((box.south + box.north) / 2)))
    per_km = width / ((box.east - box.west) * KM_PER_DEGREE * middle)
    return MapFrame(box, width, round((box.north - box.south) * KM_PER_DEGREE * per_km, 1), per_km)


def _shaped(box: Box, flattest: float, tallest: float) -> Box:
    """Return the box made wider or higher until its height is between the two parts of its width."""
    middle = max(0.05, math.cos(math.radians((box.south + box.north) / 2)))
    wide, high = (box.east - box.west) * middle, box.north - box.south
    taller = max(0.0, flattest * wide - high) / 2
    wider = max(0.0, high / tallest - wide) / 2 / middle
    return Box(box.west - wider, box.south - taller, box.east + wider, box.north + taller)
