"""`trucewatch incidents`: the list of incidents, and which pairs of reports to judge next."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape

from trucewatch.cli.common import (
    CaseOption,
    Format,
    FormatOption,
    JsonOption,
    KnownAt,
    opened,
    spoken,
)
from trucewatch.cli.output import counting, prose, write_json, write_rows
from trucewatch.cli.running import Near, list_incidents

__all__ = ["app"]

app = typer.Typer(invoke_without_command=True)


@app.callback()
@spoken
def incidents(
    ctx: typer.Context,
    start: Annotated[str | None, typer.Option("--from", help="Day or instant, included.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Day or instant; a day is included.")] = None,
    near: Near = None,
    known_at: KnownAt = None,
    shape: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """List incidents: what happened, reconciled from reports; `review` asks which reports belong together."""
    if ctx.invoked_subcommand is None:
        list_incidents(ctx, start, end, near, known_at, shape, as_json=as_json, case=case)


@app.command("review")
@spoken
def review(
    ctx: typer.Context,
    most: Annotated[int, typer.Option("--most", min=1, help="How many pairs are tried; each costs a run of the case.")] = 12,
    known_at: KnownAt = None,
    as_json: JsonOption = False,
    case: CaseOption = None,
) -> None:
    """List the pairs of reports to judge next: whose answer changes findings, then the least sure."""
    from trucewatch.case.pair_review import review_rows

    with opened(ctx, case) as found:
        result = found.run(known_at)
        with counting("pairs tried", every=1) as progress:
            rows = review_rows(result, most=most, progress=progress)
        if as_json:
            write_json("pairs", case=found.settings.key, known_at=result.known_at, rows=rows, problems=result.problems)
            return
    for row in rows:
        for line in _lines(row):
            typer.echo(line)
    if rows:
        best = rows[0]
        prose.print(escape(f"log-odds above 0 speak for one happening. To answer the first: trucewatch decide {best['answer']} "
                           f"{best['first']} {best['second']} --because “…”"))
    else:
        prose.print("no pair is in doubt")


@app.command("train")
@spoken
def train(ctx: typer.Context, known_at: KnownAt = None, as_json: JsonOption = False, case: CaseOption = None) -> None:
    """Learn from the pairs that people judged: lines for case.toml, and how well probabilities fit before and after."""
    from trucewatch.case.training import relearned, toml_lines

    with opened(ctx, case) as found:
        result = found.run(known_at)
        taught = relearned(result)
        said = {"shift": taught.shift, "factors": dict(taught.factors), "pairs": taught.pairs,
                "loss_before": round(taught.loss_before, 4), "loss_after": round(taught.loss_after, 4)}
        if as_json:
            write_json("training", case=found.settings.key, known_at=result.known_at, rows=list(taught.reliability), also=said)
            return
    prose.print(f"{taught.pairs} judged pairs; out of fold, -ln of the probability of the answer: "
                f"{taught.loss_before:.3f} with space-time-actor-1, {taught.loss_after:.3f} with what they teach")
    write_rows(list(taught.reliability), ("from", "to", "pairs", "said_before", "said_after", "same"), as_csv=False)
    if taught.loss_after >= taught.loss_before:
        prose.print("They teach nothing that holds for pairs left out: keep the weights as they are.")
        return
    prose.print("In case.toml this uses it, from the next run on:")
    for line in toml_lines(taught):
        typer.echo(line)


def _lines(row: dict[str, Any]) -> list[str]:
    """Return what a person needs to answer one doubt."""
    terms = [f"{name} {value:+.1f}" for name, value in row["terms"].items() if name not in ("prior", "busy")][:4]
    return [
        f"{row['first']}  {row['says'][0]}",
        f"{row['second']}  {row['says'][1]}",
        f"  now {row['now']}, log-odds {row['log_odds']:+.2f} ({', '.join(terms)}); "
        f"{row['findings']} finding(s) change if they are {row['answer']}",
        "",
    ]
