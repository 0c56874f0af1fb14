"""Results become what an audience may see: the only way any output gets rows."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from trucewatch.actors import Actors
from trucewatch.agreement import Agreement
from trucewatch.findings import FindingTables
from trucewatch.incidents import Linked
from trucewatch.places import Gazetteer
from trucewatch.release.beside import Beside
from trucewatch.release.claims import (
    about_who,
    points_at_nobody,
    released_claim,
    released_coverage,
)
from trucewatch.release.coarsening import coarsened
from trucewatch.release.findings import elements_by_finding, released_duty, released_finding
from trucewatch.release.holding import Holds
from trucewatch.release.incidents import released_incident, spot_of
from trucewatch.release.policy import Policy
from trucewatch.release.records import (
    Released,
    ReleasedClaim,
    ReleasedFinding,
    ReleasedIncident,
    ReleasedReport,
    Saying,
    Withheld,
)
from trucewatch.release.reports import is_open, released_report
from trucewatch.release.zones import Outcomes
from trucewatch.reports import Report, Resolved, claim_records
from trucewatch.tables import Table

__all__ = ["Stages", "released"]


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """What a run gives, and what its words mean."""

    known_at: datetime | None
    readings: tuple[str, ...]
    resolved: Resolved
    linked: Linked
    findings: FindingTables
    actors: Actors
    gazetteer: Gazetteer
    agreement: Agreement
    decisions: Table | None = None
    """Those in force then; what is held is asked of those in force now."""


def released(stages: Stages, policy: Policy, decisions: Table) -> Released:
    """Return what the policy's audience may see, in order of ids; what is left out is counted."""
    desk = _Desk(stages, policy, Holds(decisions, policy.four_eyes))
    reports, incidents, claims = desk.reports(), desk.incidents(), desk.claims()
    findings = desk.findings()
    incidents = tuple(
        replace(one, findings_withheld=one.incident_id in desk.left.about) for one in incidents
    )
    shown = {one.incident_id for one in incidents}
    known = Counter(stages.resolved.unresolved.values("kind"))
    versions = stages.findings.finding.values("program_version")
    return Released(
        policy=policy,
        known_at=stages.known_at,
        readings=stages.readings,
        incidents=incidents,
        reports=tuple(
            one for one in reports if one.incident_id is None or one.incident_id in shown
        ),
        findings=findings,
        claims=claims,
        coverage=tuple(
            released_coverage(row, policy, stages.actors)
            for row in stages.resolved.coverage.sorted("coverage_id")
            if row["coverage_id"] in desk.open_claims
        ),
        duties=tuple(
            released_duty(row, policy, desk.open_claims, number=desk.numbers[row["duty_id"]])
            for row in stages.findings.duty.sorted("clause", "duty_id")
        ),
        withheld=desk.withheld(),
        unresolved=tuple(sorted(known.items())),
        agreement_version=stages.agreement.version,
        program_version=versions[0] if versions else None,
    )


@dataclass(slots=True)
class _Left:
    """What was left out so far."""

    incidents: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    about: set[str | None] = field(default_factory=set)
    """Incidents about which a finding is left out."""


