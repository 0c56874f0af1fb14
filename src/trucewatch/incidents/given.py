"""Columns from anywhere → reports that can be linked; for notebooks and other programs.

What is there is used, what is not there is unknown. Instants without a zone are UTC.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from trucewatch.acts import act_key, is_act
from trucewatch.errors import BadCall, BadInput, Problem, Severity, nearest
from trucewatch.periods import Period
from trucewatch.reports.report import Casualty, Report, ReportParty

__all__ = ["Columns", "reports_given", "unused_columns"]

_REQUIRED = ("report_id", "document", "occurred_from", "occurred_to")
_PARTIES = ("by", "against", "affected")
_HARMS = {"deaths": "killed", "injured": "injured"}
_BOUNDS = ("low", "best", "high")
_INSTANTS = ("published_at", "known_at")
_TEXTS = (
    "source", "origin", "locator", "place_written", "place", "area_wkt", "act_written", "target",
    "weapon", "grouping", "text",
)
_NUMBERS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "radius_m": (0.0, math.inf)}
_TAKEN = (
    *_REQUIRED, *_PARTIES, *_TEXTS, *_NUMBERS, *_INSTANTS, "act", "chain",
    *(f"{harm}_{bound}" for harm in _HARMS for bound in _BOUNDS),
)
_ALSO_CALLED = {
    "killed_low": "deaths_low", "killed_best": "deaths_best", "killed_high": "deaths_high",
    "act_raw": "act_written", "text_span": "text",
}
"""Other names of a column → its name; `text_span` may hold the words themselves, not where they are."""
_LEFT_ALONE = frozenset({"recorded_at", "language", "licence", "sensitivity"})
"""Columns of the schema REPORT that say nothing about what happened."""

Columns = Mapping[str, Any]
"""Column name → NumPy array or list, all of one length."""


def reports_given(table: Columns) -> tuple[Report, ...]:
    """Return the reports of a table, in its order.

    Required: report_id, document, occurred_from, occurred_to (null: not known; half-open). Other
    columns are those of the schema REPORT, and `by`, `against`, `affected` (a party, or a list of
    candidates), `deaths_low`, `deaths_best`, `deaths_high` and the same of `injured` (persons), and
    `text` or `text_span` (words). `unused_columns` names what is left alone. BadInput carries every
    value that cannot be used, with its row counted from 1; BadCall for one column under two names.
    """
    columns = {name: _listed(values) for name, values in _named(table).items()}
    problems = list(_shape(columns))
    if problems:
        raise _refused(problems)
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    reports = [_report(row, number, problems) for number, row in enumerate(rows, 1)]
    problems += _repeated(reports)
    if problems:
        raise _refused(problems)
    return tuple(reports)


def unused_columns(table: Columns) -> tuple[Problem, ...]:
    """Return a warning for each column that linking does not use."""
    known = {*_TAKEN, *_ALSO_CALLED, *_LEFT_ALONE}
    return tuple(
        Problem(
            "reports", None, name, None, "a column that linking uses", _advice(name, known),
            Severity.WARNING,
        )
        for name in sorted(str(one) for one in table)
        if name not in known
    )


def _advice(name: str, known: Iterable[str]) -> str:
    near = nearest(name, sorted(known))
    return f"It was left alone; if it is “{near}”, rename it" if near else "It was left alone"


def _named(table: Columns) -> dict[str, Any]:
    """Return the columns under their own names."""
    found: dict[str, Any] = {}
    for written, values in table.items():
        name = _ALSO_CALLED.get(str(written), str(written))
        if written == "text_span":
            if "text" in table:
                continue
            values = [one if isinstance(one, str) else None for one in _listed(values)]
        if name in found:
            message = f"column {name} is there twice: {written} means the same; leave one of them out"
            raise BadCall(message)
        found[name] = values
    return found


def _refused(problems: Sequence[Problem]) -> BadInput:
    message = f"the reports cannot be linked: {len(problems)} problem(s)"
    return BadInput(message, sorted(problems))


def _listed(values: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(values, np.ma.MaskedArray):
        return [None if one is np.ma.masked else one for one in values]
    if isinstance(values, np.ndarray):
        kind = values.dtype.kind
        return list(values.astype("datetime64[us]").tolist()) if kind == "M" else list(values.tolist())
    return list(values)


def _shape(columns: Mapping[str, Sequence[Any]]) -> Iterable[Problem]:
    for name in _REQUIRED:
        if name not in columns:
            near = nearest(name, [one for one in columns if one not in _TAKEN])
            advice = f"rename the column “{near}”" if near else "give the column, null where unknown"
            yield Problem("reports", None, name, None, f"a column {name}", advice)
    lengths = {name: len(one) for name, one in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        yield Problem("reports", None, None, told, "columns of one length")


def _report(row: Mapping[str, Any], number: int, problems: list[Problem]) -> Report:
    cells = _Cells(row, number, problems)
    act = cells.text("act")
    known = is_act(act) if act else False
    numbers: dict[str, Any] = {name: cells.number(name, *bounds) for name, bounds in _NUMBERS.items()}
    if numbers["lat"] is None or numbers["lon"] is None:
        numbers["lat"] = numbers["lon"] = None
    texts: dict[str, Any] = {name: cells.text(name) for name in _TEXTS}
    texts["act_written"] = texts["act_written"] or (None if known else act)
    source = texts.pop("source") or ""
    return Report(
        report_id=cells.needed("report_id"), source=source, locator=texts.pop("locator") or "",
        document=cells.text("document"), chain=tuple(cells.several("chain")),
        act=act_key(act) if act and known else None, occurred=cells.period(),
        parties=tuple(_parties(cells)), casualties=tuple(_harmed(cells)), **_instants(cells), **texts, **numbers,
    )


def _instants(cells: _Cells) -> dict[str, Any]:
    """A report is known from when it was published, if nothing else is said."""
    published, known = (cells.instant(name) for name in _INSTANTS)
    return {"published_at": published, "known_at": known or published}


def _parties(cells: _Cells) -> Iterable[ReportParty]:
    for role in _PARTIES:
        named = list(dict.fromkeys(cells.several(role)))
        yield from (ReportParty(role, one, one, share=1 / len(named)) for one in named)


def _harmed(cells: _Cells) -> Iterable[Casualty]:
    for column, harm in _HARMS.items():
        found = [cells.number(f"{column}_{bound}", 0, 1e9) for bound in _BOUNDS]
        low, best, high = (None if one is None else int(one) for one in found)
        if not low is best is high is None:
            yield Casualty(harm, "unknown", None, low, best, high)


def _repeated(reports: Sequence[Report]) -> Iterable[Problem]:
    seen: dict[str, int] = {}
    for number, one in enumerate(reports, 1):
        first = seen.setdefault(one.report_id, number)
        if first != number:
            expected = f"an id of its own; row {first} has this one"
            yield Problem("reports", number, "report_id", one.report_id, expected)


class _Cells:
    """The cells of one row, and the list that takes what cannot be used."""

    def __init__(self, row: Mapping[str, Any], number: int, problems: list[Problem]) -> None:
        self._row, self._number, self._problems = row, number, problems

    def _refuse(self, name: str, value: object, expected: str) -> None:
        problem = Problem("reports", self._number, name, str(value), expected, "", Severity.ERROR)
        self._problems.append(problem)

    def _value(self, name: str) -> Any:  # noqa: ANN401
        value = self._row.get(name)
        empty = value is None or value is np.ma.masked or value == ""
        nothing = not isinstance(value, list | tuple | np.ndarray) and value != value
        return None if empty or nothing else value

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            self._refuse(name, None, "a value in every row")
        return value or ""

    def text(self, name: str) -> str | None:
        value = self._value(name)
        return None if value is None else str(value)

    def several(self, name: str) -> list[str]:
        value = self._row.get(name)
        listed = value if isinstance(value, list | tuple | np.ndarray) else [self._value(name)]
        return [str(one) for one in listed if one is not None and one != "" and one == one]

    def number(self, name: str, least: float, most: float) -> float | None:
        value = self._value(name)
        if value is None:
            return None
        try:
            found = float(value)
        except (TypeError, ValueError):
            found = math.nan
        if not least <= found <= most:
            self._refuse(name, value, f"a number from {least:g} to {most:g}, or nothing")
            return None
        return found

    def instant(self, name: str) -> datetime | None:
        value = self._value(name)
        if isinstance(value, np.datetime64):
            value = value.astype("datetime64[us]").item()
        if isinstance(value, str):
            with suppress(ValueError):  # what is no instant is refused below
                value = datetime.fromisoformat(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day, tzinfo=UTC)
        if value is None or isinstance(value, datetime):
            return None if value is None else _utc(value)
        self._refuse(name, value, "an instant such as 2016-09-12T16:00:00+00:00, or nothing")
        return None

    def period(self) -> Period | None:
        start, end = self.instant("occurred_from"), self.instant("occurred_to")
        if start is not None and end is not None and end <= start:
            self._refuse("occurred_to", end, f"an instant after occurred_from ({start}); it is not included")
            return None
        return None if start is None and end is None else Period(start, end)


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


