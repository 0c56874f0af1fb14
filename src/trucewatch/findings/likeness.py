"""Which legs are alike: judging sees nothing of them that differs, but for the ground.

Of twenty thousand legs a thousand differ so. Where a leg happened is asked for each of them, because
a clause may ask for many zones.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from trucewatch.findings.binding import moment_of
from trucewatch.findings.context import Context
from trucewatch.findings.phases import inside_phase
from trucewatch.findings.ruling import reply_pending
from trucewatch.incidents.leg import Leg
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.periods import Period

__all__ = ["Likeness"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Compares legs under all readings of one agreement, which share their knowledge."""

    context: Context
    phases: tuple[tuple[str, Context], ...]
    """Every phase that a clause or an exception names, once for each meaning that it has."""

    @classmethod
    def under(cls, contexts: Sequence[Context]) -> Self:
        """Return what compares legs under these readings, one at least."""
        phases = {
            (name, context.signature("phase", name)): (name, context)
            for context in contexts
            for name in _phases(context)
        }
        return cls(contexts[0], tuple(phases.values()))

    def of(self, leg: Leg) -> Hashable:
        """Return a value that is equal for legs of which elements and verdict see the same.

        The place, and who held it, are left out; so is what no verdict rests on: ids, reports,
        origins, the toll, who was hurt.
        """
        pending = reply_pending(leg, self.context)
        return (
            leg.acts,
            leg.targets,
            leg.weapons,
            leg.calibre_mm,
            leg.headcount_low,
            leg.headcount_high,
            leg.by,
            leg.against,
            leg.circumstances,
            tuple([leg.strength[element] for element in ELEMENTS]),
            self._time(leg.occurred),
            pending,
            leg.known_at if pending or _dated(leg) else None,
        )

    def _time(self, period: Period | None) -> int:
        """Return a number that two periods share when no element can tell them apart."""
        memo = self.context.memo
        known: int | None = memo.get(("time", period))
        if known is None:
            stands = [inside_phase(name, period, context) for name, context in self.phases]
            seen = ("times", moment_of(period, self.context), *stands)
            known = memo["time", period] = self.context.once(seen, lambda: len(memo))
        return known


def _dated(leg: Leg) -> bool:
    """Whether something was said of the circumstances at a known time: it may have come late."""
    return any(one.known_at is not None for one in leg.circumstances)


def _phases(context: Context) -> Iterable[str]:
    for clause in context.agreement.clauses:
        enabled = (term for term in clause.exceptions if term.enabled)
        for name in (clause.when, *(term.when for term in enabled)):
            if name is not None:
                yield name
