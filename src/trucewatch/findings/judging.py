"""Every leg under every clause and reading: the tables of findings, elements and duties.

A clause does not speak of a leg whose act, or class of target, it does not name; such a pair makes
no finding. An element that several readings or clauses share is computed once for a leg.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement, Clause, ExceptionTerm, under
from trucewatch.errors import Problem
from trucewatch.findings.answer import distinct
from trucewatch.findings.context import Context, HoldersAt
from trucewatch.findings.duties import duty_table, judge_duties
from trucewatch.findings.elements import ElementValue, act, against, speaks_of, when, where, who
from trucewatch.findings.exceptions import exception, zones_of
from trucewatch.findings.finding import Finding, finding_records
from trucewatch.findings.ground import place_all
from trucewatch.findings.rows import Judged, element_table, finding_table
from trucewatch.findings.ruling import Ruling, judge, rule
from trucewatch.findings.schema import ELEMENT, FINDING
from trucewatch.findings.settling import (
    HERE,
    accepted_claims,
    by_report,
    concerning,
    in_force,
    orphaned,
)
from trucewatch.incidents.decision import decision_records
from trucewatch.incidents.leg import Leg, leg_records
from trucewatch.periods import known_by
from trucewatch.reports.claim import claim_records
from trucewatch.reports.report import ReportTables
from trucewatch.tables import Table

__all__ = ["FindingTables", "judge_all", "judge_legs"]

_Element = Callable[[Leg, Clause, Context], ElementValue]


@dataclass(frozen=True, slots=True)
class FindingTables:
    """What judging says; the same legs, claims and decisions, the same tables, whatever the order.

    Itself it stands for its findings: it has their number, hands them out as records, filters them, and
    any Arrow consumer takes it. `finding`, `element` and `duty` are the tables.
    """

    finding: Table
    element: Table
    duty: Table
    problems: tuple[Problem, ...] = ()
    """Decisions of which no cited report is known."""

    def __len__(self) -> int:
        return len(self.finding)

    def __iter__(self) -> Iterator[Finding]:
        return finding_records(self.finding)

    def filter(self, test: Callable[[Finding], bool]) -> FindingTables:
        """Return the findings for which `test(finding)` holds, with all elements and duties."""
        kept = [place for place, one in enumerate(self) if test(one)]
        return replace(self, finding=self.finding.take(kept))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the findings to any Arrow consumer (PyCapsule protocol)."""
        return self.finding.__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        return self.finding._repr_html_()


def judge_all(
    legs: Table,
    *,
    agreement: Agreement,
    readings: Sequence[str],
    actors: Actors,
    claims: Table,
    holders: HoldersAt | None = None,
    coverage: Table | None = None,
    decisions: Table | None = None,
    reports: ReportTables | None = None,
    known_at: datetime | None = None,
    program_version: str,
) -> FindingTables:
    """Judge every leg and every duty under every reading.

    `agreement` is as loaded, without a reading applied. `claims` may hold more than was known at
    `known_at`: what became known later is left out here. `reports` tells the documents of reports
    (what an incident's own documents say of control does not count for it) and which decisions are
    orphaned; `coverage` is listed with the duties about its zones. UnknownName for a reading that
    the agreement does not have.
    """
    everything = () if decisions is None else decision_records(decisions)
    said = in_force(everything, known_at)
    context = Context(
        agreement=agreement,
        actors=actors,
        claims=claim_records(claims),
        holders=holders,
        known_at=known_at,
        documents=_documents(reports),
        decisions=by_report(said),
        accepted=accepted_claims(said),
        coverage={} if coverage is None else _by_zone(coverage, known_at),
    )
    contexts = [context.under(under(agreement, reading)) for reading in distinct(readings)]
    records = leg_records(legs.sorted("leg_id"))
    known = (
        reports.report.values("report_id")
        if reports
        else [r for leg in records for r in leg.reports]
    )
    with _uncollected():
        finding, element = _laid_out(records, contexts, program_version)
    return FindingTables(
        finding,
        element,
        duty_table(context),
        tuple(orphaned((one for one in everything if one.kind in HERE), known)),
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the collector of reference cycles: none is made here, and it would walk all rulings
    again and again while they grow in number (measured on 20,000 legs: more than half of the
    time)."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _laid_out(
    legs: Sequence[Leg], contexts: Sequence[Context], program_version: str
) -> tuple[Table, Table]:
    """Return the finding and element tables of legs and duties, by subject, clause and reading."""
    judged = [
        *judge_legs(legs, contexts),
        *(one for each in contexts for one in judge_duties(each)),
    ]
    judged.sort(key=lambda one: (one.subject_id, one.clause, one.reading))
    if not judged:
        return Table.empty(FINDING), Table.empty(ELEMENT)
    first = contexts[0]
    finding = finding_table(judged, first.agreement, first.known_at, program_version)
    return finding, element_table(judged)


