"""`trucewatch case`: a case as one file, carried and brought together with another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import opened, spoken
from trucewatch.cli.output import prose

__all__ = ["app"]

app = typer.Typer(help="Carry a case from one place to another.", no_args_is_help=True)


@app.command("pack")
@spoken
def pack_command(
    ctx: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The case folder.")],
    out: Annotated[Path, typer.Option("--out", help="The new file.")],
) -> None:
    """Write the whole case into one file while others go on writing; whoever has the file can read the case."""
    from trucewatch.case.packing import pack

    with opened(ctx, directory) as found:
        done = pack(found, out)
    typer.echo(done.checkpoint, nl=False)
    prose.print(escape(f"{out}: {done.size} entries and {done.files} files, under the checkpoint above. Send that by another way than the file"))


@app.command("unpack")
@spoken
def unpack_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `case pack` wrote.")],
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The new case folder.")],
    checkpoint: Annotated[list[Path] | None, typer.Option("--checkpoint", help="A checkpoint that came by another way: the ledger must contain it.")] = None,
) -> None:
    """Make a case folder of such a file, once its ledger, evidence and files verify; else write nothing."""
    from trucewatch.case.packing import unpack
    from trucewatch.case.settings import load_settings

    done = unpack(file, directory, outside=[one.read_text(encoding="utf-8") for one in checkpoint or ()])
    prose.print(escape(f"{directory}: {done.size} entries and {done.files} files verified"))
    if load_settings((directory / "case.toml").read_text(encoding="utf-8")).ledger is not None:
        prose.print(escape("case.toml names a server: remove [ledger] store to use the ledger that came with the pack"))
