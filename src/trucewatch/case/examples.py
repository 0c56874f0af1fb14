"""The examples beside the clauses, judged with the window and acceptance claims of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.findings import run_examples
from trucewatch.pipeline import units_for
from trucewatch.reports import EvidenceRef, Written, claim_records, resolve_reports

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["example_rows"]


def example_rows(case: Case, claims: Path | None = None) -> list[dict[str, Any]]:
    """Return one row per example: clause, line, say, reading, expected, found, passed.

    The claims are those of the case, or those of the CSV file `claims` instead; while nothing is
    recorded, those of the files that case.toml lists as its input.
    """
    files = case.files()
    known = case.rows()[0] if claims is None else _rows_of(case, claims)
    if claims is None and not known:
        listed = [case.root / one.file for one in case.settings.inputs if one.adapter == "table"]
        known = tuple(row for path in listed if path.is_file() for row in _rows_of(case, path))
    resolved = resolve_reports(
        tuple((ref, row) for ref, row in known if row.kind == "claim"),
        sources=files.settings.sources, actors=files.actors, gazetteer=files.gazetteer,
        zone=files.settings.zone, mode=files.settings.mode,
    )
    results = run_examples(
        files.agreement, actors=files.actors, claims=claim_records(resolved.claims),
        units=units_for(files.agreement, files.gazetteer),
    )
    return [
        {"clause": one.clause, "line": one.line, "say": one.say, "reading": one.reading,
         "expected": one.expected, "found": one.found, "passed": one.passed}
        for one in results
    ]


def _rows_of(case: Case, claims: Path) -> tuple[tuple[EvidenceRef, Written], ...]:
    parsed = case.preview(claims)
    ref = EvidenceRef("e-examples", claims.name, case.present(), "table")
    return tuple((ref, row) for row in parsed.rows)
