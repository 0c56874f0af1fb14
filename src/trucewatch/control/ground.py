"""How places hang together with the ground that claims speak of: kernels over distance.

All pairs of many places and nodes do not fit into memory; then they are laid out block by block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from trucewatch.control.evidence import Ints, Nodes
from trucewatch.control.given import Spot
from trucewatch.control.weights import LINE_RANGES, RANGES_M, Floats
from trucewatch.places.distance import EARTH_RADIUS_M

__all__ = ["LINE", "PAIRS_AT_ONCE", "Ground", "Pool", "apart_m", "ground_among", "ground_of"]

LINE = list(LINE_RANGES)
PAIRS_AT_ONCE = 2_000_000
"""About 0.3 GB."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """How the places asked about hang together with the nodes."""

    kernel: Floats
    """(ranges, places, nodes); a place's own node has 0."""
    own: Ints
    """The place's own node, -1 if it has none."""
    distance_m: Floats
    slope: Floats
    """(line ranges, 5, places, nodes): kernel · (x, y, x², xy, y²), x east and y north in ranges."""

    def of(self, rows: Ints) -> Pool:
        """Return the same for some of the places."""
        return Pool(self.kernel[:, rows], self.own[rows], self.distance_m[rows], self.slope[:, :, rows])


@dataclass(slots=True, eq=False)
class Ground:
    """Places beside the nodes; kernels are laid out when they are asked for, and kept if they are few."""

    lat: Floats
    lon: Floats
    own: Ints
    nodes: Nodes
    _whole: Pool | None = field(default=None, repr=False)

    @property
    def at_once(self) -> int:
        """How many places can be laid out at once."""
        return max(1, PAIRS_AT_ONCE // max(1, len(self.nodes)))

    def blocks(self, most: int | None = None, *, by_neighbourhood: bool = False) -> Iterator[Ints]:
        """Return the places in blocks of `at_once`, or of fewer; in order, or neighbouring ones together."""
        size = min(self.at_once, most or self.at_once)
        order = self._squares(size) if by_neighbourhood else np.arange(len(self.lat))
        for start in range(0, len(self.lat), size):
            yield order[start : start + size]

    def _squares(self, size: int) -> Ints:
        """Return the places strip by strip, so that blocks of one size are about as long as broad."""
        if len(self.lat) <= size:
            return np.arange(len(self.lat))
        strips = max(1, round((len(self.lat) / size) ** 0.5))
        rank = np.argsort(np.argsort(self.lat, kind="stable"), kind="stable")
        return np.lexsort((self.lon, rank * strips // len(self.lat)))

    def of(self, rows: Ints) -> Pool:
        """Return how some of the places hang together with all nodes."""
        if len(self.lat) > self.at_once:
            return _pool(self.lat[rows], self.lon[rows], self.own[rows], self.nodes)
        if self._whole is None:
            self._whole = _pool(self.lat, self.lon, self.own, self.nodes)
        whole = len(rows) == len(self.lat) and bool((rows == np.arange(len(rows))).all())
        return self._whole if whole else self._whole.of(rows)


def ground_of(spots: Sequence[Spot], nodes: Nodes) -> Ground:
    """Return places with the nodes of their names."""
    lat, lon = np.array([(one.lat, one.lon) for one in spots], dtype=float).reshape(-1, 2).T
    own = np.array([nodes.named.get(one.place, -1) for one in spots], dtype=np.int64)
    return Ground(lat, lon, own, nodes)


def ground_among(nodes: Nodes) -> Ground:
    """Return the nodes as places of their own."""
    return Ground(nodes.lat, nodes.lon, np.arange(len(nodes)), nodes)


def _pool(lat: Floats, lon: Floats, own: Ints, nodes: Nodes) -> Pool:
    """Return kernels exp(-d² / 2(h² + σ²)) · h² / (h² + σ²) with d by haversine; below 0.01 they are 0."""
    apart = apart_m(lat[:, None], lon[:, None], nodes.lat[None], nodes.lon[None])
    kernel = np.empty((len(RANGES_M), *apart.shape))
    for at, reach in enumerate(RANGES_M):
        wide = reach**2 + nodes.sigma_m**2
        value = np.exp(-(apart**2) / (2 * wide)) * (reach**2 / wide)
        kernel[at] = np.where(value < 0.01, 0.0, value)
    having = np.flatnonzero(own >= 0)
    kernel[:, having, own[having]] = 0.0
    return Pool(kernel, own, apart, _slopes(kernel, lat, lon, nodes))


def _slopes(kernel: Floats, lat: Floats, lon: Floats, nodes: Nodes) -> Floats:
    turn = (nodes.lon[None] - lon[:, None] + 180) % 360 - 180
    east = np.radians(turn) * np.cos(np.radians(lat))[:, None] * EARTH_RADIUS_M
    north = np.radians(nodes.lat[None] - lat[:, None]) * EARTH_RADIUS_M
    made = []
    for at in LINE:
        x, y = east / RANGES_M[at], north / RANGES_M[at]
        made.append(kernel[at] * np.stack([x, y, x * x, x * y, y * y]))
    return np.stack(made)


def apart_m(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Return distances by haversine, metres; arrays are broadcast."""
    north, east = np.radians(lat2 - lat1) / 2, np.radians(lon2 - lon1) / 2
    half: Floats = np.sin(north) ** 2 + np.cos(np.radians(lat1)) * np.cos(np.radians(lat2)) * np.sin(east) ** 2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return metres
