"""A local azimuthal equidistant projection in metres, and how far it may be off.

Spherical formulas of J. P. Snyder, Map Projections: A Working Manual (1987), equations 22-4, 25-2
and 20-14. The projection never shortens a distance on the sphere; it lengthens one across the
radius by c / sin c, where c is the angle to the centre. The sphere itself differs from the
ellipsoid by at most 0.6 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.places.distance import EARTH_RADIUS_M

__all__ = ["SPHERE_ERROR", "Projection"]

Floats = npt.NDArray[np.float64]

SPHERE_ERROR = 0.006
"""Greatest relative difference between a distance on the mean sphere and on WGS84."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to metres east and north of a centre, and back."""

    lat: float
    lon: float

    def forward(self, lats: Floats, lons: Floats) -> tuple[Floats, Floats]:
        """Return (x, y) in metres of points in degrees."""
        phi, turn = np.radians(lats), np.radians(np.asarray(lons) - self.lon)
        phi0 = np.radians(self.lat)
        north = np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(turn)
        east = np.cos(phi) * np.sin(turn)
        chord = np.hypot(north, east)
        angle = np.arctan2(
            chord, np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(turn)
        )
        scale = EARTH_RADIUS_M * np.where(chord > 1e-12, angle / np.maximum(chord, 1e-300), 1.0)
        antipode = (chord <= 1e-12) & (angle > 1)  # as far as can be, in no direction
        return np.where(antipode, EARTH_RADIUS_M * angle, scale * east), scale * north

    def backward(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return (lats, lons) in degrees of points in metres."""
        rho = np.hypot(x, y)
        angle = rho / EARTH_RADIUS_M
        phi0 = np.radians(self.lat)
        share = np.where(rho > 0, np.sin(angle) / np.maximum(rho, 1e-300), 0.0)
        sine = np.cos(angle) * np.sin(phi0) + y * share * np.cos(phi0)
        across = np.cos(phi0) * np.cos(angle) - y * share * np.sin(phi0)
        turn = np.arctan2(x * share, across)
        return np.degrees(np.arcsin(np.clip(sine, -1, 1))), self.lon + np.degrees(turn)

    @staticmethod
    def stretch(metres_from_centre: Floats | float) -> Floats:
        """Return by what factor a projected distance may exceed the true one, this far out."""
        angle = np.minimum(np.asarray(metres_from_centre, dtype=np.float64) / EARTH_RADIUS_M, 3.1)
        return np.where(angle > 1e-9, angle / np.sin(np.maximum(angle, 1e-9)), 1.0) * (
            1 + SPHERE_ERROR
        )
