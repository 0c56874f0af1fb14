"""When a moment of the agreement is: a stated instant, or the edge of a phase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trucewatch.agreement.times import Moment
from trucewatch.findings.context import Context
from trucewatch.findings.phases import bounds_of

__all__ = ["Resolved", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The instant of a moment; None where it cannot be told, and then why."""

    at: datetime | None
    claims: tuple[str, ...] = ()
    unsure: str | None = None
    words: str = ""


def resolve(moment: Moment, context: Context, *, ending: bool) -> Resolved:  # noqa: ARG001
    """Return when the moment is; a window of claims has no one start and end."""
    if moment.at is not None:
        return Resolved(moment.at)
    phase = context.agreement.phases.get(moment.phase or "")
    bounds = None if phase is None or phase.asserters else bounds_of(phase, context)
    if bounds is None:
        return Resolved(None, words=f"when {moment.phase or moment.anchor} is, is not known")
    return Resolved(bounds.start if moment.edge == "start" else bounds.end, bounds.claims)
