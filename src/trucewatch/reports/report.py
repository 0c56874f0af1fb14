"""A report as a frozen record, and the bundle of tables in which reports travel."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache, lru_cache
from itertools import groupby, starmap
from operator import attrgetter
from typing import Any

from trucewatch.periods import Period
from trucewatch.reports.schema import CASUALTY, CIRCUMSTANCE, REPORT, REPORT_PARTY
from trucewatch.tables import Table

__all__ = ["Casualty", "Circumstance", "Report", "ReportParty", "ReportTables"]


@dataclass(frozen=True, slots=True)
class ReportParty:
    """One candidate of one role; candidates of a role are alternatives."""

    role: str
    name_as_written: str | None
    party: str | None
    share: float = 1.0
    closed: bool = False
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class Casualty:
    """People harmed as this report says; numbers are persons, None is unknown, zero is zero."""

    harm: str
    group: str
    party: str | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What somebody says of the circumstances."""

    flag: str
    value: bool | None
    asserter: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one source says about one happening; every field is documented in `REPORT`."""

    report_id: str
    source: str
    locator: str
    origin: str | None = None
    chain: tuple[str, ...] = ()
    document: str | None = None
    evidence: str | None = None
    published_at: datetime | None = None
    recorded_at: datetime | None = None
    known_at: datetime | None = None
    known_assumed: bool = False
    occurred: Period | None = None
    place_written: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    area_wkt: str | None = None
    act_written: str | None = None
    act: str | None = None
    target: str | None = None
    weapon: str | None = None
    weapon_assessed: bool | None = None
    calibre_mm: float | None = None
    method: str | None = None
    observer_lat: float | None = None
    observer_lon: float | None = None
    bearing_from: float | None = None
    bearing_to: float | None = None
    distance_from_m: float | None = None
    distance_to_m: float | None = None
    explosion_state: str | None = None
    count: int | None = None
    count_qualifier: str | None = None
    unit: str | None = None
    standing: str = "asserted"
    grouping: str | None = None
    text: str | None = None
    text_span: tuple[int, int] | None = None
    language: str | None = None
    licence: str | None = None
    sensitivity: str = "public"
    parties: tuple[ReportParty, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()

    def role(self, role: str) -> tuple[ReportParty, ...]:
        """Return the candidates of one role, in the order given."""
        return tuple(one for one in self.parties if one.role == role)


_PLAIN = tuple(
    name for name in REPORT.names if name not in {"chain", "text_span", "occurred_from", "occurred_to"}
)
_FIELDS = tuple(one.name for one in fields(Report))


@dataclass(frozen=True, slots=True)
class ReportTables:
    """The four tables of resolved reports; the same reports, the same tables, whatever the order."""

    report: Table
    report_party: Table
    casualty: Table
    circumstance: Table

    @classmethod
    def from_records(cls, reports: Iterable[Report]) -> ReportTables:
        """Lay records out as tables, ordered by report_id."""
        ordered = sorted(reports, key=lambda one: one.report_id)
        return cls(
            Table.from_columns(REPORT, _report_columns(ordered)),
            Table.from_columns(REPORT_PARTY, _child_columns(ordered, "parties", REPORT_PARTY.names)),
            Table.from_columns(CASUALTY, _child_columns(ordered, "casualties", CASUALTY.names)),
            Table.from_columns(CIRCUMSTANCE, _child_columns(ordered, "circumstances", CIRCUMSTANCE.names)),
        )

    def records(self) -> tuple[Report, ...]:
        """Return the reports as frozen records, in table order."""
        columns = _record_columns(self.report)
        parts = {
            "parties": _children(self.report_party, ReportParty),
            "casualties": _children(self.casualty, Casualty),
            "circumstances": _children(self.circumstance, Circumstance),
        }
        for name, found in parts.items():
            columns[name] = [found.get(report_id, ()) for report_id in columns["report_id"]]
        return tuple(starmap(Report, zip(*(columns[name] for name in _FIELDS), strict=True)))

    def __len__(self) -> int:
        return len(self.report)


def _report_columns(reports: Sequence[Report]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {name: list(map(attrgetter(name), reports)) for name in _PLAIN}
    columns["chain"] = [_chain_text(one.chain) for one in reports]
    columns["text_span"] = [None if one.text_span is None else list(one.text_span) for one in reports]
    columns["occurred_from"] = [one.occurred.start if one.occurred else None for one in reports]
    columns["occurred_to"] = [one.occurred.end if one.occurred else None for one in reports]
    return columns


@lru_cache(maxsize=16_384)
def _chain_text(chain: tuple[str, ...]) -> str:
    return json.dumps(chain, ensure_ascii=False, separators=(",", ":"))


def _child_columns(
    reports: Sequence[Report], part: str, names: Sequence[str]
) -> dict[str, list[Any]]:
    parts = list(map(attrgetter(part), reports))
    children = [child for each in parts for child in each]
    columns = {name: list(map(attrgetter(name), children)) for name in names[1:]}
    columns["report_id"] = [
        report.report_id for report, each in zip(reports, parts, strict=True) for _ in each
    ]
    return columns


def _children(table: Table, record: type[Any]) -> dict[str, tuple[Any, ...]]:
    """Return the records of each report; reports with equal ones share them."""
    lists = [table.values(one.name) for one in fields(record)]
    made: dict[tuple[tuple[Any, ...], ...], tuple[Any, ...]] = {}
    found: dict[str, tuple[Any, ...]] = {}
    for report_id, begin, end in _runs(table.values("report_id")):
        key = tuple([tuple(each[begin:end]) for each in lists])
        if key not in made:
            made[key] = tuple(map(record, *key))
        found[report_id] = found[report_id] + made[key] if report_id in found else made[key]
    return found


def _runs(values: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (value, begin, end) of every stretch of equal values."""
    end = 0
    for value, same in groupby(values):
        begin, end = end, end + len(list(same))
        yield value, begin, end


def _record_columns(table: Table) -> dict[str, list[Any]]:
    """Return the fields of the records column by column, all but those in tables of their own."""
    columns: dict[str, list[Any]] = {name: table.values(name) for name in _PLAIN}
    columns["chain"] = list(map(_chain, table.values("chain")))
    columns["text_span"] = list(map(_span, table.values("text_span")))
    bounds = zip(table.values("occurred_from"), table.values("occurred_to"), strict=True)
    columns["occurred"] = list(starmap(cache(_period), bounds))
    return columns


@lru_cache(maxsize=4096)
def _chain(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text or "[]"))


def _span(text: str | None) -> tuple[int, int] | None:
    if not text:
        return None
    span = json.loads(text)
    return span[0], span[1]


def _period(start: datetime | None, end: datetime | None) -> Period | None:
    return None if start is None and end is None else Period(start, end)
