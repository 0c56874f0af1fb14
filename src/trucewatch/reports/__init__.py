"""What single sources say: written rows, resolved into reports and claims; who is independent."""

from trucewatch.reports.claim import Claim, claim_records, claim_table
from trucewatch.reports.independence import (
    independent_origins,
    is_partisan,
    origin_of,
    owner_of,
    strength_of,
)
from trucewatch.reports.knowing import MODES, known_from, known_tables
from trucewatch.reports.report import Casualty, Circumstance, Report, ReportParty, ReportTables
from trucewatch.reports.resolve import resolve_reports
from trucewatch.reports.resolved import EvidenceRef, Mention, Noted, Resolved
from trucewatch.reports.source import Knowledge, Source
from trucewatch.reports.unresolved import UNRESOLVED, list_unresolved
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS, Written

__all__ = [
    "CLAIM_COLUMNS",
    "MODES",
    "REPORT_COLUMNS",
    "UNRESOLVED",
    "Casualty",
    "Circumstance",
    "Claim",
    "EvidenceRef",
    "Knowledge",
    "Mention",
    "Noted",
    "Report",
    "ReportParty",
    "ReportTables",
    "Resolved",
    "Source",
    "Written",
    "claim_records",
    "claim_table",
    "independent_origins",
    "is_partisan",
    "known_from",
    "known_tables",
    "list_unresolved",
    "origin_of",
    "owner_of",
    "resolve_reports",
    "strength_of",
]
