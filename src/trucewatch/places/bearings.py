"""Bearings as people state them: compass words, degrees, ranges; all clockwise from true north.

A word stands for a sector: an eight-point word ("north-west", "NW") for 45 degrees, a
sixteen-point word ("NNW") for 22.5. A single number stands for ten degrees, because a hand
compass in the field is not read, and not corrected for declination, more finely than that.
"""

from __future__ import annotations

import re

from trucewatch.errors import BadCall

__all__ = ["DEGREES_WIDTH", "EIGHT_POINT_WIDTH", "SIXTEEN_POINT_WIDTH", "parse_bearing", "width_of"]

EIGHT_POINT_WIDTH = 45.0
SIXTEEN_POINT_WIDTH = 22.5
DEGREES_WIDTH = 10.0

_POINTS = (
    "n",
    "nne",
    "ne",
    "ene",
    "e",
    "ese",
    "se",
    "sse",
    "s",
    "ssw",
    "sw",
    "wsw",
    "w",
    "wnw",
    "nw",
    "nnw",
)
_CENTRES = {name: number * SIXTEEN_POINT_WIDTH for number, name in enumerate(_POINTS)}
_RANGE = re.compile(r"(\d+(?:\.\d+)?)(?:-|–|—|to|\.\.)(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORDS = (("north", "n"), ("south", "s"), ("east", "e"), ("west", "w"))


def parse_bearing(text: str) -> tuple[float, float]:
    """Return (from, to) in degrees, 0 <= value < 360, clockwise; from > to crosses north.

    A full circle ("0-360") is (0.0, 360.0). BadCall for anything that is no bearing.
    """
    compact = re.sub(r"[\s°]|deg(?:rees?)?|true$", "", text.casefold())
    between = _RANGE.fullmatch(compact)
    if between:
        return _range(float(between[1]), float(between[2]), text)
    if _NUMBER.fullmatch(compact):
        return _around(_checked(float(compact), text), DEGREES_WIDTH)
    point = _point(compact)
    if point is None:
        raise _refused(text)
    return _around(_CENTRES[point], _point_width(point))


def width_of(bearing_from: float, bearing_to: float) -> float:
    """Return the clockwise width in degrees from one bearing to the other, 0..360."""
    if bearing_to - bearing_from >= 360:
        return 360.0
    return (bearing_to - bearing_from) % 360.0


def _point(compact: str) -> str | None:
    """Return the compass point of a word such as "north-west", "northwestern" or "nnw"."""
    word = re.sub(r"[-_]|(?:ern|erly|wards?)$", "", compact)
    for long, short in _WORDS:
        word = word.replace(long + "ern", short).replace(long, short)
    return word if word in _CENTRES else None


def _point_width(point: str) -> float:
    return SIXTEEN_POINT_WIDTH if len(point) == 3 else EIGHT_POINT_WIDTH


def _around(centre: float, width: float) -> tuple[float, float]:
    return (centre - width / 2) % 360.0, (centre + width / 2) % 360.0


def _range(first: float, last: float, text: str) -> tuple[float, float]:
    if first == 0 and last == 360:
        return 0.0, 360.0
    return _checked(first, text) % 360.0, _checked(last, text) % 360.0


def _checked(value: float, text: str) -> float:
    if value > 360:
        raise _refused(text)
    return value


def _refused(text: str) -> BadCall:
    return BadCall(
        f"“{text}” is no bearing; expected a compass point (N, NNE, north-west), degrees from true "
        "north 0-360 (315) or a clockwise range (300-330, 350-10)"
    )
