"""`trucewatch control --claims`: who held what, from a table of claims without a case."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.cli.common import Format
from trucewatch.cli.given_tables import in_file, read_columns
from trucewatch.cli.output import prose, say_problems, write_json, write_rows
from trucewatch.errors import BadInput, UnknownName

if TYPE_CHECKING:
    from trucewatch.control.estimator import Holdings, Mode

__all__ = ["say_holders"]

_WHY = ("row", "published", "source", "kind", "holder", "contribution", "if_removed", "age_days", "distance_m", "reliability", "copy")


def say_holders(file: Path, day: str, place: str | None, mode: Mode, shape: Format) -> None:
    """Print place, holder and probability on a day; for one place also the claims behind it.

    UnknownName for a place that no claim names; BadInput for a file that has not the columns.
    """
    from trucewatch.holding import estimate_control

    columns, lines = read_columns(file)
    names = list(dict.fromkeys(str(one) for one in columns.get("place", ()) if one))
    if place is not None and place not in names:
        raise UnknownName(place, place="--place", known=names)
    try:
        held = estimate_control(columns, [place] if place else names, [day], mode)
    except BadInput as error:
        message = f"{file.name} cannot be used: {len(error.problems)} problem(s)"
        raise BadInput(message, [in_file(one, file.name, lines) for one in error.problems]) from None
    problems = [in_file(one, file.name, lines) for one in held.problems]
    rows = [{"place": one.place, "holder": one.holder, "probability": one.probability} for one in held]
    why = _why(held, place, lines) if place else []
    if shape is Format.JSON:
        write_json("holders_given", case=None, known_at=None, rows=[{**one, "reasons": why} for one in rows], problems=problems)
        return
    write_rows(rows, ("place", "holder", "probability"), as_csv=shape is Format.CSV)
    say_problems(problems)
    if why:
        prose.print(f"Why {held.why(str(place), held.days[0]).holder}: change of the log-odds by each claim, in order of publication")
        for one in why:
            prose.print("  " + ", ".join(f"{name} {one[name]}" for name in _WHY))


def _why(held: Holdings, place: str, lines: list[int]) -> list[dict[str, Any]]:
    found = []
    for reason in held.why(place, held.days[0]):
        one = asdict(replace(reason, row=lines[reason.row - 1], contribution=round(reason.contribution, 4), if_removed=round(reason.if_removed, 6)))
        found.append({**one, "published": reason.published.isoformat()})
    return found
