"""What a term asks to be done: duties and their parts as frozen records.

Amounts are plain numbers in the unit that the text names; shares are parts of 1; times are moments
of the agreement. What is not written is None or empty, and never a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from trucewatch.agreement.times import ClaimNeed, Moment

__all__ = [
    "DUTY_QUESTIONS", "DUTY_STATES", "Delivery", "Duty", "Notice", "Observation", "Ratio", "Release", "SubQuota", "Withdrawal",
]

DUTY_STATES = (
    "not_yet_due", "due", "performed", "partly", "overdue", "lapsed", "suspended", "not_judged",
)
"""Where a duty stands."""
DUTY_QUESTIONS = ("performed", "due", "opened", "suspended", "coverage", "order", "ratio")
"""What a determination can answer about a duty."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One line of a withdrawal: what must be gone from which zone, that is, be beyond it."""

    beyond: str
    weapons: tuple[str, ...] = ()
    personnel: bool = False
    anything: bool = False
    allow: tuple[str, ...] = ()
    """Weapons that may stay."""
    calibre_at_least_mm: float | None = None
    key: str = "line-1"
    """Claims about the line have the subject `clause.key`."""


@dataclass(frozen=True, slots=True)
class SubQuota:
    """A part of a quota with a least amount of its own: of something, or to somewhere."""

    key: str
    """Claims about it have the subject `clause.key`."""
    at_least: float
    what: str | None = None
    to: str | None = None
    """A zone or a place."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A quota: at least so many of a unit in every stretch, on average over a window."""

    unit: str
    at_least: float
    per: timedelta
    averaged_over: timedelta
    """Whole windows of this length, one after the other from the start of the duty, are judged."""
    of_which: tuple[SubQuota, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many for each one that another clause's bearer gives up."""

    per: str
    """Clause of the other side."""
    at_least: float


@dataclass(frozen=True, slots=True)
class Release:
    """Persons to be set free: how many, how many for each of the other side, in which order."""

    of: str
    count: float | None = None
    ratio: Ratio | None = None
    order: tuple[str, ...] = ()
    """Kinds of persons, first to last; claims about one have the subject `clause.kind`."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom to tell of what, how long after it at the latest, or how long before it."""

    whom: tuple[str, ...]
    of: str
    within: timedelta | None = None
    before: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What must have been seen, and how much of it, before silence means that nothing was done."""

    of: str | None = None
    """A zone or a place; None: the zones of the duty."""
    at_least: float = 0.9


@dataclass(frozen=True, slots=True)
class Duty:
    """What a duty clause asks for, by when, and on what it hangs."""

    withdraw: tuple[Withdrawal, ...] = ()
    perform: str | None = None
    deliver: Delivery | None = None
    release: Release | None = None
    notify: Notice | None = None
    tasks: tuple[str, ...] = ()
    """A checklist; claims about a task have the subject `clause.task`."""
    start_by: Moment | None = None
    due: Moment | None = None
    immediately: bool = False
    """Due “immediately”: an open term, which only a determination settles."""
    lapses: Moment | None = None
    only_if_performed: str | None = None
    """Clause whose duty must be performed first."""
    only_if_claim: ClaimNeed | None = None
    suspended_by: ClaimNeed | None = None
    observed: Observation = Observation()
    verified_by: tuple[str, ...] = ()
    """Whose word verifies: parties of actors.yaml, or sources of the case."""
