"""`trucewatch explain` and `trucewatch changes`: the way back to the bytes, and what moved between two instants."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

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
from trucewatch.cli.output import plain, prose, write_json, write_rows

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
    """List the findings that differ between two instants of knowledge, the elements that flipped, and the entries of
    the ledger that flipped them."""
    from trucewatch.case.listing import changed_rows
    from trucewatch.case.responsible import with_entries

    with opened(ctx, case) as found:
        earlier, later = found.run(start), found.run(end)
        with prose.status("looking for the entries responsible"):
            rows = with_entries(found, earlier, later, changed_rows(earlier, later))
        if as_json or shape is Format.JSON:
            write_json("changes", case=found.settings.key, known_at=later.known_at, rows=rows, problems=later.problems)
            return
        if shape is Format.CSV:
            shown = [{**row, "flipped": _flipped(row), "entries": _entries(row)} for row in rows]
            write_rows(shown, ("finding_id", "clause", "reading", "old_verdict", "new_verdict", "flipped", "entries"), as_csv=True)
        else:
            sys.stdout.write("".join(f"{line}\n" for row in rows for line in _lines(row)))
        prose.print(f"{len(rows)} finding(s) changed")


def _lines(row: Mapping[str, Any]) -> Iterator[str]:
    was, now = row["old_verdict"] or "new", row["new_verdict"] or "gone"
    yield f"{row['finding_id']}  {row['clause']}, reading “{row['reading']}”: {was} → {now}"
    if row["old_verdict"] and row["new_verdict"]:  # of a finding that is new or gone every element is
        yield f"  flipped: {_flipped(row) or 'no element'}"
    yield f"  by: {_entries(row)}"


def _flipped(row: Mapping[str, Any]) -> str:
    return "; ".join(f"{one['element']} {one['old'] or 'not asked'} → {one['new'] or 'not asked'}" for one in row["elements"])


def _entries(row: Mapping[str, Any]) -> str:
    if not row["entries"]:
        return f"no entry: time passed ({plain(row['step']) or 'at the last instant'})"
    return "; ".join(
        f"entry {one['sequence']}, {one['kind']} {one['file'] or one['entry_id']}" + (f" ({', '.join(one['brought'])})" if one["brought"] else "")
        for one in row["entries"]
    )
