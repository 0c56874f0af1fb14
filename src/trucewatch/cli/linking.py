"""`trucewatch link`: a table of reports linked without a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import spoken
from trucewatch.cli.output import say_problems, write_json, write_rows
from trucewatch.errors import BadInput, Problem, Severity

__all__ = ["register"]

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

    columns, lines = _columns(file)
    try:
        links = link(columns)
    except BadInput as error:
        message = f"{file.name} cannot be linked: {len(error.problems)} problem(s)"
        raise BadInput(message, [_in_file(one, file.name, lines) for one in error.problems]) from None
    say_problems(links.problems)
    table = links.pairs if pairs else links.membership
    if as_json:
        write_json("pairs" if pairs else "membership", case=None, known_at=None, rows=table.rows())
        return
    write_rows(table.rows(), table.schema.names, as_csv=True)
    typer.echo(escape(f"{len(links.membership)} reports, {len(links.incidents)} incidents"), err=True)


def _in_file(problem: Problem, name: str, lines: Sequence[int]) -> Problem:
    """Return a problem with the row that a spreadsheet shows instead of the row of the table."""
    line = 1 if problem.line is None else lines[problem.line - 1]
    return replace(problem, place=name, line=line)


def _columns(file: Path) -> tuple[dict[str, list[object]], list[int]]:
    """Return the columns as texts, and where each row stands in the file, the header being 1.

    Lists of parties are parted by semicolons or bars.
    """
    from trucewatch.sources.decoding import decode, unpacked
    from trucewatch.sources.delimited import guess_delimiter, records
    from trucewatch.sources.workbook import MAGIC, read_workbook

    raw = unpacked(file.read_bytes(), file.name)
    if raw.startswith(MAGIC):
        found = read_workbook(raw, file.name).records
    else:
        text = decode(raw, file.name).text
        found = tuple(records(text, guess_delimiter(text, len)))
    rows = [one for one in found if not one.empty]
    faults = [
        Problem(file.name, one.number, None, None, one.fault, "", Severity.ERROR)
        for one in rows if one.fault
    ]
    if faults or not rows:
        message = f"{file.name} cannot be read as a table"
        raise BadInput(message, faults or [Problem(file.name, 1, None, None, "a header and rows")])
    names, *body = (one.cells for one in rows)
    wide = [(*cells, *[""] * (len(names) - len(cells))) for cells in body]
    columns: dict[str, list[object]] = {
        name: [cells[place] or None for cells in wide] for place, name in enumerate(names) if name
    }
    for name in _LISTS:
        if name in columns:
            columns[name] = [_parts(str(one or "")) for one in columns[name]]
    return columns, [one.number for one in rows[1:]]


def _parts(cell: str) -> list[str]:
    return [part for one in cell.replace("|", ";").split(";") if (part := one.strip())]
