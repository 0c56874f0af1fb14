"""What lies over a state of control and is none: who besieges a place, who is present, who claims it for himself.

A besieged town is held by those inside; that others stand around it changes nothing of who holds it, and
a patrol is no hold. So overlays are told beside the distribution and never enter it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trucewatch.control.given import OVERLAYS, day_number, listed
from trucewatch.errors import Problem, Severity
from trucewatch.periods import Zone, day_of, known_by
from trucewatch.reports import claim_records
from trucewatch.tables import Table

__all__ = ["Overlay", "overlays_of_case", "overlays_on"]

_TOLD = {**{one: one for one in OVERLAYS}, "claimed": "claimed_by", "besieged": "besieged"}
"""Kind of a row → what it tells. Two kinds are claims about the holder too: their faults are told there."""
_LASTS_DAYS = 90
"""An overlay without an end is told for so long after it was last said."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is said to lie over a place on a day."""

    place: str
    kind: str
    holder: str
    """Who besieges it, is present in it or claims it; of `besieged`, who sits inside."""
    since: date
    """First day for which it is said."""
    told: date
    """Day on which it was last published."""
    sources: tuple[str, ...]
    """Who says it, in order."""


def overlays_on(
    table: Mapping[str, Any], day: date, *, hindsight: bool = False, place: str = "claims"
) -> tuple[tuple[Overlay, ...], tuple[Problem, ...]]:
    """Return what lies over each place on a day (UTC), by place, kind and holder, and the rows without use.

    `table` has the columns of control claims; rows of kind `claimed` and
    `besieged` are told too, for they are both. Only what
    was published by the day counts, or everything with `hindsight`. A row holds from valid_from up to valid_to (excluded), or for
    90 days after it was published where it has no end.
    """
    columns = {str(name): listed(values) for name, values in table.items()}
    length = max((len(one) for one in columns.values()), default=0)
    found: dict[tuple[str, str, str], list[tuple[int, int, str]]] = {}
    problems: list[Problem] = []
    for at in range(length):
        row = {name: values[at] for name, values in columns.items()}
        kind = _TOLD.get(str(row.get("kind")))
        if kind is None:
            continue
        span = _span(row)
        if isinstance(span, str):
            if row["kind"] not in OVERLAYS:
                continue
            problems.append(Problem(place, at + 1, span, str(row.get(span)), _EXPECTED[span], "the row is kept aside", Severity.REJECTED))
        elif span[0] <= day.toordinal() < span[1] and (hindsight or span[2] <= day.toordinal()):
            for holder in str(row["holder"]).split("|"):
                key = (str(row["place"]), str(kind), holder.strip())
                found.setdefault(key, []).append((span[0], span[2], str(row["source"])))
    return tuple(_overlay(key, found[key]) for key in sorted(found)), tuple(problems)


def overlays_of_case(claims: Table, zone: Zone, known_at: datetime | None, day: date) -> tuple[Overlay, ...]:
    """Return what lies over the places of a case on a day of its zone, from the control claims (schema CLAIM) known at `known_at`.

    The place of a claim without one is its coordinates. Everything known counts, as in judging.
    """
    rows = []
    for one in claim_records(claims):
        kind, colon, holder = (one.value or "").partition(":")
        if one.kind != "control" or not colon or kind not in _TOLD or not known_by(one.known_at, known_at):
            continue
        end = one.valid_to_latest or one.valid_to_earliest
        days = [None if when is None else day_of(when, zone) for when in (one.valid_from, end, one.published_at or one.known_at)]
        place = one.place or (None if one.lat is None else f"{one.lat:.3f}, {one.lon:.3f}")
        rows.append((place, holder.strip(), kind, *days, one.origin or one.source))
    names = ("place", "holder", "kind", "valid_from", "valid_to", "published_at", "source")
    return overlays_on({name: [row[at] for row in rows] for at, name in enumerate(names)}, day, hindsight=True)[0]


_EXPECTED = {
    "place": "the name of a place", "holder": "a party", "source": "who says it", "valid_from": "a day, or published_at",
    "valid_to": "a day later than valid_from", "published_at": "a day such as 2016-09-12",
}


def _span(row: Mapping[str, Any]) -> tuple[int, int, int] | str:
    """Return first day, day after the last, day of publication; or the column that is at fault."""
    for name in ("place", "holder", "source"):
        if not row.get(name):
            return name
    days: dict[str, int | None] = {}
    for name in ("valid_from", "valid_to", "published_at"):
        try:
            days[name] = day_number(row[name]) if row.get(name) else None
        except (TypeError, ValueError):
            return name
    first, published = days["valid_from"] or days["published_at"], days["published_at"] or days["valid_from"]
    if first is None or published is None:
        return "valid_from"
    end = days["valid_to"] or max(first, published) + _LASTS_DAYS
    return (first, end, published) if end > first else "valid_to"


def _overlay(key: tuple[str, str, str], said: Sequence[tuple[int, int, str]]) -> Overlay:
    since, told = min(one[0] for one in said), max(one[1] for one in said)
    return Overlay(*key, date.fromordinal(since), date.fromordinal(told), tuple(sorted({one[2] for one in said})))
