"""Where reports stand in space and time: classes of precision, cells, and one order of all.

What is here decides which reports can be partners at all; `candidates` looks for them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.apart import DEGREE_M
from trucewatch.incidents.features import DAY, OPEN, Features
from trucewatch.incidents.weights import Bounds

__all__ = ["PERIOD_CLASSES_DAYS", "RADIUS_CLASSES_M", "Grid", "TimeOrder", "grid_spans", "grid_start"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

RADIUS_CLASSES_M = (2_500.0, 8_000.0, 30_000.0, 120_000.0)
"""Upper ends; a place known less well than the last is no position."""
PERIOD_CLASSES_DAYS = (1.5, 8.0, 40.0, 400.0)
"""Upper ends; a longer period is a total, not a happening, and is compared only by grouping."""

_OPEN_DAYS = 31
"""On the grid a period with one unknown bound reaches this far from its known bound."""
_COLUMNS = 1 << 17


def grid_start(rows: Features) -> Ints:
    """Return where the period begins on the grid: a month before its end if nobody knows."""
    return np.where(rows.start == -OPEN, rows.end - _OPEN_DAYS * DAY, rows.start)


def grid_spans(rows: Features) -> Floats:
    """Return the length of the period on the grid in days."""
    spans = (rows.end - rows.start) / DAY
    return np.asarray(np.where(spans > OPEN / DAY / 2, _OPEN_DAYS, spans), dtype=np.float64)


class TimeOrder:
    """All reports in order of start, act, parties and id: where a cell holds more partners than the
    bound, the nearest in this order are kept."""

    def __init__(self, rows: Features, weights: Bounds) -> None:
        start, spans = grid_start(rows), grid_spans(rows)
        order = np.lexsort((rows.dyad.codes, rows.act.codes, start))
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[order] = np.arange(len(order))
        self.order = order
        self._sorted = start[order]
        self._reach = weights.reach_days
        self._start, self._end = start, start + np.rint(spans * DAY).astype(np.int64)

    def window(self, which: Ints, longest: float) -> tuple[Ints, Ints]:
        """Return the ranks [low, high) between which lie all partners in time whose periods have at
        most `longest` days."""
        earliest = self._start[which] - round((longest + self._reach) * DAY)
        latest = self._end[which] + round(self._reach * DAY)
        low = np.searchsorted(self._sorted, earliest, side="left")
        return low, np.searchsorted(self._sorted, latest, side="right")


class Grid:
    """Cells of about `cell_m` metres; columns are as wide as a cell at the edge of the neighbouring
    row that is nearer to the pole."""

    def __init__(self, rows: Features, cell_m: float) -> None:
        self._height = cell_m / DEGREE_M
        self._rows = rows
        row = np.arange(-1, int(180.0 / self._height) + 2)
        edge = np.maximum(np.abs((row - 1) * self._height - 90.0), np.abs((row + 2) * self._height - 90.0))
        width = self._height / np.maximum(0.02, np.cos(np.radians(np.minimum(89.0, edge))))
        self._columns = np.maximum(1.0, np.floor(360.0 / width))

    def cell(self, which: Ints, row_step: int = 0, column_step: int = 0) -> Ints:
        """Return the number of the cell that lies these steps from the cell of each report."""
        row = np.floor((self._rows.lat[which] + 90.0) / self._height).astype(np.int64) + row_step
        columns = self._columns[row + 1]
        column = np.floor((self._rows.lon[which] + 180.0) * columns / 360.0)
        column = np.mod(column + column_step, columns)
        return np.asarray((row + 1) * _COLUMNS + column.astype(np.int64), dtype=np.int64)
