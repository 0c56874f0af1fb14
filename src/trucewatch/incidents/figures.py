"""Numbers of people harmed, as one report gives them and as an incident keeps them: ranges.

A figure stays a range from the least that any report admits to the greatest that any gives; the
figures of aggregate counts never come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.reports.report import Casualty, Report

__all__ = ["Range", "Toll", "best_of", "figures", "hull", "killed", "ranges_disagree", "toll_of"]

Range = tuple[int | None, int | None]
"""(low, high) persons, both included; high None with low given: no upper bound stated."""


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people were killed and injured as one report gives them."""

    killed: Range
    injured: Range


def toll_of(casualties: Sequence[Casualty]) -> Toll:
    """Return the toll of one report from its casualties."""
    return Toll(_harmed(casualties, "killed"), _harmed(casualties, "injured"))


def _harmed(casualties: Sequence[Casualty], harm: str) -> Range:
    """Return (low, high) that one report gives for a harm, its groups added; (None, None) if
    none.
    """
    total: Range = (None, None)
    for one in casualties:
        if one.harm == harm:
            total = _added(total, _range(one.low, one.best, one.high))
    return total


def _added(one: Range, other: Range) -> Range:
    """Return the sum of two ranges; one that is not known adds nothing, an open end stays open."""
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    high = None if one[1] is None or other[1] is None else one[1] + other[1]
    return one[0] + other[0], high


def killed(casualties: Sequence[Casualty]) -> Range:
    """Return (low, high) of the killed as one report gives them."""
    return _harmed(casualties, "killed")


def best_of(casualties: Sequence[Casualty], harm: str) -> int | None:
    """Return the best figure for a harm, groups added: where none is called best, the greatest."""
    found = [
        next((one for one in (row.best, row.high, row.low) if one is not None), None)
        for row in casualties if row.harm == harm
    ]
    known = [one for one in found if one is not None]
    return sum(known) if known else None


def _range(low: int | None, best: int | None, high: int | None) -> Range:
    """Return the row's range with its bounds in order.

    A least number without a greatest one has no upper bound; a lone figure stands for itself; a
    lone `high` leaves zero possible.
    """
    given = [number for number in (low, best, high) if number is not None]
    if not given:
        return None, None
    least = low if low is not None else best if best is not None else 0
    most = high if high is not None else best if low is None else None
    return min(least, *given), None if most is None else max(most, *given)


def hull(ranges: Iterable[Range]) -> Range:
    """Return least low and greatest high over the known ranges; high None if no range has one."""
    known = [one for one in ranges if one[0] is not None]
    if not known:
        return None, None
    lows = [low for low, _ in known if low is not None]
    highs = [high for _, high in known if high is not None]
    return min(lows), max(*highs, *lows) if highs else None


def ranges_disagree(ranges: Mapping[str, Sequence[Range]]) -> bool:
    """Whether two origins give ranges that share no number; figures of one origin are its
    updates.
    """
    hulls = [_open_hull(each) for each in ranges.values()]
    bounded = [one for one in hulls if one is not None]
    return bool(bounded) and max(low for low, _ in bounded) > min(high for _, high in bounded)


def _open_hull(ranges: Sequence[Range]) -> tuple[float, float] | None:
    known = [(low, high) for low, high in ranges if low is not None]
    if not known:
        return None
    highs = [float("inf") if high is None else float(high) for _, high in known]
    return float(min(low for low, _ in known)), max(highs)


def figures(reports: Sequence[Report], origins: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return who says what: one entry per report that gives a number of killed, by report_id."""
    entries = []
    for report in sorted(reports, key=lambda one: one.report_id):
        numbers = _killed_rows(report)
        if numbers:
            entries.append(
                {
                    "report_id": report.report_id,
                    "source": report.source,
                    "origin": origins[report.report_id],
                    "killed": numbers,
                }
            )
    return entries


def _killed_rows(report: Report) -> dict[str, int | None]:
    """Return {low, best, high} of the killed, the groups added; empty if the report gives none."""
    rows = [row for row in report.casualties if row.harm == "killed"]
    if all(row.low is row.best is row.high is None for row in rows):
        return {}
    return {
        "low": _sum([row.low for row in rows]),
        "best": _sum([row.best for row in rows]),
        "high": _sum([row.high for row in rows]),
    }


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
