"""Rows for lists: findings with the facts of their legs, incidents, reports, claims, control, questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from trucewatch.case.leases import Lease
from trucewatch.errors import BadCall, UnknownName
from trucewatch.findings import changed_findings, ranked_questions
from trucewatch.findings.schema import FINDING, VERDICTS
from trucewatch.incidents.schema import INCIDENT
from trucewatch.periods import parse_period
from trucewatch.pipeline import Inputs, Result, holders_of
from trucewatch.places import distance_m
from trucewatch.reports.schema import CLAIM, REPORT
from trucewatch.tables import Table

__all__ = [
    "COLUMNS", "Span", "beside", "changed_rows", "cited_reports", "claim_rows", "control_rows", "finding_rows", "incident_rows",
    "opened_rows", "question_rows", "report_rows", "select", "with_leases",
]

_LEG_FACTS = (
    "occurred_from", "occurred_to", "place", "lat", "lon", "radius_m", "deaths_low", "deaths_high", "independent_origins",
)

COLUMNS = {
    "findings": (*FINDING.names, *_LEG_FACTS),
    "incidents": (*INCIDENT.names, "report_ids"),
    "reports": (*REPORT.names, "parties", "casualties", "circumstances"),
    "claims": CLAIM.names,
}
"""Every column of each list, in order; a list without rows has them too."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which rows are wanted: a half-open span of time, and a distance from a point."""

    start: datetime | None = None
    end: datetime | None = None
    near: tuple[float, float, float] | None = None
    """Latitude, longitude, metres."""

    @classmethod
    def read(cls, start: str | None, end: str | None, near: str | None, zone: ZoneInfo) -> Span:
        """Read what the user wrote; a day as `end` is included."""
        return cls(
            parse_period(start, zone).start if start else None,
            parse_period(end, zone).end if end else None,
            _near(near),
        )

    def admits(self, row: Mapping[str, Any]) -> bool:
        """Whether the row may lie inside: what is unknown is not left out."""
        begins, ends = row.get("occurred_from"), row.get("occurred_to")
        if self.start is not None and ends is not None and ends <= self.start:
            return False
        if self.end is not None and begins is not None and begins >= self.end:
            return False
        return self.near is None or self._may_touch(row)

    def _may_touch(self, row: Mapping[str, Any]) -> bool:
        if self.near is None or row.get("lat") is None or row.get("lon") is None:
            return True
        lat, lon, within = self.near
        return distance_m(lat, lon, row["lat"], row["lon"]) <= within + (row.get("radius_m") or 0.0)


def _near(written: str | None) -> tuple[float, float, float] | None:
    if written is None:
        return None
    try:
        lat, lon, kilometres = (float(part) for part in written.split(","))
    except ValueError as error:
        message = f"--near “{written}”: expected LAT,LON,KM such as 36.15,36.95,10"
        raise BadCall(message) from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= kilometres < 20_040):
        message = f"“{written}” is no place on earth: expected LAT from -90 to 90, LON from -180 to 180, KM from 0"
        raise BadCall(message)
    return lat, lon, kilometres * 1000.0


