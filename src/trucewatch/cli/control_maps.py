"""`trucewatch control map`, `diff` and `disagreement`: days of a case or of files of claims."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.cli.common import day_of
from trucewatch.cli.control_files import ClaimFile
from trucewatch.cli.control_given import estimated
from trucewatch.cli.output import prose, say_problems, write_json, write_rows
from trucewatch.errors import BadCall, Problem

if TYPE_CHECKING:
    from trucewatch.case import Case
    from trucewatch.control.day_map import DayMap
    from trucewatch.control.overlays import Overlay

__all__ = ["Shape", "maps_of_case", "maps_of_claims", "say_difference", "say_disagreement", "say_map"]

_MOVED = ("place", "before", "probability_before", "after", "probability_after", "moved")
_SAYS = ("place", "source", "says", "kind", "about", "published", "age_days", "reliability", "copy")


class Shape(StrEnum):
    """How a day is written."""

    SVG = "svg"
    GEOJSON = "geojson"
    PLACES = "places"


def maps_of_claims(source: ClaimFile, days: Sequence[str], *, hindsight: bool, over_country: bool) -> tuple[list[DayMap], tuple[Overlay, ...], list[Problem]]:
    """Return a map of each day for all places that the claims name, what lies over the first day, and all problems."""
    from trucewatch.control.day_map import cells_around, day_map_of_claims, points_asked
    from trucewatch.control.overlays import overlays_on

    def asked(columns: Mapping[str, Sequence[Any]]) -> tuple[dict[str, tuple[float, float]], list[tuple[float, float, float, float]]]:
        places: dict[str, tuple[float, float]] = {}
        for name, lat, lon in zip(columns["place"], columns["lat"], columns["lon"], strict=True):
            try:
                if name and abs(float(lat)) <= 90 and abs(float(lon)) <= 180:
                    places.setdefault(str(name), (float(lat), float(lon)))
            except (TypeError, ValueError):
                continue  # the estimator tells it
        return places, cells_around(list(places.values())) if over_country else []

    held, given, problems = estimated(source, days, None, "smooth" if hindsight else "filter", lambda columns: points_asked(*asked(columns)))
    where = asked(given.columns)
    told, _ = overlays_on(given.columns, day_of(days[0]), hindsight=hindsight)
    return [day_map_of_claims(held, day_of(day), *where) for day in days], told, problems


def maps_of_case(found: Case, days: Sequence[str], known_at: str | None, *, over_country: bool) -> tuple[list[DayMap], tuple[Overlay, ...]]:
    """Return a map of each day for all places of the case, and what lies over the first day."""
    from trucewatch.control.day_map import day_map_of_case
    from trucewatch.control.overlays import overlays_of_case
    from trucewatch.pipeline import holders_of

    result = found.run(known_at)
    holders = holders_of(result.inputs, result.claims, result.linked.leg, result.known_at)
    shown = [day_map_of_case(holders, result.inputs.gazetteer, day_of(day), over_country=over_country) for day in days]
    return shown, overlays_of_case(result.claims, result.inputs.zone, result.known_at, day_of(days[0]))


def say_map(shown: DayMap, shape: Shape, out: Path | None, names: Mapping[str, str], overlays: Sequence[Overlay], problems: Sequence[Problem]) -> None:
    """Write a day to a file, or to standard output."""
    from trucewatch.control.day_map import areas_geojson, place_rows
    from trucewatch.publish.control_map import control_map_svg

    if shape is Shape.PLACES and out is None:
        rows, columns = place_rows(shown)
        write_rows(rows, columns, as_csv=True)
        say_problems(problems)
        return
    if shape is Shape.PLACES:
        text = _table(*place_rows(shown))
    elif shape is Shape.GEOJSON:
        text = json.dumps(areas_geojson(shown), ensure_ascii=False, allow_nan=False) + "\n"
    else:
        drawn = control_map_svg(shown, names, overlays)
        if drawn is None:
            message = "no place has coordinates, so there is nothing to draw"
            raise BadCall(message)
        text = drawn
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        prose.print(f"wrote {out}", markup=False)
    say_problems(problems)


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in rows)
    return held.getvalue()


def say_difference(days: Sequence[DayMap], problems: Sequence[Problem], *, as_json: bool, case: str | None = None) -> None:
    """Print the places whose holders moved between two days."""
    from trucewatch.control.differences import moved_between

    first, second = days
    moved = moved_between(first, second)
    if as_json:
        between = {"first": first.day.isoformat(), "second": second.day.isoformat()}
        write_json("control_diff", case=case, known_at=None, rows=[asdict(one) for one in moved], problems=problems, also=between)
        return
    write_rows([asdict(one) for one in moved], _MOVED, as_csv=False)
    say_problems(problems)
    prose.print(f"{len(moved)} of {len(first.places)} places moved, {sum(one.changed for one in moved)} to another holder")


def say_disagreement(rows: Sequence[Any], problems: Sequence[Problem], *, as_json: bool, case: str | None = None) -> None:
    """Print where sources say different things."""
    told = [{**asdict(one), "about": one.about.isoformat(), "published": one.published.isoformat()} for one in rows]
    if as_json:
        write_json("control_disagreement", case=case, known_at=None, rows=told, problems=problems)
        return
    write_rows(told, _SAYS, as_csv=False)
    say_problems(problems)
    prose.print(f"{len({one.place for one in rows})} place(s) of which sources say different things")
