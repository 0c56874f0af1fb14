"""`trucewatch demo`: the shipped case, copied, run and reported."""

from __future__ import annotations

from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import account, spoken
from trucewatch.cli.output import prose

__all__ = ["register"]

DEMO_DAY = date(2016, 9, 19)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo")(spoken(demo))


def demo(
    directory: Annotated[Path, typer.Argument(help="Where the case is made.")] = Path("syria-2016-09"),
    open_report: Annotated[bool, typer.Option("--open", help="Open the report in a browser.")] = False,
) -> None:
    """Make the case of September 2016 in Syria, run it and write the report of 19 September."""
    from trucewatch.case import create_case, open_case
    from trucewatch.case.reporting import write_daily_report
    from trucewatch.case.summary import summary_lines

    with as_file(files("trucewatch") / "demo_case") as shipped:
        fresh = not (directory / "case.toml").is_file()
        case = create_case(directory, shipped, who=account()) if fresh else open_case(directory, who=account())
        with case:
            for given in case.settings.inputs:
                added = case.add(shipped / given.file, adapter=given.adapter, source=given.source)
                word = "already recorded" if added.already else f"{added.parsed.accepted} of {added.parsed.rows_in} rows"
                prose.print(f"{given.file}: {word}")
            result = case.run()
            for line in summary_lines(case, result):
                prose.print(escape(line))
            report = write_daily_report(case, DEMO_DAY)
    prose.print(f"\nThe daily report of {DEMO_DAY.isoformat()}: [bold]{escape(str(report))}[/]")
    if open_report:
        typer.launch(report.resolve().as_uri())