class _Desk:
    """One release in the making: reports before incidents before findings."""

    def __init__(self, stages: Stages, policy: Policy, holds: Holds) -> None:
        self.stages, self.policy, self.holds = stages, policy, holds
        self.beside = Beside(stages.decisions)
        self.left = _Left()
        self.records: dict[str, Report] = {
            one.report_id: one for one in stages.resolved.tables.records()
        }
        self.said = claim_records(stages.resolved.claims)
        self.members = _members(stages.linked.incident_report)
        self.open_claims = {one.claim_id for one in self.said if is_open(one.sensitivity, policy)}
        self.open_reports: dict[str, ReleasedReport] = {}
        self.shown: set[str] = set()
        self.numbers = {
            **_numbered(stages.linked.leg, "incident_id", "leg_id"),
            **_numbered(stages.findings.duty, "clause", "duty_id"),
        }

    def reports(self) -> tuple[ReleasedReport, ...]:
        """Return the reports that may be listed."""
        homes = {report: incident for incident, ids in self.members.items() for report in ids}
        for report_id, report in sorted(self.records.items()):
            if is_open(report.sensitivity, self.policy):
                self.open_reports[report_id] = released_report(report, self.policy, homes)
        return tuple(self.open_reports.values())

    def incidents(self) -> tuple[ReleasedIncident, ...]:
        """Return the incidents that an open report tells of and that nobody holds back."""
        found = []
        for row in self.stages.linked.incident.sorted("incident_id"):
            ids = self.members.get(row["incident_id"], ())
            shown = [self.open_reports[one] for one in ids if one in self.open_reports]
            if not shown or self._held_whole(ids):
                self.left.incidents += 1
                continue
            self.shown.add(row["incident_id"])
            members = [self.records[one] for one in ids if one in self.records]
            found.append(released_incident(row, members, shown, self.policy, self.stages.gazetteer))
        return tuple(found)

    def _held_whole(self, reports: Collection[str]) -> bool:
        return not self.policy.internal and self.holds.incident(reports)

    def claims(self) -> tuple[ReleasedClaim, ...]:
        """Return the claims that may be listed; who did it is no subject where parties are withheld."""
        return tuple(
            released_claim(one, self.policy, self.stages.actors)
            for one in self.said
            if one.claim_id in self.open_claims
            and (self.policy.names_candidates or not about_who(one))
        )

    def findings(self) -> tuple[ReleasedFinding, ...]:
        """Return the findings about what is shown, less those held back."""
        elements = elements_by_finding(self.stages.findings.element)
        legs = {row["leg_id"]: row for row in self.stages.linked.leg.rows()}
        outcomes = Outcomes(self.stages.agreement)
        claims, reports = self.claims(), self.open_reports.keys()
        every = reports | {one.claim_id for one in claims}
        silent = reports | {one.claim_id for one in claims if points_at_nobody(one)}
        found = []
        for row in self.stages.findings.finding.sorted("finding_id"):
            about = elements.get((row["subject_id"], row["clause"], row["reading"]), ())
            held = self._held(row)
            cause = self._left_out(row, legs.get(row["subject_id"]), outcomes, held=held)
            if cause is not None:
                self.left.findings[cause] += 1
                self.left.about.add(row["incident_id"])
                continue
            number = self.numbers.get(row["subject_id"], 0)
            evidence = every if self.policy.names_bearer(row["attribution"]) else silent
            told = released_finding(row, about, self.policy, evidence, number=number, held=held)
            found.append(replace(told, beside=self._beside(row)))
        return tuple(found)

    def _held(self, row: Mapping[str, Any]) -> bool:
        if row["subject_kind"] == "duty":
            evidence = json.loads(row["evidence"])
            return self.holds.duty(row["subject_id"], evidence, row["reading"], row["verdict"])
        behind = self._reports_behind(row)
        return self.holds.finding(behind, row["clause"], row["reading"], row["verdict"])

    def _beside(self, row: Mapping[str, Any]) -> tuple[Saying, ...]:
        named = self.policy.names_bearer(row["attribution"])
        behind = self._reports_behind(row)
        return self.beside.finding(behind, row["clause"], row["reading"], self.policy, named=named)

    def _reports_behind(self, row: Mapping[str, Any]) -> Collection[str]:
        return self.members.get(row["incident_id"] or "", ())

    def _left_out(
        self,
        row: Mapping[str, Any],
        leg: Mapping[str, Any] | None,
        outcomes: Outcomes,
        *,
        held: bool,
    ) -> str | None:
        """Return why the audience does not see a finding; None if it does."""
        if self.policy.internal:
            return None
        if row["incident_id"] is not None and row["incident_id"] not in self.shown:
            return "held" if held else "sensitive"
        if held:
            return "held"
        if leg is not None:
            exact = spot_of(leg)
            if outcomes.tell_more(row["clause"], exact, coarsened(exact, self.policy.finest_m)):
                return "coarsened"
        return None

    def withheld(self) -> Withheld:
        """Return how much was left out; to be asked last."""
        return Withheld(
            reports=len(self.records) - len(self.open_reports),
            claims=len(self.said) - len(self.open_claims),
            incidents=self.left.incidents,
            findings_held=self.left.findings["held"],
            findings_sensitive=self.left.findings["sensitive"],
            findings_coarsened=self.left.findings["coarsened"],
        )


def _members(incident_report: Table) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in incident_report.sorted("incident_id", "report_id"):
        found[row["incident_id"]].append(row["report_id"])
    return {incident: tuple(ids) for incident, ids in found.items()}


def _numbered(table: Table, home: str, key: str) -> dict[str, int]:
    """Number the rows of each `home` from 1, in order of their `key`."""
    seen: Counter[str] = Counter()
    numbers = {}
    for row in table.sorted(home, key):
        seen[row[home]] += 1
        numbers[row[key]] = seen[row[home]]
    return numbers
