"""How many persons were present, as the reports count them: a range, open where none is sure."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.incidents.figures import Range
from trucewatch.reports.report import Report

__all__ = ["PERSONS", "headcount"]

PERSONS = frozenset({
    "person", "persons", "people", "soldier", "soldiers", "fighter", "fighters", "combatant",
    "combatants", "guard", "guards", "gunman", "gunmen", "troop", "troops", "armed_person",
    "armed_persons", "man", "men",
})
"""Units of a report's count that count persons."""


def headcount(reports: Sequence[Report]) -> Range:
    """Return (least, most) persons that the reports together admit; None: no such bound is stated.

    An exact count is both bounds, `at_least` the lower one; `about` and no qualifier bound nothing:
    nobody may be held to a cap by an estimate.
    """
    counted = [one for one in reports if one.count is not None and _of_persons(one.unit)]
    if not counted:
        return None, None
    ranges = [_range(one) for one in counted]
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    least = min(lows) if len(lows) == len(ranges) else None
    return least, max(highs) if len(highs) == len(ranges) else None


def _of_persons(unit: str | None) -> bool:
    return (unit or "").strip().lower().replace(" ", "_") in PERSONS


def _range(report: Report) -> Range:
    if report.count_qualifier == "exact":
        return report.count, report.count
    return (report.count, None) if report.count_qualifier == "at_least" else (None, None)
