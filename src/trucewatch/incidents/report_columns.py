"""Reports column by column: what linking reads, before texts become numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.coded import Coded, coded, joined, shared
from trucewatch.incidents.sharing import Parties
from trucewatch.reports.independence import origin_of
from trucewatch.reports.report import Casualty, Report
from trucewatch.reports.source import Source
from trucewatch.tables import to_micros

__all__ = ["NEVER", "OPEN", "TEXTS", "ReportColumns", "columns_of_records"]

OPEN = 1 << 60
"""Microseconds beyond every date: stands for a bound of a period that is not known."""
NEVER = OPEN
"""Stands for an instant of publication or knowledge that is not known."""

TEXTS = (
    "source", "origin", "document", "place", "place_written", "act", "act_written", "target",
    "weapon", "grouping", "text",
)
"""Columns of texts, unknown where nothing is said."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ReportColumns:
    """Columns of equal length, in the order of report_id, each id once."""

    ids: tuple[str, ...]
    texts: Mapping[str, Coded[str]]
    """The columns of TEXTS; `origin` is whose observation a report finally is."""
    start: Ints
    """Start of the period in microseconds since 1970, `-OPEN` if unknown."""
    end: Ints
    """Its end (excluded), `OPEN` if unknown."""
    dated: npt.NDArray[np.bool_]
    """Whether one of the two bounds is known."""
    published: Ints
    known: Ints
    numbers: Mapping[str, Floats]
    """lat, lon (degrees), radius_m; NaN where unknown; lat and lon only together."""
    parties: Coded[Parties]
    """Lists of parties, in no order; `casualties` the same."""
    casualties: Coded[tuple[Casualty, ...]]

    def with_more(self, other: ReportColumns) -> tuple[ReportColumns, Ints]:
        """Return both in the order of report_id, and that order: rows of the one, then of the other."""
        ids = [*self.ids, *other.ids]
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
        arrays = {
            name: np.concatenate([getattr(self, name), getattr(other, name)])[order]
            for name in ("start", "end", "dated", "published", "known")
        }
        return ReportColumns(
            ids=tuple(ids[row] for row in order.tolist()),
            texts={name: joined(each, other.texts[name], coded).take(order) for name, each in self.texts.items()},
            numbers={name: np.concatenate([each, other.numbers[name]])[order] for name, each in self.numbers.items()},
            parties=joined(self.parties, other.parties, shared).take(order),
            casualties=joined(self.casualties, other.casualties, shared).take(order), **arrays,
        ), order  # fmt: skip


def columns_of_records(reports: Sequence[Report], sources: Mapping[str, Source]) -> ReportColumns:
    """Lay out records, which must be in the order of report_id without repeats."""
    texts = {
        name: coded([getattr(one, name) or None for one in reports]) for name in TEXTS if name != "origin"
    }
    texts["origin"] = coded([origin_of(one, sources) for one in reports])
    bounds = [_bounds(one) for one in reports]
    placed = [one.lat is not None and one.lon is not None for one in reports]
    return ReportColumns(
        ids=tuple(one.report_id for one in reports), texts=texts,
        start=np.array([first for first, _ in bounds], dtype=np.int64),
        end=np.array([last for _, last in bounds], dtype=np.int64),
        dated=np.array([one.occurred is not None for one in reports], dtype=bool),
        published=_instants(reports, "published_at"), known=_instants(reports, "known_at"),
        numbers={
            "lat": _floats([one.lat if here else None for one, here in zip(reports, placed, strict=True)]),
            "lon": _floats([one.lon if here else None for one, here in zip(reports, placed, strict=True)]),
            "radius_m": _floats([one.radius_m for one in reports]),
        },
        parties=shared([one.parties for one in reports]), casualties=shared([one.casualties for one in reports]),
    )  # fmt: skip


def _instants(reports: Sequence[Report], name: str) -> Ints:
    found = [getattr(one, name) for one in reports]
    return np.array([NEVER if one is None else to_micros(one) for one in found], dtype=np.int64)


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)


def _bounds(report: Report) -> tuple[int, int]:
    if report.occurred is None:
        return 0, 1
    start, end = report.occurred.start, report.occurred.end
    return -OPEN if start is None else to_micros(start), OPEN if end is None else to_micros(end)
