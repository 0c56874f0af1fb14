"""One clause under all readings: legs that are alike, on ground that is alike, share its rulings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from trucewatch.agreement import Clause
from trucewatch.findings.answer import distinct
from trucewatch.findings.context import Context
from trucewatch.findings.exceptions import unions_of, zones_of
from trucewatch.findings.ground import in_union, in_zone
from trucewatch.findings.permissions import related
from trucewatch.findings.ruling import Ruling, facts_of, judge, rule
from trucewatch.findings.settling import concerning
from trucewatch.incidents.leg import Leg

__all__ = ["Answers", "Plan"]

Answers = tuple[tuple[str, Ruling], ...]
"""Each reading with its ruling; a ruling that legs share lacks their reports in its evidence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A clause as each reading has it, and the ground that it asks about."""

    clause: Clause
    context: Context
    """The first reading; what it remembers, all remember."""
    readings: tuple[tuple[Clause, Context], ...]
    undecided: tuple[tuple[Clause, Context], ...]
    """The same without what people decided: legs that are alike share what is judged so."""
    unions: tuple[tuple[tuple[str, ...], Context], ...]
    """Zones that an exception asks for as one ground."""
    zones: tuple[tuple[str, Context], ...]
    """Every zone of the clause and of its exceptions, once for each meaning that it has."""

    @classmethod
    def of(cls, key: str, contexts: Sequence[Context]) -> Self:
        """Return the plan of the clause `key` under these readings, one at least."""
        readings = tuple((context.agreement.clause(key), context) for context in contexts)
        zones = {
            (name, context.signature("zone", name)): (name, context)
            for clause, context in readings
            for one in (clause, *related(clause, context))
            for name in _zones(one)
        }
        undecided = tuple((clause, replace(one, decisions={})) for clause, one in readings)
        unions = {
            (names, *(context.signature("zone", name) for name in names)): (names, context)
            for clause, context in readings
            for one in (clause, *related(clause, context))
            for term in one.exceptions
            if term.enabled
            for names in unions_of(term.condition, context)
        }
        grounds = tuple(unions.values()), tuple(zones.values())
        return cls(*readings[0], readings, undecided, *grounds)

    def answers(self, leg: Leg, likeness: Hashable) -> Answers:
        """Return the ruling of every reading; `likeness` is equal for legs that are alike."""
        ground = tuple([in_zone(leg, name, context) for name, context in self.zones])
        ground += tuple([in_union(leg, names, context) for names, context in self.unions])
        key = ("answers", self.clause.key, likeness, ground)
        alike = self.context.once(key, lambda: self._judged(leg))
        if any(report in self.context.decisions for report in leg.reports):
            return tuple(self._decided(leg, alike))
        return alike

    def _judged(self, leg: Leg) -> Answers:
        """Judge under every reading, as if nobody had decided anything; readings with the same
        elements share one ruling."""
        rulings: dict[Hashable, Ruling] = {}
        found = []
        shared = replace(leg, reports=())
        for clause, context in self.undecided:
            facts = facts_of(leg, clause, context)
            parts = (facts.elements, facts.exceptions, facts.beating, facts.unranked)
            alike = (clause.status, facts.yields, facts.conflicts, *(tuple(map(id, one)) for one in parts))
            if alike not in rulings:
                rulings[alike] = rule(shared, clause, context, facts)
            found.append((context.agreement.reading, rulings[alike]))
        return tuple(found)

    def _decided(self, leg: Leg, alike: Answers) -> Iterator[tuple[str, Ruling]]:
        """Yield the rulings of a leg whose reports decisions cite: what they reach is judged."""
        for (clause, context), (reading, ruling) in zip(self.readings, alike, strict=True):
            judged = (clause, *related(clause, context))
            reached = any(concerning(leg, one.key, context) for one in judged)
            yield reading, judge(leg, clause, context) if reached else ruling


def _zones(clause: Clause) -> tuple[str, ...]:
    own = () if clause.where is None else (clause.where,)
    enabled = (term.condition for term in clause.exceptions if term.enabled)
    return distinct((*own, *(name for condition in enabled for name in zones_of(condition))))
