"""The stages in order, readable as a list: evidence and decisions in, findings out.

`run` is a function: the same inputs, the same `known_at` and the same version give the same result,
whatever the order of rows. It reads no clock, no file and no network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement
from trucewatch.control import Holders, fights_of, lay_out_control
from trucewatch.errors import Problem
from trucewatch.findings import FindingTables, LostGround, Unit, judge_all, with_erased
from trucewatch.findings.settling import accepted_claims, in_force
from trucewatch.incidents import SPACE_TIME_ACTOR_0, Linked, Weights, decision_records, link
from trucewatch.incidents.trained import Trained
from trucewatch.places import Gazetteer, fineness
from trucewatch.reports import EvidenceRef, Resolved, Source, Written, known_tables, resolve_reports
from trucewatch.tables import Table

__all__ = ["Inputs", "Result", "holders_of", "judged", "run", "units_for"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a run depends on, besides `known_at` and the readings."""

    written: tuple[tuple[EvidenceRef, Written], ...]
    sources: Mapping[str, Source]
    actors: Actors
    gazetteer: Gazetteer
    agreement: Agreement
    decisions: Table
    zone: ZoneInfo
    mode: str
    key: bytes | None = None
    erased: tuple[LostGround, ...] = ()
    """The findings that evidence stood behind which was erased since."""
    linking: Weights | Trained = SPACE_TIME_ACTOR_0


@dataclass(frozen=True, slots=True)
class Result:
    """What one run says, as tables."""

    known_at: datetime | None
    readings: tuple[str, ...]
    resolved: Resolved
    linked: Linked
    holding: Table
    findings: FindingTables
    problems: tuple[Problem, ...]

    @property
    def reports(self) -> Table:
        """The reports known (schema REPORT)."""
        return self.resolved.tables.report

    @property
    def claims(self) -> Table:
        """The claims known (schema CLAIM)."""
        return self.resolved.claims

    @property
    def incidents(self) -> Table:
        """What happened, reconciled (schema INCIDENT)."""
        return self.linked.incident

    @property
    def legs(self) -> Table:
        """What is judged (schema LEG)."""
        return self.linked.leg


def run(
    inputs: Inputs, *, known_at: datetime | None, readings: Sequence[str], program_version: str
) -> Result:
    """Run every stage on what was known at `known_at` (None: on everything)."""
    everything = resolve_reports(
        inputs.written,
        sources=inputs.sources,
        actors=inputs.actors,
        gazetteer=inputs.gazetteer,
        zone=inputs.zone,
        mode=inputs.mode,
        key=inputs.key,
    )
    resolved = known_tables(everything, known_at)
    linked = link(
        resolved.tables, inputs.decisions, actors=inputs.actors, sources=inputs.sources, weights=inputs.linking
    )
    day_from, day_to = _span(linked.leg)
    holders = holders_of(inputs, resolved.claims, linked.leg, known_at)
    holding = lay_out_control(holders, day_from=day_from, day_to=day_to)
    findings = judged(inputs, resolved, linked.leg, holders, readings, known_at, program_version)
    findings = with_erased(
        findings, inputs.erased, readings=readings, agreement=inputs.agreement.version,
        program=program_version, known_at=known_at,
    )
    problems = (*resolved.problems, *linked.problems, *holders.problems, *findings.problems)
    return Result(known_at, tuple(readings), resolved, linked, holding, findings, tuple(problems))


def judged(
    inputs: Inputs, resolved: Resolved, legs: Table, holders: Holders, readings: Sequence[str], known_at: datetime | None, program_version: str
) -> FindingTables:
    """Return what legs (schema LEG) give when ground is held as `holders` say: all of a run, or some of them anew."""
    return judge_all(
        legs,
        agreement=inputs.agreement,
        readings=tuple(readings),
        actors=inputs.actors,
        claims=resolved.claims,
        coverage=resolved.coverage,
        holders=holders,
        decisions=inputs.decisions,
        reports=resolved.tables,
        sources=inputs.sources,
        units=units_for(inputs.agreement, inputs.gazetteer),
        known_at=known_at,
        program_version=program_version,
    )


def holders_of(
    inputs: Inputs, claims: Table, legs: Table, known_at: datetime | None, more_sources: Mapping[str, Source] | None = None
) -> Holders:
    """Return who held what, as judging asks it: by the claims known, those that people accepted, and fights."""
    accepted = accepted_claims(in_force(decision_records(inputs.decisions), known_at))
    return Holders(
        claims, inputs.gazetteer, inputs.zone, known_at, sources={**inputs.sources, **(more_sources or {})}, accepted=accepted,
        fights=fights_of(legs, inputs.zone),
    )


def units_for(agreement: Agreement, gazetteer: Gazetteer) -> Mapping[str, Unit] | None:
    """Return the level of each place and what it belongs to, where a zone of the agreement asks for it."""
    if not any(one.kind == "admin" for one in agreement.zones.values()):
        return None
    places = gazetteer.places.items()
    return {key: Unit(fineness(one), gazetteer.parents(key)) for key, one in places}


def _span(leg: Table) -> tuple[datetime | None, datetime | None]:
    """Return the days over which control is laid out: those of the legs, at most about three months."""
    starts = [value for value in leg.values("occurred_from") if value is not None]
    ends = [value for value in leg.values("occurred_to") if value is not None]
    if not starts or not ends:
        return None, None
    last = max(ends)
    return max(min(starts), last - timedelta(days=92)), last
