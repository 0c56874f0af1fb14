"""The natural logarithm of many numbers at once: a loop that calls the library's takes one number at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from trucewatch.incidents.compiled.compiling import compiled

__all__ = ["log_all"]

_HALF = 0x3FE6A09E667F3BCD
"""√½ as it lies in memory."""


@compiled
def log_all(values: Any, spare: Any) -> None:  # noqa: ANN401 - (places) numbers above 0, and whole numbers of 64 bits
    """Replace values by their logarithms.

    x = m · 2^e with m in √½..√2; log m = 2 artanh((m - 1) / (m + 1)), whose series is cut after the 17th power: 1e-14.
    """
    bits = values.view(np.int64)
    for c in range(len(values)):
        spare[c] = (bits[c] - _HALF) >> 52
        bits[c] -= spare[c] << 52
    for c in range(len(values)):
        s = (values[c] - 1.0) / (values[c] + 1.0)
        q = s * s
        series = 1 / 17 + q * (1 / 19)
        series = 1 / 13 + q * (1 / 15 + q * series)
        series = 1 / 9 + q * (1 / 11 + q * series)
        series = 1 / 5 + q * (1 / 7 + q * series)
        series = 1.0 + q * (1 / 3 + q * series)
        values[c] = 2.0 * s * series + spare[c] * 0.6931471805599453
