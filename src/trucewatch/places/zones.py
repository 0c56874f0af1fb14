"""Zones and the question whether something surely, possibly or not at all lies in one.

A zone is a polygon whose border is known to `accuracy_m`. A disk or polygon is inside (TRUE) when
it stays inside wherever the border runs within that accuracy, outside (FALSE) when it stays
outside, and UNKNOWN otherwise. Work is done in a projection centred on the zone; what the
projection may be off is counted against certainty, never for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import isfinite

import numpy as np
import numpy.typing as npt
import shapely

from trucewatch.errors import BadCall
from trucewatch.places.outlines import SIDES, in_metres, parse_wkt, polygonal, strip_wkt
from trucewatch.places.projection import Projection
from trucewatch.places.shapes import Shape
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

__all__ = ["SIDES", "ZoneShape", "area_fault", "contains", "contains_codes", "contains_many"]

_OUT, _OPEN, _IN = 0, 1, 2
_TRUTHS = (FALSE, UNKNOWN, TRUE)
_SNAP_M = 1.0
_DEGREE_M = 110_000.0
"""Less than the metres in a degree of latitude anywhere."""


class ZoneShape:
    """A zone made ready for many questions; fixed once it is built. Equal text, equal zone."""

    __slots__ = ("accuracy_m", "border", "box", "extent_m", "polygon", "projection", "wkt")

    def __init__(self, wkt: str, accuracy_m: float = 0.0) -> None:
        """Take a (multi)polygon in WKT, longitude first, degrees WGS84; BadCall if it is none."""
        if not (isfinite(accuracy_m) and accuracy_m >= 0):
            message = f"accuracy_m is {accuracy_m}; expected metres, 0 or more"
            raise BadCall(message)
        geometry = polygonal(parse_wkt(wkt), wkt)
        if geometry.is_empty or geometry.area == 0:
            message = f"a polygon without area: {wkt[:60]}; expected one that encloses ground"
            raise BadCall(message)
        west, south, east, north = geometry.bounds
        self.wkt = wkt
        self.accuracy_m = accuracy_m
        self.box = (west, south, east, north)
        """Least and greatest degrees of its corners."""
        self.projection = Projection((south + north) / 2, (west + east) / 2)
        self.polygon = in_metres(geometry, self.projection)
        self.border = shapely.boundary(self.polygon)
        points = shapely.get_coordinates(self.polygon)
        self.extent_m = float(np.hypot(points[:, 0], points[:, 1]).max())
        shapely.prepare(self.polygon)
        shapely.prepare(self.border)

    @classmethod
    def beside(
        cls,
        line: Sequence[tuple[float, float]],
        within_m: float,
        side: str = "both",
        accuracy_m: float = 0.0,
    ) -> ZoneShape:
        """Return the strip within `within_m` of a line of (lat, lon) on one side of it, or both.

        `side` is one of SIDES. A strip on one side ends square at the ends of the line, a strip on
        both sides round. BadCall when the line runs along the axis of the side, so that nothing
        lies on "its north".
        """
        if side not in SIDES or len(line) < 2 or not (isfinite(within_m) and within_m > 0):
            message = (
                f"a strip of {within_m} m on side “{side}” of a line of {len(line)} points; "
                f"expected metres above 0, a side among {', '.join(SIDES)} and at least two points"
            )
            raise BadCall(message)
        lats = np.array([point[0] for point in line], dtype=np.float64)
        lons = np.array([point[1] for point in line], dtype=np.float64)
        if not _on_earth(lats, lons).all():
            message = (
                f"the line holds a point that is none: {list(line)}; expected (lat, lon) in degrees"
            )
            raise BadCall(message)
        projection = Projection(float(lats.mean()), float(lons.mean()))
        return cls(
            strip_wkt(np.column_stack(projection.forward(lats, lons)), within_m, side, projection),
            accuracy_m,
        )

    @classmethod
    def union(cls, zones: Sequence[ZoneShape]) -> ZoneShape:
        """Return the ground of all these zones as one; the largest of their accuracies counts."""
        whole = shapely.union_all([parse_wkt(one.wkt) for one in zones])
        return cls(shapely.to_wkt(whole, rounding_precision=-1), max(one.accuracy_m for one in zones))

    def may_reach(self, lats: Floats, lons: Floats, radii: Floats) -> Flags:
        """Whether each disk is near enough to be worth measuring; twice its reach beyond the zone's
        box of degrees it surely is not."""
        west, south, east, north = self.box
        margin = 2 * (radii + self.accuracy_m) / _DEGREE_M
        near: Flags = (lats >= south - margin) & (lats <= north + margin)
        flattest = np.cos(np.radians(min(max(abs(south), abs(north)) + 5, 89)))
        wide = margin / flattest
        if west > -150 and east < 150:
            near &= ((lons >= west - wide) & (lons <= east + wide)) | (wide > 25) | (margin > 5)
        return near

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ZoneShape):
            return NotImplemented
        return (self.wkt, self.accuracy_m) == (other.wkt, other.accuracy_m)

    def __hash__(self) -> int:
        return hash((self.wkt, self.accuracy_m))

    def __repr__(self) -> str:
        return f"ZoneShape({self.wkt[:40]!r}…, accuracy_m={self.accuracy_m})"


def contains(zone: ZoneShape, shape: Shape) -> Truth:
    """Return whether the shape lies in the zone; UNKNOWN for a shape without place or radius.

    A polygon counts as inside up to one metre beyond the border, for borders that two layers share.
    BadCall for text in `area_wkt` that is no geometry.
    """
    if shape.area_wkt:
        return _contains_area(zone, shape.area_wkt)
    numbers = (shape.lat, shape.lon, shape.radius_m)
    lat, lon, radius = (np.nan if value is None else value for value in numbers)
    return contains_many(zone, [lat], [lon], [radius])[0]


def contains_many(
    zone: ZoneShape,
    lats: Sequence[float] | Floats,
    lons: Sequence[float] | Floats,
    radii: Sequence[float] | Floats,
) -> list[Truth]:
    """Return `contains` for disks given as columns: degrees, degrees, metres; NaN is unknown."""
    return [_TRUTHS[answer] for answer in contains_codes(zone, lats, lons, radii).tolist()]


def contains_codes(
    zone: ZoneShape,
    lats: Sequence[float] | Floats,
    lons: Sequence[float] | Floats,
    radii: Sequence[float] | Floats,
) -> npt.NDArray[np.int8]:
    """Return `contains_many` as numbers: 0 outside, 1 unknown, 2 inside."""
    lat, lon, radius = (np.asarray(values, dtype=np.float64) for values in (lats, lons, radii))
    known = _on_earth(lat, lon) & np.isfinite(radius) & (radius >= 0)
    answers = np.where(known, _OUT, _OPEN).astype(np.int8)
    known &= zone.may_reach(lat, lon, radius)
    x, y = zone.projection.forward(lat[known], lon[known])
    far_out = np.maximum(np.hypot(x, y), zone.extent_m)
    reach = (radius[known] + zone.accuracy_m) * Projection.stretch(far_out)
    answers[known] = _answers(zone, x, y, reach)
    return answers


def area_fault(wkt: str) -> str | None:
    """Return what is wrong with a text that should be a (multi)polygon in degrees, or None."""
    try:
        polygonal(parse_wkt(wkt), wkt)
    except BadCall as error:
        return str(error)
    return None


def _answers(
    zone: ZoneShape, x: Floats, y: Floats, reach: Floats
) -> npt.NDArray[np.int8]:
    """Answer for disks in the projection; the box answers for most that lie beyond it."""
    west, south, east, north = shapely.bounds(zone.polygon)
    beyond = np.maximum(np.maximum(west - x, x - east), np.maximum(south - y, y - north))
    near = np.flatnonzero(beyond <= reach)
    x, y, reach = x[near], y[near], reach[near]
    inside = shapely.contains_xy(zone.polygon, x, y)
    touches = shapely.dwithin(zone.border, shapely.points(x, y), reach)
    answers = np.full(len(beyond), _OUT, dtype=np.int8)
    answers[near] = np.where(touches, _OPEN, np.where(inside, _IN, _OUT))
    return answers


@lru_cache(maxsize=4096)
def _contains_area(zone: ZoneShape, wkt: str) -> Truth:
    outline = parse_wkt(wkt)
    if outline.geom_type in ("Polygon", "MultiPolygon"):
        outline = polygonal(outline, wkt)
    area = in_metres(outline, zone.projection)
    points = shapely.get_coordinates(area)
    far_out = max(zone.extent_m, float(np.hypot(points[:, 0], points[:, 1]).max()))
    margin = zone.accuracy_m * float(Projection.stretch(far_out))
    if margin == 0:
        if shapely.covers(_outwards(zone), area):
            return TRUE
        return UNKNOWN if shapely.intersects(zone.polygon, area) else FALSE
    if shapely.dwithin(zone.border, area, margin):
        return UNKNOWN
    return TRUE if shapely.covers(zone.polygon, area) else FALSE


@lru_cache(maxsize=64)
def _outwards(zone: ZoneShape) -> shapely.Geometry:
    wider = shapely.buffer(zone.polygon, _SNAP_M)
    shapely.prepare(wider)
    return wider


def _on_earth(lats: Floats, lons: Floats) -> Flags:
    on_earth: Flags = (np.abs(lats) <= 90) & (np.abs(lons) <= 180)  # NaN compares false
    return on_earth
