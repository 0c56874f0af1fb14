"""What elements ask of legs, coded: sides, deeds, circumstances, times and ground."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import numpy as np

from trucewatch.findings.binding import turns
from trucewatch.findings.compiled.coding import Codes, coded, interval_codes
from trucewatch.findings.compiled.placing import placed, placed_in_union
from trucewatch.findings.context import Context
from trucewatch.findings.ground import in_zone
from trucewatch.findings.phases import edges_of
from trucewatch.incidents.leg import Leg, leg_records
from trucewatch.incidents.schema import STRENGTHS
from trucewatch.tables import Table, to_micros
from trucewatch.truth import Truth

__all__ = ["GROUND", "Input", "Inputs"]

_DATED = '"known_at":"'
GROUND = tuple(Truth)
"""What a code of a zone stands for."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "by": ("by", "by_closed", "by_basis"),
    "against": ("against", "against_closed", "against_basis"),
    "deed": ("acts", "targets"),
    "means": ("weapons", "calibre_mm"),
    "heads": ("headcount_low", "headcount_high"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One thing in which legs differ; equal inputs, equal codes."""

    kind: str
    """by, against, deed, means, heads, said, strength, moment, phase, zone, union or held."""
    name: str = ""
    """The element of a strength, or the phase or zone; of a union its zones, parted by spaces."""
    signature: Hashable = None
    """What the phase, zone or union of zones means."""
    context: Context | None = field(default=None, compare=False, repr=False)

    @classmethod
    def zone(cls, kind: str, name: str, context: Context) -> Self:
        """Return the input of a drawn (`zone`) or held (`held`) zone."""
        return cls(kind, name, context.signature("zone", name), context)

    @classmethod
    def union(cls, names: tuple[str, ...], context: Context) -> Self:
        """Return the input of zones that are asked for as one ground."""
        meant = tuple(context.signature("zone", name) for name in names)
        return cls("union", " ".join(names), meant, context)

    @classmethod
    def phase(cls, name: str, context: Context) -> Self:
        """Return the input of where a period lies to a phase."""
        return cls("phase", name, context.signature("phase", name), context)


class Inputs:
    """The coded columns of one table of legs; each is made when it is first asked for."""

    def __init__(self, legs: Table, context: Context) -> None:
        """Take legs and one reading, whose knowledge all readings share."""
        self.legs = legs
        self.length = len(legs)
        self._context = context
        self._codes: dict[Input, Codes] = {}
        self._records: dict[int, Leg] = {}

    def of(self, one: Input) -> Codes:
        """Return the codes of an input."""
        found = self._codes.get(one)
        if found is None:
            found = self._codes[one] = self._made(one)
        return found

    def records(self, places: list[int]) -> list[Leg]:
        """Return the legs at these places as records."""
        new = [place for place in dict.fromkeys(places) if place not in self._records]
        if new:
            self._records.update(zip(new, leg_records(self.legs.take(new)), strict=True))
        return [self._records[place] for place in places]

    def _made(self, one: Input) -> Codes:
        if one.kind in _COLUMNS:
            return coded([self._plain(name) for name in _COLUMNS[one.kind]], self.length)
        context = one.context or self._context
        makers: Mapping[str, Callable[[], Codes]] = {
            "said": self._said,
            "strength": lambda: self._strength(one.name),
            "moment": self._moment,
            "phase": lambda: self._times(edges_of(one.name, context)),
            "zone": lambda: Codes(placed(self.legs, one.name, context), GROUND),
            "union": lambda: Codes(
                placed_in_union(self.legs, tuple(one.name.split()), context), GROUND
            ),
            "held": lambda: self._held(one.name, context),
        }
        return makers[one.kind]()

    def _plain(self, name: str) -> list[Any]:
        """Return a column as plain values; numbers that are not known as None."""
        column = self.legs.columns[name]
        if column.dtype.kind == "f":
            return [None if value != value else value for value in column.tolist()]
        listed: list[Any] = column.tolist()
        return listed

    def _said(self) -> Codes:
        """Circumstances; where a time of saying is known, with the time of knowing the leg."""
        said, known = self._plain("circumstances"), self._plain("known_at")
        dated = {one for one in set(said) if _DATED in one}
        pairs = [(one, at if one in dated else None) for one, at in zip(said, known, strict=True)]
        return coded([pairs], self.length)

    def _strength(self, element: str) -> Codes:
        ranks = {name: number for number, name in enumerate(STRENGTHS)}
        column = self.legs.columns[f"{element}_strength"]
        codes = np.fromiter(map(ranks.__getitem__, column), np.int64, self.length)
        return Codes(codes, STRENGTHS)

    def _moment(self) -> Codes:
        return self._times(turns(self._context))

    def _times(self, edges: Iterable[datetime]) -> Codes:
        columns = self.legs.columns
        return interval_codes(
            [to_micros(one) for one in edges], columns["occurred_from"], columns["occurred_to"]
        )

    def _held(self, name: str, context: Context) -> Codes:
        """Ground that somebody holds: what an incident says itself does not count for it, so every
        leg is asked alone."""
        truths = [in_zone(leg, name, context).truth for leg in self.records(list(range(self.length)))]
        return Codes(np.array([GROUND.index(one) for one in truths], dtype=np.int64), GROUND)
