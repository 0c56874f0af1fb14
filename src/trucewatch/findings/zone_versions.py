"""Zones that were drawn anew: which version counts for a happening.

The version of its time counts. A period that lies in several versions has a sure answer only where
all of them agree, and none where a part of it, or all of it, lies in no version: a border that
nobody has drawn for that day is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from trucewatch.agreement import ZoneVersion
from trucewatch.periods import Period
from trucewatch.truth import UNKNOWN, Truth

__all__ = ["in_version", "version_moment"]


def in_version(inside: Sequence[Truth], versions: Sequence[ZoneVersion], period: Period | None) -> Truth:
    """Return the answer of the versions that count; `inside` is that of each version."""
    chosen = _touched(versions, period)
    truths = {inside[place] for place in chosen}
    return truths.pop() if len(truths) == 1 else UNKNOWN


def version_moment(versions: Sequence[ZoneVersion], period: Period | None) -> tuple[tuple[int, ...], ...]:
    """Return what a versioned zone sees of a period: equal values have equal answers."""
    return (_touched(versions, period),) if versions else ()


def _touched(versions: Sequence[ZoneVersion], period: Period | None) -> tuple[int, ...]:
    """Return the places of the versions that the period lies in; none if it is not wholly covered."""
    if period is None or period.start is None or period.end is None:
        return ()
    chosen, reached = [], period.start
    for place, one in enumerate(versions):
        if _meets(one, period.start, period.end):
            if one.start is not None and one.start > reached:
                return ()
            chosen.append(place)
            reached = period.end if one.end is None else min(one.end, period.end)
    return tuple(chosen) if reached >= period.end else ()


def _meets(one: ZoneVersion, start: datetime, end: datetime) -> bool:
    return (one.end is None or start < one.end) and (one.start is None or one.start < end)
