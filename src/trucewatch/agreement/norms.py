"""The terms as frozen records: who must, must not or may do what, against whom, where, when, unless.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trucewatch.agreement.tasks import Duty
from trucewatch.agreement.texts import Citation

__all__ = ["ActTerm", "Clause", "Condition", "Example", "ExceptionTerm"]


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
