"""Columns from anywhere → reports that can be linked; for notebooks and other programs.

What is there is used, what is not there is unknown. Instants without a zone are UTC.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.acts import act_key, is_act
from trucewatch.errors import BadCall, BadInput, Problem, Severity, nearest
from trucewatch.incidents.coded import Coded, coded, joined, nothing, recoded, together
from trucewatch.incidents.given_cells import Cells, listed
from trucewatch.incidents.report_columns import NEVER, OPEN, TEXTS, ReportColumns
from trucewatch.incidents.sharing import Parties
from trucewatch.periods import Period
from trucewatch.reports.report import Casualty, Report, ReportParty
from trucewatch.tables import from_micros

__all__ = ["Columns", "Given", "given", "reports_given", "unused_columns"]

_REQUIRED = ("report_id", "document", "occurred_from", "occurred_to")
_PARTIES = ("by", "against", "affected")
_HARMS = {"deaths": "killed", "injured": "injured"}
_BOUNDS = ("low", "best", "high")
_PERIOD, _INSTANTS = ("occurred_from", "occurred_to"), ("published_at", "known_at")
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

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Columns = Mapping[str, Any]
"""Column name → NumPy array or list, all of one length."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Reports as they were given, checked, in the order of report_id."""

    columns: ReportColumns
    extra: Mapping[str, Coded[Any]]
    """locator, area_wkt and chain, which only consolidation reads."""

    def record(self, row: int) -> Report:
        """Return one report as a record."""
        own = self.columns
        start, end = int(own.start[row]), int(own.end[row])
        period = Period(_instant(start), _instant(end)) if own.dated[row] else None
        texts: dict[str, Any] = {name: own.texts[name].of(row) for name in TEXTS if name != "source"}
        numbers: dict[str, Any] = {name: None if np.isnan(each[row]) else float(each[row]) for name, each in own.numbers.items()}
        return Report(
            report_id=own.ids[row], source=own.texts["source"].of(row) or "", occurred=period,
            locator=self.extra["locator"].of(row) or "", area_wkt=self.extra["area_wkt"].of(row),
            chain=self.extra["chain"].of(row) or (), published_at=_instant(int(own.published[row])),
            known_at=_instant(int(own.known[row])), parties=own.parties.of(row) or (),
            casualties=own.casualties.of(row) or (), **texts, **numbers,
        )

    def with_more(self, other: Given) -> Given:
        """Return these reports and others, which share no id with them."""
        columns, order = self.columns.with_more(other.columns)
        return Given(columns, {name: joined(each, other.extra[name], coded).take(order) for name, each in self.extra.items()})

    def records(self) -> tuple[Report, ...]:
        """Return every report as a record."""
        return tuple(map(self.record, range(len(self.columns.ids))))


def _instant(micros: int) -> datetime | None:
    return None if abs(micros) >= OPEN else from_micros(micros)


def reports_given(table: Columns) -> tuple[Report, ...]:
    """Return the reports of a table as records, in the order of report_id; see `given`."""
    return given(table).records()


def given(table: Columns) -> Given:
    """Return the reports of a table, checked.

    Required: report_id, document, occurred_from, occurred_to (null: not known; half-open). Other
    columns are those of the schema REPORT, and `by`, `against`, `affected` (a party, or a list of
    candidates), `deaths_low`, `deaths_best`, `deaths_high` and the same of `injured` (persons), and
    `text` or `text_span` (words). `unused_columns` names what is left alone. BadInput carries every
    value that cannot be used, with its row counted from 1; BadCall for one column under two names.
    """
    named: dict[str, Any] = {name: values if isinstance(values, np.ndarray) else listed(values) for name, values in _named(table).items()}
    problems = list(_shape(named))
    if problems:
        raise _refused(problems)
    cells = Cells(len(named["report_id"]))
    found = _columns(named, cells)
    if cells.problems:
        raise _refused(cells.problems)
    return found


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
            values = [one if isinstance(one, str) else None for one in listed(values)]
        if name in found:
            message = f"column {name} is there twice: {written} means the same; leave one of them out"
            raise BadCall(message)
        found[name] = values
    return found


def _refused(problems: Sequence[Problem]) -> BadInput:
    message = f"the reports cannot be linked: {len(problems)} problem(s)"
    return BadInput(message, sorted(problems))


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


