"""A stretch whose edges may be known only between two instants, and what surely lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trucewatch.findings.moments import Resolved
from trucewatch.periods import Period
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["Bounds"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a phase starts (included) and ends (excluded), each with what is not known of it."""

    start: Resolved
    end: Resolved

    @property
    def edges(self) -> tuple[datetime, ...]:
        """Every known instant at which the answer for a period may change."""
        known = (self.start.earliest, self.start.latest, self.end.earliest, self.end.latest)
        return tuple(one for one in known if one is not None)

    def holds(self, period: Period) -> tuple[Truth, str]:
        """Return whether the whole period lies inside, and why not for sure.

        TRUE only after the latest start and before the earliest end, FALSE (`before`, `after`) only
        before the earliest start or after the latest end. Of what is open: `across` when the
        period itself lies over an edge, `start` or `end` when that edge is not known well enough.
        """
        since, until = period.start, period.end
        start, end = self.start, self.end
        if until is not None and start.earliest is not None and until <= start.earliest:
            return FALSE, "before"
        if since is not None and end.latest is not None and since >= end.latest:
            return FALSE, "after"
        if since is None or until is None:
            return UNKNOWN, "across"
        begun = start.latest is not None and since >= start.latest
        over = end.earliest is None or until > end.earliest
        if begun and not over:
            return TRUE, "inside"
        if not begun:
            return UNKNOWN, "start" if _open(start, period) else "across"
        return UNKNOWN, "end" if _open(end, period) else "across"


def _open(edge: Resolved, period: Period) -> bool:
    """Whether the edge, not the period, is what is not known: it may lie on either side of it."""
    if edge.at is not None:
        return False
    return edge.latest is None or edge.earliest is None or (
        period.end is not None and edge.latest >= period.end
    ) or (period.start is not None and edge.earliest <= period.start)
