"""`trucewatch run` and the lists it gives: findings, incidents, reports, claims, review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from trucewatch.cli.common import (
    CaseOption,
    Format,
    FormatOption,
    JsonOption,
    KnownAt,
    Reading,
    opened,
    spoken,
)
from trucewatch.cli.output import prose, say_problems, write_json, write_rows
from trucewatch.errors import UnknownName

if TYPE_CHECKING:
    from trucewatch.case import Case
    from trucewatch.pipeline import Result

__all__ = ["Near", "list_incidents", "register"]

Near = Annotated[str | None, typer.Option("--near", help="LAT,LON,KM: what may lie within that distance.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (run, findings, reports, claims, review):
        app.command(command.__name__)(spoken(command))


def run(
    ctx: typer.Context,
    known_at: KnownAt = None,
    reading: Reading = None,
    engine: Annotated[str, typer.Option("--engine", help="Where counting runs.")] = "duckdb",
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """Compute the case: reports, incidents, control, findings."""
    from trucewatch.case.summary import paste_lines, summary_lines, summary_rows

    with opened(ctx, case) as found:
        result = found.run(known_at, readings=reading)
        if as_json:
            write_json("run", case=found.settings.key, known_at=result.known_at,
                       rows=summary_rows(result, engine=engine), problems=result.problems)
            return
        for line in (*summary_lines(found, result, engine=engine), *paste_lines(result)):
            prose.print(escape(line))
        say_problems([one for one in result.problems if one.severity != "unresolved"], limit=5)


def _show(
    found: Case, result: Result, name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], shape: Format
) -> None:
    from trucewatch.case.listing import COLUMNS

    if shape is Format.JSON:
        write_json(name, case=found.settings.key, known_at=result.known_at, rows=rows, problems=result.problems)
    else:
        as_csv = shape is Format.CSV
        write_rows(rows, COLUMNS.get(name, columns) if as_csv else columns, as_csv=as_csv)
        prose.print(f"{len(rows)} {name}")


def _shape(shape: Format, as_json: bool) -> Format:
    return Format.JSON if as_json else shape


def findings(
    ctx: typer.Context,
    start: Annotated[str | None, typer.Option("--from", help="Day or instant, included.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Day or instant; a day is included.")] = None,
    clause: Annotated[str | None, typer.Option("--clause")] = None,
    verdict: Annotated[str | None, typer.Option("--verdict")] = None,
    reading: Reading = None,
    near: Near = None,
    known_at: KnownAt = None,
    shape: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """List findings: the answer of each clause about each leg and duty."""
    from trucewatch.case.listing import Span, finding_rows, select

    with opened(ctx, case) as found:
        result = found.run(known_at, readings=reading)
        span = Span.read(start, end, near, found.settings.zone)
        clauses = [one.key for one in found.files(result.known_at).agreement.clauses]
        if clause is not None and clause not in clauses:
            raise UnknownName(clause, place="--clause", known=clauses)
        rows = select(finding_rows(result), span, clause=clause, verdict=verdict)
        _show(found, result, "findings", rows, ("finding_id", "occurred_from", "place", "clause", "reading", "verdict", "provisional", "reason"),
              _shape(shape, as_json))


def list_incidents(
    ctx: typer.Context, start: str | None, end: str | None, near: str | None, known_at: str | None,
    shape: Format, *, as_json: bool, case: Path | None,
) -> None:  # fmt: skip
    """Print the incidents of a case."""
    from trucewatch.case.listing import Span, incident_rows, select

    with opened(ctx, case) as found:
        result = found.run(known_at)
        rows = select(incident_rows(result), Span.read(start, end, near, found.settings.zone))
        _show(found, result, "incidents", rows,
              ("incident_id", "occurred_from", "place_written", "act", "deaths_low", "deaths_high", "reports", "independent_origins", "disputed"),
              _shape(shape, as_json))


def reports(
    ctx: typer.Context,
    start: Annotated[str | None, typer.Option("--from", help="Day or instant, included.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Day or instant; a day is included.")] = None,
    near: Near = None,
    known_at: KnownAt = None,
    shape: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """List reports: what each source says."""
    from trucewatch.case.listing import Span, report_rows, select

    with opened(ctx, case) as found:
        result = found.run(known_at)
        rows = select(report_rows(result), Span.read(start, end, near, found.settings.zone))
        _show(found, result, "reports", rows, ("report_id", "source", "origin", "occurred_from", "place_written", "act", "locator"),
              _shape(shape, as_json))


def claims(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Option("--kind", help="window, aggregate, duty, control …")] = None,
    known_at: KnownAt = None,
    shape: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """List claims: statements with an asserter, side by side."""
    from trucewatch.case.listing import claim_rows
    from trucewatch.reports.schema import CLAIM_KINDS

    with opened(ctx, case) as found:
        result = found.run(known_at)
        if kind is not None and kind not in CLAIM_KINDS:
            raise UnknownName(kind, place="--kind", known=CLAIM_KINDS)
        rows = [row for row in claim_rows(result) if kind is None or row["kind"] == kind]
        _show(found, result, "claims", rows, ("claim_id", "kind", "asserter", "subject", "value", "low", "high", "qualifier", "valid_from", "valid_to_earliest"),
              _shape(shape, as_json))


def review(
    ctx: typer.Context, known_at: KnownAt = None, as_json: JsonOption = False, case: CaseOption = None
) -> None:
    """List what to decide next: the answers that would settle most findings."""
    from trucewatch.case.listing import question_rows, with_leases

    with opened(ctx, case) as found:
        result = found.run(known_at)
        rows = with_leases(question_rows(result), result, found.leases())
        _show(found, result, "questions", rows, tuple(rows[0]) if rows else (), Format.JSON if as_json else Format.TABLE)
