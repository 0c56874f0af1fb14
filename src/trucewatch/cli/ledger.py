"""`trucewatch ledger`: what was recorded, and whether it still agrees with itself."""

from __future__ import annotations

import typer
from rich.markup import escape

from trucewatch.cli.common import CaseOption, JsonOption, opened, spoken
from trucewatch.cli.output import prose, write_json, write_rows

__all__ = ["app"]

app = typer.Typer(help="Look at the ledger of a case.", no_args_is_help=True)


@app.command("log")
@spoken
def log(ctx: typer.Context, as_json: JsonOption = False, case: CaseOption = None) -> None:
    """List every entry: number, stamp, kind, who, what."""
    with opened(ctx, case) as found:
        rows = [
            {"sequence": one.sequence, "recorded_at": one.recorded_at, "kind": one.kind, "entry_id": one.entry_id,
             "who": one.who, "supersedes": one.supersedes, "body": dict(one.body)}
            for one in found.ledger.entries()
        ]
        if as_json:
            write_json("ledger", case=found.settings.key, known_at=None, rows=rows)
        else:
            write_rows(rows, ("sequence", "recorded_at", "kind", "who", "body"), as_csv=False)


@app.command("verify")
@spoken
def verify(ctx: typer.Context, as_json: JsonOption = False, case: CaseOption = None) -> None:
    """Read every entry and every kept byte back; exit 4 at the first that does not agree."""
    with opened(ctx, case) as found:
        erased = 0
        entries = found.ledger.entries()
        for entry in entries:
            if entry.digest is not None and found.ledger.payload(entry.digest) is None:
                erased += 1
        if as_json:
            write_json("verification", case=found.settings.key, known_at=None, rows=[{"entries": len(entries), "erased": erased}])
        prose.print(escape(f"{len(entries)} entries agree; bytes of {erased} are missing or erased"))
