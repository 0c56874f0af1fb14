"""Whether a place lies in an administrative unit of the gazetteer.

Only a place that the gazetteer knows can tell: inside if the unit is among what it belongs to,
outside if it belongs to another unit of the same level, for units of one level do not overlap.
What the gazetteer does not say is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, any_of

__all__ = ["Unit", "in_units"]

_SETTLEMENT = 4
"""Levels from here on are settlements and sites, which are no units."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A place of the gazetteer: its level, and what it belongs to, nearest first."""

    level: int
    """0 country, 1 governorate, 2 district, 3 subdistrict; more: a settlement or a site."""
    parents: tuple[str, ...] = ()


def in_units(
    place: str | None, wanted: tuple[str, ...], units: Mapping[str, Unit] | None
) -> Truth:
    """Return whether the place belongs to one of these units; `units` is the gazetteer."""
    if place is None or units is None or place not in units:
        return UNKNOWN
    line = (place, *units[place].parents)
    return any_of(_in_unit(one, line, units) for one in wanted)


def _in_unit(unit: str, line: tuple[str, ...], units: Mapping[str, Unit]) -> Truth:
    if unit in line:
        return TRUE
    known = units.get(unit)
    if known is None or known.level >= _SETTLEMENT:
        return UNKNOWN
    levels = {units[one].level for one in line if one in units}
    return FALSE if known.level in levels else UNKNOWN
