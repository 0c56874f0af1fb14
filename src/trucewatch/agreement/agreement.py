"""The agreement as frozen records: what the language of agreement.yaml means once it is read.

Names follow the file: a lawyer reads `who / must_not / against / where / when / unless`.
Times are aware UTC datetimes; intervals are half-open; distances are metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from trucewatch.agreement.ground import Zone
from trucewatch.agreement.norms import Clause
from trucewatch.agreement.texts import ArchivedText, Citation
from trucewatch.agreement.times import Anchor, Phase
from trucewatch.errors import UnknownName

__all__ = ["Agreement", "Bound", "EvidenceRule", "Group", "Reading"]


@dataclass(frozen=True, slots=True)
class Bound:
    """That a party is bound, from when, by what, and how sure that is."""

    party: str
    start: datetime | None = None
    end: datetime | None = None
    by: str = "text"
    """`text`, or `acceptance`: a member is bound once its own acceptance is on record."""
    certainty: str = "sure"
    """`sure` or `disputed`."""
    note: str | None = None
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A set of parties by rule; exactly one of any_of, none_of and designated_as is given."""

    key: str
    any_of: tuple[str, ...] = ()
    """Party keys or group keys."""
    none_of: tuple[str, ...] = ()
    when_bound: bool = False
    """Only members that are bound at the time of the happening."""
    designated_as: str | None = None
    designated_by: tuple[str, ...] = ()
    follow_renames: bool = False
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """How strong each element must be, and how sure control must be."""

    required: Mapping[str, str] = field(default_factory=dict)
    """Element → strength, for a violation."""
    exception: str = "corroborated"
    reply_within: timedelta | None = None
    control_sure: float = 0.9
    control_excluded: float = 0.1


@dataclass(frozen=True, slots=True)
class Reading:
    """A named interpretation: what it changes against the agreement as written."""

    key: str
    note: str = ""
    by: str | None = None
    asserters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bound: Mapping[str, Bound] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    enable: tuple[tuple[str, str], ...] = ()
    """(clause, exception) pairs that this reading switches on."""
    clauses: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Clause → the fields of its record that this reading has otherwise."""
    text: str | None = None
    """The language version that this reading follows."""
    bases: tuple[str, ...] = ()
    """The readings that it extends, nearest first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The whole text as terms; `under` gives it as one reading has it."""

    key: str
    title: str
    version: str
    """Agreement id, `@`, and the first 12 hex digits of the SHA-256 of the file."""
    timezone: str
    texts: Mapping[str, ArchivedText]
    bound: Mapping[str, Bound]
    groups: Mapping[str, Group]
    zones: Mapping[str, Zone]
    phases: Mapping[str, Phase]
    anchors: Mapping[str, Anchor]
    readings: Mapping[str, Reading]
    clauses: tuple[Clause, ...]
    evidence: EvidenceRule
    reading: str = "default"
    unnoticed: Mapping[str, str] = field(default_factory=dict)
    """Name of a mutant that no example notices → why that is so."""

    def clause(self, key: str) -> Clause:
        """Return the clause called `key`; UnknownName if there is none."""
        for one in self.clauses:
            if one.key == key:
                return one
        raise UnknownName(key, place=f"agreement {self.key}", known=[one.key for one in self.clauses])
