"""`trucewatch new` and `trucewatch add`: a case folder, and what is given to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import By, CaseOption, JsonOption, account, opened, spoken
from trucewatch.cli.output import Exit, prose, say_problems, write_json, write_rows
from trucewatch.errors import BadInput, Problem

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("new")(spoken(new))
    app.command("add")(spoken(add))
    app.command("revise")(spoken(revise))
    app.command("revisions")(spoken(revisions))


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


def revise(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(help="The next version of a data set.")],
    old: Annotated[str, typer.Option("--of", metavar="ID", help="Evidence that it replaces (e-, from `ledger log`); it is read in the same way.")],
    because: Annotated[str, typer.Option("--because", help="The reason; it is kept.")],
    effective: Annotated[str | None, typer.Option("--effective", help="From when it counts in a replayed case.")] = None,
    by: By = None,
    case: CaseOption = None,
) -> None:
    """Take in a data set that was edited: rows that changed or are gone count no more, and stay to be seen."""
    with opened(ctx, case) as found:
        added = found.revise(path, old, because=because, by=by, effective=found.instant(effective))
    if added.already:
        prose.print(escape(f"{path.name}: recorded before; nothing changed"))
        return
    prose.print(escape(f"{added.evidence_id}: {added.parsed.accepted} rows, in the place of {old}. `trucewatch revisions` lists what changed"))
    say_problems(added.parsed.problems)
    if added.parsed.rejected:
        raise typer.Exit(Exit.SOME_REJECTED)


def revisions(ctx: typer.Context, as_json: JsonOption = False, case: CaseOption = None) -> None:
    """List each row that a revision edited, took out or put in: what it was, what it is, who, why."""
    from trucewatch.case.revising import revision_rows

    with opened(ctx, case) as found:
        rows = revision_rows(found)
        if as_json:
            write_json("revisions", case=found.settings.key, known_at=None, rows=rows)
        else:
            write_rows(rows, ("file", "what", "key", "old", "new", "cells", "who", "because"), as_csv=False)
