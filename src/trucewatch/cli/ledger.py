"""`trucewatch ledger`: what was recorded, and whether it still agrees with itself."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import CaseOption, JsonOption, day_of, opened, spoken
from trucewatch.cli.output import prose, write_json, write_rows
from trucewatch.errors import LedgerError

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
            write_rows(rows, ("sequence", "recorded_at", "entry_id", "kind", "who", "body"), as_csv=False)


@app.command("verify")
@spoken
def verify(
    ctx: typer.Context,
    checkpoint: Annotated[list[Path] | None, typer.Option("--checkpoint", help="A checkpoint that somebody else kept: the ledger must contain it.")] = None,
    witness_key: Annotated[list[Path] | None, typer.Option("--witness", help="Public key of a witness, who must have signed one of the checkpoints given.")] = None,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """Read every entry, signature and kept byte back; exit 1 and name the first entry that does not agree."""
    from trucewatch.case.proving import verify_case
    from trucewatch.case.witnessing import unwitnessed
    from trucewatch.ledger.notes import PublicKey

    outside = [one.read_text(encoding="utf-8") for one in checkpoint or ()]
    missing = unwitnessed(outside, [PublicKey.of(one.read_text(encoding="utf-8")) for one in witness_key or ()])
    if missing is not None:
        message = f"no checkpoint given is signed by the witness {missing}. Give the one that the witness signed: --checkpoint FILE"
        raise LedgerError(message)
    with opened(ctx, case) as found:
        result = verify_case(found, outside=outside)
        key = found.settings.key
    if as_json:
        said = {
            "ok": result.ok, "size": result.size, "root": base64.b64encode(result.root).decode(),
            "first_bad": result.first_bad, "why": result.why, "erased": result.erased,
        }
        write_json("verification", case=key, known_at=None, rows=[said], also=said)
    told = f"{result.size} entries agree; bytes of {result.erased} were erased" if result.ok else result.why or ""
    prose.print(escape(told))
    if not result.ok:
        raise typer.Exit(1)


@app.command("checkpoint")
@spoken
def checkpoint(ctx: typer.Context, case: CaseOption = None) -> None:
    """Print the signed checkpoint of everything recorded; give it to somebody who keeps it."""
    from trucewatch.ledger.proofs import latest_note

    with opened(ctx, case) as found:
        note = latest_note(found.ledger)
    if note is None:
        message = "nothing is recorded yet, so there is nothing to sign"
        raise LedgerError(message)
    typer.echo(note, nl=False)


@app.command("witness")
@spoken
def witness_command(
    ctx: typer.Context,
    key: Annotated[Path, typer.Option("--key", help="The witness's private key, outside the case; made if it is not there.")],
    name: Annotated[str, typer.Option("--name", help="The witness's name, one word.")],
    out: Annotated[Path, typer.Option("--out", help="Where the signed checkpoint is written; the public key beside it, as OUT.pub.")],
    seen: Annotated[list[Path] | None, typer.Option("--seen", help="A checkpoint that the witness kept: the ledger must have grown from it.")] = None,
    case: CaseOption = None,
) -> None:
    """Verify the ledger as a second person, and sign its latest checkpoint with a key and a time of one's own."""
    from trucewatch.case.clock import now
    from trucewatch.case.witnessing import witness

    with opened(ctx, case) as found:
        note, public = witness(found, key, name, seen=[one.read_text(encoding="utf-8") for one in seen or ()], clock=now())
    out.write_text(note, encoding="utf-8")
    out.with_name(f"{out.name}.pub").write_text(f"{public}\n", encoding="utf-8")
    prose.print(escape(f"{out}: keep it and {out.name}.pub outside the case, and give both away"))


@app.command("copy")
@spoken
def copy(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="URL|PATH", help="A PostgreSQL address, or a new SQLite file.")],
    case: CaseOption = None,
) -> None:
    """Copy the ledger to a PostgreSQL server or a new file, and verify that both have the same root."""
    from trucewatch.case.stores import copy_case_ledger

    with opened(ctx, case) as found:
        copied = copy_case_ledger(found, to)
    root = base64.b64encode(copied.root).decode()
    prose.print(escape(f"{copied.size} entries copied and verified, root {root}. The case uses them once [ledger] in case.toml, or its file, says so"))


@app.command("prove")
@spoken
def prove_command(
    ctx: typer.Context,
    wanted: Annotated[str, typer.Argument(metavar="ID", help="Id of a published finding, of an entry (ledger log), or of a report: then the evidence that holds it.")],
    out: Annotated[Path, typer.Option("--out", help="Where the proof is written.")],
    checkpoint: Annotated[Path | None, typer.Option("--checkpoint", help="Prove against this checkpoint instead of the latest one.")] = None,
    field: Annotated[list[str] | None, typer.Option("--field", help="Field of the finding to show; others stay hidden. May be given several times; default: clause, reading, verdict, provisional, reasons.")] = None,
    day: Annotated[str | None, typer.Option("--day", help="Day of the report in which the finding was published; default: the last one.")] = None,
    case: CaseOption = None,
) -> None:
    """Write a proof of a published finding or of an entry, for scripts/verify_proof.py and a public key."""
    from trucewatch.case.proving import SHOWN, prove
    from trucewatch.ledger.proofs import bundle_text

    note = checkpoint.read_text(encoding="utf-8") if checkpoint else None
    with opened(ctx, case) as found:
        bundle = prove(found, wanted, note=note, shown=field or SHOWN, day=day_of(day) if day else None)
    out.write_text(bundle_text(bundle), encoding="utf-8")
    prose.print(escape(f"{out}: proof of {wanted}; the checker needs ledger.pub"))
