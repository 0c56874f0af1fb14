"""The whole way back: finding → elements → leg → incident → reports → chain and locator → the cells as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from trucewatch.case.held_ground import asks_who_held, ground_of
from trucewatch.case.listing import (
    claim_rows,
    finding_rows,
    incident_rows,
    opened_rows,
    report_rows,
)
from trucewatch.errors import UnknownName
from trucewatch.findings import explain_finding
from trucewatch.identifiers import KINDS
from trucewatch.incidents import decision_records
from trucewatch.pipeline import Inputs, Result, holders_of

__all__ = ["Explainer"]

Tree = dict[str, Any]


class Explainer:
    """The rows of one result by id, ready to be followed back to the inputs it was made from."""

    def __init__(self, result: Result, inputs: Inputs) -> None:
        self.result, self.inputs = result, inputs
        self.findings = {row["finding_id"]: row for row in finding_rows(result)}
        self.incidents = {row["incident_id"]: row for row in incident_rows(result)}
        self.legs = {row["leg_id"]: row for row in opened_rows(result.linked.leg)}
        self.reports = {row["report_id"]: row for row in report_rows(result)}
        self.claims = {row["claim_id"]: row for row in claim_rows(result)}
        self.duties = {row["duty_id"]: row for row in opened_rows(result.findings.duty)}
        self.clauses = {clause.key: clause for clause in inputs.agreement.clauses}
        self.cells = {(ref.evidence_id, row.locator): (ref.place, dict(row.raw)) for ref, row in inputs.written}
        self.said = decision_records(inputs.decisions)
        self.membership: dict[str, dict[str, Tree]] = {}
        for row in opened_rows(result.linked.incident_report):
            self.membership.setdefault(row["incident_id"], {})[row["report_id"]] = row

    def explain(self, wanted: str) -> Tree:
        """Return what stands behind an id as a tree of plain values; UnknownName if nothing has it.

        Keys: `kind`, `id`, the row itself, and under `finding`, `control` (who held the ground, and why), `leg`,
        `incident`, `reports`, `claims` what it rests on, down to `cells` (as the source wrote them), `file` and `locator`. The id of an
        incident that was renamed since leads to the one that now holds its founder report.
        """
        kind = KINDS.get(wanted.partition("-")[0])
        explain = {
            "finding": self.finding, "leg": self.leg, "incident": self.incident, "report": self.report,
            "claim": self.claim, "duty": self.duty,
        }.get(kind or "")
        found = explain(wanted) if explain else None
        if found is None:
            raise UnknownName(wanted, place="explain", known=self.names())
        return {"kind": kind, "id": wanted, **found}

    def names(self) -> list[str]:
        """Return every id that can be explained."""
        return [*self.findings, *self.incidents, *self.legs, *self.reports, *self.claims, *self.duties]

    def finding(self, wanted: str) -> Tree | None:
        """Return a finding with its explanation, term, and what its subject rests on."""
        row = self.findings.get(wanted)
        if row is None:
            return None
        told = asdict(explain_finding(self.result.findings, wanted))
        rest = self.leg(row["subject_id"]) if row["subject_kind"] == "leg" else self.duty(row["subject_id"])
        return {
            "finding": row, "explanation": told, "said": self._said(row), "term": self._term(row["clause"]),
            **self._ground(row), **(rest or {}),
        }

    def _said(self, row: Mapping[str, Any]) -> list[Tree]:
        """Return the opinions, replies and other decisions about the happening of a finding, in order of recording."""
        behind = set(self.incidents[row["incident_id"]]["report_ids"]) if row["incident_id"] in self.incidents else set()
        return [
            asdict(one)
            for one in self.said
            if behind & set(one.reports)
            and one.clause in (None, row["clause"])
            and one.reading in (None, row["reading"])
        ]

    def _ground(self, finding: Tree) -> Tree:
        """Return who held the ground, where the term asks for it of a leg."""
        leg = self.legs.get(finding["subject_id"])  # none where the evidence of its happening was erased
        if leg is None or not asks_who_held(self.inputs.agreement, finding["clause"]):
            return {}
        holders = holders_of(self.inputs, self.result.claims, self.result.linked.leg, self.result.known_at)
        documents = {name: row["document"] for name, row in self.reports.items()}
        return {"control": ground_of(holders, leg, documents)}

    def leg(self, wanted: str) -> Tree | None:
        """Return a leg with its incident."""
        row = self.legs.get(wanted)
        return None if row is None else {"leg": row, **(self.incident(row["incident_id"]) or {})}

    def incident(self, wanted: str) -> Tree | None:
        """Return an incident with its reports."""
        row = self.incidents.get(wanted) or self._renamed(wanted)
        if row is None:
            return None
        why = self.membership.get(row["incident_id"], {})
        members = [self._report(name) | {"membership": why.get(name)} for name in row["report_ids"]]
        return {"incident": row, "reports": members}

    def _renamed(self, wanted: str) -> Tree | None:
        """Return the incident that now holds the report which founded `wanted`."""
        founder = "r-" + wanted.partition("-")[2]
        return next((row for row in self.incidents.values() if founder in row["report_ids"]), None)

    def report(self, wanted: str) -> Tree | None:
        """Return a report with its cells and the incident that holds it."""
        if wanted not in self.reports:
            return None
        home = next((row["incident_id"] for row in self.incidents.values() if wanted in row["report_ids"]), None)
        return {"reports": [self._report(wanted)], "incident_id": home}

    def claim(self, wanted: str) -> Tree | None:
        """Return a claim with its cells."""
        return None if wanted not in self.claims else {"claims": [self._claim(wanted)]}

    def duty(self, wanted: str) -> Tree | None:
        """Return a duty with its term and all claims about it."""
        row = self.duties.get(wanted)
        if row is None:
            return None
        claims = [self._claim(one) for one in row["claims"] or () if one in self.claims]
        return {"duty": row, "term": self._term(row["clause"]), "claims": claims}

    def _report(self, wanted: str) -> Tree:
        return self.reports[wanted] | self._source_of(self.reports[wanted])

    def _claim(self, wanted: str) -> Tree:
        return self.claims[wanted] | self._source_of(self.claims[wanted])

    def _source_of(self, row: Mapping[str, Any]) -> Tree:
        file, cells = self.cells.get((row["evidence"], row["locator"]), (None, {}))
        return {"file": file, "cells": {name: value for name, value in cells.items() if value}}

    def _term(self, key: str) -> Tree:
        clause = self.clauses[key]
        cite = clause.cite
        return {
            "clause": key, "text": cite.text if cite else None, "at": cite.at if cite else None,
            "quotes": list(cite.quotes) if cite else [], "status": clause.status,
        }

