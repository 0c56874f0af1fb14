"""What several who count settle together: a range that enough of them support and none contradicts.

Each gives a range. The lower bound is the greatest that enough of them support, the upper bound the
least. Where one of them lies outside of the result they contradict each other, and what is left is
the whole extent of what they say. Nothing is added, nothing averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Range", "agreed"]


@dataclass(frozen=True, slots=True)
class Range:
    """What one of them supports, and how much his support weighs."""

    owner: str
    """Ranges of one owner count once."""
    weight: int
    low: Fraction | None
    """None: supports no lower bound."""
    high: Fraction | None
    """None: supports no upper bound."""


def agreed(ranges: Sequence[Range], enough: int) -> tuple[Fraction, Fraction | None]:
    """Return the lower and the upper bound that support of `enough` weight carries.

    0 and None where too few support any.
    """
    lows = [(one.low, one) for one in ranges if one.low is not None]
    highs = [(one.high, one) for one in ranges if one.high is not None]
    low = _carried(sorted(lows, key=lambda pair: -pair[0]), enough) or Fraction(0)
    high = _carried(sorted(highs, key=lambda pair: pair[0]), enough)
    if (high is not None and low > high) or any(_outside(one, low, high) for one in ranges):
        return _extent(ranges)
    return low, high


def _carried(
    ordered: Iterable[tuple[Fraction, Range]], enough: int
) -> Fraction | None:
    """Return the first value at which the owners so far weigh enough."""
    weights: dict[str, int] = {}
    for value, one in ordered:
        weights[one.owner] = max(one.weight, weights.get(one.owner, 0))
        if sum(weights.values()) >= enough:
            return value
    return None


def _outside(one: Range, low: Fraction, high: Fraction | None) -> bool:
    below = one.high is not None and one.high < low
    return below or (high is not None and one.low is not None and one.low > high)


def _extent(ranges: Sequence[Range]) -> tuple[Fraction, Fraction | None]:
    highs = [one.high for one in ranges]
    bounded = [one for one in highs if one is not None]
    low = min(one.low if one.low is not None else Fraction(0) for one in ranges)
    least = min(bounded, default=low)
    return min(low, least), max(bounded) if len(bounded) == len(highs) else None
