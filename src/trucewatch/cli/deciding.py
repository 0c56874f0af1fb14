"""`trucewatch decide`: a person's judgement, recorded with who and why; and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import By, CaseOption, JsonOption, opened, spoken
from trucewatch.cli.output import prose, write_json, write_rows
from trucewatch.errors import BadCall

if TYPE_CHECKING:
    from trucewatch.case import Case

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("decide")(spoken(decide))
    app.command("take")(spoken(take))


def decide(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="same, different, determine, verify, accept, reply, opinion, hold, release, erase.")],
    ids: Annotated[list[str] | None, typer.Argument(help="Report ids (or an incident or finding id: its reports are cited); to erase: evidence or publication ids.")] = None,
    because: Annotated[str, typer.Option("--because", help="The reason; it is kept.")] = "",
    question: Annotated[str | None, typer.Option("--question", help="Element or circumstance: who, act, proportionate …")] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="yes, no or a value.")] = None,
    clause: Annotated[str | None, typer.Option("--clause")] = None,
    reading: Annotated[str | None, typer.Option("--reading")] = None,
    effective: Annotated[str | None, typer.Option("--effective", help="From when it counts in a replayed case.")] = None,
    undo: Annotated[str | None, typer.Option("--undo", help="Decision id that this one takes back.")] = None,
    seen: Annotated[int | None, typer.Option("--seen", help="Number of the last entry that you had read (`explain` prints it): if somebody decided otherwise since, nothing is recorded and the exit code is 1.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With erase: say what would be destroyed, and destroy nothing.")] = False,
    by: By = None,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """Record a decision and print the findings that it changes; `erase` destroys for good, so look with --dry-run first."""
    from trucewatch.case.duty_citing import cited_duty
    from trucewatch.case.listing import beside, changed_rows, cited_reports

    if dry_run and kind != "erase":
        message = f"--dry-run goes with erase; “{kind}” destroys nothing and is taken back with --undo"
        raise BadCall(message)
    with opened(ctx, case) as found:
        before = found.run()
        if kind == "erase":
            decision = _erased(found, ids or [], because, by, dry_run=dry_run)
            if dry_run:
                return
        else:
            about = beside(before, ids or []) if kind == "opinion" else {}
            duty = cited_duty(before, ids or []) if kind in ("hold", "release") else None
            if duty is not None:
                clause, question = clause or duty.clause, duty.duty_id
            decision = found.decide(
                kind, because=because, by=by, reports=duty.evidence if duty else cited_reports(before, ids or []),
                clause=clause or about.get("clause"), reading=reading or about.get("reading"),
                question=question, answer=answer, effective=found.instant(effective), supersedes=undo, seen=seen,
            )
        after = found.run()
        rows = changed_rows(before, after)
        prose.print(f"{escape(decision)} recorded; {len(rows)} finding(s) changed")
        if as_json:
            write_json("changes", case=found.settings.key, known_at=after.known_at,
                       rows=[{"decision_id": decision, **row} for row in rows], problems=after.problems)
        elif rows:
            write_rows(rows, ("finding_id", "clause", "reading", "old_verdict", "new_verdict", "old_reason", "new_reason"), as_csv=False)


def take(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ID", help="Report, incident or finding.")],
    minutes: Annotated[float, typer.Option("--minutes", help="How long; at most a day.")] = 30,
    back: Annotated[bool, typer.Option("--back", help="Give it back before its time.")] = False,
    by: By = None,
    case: CaseOption = None,
) -> None:
    """Work on something: until then nobody else can decide about it, and `review` says who has it."""
    with opened(ctx, case) as found:
        if back:
            found.give_back(item, by=by)
            prose.print(escape(f"{item} is free"))
            return
        lease = found.take(item, minutes=minutes, by=by)
        until = lease.until.astimezone(found.settings.zone)
        prose.print(escape(f"{item} is yours ({lease.who}) until {until:%d %b %H:%M:%S}; it ends by itself"))


def _erased(found: Case, ids: list[str], because: str, by: str | None, *, dry_run: bool) -> str:
    """Erase, or only say what erasing would destroy; return the id of the erasure."""
    from trucewatch.case.erasing import planned

    plan = planned(found, ids) if dry_run else found.erase(ids, because=because, by=by)
    gone = "would be erased" if dry_run else "erased"
    for one in plan.targets:
        prose.print(escape(f"{gone}: {one.entry_id} ({one.body.get('file') or one.body.get('day')})"))
    prose.print(escape(f"{gone} with it: {len(plan.reports)} reports and claims, {len(plan.files)} files of cache/ and out/"))
    for one in plan.publications:
        prose.print(escape(f"{gone}: what was kept of issue {one.entry_id} of {one.body['day']}"))
    if plan.recipients:
        prose.print(escape(f"hold such an issue and must be told: {', '.join(plan.recipients)}"))
    prose.print(f"{len(plan.lost)} finding(s) rested on it; copies, backups and what the disk keeps are out of reach")
    return plan.entry_id
