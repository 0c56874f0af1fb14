"""A leg as a frozen record: one act by one side against one side, the unit that is judged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
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
    known_at: datetime | None = None
    """When the first who says so became known; None: always."""


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
    headcount_low: int | None = None
    headcount_high: int | None = None
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
    "leg_id", "incident_id", "calibre_mm", "headcount_low", "headcount_high", "place", "lat", "lon", "radius_m", "area_wkt", "deaths_low",
    "deaths_high", "independent_origins", "known_at",
)


def json_list(values: Iterable[str]) -> str:
    """Return texts as one JSON list, characters as they are."""
    return f"[{','.join(map(encode_basestring, values))}]"


def leg_table(legs: Iterable[Leg]) -> Table:
    """Lay legs out as the `leg` table, ordered by leg_id."""
    ordered = sorted(legs, key=attrgetter("leg_id"))
    listed = cache(json_list)
    columns: dict[str, list[Any]] = {name: list(map(attrgetter(name), ordered)) for name in _PLAIN}
    columns |= {name: list(map(listed, map(attrgetter(name), ordered))) for name in _LISTS}
    columns |= {f"{name}_strength": [leg.strength[name] for leg in ordered] for name in ELEMENTS}
    for role in ("by", "against"):
        sides = list(map(attrgetter(role), ordered))
        columns[role] = [listed(one.parties) for one in sides]
        columns[f"{role}_closed"] = [one.closed for one in sides]
        columns[f"{role}_basis"] = [one.basis for one in sides]
    columns["occurred_from"] = [leg.occurred.start if leg.occurred else None for leg in ordered]
    columns["occurred_to"] = [leg.occurred.end if leg.occurred else None for leg in ordered]
    columns["circumstances"] = [
        [_told(one) for one in leg.circumstances] if leg.circumstances else "[]" for leg in ordered
    ]
    return Table.from_columns(LEG, columns)


def leg_records(table: Table) -> tuple[Leg, ...]:
    """Return the rows of a `leg` table as frozen records; equal parts of them are one object."""
    texts, candidates, period = cache(_texts), cache(_candidates), cache(_period)
    circumstances = cache(_circumstances)
    found = []
    for row in table.rows():
        plain: dict[str, Any] = {name: row[name] for name in _PLAIN}
        lists: dict[str, Any] = {name: texts(row[name]) for name in _LISTS}
        found.append(
            Leg(
                **plain,
                **lists,
                by=candidates(row["by"], row["by_basis"], closed=row["by_closed"]),
                against=candidates(row["against"], row["against_basis"], closed=row["against_closed"]),
                occurred=period(row["occurred_from"], row["occurred_to"]),
                circumstances=circumstances(row["circumstances"]),
                strength={name: row[f"{name}_strength"] for name in ELEMENTS},
            )
        )
    return tuple(found)


def _texts(listed: str) -> tuple[str, ...]:
    return tuple(json.loads(listed))


def _candidates(parties: str, basis: str, *, closed: bool) -> Candidates:
    return Candidates(_texts(parties), closed, basis)


def _period(start: datetime | None, end: datetime | None) -> Period | None:
    return None if start is None and end is None else Period(start, end)


def _told(one: LegCircumstance) -> dict[str, Any]:
    known = None if one.known_at is None else one.known_at.isoformat()
    return asdict(one) | {"known_at": known}


def _circumstances(listed: str) -> tuple[LegCircumstance, ...]:
    return tuple(map(_circumstance, json.loads(listed)))


def _circumstance(told: dict[str, Any]) -> LegCircumstance:
    known = told["known_at"]
    return LegCircumstance(**told | {"known_at": known and datetime.fromisoformat(known)})
