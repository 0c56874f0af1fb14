"""`trucewatch explain` and `trucewatch changes`: the way back to the bytes, and what moved between two instants."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from trucewatch.cli.common import (
    CaseOption,
    Format,
    FormatOption,
    JsonOption,
    KnownAt,
    opened,
    spoken,
)
from trucewatch.cli.output import prose, write_json, write_rows

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("explain")(spoken(explain))
    app.command("changes")(spoken(changes))


def explain(
    ctx: typer.Context,
    wanted: Annotated[str, typer.Argument(metavar="ID", help="Finding, incident, leg, report, claim or duty.")],
    known_at: KnownAt = None,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """Lead from a finding through elements, leg, incident and reports to the words or cells behind it."""
    from trucewatch.cli.trail import trail_lines

    with opened(ctx, case) as found:
        result = found.run(known_at)
        tree = result.explain(wanted)
        if as_json:
            write_json("explanation", case=found.settings.key, known_at=result.known_at, rows=[tree], problems=result.problems)
        else:
            sys.stdout.write("\n".join(trail_lines(tree)) + "\n")
            prose.print(f"as of entry {len(found.record.entries())}")


def changes(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--from", help="Earlier instant of knowledge.")],
    end: Annotated[str | None, typer.Option("--to", help="Later instant of knowledge; default: everything.")] = None,
    shape: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """List the findings that differ between two instants of knowledge, and what made them differ."""
    from trucewatch.case.listing import changed_rows

    with opened(ctx, case) as found:
        later = found.run(end)
        rows = changed_rows(found.run(start), later)
        if as_json or shape is Format.JSON:
            write_json("changes", case=found.settings.key, known_at=later.known_at, rows=rows, problems=later.problems)
            return
        write_rows(rows, ("finding_id", "clause", "reading", "old_verdict", "new_verdict", "because"), as_csv=shape is Format.CSV)
        prose.print(f"{len(rows)} finding(s) changed")
