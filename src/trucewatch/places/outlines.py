"""Outlines in WKT read, checked, projected, and strips beside a line drawn."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import ShapelyError

from trucewatch.errors import BadCall
from trucewatch.places.projection import Projection

__all__ = ["SIDES", "in_metres", "parse_wkt", "polygonal", "strip_wkt"]

SIDES = ("north", "south", "east", "west", "both")

Floats = npt.NDArray[np.float64]

_LONGEST_EDGE_DEGREES = 0.05
_REPAIR_SHARE = 1e-3
_TOUCH_M = 0.01
_AXES = {"north": (0.0, 1.0), "south": (0.0, -1.0), "east": (1.0, 0.0), "west": (-1.0, 0.0)}
_LEAST_ACROSS = 0.26
"""A line that runs within 15 degrees of an axis has no two sides along that axis."""


def parse_wkt(wkt: str) -> shapely.Geometry:
    """Return the geometry, longitude first; BadCall for no WKT, an empty one, no degrees."""
    try:
        geometry = shapely.from_wkt(wkt)
    except (ShapelyError, TypeError) as error:
        message = f"“{wkt[:60]}” is no WKT ({error}); expected a POLYGON, longitude first"
        raise BadCall(message) from error
    points = shapely.get_coordinates(geometry)
    if not len(points) or not (np.abs(points) <= (360, 90)).all():
        message = f"“{wkt[:60]}” is empty or no place on earth; expected longitude, latitude"
        raise BadCall(message)
    return geometry


def polygonal(geometry: shapely.Geometry, wkt: str) -> shapely.Geometry:
    """Return a valid (multi)polygon; a repair that moves more than a thousandth is refused."""
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        message = f"“{wkt[:60]}” is a {geometry.geom_type}; expected a POLYGON or MULTIPOLYGON"
        raise BadCall(message)
    if geometry.is_valid:
        return geometry
    fixed = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if abs(fixed.area - geometry.area) > _REPAIR_SHARE * geometry.area:
        message = f"“{wkt[:60]}” is no valid polygon: {shapely.is_valid_reason(geometry)}"
        raise BadCall(message)
    return fixed


def in_metres(geometry: shapely.Geometry, projection: Projection) -> shapely.Geometry:
    """Project with edges cut so short that a straight edge in degrees stays one (error < 2 m)."""

    def project(points: Floats) -> Floats:
        return np.column_stack(projection.forward(points[:, 1], points[:, 0]))

    return shapely.transform(shapely.segmentize(geometry, _LONGEST_EDGE_DEGREES), project)


def strip_wkt(points: Floats, within_m: float, side: str, projection: Projection) -> str:
    """Return the strip beside projected `points` (metres, one per row) as WKT in degrees."""
    points = points[np.append(True, np.abs(np.diff(points, axis=0)).sum(axis=1) > _TOUCH_M)]
    if len(points) < 2:
        message = "the points of the line are one and the same; expected at least two places"
        raise BadCall(message)
    if side == "both":
        strip = shapely.buffer(shapely.linestrings(points), within_m, quad_segs=32)
    else:
        strip = _one_side(points, within_m, _left_or_right(points, side))

    def unproject(metres: Floats) -> Floats:
        lats, lons = projection.backward(metres[:, 0], metres[:, 1])
        return np.column_stack((lons, lats))

    return str(shapely.to_wkt(shapely.transform(strip, unproject), rounding_precision=7))


def _one_side(points: Floats, within_m: float, turn: int) -> shapely.Geometry:
    """Return the part of the strip left (`turn` 1) or right (-1) of the line, cut along it."""
    strip = shapely.buffer(shapely.linestrings(points), within_m, cap_style="flat", quad_segs=32)
    blade = shapely.linestrings(_lengthened(points, 3 * within_m))
    pieces = shapely.get_parts(
        shapely.polygonize([shapely.union_all([shapely.boundary(strip), blade])])
    )
    pieces = pieces[shapely.covers(shapely.buffer(strip, _TOUCH_M), pieces)]
    wanted, other = (shapely.multipoints(_beside(points, way)) for way in (turn, -turn))
    kept = pieces[shapely.intersects(pieces, wanted)]
    turned = _turned_back(points) > within_m
    if turned or not len(kept) or shapely.intersects(kept, other).any():
        message = f"the line turns back on itself (within {within_m:g} m); expected two sides"
        raise BadCall(message)
    return shapely.union_all(kept)


def _turned_back(points: Floats) -> float:
    """Return how many metres the line runs back, at most, against its direction as a whole."""
    whole = points[-1] - points[0]
    along = points @ (whole / np.hypot(*whole))
    return float((np.maximum.accumulate(along) - along).max())


def _lengthened(points: Floats, metres: float) -> Floats:
    """Return the line with both ends drawn out in their own direction."""
    first, last = points[0] - points[1], points[-1] - points[-2]
    before = points[0] + first / np.hypot(*first) * metres
    after = points[-1] + last / np.hypot(*last) * metres
    return np.vstack((before, points, after))


def _beside(points: Floats, turn: int) -> Floats:
    """Return points close to the middle of each piece of the line, left (1) or right (-1)."""
    along = np.diff(points, axis=0)
    normal = np.column_stack((-along[:, 1], along[:, 0])) / np.hypot(*along.T)[:, None]
    beside: Floats = points[:-1] + along / 2 + turn * _TOUCH_M * normal
    return beside


def _left_or_right(points: Floats, side: str) -> int:
    """Return 1 when the side lies left of the direction of the line, -1 when right of it."""
    x, y = points[-1] - points[0]
    length = float(np.hypot(x, y))
    across = 0.0 if length == 0 else float(np.dot((-y / length, x / length), _AXES[side]))
    if abs(across) < _LEAST_ACROSS:
        message = (
            f"the line runs along the axis of its {side} side, so nothing lies on that side; "
            "name another one"
        )
        raise BadCall(message)
    return 1 if across > 0 else -1
