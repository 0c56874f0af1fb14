"""Distances and bearings on the WGS84 ellipsoid, in plain arithmetic.

Sources of the formulas: W. D. Lambert (1942), correction of the great-circle distance for the
flattening (about 1 part in 100,000); T. Vincenty, Survey Review 23 (1975) 88-93, direct solution.
Coordinates are degrees WGS84, distances metres, bearings degrees clockwise from true north.
"""

from __future__ import annotations

from math import asin, atan, atan2, cos, degrees, hypot, pi, radians, sin, sqrt, tan

__all__ = ["EARTH_RADIUS_M", "METRES_PER_DEGREE", "destination", "distance_m", "initial_bearing"]

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG R1)."""
METRES_PER_DEGREE = 110_574.0
"""Least length of one degree of latitude on the ellipsoid, found at the equator."""

_EQUATOR_M = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_POLE_M = _EQUATOR_M * (1 - _FLATTENING)


def _reduced(lat: float) -> float:
    """Return the reduced latitude in radians of a geographic latitude in degrees."""
    return atan((1 - _FLATTENING) * tan(radians(lat)))


def _angle(beta1: float, beta2: float, turn: float) -> float:
    """Return the angle in radians between two points of a sphere (haversine)."""
    half = sin((beta2 - beta1) / 2) ** 2 + cos(beta1) * cos(beta2) * sin(turn / 2) ** 2
    return 2 * asin(min(1.0, sqrt(half)))


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in metres, corrected for the flattening of the earth."""
    beta1, beta2 = _reduced(lat1), _reduced(lat2)
    sigma = _angle(beta1, beta2, radians(lon2 - lon1))
    if sigma < 1e-12:
        return 0.0
    if pi - sigma < 1e-3:
        return EARTH_RADIUS_M * sigma  # the correction has no limit at the antipode
    middle, half = (beta1 + beta2) / 2, (beta2 - beta1) / 2
    x = (sigma - sin(sigma)) * (sin(middle) * cos(half) / cos(sigma / 2)) ** 2
    y = (sigma + sin(sigma)) * (cos(middle) * sin(half) / sin(sigma / 2)) ** 2
    return _EQUATOR_M * (sigma - _FLATTENING / 2 * (x + y))


def initial_bearing(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the bearing at the first point towards the second, 0 <= bearing < 360.

    Great circle on reduced latitudes; within 0.2 degrees of the geodesic.
    """
    beta1, beta2, turn = _reduced(lat1), _reduced(lat2), radians(lon2 - lon1)
    east = cos(beta2) * sin(turn)
    north = cos(beta1) * sin(beta2) - sin(beta1) * cos(beta2) * cos(turn)
    return degrees(atan2(east, north)) % 360.0


def destination(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    """Return (lat, lon) reached from a point on an initial bearing after a distance.

    The longitude is continuous with `lon`: it may pass 180 instead of jumping to -180.
    """
    if metres == 0:
        return lat, lon
    alpha, beta = radians(bearing), _reduced(lat)
    sin_base = cos(beta) * sin(alpha)
    cos2_base = 1 - sin_base**2
    start = atan2(tan(beta), cos(alpha))
    sigma, middle = _arc(start, cos2_base, metres)
    sin_s, cos_s = sin(sigma), cos(sigma)
    across = sin(beta) * sin_s - cos(beta) * cos_s * cos(alpha)
    end = atan2(
        sin(beta) * cos_s + cos(beta) * sin_s * cos(alpha),
        (1 - _FLATTENING) * hypot(sin_base, across),
    )
    turn = atan2(sin_s * sin(alpha), cos(beta) * cos_s - sin(beta) * sin_s * cos(alpha))
    c = _FLATTENING / 16 * cos2_base * (4 + _FLATTENING * (4 - 3 * cos2_base))
    inner = middle + c * cos_s * (2 * middle**2 - 1)
    turn -= (1 - c) * _FLATTENING * sin_base * (sigma + c * sin_s * inner)
    return degrees(end), lon + degrees(turn)


def _arc(start: float, cos2_base: float, metres: float) -> tuple[float, float]:
    """Return the angular length of the geodesic and cos(2 sigma_m), by Vincenty's iteration."""
    u2 = cos2_base * (_EQUATOR_M**2 - _POLE_M**2) / _POLE_M**2
    a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
    b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
    first = sigma = metres / (_POLE_M * a)
    middle = cos(2 * start + sigma)
    for _ in range(12):
        middle = cos(2 * start + sigma)
        third = b / 6 * middle * (4 * sin(sigma) ** 2 - 3) * (4 * middle**2 - 3)
        inner = cos(sigma) * (2 * middle**2 - 1) - third
        step = b * sin(sigma) * (middle + b / 4 * inner)
        if abs(first + step - sigma) < 1e-12:
            break
        sigma = first + step
    return sigma, middle
