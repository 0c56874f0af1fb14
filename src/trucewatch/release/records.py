"""What an audience receives: frozen records; whatever is withheld is None or counted, never hinted at.

Instants are aware UTC, periods half-open, distances metres, positions degrees WGS84. Keys of parties,
sources, places and clauses are those of the case's files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trucewatch.periods import Period
from trucewatch.release.policy import Policy

__all__ = [
    "Released",
    "ReleasedClaim",
    "ReleasedCoverage",
    "ReleasedDuty",
    "ReleasedElement",
    "ReleasedFinding",
    "ReleasedIncident",
    "ReleasedQuestion",
    "ReleasedReport",
    "Saying",
    "Withheld",
]


@dataclass(frozen=True, slots=True)
class ReleasedReport:
    """What one source says; what could name a party is None unless the policy opens it."""

    report_id: str
    incident_id: str | None
    source: str
    origin: str | None
    chain: tuple[str, ...]
    published_at: datetime | None
    known_assumed: bool
    occurred: Period | None
    act: str | None
    target: str | None
    weapon: str | None
    weapon_assessed: bool | None
    calibre_mm: float | None
    method: str | None
    explosion_state: str | None
    count: int | None
    count_qualifier: str | None
    unit: str | None
    standing: str
    killed: tuple[int | None, int | None]
    injured: tuple[int | None, int | None]
    by: tuple[str, ...] | None
    """Parties named as having done it, as candidates; None: withheld."""
    against: tuple[str, ...] | None
    """Parties named as attacked; None: withheld."""
    text: str | None
    evidence: str | None
    """Id of the ledger's entry; it finds the file's name and is not for documents."""
    locator: str


@dataclass(frozen=True, slots=True)
class ReleasedIncident:
    """What happened, as far as the audience may know it."""

    incident_id: str
    occurred: Period | None
    place: str | None
    place_written: str | None
    lat: float | None
    lon: float | None
    radius_m: float | None
    area_wkt: str | None
    coarsened: bool
    acts: tuple[str, ...]
    targets: tuple[str, ...]
    killed: tuple[int | None, int | None]
    injured: tuple[int | None, int | None]
    reports: tuple[str, ...]
    withheld_reports: int
    findings_withheld: bool
    """A finding about it is not shown: that none is listed does not mean that no term speaks of it."""
    origins: tuple[str, ...]
    disputed: tuple[str, ...]
    mistaken: str | None
    """Who claims that it was a mistake; None: nobody, or withheld."""


@dataclass(frozen=True, slots=True)
class ReleasedElement:
    """One element or exception of a finding; `words` is None where they could name a party."""

    element: str
    truth: str
    """true, unknown or false."""
    strength: str | None
    required: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class ReleasedQuestion:
    """What would settle an open element; `question` is None where it could name a party."""

    element: str
    question: str | None


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person recorded beside a finding; it changes nothing."""

    kind: str
    """opinion or reply."""
    answer: str | None
    """Of an opinion: agree or dissent; None: neither."""
    party: str | None
    """Who has replied; None where it may not be named, and for an opinion."""
    who: str | None
    """Who recorded it; None outside the house."""
    because: str | None
    """In their words; None outside the house."""


@dataclass(frozen=True, slots=True)
class ReleasedFinding:
    """The answer of one clause; without permission to name it carries no key of any party."""

    finding_id: str
    subject_kind: str
    incident_id: str | None
    subject_id: str | None
    """Leg or duty; None where parties are withheld, since a leg's id is made from them."""
    subject_number: int
    """Which leg of its incident, or which duty of its clause, in order of their ids from 1."""
    clause: str
    reading: str
    verdict: str
    provisional: bool
    reasons: tuple[str, ...]
    state: str
    attribution: str
    """settled, open, none, or withheld."""
    bearers: tuple[str, ...]
    elements: tuple[ReleasedElement, ...]
    exceptions: tuple[ReleasedElement, ...]
    missing: tuple[ReleasedQuestion, ...]
    evidence: tuple[str, ...]
    evidence_withheld: int
    held: bool
    """A person holds it back from the public (seen by the internal audience only)."""
    beside: tuple[Saying, ...] = ()
    """Opinions and replies, in order of recording."""


@dataclass(frozen=True, slots=True)
class ReleasedClaim:
    """A statement with its asserter; never merged with any other."""

    claim_id: str
    kind: str
    asserter: str
    subject: str | None
    value: str | None
    low: float | None
    high: float | None
    qualifier: str | None
    unit: str | None
    valid_from: datetime | None
    valid_to_earliest: datetime | None
    valid_to_latest: datetime | None
    place: str | None
    basis: str | None
    source: str
    chain: tuple[str, ...]
    published_at: datetime | None
    known_at: datetime | None
    known_assumed: bool
    text: str | None
    evidence: str | None
    locator: str


@dataclass(frozen=True, slots=True)
class ReleasedCoverage:
    """Who could look where, and how much of it."""

    coverage_id: str
    place: str | None
    zone: str | None
    period: Period | None
    observer: str | None
    share: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReleasedDuty:
    """An obligation to act; id (made from the bearer), bearer and words are None where parties are withheld."""

    duty_id: str | None
    subject_number: int
    """Which duty of its clause, in order of their ids from 1."""
    clause: str
    bearer: str | None
    due: datetime | None
    state: str
    sure: float | None
    """Part surely performed in time, 0..1."""
    possible: float | None
    claims: tuple[str, ...]
    words: str | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much the audience does not see, by cause; every output states it."""

    reports: int = 0
    """Of a sensitivity other than public."""
    claims: int = 0
    """Of a sensitivity other than public."""
    incidents: int = 0
    """Known from withheld reports only, or held back whole."""
    findings_held: int = 0
    """Held back by a decision, in all readings."""
    findings_sensitive: int = 0
    """About incidents that are not shown."""
    findings_coarsened: int = 0
    """A zone's outcome would tell more of the place than is public."""


@dataclass(frozen=True, slots=True)
class Released:
    """Everything that an output may be made from."""

    policy: Policy
    known_at: datetime | None
    readings: tuple[str, ...]
    incidents: tuple[ReleasedIncident, ...]
    reports: tuple[ReleasedReport, ...]
    findings: tuple[ReleasedFinding, ...]
    claims: tuple[ReleasedClaim, ...]
    coverage: tuple[ReleasedCoverage, ...]
    duties: tuple[ReleasedDuty, ...]
    withheld: Withheld
    unresolved: tuple[tuple[str, int], ...]
    """Kind of thing that the case does not know → how many different ones."""
    agreement_version: str | None
    program_version: str | None
