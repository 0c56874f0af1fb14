"""`trucewatch report`: the daily report, for one's own eyes or for the public."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import CaseOption, KnownAt, opened, spoken
from trucewatch.cli.output import prose
from trucewatch.errors import BadCall

__all__ = ["register"]


class Audience(StrEnum):
    """For whom an output is."""

    PUBLIC = "public"
    INTERNAL = "internal"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("report")(spoken(report))


def report(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(help="Day of the report, e.g. 2016-09-19.")],
    form: Annotated[str, typer.Option("--format", help="html, json, md.")] = "html",
    known_at: KnownAt = None,
    audience: Annotated[Audience, typer.Option("--audience", help="For whom.")] = Audience.PUBLIC,
    publish: Annotated[bool, typer.Option("--publish", help="Keep the bytes in the ledger as published.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; - for standard output; default: out/ of the case.")] = None,
    case: CaseOption = None,
) -> None:
    """Write the daily report; knowledge ends at that day's cut-off unless --known-at says otherwise."""
    from trucewatch.case.reporting import daily_report, write_daily_report

    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        message = f"“{day}” is no day; give one such as 2016-09-19"
        raise BadCall(message) from error
    with opened(ctx, case) as found:
        at = found.instant(known_at)
        if out is not None and str(out) == "-":
            sys.stdout.write(daily_report(found, wanted, form=form, known_at=at, audience=audience.value))
            return
        written = write_daily_report(
            found, wanted, form=form, known_at=at, audience=audience.value, out=out, publish=publish
        )
    prose.print(f"[bold]{escape(str(written))}[/]")
