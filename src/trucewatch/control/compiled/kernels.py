"""Kernels of a block of places over all nodes, as `ground._pool` lays them out, with the places last."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from trucewatch.control.evidence import Ints, Nodes
from trucewatch.control.ground import LINE
from trucewatch.control.weights import RANGES_M, Floats
from trucewatch.incidents.compiled.compiling import compiled
from trucewatch.places.distance import EARTH_RADIUS_M

__all__ = ["kernels"]

def kernels(lat: Floats, lon: Floats, own: Ints, nodes: Nodes) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return (nodes, ranges, places), (nodes, line ranges, 5, places), and which ranges of a node reach any place."""
    kernel = np.zeros((len(nodes), len(RANGES_M), len(lat)))
    slope = np.zeros((len(nodes), len(LINE), 5, len(lat)))
    reaching = np.zeros((len(nodes), len(RANGES_M)), dtype=np.bool_)
    _lay_out(lat, lon, own, nodes.lat, nodes.lon, nodes.sigma_m, np.array(RANGES_M), np.array(LINE), EARTH_RADIUS_M, kernel, slope, reaching)
    return kernel, slope, reaching


@compiled
def _lay_out(
    lat: Floats, lon: Floats, own: Ints, nodes_lat: Floats, nodes_lon: Floats, sigma: Floats, ranges: Floats, lines: Ints,
    radius: float, kernel: Floats, slope: Floats, reaching: npt.NDArray[np.bool_],
) -> None:
    turn = math.pi / 180
    around = np.cos(lat * turn)
    for n in range(len(nodes_lat)):
        across = math.cos(nodes_lat[n] * turn)
        for c in range(len(lat)):
            if own[c] == n:
                continue
            north, east = (nodes_lat[n] - lat[c]) * turn, (nodes_lon[n] - lon[c]) * turn
            half = math.sin(north / 2) ** 2 + around[c] * across * math.sin(east / 2) ** 2
            apart = 2 * radius * math.asin(min(1.0, math.sqrt(half)))
            for r in range(len(ranges) - 1, -1, -1):
                wide = ranges[r] ** 2 + sigma[n] ** 2
                value = math.exp(-(apart**2) / (2 * wide)) * (ranges[r] ** 2 / wide)
                if value >= 0.01:
                    kernel[n, r, c] = value
                    reaching[n, r] = True
                elif sigma[n] == 0:
                    break  # a smaller range reaches no farther
            turned = (nodes_lon[n] - lon[c] + 180) % 360 - 180
            for i in range(len(lines)):
                value = kernel[n, lines[i], c]
                if value > 0:
                    x, y = turned * turn * around[c] * radius / ranges[lines[i]], north * radius / ranges[lines[i]]
                    slope[n, i, 0, c], slope[n, i, 1, c], slope[n, i, 2, c] = value * x, value * y, value * x * x
                    slope[n, i, 3, c], slope[n, i, 4, c] = value * x * y, value * y * y
