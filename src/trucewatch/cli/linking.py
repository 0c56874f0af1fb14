"""`trucewatch link`: a table of reports linked without a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from trucewatch.cli.common import spoken
from trucewatch.cli.given_tables import in_file, read_columns
from trucewatch.cli.output import say_problems, write_json, write_rows
from trucewatch.errors import BadInput

__all__ = ["register"]

_MOST_SIZES = 12
_LISTS = ("by", "against", "affected", "chain")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("link")(link_command)


@spoken
def link_command(
    file: Annotated[Path, typer.Argument(help="CSV, TSV or XLSX with report_id, document, occurred_from, occurred_to; docs/linking.md names the other columns.")],
    pairs: Annotated[bool, typer.Option("--pairs", help="Print the compared pairs with every term instead of the membership.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object with the rows.")] = False,
) -> None:
    """Say which reports of a table tell of one happening; CSV on standard output."""
    from trucewatch.linking import link

    columns, lines = read_columns(file, _LISTS)
    try:
        links = link(columns)
    except BadInput as error:
        message = f"{file.name} cannot be linked: {len(error.problems)} problem(s)"
        raise BadInput(message, [in_file(one, file.name, lines) for one in error.problems]) from None
    say_problems(links.problems)
    table = links.pairs if pairs else links.membership
    if as_json:
        write_json("pairs" if pairs else "membership", case=None, known_at=None, rows=table.rows())
        return
    write_rows(table.rows(), table.schema.names, as_csv=True)
    typer.echo(escape(f"{len(links.membership)} reports, {len(set(links.membership.values('incident_id')))} incidents"), err=True)
    typer.echo(escape(_sizes(links.components.rows())), err=True)


def _sizes(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return how large what hangs together is, the largest last: "components of 1 report: 3, of 2: 1"."""
    said = [f"of {row['reports']}: {row['components']}{' (cut)' if row['cut'] else ''}" for row in rows]
    if len(said) > _MOST_SIZES:
        said = [*said[: _MOST_SIZES - 2], f"{len(said) - _MOST_SIZES + 1} sizes between", said[-1]]
    return f"components by number of reports: {', '.join(said) or 'none'}"
