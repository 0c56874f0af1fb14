"""Who held what, from files of claims without a case: what the commands about control print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.cli.common import Format, day_of
from trucewatch.cli.control_files import ClaimFile, Given, read_claims, refused
from trucewatch.cli.given_tables import read_columns
from trucewatch.cli.output import prose, say_problems, write_json, write_rows
from trucewatch.errors import BadInput, Problem, UnknownName

if TYPE_CHECKING:
    from trucewatch.control.estimator import Holdings, Mode
    from trucewatch.control.overlays import Overlay

__all__ = ["estimated", "say_claims", "say_holders", "told_overlays"]

_WHY = ("row", "published", "source", "kind", "holder", "contribution", "if_removed", "age_days", "distance_m", "reliability", "copy")
_CLAIM = ("place", "lat", "lon", "radius_m", "holder", "kind", "valid_from", "valid_to", "published_at", "source", "origin")


def estimated(
    source: ClaimFile, days: Sequence[str], place: str | None, mode: Mode, asked: Callable[[Mapping[str, Any]], object] | None = None
) -> tuple[Holdings, Given, list[Problem]]:
    """Return the estimate for every place that the claims name, or for one of them, with all problems.

    `asked` gives the places for the columns of the claims instead.

    UnknownName for a place that no claim names; BadInput for files that have not the columns.
    """
    from trucewatch.holding import estimate_control

    given = read_claims(source)
    names = list(dict.fromkeys(str(one) for one in given.columns.get("place", ()) if one))
    if place is not None and place not in names:
        raise UnknownName(place, place="--place", known=names)
    try:
        spots = asked(given.columns) if asked else [place] if place else names
        held = estimate_control(given.columns, spots, [day_of(one) for one in days], mode)
    except BadInput as error:
        raise refused(error, given, ", ".join(one.name for one in source.files)) from None
    return held, given, [*given.problems, *(given.where(one) for one in held.problems)]


def say_holders(source: ClaimFile, day: str, place: str | None, mode: Mode, shape: Format, blocs: Path | None = None) -> None:
    """Print place, holder and probability on a day, and what lies over it; for one place also the claims behind it."""
    held, given, problems = estimated(source, [day], place, mode)
    rows = [{"place": one.place, "holder": one.holder, "probability": one.probability} for one in held]
    over, faults = _overlays(given, day, mode)
    problems += faults
    why = _why(held, place, given) if place else []
    if shape is Format.JSON:
        told = [{**one, "reasons": why} for one in rows]
        write_json("holders_given", case=None, known_at=None, rows=told, problems=problems, also={"overlays": over, "blocs": _blocs(held, blocs)})
        return
    write_rows(rows, ("place", "holder", "probability"), as_csv=shape is Format.CSV)
    say_problems(problems)
    for one in over:
        if place in (None, one["place"]):
            prose.print(f"{one['place']}: {one['kind'].replace('_', ' ')} {one['holder']}, says {', '.join(one['sources'])}, {one['told']}", markup=False)
    for one in _blocs(held, blocs):
        prose.print(f"{one['place']}: held by {one['bloc']} with at least {one['least']:.2f} and at most {one['most']:.2f}", markup=False)
    if why:
        prose.print(f"Why {held.why(str(place), held.days[0]).holder}: change of the log-odds by each claim, in order of publication")
        for reason in why:
            prose.print("  " + ", ".join(f"{name} {reason[name]}" for name in _WHY))


def say_claims(source: ClaimFile) -> None:
    """Print the claims of the files as CSV."""
    given = read_claims(source)
    rows = [dict(zip(given.columns, values, strict=True)) for values in zip(*given.columns.values(), strict=True)]
    write_rows(rows, _CLAIM, as_csv=True)
    say_problems(given.problems)
    prose.print(f"{len(rows)} claims, {len(given.problems)} problem(s)")


def told_overlays(found: Sequence[Overlay]) -> list[dict[str, Any]]:
    """Return overlays as rows, days as texts."""
    return [{**asdict(one), "since": one.since.isoformat(), "told": one.told.isoformat()} for one in found]


def _overlays(given: Given, day: str, mode: Mode) -> tuple[list[dict[str, Any]], list[Problem]]:
    from trucewatch.control.overlays import overlays_on

    found, problems = overlays_on(given.columns, day_of(day), hindsight=mode == "smooth")
    return told_overlays(found), [given.where(one) for one in problems]


def _blocs(held: Holdings, blocs: Path | None) -> list[dict[str, Any]]:
    from trucewatch.control.blocs import held_by_bloc, read_blocs

    if blocs is None:
        return []
    belong, day = read_blocs(read_columns(blocs)[0], blocs.name), held.days[0]
    return [
        {"place": place, "bloc": bloc, "least": least, "most": most}
        for place in held.places for bloc, (least, most) in held_by_bloc(held.at(place, day), belong, day).items()
    ]


def _why(held: Holdings, place: str, given: Given) -> list[dict[str, Any]]:
    found = []
    for reason in held.why(place, held.days[0]):
        line = given.stands[reason.row - 1][1]
        one = asdict(replace(reason, row=line or 0, contribution=round(reason.contribution, 4), if_removed=round(reason.if_removed, 6)))
        found.append({**one, "published": reason.published.isoformat()})
    return found
