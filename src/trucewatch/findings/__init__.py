"""Findings: every leg and duty under every clause and reading, with the reasons."""

from trucewatch.findings.answer import Answer
from trucewatch.findings.changes import changed_findings, finding_changes, incident_correspondence
from trucewatch.findings.context import Context, HoldersAt
from trucewatch.findings.counts import by_party, by_reading_and_verdict, undetermined_by_reason
from trucewatch.findings.elements import ElementValue
from trucewatch.findings.erased import LostGround, with_erased
from trucewatch.findings.examples import ExampleResult, leg_of, run_examples
from trucewatch.findings.explanation import Explanation, explain_finding
from trucewatch.findings.finding import Finding, finding_records
from trucewatch.findings.judging import FindingTables, judge_all
from trucewatch.findings.questions import ranked_questions
from trucewatch.findings.ruling import Missing, Ruling, judge
from trucewatch.findings.units import Unit

__all__ = [
    "Answer",
    "Context",
    "ElementValue",
    "ExampleResult",
    "Explanation",
    "Finding",
    "FindingTables",
    "HoldersAt",
    "LostGround",
    "Missing",
    "Ruling",
    "Unit",
    "by_party",
    "by_reading_and_verdict",
    "changed_findings",
    "explain_finding",
    "finding_changes",
    "finding_records",
    "incident_correspondence",
    "judge",
    "judge_all",
    "leg_of",
    "ranked_questions",
    "run_examples",
    "undetermined_by_reason",
    "with_erased",
]
