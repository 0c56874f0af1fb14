"""`trucewatch decide`: a person's judgement, recorded with who and why; and what it changes."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from trucewatch.cli.common import By, CaseOption, JsonOption, opened, spoken
from trucewatch.cli.output import prose, write_json, write_rows

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("decide")(spoken(decide))


def decide(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="same, different, determine, verify, accept, reply, opinion, hold, release.")],
    ids: Annotated[list[str] | None, typer.Argument(help="Report ids (or an incident or finding id: its reports are cited).")] = None,
    because: Annotated[str, typer.Option("--because", help="The reason; it is kept.")] = "",
    question: Annotated[str | None, typer.Option("--question", help="Element or circumstance: who, act, proportionate …")] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="yes, no or a value.")] = None,
    clause: Annotated[str | None, typer.Option("--clause")] = None,
    reading: Annotated[str | None, typer.Option("--reading")] = None,
    effective: Annotated[str | None, typer.Option("--effective", help="From when it counts in a replayed case.")] = None,
    undo: Annotated[str | None, typer.Option("--undo", help="Decision id that this one takes back.")] = None,
    by: By = None,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """Record a decision and print the findings that it changes."""
    from trucewatch.case.listing import changed_rows, cited_reports

    with opened(ctx, case) as found:
        before = found.run()
        decision = found.decide(
            kind, because=because, by=by, reports=cited_reports(before, ids or []), clause=clause, reading=reading,
            question=question, answer=answer, effective=found.instant(effective), supersedes=undo,
        )
        after = found.run()
        rows = changed_rows(before, after)
        prose.print(f"{escape(decision)} recorded; {len(rows)} finding(s) changed")
        if as_json:
            write_json("changes", case=found.settings.key, known_at=after.known_at,
                       rows=[{"decision_id": decision, **row} for row in rows], problems=after.problems)
        elif rows:
            write_rows(rows, ("finding_id", "clause", "reading", "old_verdict", "new_verdict", "old_reason", "new_reason"), as_csv=False)
