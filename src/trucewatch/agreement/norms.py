"""The terms as frozen records: who must not, must or may do what, where and when, unless."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from trucewatch.agreement.tasks import Duty
from trucewatch.agreement.texts import Citation

__all__ = ["JUDGED", "ActTerm", "Clause", "Condition", "Example", "ExceptionTerm", "Shown"]

JUDGED = ("prohibition", "presence", "prevention")
"""Kinds of clause that make findings about legs; a permission only bears on those of others."""


@dataclass(frozen=True, slots=True)
class ActTerm:
    """One alternative of what a clause speaks of; all given parts must hold."""

    act: str
    """A branch or a leaf of the vocabulary of acts."""
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    """Branches or leaves of the vocabulary of weapons."""
    calibre_at_least_mm: float | None = None
    more_than: int | None = None
    """Only a head count above this is meant (persons present)."""


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
class Example:
    """A worked example beside a clause: facts as given, and what must come out."""

    say: str
    line: int
    facts: Mapping[str, object]
    """As written: by, against, affected, act, target, weapon, at, time, circumstance, strength,
    closed, control, reading …"""
    expect: str
    because: tuple[str, ...] = ()
    alone: bool = False
    """Whether `because` names every reason, so that another beside them is wrong."""
    attribution: str | None = None
    excused_by: str | None = None
    provisional: bool | None = None
    state: str | None = None
    """Of a duty: where it must stand (a word of DUTY_STATES)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a clause provides that nobody judges: sanctions, steps, bodies, who answers for whom."""

    kind: str
    words: str
    """In plain words, for the page."""
    of: tuple[str, ...] = ()
    """Parties or groups that it is about."""
    steps: tuple[str, ...] = ()
    """The steps in their order, each with its time limit if it has one."""
    within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One term of the agreement."""

    key: str
    kind: str
    """`prohibition`, `presence`, `prevention` (of acts by others), `permission`, `duty` or
    `display` (shown, not judged)."""
    who: str
    cite: Citation | None = None
    acts: tuple[ActTerm, ...] = ()
    against: str | None = None
    where: str | None = None
    when: str | None = None
    exceptions: tuple[ExceptionTerm, ...] = ()
    duty: Duty | None = None
    qualified: tuple[str, ...] = ()
    """Words of the text that narrow the act and that only a recorded determination settles."""
    by: str | None = None
    """Of a prevention: whose acts the bearer must prevent."""
    strict: bool = False
    """Of a prevention: every such act is the bearer's breach; else whether it failed is open."""
    over: tuple[str, ...] = ()
    """Of a permission: the clauses that it beats."""
    conflicts_with: tuple[str, ...] = ()
    """Clauses that say otherwise of the same matter, without a stated priority."""
    prevails_over: tuple[str, ...] = ()
    """Clauses that the text ranks below this one."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Element → strength where this clause asks for another than the agreement does; `exception`
    for what its exceptions ask."""
    readings: tuple[str, ...] = ()
    """Readings under which alone the clause is given; empty: all."""
    shown: Shown | None = None
    open_terms: tuple[str, ...] = ()
    status: str = "given"
    note: str | None = None
    line: int = 0
    examples: tuple[Example, ...] = ()
