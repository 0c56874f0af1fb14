"""The lines of a daily report: frozen values with the words already chosen.

Every format (HTML, JSON, Markdown) is made from the same values. Keys stand beside the words, so that a
program need not read prose. Positions are degrees WGS84, distances metres.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Cell",
    "Cited",
    "ClauseRow",
    "CountRow",
    "ElementLine",
    "Figure",
    "FigureList",
    "FindingEntry",
    "FindingLink",
    "Happening",
    "PartyRow",
    "ReadingCell",
    "ReadingRow",
    "ReportLine",
    "UnjudgedRow",
]


@dataclass(frozen=True, slots=True)
class Cited:
    """Where it stands: who carries it, in which file, where in the file."""

    id: str
    """Report or claim id."""
    source: str
    published: str | None
    file: str | None
    locator: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with what is counted behind it; `anchor` is where that list stands in the document."""

    number: int
    anchor: str
    members: tuple[str, ...]
    """Ids of the findings, or of the incidents, that are counted."""


@dataclass(frozen=True, slots=True)
class FindingLink:
    """One finding behind a figure, in one line."""

    id: str
    words: str
    here: bool
    """Whether it stands in this document in full."""


@dataclass(frozen=True, slots=True)
class FigureList:
    """The findings behind one figure."""

    anchor: str
    title: str
    links: tuple[FindingLink, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What one source says of a happening."""

    says: str
    killed: str | None
    injured: str | None
    standing: str | None
    parties: str | None
    """Who is said to have acted against whom, as candidates; None: not shown or not said."""
    text: str | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class Happening:
    """One incident as observed."""

    number: int
    incident_id: str
    time: str
    place: str
    lat: float | None
    lon: float | None
    radius_m: float | None
    area_wkt: str | None
    coarsened: bool
    what: str
    counted: str | None
    """How many of the unit that the case counts in, where reports say; None: nobody says."""
    killed: str
    injured: str | None
    origins: tuple[str, ...]
    reports: tuple[ReportLine, ...]
    withheld_reports: int
    disputed: tuple[str, ...]
    place_disputed: bool
    verdict: str
    """The severest verdict under the counted reading; `none` when no term speaks of it, `withheld` when its
    findings are not shown to this audience."""
    provisional: bool
    findings: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One element or exception of a finding."""

    element: str
    name: str
    truth: str
    answer: str
    words: str | None
    support: str | None


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One finding in full."""

    id: str
    happening: int | None
    """Number of the observation that it is about; None for a duty."""
    subject: str
    clause: str
    reading: str
    verdict: str
    verdict_words: str
    provisional: bool
    says: str
    reasons: tuple[str, ...]
    """Keys."""
    reason_words: str
    attribution: str
    """In words; empty where nobody's part is in question."""
    elements: tuple[ElementLine, ...]
    exceptions: tuple[ElementLine, ...]
    missing: tuple[str, ...]
    evidence: tuple[Cited, ...]
    evidence_withheld: int
    state: str
    state_words: str
    held: bool
    beside: tuple[str, ...] = ()
    """Opinions (for the house) and replies, each in a sentence."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The findings of one clause with one verdict."""

    verdict: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause with its counts and its findings."""

    clause: str
    cite: str | None
    quote: str | None
    status: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class UnjudgedRow:
    """A clause that makes no findings, in words."""

    clause: str
    cite: str | None
    quote: str | None
    status: str
    kind_words: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingCell:
    """What one reading makes of one subject."""

    reading: str
    finding_id: str | None
    verdict: str | None
    verdict_words: str
    provisional: bool
    reasons: tuple[str, ...]
    reason_words: str
    same: bool
    """As under the first reading of the row."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One happening under one clause, in every reading."""

    happening: int
    subject: str
    clause: str
    cells: tuple[ReadingCell, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count for this period, and for the previous one twice: as it stood then and as known now."""

    what: str
    now: Figure
    then: Figure | None
    since: Figure | None
    change: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    """What stands beside one party; the three belong together and are never added."""

    party: str
    settled: Figure
    open: Figure
    undetermined: Figure
