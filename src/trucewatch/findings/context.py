"""What judging needs besides leg and clause: a reading of the agreement, and what was known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement
from trucewatch.agreement.moments import bases_of, moments_of
from trucewatch.findings.coverage import Coverage
from trucewatch.findings.units import Unit
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import Leg
from trucewatch.periods import Period
from trucewatch.reports.claim import Claim
from trucewatch.reports.source import Source

__all__ = ["Context", "HoldersAt"]

_Made = TypeVar("_Made")


class HoldersAt(Protocol):
    """Who held a place; `trucewatch.control.Holders` is one."""

    def holder_at(
        self,
        lat: float | None,
        lon: float | None,
        radius_m: float | None,
        place: str | None,
        period: Period | None,
        /,
        without_origins: Collection[str] = (),
        without_documents: Collection[str] = (),
        without_reports: Collection[str] = (),
    ) -> Mapping[str, float]:
        """Return holder → probability; `unknown` and `contested` are holders."""


@dataclass(frozen=True, slots=True)
class Context:
    """One reading of an agreement and everything known at one instant; the same for every leg.

    `memo` only saves work: an element that two readings share is computed once. It must not be
    handed to a context with other facts; `under` shares it between readings of one agreement.
    """

    agreement: Agreement
    actors: Actors
    claims: tuple[Claim, ...] = ()
    holders: HoldersAt | None = None
    known_at: datetime | None = None
    """Instant of knowledge; None: everything is known."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Report id → the document that it comes from."""
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    """Report id → decisions in force that cite it, the one that counts last."""
    accepted: frozenset[str] = frozenset()
    """Ids of claims that people have accepted."""
    coverage: Mapping[str, tuple[Coverage, ...]] = field(default_factory=dict)
    """Zone or place key → the known statements on who could look at it."""
    sources: Mapping[str, Source] | None = None
    """The sources of the case; None: they are not told."""
    units: Mapping[str, Unit] | None = None
    """Place key → its level and what it belongs to; None: there is no gazetteer."""
    presences: tuple[Leg, ...] = ()
    """The legs that may show that somebody or something was present; only duties ask for them."""
    about_duties: tuple[Decision, ...] = ()
    """Determinations in force that name the clause of a duty, the one that counts last."""
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def under(self, agreement: Agreement) -> Context:
        """Return the same knowledge with another reading of the same agreement."""
        return replace(self, agreement=agreement)

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gives, made once for each `key`; the key must name all it depends
        on."""
        made: _Made
        try:
            made = self.memo[key]
        except KeyError:
            made = self.memo[key] = make()
        return made

    def signature(self, kind: str, *names: str | None) -> int:
        """Return a number that two readings share exactly when these terms mean the same in
        both."""
        key = ("reading", self.agreement.reading, kind, names)
        known: int | None = self.memo.get(key)
        if known is None:
            meaning = ("terms", kind, names, _meaning(self.agreement, kind, names))
            known = self.memo[key] = self.once(meaning, self._next)
        return known

    def rests_on(self, kind: str, *names: str | None) -> frozenset[tuple[str, str]]:
        """Return (kind, name) of all groups, zones and phases that these terms rest on."""
        return frozenset(key for key, _ in _meaning(self.agreement, kind, names))

    def _next(self) -> int:
        return len(self.memo)

    def name(self, party: str) -> str:
        """Return the party's name, or its key when actors.yaml does not hold it."""
        known = self.actors.parties.get(party)
        return known.name if known else party


def _meaning(
    agreement: Agreement, kind: str, names: tuple[str | None, ...]
) -> tuple[tuple[tuple[str, str], Hashable], ...]:
    """Return all records that these terms rest on: groups, zones and phases with what they name."""
    found: dict[tuple[str, str], Hashable] = {}
    for name in names:
        _collect(agreement, kind, name, found)
    return tuple(sorted(found.items(), key=lambda pair: pair[0]))


def _collect(
    agreement: Agreement, kind: str, name: str | None, found: dict[tuple[str, str], Hashable]
) -> None:
    if name is None or (kind, name) in found:
        return
    if kind == "group":
        _collect_group(agreement, name, found)
    elif kind == "zone" and name in agreement.zones:
        zone = agreement.zones[name]
        found[kind, name] = zone
        for line in (zone.of, *zone.between):
            _collect(agreement, "zone", line, found)
        _collect(agreement, "group", zone.held_by, found)
    elif kind == "phase" and name in agreement.phases:
        phase = agreement.phases[name]
        found[kind, name] = phase
        for base in bases_of(moments_of(phase)):
            _collect(agreement, "phase", base, found)
    elif kind == "phase" and name in agreement.anchors:
        found[kind, name] = agreement.anchors[name]


def _collect_group(agreement: Agreement, name: str, found: dict[tuple[str, str], Hashable]) -> None:
    group = agreement.groups.get(name)
    found["group", name] = group
    if group is None:
        found["bound", name] = agreement.bound.get(name)
        return
    for part in (*group.any_of, *group.none_of):
        _collect(agreement, "group", part, found)
