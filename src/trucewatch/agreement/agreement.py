"""The agreement as frozen records: what the language of agreement.yaml means once it is read.

Names follow the file: a lawyer reads `who / must_not / against / where / when / unless`.
Times are aware UTC datetimes; intervals are half-open; distances are metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from trucewatch.errors import UnknownName

__all__ = [
    "ActTerm", "Agreement", "ArchivedText", "Bound", "Citation", "Clause", "Condition", "Duty",
    "EvidenceRule", "Example", "ExceptionTerm", "Group", "Phase", "Reading", "Withdrawal", "Zone",
]

STATUSES = ("given", "from_memory", "placeholder", "unpublished")
"""How sure a term is: all but `given` can only give undetermined(text)."""


@dataclass(frozen=True, slots=True)
class ArchivedText:
    """A text that clauses cite; `sha256` is that of the archived words, if they are archived."""

    key: str
    title: str
    kind: str
    date: str | None = None
    url: str | None = None
    sha256: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a term stands, with the words themselves."""

    text: str
    at: str | None = None
    quotes: tuple[str, ...] = ()


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
class Zone:
    """A place of the agreement; must and may contain a happening."""

    key: str
    kind: str
    """`area` (wkt), `line` (wkt), `buffer` (within_m of a line, on one side or both), `control`
    (ground held by a group, a party or the bearer), `layer` (named, geometry not here)."""
    status: str = "given"
    wkt: str | None = None
    accuracy_m: float = 0.0
    """How far the drawn border may be from the true one."""
    maybe_wkt: str | None = None
    """An area whose belonging to the zone is open: what touches it is never surely outside."""
    country: str | None = None
    """ISO 3166 two-letter code, when the area is a country; displayed only."""
    within_m: float | None = None
    of: str | None = None
    side: str | None = None
    """`north`, `south`, `east`, `west`, or None for both sides."""
    held_by: str | None = None
    """Group or party key, or `bearer`."""
    cite: Citation | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A time of the agreement: a window of claims, a fixed period, or one that a decision opens."""

    key: str
    asserters: tuple[str, ...] = ()
    """Whose window claims count; empty when the phase is no window of claims."""
    start: datetime | None = None
    end: datetime | None = None
    open_ended: bool = False
    lasts: timedelta | None = None
    renewed_by: tuple[str, ...] = ()
    renewal_needs: str = "both"
    ended_by: tuple[str, ...] = ()
    after: str | None = None
    needs_claim: str | None = None
    """Subject of the claim that opens the phase."""
    claim_of: tuple[str, ...] = ()
    """Parties whose claim opens it; `claim_needs` says whether `all` of them or `any`."""
    claim_needs: str = "all"
    indicator_clauses: tuple[str, ...] = ()
    """Clauses whose quiet advises that the phase could open; advice only, never opens it."""
    indicator_days: int | None = None
    status: str = "given"
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class ActTerm:
    """One alternative of what a clause speaks of; all given parts must hold."""

    act: str
    """A branch or a leaf of the vocabulary of acts."""
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    """Branches or leaves of the vocabulary of weapons."""
    calibre_at_least_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What an exception asks: a circumstance, a place, or several of these together."""

    circumstance: str | None = None
    where: str | None = None
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionTerm:
    """A named, cited excuse."""

    key: str
    condition: Condition
    invocable: bool = False
    """Invocable: not invoked = false, claimed = unknown, supported = true; else unknown stays."""
    enabled: bool = True
    when: str | None = None
    cite: Citation | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One line of a withdrawal duty: what must be beyond which zone; displayed, judged later."""

    beyond: str
    weapons: tuple[str, ...] = ()
    personnel: bool = False
    anything: bool = False
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What a duty clause asks for; parsed and displayed here."""

    withdraw: tuple[Withdrawal, ...] = ()
    perform: str | None = None
    due: datetime | None = None
    only_if_performed: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example beside a clause: facts as given, and what must come out."""

    say: str
    line: int
    facts: Mapping[str, object]
    """As written: by, against, affected, act, target, weapon, at, time, circumstance, strength,
    closed, control, reading …"""
    expect: str
    because: tuple[str, ...] = ()
    attribution: str | None = None
    excused_by: str | None = None
    provisional: bool | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One term of the agreement."""

    key: str
    kind: str
    """`prohibition`, `presence` or `duty`."""
    who: str
    cite: Citation | None = None
    acts: tuple[ActTerm, ...] = ()
    against: str | None = None
    where: str | None = None
    when: str | None = None
    exceptions: tuple[ExceptionTerm, ...] = ()
    duty: Duty | None = None
    open_terms: tuple[str, ...] = ()
    status: str = "given"
    note: str | None = None
    line: int = 0
    examples: tuple[Example, ...] = ()


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
    readings: Mapping[str, Reading]
    clauses: tuple[Clause, ...]
    evidence: EvidenceRule
    reading: str = "default"

    def clause(self, key: str) -> Clause:
        """Return the clause called `key`; UnknownName if there is none."""
        for one in self.clauses:
            if one.key == key:
                return one
        raise UnknownName(key, place=f"agreement {self.key}", known=[one.key for one in self.clauses])
