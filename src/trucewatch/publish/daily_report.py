"""The daily report as a frozen value: what every format is made from."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.publish.daily_lines import (
    ClauseRow,
    CountRow,
    Figure,
    FigureList,
    FindingEntry,
    Happening,
    PartyRow,
    ReadingRow,
    UnjudgedRow,
)
from trucewatch.publish.issue import Issue
from trucewatch.publish.statement_lines import (
    AggregateGroup,
    CoverageLine,
    DutyEntry,
    InForceLine,
    Landmark,
    SourceLine,
    StatementLine,
    TalkLine,
    WindowLine,
)

__all__ = ["Comparison", "DailyReport", "Header"]


@dataclass(frozen=True, slots=True)
class Header:
    """What a reader must know before the first figure."""

    title: str
    language: str
    day: str
    """ISO date."""
    day_words: str
    serial: int | None
    """Days since the first report, counted from 1; None when the case names no first day, or for a day before it."""
    issued: str
    cut_off: str
    known_at: str
    """RFC 3339 UTC."""
    time_zone: str
    audience: str
    attribution: str
    mandate: tuple[str, ...]
    notes: tuple[str, ...]
    """What was assumed or left out, each in a sentence."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts beside the previous period."""

    previous: str | None
    rows: tuple[CountRow, ...]
    note: str
    comparable: bool


@dataclass(frozen=True, slots=True)
class DailyReport:
    """One day of one case for one audience, as known at one instant."""

    header: Header
    issue: Issue
    summary: tuple[str, ...]
    unit: str
    happenings: tuple[Happening, ...]
    maybe: tuple[Happening, ...]
    """Happenings whose period is much longer than a day."""
    undated: int
    """Incidents of which no time is known; they belong to no day."""
    verdicts: tuple[tuple[str, str], ...]
    """Verdict keys and words, in the order of the columns of `clauses`."""
    clauses: tuple[ClauseRow, ...]
    unjudged: tuple[UnjudgedRow, ...]
    """Clauses that make no findings."""
    totals: tuple[Figure, ...]
    findings: tuple[FindingEntry, ...]
    maybe_findings: tuple[FindingEntry, ...]
    readings: tuple[tuple[str, str], ...]
    """Reading keys and what each means."""
    differences: tuple[ReadingRow, ...]
    comparison: Comparison
    aggregates: tuple[AggregateGroup, ...]
    duties: tuple[DutyEntry, ...]
    parties: tuple[PartyRow, ...] | None
    """None: the policy does not let parties be named."""
    coverage: tuple[CoverageLine, ...]
    undetermined_by: tuple[tuple[str, Figure], ...]
    access: tuple[StatementLine, ...]
    access_happenings: tuple[int, ...]
    """Numbers of the observations in which access was denied or monitors were hindered."""
    statements: tuple[TalkLine, ...]
    """What was said of the agreement on this day."""
    in_force: InForceLine
    windows: tuple[WindowLine, ...]
    unspoken: tuple[int, ...]
    """Numbers of the observations that no clause speaks of."""
    sources: tuple[SourceLine, ...]
    assumptions: tuple[str, ...]
    unresolved: tuple[tuple[str, int], ...]
    lists: tuple[FigureList, ...]
    outline_wkt: str | None
    """Area of the agreement, for the map."""
    landmarks: tuple[Landmark, ...]
