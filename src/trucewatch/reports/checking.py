"""What is wrong with a row as written, before any name is resolved.

Every cell that cannot be what its column holds is a `Problem` with the value, what was expected
and the nearest word that would do. Severities: REJECTED when recording the row would record
something false or useless, UNRESOLVED for a target or weapon that the vocabulary lacks (the row is
kept, that value stays unknown), WARNING for what is possible but odd. Names of parties and places
are not looked at: the case knows them, a row does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from trucewatch.errors import BadPeriod, Problem, Severity, nearest
from trucewatch.periods import (
    Period,
    Precision,
    Zone,
    end_of,
    parse_hours,
    parse_period,
    precision,
)
from trucewatch.reports.cells import CELLS, Fault
from trucewatch.reports.unresolved import fold
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS, Written

__all__ = ["check_written"]

_COLUMNS = {"report": REPORT_COLUMNS, "claim": CLAIM_COLUMNS}
_SOME_PLACE = (
    ("place",),
    ("lat", "lon"),
    ("mgrs",),
    ("utm",),
    ("area_wkt",),
    ("observer_place",),
    ("observer_lat", "observer_lon"),
)
_RANGES = {
    "report": (
        ("killed_low", "killed", "killed_high"),
        ("injured_low", "injured", "injured_high"),
        ("distance_from_m", "distance_to_m"),
    ),
    "claim": (("low", "high"),),
}
_CLOCKED = (Precision.HOUR, Precision.MINUTE, Precision.SECOND)
_POSITIONS = (("lat", "lon"), ("observer_lat", "observer_lon"))


def check_written(
    written: Written, place: str, line: int, zone: Zone, sources: Mapping[str, str] | None
) -> tuple[Problem, ...]:
    """Return every problem of one row, ordered by column.

    `place` names the file and `line` its row, for the problems; `zone` is the zone of dates without
    an offset; `sources` maps every key, name and alias of a source to its key (None: not checked).
    """
    stated = {name: text.strip() for name, text in written.values.items() if text.strip()}
    row = _Row(stated, place, line, zone)
    for name, text in stated.items():
        if name not in _COLUMNS[written.kind]:
            row.note(
                name,
                text,
                f"a column of {written.kind}s",
                near=nearest(name, _COLUMNS[written.kind]),
            )
        elif name in CELLS:
            row.cell(name, text, CELLS[name])
    _check_source(row, sources)
    for names in _RANGES[written.kind]:
        _check_range(row, names)
    _CHECKS[written.kind](row)
    return tuple(sorted(row.problems, key=lambda one: (one.column or "", one.expected)))


@dataclass(frozen=True, slots=True)
class _Row:
    """The stated cells of one row, and the list that its problems go to."""

    stated: Mapping[str, str]
    place: str
    line: int
    zone: Zone
    problems: list[Problem] = field(default_factory=list)

    def note(
        self,
        column: str | None,
        value: str | None,
        expected: str,
        advice: str = "",
        severity: Severity = Severity.REJECTED,
        near: str | None = None,
    ) -> None:
        """Note a problem; a nearest name goes before the advice."""
        said = f"Did you mean {near}?" if near else ""
        text = " ".join(part for part in (said, advice) if part)
        self.problems.append(
            Problem(self.place, self.line, column, value, expected, text, severity)
        )

    def cell(self, column: str, value: str, check: Callable[[str, Zone], Fault | None]) -> None:
        """Check one cell by its own rule."""
        fault = check(value, self.zone)
        if fault is not None:
            self.note(column, value, fault.expected, fault.advice, fault.severity, fault.near)

    def number(self, column: str) -> float | None:
        """Return a cell as a number, None if it holds none."""
        try:
            return float(self.stated[column])
        except (KeyError, ValueError):
            return None

    def period(self, column: str) -> Period | None:
        """Return a cell as a period, None if it holds none."""
        try:
            return parse_period(self.stated[column], self.zone)
        except (KeyError, BadPeriod):
            return None


def _check_source(row: _Row, sources: Mapping[str, str] | None) -> None:
    name = row.stated.get("source")
    if name is None:
        row.note(
            "source", None, "the source of the row", "Fill the column, or name one with --source"
        )
        return
    if sources is None:
        return
    known = {fold(alias) for alias in sources} | {fold(key) for key in sources.values()}
    if fold(name) not in known:
        advice = "Add it under sources in case.toml, or correct the name"
        row.note("source", name, "a source of case.toml", advice, near=nearest(name, known))


def _check_range(row: _Row, names: Iterable[str]) -> None:
    """The numbers that are there must not fall from one name to the next."""
    given = [(name, number) for name in names if (number := row.number(name)) is not None]
    for (lower, low), (upper, high) in pairwise(given):
        if low > high:
            value = f"{row.stated[lower]} > {row.stated[upper]}"
            row.note(lower, value, f"{lower} not above {upper}", "Are the two swapped?")


def _check_report(row: _Row) -> None:
    _need(row, "occurred", "when it happened: a day, an instant or an interval")
    if not any(all(name in row.stated for name in names) for names in _SOME_PLACE):
        row.note(
            "place",
            None,
            "a place: place, lat and lon, mgrs, utm, area_wkt or an observer's position",
        )
    for lat, lon in _POSITIONS:
        _check_position(row, lat, lon)
    _check_time(row)
    _check_published(row)


def _check_claim(row: _Row) -> None:
    _need(row, "kind", "the kind of claim")
    _need(row, "asserter", "who asserts it")
    _check_position(row, "lat", "lon")
    start, earliest, latest = (
        row.period(name) for name in ("valid_from", "valid_to_earliest", "valid_to_latest")
    )
    for column, first, second in (
        ("valid_to_earliest", start, earliest),
        ("valid_to_latest", start, latest),
        ("valid_to_latest", earliest, latest),
    ):
        if first and second and first.start and second.end and second.end <= first.start:
            row.note(column, row.stated[column], "an end that is not before what comes before it")
            return


def _need(row: _Row, column: str, expected: str) -> None:
    if column not in row.stated:
        row.note(column, None, expected)


def _check_position(row: _Row, lat: str, lon: str) -> None:
    """Latitude and longitude come together; a latitude that only a longitude can be was swapped."""
    if (lat in row.stated) != (lon in row.stated):
        missing, given = (lon, lat) if lat in row.stated else (lat, lon)
        row.note(missing, None, f"{missing} beside {given}")
        return
    north, east = row.number(lat), row.number(lon)
    if (
        north is not None
        and east is not None
        and abs(north) > 90 >= abs(east)
        and abs(north) <= 180
    ):
        row.problems[:] = [one for one in row.problems if one.column != lat]
        row.note(lat, row.stated[lat], "a latitude from -90 to 90", f"Are {lat} and {lon} swapped?")


def _check_time(row: _Row) -> None:
    """Hours need a day to stand on, and are left aside beside an instant."""
    day, hours = row.period("occurred"), row.stated.get("time")
    if day is None or hours is None:
        return
    if precision(row.stated["occurred"]) in _CLOCKED:
        row.note("time", hours, "no hours beside an instant", "It is not used", Severity.WARNING)
        return
    try:
        parse_hours(day, hours, row.zone)
    except BadPeriod as error:
        row.note("time", hours, "hours that fit the day", str(error))


def _check_published(row: _Row) -> None:
    """Nobody publishes what has not begun; the day may be a typing error or another time zone."""
    occurred = row.period("occurred")
    if occurred is None or occurred.start is None or "published_at" not in row.stated:
        return
    try:
        published = end_of(row.stated["published_at"], row.zone)
    except BadPeriod:
        return
    if published <= occurred.start:
        value = row.stated["published_at"]
        row.note(
            "published_at",
            value,
            "a publication after the happening began",
            severity=Severity.WARNING,
        )


_CHECKS: Mapping[str, Callable[[_Row], None]] = {"report": _check_report, "claim": _check_claim}
