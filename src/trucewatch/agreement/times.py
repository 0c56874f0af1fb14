"""When a term holds: moments and phases as frozen records. Times are aware UTC; intervals half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from trucewatch.agreement.texts import Citation

__all__ = ["Anchor", "ClaimNeed", "Gate", "Moment", "Phase"]


@dataclass(frozen=True, slots=True)
class ClaimNeed:
    """Claims that must be on record: about which subject, of whom, of all of them or of any."""

    claim: str
    of: tuple[str, ...]
    needs: str = "all"
    """`all` or `any`."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant of the agreement; exactly one of `at`, `anchor` and `phase` is given."""

    at: datetime | None = None
    anchor: str | None = None
    phase: str | None = None
    edge: str = "start"
    """`start` or `end` of the phase."""
    offset: timedelta = timedelta(0)
    """Added to the anchor or the edge; negative for days before D-day."""
    day: int | None = None
    """The calendar day in the agreement's zone, counted so that the day of the anchor, or of the
    start of the phase, is day 1: its first instant where something starts, its end where something
    ends or is due."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A named instant such as D-day: stated by the text, or by claims on record."""

    key: str
    at: datetime | None = None
    needs: ClaimNeed | None = None
    status: str = "given"
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Opens after `days` since `since`, or since the last reset, once the parties are satisfied."""

    days: int
    since: Moment
    satisfied: ClaimNeed
    reset: ClaimNeed | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A time of the agreement: a window of claims, a fixed period, or one that a decision opens."""

    key: str
    asserters: tuple[str, ...] = ()
    """Whose window claims count; empty when the phase is no window of claims."""
    start: Moment | None = None
    end: Moment | None = None
    open_ended: bool = False
    lasts: timedelta | None = None
    renewed_by: tuple[str, ...] = ()
    renewal_needs: str = "both"
    ended_by: tuple[str, ...] = ()
    needs: ClaimNeed | None = None
    """Claims that open the phase."""
    gate: Gate | None = None
    indicator_clauses: tuple[str, ...] = ()
    """Clauses whose quiet advises that the phase could open; advice only, never opens it."""
    indicator_days: int | None = None
    status: str = "given"
    cite: Citation | None = None
