"""A stretch of time, half-open and in UTC, either bound of which may be unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from trucewatch.errors import BadCall

__all__ = ["Period", "as_utc", "iso", "known_by"]


def as_utc(instant: datetime) -> datetime:
    """Return an aware instant in UTC; BadCall for a naive one, whose zone would be a guess."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        message = f"{instant.isoformat()} has no time zone; give an aware datetime"
        raise BadCall(message)
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open ``[start, end)`` of aware UTC instants; None = that bound is not known.

    A period with an unknown bound stands for the widest stretch that it can be. So `overlaps`
    is a *may*; `contains` is a *must* about `other`, but reads an unknown bound of `self` as
    no bound. BadCall: both bounds unknown, a naive instant, an end that is not after the start.
    """

    start: datetime | None
    end: datetime | None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            message = "a period needs one known bound at least; use None for a time that is unknown"
            raise BadCall(message)
        for name in ("start", "end"):
            bound: datetime | None = getattr(self, name)
            if bound is not None and bound.tzinfo is not UTC:
                object.__setattr__(self, name, as_utc(bound))
        if self.start is not None and self.end is not None and self.end <= self.start:
            bounds = f"start {iso(self.start)}, end {iso(self.end)}"
            message = f"a period must end after it starts: {bounds}"
            raise BadCall(message)

    def overlaps(self, other: Period) -> bool:
        """Whether the two may share an instant."""
        return _before(self.start, other.end) and _before(other.start, self.end)

    def contains(self, other: Period) -> bool:
        """Whether every instant that `other` can mean lies inside."""
        starts = self.start is None or (other.start is not None and self.start <= other.start)
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return starts and ends

    def holds(self, instant: datetime) -> bool:
        """Whether `instant` lies inside; an unknown bound excludes nothing."""
        after_start = self.start is None or self.start <= instant
        return after_start and (self.end is None or instant < self.end)

    def intersection(self, other: Period) -> Period | None:
        """Return what the two share, None if nothing or if neither bound of it is known."""
        if not self.overlaps(other):
            return None
        start = max((b for b in (self.start, other.start) if b is not None), default=None)
        end = min((b for b in (self.end, other.end) if b is not None), default=None)
        return None if start is None and end is None else Period(start, end)

    def hull(self, other: Period) -> Period:
        """Return the shortest period that contains both; BadCall when nothing bounds it."""
        starts = [b for b in (self.start, other.start) if b is not None]
        ends = [b for b in (self.end, other.end) if b is not None]
        return Period(
            min(starts) if len(starts) == 2 else None, max(ends) if len(ends) == 2 else None
        )


def _before(start: datetime | None, end: datetime | None) -> bool:
    return start is None or end is None or start < end


def iso(instant: datetime | None) -> str | None:
    """Return RFC 3339 in UTC with “Z”, with six digits of fraction if there is one."""
    if instant is None:
        return None
    return as_utc(instant).replace(tzinfo=None).isoformat() + "Z"


def known_by(known_at: datetime | None, instant: datetime | None) -> bool:
    """Whether something known since `known_at` is known at `instant` (the instant included).

    `instant` None = everything is known. `known_at` None (never said when it became known) is
    known only then.
    """
    if instant is None:
        return True
    return known_at is not None and known_at <= instant