def opened_rows(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table with its JSON columns opened; equal texts share one value, so read only."""
    rows = table.rows()
    for name in (one.name for one in table.schema.fields if one.kind == "json"):
        known: dict[str | None, Any] = {None: None}
        for row in rows:
            text = row[name]
            if text not in known:
                known[text] = json.loads(text)
            row[name] = known[text]
    return rows


def select(
    rows: Iterable[dict[str, Any]], span: Span, *, clause: str | None = None, verdict: str | None = None
) -> list[dict[str, Any]]:
    """Return the rows that the span admits, of one clause and one verdict if these are given.

    UnknownName for a word that is no verdict: an empty list would look like an answer.
    """
    if verdict is not None and verdict not in VERDICTS:
        raise UnknownName(verdict, place="--verdict", known=VERDICTS)
    return [
        row for row in rows
        if span.admits(row)
        and (clause is None or row.get("clause") == clause)
        and (verdict is None or row.get("verdict") == verdict)
    ]


def finding_rows(result: Result, places: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """Return findings with all columns of their table and the facts of their legs.

    Every finding in order of time, or those at `places` of the table in the order given.
    """
    finding = result.findings.finding
    legs = _leg_facts(result.linked.leg)
    rows = []
    for row in opened_rows(finding if places is None else finding.take(places)):
        leg = legs.get(row["subject_id"])
        rows.append(row | (leg or dict.fromkeys(_LEG_FACTS)))
    return rows if places is not None else sorted(rows, key=lambda row: _in_time(row, "finding_id"))


def _leg_facts(leg: Table) -> dict[str, dict[str, Any]]:
    columns = [leg.values(name) for name in _LEG_FACTS]
    facts = (dict(zip(_LEG_FACTS, values, strict=True)) for values in zip(*columns, strict=True))
    return dict(zip(leg.values("leg_id"), facts, strict=True))


def _in_time(row: Mapping[str, Any], key: str) -> tuple[bool, Any, str]:
    return (row["occurred_from"] is None, row["occurred_from"] or 0, row[key])


def incident_rows(result: Result) -> list[dict[str, Any]]:
    """Return every incident with the ids of its reports, in order of time."""
    members: dict[str, list[str]] = {}
    for row in result.linked.incident_report.rows():
        members.setdefault(row["incident_id"], []).append(row["report_id"])
    rows = [row | {"report_ids": members.get(row["incident_id"], [])} for row in opened_rows(result.linked.incident)]
    return sorted(rows, key=lambda row: _in_time(row, "incident_id"))


def report_rows(result: Result) -> list[dict[str, Any]]:
    """Return every report with its parties, casualties and circumstances."""
    tables = result.resolved.tables
    children: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name, table in (("parties", tables.report_party), ("casualties", tables.casualty), ("circumstances", tables.circumstance)):
        for child in table.rows():
            children.setdefault(child.pop("report_id"), {}).setdefault(name, []).append(child)
    empty: dict[str, list[dict[str, Any]]] = {"parties": [], "casualties": [], "circumstances": []}
    return [row | empty | children.get(row["report_id"], {}) for row in opened_rows(tables.report)]


def claim_rows(result: Result) -> list[dict[str, Any]]:
    """Return every claim, by kind, subject and publication."""
    rows = opened_rows(result.resolved.claims)
    return sorted(rows, key=lambda row: (row["kind"], row["subject"] or "", str(row["published_at"]), row["claim_id"]))


def control_rows(
    result: Result, inputs: Inputs, day: str, place: str | None, at: str | None
) -> list[dict[str, Any]]:
    """Return the distribution over holders of a place or point on a day, with the claims behind it."""
    gazetteer = inputs.gazetteer
    period = parse_period(day, inputs.zone)
    if place is not None:
        found = gazetteer.resolve(place)
        if not found:
            raise UnknownName(place, place="--place", known=[one.name for one in gazetteer.places.values()])
        if len(found) > 1:
            message = f"“{place}” may be {', '.join(one.key for one in found)}. Give one of these keys"
            raise BadCall(message)
        key, lat, lon, radius = found[0].key, found[0].lat, found[0].lon, found[0].radius_m
    elif at is not None:
        lat, lon, _ = _near(f"{at},0") or (0.0, 0.0, 0.0)
        key, radius = None, 0.0
    else:
        message = "give --place NAME or --at LAT,LON"
        raise BadCall(message)
    holders = holders_of(inputs, result.claims, result.linked.leg, result.known_at)
    shares = holders.holder_at(lat, lon, radius, key, period)
    return [
        {"holder": holder, "probability": share, "reasons": [asdict(one) for one in holders.reasons_at(lat, lon, radius, key, period, holder=holder)]}
        for holder, share in sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def question_rows(result: Result) -> list[dict[str, Any]]:
    """Return the questions whose answers would settle most findings, the best first."""
    return [dict(row) for row in ranked_questions(result.findings)]


def with_leases(rows: Iterable[dict[str, Any]], result: Result, leases: Sequence[Lease]) -> list[dict[str, Any]]:
    """Return the questions with who works on their incident, and until when; None where nobody does."""
    members = {row["incident_id"]: set(row["report_ids"]) for row in incident_rows(result)}
    return [row | _leased(members.get(row["incident_id"], set()), leases) for row in rows]


def _leased(reports: set[str], leases: Sequence[Lease]) -> dict[str, Any]:
    lease = next((one for one in leases if one.reports & reports), None)
    return {"taken_by": None if lease is None else lease.who, "taken_until": None if lease is None else lease.until}


def changed_rows(before: Result, after: Result) -> list[dict[str, Any]]:
    """Return the findings that differ between two results, with what made them differ."""
    return opened_rows(changed_findings(before, after))


def beside(result: Result, ids: Sequence[str]) -> dict[str, str]:
    """Return clause and reading of the one finding that an opinion is about; nothing if it is about something else."""
    wanted = [one for one in ids if one.startswith("f-")]
    if len(ids) != 1 or not wanted:
        return {}
    row = next((row for row in result.findings.finding.rows() if row["finding_id"] == wanted[0]), {})
    return {name: row[name] for name in ("clause", "reading") if row}


def cited_reports(result: Result, ids: Sequence[str]) -> tuple[str, ...]:
    """Return report ids: as given, or all reports behind an incident or finding id; UnknownName otherwise."""
    known = set(result.resolved.tables.report.values("report_id"))
    incidents = {row["incident_id"]: row["report_ids"] for row in incident_rows(result)}
    findings = {row["finding_id"]: row["evidence"] for row in finding_rows(result)}
    cited: list[str] = []
    for one in ids:
        if one in known:
            cited.append(one)
        elif one in incidents:
            cited.extend(incidents[one])
        elif one in findings:
            cited.extend(name for name in findings[one] if name in known)
        else:
            raise UnknownName(one, place="ID", known=[*known, *incidents, *findings])
    return tuple(dict.fromkeys(cited))
