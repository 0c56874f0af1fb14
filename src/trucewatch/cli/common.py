"""What all commands share: the options, the case they open, and how errors become exit codes."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from trucewatch.cli.output import Exit, prose, say_problems, write_json
from trucewatch.errors import BadCall, BadFile, BadInput, CaseNotFound, Conflict, TrucewatchError

if TYPE_CHECKING:
    from trucewatch.case import Case

__all__ = [
    "By", "CaseOption", "Chosen", "Format", "FormatOption", "JsonOption", "KnownAt", "Reading", "day_of", "named_case", "named_keys", "opened", "spoken",
]


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Chosen:
    """What was given before the command: `trucewatch --case DIR --keys DIR run`."""

    case: Path | None = None
    keys: Path | None = None


CaseOption = Annotated[
    Path | None, typer.Option("--case", help="Case folder; default: the enclosing folder that holds case.toml.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How rows are printed.")]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", help="Instant of knowledge, e.g. 2016-09-20T07:00 (the case's zone unless an offset is given); a day means its end."),
]
Reading = Annotated[list[str] | None, typer.Option("--reading", help="Named interpretation; may be given several times.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides; default: the name of the account.")]


@contextmanager
def opened(ctx: typer.Context, case: Path | None) -> Iterator[Case]:
    """Open the case that was meant, and close its ledger afterwards."""
    from trucewatch.case import open_case

    with open_case(named_case(ctx, case) or Path(), who=account(), keys=named_keys(ctx)) as found:
        yield found


def named_case(ctx: typer.Context, case: Path | None) -> Path | None:
    """Return the case folder that was named, before the command or after it; None if none was."""
    before = ctx.find_root().obj
    return case or (before.case if isinstance(before, Chosen) else None)


def named_keys(ctx: typer.Context) -> Path | None:
    """Return the folder of private keys that was named before the command; None if none was."""
    before = ctx.find_root().obj
    return before.keys if isinstance(before, Chosen) else None


def account() -> str:
    """Return the name of the account that runs the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unnamed"


def day_of(written: str) -> date:
    """Read a day; BadCall if it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        message = f"“{written}” is no day; give one such as 2016-09-19"
        raise BadCall(message) from error


def exit_code(error: TrucewatchError) -> Exit:
    """Return the exit code of an error."""
    if isinstance(error, BadInput):
        return Exit.SOME_REJECTED
    if isinstance(error, BadCall | CaseNotFound):
        return Exit.USAGE
    if isinstance(error, BadFile | Conflict):
        return Exit.CHECK_FAILED
    return Exit.FAILED


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command's errors be sentences on stderr (and an object on stdout under --json), not tracebacks."""

    @wraps(command)
    def guarded(*args: object, **kwargs: object) -> None:
        try:
            command(*args, **kwargs)
        except TrucewatchError as error:
            problems = list(getattr(error, "problems", ()))
            if kwargs.get("as_json") or kwargs.get("shape") is Format.JSON:
                write_json("error", case=None, known_at=None, rows=[{"error": str(error)}], problems=problems)
            headline = str(error).splitlines()[0]
            prose.print(f"[red]{type(error).__name__}[/]: {escape(headline)}")
            say_problems(problems)
            raise typer.Exit(exit_code(error)) from error
        except BrokenPipeError:
            raise  # the reader of a pipe has left: nobody to tell
        except OSError as error:
            if kwargs.get("as_json") or kwargs.get("shape") is Format.JSON:
                write_json("error", case=None, known_at=None, rows=[{"error": str(error)}])
            prose.print(f"[red]{type(error).__name__}[/]: {escape(str(error))}")
            raise typer.Exit(Exit.FAILED) from error

    return guarded
