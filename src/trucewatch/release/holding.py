"""Hold and release: people keep findings back from the public, and let them go."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from trucewatch.incidents import Decision, decision_records
from trucewatch.tables import Table

__all__ = ["Holds"]


class Holds:
    """The hold and release decisions in force, the last of them first."""

    def __init__(self, decisions: Table) -> None:
        said = [one for one in decision_records(decisions) if one.kind in ("hold", "release")]
        self._latest_first = sorted(
            said, key=lambda one: (one.recorded_at, one.decision_id), reverse=True
        )

    def finding(self, reports: Collection[str], clause: str, reading: str) -> bool:
        """Whether a finding that rests on these reports is held: the last decision about it counts."""
        about = (
            one
            for one in self._latest_first
            if _touches(one, reports)
            and one.clause in (None, clause)
            and one.reading in (None, reading)
        )
        return _held(about)

    def incident(self, reports: Collection[str]) -> bool:
        """Whether a happening is held whole: by a decision that names no clause and no reading."""
        about = (
            one
            for one in self._latest_first
            if _touches(one, reports) and one.clause is None and one.reading is None
        )
        return _held(about)


def _touches(decision: Decision, reports: Collection[str]) -> bool:
    return any(one in reports for one in decision.reports)


def _held(latest_first: Iterable[Decision]) -> bool:
    last = next(iter(latest_first), None)
    return last is not None and last.kind == "hold"
