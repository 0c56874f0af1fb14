"""Three-valued truth (strong Kleene), read as must and may.

A statement *must* hold when it holds in every completion of what is unknown, and *may*
hold when it holds in some completion. TRUE = must and may, FALSE = neither, UNKNOWN = may only.
Source of the tables: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

__all__ = ["FALSE", "TRUE", "UNKNOWN", "Truth", "all_of", "any_of", "from_bounds"]


class Truth(Enum):
    """TRUE, FALSE or UNKNOWN; has no Python truth value, so that unknown cannot pass as false."""

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"

    @property
    def must(self) -> bool:
        """Whether it holds in every completion of what is unknown."""
        return self is Truth.TRUE

    @property
    def may(self) -> bool:
        """Whether it holds in some completion of what is unknown."""
        return self is not Truth.FALSE

    def __invert__(self) -> Truth:
        return from_bounds(must=not self.may, may=not self.must)

    def __bool__(self) -> bool:
        message = "a Truth has three values: ask for .must or .may"
        raise TypeError(message)


TRUE = Truth.TRUE
FALSE = Truth.FALSE
UNKNOWN = Truth.UNKNOWN


def from_bounds(*, must: bool, may: bool) -> Truth:
    """Return the truth with these bounds; `must` without `may` is a contradiction (ValueError)."""
    if must and not may:
        message = "must holds but may does not: no truth has these bounds"
        raise ValueError(message)
    if must:
        return TRUE
    return UNKNOWN if may else FALSE


def all_of(values: Iterable[Truth]) -> Truth:
    """Kleene AND; TRUE for no values. Every value is looked at: explanations need all of them."""
    seen = _seen(values)
    if FALSE in seen:
        return FALSE
    return UNKNOWN if UNKNOWN in seen else TRUE


def any_of(values: Iterable[Truth]) -> Truth:
    """Kleene OR; FALSE for no values."""
    seen = _seen(values)
    if TRUE in seen:
        return TRUE
    return UNKNOWN if UNKNOWN in seen else FALSE


def _seen(values: Iterable[object]) -> set[object]:
    """Return the values that occur; a bool among them would silently count as the neutral one."""
    seen = set(values)
    for value in seen:
        if not isinstance(value, Truth):
            message = f"{value!r} is no Truth; build one with from_bounds"
            raise TypeError(message)
    return seen
