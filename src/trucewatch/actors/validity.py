"""When a name, a membership or a designation holds: days of the case, an end that may be vague."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from trucewatch.errors import BadPeriod
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["ALWAYS", "DayBound", "Validity", "parse_day_bound"]

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DayBound:
    """The first day of a new state; `earliest` < `latest` when only a month or a year is known."""

    earliest: date
    latest: date

    def reached(self, day: date) -> Truth:
        """Whether the new state holds on `day`: UNKNOWN between the earliest and the latest day."""
        if day >= self.latest:
            return TRUE
        return FALSE if day < self.earliest else UNKNOWN


@dataclass(frozen=True, slots=True)
class Validity:
    """Half-open [start, end) in days of the case's time zone; None: no bound on that side."""

    start: DayBound | None = None
    end: DayBound | None = None

    def holds(self, day: date | None) -> Truth:
        """Whether it holds on `day`; a day that is not known leaves a dated state UNKNOWN."""
        if day is None:
            return TRUE if self == ALWAYS else UNKNOWN
        begun = TRUE if self.start is None else self.start.reached(day)
        ended = FALSE if self.end is None else self.end.reached(day)
        if begun is FALSE or ended is TRUE:
            return FALSE
        return TRUE if begun is TRUE and ended is FALSE else UNKNOWN

    def overlaps(self, other: Validity) -> bool:
        """Whether there may be a day on which both hold."""
        return self._may_begin_before_end_of(other) and other._may_begin_before_end_of(self)

    def _may_begin_before_end_of(self, other: Validity) -> bool:
        return self.start is None or other.end is None or self.start.earliest < other.end.latest

    def __str__(self) -> str:
        if self == ALWAYS:
            return "always"
        start = "" if self.start is None else f"from {_shown(self.start)}"
        end = "" if self.end is None else f"until {_shown(self.end)}"
        return " ".join(part for part in (start, end) if part)


ALWAYS = Validity()


def _shown(bound: DayBound) -> str:
    if bound.earliest == bound.latest:
        return bound.earliest.isoformat()
    return f"between {bound.earliest.isoformat()} and {bound.latest.isoformat()}"


def parse_day_bound(text: str) -> DayBound:
    """Read 2016-07-28, 2016-07 or 2016; BadPeriod for anything else.

    A month or a year means some day of it, the first and the last day included.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise BadPeriod(text, "a day, a month or a year")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise BadPeriod(text, str(error)) from error
    if day:
        return DayBound(first, first)
    last_month = month or 12
    last_day = calendar.monthrange(first.year, last_month)[1]
    return DayBound(first, date(first.year, last_month, last_day))
