"""The same answers as candidates, scoring and agglomeration give in NumPy and Python, compiled by numba.

Numba is an extra (`trucewatch[fast]`) and is loaded only where there are enough reports to repay it.
What is compiled is kept beside the code, or in the user's cache where that cannot be written.
"""

import sys
from functools import cache
from importlib.util import find_spec

__all__ = ["available"]

_WORTH_IT = 10_000
"""Reports below which loading what was compiled takes longer than the work."""
_LOADED, _FEW = "trucewatch.incidents.compiled.compiling", 300
"""Once it is loaded it pays from few reports on."""


@cache
def _installed() -> bool:
    return find_spec("numba") is not None


def available(reports: int) -> bool:
    """Whether work on so many reports is done by compiled functions."""
    return reports >= (_FEW if _LOADED in sys.modules else _WORTH_IT) and _installed()
