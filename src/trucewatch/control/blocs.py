"""Held by a bloc: a sum over the holders that belong to it on the day.

Who belongs to a bloc changes, and names change with it; the distribution stays one over parties. What is contested, unknown or held
together with somebody outside may be the bloc's, so the answer is a least and a most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.control.given import day_number
from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.errors import BadInput, Problem

__all__ = ["Belongs", "held_by_bloc", "read_blocs"]


@dataclass(frozen=True, slots=True)
class Belongs:
    """A party is of a bloc on some days."""

    bloc: str
    party: str
    first: int
    """Proleptic ordinal; 0: always before."""
    end: int | None
    """Excluded; None: it still is."""


def read_blocs(table: Mapping[str, Sequence[Any]], place: str) -> tuple[Belongs, ...]:
    """Return the memberships of a table with the columns bloc, party, from and to (both may be empty; `to` is excluded).

    BadInput, all faults at once.
    """
    problems = [Problem(place, 1, name, None, f"a column {name}") for name in ("bloc", "party") if name not in table]
    found = []
    for at in range(0 if problems else len(table["bloc"])):
        row = {name: values[at] for name, values in table.items()}
        days: list[int | None] = []
        for name in ("from", "to"):
            try:
                days.append(day_number(row[name]) if row.get(name) else None)
            except (TypeError, ValueError):
                problems.append(Problem(place, at + 2, name, str(row[name]), "a day such as 2016-07-28, or nothing"))
        if not row["bloc"] or not row["party"]:
            problems.append(Problem(place, at + 2, None, None, "a bloc and a party"))
        elif len(days) == 2 and days[1] is not None and days[1] <= (days[0] or 0):
            problems.append(Problem(place, at + 2, "to", str(row["to"]), "a day later than from"))
        elif len(days) == 2:
            found.append(Belongs(str(row["bloc"]), str(row["party"]), days[0] or 0, days[1]))
    if problems:
        message = f"{place} does not say who belongs to which bloc: {len(problems)} problem(s)"
        raise BadInput(message, sorted(problems))
    return tuple(found)


def held_by_bloc(shares: Mapping[str, float], blocs: Sequence[Belongs], day: date) -> dict[str, tuple[float, float]]:
    """Return bloc → least and most probability that it holds the ground on a day; shares sum to 1."""
    number = day.toordinal()
    found = {}
    for bloc in sorted({one.bloc for one in blocs}):
        members = {one.party for one in blocs if one.bloc == bloc and one.first <= number and (one.end is None or number < one.end)}
        least, perhaps = [], []
        for holder, share in shares.items():
            named = set(holder.split("|"))
            if named <= members:
                least.append(share)
            elif holder in (CONTESTED, UNKNOWN_HOLDER) or named & members:
                perhaps.append(share)
        sure = math.fsum(least)
        found[bloc] = (round(sure, 6), round(min(1.0, sure + math.fsum(perhaps)), 6))
    return found
