"""`trucewatch control`: who held what, from a case or from files of claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from trucewatch.cli.common import CaseOption, Format, JsonOption, KnownAt, day_of, opened, spoken
from trucewatch.cli.control_files import ClaimFile, Form
from trucewatch.cli.control_maps import Shape
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
    blocs: Annotated[Path | None, typer.Option("--blocs", help="With --claims: table bloc, party, from, to; adds how likely each bloc held the place.")] = None,
) -> None:
    """Say who held a place on a day, how sure that is, and why; with --claims of every place that they name."""
    from trucewatch.case.listing import control_rows
    from trucewatch.cli.control_given import say_holders, told_overlays
    from trucewatch.cli.trail import claim_lines
    from trucewatch.control.overlays import overlays_of_case
    from trucewatch.periods import day_of as local_day
    from trucewatch.periods import parse_period

    if claims:
        given = ClaimFile(claims, form, holders, places, actors, source, on_day, holder, outside, by)
        say_holders(given, day, place, "smooth" if hindsight else "filter", Format.JSON if as_json else Format.CSV, blocs)
        return
    with opened(ctx, case) as found:
        result = found.run(known_at)
        rows = control_rows(result, result.inputs, day, place, at)
        keys = {one.key for one in result.inputs.gazetteer.resolve(place)} if place else set()
        zone, start = result.inputs.zone, parse_period(day, result.inputs.zone).start
        lying = overlays_of_case(result.claims, zone, result.known_at, local_day(start, zone)) if start else ()
        over = [one for one in lying if one.place in keys]
        if as_json:
            write_json("holders", case=found.settings.key, known_at=result.known_at, rows=rows, problems=result.problems, also={"overlays": told_overlays(over)})
            return
        write_rows(rows, ("holder", "probability"), as_csv=False)
        for each in told_overlays(over):
            prose.print(f"{each['kind'].replace('_', ' ')} {each['holder']}, says {', '.join(each['sources'])}, {each['told']}", markup=False)
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


@app.command("map")
@spoken
def map_command(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(help="Day, e.g. 2016-09-15.")],
    shape: Annotated[Shape, typer.Option("--format", help="A drawing, areas by holder and confidence with the places, or the places as CSV.")] = Shape.SVG,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default: standard output.")] = None,
    known_at: KnownAt = None, case: CaseOption = None,
    claims: ClaimsOption = None, form: FormOption = Form.CSV, holders: HoldersOption = None, places: PlacesOption = None, actors: ActorsOption = None,
    source: SourceOption = None, on_day: OnOption = None, holder: HolderOption = None, outside: OutsideOption = None, by: PropertyOption = None,
    hindsight: HindsightOption = False,
) -> None:
    """Draw or write who held what on a day."""
    from trucewatch.cli.control_maps import maps_of_case, maps_of_claims, say_map

    over = shape is not Shape.PLACES
    if claims:
        given = ClaimFile(claims, form, holders, places, actors, source, on_day, holder, outside, by)
        shown, overlays, problems = maps_of_claims(given, [day], hindsight=hindsight, over_country=over)
        say_map(shown[0], shape, out, {}, overlays, problems)
        return
    with opened(ctx, case) as found:
        drawn, overlays = maps_of_case(found, [day], known_at, over_country=over)
        inputs = found.run(known_at).inputs
        places_named = {key: one.name for key, one in inputs.gazetteer.places.items()}
        names = {**places_named, **{key: one.name for key, one in inputs.actors.parties.items()}}
        say_map(drawn[0], shape, out, names, overlays, ())


@app.command("diff")
@spoken
def diff_command(
    ctx: typer.Context,
    first: Annotated[str, typer.Argument(metavar="DAY1")], second: Annotated[str, typer.Argument(metavar="DAY2")],
    known_at: KnownAt = None, as_json: JsonOption = False, case: CaseOption = None,
    claims: ClaimsOption = None, form: FormOption = Form.CSV, holders: HoldersOption = None, places: PlacesOption = None, actors: ActorsOption = None,
    source: SourceOption = None, on_day: OnOption = None, holder: HolderOption = None, outside: OutsideOption = None, by: PropertyOption = None,
    hindsight: HindsightOption = False,
) -> None:
    """List the places that were held otherwise on the second day, those that changed hands first."""
    from trucewatch.cli.control_maps import maps_of_case, maps_of_claims, say_difference

    if claims:
        given = ClaimFile(claims, form, holders, places, actors, source, on_day, holder, outside, by)
        shown, _, problems = maps_of_claims(given, [first, second], hindsight=hindsight, over_country=False)
        say_difference(shown, problems, as_json=as_json)
        return
    with opened(ctx, case) as found:
        drawn, _ = maps_of_case(found, [first, second], known_at, over_country=False)
        say_difference(drawn, (), as_json=as_json, case=found.settings.key)


@app.command("disagreement")
@spoken
def disagreement_command(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(help="Day, e.g. 2016-09-15.")],
    known_at: KnownAt = None, as_json: JsonOption = False, case: CaseOption = None,
    claims: ClaimsOption = None, form: FormOption = Form.CSV, holders: HoldersOption = None, places: PlacesOption = None, actors: ActorsOption = None,
    source: SourceOption = None, on_day: OnOption = None, holder: HolderOption = None, outside: OutsideOption = None, by: PropertyOption = None,
    hindsight: HindsightOption = False,
) -> None:
    """List the places of which sources say different things, what each last said by that day, and how reliable it is."""
    from trucewatch.cli.control_given import estimated
    from trucewatch.cli.control_maps import say_disagreement
    from trucewatch.control.differences import disagreements
    from trucewatch.pipeline import holders_of

    if claims:
        given = ClaimFile(claims, form, holders, places, actors, source, on_day, holder, outside, by)
        held, _, problems = estimated(given, [day], None, "smooth" if hindsight else "filter")
        say_disagreement(disagreements(held.evidence, day_of(day)), problems, as_json=as_json)
        return
    with opened(ctx, case) as found:
        result = found.run(known_at)
        asked = holders_of(result.inputs, result.claims, result.linked.leg, result.known_at)
        say_disagreement(disagreements(asked.evidence, day_of(day)), result.problems, as_json=as_json, case=found.settings.key)


@app.command("questions")
@spoken
def questions_command(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="CASE", help="Case folder; default: as --case.")] = None,
    reading: Annotated[str | None, typer.Option("--reading", help="Named interpretation; default: the first of the case.")] = None,
    reliability: Annotated[str, typer.Option("--reliability", help="Admiralty letter of the source that would answer.")] = "A",
    most: Annotated[int, typer.Option("--most", min=1, help="How many places and times are tried, those first for which most findings wait.")] = 40,
    known_at: KnownAt = None, as_json: JsonOption = False, case: CaseOption = None,
) -> None:
    """List the places and days of which one more claim would decide most findings that wait for who held the ground."""
    from dataclasses import asdict

    from trucewatch.case.control_questions import control_questions

    with opened(ctx, folder or case) as found:
        result = found.run(known_at)
        rows = [asdict(one) for one in control_questions(result, reading or result.readings[0], reliability, most)]
        if as_json:
            write_json("control_questions", case=found.settings.key, known_at=result.known_at, rows=rows, problems=result.problems)
            return
        for one in rows:
            one["by_party"] = ", ".join(f"{party} {number}" for party, number in one["by_party"].items() if number) or "none"
        write_rows(rows, ("question", "waiting", "decided", "at_most", "by_party"), as_csv=False)
        prose.print(f"{len(rows)} question(s); decided: whatever party the claim names, at_most: for the one that decides most")
