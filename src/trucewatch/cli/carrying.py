"""`trucewatch case`: a case as one file, carried and brought together with another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import JsonOption, opened, spoken
from trucewatch.cli.output import prose, write_json

if TYPE_CHECKING:
    from trucewatch.case.merging import Merged

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


@app.command("merge")
@spoken
def merge_command(
    ctx: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The case folder that takes the other's entries.")],
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="The other office's case folder, or what its `case pack` wrote; it is not changed.")],
    as_json: JsonOption = False,
) -> None:
    """Bring two offices' ledgers of one case together: nothing is lost, and where they disagree neither wins."""
    from trucewatch.case.case import Case
    from trucewatch.case.merging import merge

    with opened(ctx, directory) as found, _folder_of(other) as folder, Case(folder, who=found.who) as theirs:
        done = merge(found, theirs)
        key = found.settings.key
    for line in _lines(done):
        prose.print(escape(line))
    if as_json:
        row = {
            "common": done.common, "taken": len(done.taken), "duplicates": list(done.duplicates),
            "conflicts": [[one.entry_id, two.entry_id] for one, two in done.conflicts],
            "issues": [[one.entry_id, two.entry_id] for one, two in done.issues],
            "files": list(done.files), "differing": list(done.differing), "erased": len(done.erased),
        }
        write_json("merge", case=key, known_at=None, rows=[row])


@contextmanager
def _folder_of(other: Path) -> Iterator[Path]:
    from trucewatch.case.folder import find_case
    from trucewatch.case.packing import unpacked_aside

    if other.is_file():
        with unpacked_aside(other) as folder:
            yield folder
    else:
        yield find_case(other.resolve())


def _lines(done: Merged) -> Iterator[str]:
    yield f"{done.common} entries in common; {len(done.taken)} of the other's taken over, {len(done.duplicates)} of them known here already"
    for one, two in done.conflicts:
        said = " / ".join(f"{each.who}: {each.body['kind']} {each.body['answer'] or ''} ({each.entry_id})" for each in (one, two))
        yield f"they disagree, and neither counts until somebody decides: {said}"
    for one, two in done.issues:
        yield f"both have published {one.body['day']}: {one.entry_id} here, {two.entry_id} there"
    yield from (f"{name}: only the other had changed it; its version is in force here now" for name in done.files)
    yield from (f"{name}: both have changed it; each keeps its own until you make them alike" for name in done.differing)
    if done.erased:
        yield f"{len(done.erased)} pieces of evidence that the other had erased are gone here too; look through out/ and what you published"
