"""How much, as one asserter counts it within a stretch of time: from figures of his own only.

Figures of one asserter for stretches that do not overlap may follow each other; nothing else is
added. What is counted only grows, so a figure for a part of the stretch is a lower bound for all of
it; only figures that together cover the whole stretch give an upper bound. Numbers are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from trucewatch.findings.lifecycle import Part
from trucewatch.reports.claim import Claim

__all__ = [
    "Amount", "Figure", "Stretch", "amount_within", "exact", "figures_of", "part_of",
    "stated_amount",
]

_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Amount:
    """At least `low`, at most `high`; `high` None: no upper bound."""

    low: Fraction
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when is counted; `start` None: from the beginning, whenever that was."""

    start: datetime | None
    end: datetime


def exact(number: float) -> Fraction:
    """Return the number as it is written."""
    return Fraction(str(number))


@dataclass(frozen=True, slots=True)
class Figure:
    """What one claim counts, for which time."""

    start: datetime
    end: datetime
    low: Fraction
    high: Fraction | None


def amount_within(figures: Sequence[Figure], stretch: Stretch) -> Amount | None:
    """Return what the figures of one asserter say of the stretch; None if they say nothing."""
    low = _most_in_a_row([one for one in figures if _inside(one, stretch)])
    high = _least_that_covers(figures, stretch)
    if low is None and high is None:
        return None
    low = low or Fraction(0)
    return Amount(min(low, high) if high is not None else low, high)


def figures_of(claims: Iterable[Claim]) -> tuple[Figure, ...]:
    """Return the figures of one asserter, by start and end.

    A figure without a start counts from the beginning. One without an end speaks of the instant
    that it starts from, else of its publication. A later figure for the same time replaces an
    earlier one.
    """
    found: dict[tuple[datetime, datetime], Figure] = {}
    for claim in sorted(claims, key=lambda one: (str(one.known_at), one.claim_id)):
        end = claim.valid_to_latest or claim.valid_to_earliest
        start = claim.valid_from
        if end is None:
            end = start or claim.published_at or claim.known_at
            start = None
        amount = stated_amount(claim)
        if end is not None and amount is not None:
            start = start or _FIRST
            found[start, end] = Figure(start, end, amount.low, amount.high)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end)))


def stated_amount(claim: Claim) -> Amount | None:
    """Return what a claim says for sure of an amount; None if it gives none that can be one.

    “At least” has no upper bound, “about” and “uncountable” have none for sure.
    """
    if claim.low is None and claim.high is None:
        return None
    if any(one is not None and not 0 <= one < math.inf for one in (claim.low, claim.high)):
        return None
    low, high = exact(claim.low or 0), None if claim.high is None else exact(claim.high)
    if high is not None and low > high:
        return None
    if claim.qualifier in ("about", "uncountable"):
        return Amount(Fraction(0), None)
    return Amount(low, None if claim.qualifier == "at_least" else high)


def _inside(figure: Figure, stretch: Stretch) -> bool:
    starts = figure.start == _FIRST or stretch.start is None or figure.start >= stretch.start
    return starts and figure.end <= stretch.end


def _most_in_a_row(figures: Sequence[Figure]) -> Fraction | None:
    """Return the largest sum of lower bounds over figures that do not overlap."""
    best: list[tuple[datetime, Fraction]] = []
    for one in sorted(figures, key=lambda one: one.end):
        before = max((total for end, total in best if end <= one.start), default=Fraction(0))
        best.append((one.end, before + one.low))
    return max((total for _, total in best), default=None)


def _least_that_covers(figures: Sequence[Figure], stretch: Stretch) -> Fraction | None:
    """Return the smallest sum of upper bounds over figures that cover the whole stretch."""
    reached: dict[datetime, Fraction] = {stretch.start or _FIRST: Fraction(0)}
    for one in figures:
        if one.high is None:
            continue
        before = [total for at, total in reached.items() if one.start <= at < one.end]
        if before:
            total = min(before) + one.high
            reached[one.end] = min(total, reached.get(one.end, total))
    covering = [total for at, total in reached.items() if at >= stretch.end]
    return min(covering, default=None)


def part_of(amount: Amount, asked: Amount) -> Part:
    """Return the part that `amount` is of what is asked, which may itself be known as a range."""
    sure = _ratio(amount.low, asked.high)
    possible = Fraction(1) if amount.high is None else _ratio(amount.high, asked.low)
    return Part(min(sure, possible), possible)


def _ratio(amount: Fraction, asked: Fraction | None) -> Fraction:
    """Return the part, at most the whole; of an unknown amount nothing is sure, of none all."""
    if asked is None:
        return Fraction(0)
    return Fraction(1) if amount >= asked else amount / asked