def _columns(named: Mapping[str, Any], cells: Cells) -> Given:
    texts = {name: cells.texts(name, named.get(name)) for name in (*_TEXTS, "act", "document")}
    written = cells.texts("report_id", named["report_id"])
    if len(written.values) < cells.count:
        _told_apart(written, cells)
    order = np.argsort(written.codes, kind="stable")
    numbers = {name: cells.numbers(name, named.get(name), *bounds)[order] for name, bounds in _NUMBERS.items()}
    unplaced = np.isnan(numbers["lat"]) | np.isnan(numbers["lon"])
    for name in ("lat", "lon"):
        numbers[name][unplaced] = np.nan
    instants = {name: cells.instants(name, named.get(name))[order] for name in (*_PERIOD, *_INSTANTS)}
    start, end, dated = _period(cells, order, *(instants[name] for name in _PERIOD))
    published, known = (instants[name] for name in _INSTANTS)
    sides = [cells.lists(name, named.get(name)).take(order) for name in _PARTIES]
    texts["act"], texts["act_written"] = _acts(texts["act"], texts["act_written"])
    sorted_texts = {name: each.take(order) for name, each in texts.items()}
    extra: dict[str, Coded[Any]] = {name: sorted_texts.pop(name) for name in ("locator", "area_wkt")}
    extra["chain"] = cells.lists("chain", named.get("chain")).take(order)
    columns = ReportColumns(
        ids=written.values, texts=sorted_texts, start=start, end=end, dated=dated,
        # A report is known from when it was published, if nothing else is said.
        published=published, known=np.where(known == NEVER, published, known), numbers=numbers,
        parties=_parties(sides, cells.count), casualties=_casualties(named, cells, order),
    )
    return Given(columns, extra)


def _told_apart(written: Coded[str], cells: Cells) -> None:
    """Refuse what is no id of its own."""
    first: dict[str, int] = {}
    for row, one in enumerate(written.each()):
        if one is None:
            cells.refuse(row, "report_id", None, "a value in every row")
        elif first.setdefault(one, row) != row:
            cells.refuse(row, "report_id", one, f"an id of its own; row {first[one] + 1} has this one")


def _period(cells: Cells, order: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Return both bounds, and whether one of them is known."""
    known = (start != NEVER) & (end != NEVER)
    for row in np.flatnonzero(known & (end <= start)).tolist():
        expected = f"an instant after occurred_from ({from_micros(start[row])}); it is not included"
        cells.refuse(int(order[row]), "occurred_to", from_micros(end[row]), expected)
    dated = (start != NEVER) | (end != NEVER)
    return np.where(dated, np.where(start == NEVER, -OPEN, start), 0), np.where(dated, end, 1), dated


def _acts(acts: Coded[str], written: Coded[str]) -> tuple[Coded[str], Coded[str]]:
    """Return the acts that are known by their key, and the words of the others."""
    keys = {one: act_key(one) if is_act(one) else None for one in acts.values}
    known = recoded(acts, keys.__getitem__)
    if None not in keys.values():
        return known, written
    words = [said or (one if one and not keys[one] else None) for one, said in zip(acts.each(), written.each(), strict=True)]
    return known, coded(words)


def _parties(sides: Sequence[Coded[tuple[str, ...]]], count: int) -> Coded[Parties]:
    """Return the candidates of each report."""
    first, place = together(sides, count)
    made = [
        tuple(
            ReportParty(role, one, one, share=1 / len(named))
            for role, side in zip(_PARTIES, sides, strict=True) for named in [side.of(row) or ()] for one in named
        )
        for row in first.tolist()
    ]
    return Coded(place, tuple(made))


def _casualties(named: Mapping[str, Any], cells: Cells, order: Ints) -> Coded[tuple[Casualty, ...]]:
    """Return the casualties of each report."""
    names = [f"{harm}_{bound}" for harm in _HARMS for bound in _BOUNDS]
    figures = [_whole(cells.numbers(name, named.get(name), 0, 1e9)[order]) for name in names]
    first, place = together(figures, cells.count)
    return Coded(place, tuple([_harmed([one.of(row) for one in figures]) for row in first.tolist()]))


def _whole(figures: Floats) -> Coded[int]:
    if np.isnan(figures).all():
        return nothing(len(figures))
    values, codes = np.unique(np.where(np.isnan(figures), -1, figures).astype(np.int64), return_inverse=True)
    some = int(values[0] < 0)
    return Coded(codes - some, tuple(values[some:].tolist()))


def _harmed(figures: Sequence[int | None]) -> tuple[Casualty, ...]:
    found = []
    for place, harm in enumerate(_HARMS.values()):
        low, best, high = figures[3 * place : 3 * place + 3]
        if not low is best is high is None:
            found.append(Casualty(harm, "unknown", None, low, best, high))
    return tuple(found)
