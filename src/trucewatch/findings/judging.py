"""Every leg under every clause and reading: the tables of findings, elements and duties.

A clause does not speak of a leg whose act, or class of target, it does not name; such a pair makes
no finding. Legs that are alike share their rulings: only ids and evidence are told apart.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from trucewatch.actors import Actors
from trucewatch.agreement import JUDGED, Agreement, under
from trucewatch.errors import Problem
from trucewatch.findings.answer import distinct
from trucewatch.findings.context import Context, HoldersAt
from trucewatch.findings.coverage import by_ground
from trucewatch.findings.determined import determinations
from trucewatch.findings.duties import JudgedDuty, duty_table, judge_duties
from trucewatch.findings.elements import speaks_of
from trucewatch.findings.finding import Finding, finding_records
from trucewatch.findings.ground import place_all
from trucewatch.findings.likeness import Likeness
from trucewatch.findings.plans import Plan
from trucewatch.findings.rows import Judged, tables_of
from trucewatch.findings.schema import ELEMENT, FINDING
from trucewatch.findings.settling import HERE, accepted_claims, by_report, in_force, orphaned
from trucewatch.findings.sightings import presences
from trucewatch.findings.units import Unit
from trucewatch.incidents.decision import decision_records
from trucewatch.incidents.leg import Leg, leg_records
from trucewatch.reports.claim import claim_records
from trucewatch.reports.report import ReportTables
from trucewatch.reports.source import Source
from trucewatch.tables import Table

__all__ = ["FindingTables", "judge_all", "judge_legs"]

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
    sources: Mapping[str, Source] | None = None,
    units: Mapping[str, Unit] | None = None,
    known_at: datetime | None = None,
    program_version: str,
) -> FindingTables:
    """Judge every leg and every duty under every reading.

    `agreement` is as loaded, without a reading applied. `claims` may hold more than was known at
    `known_at`: what became known later is left out here. `reports` tells the documents of reports
    (what an incident's own documents say of control does not count for it) and which decisions are
    orphaned; `coverage` says who could look where, `sources` whose word is no side's, both for duties;
    `units` tells what each place belongs to, for zones that are administrative units.
    UnknownName for a reading that the agreement does not have.
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
        coverage=by_ground(coverage, known_at),
        sources=sources,
        units=units,
    )
    with _uncollected():
        records = leg_records(legs.sorted("leg_id"))
        known = (
            reports.report.values("report_id")
            if reports
            else [report for leg in records for report in leg.reports]
        )
        context = replace(
            context, presences=presences(records),
            about_duties=determinations(said, agreement, known),
        )
        contexts = [context.under(under(agreement, reading)) for reading in distinct(readings)]
        finding, element = _laid_out(records, contexts, program_version)
    return FindingTables(
        finding,
        element,
        duty_table(context, *contexts),
        tuple(orphaned((one for one in everything if one.kind in HERE), known)),
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the collector of reference cycles: none is made here, and it would walk all that the
    stages before have made, again and again (measured on 20,000 legs: a fifth of the time)."""
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
    _place(legs, contexts)
    duties = (one for each in contexts for one in judge_duties(each))
    judged = [*judge_legs(legs, contexts), *map(_of_duty, duties)]
    if not judged:
        return Table.empty(FINDING), Table.empty(ELEMENT)
    return tables_of(judged, contexts[0].agreement, contexts[0].known_at, program_version)


def _of_duty(one: JudgedDuty) -> Judged:
    return Judged("duty", one.subject_id, None, one.clause, (), ((one.reading, one.ruling),))


def _documents(reports: ReportTables | None) -> Mapping[str, str]:
    if reports is None:
        return {}
    table = reports.report
    pairs = zip(table.values("report_id"), table.values("document"), strict=True)
    return {report: document for report, document in pairs if document is not None}


def judge_legs(legs: Iterable[Leg], contexts: Sequence[Context]) -> Iterator[Judged]:
    """Yield what every clause that speaks of a leg says of it under every context (one per
    reading).

    The contexts must be readings of one agreement that share their knowledge (`Context.under`).
    """
    if not contexts:
        return
    first, comparing = contexts[0], Likeness.under(contexts)
    judged = [clause for clause in first.agreement.clauses if clause.kind in JUDGED]
    plans = [Plan.of(clause.key, contexts) for clause in judged]
    for leg in legs:
        likeness = comparing.of(leg)
        for plan in plans:
            if speaks_of(leg, plan.clause, first):
                answers = plan.answers(leg, likeness)
                yield Judged(
                    "leg", leg.leg_id, leg.incident_id, plan.clause.key, leg.reports, answers
                )


def _place(legs: Sequence[Leg], contexts: Sequence[Context]) -> None:
    """Place all legs in the drawn zones of all readings."""
    for context in contexts:
        clauses = (one for one in context.agreement.clauses if one.acts)
        place_all(legs, distinct(one.where for one in clauses if one.where is not None), context)
