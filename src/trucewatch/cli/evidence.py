"""`trucewatch new` and `trucewatch add`: a case folder, and what is given to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import CaseOption, JsonOption, account, opened, spoken
from trucewatch.cli.output import Exit, prose, say_problems, write_json, write_rows
from trucewatch.errors import BadInput, Problem

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("new")(spoken(new))
    app.command("add")(spoken(add))


def new(
    directory: Annotated[Path, typer.Argument(help="The new case folder.")],
    agreement: Annotated[Path, typer.Option("--agreement", help="The agreement file; actors.yaml, places.csv and case.toml beside it are taken along.")],
    timezone: Annotated[str, typer.Option("--timezone", help="IANA zone, when no case.toml lies beside the agreement.")] = "UTC",
) -> None:
    """Make an empty case round an agreement."""
    from trucewatch.case.making import new_case

    with new_case(directory, agreement, timezone=timezone, who=account()) as case:
        prose.print(f"{escape(str(case.root))}: a new case with {escape(agreement.name)}. Next: trucewatch add FILE --as table")


def add(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files to give to the case.")],
    adapter: Annotated[str, typer.Option("--as", help="Format: table, article, bulletin, ucdp_ged.")] = "table",
    source: Annotated[str | None, typer.Option("--source", help="Source of rows that name none.")] = None,
    published: Annotated[datetime | None, typer.Option("--published", formats=["%Y-%m-%d"], help="Day on which an article appeared.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be recorded; record nothing.")] = False,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """Record files as evidence; rows that cannot be used are listed, the good ones are kept."""
    from trucewatch.sources.adapter import preview

    problems: list[Problem] = []
    rows: list[dict[str, object]] = []
    unusable = False
    day = published.date() if published else None
    with opened(ctx, case) as found:
        for path in paths:
            try:
                if dry_run:
                    parsed = found.preview(path, adapter=adapter, source=source, published=day)
                    rows.extend(dict(row) for row in preview(parsed))
                    said = f"{path.name}: {parsed.accepted} of {parsed.rows_in} rows would be recorded"
                else:
                    added = found.add(path, adapter=adapter, source=source, published=day)
                    parsed = added.parsed
                    rows.append({"file": added.file, "evidence_id": added.evidence_id, "already": added.already,
                                 "rows_in": parsed.rows_in, "accepted": parsed.accepted, "rejected": parsed.rejected})
                    said = (f"{path.name}: recorded before; nothing changed" if added.already
                            else f"{path.name}: {parsed.accepted} of {parsed.rows_in} rows recorded, {parsed.rejected} rejected")
            except BadInput as error:
                unusable = True
                problems.extend(error.problems)
                prose.print(f"[red]{escape(path.name)}[/]: {escape(str(error).splitlines()[0])}")
                continue
            prose.print(escape(said))
            for note in parsed.notes:
                prose.print(f"  {escape(note)}", style="dim")
            problems.extend(parsed.problems)
        key = found.settings.key
    say_problems(problems)
    if as_json:
        write_json("added", case=key, known_at=None, rows=rows, problems=problems)
    elif dry_run:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        write_rows(rows, columns, as_csv=False)
    if unusable or any(one.severity == "rejected" for one in problems):
        raise typer.Exit(Exit.SOME_REJECTED)
