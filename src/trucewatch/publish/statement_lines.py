"""The lines of a daily report about statements, duties, sight and sources; see daily_lines for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.publish.daily_lines import Cited

__all__ = [
    "AggregateGroup",
    "CoverageLine",
    "DutyEntry",
    "InForceLine",
    "Landmark",
    "SourceLine",
    "StatementLine",
    "TalkLine",
    "WindowLine",
]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What one asserter says, with period, figure and where it stands."""

    asserter: str
    says: str
    period: str | None
    qualifier: str | None
    text: str | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class AggregateGroup:
    """Figures that several asserters give for one thing; never added, never averaged."""

    subject: str
    statements: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class DutyEntry:
    """An obligation with everything that is claimed of it."""

    duty_id: str | None
    clause: str
    quote: str | None
    words: str
    status: str
    state: str
    state_words: str
    finding_id: str | None
    verdict: str | None
    verdict_words: str
    reason_words: str
    statements: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """Who could look where."""

    where: str
    period: str
    observer: str
    share: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class WindowLine:
    """When one asserter says that a term was in force, by his latest statement known."""

    phase: str
    asserter: str
    says: str
    inside: str
    """true, false or unknown: for the whole day."""
    inside_words: str
    cited: Cited | None
    earlier: int
    """How many earlier statements of his it replaces."""


@dataclass(frozen=True, slots=True)
class TalkLine:
    """What somebody says of the agreement on this day."""

    number: int
    """Place in the section, from 1."""
    who: str
    """In the words of the page, with the party or source that it is taken for; or that nobody is named."""
    passed_on: tuple[str, ...]
    """Who stands between the speaker and the page."""
    about: str
    """agreement, agreement.status or agreement.term."""
    value: str
    """Stance, status or kind of clause, as a key."""
    says: str
    polarity: int | None
    text: str | None
    """None where the policy does not show words of sources."""
    against: tuple[int, ...]
    """Numbers of the lines that cannot be so together with this one."""
    cited: Cited


@dataclass(frozen=True, slots=True)
class InForceLine:
    """Who says of this day that an agreement is in force; no finding, and nothing is counted."""

    verdict: str
    """said, denied, disputed, none (only that none was reached), or silent."""
    words: str
    yes: tuple[int, ...]
    """Numbers of the lines."""
    no: tuple[int, ...]
    none: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A town for orientation on the map; nothing is said to have happened there."""

    name: str
    lat: float
    lon: float
    city: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source that was used."""

    name: str
    affiliation: str | None
    reliability: str
    observes: bool
    knowledge: str
    used: int
    assumed: int
    """How many of these count as known by an assumption."""