def _documents(reports: ReportTables | None) -> Mapping[str, str]:
    if reports is None:
        return {}
    table = reports.report
    pairs = zip(table.values("report_id"), table.values("document"), strict=True)
    return {report: document for report, document in pairs if document is not None}


def _by_zone(coverage: Table, known_at: datetime | None) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in coverage.sorted("coverage_id").rows():
        if row["zone"] is not None and known_by(row["known_at"], known_at):
            found.setdefault(row["zone"], []).append(row["coverage_id"])
    return {zone: tuple(ids) for zone, ids in found.items()}


@dataclass(frozen=True, slots=True)
class _Plan:
    """One clause under all readings: each distinct element once, and which of them a reading
    takes."""

    clause: Clause
    context: Context
    makers: tuple[tuple[_Element, Clause, Context], ...]
    readings: tuple[tuple[Clause, Context, tuple[int, ...], tuple[int, ...]], ...]
    """Clause and context, places of the elements and of the exceptions in `makers`."""


def judge_legs(legs: Sequence[Leg], contexts: Sequence[Context]) -> Iterator[Judged]:
    """Yield the ruling of every clause that speaks of a leg, under every context (one per reading).

    The contexts must be readings of one agreement that share their knowledge (`Context.under`).
    """
    clauses = contexts[0].agreement.clauses if contexts else ()
    plans = [_plan(clause.key, contexts) for clause in clauses if clause.kind != "duty"]
    for context in contexts:
        place_all(legs, _zones(context.agreement), context)
    for leg in legs:
        for plan in plans:
            if speaks_of(leg, plan.clause, plan.context):
                yield from _judged(leg, plan)


def _zones(agreement: Agreement) -> tuple[str, ...]:
    return distinct(
        clause.where
        for clause in agreement.clauses
        if clause.where is not None and clause.kind != "duty"
    )


def _plan(key: str, contexts: Sequence[Context]) -> _Plan:
    places: dict[Hashable, int] = {}
    makers: list[tuple[_Element, Clause, Context]] = []
    readings = []
    for context in contexts:
        clause = context.agreement.clause(key)
        taken: list[tuple[int, ...]] = []
        for parts in (_elements(clause, context), _exceptions(clause, context)):
            chosen = []
            for name, make in parts:
                if name not in places:
                    places[name] = len(makers)
                    makers.append((make, clause, context))
                chosen.append(places[name])
            taken.append(tuple(chosen))
        readings.append((clause, context, taken[0], taken[1]))
    first = contexts[0]
    return _Plan(first.agreement.clause(key), first, tuple(makers), tuple(readings))


def _elements(clause: Clause, context: Context) -> Iterator[tuple[Hashable, _Element]]:
    """Yield the elements of the clause, each with a key that is equal where its outcome must be."""
    yield ("who", context.signature("group", clause.who)), who
    yield ("act",), act
    if clause.against is not None:
        yield ("against", context.signature("group", clause.against)), against
    if clause.where is not None:
        yield ("where", context.signature("zone", clause.where)), where
    if clause.when is not None:
        yield ("when", context.signature("phase", clause.when)), when


def _exceptions(clause: Clause, context: Context) -> Iterator[tuple[Hashable, _Element]]:
    for term in clause.exceptions:
        if term.enabled:
            zones = tuple(context.signature("zone", zone) for zone in zones_of(term.condition))
            yield (
                ("exception", term.key, zones, context.signature("phase", term.when)),
                _evaluating(term),
            )


def _evaluating(term: ExceptionTerm) -> _Element:
    return lambda leg, _clause, context: exception(leg, term, context)


def _judged(leg: Leg, plan: _Plan) -> Iterator[Judged]:
    """Yield one clause's rulings; readings with the same elements share one ruling."""
    values = [make(leg, clause, context) for make, clause, context in plan.makers]
    rulings: dict[tuple[int, ...], Ruling] = {}
    decided = any(report in plan.context.decisions for report in leg.reports)
    for clause, context, places, excuses in plan.readings:
        if decided and concerning(leg, clause.key, context):
            ruling = judge(leg, clause, context)
        else:
            alike = (*[id(values[place]) for place in places], *excuses)
            found = rulings.get(alike)
            if found is None:
                elements = [values[place] for place in places]
                found = rule(leg, clause, context, elements, [values[place] for place in excuses])
                rulings[alike] = found
            ruling = found
        yield Judged(
            "leg", leg.leg_id, leg.incident_id, clause.key, context.agreement.reading, ruling
        )
