"""`trucewatch control`: who held what, from a case or from files of claims."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from trucewatch.cli.common import CaseOption, Format, JsonOption, KnownAt, opened, spoken
from trucewatch.cli.control_files import ClaimFile, Form
from trucewatch.cli.control_options import (
    ActorsOption,
    ClaimsOption,
    FormOption,
    HindsightOption,
    HolderOption,
    HoldersOption,
    OnOption,
    OutsideOption,
    PlacesOption,
    PropertyOption,
    SourceOption,
)
from trucewatch.cli.output import prose, write_json, write_rows

__all__ = ["app"]


class _DayFirst(TyperGroup):
    """`trucewatch control DAY` is `trucewatch control on DAY`."""

    default = "on"

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if args and args[0] not in (*self.commands, "--help"):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_DayFirst, help="Who held what on a day, how sure that is, and why.", no_args_is_help=True)


@app.command("on")
@spoken
def on(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(help="Day, e.g. 2016-09-15.")],
    place: Annotated[str | None, typer.Option("--place", help="Name of a place in places.csv, or in the claims.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="LAT,LON")] = None,
    known_at: KnownAt = None,
    as_json: JsonOption = False,
    case: CaseOption = None,
    claims: ClaimsOption = None, form: FormOption = Form.CSV, holders: HoldersOption = None, places: PlacesOption = None, actors: ActorsOption = None,
    source: SourceOption = None, on_day: OnOption = None, holder: HolderOption = None, outside: OutsideOption = None, by: PropertyOption = None,
    hindsight: HindsightOption = False,
) -> None:
    """Say who held a place on a day, how sure that is, and why; with --claims of every place that they name."""
    from trucewatch.case.listing import control_rows
    from trucewatch.cli.control_given import say_holders
    from trucewatch.cli.trail import claim_lines

    if claims:
        given = ClaimFile(claims, form, holders, places, actors, source, on_day, holder, outside, by)
        say_holders(given, day, place, "smooth" if hindsight else "filter", Format.JSON if as_json else Format.CSV)
        return
    with opened(ctx, case) as found:
        result = found.run(known_at)
        rows = control_rows(result, result.inputs, day, place, at)
        if as_json:
            write_json("holders", case=found.settings.key, known_at=result.known_at, rows=rows, problems=result.problems)
            return
        write_rows(rows, ("holder", "probability"), as_csv=False)
        named = [row for row in rows if row["reasons"]]
        if named:
            prose.print(f"Why {named[0]['holder']}: the claims that move its log-odds most")
            for line in claim_lines(named[0]["reasons"]):
                prose.print(line, markup=False)


@app.command("claims")
@spoken
def claims_command(
    claims: ClaimsOption = None, form: FormOption = Form.CSV, holders: HoldersOption = None, places: PlacesOption = None, actors: ActorsOption = None,
    source: SourceOption = None, on_day: OnOption = None, holder: HolderOption = None, outside: OutsideOption = None, by: PropertyOption = None,
) -> None:
    """Print the claims that files give, as the table that --claims reads; what cannot be used goes to standard error."""
    from trucewatch.cli.control_given import say_claims

    say_claims(ClaimFile(claims or (), form, holders, places, actors, source, on_day, holder, outside, by))
