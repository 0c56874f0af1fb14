"""A leg as a frozen record: one act by one side against one side, the unit that is judged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from trucewatch.incidents.schema import ELEMENTS, LEG, STRENGTHS
from trucewatch.periods import Period
from trucewatch.tables import Table

__all__ = ["Candidates", "Leg", "LegCircumstance", "json_list", "leg_records", "leg_table", "stronger"]


def stronger(first: str, second: str) -> bool:
    """Whether strength `first` is at least `second` on the scale alleged < … < verified."""
    return STRENGTHS.index(first) >= STRENGTHS.index(second)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could be meant; unless `closed`, somebody else remains possible."""

    parties: tuple[str, ...] = ()
    closed: bool = False
    basis: str = "none"


@dataclass(frozen=True, slots=True)
class LegCircumstance:
    """What is said of the circumstances, and how well that is supported."""

    flag: str
    value: bool | None
    asserter: str | None
    strength: str


_WEAKEST = dict.fromkeys(ELEMENTS, "alleged")


@dataclass(frozen=True, slots=True)
class Leg:
    """The unit that is judged; every field is documented in `LEG`."""

    leg_id: str
    incident_id: str
    acts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    calibre_mm: float | None = None
    by: Candidates = Candidates()
    against: Candidates = Candidates()
    affected: tuple[str, ...] = ()
    occurred: Period | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    area_wkt: str | None = None
    deaths_low: int | None = None
    deaths_high: int | None = None
    independent_origins: int = 0
    circumstances: tuple[LegCircumstance, ...] = ()
    strength: dict[str, str] = field(default_factory=lambda: dict(_WEAKEST))
    """Element → strength, for who, act, against, where, when."""
    reports: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    known_at: datetime | None = None


_LISTS = ("acts", "targets", "weapons", "affected", "reports", "origins", "disputed")
_PLAIN = (
    "leg_id", "incident_id", "calibre_mm", "place", "lat", "lon", "radius_m", "area_wkt", "deaths_low",
    "deaths_high", "independent_origins", "known_at",
)


def _row(leg: Leg) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(leg, name) for name in _PLAIN}
    row |= {name: json_list(getattr(leg, name)) for name in _LISTS}
    row |= {f"{name}_strength": leg.strength[name] for name in ELEMENTS}
    for role, candidates in (("by", leg.by), ("against", leg.against)):
        row[role] = json_list(candidates.parties)
        row[f"{role}_closed"] = candidates.closed
        row[f"{role}_basis"] = candidates.basis
    row["occurred_from"] = leg.occurred.start if leg.occurred else None
    row["occurred_to"] = leg.occurred.end if leg.occurred else None
    row["circumstances"] = [
        {"flag": one.flag, "value": one.value, "asserter": one.asserter, "strength": one.strength}
        for one in leg.circumstances
    ]
    return row


@lru_cache(maxsize=4096)
def json_list(values: tuple[str, ...]) -> str:
    """Return texts as one JSON list; the same few lists come again and again, so they are kept."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def leg_table(legs: Iterable[Leg]) -> Table:
    """Lay legs out as the `leg` table, ordered by leg_id."""
    return Table.from_rows(LEG, map(_row, sorted(legs, key=lambda one: one.leg_id)))


def leg_records(table: Table) -> tuple[Leg, ...]:
    """Return the rows of a `leg` table as frozen records."""
    return tuple(map(_record, table.rows()))


def _record(row: dict[str, Any]) -> Leg:
    start, end = row["occurred_from"], row["occurred_to"]
    plain: dict[str, Any] = {name: row[name] for name in _PLAIN}
    lists: dict[str, Any] = {name: tuple(json.loads(row[name])) for name in _LISTS}
    return Leg(
        **plain,
        **lists,
        by=Candidates(tuple(json.loads(row["by"])), row["by_closed"], row["by_basis"]),
        against=Candidates(tuple(json.loads(row["against"])), row["against_closed"], row["against_basis"]),
        occurred=None if start is None and end is None else Period(start, end),
        circumstances=tuple(LegCircumstance(**one) for one in json.loads(row["circumstances"])),
        strength={name: row[f"{name}_strength"] for name in ELEMENTS},
    )
