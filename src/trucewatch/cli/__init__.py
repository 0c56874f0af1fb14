"""The command line: one module per group of commands; `main` is the entry point."""

from __future__ import annotations

import gc
import io
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli import (
    agreement,
    carrying,
    control,
    deciding,
    demo,
    doctor,
    evidence,
    explaining,
    incidents,
    ledger,
    lexicons,
    linking,
    publishing,
    reading,
    running,
    talking,
)
from trucewatch.cli.common import Chosen
from trucewatch.cli.output import Exit

__all__ = ["app", "main"]

app = typer.Typer(
    name="trucewatch",
    help="Reports and the text of a cease-fire agreement in, explained findings out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def _before(
    ctx: typer.Context,
    case: Annotated[Path | None, typer.Option("--case", help="Case folder, for any command.")] = None,
    keys: Annotated[Path | None, typer.Option("--keys", help="Folder of private keys; default: TRUCEWATCH_KEYS, else trucewatch/keys in your settings.")] = None,
) -> None:
    """Take what stands before the command."""
    chosen = Chosen()
    chosen.case = case
    chosen.keys = keys
    ctx.obj = chosen


for _group in (demo, evidence, running, linking, reading, talking, explaining, deciding, publishing, doctor):
    _group.register(app)
app.add_typer(agreement.app, name="agreement")
app.add_typer(control.app, name="control")
app.add_typer(ledger.app, name="ledger")
app.add_typer(lexicons.app, name="lexicon")
app.add_typer(carrying.app, name="case")
app.add_typer(incidents.app, name="incidents")


def main() -> None:
    """Run the command line; what nobody foresaw is exit 4 with its traceback, for a bug report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # A command makes many records that live to its end and next to no cycles: with Python's own
    # thresholds the collector walks all of them again and again (a sixth of a large run).
    gc.set_threshold(200_000, 50, 100)
    try:
        app()
    except Exception:  # noqa: BLE001 - exit 1 would say that a check failed
        traceback.print_exc()
        sys.exit(Exit.FAILED)
