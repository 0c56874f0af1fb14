"""The examples beside the clauses, judged with the claims of a case, and what they would notice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.errors import nearest
from trucewatch.findings import ExampleResult, run_examples
from trucewatch.findings.mutation import mutation
from trucewatch.pipeline import units_for
from trucewatch.reports import Claim, EvidenceRef, Written, claim_records, resolve_reports

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["example_results", "example_rows", "mutation_rows"]


def example_rows(case: Case, claims: Path | None = None) -> list[dict[str, Any]]:
    """Return one row per example: clause, line, say, reading, expected, found, passed.

    The claims are those of the case, or those of the CSV file `claims` instead; while nothing is
    recorded, those of the files that case.toml lists as its input.
    """
    results = example_results(case, claims)
    return [
        {"clause": one.clause, "line": one.line, "say": one.say, "reading": one.reading,
         "expected": one.expected, "found": one.found, "passed": one.passed}
        for one in results
    ]


def example_results(case: Case, claims: Path | None = None) -> tuple[ExampleResult, ...]:
    """Return the results of all examples, with the claims as for `example_rows`."""
    files = case.files()
    return run_examples(
        files.agreement, actors=files.actors, claims=_claims(case, claims),
        units=units_for(files.agreement, files.gazetteer),
    )


def mutation_rows(
    case: Case, claims: Path | None = None, progress: Callable[[int], None] = lambda _: None
) -> list[dict[str, Any]]:
    """Return one row per mutant of the agreement: mutant, section, term, noticed_by, explained,
    missing, advice, broken (why the changed agreement cannot be judged: such a one does not
    count); and one for each explanation of a mutant that there is not (`stale`)."""
    files = case.files()
    tried = list(mutation(
        files.agreement, actors=files.actors, claims=_claims(case, claims),
        units=units_for(files.agreement, files.gazetteer), progress=progress,
    ))
    names = {one.name for one in tried}
    rows = [
        {"mutant": one.name, "section": one.section, "term": one.term, "noticed_by": one.by,
         "explained": one.explained, "missing": one.missing, "stale": False, "broken": one.broken,
         "advice": one.advice if one.missing else ""}
        for one in tried
    ]
    stale = [one for one in files.agreement.unnoticed if one not in names]
    return rows + [
        {"mutant": one, "section": "unnoticed", "term": one, "noticed_by": None,
         "explained": files.agreement.unnoticed[one], "missing": False, "stale": True, "broken": None,
         "advice": f"there is no such change any more; nearest: {nearest(one, sorted(names)) or 'none'}"}
        for one in stale
    ]


def _claims(case: Case, claims: Path | None) -> tuple[Claim, ...]:
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
    return claim_records(resolved.claims)


def _rows_of(case: Case, claims: Path) -> tuple[tuple[EvidenceRef, Written], ...]:
    parsed = case.preview(claims)
    ref = EvidenceRef("e-examples", claims.name, case.present(), "table")
    return tuple((ref, row) for row in parsed.rows)
