"""Leases: who is working on what, so that two people do not decide the same thing side by side.

A lease ends by itself. Whether it has ended is judged by the ledger's own stamps: by the one that the
next entry gets, which never goes back, whatever the clocks of the computers say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trucewatch.errors import BadCall, Conflict
from trucewatch.identifiers import derived_id
from trucewatch.ledger import Draft, Entry, LedgerStore
from trucewatch.periods import iso

__all__ = ["Lease", "free_of_others", "give_back", "leases_at", "stamp_of", "take"]

LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Lease:
    """Somebody works on some reports until an instant of the ledger."""

    who: str
    item: str
    """The id as it was given."""
    reports: frozenset[str]
    until: datetime


def stamp_of(entries: Sequence[Entry], clock: datetime) -> datetime:
    """Return the stamp that an entry recorded now would get."""
    return max(clock, entries[-1].recorded_at) if entries else clock


def leases_at(entries: Sequence[Entry], stamp: datetime) -> tuple[Lease, ...]:
    """Return the leases that have not ended: of one person's on one item the last counts, those of another office do not."""
    last = {(one.who, one.body["item"]): one for one in entries if one.kind == "lease" and one.origin is None}
    found = (
        Lease(who, item, frozenset(one.body["reports"]), one.recorded_at + timedelta(seconds=one.body["seconds"]))
        for (who, item), one in last.items()
    )
    return tuple(sorted((one for one in found if one.until > stamp), key=lambda one: (one.until, one.who, one.item)))


def take(
    ledger: LedgerStore, item: str, reports: Collection[str], *, who: str, clock: datetime, length: timedelta
) -> Lease:
    """Take a lease, or lengthen one's own; Conflict if somebody else has one on any of the reports.

    BadCall for a length that is not positive, or beyond a day.
    """
    if not timedelta(0) < length <= LONGEST:
        message = f"a lease of {length} is not possible: more than nothing and at most {LONGEST}"
        raise BadCall(message)
    entry = _record(ledger, item, reports, who, clock, length)
    return Lease(who, item, frozenset(reports), entry.recorded_at + length)


def give_back(ledger: LedgerStore, item: str, reports: Collection[str], *, who: str, clock: datetime) -> None:
    """End one's own lease on an item; nothing happens if it has ended."""
    if any((one.who, one.item) == (who, item) for one in leases_at(ledger.entries(), stamp_of(ledger.entries(), clock))):
        _record(ledger, item, reports, who, clock, timedelta(0))


def _record(
    ledger: LedgerStore, item: str, reports: Collection[str], who: str, clock: datetime, length: timedelta
) -> Entry:
    body = {"item": item, "reports": sorted(reports), "seconds": int(length.total_seconds())}
    draft = Draft("lease", derived_id("d", "lease", who, body, len(ledger.entries())), who, body)
    return ledger.append((draft,), clock=clock, check=lambda entries: free_of_others(entries, reports, who, clock))[0]


def free_of_others(entries: Sequence[Entry], reports: Collection[str], who: str, clock: datetime) -> None:
    """Conflict if somebody else has a lease on any of the reports."""
    for one in leases_at(entries, stamp_of(entries, clock)):
        if one.who != who and one.reports & set(reports):
            message = f"{one.who} is working on {one.item} until {iso(one.until)}. Wait, ask, or take something else"
            raise Conflict(message)
