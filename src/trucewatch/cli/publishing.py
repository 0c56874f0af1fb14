"""`trucewatch report` and `trucewatch issues`: the daily report, its published issues, and what became of them."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import CaseOption, JsonOption, KnownAt, day_of, opened, spoken
from trucewatch.cli.output import Exit, prose, write_json, write_rows
from trucewatch.errors import BadCall

if TYPE_CHECKING:
    from trucewatch.case import Case

__all__ = ["register"]


class Audience(StrEnum):
    """For whom an output is."""

    PUBLIC = "public"
    INTERNAL = "internal"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("report")(spoken(report))
    app.command("issues")(spoken(issues))


def report(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(help="Day of the report, e.g. 2016-09-19.")],
    form: Annotated[str, typer.Option("--format", help="html, json, md.")] = "html",
    known_at: KnownAt = None,
    audience: Annotated[Audience, typer.Option("--audience", help="For whom.")] = Audience.PUBLIC,
    publish: Annotated[bool, typer.Option("--publish", help="Record it as published: bytes, digests, checkpoint. Where it differs from the last issue it becomes the next revision, with a corrigendum.")] = False,
    to: Annotated[list[str] | None, typer.Option("--to", help="With --publish: who gets it; may be given several times.")] = None,
    published: Annotated[bool, typer.Option("--as-published", help="Return the bytes that went out, whatever the program would say today.")] = False,
    again: Annotated[bool, typer.Option("--recompute", help="Compute the published issue once more and list what differs; exit 1 if anything does.")] = False,
    revision: Annotated[int | None, typer.Option("--revision", help="With --as-published or --recompute: this revision instead of the last; 0 is the first issue.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; - for standard output; default: out/ of the case.")] = None,
    case: CaseOption = None,
) -> None:
    """Write the daily report; knowledge ends at that day's cut-off unless --known-at says otherwise."""
    wanted = day_of(day)
    if publish + published + again > 1 or (to and not publish) or (revision is not None and not (published or again)):
        message = "--publish (with --to), --as-published and --recompute (each with --revision) exclude one another"
        raise BadCall(message)
    with opened(ctx, case) as found:
        if again:
            _compare(found, wanted, form, audience.value, revision)
            return
        if published:
            raw = _stored(found, wanted, form, audience.value, revision)
        else:
            raw = _made(found, wanted, form, audience.value, known_at, recipients=to or (), publish=publish)
        _write(found, raw, wanted, form, audience.value, out)


def _made(
    found: Case, day: date, form: str, audience: str, known_at: str | None, *, recipients: list[str] | tuple[()], publish: bool
) -> bytes:
    from trucewatch.case.publishing import publish as record
    from trucewatch.case.reporting import daily_report

    at = found.instant(known_at)
    if not publish:
        return daily_report(found, day, form=form, known_at=at, audience=audience).encode()
    issue, raw = record(found, day, form=form, known_at=at, audience=audience, recipients=recipients)
    prose.print(escape(f"published: revision {issue.revision}, entry {issue.entry.sequence} ({issue.entry.entry_id})"))
    _tell_replaced(found, day, audience, issue.revision)
    return raw


def _tell_replaced(found: Case, day: date, audience: str, revision: int) -> None:
    """Name those who hold an issue that is now superseded."""
    from trucewatch.case.publications import issue_rows

    for row in issue_rows(found, day):
        if row["audience"] == audience and row["revision"] < revision:
            holders = ", ".join(row["recipients"] or ()) or "nobody on record"
            prose.print(escape(f"superseded: revision {row['revision']} ({row['form']}, {row['entry']}), given to {holders}"))


def _stored(found: Case, day: date, form: str, audience: str, revision: int | None) -> bytes:
    from trucewatch.case.publications import as_published, issue_rows

    issue, raw = as_published(found, day, form=form, audience=audience, revision=revision)
    row = next(one for one in issue_rows(found, day) if one["entry"] == issue.entry.entry_id)
    if row["superseded_by"]:
        prose.print(escape(f"superseded by {row['superseded_by']}"))
    return raw


def _compare(found: Case, day: date, form: str, audience: str, revision: int | None) -> None:
    from trucewatch.case.publications import as_published
    from trucewatch.case.publishing import recompute

    issue, _ = as_published(found, day, form=form, audience=audience, revision=revision)
    result = recompute(found, issue)
    where = "the same program and lock" if result.same_program else f"another program or lock than {issue.entry.program}"
    if result.identical:
        prose.print(escape(f"revision {issue.revision}: byte for byte the same, computed by {where}"))
        return
    write_rows(result.differences, ("finding", "field", "published", "recomputed"), as_csv=False)
    prose.print(escape(f"revision {issue.revision}: {len(result.differences)} difference(s), computed by {where}"))
    raise typer.Exit(Exit.CHECK_FAILED)


def _write(found: Case, raw: bytes, day: date, form: str, audience: str, out: Path | None) -> None:
    from trucewatch.case.reporting import file_name, write_report

    if out is not None and str(out) == "-":
        sys.stdout.write(raw.decode())
        return
    written = write_report(raw, out or found.folder.out / file_name(day, form, audience))
    prose.print(f"[bold]{escape(str(written))}[/]")


def issues(
    ctx: typer.Context,
    day: Annotated[str | None, typer.Argument(help="Day of the report; default: every day.")] = None,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """List published issues: number and revision, who got them, and what superseded them."""
    from trucewatch.case.publications import issue_rows

    with opened(ctx, case) as found:
        rows = issue_rows(found, day_of(day) if day else None)
        if as_json:
            write_json("issues", case=found.settings.key, known_at=None, rows=rows)
        else:
            write_rows(rows, ("day", "serial", "revision", "form", "audience", "known_at", "entry", "recipients", "superseded_by"), as_csv=False)
            prose.print(f"{len(rows)} issues")
