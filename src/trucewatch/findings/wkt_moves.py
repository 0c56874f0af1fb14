"""Geometry moved a little, as text: what a wrong border or a wrong line would look like."""

from __future__ import annotations

import re

__all__ = ["moved_lines", "scaled"]

_PAIR = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")
_STEP = 0.02
"""Degrees: about two kilometres."""


def scaled(wkt: str, factor: float) -> str:
    """Return an area drawn larger or smaller around the middle of its corners."""
    pairs = [(float(lon), float(lat)) for lon, lat in _PAIR.findall(wkt)]
    middle = [sum(one[axis] for one in pairs) / len(pairs) for axis in (0, 1)]

    def moved(found: re.Match[str]) -> str:
        lon, lat = (middle[axis] + factor * (float(found[axis + 1]) - middle[axis]) for axis in (0, 1))
        return f"{min(max(lon, -180.0), 180.0):.7f} {min(max(lat, -90.0), 90.0):.7f}"

    return _PAIR.sub(moved, wkt)


def moved_lines(wkt: str) -> str:
    """Return a line some two kilometres further north."""
    return _PAIR.sub(lambda found: f"{found[1]} {float(found[2]) + _STEP:.7f}", wkt)
