"""The same answers as `carrying` gives in NumPy, compiled by numba for many places and days.

Numba is an extra (`trucewatch[fast]`) and is loaded only where there are enough answers to repay it.
"""

from functools import cache
from importlib.util import find_spec

__all__ = ["available"]

_WORTH_IT = 1_000_000
"""Answers for a place and day below which loading what was compiled takes longer than the work."""


@cache
def _installed() -> bool:
    return find_spec("numba") is not None


def available(answers: int) -> bool:
    """Whether so many answers for a place and day are worked out by compiled functions."""
    return answers >= _WORTH_IT and _installed()
