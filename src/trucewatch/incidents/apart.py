"""How far two reports are from each other in space and time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.features import DAY, Features
from trucewatch.incidents.weights import SIGMA_PER_RADIUS, Bounds

__all__ = ["DEGREE_M", "combined_sigma", "days_apart", "metres_apart"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""
DEGREE_M = EARTH_M * np.pi / 180.0


def metres_apart(rows: Features, first: Ints, second: Ints) -> Floats:
    """Return great-circle metres between two rows of each pair (haversine); meaningless if
    unplaced.
    """
    lat1, lat2 = np.radians(rows.lat[first]), np.radians(rows.lat[second])
    half_lon = np.radians(rows.lon[second] - rows.lon[first]) / 2.0
    chord = np.sin((lat2 - lat1) / 2.0) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(half_lon) ** 2
    return np.asarray(2.0 * EARTH_M * np.arcsin(np.sqrt(np.minimum(1.0, chord))), dtype=np.float64)


def combined_sigma(rows: Features, first: Ints, second: Ints, weights: Bounds) -> Floats:
    """Return the standard deviation in metres of the distance between two places of one
    happening.
    """
    variance = (rows.radius[first] ** 2 + rows.radius[second] ** 2) / SIGMA_PER_RADIUS**2
    return np.asarray(np.sqrt(variance + weights.sigma_floor_m**2), dtype=np.float64)


def days_apart(rows: Features, first: Ints, second: Ints) -> Floats:
    """Return days between two periods; negative if they overlap, 0 if one starts when the other
    ends.
    """
    gap = np.maximum(rows.start[first] - rows.end[second], rows.start[second] - rows.end[first])
    return np.asarray(gap / DAY, dtype=np.float64)
